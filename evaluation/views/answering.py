"""The pages behind a personal link. They write one form; they show no name, and nothing of what was sent."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from core.links import keeps_the_link_secret
from core.pages import form_page
from evaluation.forms import AnswersForm
from evaluation.links import STATUS, LinkState, state_of
from evaluation.models import Invitation
from evaluation.queries import invitation_for
from evaluation.services import answering


@login_not_required
@keeps_the_link_secret
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, token: str) -> HttpResponse:
    invitation = invitation_for(token)
    state = state_of(invitation)
    if invitation and request.method == "POST" and state in (LinkState.OPEN, LinkState.ANSWERED):
        return _receive(request, invitation, token)
    if invitation is None or state is not LinkState.OPEN:
        return _explain(request, state, invitation)
    return _draw(request, AnswersForm(_items(invitation)), invitation)


@login_not_required
@keeps_the_link_secret
@require_safe
def form_sent(request: HttpRequest, token: str) -> HttpResponse:
    invitation = invitation_for(token)
    if invitation is None:
        return _explain(request, LinkState.UNKNOWN)
    if not invitation.has_answered:
        return redirect("evaluation:form", token)
    return render(request, "evaluation/form_sent.html", _words(invitation))


def _receive(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    answers = AnswersForm(_items(invitation), request.POST)
    if not answers.is_valid():
        return _draw(request, answers, invitation)
    try:
        answering.submit(invitation=invitation, answers=answers.answers(), key=answers.key)
    except answering.AlreadyAnswered:
        return _explain(request, LinkState.ANSWERED, invitation, status=409)
    except answering.WaveClosed:
        return _explain(request, LinkState.CLOSED, invitation)
    return redirect("evaluation:form-sent", token)


def _items(invitation: Invitation) -> list[Any]:
    return list(invitation.wave.version.items.order_by("position"))


def _draw(request: HttpRequest, answers: AnswersForm, invitation: Invitation) -> HttpResponse:
    return form_page(request, "evaluation/form.html", answers, **_words(invitation))


def _explain(
    request: HttpRequest, state: LinkState, invitation: Invitation | None = None, status: int | None = None
) -> HttpResponse:
    context = {"state": state.value, **_words(invitation)}
    return render(request, "evaluation/form_unusable.html", context, status=status or STATUS.get(state, 200))


def _words(invitation: Invitation | None) -> dict[str, Any]:
    """What these pages may say: the course and whom to call. Never who was invited.

    The demo's bar stays away: its buttons are forms with a token, and from a page without a referrer they would fail.
    """
    words: dict[str, Any] = {"help_phone": settings.BODY_PHONE, "is_demo": False, "in_demo": settings.DEMO}
    if invitation is None:
        return words
    cohort = invitation.wave.cohort
    return words | {
        "wave": invitation.wave,
        "cohort": cohort,
        "programme": cohort.programme,
        "help_phone": cohort.help_phone or settings.BODY_PHONE,
    }
