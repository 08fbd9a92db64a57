"""docs/permissions.md is the page of roles as a table, kept true."""

from pathlib import Path

from people.permissions import Permission
from people.roles import PERMISSIONS, Role

PAGE = Path(__file__).parents[2] / "docs/permissions.md"


def table() -> str:
    head = "| May | " + " | ".join(role.label for role in Role) + " |"
    line = "|---" * (len(Role) + 1) + "|"
    rows = [
        f"| {permission.value} | "
        + " | ".join("yes" if permission in PERMISSIONS[role] else "" for role in Role)
        + " |"
        for permission in Permission
    ]
    return "\n".join([head, line, *rows])


def test_permissions_page_shows_what_the_roles_allow():
    assert table() in PAGE.read_text()
