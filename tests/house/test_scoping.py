"""Every question that a page asks starts from what the user may see."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("people", "programmes", "recruitment", "evaluation", "reports", "laypartner")
# Public pages start from a call that is open or from a secret in the address; they name their own narrowing.
OTHER_NARROWING = {"visible_to", "open_for_applications", "by_token", "by_key", "public"}


def view_files() -> list[Path]:
    return [
        path
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        if path.stem == "views" or "views" in path.parts
    ]


def unscoped(path: Path) -> list[str]:
    """The places where a view says `.objects` and goes on with anything but a narrowing."""
    tree = ast.parse(path.read_text())
    followed = {id(node.value): node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "objects" and followed.get(id(node)) not in OTHER_NARROWING
    ]


def test_every_query_in_a_view_is_narrowed():
    files = view_files()

    assert len(files) >= 5
    assert [place for path in files for place in unscoped(path)] == []
