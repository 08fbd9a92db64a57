"""The words are true: what they name exists, and what exists is named."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OPERATIONS = (ROOT / "docs/operations.md").read_text()


def commands() -> list[str]:
    return sorted(path.stem for path in ROOT.glob("*/management/commands/[a-z]*.py"))


def variables() -> list[str]:
    settings = (ROOT / "laypartner/settings.py").read_text()
    server = (ROOT / "gunicorn.conf.py").read_text()
    return re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', settings) + re.findall(r'environ\.get\("([A-Z_]+)"', server)


def test_every_command_is_documented():
    assert len(commands()) >= 7
    assert [name for name in commands() if f"`{name}" not in OPERATIONS] == []


def test_every_environment_variable_is_documented():
    assert len(variables()) >= 15
    assert [name for name in variables() if f"`{name}`" not in OPERATIONS] == []


@pytest.mark.parametrize("page", ["README.md", *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))])
def test_paths_and_links_in_the_words_exist(page):
    text = (ROOT / page).read_text()
    linked = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", text)
    named = re.findall(
        r"`((?:core|people|programmes|recruitment|evaluation|reports|laypartner|tests|docs|templates)/[\w./-]+)`", text
    )
    missing = [target for target in linked if not ((ROOT / page).parent / target).exists()]
    missing += [target for target in named if not (ROOT / target).exists()]

    assert missing == []


def test_make_targets_that_the_words_name_exist():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    named = {name for page in pages for name in re.findall(r"(?:^|`)make ([a-z-]+)", page.read_text(), re.MULTILINE)}

    assert {"demo", "test"} <= named
    assert named - targets == set()


def test_no_file_names_where_packages_come_from():
    files = [*ROOT.glob("requirements/*"), ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc"]
    hosts = re.compile(r'"resolved":|--(extra-)?index-url|--find-links|registry=')

    assert len(files) >= 5
    assert [path.name for path in files if hosts.search(path.read_text())] == []
