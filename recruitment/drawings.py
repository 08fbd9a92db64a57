"""Small pictures for lists: geometry as SVG attributes, numbers written in, words for those who do not see them.

Drawn by format_html and kept, because a list of fifty rows draws each of them fifty times.
"""

from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from programmes.characteristics import SHORT_NAMES
from recruitment.models import Application, PendingDecision
from recruitment.scoring import TOP_TOTAL

BOX, STEP = 17, 19
BAR = 40
STATE_COLOURS = {
    Application.State.SUBMITTED: "blue",
    Application.State.AWAITING: "purple",
    Application.State.OFFERED: "aqua-green",
    Application.State.ACCEPTED: "green",
    Application.State.RESERVE: "yellow",
    Application.State.DECLINED: "grey",
    Application.State.TURNED_DOWN: "grey",
    Application.State.LAPSED: "orange",
    Application.State.WITHDRAWN: "grey",
    Application.State.MERGED: "grey",
}
# Where the full name of a state is too long for a cell.
STATE_WORDS = {
    Application.State.AWAITING: "Awaiting",
    Application.State.RESERVE: "Reserve",
    Application.State.OFFERED: "Offered",
    Application.State.TURNED_DOWN: "Said no",
    Application.State.LAPSED: "No reply",
    Application.State.MERGED: "Merged",
}
PREPARED = {
    PendingDecision.Outcome.ACCEPT: "Prepared: offer",
    PendingDecision.Outcome.RESERVE: "Prepared: reserve",
    PendingDecision.Outcome.DECLINE: "Prepared: decline",
}
MARK = (
    '<g class="lp-rec-scores__mark lp-rec-scores__mark--{}"><title>{}. {}: {}</title>'
    '<rect x="{}" y="0" width="{}" height="{}" rx="2"/><text x="{}" y="13" text-anchor="middle">{}</text></g>'
)


NOTHING = format_html('<span class="lp-quiet">{}</span>', "–")


@lru_cache(maxsize=2048)
def score_strip(marks: tuple[int | None, ...]) -> SafeString:
    """Seven small boxes with the agreed scores, darker for more."""
    named = list(zip(SHORT_NAMES.values(), marks, strict=True))
    known = [f"{name} {mark}" for name, mark in named if mark is not None]
    if not known:
        return format_html('<span class="lp-quiet">{}</span>', "Not scored yet")
    boxes = format_html_join("", MARK, (_box(place, name, mark) for place, (name, mark) in enumerate(named)))
    width = STEP * len(named) - (STEP - BOX)
    return format_html(
        '<svg class="lp-rec-scores" role="img" aria-label="{}" width="{}" height="{}" viewBox="0 0 {} {}">{}</svg>',
        ", ".join(known), width, BOX, width, BOX, boxes,
    )  # fmt: skip


def _box(place: int, name: str, mark: int | None) -> tuple[object, ...]:
    shown, said = ("–", "not scored") if mark is None else (mark, mark)
    kind = "none" if mark is None else mark
    return kind, place + 1, name, said, place * STEP, BOX, BOX, place * STEP + BOX / 2, shown


@lru_cache(maxsize=64)
def total_bar(total: int | None) -> SafeString:
    """The total of 28 as a number with a bar beside it."""
    if total is None:
        return format_html('<span class="lp-quiet" aria-label="{}">–</span>', "no total yet")
    return format_html(
        '<span class="lp-rec-total"><strong>{}</strong><svg aria-hidden="true" width="{}" height="8" '
        'viewBox="0 0 {} 8"><rect class="lp-rec-total__ground" width="{}" height="8" rx="2"/>'
        '<rect class="lp-rec-total__bar" width="{}" height="8" rx="2"/></svg></span>',
        total, BAR, BAR, BAR, round(BAR * total / TOP_TOTAL, 1),
    )  # fmt: skip


@lru_cache(maxsize=64)
def state_tag(state: str, prepared: str = "") -> SafeString:
    """The state in words with its colour, and a decision that is prepared and that nobody knows of.

    "Prepared: offer" says by itself that it is still to decide, so a row stays one line high; other states stay beside it.
    """
    known = Application.State(state)
    tag = small_tag(STATE_WORDS.get(known, known.label), STATE_COLOURS[known])
    if not prepared:
        return tag
    words = small_tag(PREPARED[PendingDecision.Outcome(prepared)], "white")
    return words if known == Application.State.SUBMITTED else format_html("{} {}", tag, words)


@lru_cache(maxsize=64)
def small_tag(text: str, colour: str) -> SafeString:
    return format_html('<strong class="nhsuk-tag nhsuk-tag--{}">{}</strong>', colour, text)


SINGLE_ISSUE = small_tag("Single issue", "orange")
