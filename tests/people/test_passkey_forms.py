"""What a browser, or somebody posing as one, sends as a passkey: never a crash."""

import time

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

pytestmark = pytest.mark.django_db
NO_PASSKEYS = ["9" * 5000, "[" * 100_000, "not JSON", "5", "[]", '{"id": 1}', "NaN", "null", ""]


@pytest.mark.parametrize("credential", NO_PASSKEYS, ids=range(len(NO_PASSKEYS)))
def test_signing_in_with_no_passkey_signs_nobody_in(client, credential):
    response = client.post(reverse("mfa_login_webauthn"), {"credential": credential})

    assert response.status_code < 500
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("credential", NO_PASSKEYS, ids=range(len(NO_PASSKEYS)))
def test_adding_no_passkey_says_so(signed_in, olive, credential):
    browser = signed_in(olive)
    session = browser.session
    session["account_authentication_methods"] = [{"method": "code", "at": time.time(), "email": olive.email}]
    session.save()

    response = browser.post(reverse("mfa_add_webauthn"), {"name": "My laptop", "credential": credential})

    assert response.status_code == 422
    assert Authenticator.objects.count() == 0
