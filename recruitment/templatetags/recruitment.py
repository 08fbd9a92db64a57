"""Small pictures of scores: geometry as SVG attributes, numbers written in, words for those who do not see them."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.template.context import RequestContext
from django.urls import NoReverseMatch, reverse

from programmes.characteristics import SHORT_NAMES
from recruitment.models import Application, BulkAction, Decision
from recruitment.queries import marks_in_order, scores_of_row
from recruitment.scoring import TOP_TOTAL
from recruitment.services import undoing

register = template.Library()

BOX, STEP = 17, 19
BAR = 56
METER = 400
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
PAST = {
    Decision.Outcome.ACCEPT: "Offered a place",
    Decision.Outcome.RESERVE: "Put on the reserve list",
    Decision.Outcome.DECLINE: "Declined",
    Decision.Outcome.REOPEN: "Decision taken back",
    Decision.Outcome.CONFIRM: "Said yes to the place",
    Decision.Outcome.TURN_DOWN: "Said no to the place",
    Decision.Outcome.LAPSE: "Did not reply, place given up",
    Decision.Outcome.WITHDRAW: "Withdrew",
    Decision.Outcome.RETURN: "Came back",
}
STATE_WORDS = {Application.State.RESERVE: "Reserve"}


@register.inclusion_tag("recruitment/_score_strip.html")
def score_strip(application: Any) -> dict[str, object]:
    """Seven small boxes with the agreed scores, darker for more."""
    marks = list(zip(SHORT_NAMES.values(), marks_in_order(scores_of_row(application)), strict=True))
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


SECTIONS: tuple[tuple[str, str, str, str], ...] = (
    ("list", "List", "recruitment:applications", "application_view"),
    ("decide", "Decide", "recruitment:decisions", "application_decide"),
    ("offers", "Offers", "recruitment:offers", "application_decide"),
    ("reviewers", "Reviewers", "recruitment:reviewers", "recruitment_manage"),
    ("differences", "Differences", "recruitment:moderation", "application_moderate"),
    ("nominations", "Nominations", "recruitment:nominations", "recruitment_manage"),
    ("funnel", "Funnel", "recruitment:funnel", "recruitment_manage"),
    ("settings", "Set-up", "recruitment:settings", "recruitment_manage"),
)


@register.inclusion_tag("recruitment/_sections.html", takes_context=True)
def recruitment_sections(context: RequestContext, here: str) -> dict[str, object]:
    """The pages of a cohort's recruitment, in the order of the work, as far as the reader may open them."""
    may, slug = context.get("may", {}), context["cohort"].slug
    sections = [
        {"label": label, "url": url, "here": key == here}
        for key, label, name, permission in SECTIONS
        if may.get(permission) and (url := _address(name, slug))
    ]
    return {"sections": sections}


def _address(name: str, slug: str) -> str:
    try:
        return reverse(name, args=[slug])
    except NoReverseMatch:
        return ""


@register.filter
def in_the_past(outcome: str) -> str:
    """A decision as the history tells it."""
    return PAST[Decision.Outcome(outcome)]


@register.inclusion_tag("components/tag.html")
def state_tag(application: Application) -> dict[str, str]:
    """The state in words with its colour."""
    state = Application.State(application.state)
    return {"text": STATE_WORDS.get(state, state.label), "colour": STATE_COLOURS[state]}


@register.filter
def with_link(text: str, link: str) -> str:
    """An edited letter with the person's own link where it says [link]."""
    return text.replace("[link]", link)


@register.filter
def can_be_undone(action: BulkAction, may: Mapping[str, bool]) -> bool:
    """Whether this kind can be taken back at all, and by the reader."""
    way = undoing.WAYS.get(action.kind)
    return way is not None and bool(may.get(way.permission.name.lower()))
