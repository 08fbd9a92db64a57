"""One place turns text into HTML as it stands, and no page forgives a form without its token."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("core", "people", "programmes", "recruitment", "evaluation", "reports", "laypartner")
# crispy-forms hands these two the fields it has drawn already.
DRAWN_BY_CRISPY = {"core/templates/nhsuk/layout/div.html", "core/templates/nhsuk/layout/fieldset.html"}


def holding(words: tuple[str, ...], ending: str) -> set[str]:
    files = [path for room in (*ROOMS, "templates") for path in (ROOT / room).rglob(f"*.{ending}")]
    return {str(path.relative_to(ROOT)) for path in files if any(word in path.read_text() for word in words)}


def test_only_one_module_trusts_text():
    assert holding(("mark_safe(", "SafeString("), "py") == {"core/markup.py"}


def test_templates_escape_everything():
    assert holding(("|safe", "autoescape off"), "html") == DRAWN_BY_CRISPY


def test_no_view_is_exempt_from_the_check_for_forged_forms():
    assert holding(("csrf_exempt",), "py") == set()
