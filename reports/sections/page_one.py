"""The side for the person who decides: messages that follow from the figures, and how far they can be trusted."""

from core.rounding import mean
from reports.content import Fact, Figure, Headline, PageOne, Point
from reports.figures import CohortFigures, ItemFigures, WaveFigures
from reports.wording import (
    as_percent,
    at_least,
    dates_in_words,
    interval,
    joined,
    long_date,
    name,
    number,
    people,
    plural,
    share,
    shortened,
)

# So much of each text that people wrote has room on the side; the rest stands in "In the organisers' words".
ROOM = 400
IN_FULL = "in full further on"
# From this share on we say that a part was found helpful without further ado.
MOST = 75


def page_one(known: CohortFigures) -> PageOne:
    return PageOne(
        bought=_bought(known),
        reach=_reach(known),
        headline=_headline(known),
        messages=tuple(_messages(known)[:4]),
        change=_change(known),
        sureness=tuple(_sureness(known)),
        next_time=shortened(known.words.next_time, ROOM, IN_FULL) or next_time_draft(known),
        decision=shortened(known.words.decision, ROOM, IN_FULL) or decision_draft(known),
        main_message=shortened(known.words.message, ROOM, IN_FULL),
        heading="What we learned" if known.forms else "Where we stand",
    )


def next_time_draft(known: CohortFigures) -> str:
    """What the figures suggest, until the organisers write their own words."""
    weakest = _weakest(known.wave) if known.wave else None
    if weakest is None:
        return "We will look at the evaluation forms together with the table coaches and change what they show."
    return f"We will look again at “{name(weakest.text)}”, and keep what was rated best as it is."


def decision_draft(known: CohortFigures) -> str:
    return f"Whether {name(known.programme)} should run again, and for how many people."


def _bought(known: CohortFigures) -> tuple[Fact, ...]:
    coaches = f", {plural(known.coaches, 'table coach', 'table coaches')}" if known.coaches else ""
    facts = [
        Fact("Commissioned by", name(known.commissioner)),
        Fact("Dates", dates_in_words([day.date for day in known.days])),
        Fact("Place", name(known.place or known.region)),
        Fact("Size", f"{plural(known.capacity, 'place')}{coaches}"),
    ]
    return tuple(fact for fact in facts if fact.value)


def _reach(known: CohortFigures) -> tuple[Figure, ...]:
    figures = []
    if known.applied:
        figures.append(Figure(str(known.applied), "applied", f"for {plural(known.capacity, 'place')}"))
    left = f"{number(known.withdrawn)} withdrew later" if known.withdrawn else ""
    figures.append(Figure(str(known.accepted), "accepted", left or f"of {plural(known.capacity, 'place')}"))
    if known.forms:
        figures.append(
            Figure(
                str(known.forms),
                "filled in the form",
                f"{known.forms} of {known.able} = {share(known.forms, known.able)}",
            )
        )
    return tuple(figures)


def _headline(known: CohortFigures) -> Headline:
    item = known.wave.recommend() if known.wave else None
    if item is None or item.share is None or item.low is None or item.high is None:
        return _headline_without_marks(known)
    return Headline(
        value=f"{as_percent(item.share)} %",
        text=f"would be likely to recommend it: {item.good} of {item.n} gave 4 or 5 out of 5",
        interval=f"95 % interval {interval(item.low, item.high)}",
        second=item.average or "",
        second_text=f"out of 5 is the average mark for recommending it to a friend (n = {item.n})",
    )


def _headline_without_marks(known: CohortFigures) -> Headline:
    if known.forms:
        return Headline(
            value=f"{known.forms} of {known.able}",
            text="people filled in the evaluation form at the end",
            interval="So few answered that marks would show what single people think, so they are not printed here.",
        )
    return Headline(
        value=str(known.able or known.capacity),
        text="people have a place on the programme" if known.able else "places on the programme",
        interval=_when_results_come(known),
    )


def _when_results_come(known: CohortFigures) -> str:
    if not known.days:
        return "The evaluation follows at the end of the last day."
    return f"The evaluation form is filled in at the end of the last day, {long_date(known.days[-1].date)}."


