"""Bringing in applications: send or paste rows, look, agree."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.exceptions import DomainError
from core.pages import form_page
from laypartner.exchange.applications import files, staging, taking_out
from laypartner.exchange.applications.columns import COLUMNS, NOT_READ
from laypartner.exchange.applications.forms import BringInForm, RowsForm
from laypartner.exchange.applications.staging import PASTED, Preview
from laypartner.models import StagedApplications
from people.access import permission_required
from people.permissions import Permission
from programmes.models import Cohort

SHOWN_PROBLEMS = 500
SHOWN_ROWS = 5
# The undo of an import registers itself when its module is loaded.
UNDO = taking_out.take_out


@permission_required(Permission.APPLICATION_ENTER)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    """Takes rows and keeps them aside; nothing is brought in here."""
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user, Permission.APPLICATION_ENTER), slug=slug)
    form = RowsForm(request.POST, request.FILES) if request.method == "POST" else RowsForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        name, content = (file.name, file.read()) if file else (PASTED, form.cleaned_data["pasted"].encode())
        staged = staging.stage(cohort=cohort, name=name, content=content, owner=request.user)
        return redirect("applications-import-check", slug, staged.pk)
    form.cancel_url = reverse("recruitment:applications", args=[slug])
    context = {"cohort": cohort, "tab": "applications", "columns": COLUMNS, "not_read": NOT_READ}
    return form_page(request, "exchange/applications/upload.html", form, **context)


@permission_required(Permission.APPLICATION_ENTER)
@require_safe
def template(request: HttpRequest, slug: str) -> HttpResponse:
    """An empty file with the headings."""
    get_object_or_404(Cohort.objects.visible_to(request.user, Permission.APPLICATION_ENTER), slug=slug)
    return files.template()


@permission_required(Permission.APPLICATION_ENTER)
@require_safe
def check(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What the rows would do, or everything that is wrong with them."""
    staged = _fetch(request, slug, pk)
    seen = staging.preview(staged, by=request.user)
    return _check_page(request, staged, seen, BringInForm(initial={"digest": seen.digest}, asks=seen.asks))


@permission_required(Permission.APPLICATION_ENTER)
@require_POST
def confirm(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Brings in exactly what was shown, or shows what has changed since."""
    staged = _fetch(request, slug, pk)
    seen = staging.preview(staged, by=request.user)
    form = BringInForm(request.POST, asks=seen.asks)
    if seen.problems or not form.is_valid():
        return _check_page(request, staged, seen, form)
    wanted = {name: form.cleaned_data[name] for name in ("digest", "acknowledge")}
    try:
        action = staging.confirm(staged, by=request.user, **wanted)
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
        return redirect("applications-import-check", slug, pk)
    said = f"{action.summary}. You can undo it below the list." if action else "All of them were here. Nothing changed."
    messages.success(request, said)
    return redirect("recruitment:applications", slug)


@permission_required(Permission.APPLICATION_ENTER)
@require_POST
def discard(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Forgets rows that were sent."""
    _fetch(request, slug, pk).delete()
    messages.success(request, "We have deleted the rows that you sent. Nothing was brought in.")
    return redirect("applications-import", slug)


@permission_required(Permission.APPLICATION_ENTER)
@require_safe
def failed(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The rows that could not be used, as a file that says why. 404 when there is none."""
    seen = staging.preview(_fetch(request, slug, pk), by=request.user)
    if not seen.failed:
        raise Http404
    return files.failed_rows(seen)


def _fetch(request: HttpRequest, slug: str, pk: int) -> StagedApplications:
    mine = StagedApplications.objects.visible_to(request.user).filter(cohort__slug=slug)
    return get_object_or_404(mine.select_related("cohort"), pk=pk)


def _check_page(request: HttpRequest, staged: StagedApplications, seen: Preview, form: BringInForm) -> HttpResponse:
    where = [staged.cohort.slug, staged.pk]
    form.cancel_url = reverse("applications-import", args=[staged.cohort.slug])
    form.helper.form_action = reverse("applications-import-confirm", args=where)
    context: dict[str, Any] = {
        "cohort": staged.cohort,
        "tab": "applications",
        "staged": staged,
        "is_pasted": staged.name == PASTED,
        "seen": seen,
        "problems": seen.problems[:SHOWN_PROBLEMS],
        "more_problems": max(0, len(seen.problems) - SHOWN_PROBLEMS),
        "samples": _samples(seen),
    }
    status = 422 if form.is_bound and (seen.problems or form.errors) else 200
    return render(request, "exchange/applications/check.html", {"form": form, **context}, status=status)


def _samples(seen: Preview) -> list[list[str]]:
    """The headings and the first rows as they would be stored."""
    if seen.rows is None:
        return []
    table = seen.rows.table
    return [table.header, *(cells for _, cells in table.rows[:SHOWN_ROWS])]
