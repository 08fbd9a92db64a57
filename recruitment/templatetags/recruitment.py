"""Small pictures of scores: geometry as SVG attributes, numbers written in, words for those who do not see them."""

from typing import Any

from django import template

from programmes.characteristics import SHORT_NAMES, Characteristic
from recruitment.models import Application, Decision
from recruitment.queries import agreed_name
from recruitment.scoring import TOP_TOTAL

register = template.Library()

BOX, STEP = 17, 19
BAR = 56
METER = 400
STATE_COLOURS = {
    Application.State.SUBMITTED: "blue",
    Application.State.ACCEPTED: "green",
    Application.State.RESERVE: "yellow",
    Application.State.DECLINED: "grey",
    Application.State.WITHDRAWN: "grey",
}
PAST = {
    Decision.Outcome.ACCEPT: "Accepted",
    Decision.Outcome.RESERVE: "Put on the reserve list",
    Decision.Outcome.DECLINE: "Declined",
    Decision.Outcome.REOPEN: "Decision taken back",
}
STATE_WORDS = {Application.State.RESERVE: "Reserve"}


@register.inclusion_tag("recruitment/_score_strip.html")
def score_strip(application: Any) -> dict[str, object]:
    """Seven small boxes with the agreed scores, darker for more."""
    marks = [(SHORT_NAMES[item], getattr(application, agreed_name(item))) for item in Characteristic]
    boxes = [
        {"name": name, "mark": mark, "x": place * STEP, "middle": place * STEP + BOX / 2}
        for place, (name, mark) in enumerate(marks)
    ]
    known = [f"{name} {mark}" for name, mark in marks if mark is not None]
    return {"boxes": boxes, "words": ", ".join(known), "width": STEP * len(boxes) - (STEP - BOX), "size": BOX}


@register.inclusion_tag("recruitment/_total_bar.html")
def total_bar(total: int | None) -> dict[str, object]:
    """The total of 28 as a number with a bar beside it."""
    return {"total": total, "of": TOP_TOTAL, "width": BAR, "filled": round(BAR * (total or 0) / TOP_TOTAL, 1)}


@register.inclusion_tag("recruitment/_meter.html")
def meter(part: int, whole: int) -> dict[str, float]:
    """A bar that is filled as far as `part` is of `whole`, and never beyond its end. The words stand beside it."""
    return {"width": METER, "filled": round(METER * min(part / whole, 1), 1) if whole else 0}


@register.filter
def in_the_past(outcome: str) -> str:
    """A decision as the history tells it."""
    return PAST[Decision.Outcome(outcome)]


@register.inclusion_tag("components/tag.html")
def state_tag(application: Application) -> dict[str, str]:
    """The state in words with its colour."""
    state = Application.State(application.state)
    return {"text": STATE_WORDS.get(state, state.label), "colour": STATE_COLOURS[state]}
