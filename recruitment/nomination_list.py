"""The lists of nominations: whom we asked, and whom they proposed."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html

from core.tables import Column, Filter, Table
from core.templatetags.laypartner import short_date
from people.models import Organisation
from programmes.models import Cohort
from recruitment.models import Nomination, NominationRequest
from recruitment.queries.nominating import PROGRESS, requests_with_figures

# A state as the list says it, with its colour.
TAGS = {
    Nomination.State.INVITED: ("Asked", "blue"),
    Nomination.State.AGREED: ("Wants to apply", "green"),
    Nomination.State.DECLINED: ("Said no", "grey"),
    Nomination.State.EXPIRED: ("Did not answer", "grey"),
}
NOBODY = "Details deleted"
# In the file; on the page the kind stands under the organisation, and the contact's name is a link.
KIND = Column("kind", "Kind", lambda row: row.organisation.get_kind_display())
EMAIL = Column("email", "Email", lambda row: row.contact_email)
PHONE = Column("phone", "Phone", lambda row: row.contact_phone)


def requests_table(*, cohort: Cohort, requests: QuerySet[NominationRequest], params: QueryDict) -> Table:
    """`requests` must be narrowed to what the user may see."""
    areas = sorted(set(requests.values_list("area", flat=True)))
    return Table(
        name="nomination-organisations",
        caption=f"Organisations asked to nominate people for {cohort.title}",
        columns=[
            Column(
                "organisation",
                "Organisation",
                lambda row: row.organisation.name,
                ("organisation__name",),
                is_heading=True,
                html=_organisation,
            ),
            *([KIND] if params.get("export") else []),
            Column("area", "Area", lambda row: row.area, ("area", "organisation__name")),
            Column("contact", "Contact", lambda row: row.contact_name, ("contact_name",), html=_contact),
            *([EMAIL, PHONE] if params.get("export") else []),
            Column("since", "Asked on", lambda row: row.asked_at, ("asked_at",), html=lambda row: _day(row.asked_at)),
            Column("asked", "Asked", lambda row: row.asked_for, ("asked_for",), kind="number"),
            Column("received", "Received", lambda row: row.received, ("received",), kind="number"),
            Column("accepted", "Have a place", lambda row: row.accepted, ("accepted",), kind="number"),
            Column("actions", "What to do", str, template="recruitment/_nomination_actions.html", kind="action"),
        ],
        rows=requests_with_figures(requests),
        params=params,
        search=("organisation__name", "area", "contact_name"),
        search_label="Organisation, area or contact",
        filters=[
            Filter("kind", "Kind", Organisation.Kind.choices, "organisation__kind"),
            Filter("area", "Area", [(area, area) for area in areas], "area"),
            Filter("progress", "Nominated", PROGRESS, "progress"),
        ],
        default_sort="area",
        empty="No organisation has been asked yet.",
        empty_next="Ask the first one. Its contact gets a link to nominate people.",
    )


def _day(at: datetime) -> str:
    return format_html('<span class="lp-nowrap">{}</span>', short_date(at))


def _organisation(row: NominationRequest) -> str:
    kind = row.organisation.get_kind_display()
    return format_html('{}<br><span class="lp-rec-kind">{}</span>', row.organisation.name, kind)


def _contact(row: NominationRequest) -> str:
    """The name, as a link that writes or phones."""
    address = f"mailto:{row.contact_email}" if row.contact_email else f"tel:{row.contact_phone.replace(' ', '')}"
    return format_html('<a href="{}">{}</a>', address, row.contact_name)


def nominees_table(*, cohort: Cohort, nominations: QuerySet[Nomination], params: QueryDict) -> Table:
    """`nominations` must be narrowed to what the user may see."""
    return Table(
        name="nominated-people",
        caption=f"People nominated for {cohort.title}",
        columns=[
            Column("name", "Name", lambda row: row.name or NOBODY, ("name",), is_heading=True),
            Column("by", "Nominated by", lambda row: row.request.organisation.name, ("request__organisation__name",)),
            Column("area", "Area", lambda row: row.request.area, ("request__area", "name")),
            Column("reach", "Email or phone", lambda row: row.email or row.phone or "–"),
            Column("why", "Why", lambda row: row.why or "–"),
            Column(
                "on",
                "On",
                lambda row: row.nominated_at,
                ("nominated_at",),
                html=lambda row: _day(row.nominated_at),
            ),
            Column("state", "State", lambda row: row.get_state_display(), ("state", "name"), html=_state),
            Column("application", "Application", _reference, html=_application),
        ],
        rows=nominations.select_related("request__organisation", "request__cohort", "application__cohort"),
        params=params,
        search=("name", "request__organisation__name", "request__area"),
        search_label="Name, organisation or area",
        filters=[Filter("state", "State", Nomination.State.choices, "state")],
        default_sort="-on",
        empty="Nobody has been nominated yet.",
        empty_next="People appear here as soon as an organisation nominates them.",
    )


def _state(row: Nomination) -> str:
    words, colour = TAGS[Nomination.State(row.state)]
    return format_html('<strong class="nhsuk-tag nhsuk-tag--{}">{}</strong>', colour, words)


def _reference(row: Nomination) -> str:
    return row.application.reference if hasattr(row, "application") else ""


def _application(row: Nomination) -> str:
    if not hasattr(row, "application"):
        return _which_one(row) if row.state == Nomination.State.AGREED else "–"
    where = [row.application.cohort.slug, row.application.reference]
    return format_html('<a href="{}">{}</a>', reverse("recruitment:application", args=where), row.application.reference)


def _which_one(row: Nomination) -> str:
    """For those who want to apply and have not done so online."""
    address = reverse("recruitment:nominee-applied", args=[row.request.cohort.slug, row.pk])
    return format_html(
        '<a href="{}">None yet<span class="nhsuk-u-visually-hidden"> from {}</span></a>', address, row.name
    )
