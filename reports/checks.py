"""What an organiser looks at before a report goes out. Each check is a sentence, and says what to do about it."""

from dataclasses import dataclass

from reports.figures import CohortFigures
from reports.wording import joined, plural, share

# Below this response rate a reader will ask who is missing.
LOW_RATE = 60


@dataclass(frozen=True)
class Check:
    is_fine: bool
    text: str


def checks(known: CohortFigures) -> list[Check]:
    """In the order in which one would mend things."""
    return [_response(known), _withheld(known), _words(known), _sessions(known)]


def _response(known: CohortFigures) -> Check:
    if not known.forms:
        return Check(False, "No evaluation forms are in yet, so page 1 says what was planned and when results come.")
    told = f"{known.forms} of {known.able} filled in the form ({share(known.forms, known.able)})."
    if known.forms * 100 < LOW_RATE * known.able:
        return Check(False, f"{told} The report says so; readers will ask who is missing.")
    return Check(True, told)


def _withheld(known: CohortFigures) -> Check:
    items = known.wave.items if known.wave else ()
    withheld = [item for item in items if item.suppressed]
    if withheld:
        return Check(
            False,
            f"{plural(len(withheld), 'question')} of {len(items)} had fewer than 8 answers. Their marks are not shown to "
            "this reader, and the report says why.",
        )
    if known.is_for_organisers:
        return Check(True, "This version shows every figure. Keep it among the organisers.")
    return Check(True, "Small numbers are hidden, and nobody is named. No question had to be left out.")


def _words(known: CohortFigures) -> Check:
    words = known.words
    texts = (words.message, words.next_time, words.decision)
    names = ("the main message", "what you will change", "the decision you ask for")
    missing = [name for name, text in zip(names, texts, strict=True) if not text]
    if not missing:
        return Check(True, "Your own words are on page 1.")
    return Check(False, f"Not written yet: {joined(missing)}. Page 1 is stronger with them.")


def _sessions(known: CohortFigures) -> Check:
    empty = [day.number for day in known.days if not day.minutes()]
    if not known.days:
        return Check(False, "No days are set, so the report cannot say what the programme was.")
    if empty:
        told = joined([str(number) for number in empty])
        return Check(False, f"No sessions are entered for day {told}. Add them under Days.")
    return Check(
        True, f"The sessions of {'all ' if len(known.days) > 1 else ''}{plural(len(known.days), 'day')} are in."
    )
