"""A cohort's figures made by hand, so that words and paper are tested without a database."""

from dataclasses import replace
from datetime import date
from typing import Any

from reports.figures import CohortFigures, DayFigures, ItemFigures, SlotFigures, WaveFigures, Words
from tests.evaluation import golden

SLOTS = (
    SlotFigures("9:30am", "Welcome", "Whole room", 30, is_break=False, is_interactive=False, is_co_delivered=False),
    SlotFigures("10:00am", "What each of us brings", "Table work", 90, False, True, True),
    SlotFigures("11:30am", "Coffee", "Break", 15, True, False, False),
)
DAYS = tuple(
    DayFigures(number, day, "", SLOTS)
    for number, day in enumerate((date(2017, 11, 23), date(2017, 11, 24), date(2018, 1, 16)), start=1)
)


def item(key: str, text: str, n: int, average: str | None, counts: Any, share: Any, interval: Any) -> ItemFigures:
    low, high = interval or (None, None)
    return ItemFigures(key, text, n, average, tuple(counts) if counts else None, share, low, high, suppressed=None)


def empty(item: ItemFigures) -> ItemFigures:
    """The same question, when nobody gave a mark."""
    return replace(item, n=0, average=None, counts=(0, 0, 0, 0, 0), share=None, low=None, high=None)


def withheld(item: ItemFigures, n: int = 5) -> ItemFigures:
    """The same question, when too few answered to show its marks."""
    return replace(
        item, n=n, average=None, counts=None, share=None, low=None, high=None, suppressed="fewer than 8 answers"
    )


ITEMS = tuple(
    item(key, text, n, average, counts, share, interval)
    for (key, n, average, counts, share, interval), text in zip(golden.TABLE, golden.TEXTS, strict=True)
)


def wave(**changes: Any) -> WaveFigures:
    fields: dict[str, Any] = {
        "instrument": "End of the programme",
        "version": 1,
        "source": "London Leadership Academy",
        "is_anonymous": True,
        "forms": 32,
        "able": 40,
        "rate": "80.0",
        "rate_attended": None,
        "items": ITEMS,
        "as_json": {"forms": 32, "items": []},
    }
    return WaveFigures(**fields | changes)


def cohort(**changes: Any) -> CohortFigures:
    """London 2017 with the published table, for a commissioner."""
    fields: dict[str, Any] = {
        "slug": "london-2017",
        "title": "London 2017",
        "audience": "commissioner",
        "programme": "The Effective Lay Partner",
        "commissioner": "London Leadership Academy",
        "purpose": "To prepare people for lay roles.",
        "region": "London",
        "place": "Friends House",
        "capacity": 40,
        "days": DAYS,
        "aims": ("Work as equals",),
        "objectives": ("Know how to take part", "Know each other"),
        "characteristics": ("Lived experience", "Time"),
        "source_of_characteristics": "Morton M, Paice E (2016).",
        "applied": 52,
        "accepted": 40,
        "withdrawn": 0,
        "coaches": 8,
        "experience": (("None yet", 3), ("Under 1 year", 9), ("1 to 3 years", 16), ("Over 3 years", 12)),
        "lived_experience": (("Patient", 19), ("Carer", 11), ("Patient and carer", 10)),
        "areas": (("Camden", 20), ("Brent", 16), ("Ealing", 3), ("Sutton", 1)),
        "wave": wave(),
        "follow_ups": (("after 1 month", date(2018, 2, 16)), ("after 3 months", date(2018, 4, 16))),
        "words": Words("Fund it again.", "More practice.", "To fund two cohorts."),
    }
    return CohortFigures(**fields | changes)


ABOUT = {
    "version": 1,
    "status": "issued",
    "made_at": "2018-02-01T09:30:00+00:00",
    "data_cut_off": "2018-02-01T09:30:00+00:00",
}
