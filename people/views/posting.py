"""Letters by post: printed one by one or all at once, then marked as posted."""

import re

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from core.models import Message
from people import letter_paper, queries
from people.access import permission_required
from people.models import InformationFormat
from people.permissions import Permission
from people.services import letters as service

FORMATS = dict(InformationFormat.choices)
# The letters that a page showed, as one word of an address: "12-15-19".
KEYS = re.compile(r"[0-9]{1,18}(-[0-9]{1,18})*")


@require_safe
@permission_required(Permission.OUTBOX_VIEW)
def letter_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter by post, as it goes into the envelope."""
    found = get_object_or_404(queries.letters_of(request.user).filter(channel=Message.Channel.POST), pk=pk)
    return _pdf([found], f"letter-{found.pk}.pdf")


@require_safe
@permission_required(Permission.OUTBOX_VIEW)
def to_print(request: HttpRequest) -> HttpResponse:
    """Everything that waits for the post: what a printer makes, what somebody has to have made, what has no address."""
    letters = list(queries.letters_to_print(request.user))
    context = {
        "letters": letters,
        "keys": "-".join(str(letter.pk) for letter in letters),
        "to_make": [(letter, FORMATS[letter.information_format]) for letter in queries.letters_to_make(request.user)],
        "without_address": queries.letters_without_address(request.user),
    }
    return render(request, "people/letters_print.html", context)


@require_safe
@permission_required(Permission.OUTBOX_VIEW)
def letters_pdf(request: HttpRequest) -> HttpResponse:
    """The letters that the page showed, in its order; without a choice, all that wait."""
    letters = _chosen(request, request.GET.get("letters", ""))
    if not letters:
        raise Http404
    return _pdf(letters, "letters-to-post.pdf")


@require_POST
@permission_required(Permission.OUTBOX_VIEW)
def all_posted(request: HttpRequest) -> HttpResponse:
    """Exactly the letters that the page showed. One that has changed meanwhile stays as it is, and is counted."""
    keys = request.POST.get("letters", "")
    letters = _chosen(request, keys) if keys else []
    posted = service.mark_all_posted(letters=letters, by=request.user)
    if posted:
        messages.success(request, f"{posted} letter{'s' if posted > 1 else ''} marked as posted.")
    if left := len(keys.split("-")) - posted if keys else 0:
        messages.warning(
            request, f"{left} had changed since you opened the page: look at {'it' if left == 1 else 'them'}."
        )
    return redirect("people:letters-print")


def _chosen(request: HttpRequest, keys: str) -> list[Message]:
    letters = queries.letters_to_print(request.user)
    if not keys:
        return list(letters)
    return list(letters.filter(pk__in=keys.split("-"))) if KEYS.fullmatch(keys) else []


def _pdf(letters: list[Message], name: str) -> HttpResponse:
    response = HttpResponse(letter_paper.printed(letters), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