# --- messages ------------------------------------------------------------------------------------------------
def _messages(known: CohortFigures) -> list[Point]:
    messages = [_demand(known)]
    parts = [item for item in known.wave.parts() if item.is_shown] if known.wave else []
    if known.wave and parts:
        messages.append(_all_parts(parts))
        messages += [_best(parts), _weakest_message(known.wave)] if len(parts) > 2 else []
    else:
        messages.append(_delivered(known))
    return [message for message in messages if message is not None]


def _demand(known: CohortFigures) -> Point | None:
    if known.applied > known.capacity:
        return Point(
            "More people want this than there is room for.", f"{known.applied} applied for {known.capacity} places."
        )
    if known.accepted >= known.capacity:
        return Point("Every place was taken.", f"{known.accepted} people for {known.capacity} places.")
    if known.accepted:
        free = known.capacity - known.accepted
        return Point(f"{people(known.accepted)} have a place.", f"{plural(free, 'place is', 'places are')} free.")
    return None


def _all_parts(parts: list[ItemFigures]) -> Point:
    lowest = at_least(min(item.good_percent() for item in parts))
    if lowest >= MOST:
        return Point(
            "Every part was found helpful.",
            f"For each of the {number(len(parts))} parts, {lowest} % or more of those who answered gave 4 or 5 out of 5."
            if len(parts) > 1
            else f"{lowest} % of those who answered gave 4 or 5 out of 5.",
        )
    highest = at_least(max(item.good_percent() for item in parts))
    return Point(
        "The parts were not all found equally helpful.", f"Between {lowest} % and {highest} % gave 4 or 5 out of 5."
    )


def _best(parts: list[ItemFigures]) -> Point:
    best = sorted(parts, key=lambda item: -item.good_percent())[:2]
    told = [f"“{name(item.text)}” ({item.good} of {item.n} gave 4 or 5)" for item in best]
    return Point("Keep what carried the programme.", f"Rated best: {joined(told)}.")


def _weakest(wave: WaveFigures) -> ItemFigures | None:
    parts = [item for item in wave.parts() if item.is_shown]
    return min(parts, key=ItemFigures.good_percent) if len(parts) > 2 else None


def _weakest_message(wave: WaveFigures) -> Point | None:
    item = _weakest(wave)
    if item is None:
        return None
    blank = wave.forms - item.n
    left_out = f", and {blank} of the {wave.forms} forms gave it no mark" if blank else ""
    return Point(
        "Look again at one part.",
        f"“{name(item.text)}” was rated lowest: {item.good} of {item.n} gave 4 or 5{left_out}.",
    )


def _delivered(known: CohortFigures) -> Point | None:
    minutes = sum(day.minutes() for day in known.days)
    if not minutes:
        return None
    active = sum(slot.minutes for day in known.days for slot in day.slots if slot.is_interactive and not slot.is_break)
    return Point(
        "People learn by doing.",
        f"{share(active, minutes)} of the time in sessions is work at the tables, cases, reflection and feedback.",
    )


# --- how far to trust it, and what comes later ---------------------------------------------------------------
def _change(known: CohortFigures) -> str:
    if not known.follow_ups:
        return "What changes in people's roles afterwards is asked later, and comes in a later version of this report."
    told = joined([f"{when} ({dates_in_words([day])})" for when, day in known.follow_ups])
    return (
        f"New roles, learning passed on, guidelines changed, confidence gained: we ask {told}. What people tell us comes "
        "in the next version."
    )


def _sureness(known: CohortFigures) -> list[str]:
    wave = known.wave
    if wave is None or not wave.forms:
        return [f"{_when_results_come(known)} Until then this report says what was planned and who takes part."]
    return [
        f"{wave.forms} of {people(wave.able)} answered ({share(wave.forms, wave.able)}). {_silent(wave)}".strip(),
        "People judged the programme themselves, with no comparison group: this is what they reported about this "
        "course, not proof of what it caused.",
    ]


def _silent(wave: WaveFigures) -> str:
    """What the worst case would be, if all who kept silent had been unhappy."""
    item = wave.recommend()
    if not wave.silent:
        return "Nobody is missing."
    if item is None or item.average is None or wave.able <= item.n:
        return f"We do not know what the other {wave.silent} think." if wave.silent > 1 else "One person is missing."
    worst = mean(item.total + wave.able - item.n, wave.able)
    rest = "everybody else" if wave.able - item.n > 1 else "the one other person"
    return f"Even if {rest} had given 1, the average for recommending it would be {worst} instead of {item.average}."
