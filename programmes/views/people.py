"""Who takes part in a cohort."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from core.exceptions import DomainError
from core.pages import form_page
from core.tables import Column, Filter, Table
from people.access import permission_required
from people.models import InformationFormat, LivedExperience, Route
from people.permissions import Permission
from programmes import queries
from programmes.forms import WithdrawForm
from programmes.models import Cohort, Experience, Participant
from programmes.services import cohorts as service

STATES = (("here", "Taking part"), ("withdrawn", "Withdrawn"))


def _by_state(rows: QuerySet, value: str) -> QuerySet:
    return rows.filter(withdrawn_at__isnull=value == "here")


@require_http_methods(["GET"])
@permission_required(Permission.PEOPLE_VIEW)
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """The list of participants: who they are, how to write to them, where they sit next."""
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user, Permission.PEOPLE_VIEW), slug=slug)
    day, plan = queries.next_seating(cohort)
    may_edit = Cohort.objects.visible_to(request.user, Permission.PEOPLE_EDIT).filter(pk=cohort.pk).exists()
    rows = queries.participants_in_full(Participant.objects.visible_to(request.user).filter(cohort=cohort), plan)
    table = Table(
        name="people",
        caption=f"People in {cohort.title}",
        columns=_columns(f"Table, day {day.number}", may_edit, everything="export" in request.GET),
        rows=rows,
        params=request.GET,
        search=("person__name", "ref", "person__area", "person__organisation__name"),
        filters=[
            Filter("state", "State", STATES, apply=_by_state),
            Filter("experience", "Experience", Experience.choices, "experience"),
            Filter("lived", "Patient or carer", LivedExperience.choices, "lived_experience"),
            Filter("format", "Information format", InformationFormat.choices, "person__information_format"),
        ],
        default_sort="name",
        empty="Nobody has a place yet.",
        empty_next="People appear here when you accept their application.",
    )
    context = {"cohort": cohort, "tab": "people", "table": table, "taken": rows.able().count()}
    return table.export() or render(request, "programmes/people.html", context)


def _columns(table_label: str, may_edit: bool, *, everything: bool) -> list[Column]:
    """The file has a column for everything; on the page an unusual format and a withdrawal stand in other cells."""
    columns = [
        Column("ref", "Ref", lambda row: row.ref, ("ref",)),
        Column(
            "name",
            "Name",
            lambda row: row.person.name,
            ("person__name",),
            "programmes/_person_name.html",
            is_heading=True,
        ),
        Column("area", "Area", lambda row: row.person.area, ("person__area",), "programmes/_area_cell.html"),
        Column(
            "organisation",
            "Organisation",
            lambda row: row.person.organisation.name if row.person.organisation else "",
            ("person__organisation__name",),
        ),
        Column(
            "experience",
            "Experience",
            lambda row: row.get_experience_display(),
            ("experience_order",),
            "programmes/_experience_cell.html",
        ),
        Column("lived", "Patient or carer", lambda row: row.get_lived_experience_display(), ("lived_experience",)),
        Column("route", "Contact by", _route, ("preferred_route",), "programmes/_contact_cell.html"),
        *([Column("format", "Format", _format)] if everything else ()),
        Column("table", table_label, lambda row: row.table_number, ("table_number",), kind="number"),
        *([Column("state", "State", _state)] if everything else ()),
    ]
    if may_edit:
        columns.append(Column("change", "Change", template="programmes/_participant_change.html", kind="action"))
    return columns


def _route(row: Participant) -> str:
    return str(Route(row.preferred_route).label) if row.preferred_route else ""


def _format(row: Participant) -> str:
    """The format in a word: only what differs from the usual needs more."""
    is_usual = row.person.information_format == InformationFormat.STANDARD
    return "Standard" if is_usual else row.person.get_information_format_display()


def _state(row: Participant) -> str:
    return "Withdrawn" if row.withdrawn_at else "Taking part"


def _participant(request: HttpRequest, slug: str, pk: int) -> Participant:
    rows = Participant.objects.visible_to(request.user, Permission.PEOPLE_EDIT).select_related("cohort", "person")
    return get_object_or_404(rows, pk=pk, cohort__slug=slug)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.PEOPLE_EDIT)
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask first, with what will happen; then free the place."""
    participant = _participant(request, slug, pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        service.withdraw(participant=participant, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, f"{participant.person.name} has withdrawn. One more place is free.")
        return redirect("programmes:people", slug)
    context = {"cohort": participant.cohort, "tab": "people", "participant": participant}
    return form_page(request, "programmes/withdraw.html", form, **context)


@require_POST
@permission_required(Permission.PEOPLE_EDIT)
def reinstate(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    participant = _participant(request, slug, pk)
    try:
        service.reinstate(participant=participant, by=request.user)
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"{participant.person.name} takes part again.")
    return redirect("programmes:people", slug)
