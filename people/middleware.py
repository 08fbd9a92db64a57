"""The second step at sign-in."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from people.models import RoleAssignment, User
from people.roles import STAFF_ROLES

Handler = Callable[[HttpRequest], HttpResponse]
SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class SecondStepMiddleware:
    """Staff without an authenticator or passkey are sent to set one up, where the setting asks for it.

    Nothing else opens for them but these pages and signing out. One query a request; none when the setting is off.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not settings.STAFF_NEED_SECOND_STEP or not request.user.is_authenticated:
            return None
        name = request.resolver_match.url_name or ""
        if name.startswith("mfa_") or name == "account_logout" or not lacks_second_step(request.user):
            return None
        return redirect("mfa_index")


def lacks_second_step(user: User) -> bool:
    """Whether this is staff who could sign in with nothing but an emailed code. One query."""
    works_here = RoleAssignment.objects.filter(user=OuterRef("pk"), role__in=STAFF_ROLES)
    has_step = Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_STEPS)
    return User.objects.filter(Exists(works_here), ~Exists(has_step), pk=user.pk).exists()
