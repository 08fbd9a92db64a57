"""The outbox: what waits, what went, and the letters that a person has to look at."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from core.exceptions import DomainError
from core.models import Message
from core.tables import Column, Filter, Table
from people import queries
from people.access import permission_required
from people.permissions import Permission
from people.services import letters as service


def letters_table(request: HttpRequest) -> Table:
    return Table(
        name="letters",
        caption="Letters",
        columns=[
            Column("subject", "Letter", lambda row: row.subject, ("subject",), "people/_letter.html", is_heading=True),
            Column("to", "To", lambda row: row.recipient_name or row.to, ("recipient_name",)),
            Column("channel", "Way", lambda row: row.get_channel_display(), ("channel",)),
            Column("state", "State", lambda row: row.get_state_display(), ("state",), "people/_letter_state.html"),
            Column("written", "Written", lambda row: row.created_at, ("created_at",), "people/_letter_written.html"),
            Column("sent", "Sent", lambda row: row.sent_at, ("sent_at",), "people/_letter_sent.html"),
        ],
        rows=queries.letters_of(request.user),
        params=request.GET,
        search=("recipient_name", "to", "subject"),
        search_label="Search by name, address or subject",
        filters=[
            Filter("state", "State", Message.State.choices, "state"),
            Filter("way", "Way", Message.Channel.choices, "channel"),
        ],
        default_sort="-written",
        empty="No letters yet. They appear here when something happens: an application, a decision, an invitation.",
    )


@require_safe
@permission_required(Permission.OUTBOX_VIEW)
def outbox(request: HttpRequest) -> HttpResponse:
    table = letters_table(request)
    to_look_at = queries.letters_to_look_at(request.user)
    return table.export() or render(request, "people/outbox.html", {"table": table, "to_look_at": to_look_at})


@require_safe
@permission_required(Permission.OUTBOX_VIEW)
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.letters_of(request.user), pk=pk)
    return render(request, "people/letter.html", {"letter": found, "text": queries.shown_text(found)})


@require_POST
@permission_required(Permission.OUTBOX_VIEW)
def posted(request: HttpRequest, pk: int) -> HttpResponse:
    return _settle(request, pk, service.mark_posted, "Marked as posted.")


@require_POST
@permission_required(Permission.OUTBOX_VIEW)
def arrived(request: HttpRequest, pk: int) -> HttpResponse:
    return _settle(request, pk, service.mark_arrived, "Marked as sent.")


@require_POST
@permission_required(Permission.OUTBOX_VIEW)
def again(request: HttpRequest, pk: int) -> HttpResponse:
    return _settle(request, pk, service.send_again, "The letter is waiting and will go out within a minute.")


def _settle(request: HttpRequest, pk: int, decide: Callable[..., None], done: str) -> HttpResponse:
    found = get_object_or_404(queries.letters_of(request.user), pk=pk)
    try:
        decide(letter=found, by=request.user)
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, done)
    return redirect("people:letter", found.pk)
