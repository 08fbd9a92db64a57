"""How django-allauth behaves here: nobody signs up by themselves, nobody has a password, letters go through the outbox."""

import base64
import hashlib
import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from core import audit, outbox
from people.models import User

# What happens to the second step: allauth's name of the letter → our audit verb and the words in the letter.
SECOND_STEP_LETTERS = {
    "mfa/email/totp_activated": ("second_step_added", "an authenticator app was added to your account"),
    "mfa/email/totp_deactivated": ("second_step_removed", "the authenticator app was removed from your account"),
    "mfa/email/webauthn_added": ("second_step_added", "a passkey was added to your account"),
    "mfa/email/webauthn_removed": ("second_step_removed", "a passkey was removed from your account"),
    "mfa/email/recovery_codes_generated": ("recovery_codes_made", "new recovery codes were made for your account"),
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": "This code is not right. Check the newest message, or ask for a new code.",
        "too_many_login_attempts": "That was tried too often. Wait a few minutes, then ask for a new code.",
        "rate_limited": "That was tried too often. Wait a few minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put the sign-in code in the outbox; the worker sends it within a second (docs/decisions on sign-in).

        The page does not send it itself, so that it takes as long for an address that nobody has.
        """
        assert template_prefix == "account/email/login_code", f"nothing else is sent: {template_prefix}"
        with transaction.atomic():
            outbox.write(
                template_prefix,
                {"code": context["code"], "minutes": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60},
                key=f"sign-in:{uuid.uuid4()}",
                to=email,
                secrets=[context["code"]],
            )

    def send_notification_mail(self, template_prefix: str, user: User, *args: Any, **kwargs: Any) -> None:
        """Tell the owner of an account that its second step changed, and keep a line of it."""
        verb, what = SECOND_STEP_LETTERS[template_prefix]
        with transaction.atomic():
            audit.record(verb, user, by=user)
            outbox.write(
                "account/email/second_step_changed",
                {"name": user.name, "what": what},
                key=f"second-step:{uuid.uuid4()}",
                to=user.email,
                recipient_name=user.name,
            )


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code is not right. Wait for the next one in your app and type that.",
        "cannot_generate_recovery_codes": "Set up an app or a passkey first. Recovery codes are for when you lose it.",
    }

    def encrypt(self, text: str) -> str:
        """Keys of authenticator apps and recovery codes lie encrypted: a stolen database alone opens no account."""
        return _safe().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _safe().decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys are tied to the address in the settings, never to what a request says it is."""
        return {"id": settings.SITE_HOST, "name": "Laypartner"}

    def generate_authenticator_name(self, user: User, type: Any) -> str:  # noqa: A002  allauth calls it so
        return "My passkey"


def _safe() -> MultiFernet:
    """Opens with SECRET_KEY, and with the former ones in SECRET_KEY_FALLBACKS."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(f"second step {key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


@transaction.atomic
def tell_that_there_is_no_account(email: str) -> None:
    """For an address that nobody has: one neutral letter, so that a person who mistyped does not wait for a code.

    One row in the outbox either way, and the same answer on the page (trust.md T04).
    """
    outbox.write("account/email/no_account", {}, key=f"no-account:{uuid.uuid4()}", to=email)
