"""Answers by phone or as a recording: listened to and typed in. Reviewers read the text and never hear the voice."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from core.exceptions import DomainError
from core.pages import form_page
from people.access import permission_required
from people.permissions import Permission
from recruitment import queries
from recruitment.forms import WriteDownForm
from recruitment.models import Application, Recording
from recruitment.services import writing_down
from recruitment.sounds import sound


@permission_required(Permission.APPLICATION_ENTER)
@require_http_methods(["GET", "HEAD", "POST"])
def write_down(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    mine = Application.objects.visible_to(request.user, Permission.APPLICATION_ENTER).filter(cohort__slug=slug)
    found = get_object_or_404(mine.select_related("cohort", "person"), reference=reference)
    recordings = queries.recordings_of(found)
    spoken = queries.spoken_answers(found, recordings)
    seen = {"seen": writing_down.fingerprint(row.answer for row in spoken)}
    form = WriteDownForm(request.POST or None, spoken=spoken, initial=seen)
    if request.method == "POST" and form.is_valid() and _save(request, found, form):
        return redirect("recruitment:write-down", slug, reference)
    placed = {sound.pk for row in spoken for sound in row.recordings}
    context: dict[str, Any] = {
        "application": found,
        "cohort": found.cohort,
        "tab": "applications",
        "others": [sound for sound in recordings if sound.pk not in placed],
    }
    return form_page(request, "recruitment/write_down.html", form, **context)


def _save(request: HttpRequest, found: Application, form: WriteDownForm) -> bool:
    try:
        writing_down.write_down(application=found, texts=form.texts(), seen=form.cleaned_data["seen"], by=request.user)
    except DomainError as refusal:
        form.add_error(None, refusal.sentence)
        return False
    left = sum(not text for text in form.texts().values())
    rest = f" {left} {'is' if left == 1 else 'are'} still empty." if left else " Reviewers can read all of them now."
    messages.success(request, f"The answers of {found.person.name} are saved.{rest}")
    return True


@permission_required(Permission.APPLICATION_ENTER)
@require_safe
def recording(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The sound itself, for whoever writes it down."""
    mine = Recording.objects.visible_to(request.user).filter(application__cohort__slug=slug)
    found = get_object_or_404(mine.select_related("application"), pk=pk)
    return sound(found, request.headers.get("Range", ""))
