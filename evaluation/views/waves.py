"""The board of waves, and one wave: who is invited, who has answered, open and close."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from core.exceptions import DomainError
from core.models import Message
from core.tables import Column, Filter, Table
from evaluation import board as boards
from evaluation.models import Invitation, Wave
from evaluation.queries import with_invitations
from evaluation.services import waves
from evaluation.views.finding import get_cohort, get_wave, in_cohort
from people.access import permission_required
from people.permissions import Permission
from people.routes import destination_of
from programmes.models import Participant


@permission_required(Permission.RESULTS_VIEW)
@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug, Permission.RESULTS_VIEW)
    return render(request, "evaluation/waves.html", in_cohort(cohort, rows=boards.rows(cohort)))


@permission_required(Permission.WAVE_MANAGE)
@require_safe
def wave(request: HttpRequest, slug: str, kind: Wave.Kind) -> HttpResponse:
    found = get_wave(request, slug, kind, Permission.WAVE_MANAGE)
    people = Participant.objects.visible_to(request.user, Permission.WAVE_MANAGE).filter(cohort=found.cohort).able()
    table = _people_table(request, found, with_invitations(people, found))
    if download := table.export():
        return download
    context = {"wave": found, "row": boards.row(found), "table": table}
    return render(request, "evaluation/wave.html", in_cohort(found.cohort, **context))


@permission_required(Permission.WAVE_MANAGE)
@require_POST
def create(request: HttpRequest, slug: str, kind: Wave.Kind) -> HttpResponse:
    cohort = get_cohort(request, slug, Permission.WAVE_MANAGE)
    made = waves.ensure(cohort=cohort, kind=kind, by=request.user)
    messages.success(request, f"The wave “{made}” is set up. Next: invite people.")
    return redirect(made)


@permission_required(Permission.WAVE_MANAGE)
@require_POST
def invite(request: HttpRequest, slug: str, kind: Wave.Kind) -> HttpResponse:
    found = get_wave(request, slug, kind, Permission.WAVE_MANAGE)
    try:
        invited = waves.invite(wave=found, by=request.user)
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _letters_written(invited))
    return redirect(found)


@permission_required(Permission.WAVE_MANAGE)
@require_POST
def resend(request: HttpRequest, slug: str, kind: Wave.Kind, pk: int) -> HttpResponse:
    found = get_wave(request, slug, kind, Permission.WAVE_MANAGE)
    invitations = Invitation.objects.visible_to(request.user).select_related("wave__cohort", "participant__person")
    invitation = get_object_or_404(invitations, wave=found, participant=pk)
    try:
        waves.resend(invitation=invitation, by=request.user)
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"A new link for {invitation.participant.person} is in the outbox.")
    return redirect(found)


@permission_required(Permission.WAVE_MANAGE)
@require_POST
def open_now(request: HttpRequest, slug: str, kind: Wave.Kind) -> HttpResponse:
    found = get_wave(request, slug, kind, Permission.WAVE_MANAGE)
    waves.open_now(wave=found, by=request.user)
    messages.success(request, "This wave is open. People can answer until you close it.")
    return redirect(found)


@permission_required(Permission.WAVE_MANAGE)
@require_POST
def close(request: HttpRequest, slug: str, kind: Wave.Kind) -> HttpResponse:
    found = get_wave(request, slug, kind, Permission.WAVE_MANAGE)
    try:
        waves.close(wave=found, by=request.user)
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "This wave is closed. Links no longer take answers.")
    return redirect(found)


def _letters_written(count: int) -> str:
    if not count:
        return "Everybody has been invited already, so nothing was sent."
    return "1 letter is in the outbox." if count == 1 else f"{count} letters are in the outbox."


STATES = {
    "not-invited": ("Not invited yet", {"is_invited": False}),
    "waiting": ("Invited, no answer by link", {"is_invited": True, "has_answered": False}),
    "answered": ("Answered by link", {"has_answered": True}),
}


def _state(participant: Participant) -> str:
    if participant.has_answered:
        return "Answered"
    return "Invited" if participant.is_invited else "Not invited yet"


def _people_table(request: HttpRequest, found: Wave, people) -> Table:
    """Names and whether an answer came: in an anonymous wave nobody may see more than that, the office included."""
    return Table(
        name=f"{found.cohort.slug}-{found.slug}-people",
        caption=f"People in {found.cohort}: invited and answered",
        columns=(
            Column("name", "Name", lambda row: row.person.name, ("person__name",), is_heading=True),
            Column("ref", "Number", lambda row: row.ref, ("ref",)),
            Column("route", "How we write", lambda row: Message.Channel(destination_of(row.person).channel).label),
            Column("state", "Form by link", _state, template="evaluation/_person_state.html"),
            Column("resend", "Send again", template="evaluation/_person_resend.html", kind="action"),
        ),
        rows=people.select_related("person").prefetch_related("person__contact_routes"),
        params=request.GET,
        search=("person__name", "ref"),
        search_label="Search by name or number",
        filters=(
            Filter(
                "state",
                "Form by link",
                [(key, label) for key, (label, _) in STATES.items()],
                apply=lambda rows, value: rows.filter(**STATES[value][1]),
            ),
        ),
        default_sort="name",
        empty="Nobody has a place in this cohort yet.",
        empty_next="People who are accepted appear here.",
    )
