"""The small words of every page: crumbs, status tags, dates as people say them, figures, one-button forms."""

from datetime import date, datetime, time
from typing import Any

from django import template
from django.conf import settings
from django.template.context import RequestContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from core.middleware import request_id
from core.tables import Table

register = template.Library()

COLOURS = {"green", "blue", "yellow", "red", "grey", "purple", "orange", "white", "pink", "aqua-green"}


@register.inclusion_tag("components/crumb.html")
def crumb(label: str, url: str = "") -> dict[str, str]:
    """One step of the breadcrumbs."""
    return {"label": label, "url": url}


@register.inclusion_tag("components/tag.html")
def tag(text: object, colour: str = "grey") -> dict[str, object]:
    """A state in words, with a colour beside it. An unknown colour is grey."""
    return {"text": text, "colour": colour if colour in COLOURS else "grey"}


@register.inclusion_tag("components/figure.html")
def figure(value: object, label: str, note: str = "") -> dict[str, object]:
    """A large number, what it counts, and its n beneath."""
    return {"value": value, "label": label, "note": note}


@register.inclusion_tag("components/post_button.html", takes_context=True)
def post_button(
    context: RequestContext,
    label: str,
    url: str,
    style: str = "secondary",
    name: str = "",
    value: str = "",
    confirm: str = "",
    small: bool = True,
) -> dict[str, object]:
    """A form that is one button. With `confirm` the button opens that sentence first, and asks again."""
    words = {"label": label, "url": url, "style": style, "name": name, "value": value}
    return words | {"confirm": confirm, "small": small, "csrf_token": context.get("csrf_token", "")}


@register.simple_tag(takes_context=True)
def nav_current(context: RequestContext, url: str) -> str:
    """ "page" on the page itself, "true" beneath it, "" elsewhere: the value for aria-current."""
    path = getattr(context.get("request"), "path", "")
    if not url or not path:
        return ""
    return "page" if path == url else "true" if url != "/" and path.startswith(url) else ""


@register.simple_tag
def body() -> dict[str, str]:
    """Whose service this is and how to reach them. Needs no context, so that error pages can say it too."""
    return {
        "name": settings.BODY_NAME,
        "email": settings.BODY_EMAIL,
        "phone": settings.BODY_PHONE,
        "address": settings.BODY_ADDRESS,
        "site": settings.SITE_URL,
    }


@register.simple_tag
def this_request() -> str:
    """The number under which this request stands in the log."""
    return request_id.get()


TABS: tuple[tuple[str, str, str, str], ...] = (
    ("overview", "Overview", "cohort", "cohort_view"),
    ("applications", "Applications", "recruitment:applications", "application_view"),
    ("people", "People", "programmes:people", "people_view"),
    ("tables", "Tables", "programmes:tables", "seating_view"),
    ("days", "Days", "programmes:days", "cohort_view"),
    ("evaluation", "Evaluation", "evaluation:waves", "results_view"),
    ("report", "Report", "reports:report", "report_edit"),
    ("settings", "Settings", "programmes:settings", "cohort_edit"),
)


@register.simple_tag(takes_context=True)
def cohort_tabs(context: RequestContext) -> list[dict[str, object]]:
    """The tabs of a cohort, in the order in which the work happens, as far as the reader may open them."""
    may, slug, here = context.get("may", {}), context["cohort"].slug, context.get("tab", "")
    return [
        {"label": label, "url": url, "here": key == here}
        for key, label, name, permission in TABS
        if may.get(permission) and (url := _address(name, slug))
    ]


NAVIGATION: tuple[tuple[str, str, str], ...] = (
    ("Today", "today", ""),
    ("Cohorts", "programmes:cohorts", "cohort_view"),
    ("My reviews", "recruitment:reviews", "application_review"),
    ("My table", "programmes:my-table", "own_table_view"),
    ("Reports", "reports:issued", "report_read_issued"),
    ("Letters", "people:outbox", "outbox_view"),
)


@register.simple_tag(takes_context=True)
def main_navigation(context: RequestContext) -> list[dict[str, str]]:
    """The entries of the top bar that the reader may open, each with its value for aria-current."""
    may = context.get("may", {})
    return [
        {"label": label, "url": url, "current": nav_current(context, url)}
        for label, name, permission in NAVIGATION
        if (not permission or may.get(permission)) and (url := _address(name))
    ]


def _address(name: str, *args: str) -> str:
    """Where a named page is; "" while nobody has built it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


# --- Tables ---------------------------------------------------------------------------------------------
@register.filter
def kept_params(table: Table) -> list[tuple[str, str]]:
    """Parameters of the address that belong to the page, not to the list: the search form hands them on."""
    own = {"q", "page", "export", "sort", *(item.key for item in table.filters)}
    return [(key, value) for key, value in table.params.items() if key not in own]


@register.filter
def sort_choices(table: Table) -> list[dict[str, object]]:
    """Every way to sort, in words, for the list's own menu (on a phone there are no column headings)."""
    return [
        {"value": value, "label": f"{column.label}{words}", "here": value == table.sort}
        for column in table.columns
        if column.sort
        for value, words in ((column.key, ""), (f"-{column.key}", ", reversed"))
    ]


@register.filter
def count_in_words(table: Table) -> str:
    """ "92 applications", "1 person": the count with the last word of the list's name."""
    count, word = table.page.paginator.count, table.name.rsplit("-", 1)[-1]
    one = "person" if word == "people" else word.removesuffix("s")
    return f"{count:,} {one if count == 1 else word}"


# --- Dates and times --------------------------------------------------------------------------------------
@register.filter
def long_date(day: date | datetime | None) -> str:
    """Thursday 23 November 2017"""
    day = _local(day)
    return f"{day:%A} {day.day} {day:%B %Y}" if day else ""


@register.filter
def short_date(day: date | datetime | None) -> str:
    """23 Nov 2017"""
    day = _local(day)
    return f"{day.day} {day:%b %Y}" if day else ""


@register.filter
def clock(value: time | datetime | None) -> str:
    """9:30am; noon and midnight are 12pm and 12am, as on the printed programme."""
    value = _local(value)
    return f"{value.hour % 12 or 12}:{value:%M}{'am' if value.hour < 12 else 'pm'}" if value is not None else ""


@register.filter
def moment(value: datetime | None) -> str:
    """11:59pm on Sunday 29 October 2017"""
    return f"{clock(value)} on {long_date(value)}" if value else ""


def _local(value: Any) -> Any:
    """A moment in the reader's clock; days and times of day as they are."""
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
