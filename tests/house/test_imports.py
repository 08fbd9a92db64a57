"""The map of the house, drawn from the code: imports run downwards, and pure rooms stay pure."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Each room with the rooms it may import. docs/decisions/0001-rooms.md says why.
MAY_IMPORT = {
    "core": set(),
    "people": {"core"},
    "programmes": {"people", "core"},
    "recruitment": {"programmes", "people", "core"},
    "evaluation": {"programmes", "people", "core"},
    "reports": {"recruitment", "evaluation", "programmes", "people", "core"},
    "laypartner": {"reports", "recruitment", "evaluation", "programmes", "people", "core"},
}
PURE = (
    "programmes/allocation",
    "recruitment/scoring.py",
    "recruitment/assigning.py",
    "recruitment/blindness.py",
    "recruitment/calibration.py",
    "recruitment/screening.py",
    "recruitment/equality.py",
    "recruitment/duplicates.py",
    "evaluation/statistics",
    "core/rounding.py",
    "core/charts.py",
    "reports/content.py",
)


def python_files(place: str) -> list[Path]:
    path = ROOT / place
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """The full names of the modules that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} uses a relative import"
            yield node.module or ""


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_imports_run_downwards(room):
    files = [path for path in python_files(room) if "migrations" not in path.parts]
    found = {(str(path.relative_to(ROOT)), name) for path in files for name in imported(path)}
    climbing = {
        (path, name) for path, name in found if name.split(".")[0] in MAY_IMPORT.keys() - MAY_IMPORT[room] - {room}
    }

    assert climbing == set()


@pytest.mark.parametrize("place", PURE)
def test_pure_rooms_import_no_django(place):
    files = python_files(place)
    found = {(str(path.relative_to(ROOT)), name) for path in files for name in imported(path)}

    assert files
    assert {(path, name) for path, name in found if name.split(".")[0] in {"django", "pandas"}} == set()


def test_models_never_import_services():
    models = [path for room in MAY_IMPORT for path in python_files(room) if "models" in (path.stem, path.parent.name)]
    climbing = {
        (str(path.relative_to(ROOT)), name)
        for path in models
        for name in imported(path)
        if any(part in name.split(".") for part in ("services", "views", "forms"))
    }

    assert len(models) > 10
    assert climbing == set()


def test_no_junk_drawers():
    drawers = [
        path for room in MAY_IMPORT for path in python_files(room) if path.stem in {"utils", "common", "helpers"}
    ]

    assert drawers == []
