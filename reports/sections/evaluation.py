"""How we asked, and what people answered, question by question."""

from decimal import Decimal

from reports.content import Bar, Bars, Block, Column, Dot, Dots, Figure, Figures, Section, Table, Text
from reports.figures import CohortFigures, ItemFigures, WaveFigures
from reports.wording import DASH, as_percent, interval, long_date, people, plural, share


def method(known: CohortFigures) -> Section:
    blocks: list[Block] = [Text(_how_asked(known))]
    if known.wave and known.wave.forms:
        blocks += [Figures(_response(known.wave)), Text(_attended(known.wave)), Text(HOW_COUNTED)]
    return Section("method", "How we evaluated", tuple(blocks))


HOW_COUNTED = (
    "The number n counts the marks given to a question: a question left out, or answered with “I was not there”, does "
    "not count. The average is the sum of the marks divided by n, rounded half up to one decimal. The 95 % interval "
    "(Wilson’s) says how far a share could be from what we would see if many groups like this one were asked."
)


def _how_asked(known: CohortFigures) -> str:
    when = f"At the end of the last day, {long_date(known.days[-1].date)}," if known.days else "At the end"
    wave = known.wave
    if wave is None:
        return f"{when} everybody is asked to fill in one short form. The results stand here once the forms are in."
    named = " No name stands on it." if wave.is_anonymous else ""
    verb = "was" if wave.forms else "is"
    source = f" Source: {wave.source}." if wave.source else ""
    return (
        f"{when} everybody {verb} asked to fill in one form: {wave.instrument}, version {wave.version}, with "
        f"{plural(len(wave.items), 'question')} and marks from 1 to 5.{named}{source}"
    )


def _response(wave: WaveFigures) -> tuple[Figure, ...]:
    answers = sum(item.n for item in wave.items)
    asked = wave.forms * len(wave.items)
    return (
        Figure(f"{wave.forms} of {wave.able}", "filled in the form", "of those accepted who did not withdraw"),
        Figure(share(wave.forms, wave.able), "response rate", f"{wave.forms} of {wave.able}"),
        Figure(share(answers, asked), "of the questions answered", f"{answers:,} of {asked:,}"),
    )


def _attended(wave: WaveFigures) -> str:
    if wave.rate_attended:
        return f"Of those who came on the day, {wave.rate_attended} % filled in the form."
    return (
        f"{people(wave.able)} could have answered. Who came on the day was not recorded, so the rate among those "
        "present is not given."
    )


def results(known: CohortFigures) -> Section | None:
    wave = known.wave
    if wave is None or not wave.forms:
        return None
    shown = wave.shown()
    blocks: list[Block] = [Text(_summary(wave, shown)), _averages(wave)]
    if shown:
        blocks += [_bars(wave), _shares(wave), _dots(shown)]
    return Section("results", "What people said about each part", tuple(blocks))


def _summary(wave: WaveFigures, shown: list[ItemFigures]) -> str:
    if not shown:
        return (
            f"Each question was answered by fewer than 8 people. {SO_FEW} The organisers have seen every answer and "
            "will talk about what they learned."
        )
    withheld = [item for item in wave.items if item.suppressed]
    hidden = f" Marks for {plural(len(withheld), 'question')} are not shown. {SO_FEW}" if withheld else ""
    return (
        "Marks run from 1 to 5, and 5 is best. The questions stand in the order of the form. n is the number of people "
        f"who gave a mark; not everybody answered every question.{hidden}"
    )


SO_FEW = "With so few answers a mark could show what one person thinks, so averages and marks are not printed."


def _averages(wave: WaveFigures) -> Table:
    rows = tuple((item.text, str(item.n), item.average or DASH) for item in wave.items)
    return Table(
        "Number of answers and average mark for each question",
        (Column("Question"), Column("Number", True), Column("Average", True)),
        rows,
        note=_why_dashes(wave),
    )


def _why_dashes(wave: WaveFigures) -> str:
    reasons = [f"{DASH} with n = 0: nobody gave a mark."] if any(not item.n for item in wave.items) else []
    if withheld := {item.suppressed for item in wave.items if item.suppressed}:
        reasons.append(f"{DASH} otherwise: not shown, {' and '.join(sorted(withheld))}.")
    return " ".join(reasons)


def _bars(wave: WaveFigures) -> Bars:
    rows = tuple(
        Bar(
            item.text,
            item.counts if not item.suppressed else None,
            f"Not shown: {item.suppressed}" if item.suppressed else "",
        )
        for item in wave.items
    )
    shown = wave.shown()
    best = max(shown, key=ItemFigures.good_percent)
    worst = min(shown, key=ItemFigures.good_percent)
    title = (
        f"Between {as_percent(worst.share or '0')} % and {as_percent(best.share or '0')} % gave 4 or 5 out of 5"
        if best.share != worst.share
        else f"{as_percent(best.share or '0')} % gave 4 or 5 out of 5"
    )
    note = (
        "How many gave each mark. Marks 1 and 2 stand to the left of the line, 4 and 5 to the right, 3 apart. "
        "Each bar is a share of the answers to its own question, n."
    )
    return Bars(title, rows, note=note)


def _shares(wave: WaveFigures) -> Table:
    columns = ("Question", "4 or 5", "n", "Share", "95 % interval")
    return Table(
        "How many gave 4 or 5, with the interval of the share",
        tuple(Column(label, position > 0) for position, label in enumerate(columns)),
        tuple(_share_row(item) for item in wave.items),
        note=_why_dashes(wave),
    )


def _share_row(item: ItemFigures) -> tuple[str, ...]:
    if not item.is_shown or item.share is None or item.low is None or item.high is None:
        return (item.text, DASH, str(item.n), DASH, DASH)
    return (item.text, str(item.good), str(item.n), f"{as_percent(item.share)} %", interval(item.low, item.high))


def _dots(shown: list[ItemFigures]) -> Dots:
    rows = tuple(
        Dot(item.text, item.share, item.low, item.high, f"{item.good} of {item.n}")
        for item in shown
        if item.share is not None and item.low is not None and item.high is not None
    )
    note = (
        "The dot is the share who gave 4 or 5; the line is its 95 % interval. Where lines overlap much, the questions "
        "may well not differ."
    )
    return Dots(_what_the_dots_say(shown), rows, note=note)


def _what_the_dots_say(shown: list[ItemFigures]) -> str:
    """Whether the best and the lowest rated question really differ, as far as their intervals tell."""
    best, worst = max(shown, key=ItemFigures.good_percent), min(shown, key=ItemFigures.good_percent)
    if len(shown) > 1 and Decimal(best.low or 0) > Decimal(worst.high or 0):
        return f"“{best.text}” stands clear of “{worst.text}”"
    return "The intervals overlap: with so few answers the questions are hard to tell apart"
