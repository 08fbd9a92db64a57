"""The page on which an organiser puts right what an application says."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from core.exceptions import DomainError
from core.pages import form_page
from people.access import permission_required
from people.permissions import Permission
from recruitment.forms.correcting import CorrectForm
from recruitment.models import Application
from recruitment.services import correcting


@permission_required(Permission.APPLICATION_ENTER)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    mine = Application.objects.visible_to(request.user, Permission.APPLICATION_ENTER).filter(cohort__slug=slug)
    found = get_object_or_404(mine.counting().select_related("cohort", "person"), reference=reference)
    form = CorrectForm(request.POST if request.method == "POST" else None, application=found)
    form.cancel_url = found.get_absolute_url()
    if form.is_valid():
        try:
            correcting.correct(application=found, by=request.user, **form.corrected())
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"What the application of {found.person.name} says is put right.")
            return redirect(found)
    context = {"application": found, "cohort": found.cohort, "tab": "applications"}
    return form_page(request, "recruitment/correct.html", form, **context)
