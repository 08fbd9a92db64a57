"""Letters that are told by phone: whom to ring, when, and what to say."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from people import queries
from people.access import permission_required
from people.permissions import Permission
from people.services import letters as service
from people.views.letters import settle


@require_safe
@permission_required(Permission.OUTBOX_VIEW)
def calls(request: HttpRequest) -> HttpResponse:
    return render(request, "people/calls.html", {"calls": queries.calls_to_make(request.user)})


@require_POST
@permission_required(Permission.OUTBOX_VIEW)
def told(request: HttpRequest, pk: int) -> HttpResponse:
    return settle(request, pk, service.mark_told, "Marked as told.", back="people:calls")


@require_POST
@permission_required(Permission.OUTBOX_VIEW)
def no_answer(request: HttpRequest, pk: int) -> HttpResponse:
    return settle(
        request, pk, service.mark_no_answer, "We counted the try. The call goes on waiting.", back="people:calls"
    )
