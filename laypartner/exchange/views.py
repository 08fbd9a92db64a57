"""Pages for cohort folders: send files, look, agree; and take a cohort away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from core.exceptions import DomainError
from core.pages import form_page
from laypartner.exchange import exporting, staging
from laypartner.exchange.columns import FILES
from laypartner.exchange.comparing import Plan, State
from laypartner.exchange.forms import ConfirmForm, UploadForm
from laypartner.exchange.problems import ImportErrors
from laypartner.exchange.staging import Preview
from laypartner.models import StagedImport
from people.access import permission_required
from people.permissions import Permission
from programmes.models import Cohort

SHOWN_PROBLEMS = 500
SHOWN_CHANGES = 500


@require_http_methods(["GET", "POST"])
@permission_required(Permission.COHORT_CREATE)
def upload(request: HttpRequest) -> HttpResponse:
    """Takes files and keeps them aside; nothing is imported here."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            sent = {file.name: file.read() for file in form.cleaned_data["files"]}
            try:
                staged = staging.stage(files=staging.unpacked(sent), owner=request.user)
            except ImportErrors as errors:
                form.add_error("files", [problem.sentence for problem in errors.problems])
            else:
                return redirect("cohort-import-check", staged.pk)
    return form_page(request, "exchange/upload.html", form, files=FILES.values())


@require_http_methods(["GET"])
@permission_required(Permission.COHORT_CREATE)
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """What the files would do, or everything that is wrong with them."""
    staged = get_object_or_404(StagedImport.objects.visible_to(request.user), pk=pk)
    preview = staging.preview(staged, by=request.user)
    form = ConfirmForm(initial={"digest": preview.digest}, asks=bool(preview.odd))
    return _check_page(request, staged, preview, form)


@require_POST
@permission_required(Permission.COHORT_CREATE)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Imports exactly what was shown, or shows what has changed since."""
    staged = get_object_or_404(StagedImport.objects.visible_to(request.user), pk=pk)
    preview = staging.preview(staged, by=request.user)
    form = ConfirmForm(request.POST, asks=bool(preview.odd))
    if preview.problems or not form.is_valid():
        return _check_page(request, staged, preview, form)
    try:
        cohort, plan = staging.confirm(staged, digest=form.cleaned_data["digest"], by=request.user)
    except DomainError as refusal:
        problems = getattr(refusal, "problems", None)
        messages.error(request, problems[0].sentence if problems else refusal.sentence)
        return redirect("cohort-import-check", pk)
    messages.success(request, what_was_done(plan, cohort.title))
    return redirect(cohort)


@require_POST
@permission_required(Permission.COHORT_CREATE)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Forgets files that were sent."""
    get_object_or_404(StagedImport.objects.visible_to(request.user), pk=pk).delete()
    messages.success(request, "We have deleted the files that you sent. Nothing was imported.")
    return redirect("cohort-import")


@require_http_methods(["GET", "POST"])
@permission_required(Permission.COHORT_EXPORT)
def export(request: HttpRequest, slug: str) -> HttpResponse:
    """GET says what the zip holds; POST gives it and writes down who took it."""
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user, Permission.COHORT_EXPORT), slug=slug)
    if request.method != "POST":
        return render(request, "exchange/export.html", {"cohort": cohort, "tab": "settings", "files": FILES.values()})
    try:
        files = exporting.export_files(cohort, by=request.user)
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
        return redirect("cohort-export", slug)
    response = HttpResponse(exporting.zipped(files, cohort.slug), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{cohort.slug}.zip"'
    return response


def what_was_done(plan: Plan, title: str) -> str:
    """One sentence for the person who imported: "We have made Spring 2018: 40 people, 8 coaches"."""
    if plan.is_new:
        people, coaches = (len(plan.of(stem, State.NEW)) for stem in ("participants", "coaches"))
        return f"{title} is here, with {people} people and {coaches} table coaches."
    if plan.changes_nothing:
        return f"{title} was already just as the files say. Nothing was changed."
    new, changed = (sum(change.state is state for change in plan.changes) for state in (State.NEW, State.CHANGED))
    return f"{title} is up to date: {new} rows were added and {changed} were changed."


def _check_page(request: HttpRequest, staged: StagedImport, preview: Preview, form: ConfirmForm) -> HttpResponse:
    form.cancel_url = reverse("cohort-import")
    plan = preview.plan
    changed = [change for change in plan.changes if change.state is State.CHANGED] if plan else []
    context = {
        "staged": staged,
        "preview": preview,
        "problems": preview.problems[:SHOWN_PROBLEMS],
        "more_problems": max(0, len(preview.problems) - SHOWN_PROBLEMS),
        "odd": preview.odd.items(),
        "samples": preview.samples.items(),
        "counts": [(FILES[stem], counts) for stem, counts in plan.counts] if plan else [],
        "changed": changed[:SHOWN_CHANGES],
        "more_changed": max(0, len(changed) - SHOWN_CHANGES),
        "confirm_url": reverse("cohort-import-confirm", args=[staged.pk]),
    }
    form.helper.form_action = context["confirm_url"]
    status = 422 if form.is_bound and (preview.problems or form.errors) else 200
    return render(request, "exchange/check.html", {"form": form, **context}, status=status)
