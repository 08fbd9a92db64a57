"""What every page knows: whose service it is, and who is looking."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from people.permissions import Permission


def page(request: HttpRequest) -> dict[str, Any]:
    """Names for the base layout. One query for a signed-in person (their permissions), none for others."""
    user = getattr(request, "user", None)
    held = user.get_permissions() if getattr(user, "is_authenticated", False) else frozenset()
    return {
        "body_name": settings.BODY_NAME,
        "body_email": settings.BODY_EMAIL,
        "body_phone": settings.BODY_PHONE,
        "body_logo_url": settings.BODY_LOGO_URL,
        "is_demo": settings.DEMO,
        "may": {permission.name.lower(): permission in held for permission in Permission},
    }
