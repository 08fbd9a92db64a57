"""The demo's people and words, as files that are easy to read and to change."""

import csv
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

LONDON, KENT = "london-2017", "kss-next"  # the short names of the two cohorts
DATA = Path(__file__).parent / "data"
LONDON_FOLDER = DATA / "london-2017"


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def words(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
