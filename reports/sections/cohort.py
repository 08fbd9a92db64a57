"""Who took part, and in what."""

from reports.content import Block, Column, Figure, Figures, Point, Points, Section, Table, Text
from reports.disclosure import SMALLEST_COUNT, hide_small
from reports.figures import CohortFigures, Counts, DayFigures
from reports.wording import DASH, hours, long_date, number, people, plural, share

HIDDEN = "not shown"
HIDDEN_NOTE = (
    f"Counts from 1 to {SMALLEST_COUNT - 1} are not shown, nor any from which they could be worked out, "
    "so that nobody can be recognised."
)
# More areas than these are added up, so that the table stays readable.
MOST_AREAS = 12


def participants(known: CohortFigures) -> Section | None:
    if not known.able:
        return None
    breakdowns = (
        ("Lay roles held before", "Experience", known.experience),
        ("Lived experience", "As a", known.lived_experience),
        ("Where people live or work", "Area", known.areas),
    )
    tables = [_breakdown(known, *breakdown) for breakdown in breakdowns if breakdown[2]]
    shown = [table for table in tables if table]
    blocks: list[Block] = [Text(_who(known)), *shown]
    if shown and not known.is_for_organisers:
        blocks.append(Text(HIDDEN_NOTE))
    if not shown:
        blocks.append(
            Text(
                "We do not break so small a group down further: a count could point at one person. "
                "The organisers know who took part."
            )
        )
    return Section("people", "Who took part" if known.forms else "Who takes part", tuple(blocks))


def _who(known: CohortFigures) -> str:
    accepted = f"{known.accepted} {'was' if known.accepted == 1 else 'were'} accepted"
    start = (
        f"Of {people(known.applied)} who applied, {accepted}."
        if known.applied
        else f"{people(known.accepted)} {'took' if known.forms else 'take'} part."
    )
    if not known.withdrawn:
        return f"{start} The tables count these {known.able}."
    left = f"{number(known.withdrawn)} of them withdrew".capitalize()
    return f"{start} {left}. The tables count the {known.able} who stayed."


def _breakdown(known: CohortFigures, caption: str, label: str, counts: Counts) -> Table | None:
    numbers = [count for _, count in counts]
    shown: list[int | None] | None = list(numbers) if known.is_for_organisers else hide_small(numbers)
    if shown is None:
        return None
    total = sum(numbers)
    rows = [
        (name, HIDDEN if count is None else str(count), DASH if count is None else share(count, total))
        for (name, _), count in zip(counts, shown, strict=True)
    ]
    if caption == "Where people live or work":
        rows = _areas_together(counts, shown, total)
    columns = (Column(label), Column("People", True), Column("Share", True))
    return Table(caption, columns, tuple(rows), size="half")


def _areas_together(counts: Counts, shown: list[int | None], total: int) -> list[tuple[str, str, str]]:
    """Areas with their counts, largest first; the small ones as one row."""
    pairs = [(name, true, count) for (name, true), count in zip(counts, shown, strict=True)]
    single = [pair for pair in pairs if pair[2] is not None][:MOST_AREAS]
    together = [pair for pair in pairs if pair not in single]
    rows = [(name, str(true), share(true, total)) for name, true, _ in single]
    if together:
        added = sum(true for _, true, _ in together)
        words = "other area" if single else "area"
        rows.append((plural(len(together), words), str(added), share(added, total)))
    return rows


def programme(known: CohortFigures) -> Section | None:
    if not known.days:
        return None
    minutes = sum(day.minutes() for day in known.days)
    blocks: list[Block] = [Text(known.purpose)] if known.purpose else []
    if known.aims:
        blocks.append(Points(tuple(Point("", aim) for aim in known.aims), heading="Aims"))
    if known.objectives:
        items = tuple(Point("", objective) for objective in known.objectives)
        blocks.append(Points(items, heading="What people should take away", is_numbered=True))
    if minutes:
        blocks += [Figures(_time_spent(known, minutes)), *(_day(day) for day in known.days if day.slots)]
    else:
        told = "; ".join(f"day {day.number} on {long_date(day.date)}" for day in known.days)
        blocks.append(Text(f"The programme has {plural(len(known.days), 'day')}: {told}."))
    return Section("programme", "The programme", tuple(blocks))


def _time_spent(known: CohortFigures, minutes: int) -> tuple[Figure, ...]:
    slots = [slot for day in known.days for slot in day.slots if not slot.is_break]
    active = sum(slot.minutes for slot in slots if slot.is_interactive)
    shared = [slot for slot in slots if slot.is_co_delivered]
    figures = [
        Figure(hours(minutes), "of sessions", f"over {number(len(known.days))} days, without breaks"),
        Figure(share(active, minutes), "of it interactive", "tables, cases, reflection, feedback"),
    ]
    if shared:
        figures.append(Figure(str(len(shared)), "sessions co-delivered", "with a lay partner or patient leader"))
    return tuple(figures)


def _day(day: DayFigures) -> Table:
    """A day as it was planned. Names of those who led a session stay out of the report."""
    rows = tuple((slot.time, slot.title, slot.kind, str(slot.minutes)) for slot in day.slots)
    columns = (Column("Start"), Column("Session"), Column("Kind"), Column("Minutes", True))
    title = f": {day.title}" if day.title else ""
    return Table(
        f"Day {day.number}, {long_date(day.date)}{title}",
        columns,
        rows,
        note=f"{hours(day.minutes())} of sessions, without breaks.",
        size="dense",
    )
