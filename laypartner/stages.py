"""The six stages of a cohort, from the first call to the report, as the stage line shows them."""

from laypartner.standing import Standing
from programmes.models import Cohort

Stage = dict[str, str]


def stages(row: Standing) -> list[Stage]:
    """Each stage with its state: those that are over, the one where the work is now, those to come."""
    found = [_recruit(row), _select(row), _seat(row), _days(row), _evaluate(row), _report(row)]
    current = next((name for name, is_done, _ in found if not is_done), None)
    return [
        {"name": name, "state": "done" if is_done else "current" if name == current else "todo", "note": note}
        for name, is_done, note in found
    ]


def _recruit(row: Standing) -> tuple[str, bool, str]:
    cohort: Cohort = row.cohort
    if not cohort.applications_close_at:
        return "Recruit", row.taken > 0, "" if row.taken else "no closing date yet"
    closes = cohort.applications_close_at.astimezone(cohort.zone)
    verb = "closed" if row.is_call_over else "closes"
    return "Recruit", row.is_call_over, f"{verb} {closes.day} {closes:%b %Y}"


def _select(row: Standing) -> tuple[str, bool, str]:
    waiting = row.unscored + row.undecided
    return "Select", row.is_call_over and row.taken > 0 and not waiting, f"{row.taken} of {row.cohort.capacity} places"


def _seat(row: Standing) -> tuple[str, bool, str]:
    done = bool(row.days) and (row.is_over or row.planned == len(row.days))
    return "Seat", done and row.taken > 0, f"{row.planned} of {_days_in_words(len(row.days))} planned"


def _days(row: Standing) -> tuple[str, bool, str]:
    if not row.days:
        return "Days", False, ""
    first, last = row.days[0].day.date, row.days[-1].day.date
    until = f"{first.day} {first:%b}" + (f" {first.year}" if first.year != last.year else "")
    return "Days", row.is_over, f"{until} to {last.day} {last:%b %Y}" if first != last else f"{last.day} {last:%b %Y}"


def _evaluate(row: Standing) -> tuple[str, bool, str]:
    return "Evaluate", row.is_over and row.forms > 0, f"{row.forms} of {row.taken} forms" if row.forms else ""


def _report(row: Standing) -> tuple[str, bool, str]:
    return "Report", row.reports > 0, "issued" if row.reports else ""


def _days_in_words(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"
