"""The table of a cohort's channels, on the page and as a file."""

from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html

from core.tables import Column, Table
from core.templatetags.laypartner import short_date
from programmes.models import Cohort
from recruitment.models import Channel
from recruitment.queries.setting_up import channels_with_figures

# In the file only: on the page the link needs the room, and the kind stands under the name.
KIND = Column("kind", "Kind", lambda row: row.get_kind_display())
CONTACT = Column("contact", "Who placed it", lambda row: row.contact)


def tracked_link(channel: Channel) -> str:
    """The address that tells us by which channel somebody came."""
    return f"{settings.SITE_URL}{reverse('recruitment:apply', args=[channel.cohort.slug])}?from={channel.code}"


def _name(channel: Channel) -> str:
    return format_html('{}<br><span class="lp-rec-kind">{}</span>', channel.name, channel.get_kind_display())


def _went_out(channel: Channel) -> str:
    day = short_date(channel.advertised_on) or "–"
    return format_html('<span class="lp-nowrap">{}</span>', day)


def _reached(channel: Channel) -> str:
    return "–" if channel.reached is None else f"{channel.reached:,}"


def _link(channel: Channel) -> str:
    """In a box that the keyboard reaches and one click marks, because it is there to be copied."""
    return format_html(
        '<input class="lp-rec-copy" type="text" readonly value="{}" aria-label="Link of {}">',
        tracked_link(channel),
        channel.name,
    )


def _actions(channel: Channel) -> str:
    where = [channel.cohort.slug, channel.pk]
    return format_html(
        '<span class="lp-rec-row-actions"><a href="{}">Change<span class="nhsuk-u-visually-hidden"> {}</span></a>'
        '<a href="{}">Remove<span class="nhsuk-u-visually-hidden"> {}</span></a></span>',
        reverse("recruitment:channel-edit", args=where),
        channel.name,
        reverse("recruitment:channel-remove", args=where),
        channel.name,
    )


def channels_table(*, cohort: Cohort, channels: QuerySet[Channel], params: QueryDict) -> Table:
    """`channels` must be narrowed to what the user may see."""
    return Table(
        name="channels",
        caption=f"Channels of {cohort.title}",
        columns=[
            Column("name", "Name", lambda row: row.name, ("name",), is_heading=True, html=_name),
            *([KIND, CONTACT] if params.get("export") else []),
            Column("date", "Went out", lambda row: row.advertised_on, ("advertised_on",), html=_went_out),
            Column("link", "Link to send out", tracked_link, html=_link),
            Column("reached", "Reached", lambda row: row.reached, ("reached",), kind="number", html=_reached),
            Column("started", "Started", lambda row: row.started, ("started",), kind="number"),
            Column("sent", "Sent", lambda row: row.sent, ("sent",), kind="number"),
            Column("accepted", "Have a place", lambda row: row.accepted, ("accepted",), kind="number"),
            Column("change", "Change", str, html=_actions, kind="action"),
        ],
        rows=channels_with_figures(channels).select_related("cohort"),
        params=params,
        default_sort="name",
        empty="No channels yet.",
        empty_next="Add each newsletter, organisation and group that tells people about the call. "
        "Each gets a link of its own, so that you see what works.",
    )
