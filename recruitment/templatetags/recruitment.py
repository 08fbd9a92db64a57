"""Small pictures of scores: geometry as SVG attributes, numbers written in, words for those who do not see them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.template.context import RequestContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from recruitment import drawings, offer_list
from recruitment.models import Application, BulkAction, Offer
from recruitment.queries import marks_in_order, scores_of_row
from recruitment.rubric import SOURCE
from recruitment.services import undoing

register = template.Library()

METER = 400


@register.simple_tag
def score_strip(application: Any) -> str:
    """Seven small boxes with the agreed scores, darker for more."""
    return drawings.score_strip(tuple(marks_in_order(scores_of_row(application))))


@register.simple_tag
def total_bar(total: int | None) -> str:
    """The total of 28 as a number with a bar beside it."""
    return drawings.total_bar(total)


@register.simple_tag
def small_tag(text: str, colour: str) -> str:
    """A state in words, for lists that draw it many times."""
    return drawings.small_tag(str(text), colour)


@register.inclusion_tag("recruitment/_meter.html")
def meter(part: int, whole: int) -> dict[str, float]:
    """A bar that is filled as far as `part` is of `whole`, and never beyond its end. The words stand beside it."""
    return {"width": METER, "filled": round(METER * min(part / whole, 1), 1) if whole else 0}


@register.simple_tag
def source_of_characteristics() -> str:
    """The paper that the seven characteristics come from."""
    return SOURCE


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


@register.simple_tag
def state_tag(application: Application) -> str:
    """The state in words with its colour."""
    state = Application.State(application.state)
    return drawings.small_tag(state.label, drawings.STATE_COLOURS[state])


@register.filter
def can_be_undone(action: BulkAction, may: Mapping[str, bool]) -> bool:
    """Whether this kind can be taken back at all, and by the reader."""
    way = undoing.WAYS.get(action.kind)
    return way is not None and bool(may.get(way.permission.name.lower()))


@register.filter
def days_left(reply_by: datetime) -> str:
    """ "3 days left", "Today", "2 days over"."""
    return offer_list.days_left(reply_by, timezone.now())


@register.filter
def phone_of(offer: Offer) -> str:
    """The number of the person to whom it was made. Uses prefetched contact routes."""
    return offer_list.phone_of(offer)
