"""What the demo bar asks."""

from typing import Any

from django import template

from laypartner.demo import team

register = template.Library()


@register.simple_tag
def demo_roles(user: Any) -> list[dict[str, Any]]:
    """One entry a button: key, label, and whether the visitor is that person now. No query."""
    email = getattr(user, "email", "")
    members = [{"key": one.key, "label": one.label, "here": one.email == email} for one in team.in_bar()]
    return [*members, {"key": "nobody", "label": "Nobody", "here": not user.is_authenticated}]
