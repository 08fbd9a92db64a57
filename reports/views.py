"""The report as its makers and as its readers see it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from core.exceptions import DomainError
from core.pages import form_page
from people.access import permission_required
from people.permissions import Permission
from programmes.models import Cohort
from reports import build, checks, paper
from reports.figures import AUDIENCES
from reports.forms import WordsForm
from reports.models import Report, ReportWords
from reports.sections import compose
from reports.services import issuing, words

AUDIENCE_NAMES = {"commissioner": "Commissioner", "organiser": "Organisers", "public": "Public"}


@require_http_methods(["GET"])
@permission_required(Permission.REPORT_EDIT)
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """Checks, words, issued versions, and the report as it will print for one audience. A constant number of queries."""
    cohort = _cohort(request, slug)
    saved = ReportWords.objects.visible_to(request.user).filter(cohort=cohort).first()
    form = WordsForm.of(saved, action=_words_address(request, slug))
    return render(request, "reports/report.html", {"form": form, **_page(request, cohort)})


@require_http_methods(["POST"])
@permission_required(Permission.REPORT_EDIT)
def save_words(request: HttpRequest, slug: str) -> HttpResponse:
    cohort = _cohort(request, slug)
    form = WordsForm(request.POST, action=_words_address(request, slug))
    if form.is_valid():
        try:
            words.save(cohort=cohort, by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "Your words are saved. You see them on page 1 below.")
            return redirect("reports:report", slug)
    return form_page(request, "reports/report.html", form, **_page(request, cohort))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.REPORT_EDIT)
def issue(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks first what issuing means; the second time it is done."""
    cohort = _cohort(request, slug)
    if request.method == "POST":
        try:
            issued = issuing.issue(cohort=cohort, by=request.user)
        except DomainError as refusal:
            messages.error(request, refusal.sentence)
        else:
            reader = cohort.programme.commissioner.name
            messages.success(request, f"Version {issued.version} is issued. {reader} can read it now.")
        return redirect("reports:report", slug)
    known = build.gather(cohort, "commissioner")
    context = {
        "cohort": cohort,
        "tab": "report",
        "checks": checks.checks(known),
        "versions": _versions(request, cohort),
    }
    return render(request, "reports/issue.html", context)


@require_http_methods(["GET"])
@permission_required(Permission.REPORT_EDIT)
def draft_file(request: HttpRequest, slug: str, format: str) -> HttpResponse:  # noqa: A002  the name in the address
    """Today's report as a file, for the audience asked for."""
    return _file(issuing.draft(_cohort(request, slug), _audience(request)), format)


@require_http_methods(["GET"])
@permission_required(Permission.REPORT_READ_ISSUED)
def issued(request: HttpRequest) -> HttpResponse:
    """The reports granted to a commissioner, the newest first, and which one counts for each cohort."""
    reports = Report.objects.visible_to(request.user).filter(audience=issuing.AUDIENCE)
    rows = list(reports.select_related("cohort__programme").defer("snapshot").order_by("-issued_at", "-pk"))
    seen: set[int] = set()
    for row in rows:
        row.is_current = row.cohort_id not in seen
        seen.add(row.cohort_id)
    return render(request, "reports/issued.html", {"reports": rows})


@require_http_methods(["GET"])
@permission_required(Permission.REPORT_READ_ISSUED, Permission.REPORT_EDIT)
def issued_report(request: HttpRequest, pk: int) -> HttpResponse:
    report = _issued(request, pk)
    newer = _readable(request).filter(cohort=report.cohort_id, version__gt=report.version).order_by("-version")
    context = {"report": paper.drawn(report.snapshot), "issued": report, "newer": newer.defer("snapshot").first()}
    return render(request, "reports/issued_report.html", context)


@require_http_methods(["GET"])
@permission_required(Permission.REPORT_READ_ISSUED, Permission.REPORT_EDIT)
def issued_file(request: HttpRequest, pk: int, format: str) -> HttpResponse:  # noqa: A002
    """An issued version as a file, made again from its snapshot: always the same."""
    return _file(_issued(request, pk).snapshot, format)


# --- pieces ------------------------------------------------------------------------------------------------
def _cohort(request: HttpRequest, slug: str) -> Cohort:
    mine = Cohort.objects.visible_to(request.user, Permission.REPORT_EDIT)
    return get_object_or_404(mine.select_related("programme__commissioner"), slug=slug)


def _audience(request: HttpRequest) -> str:
    """The audience asked for; the commissioner's version unless said, because that is the one that leaves the house."""
    audience = request.GET.get("audience", "commissioner")
    if audience not in AUDIENCES:
        raise Http404
    return audience


def _words_address(request: HttpRequest, slug: str) -> str:
    return f"{reverse('reports:report-words', args=[slug])}?audience={_audience(request)}"


def _page(request: HttpRequest, cohort: Cohort) -> dict[str, Any]:
    audience = _audience(request)
    known = build.gather(cohort, audience)
    return {
        "cohort": cohort,
        "tab": "report",
        "audience": audience,
        "audiences": AUDIENCE_NAMES,
        "checks": checks.checks(known),
        "versions": _versions(request, cohort),
        "report": paper.drawn(issuing.snapshot_of(compose(known), cohort)),
    }


def _versions(request: HttpRequest, cohort: Cohort) -> list[Report]:
    mine = Report.objects.visible_to(request.user, Permission.REPORT_EDIT).filter(cohort=cohort)
    return list(mine.select_related("issued_by").defer("snapshot").order_by("-version"))


def _readable(request: HttpRequest) -> Any:
    """Issued reports that the user may read, as a commissioner or as one of those who write them."""
    mine = Report.objects.visible_to(request.user) | Report.objects.visible_to(request.user, Permission.REPORT_EDIT)
    return mine.filter(audience=issuing.AUDIENCE)


def _issued(request: HttpRequest, pk: int) -> Report:
    return get_object_or_404(_readable(request).select_related("cohort__programme__commissioner"), pk=pk)


def _file(snapshot: dict[str, Any], format: str) -> HttpResponse:  # noqa: A002
    """Always as a download: the HTML file carries its style inside, which our pages forbid."""
    response = HttpResponse(paper.render(snapshot, format), content_type=paper.CONTENT_TYPES[format])
    response["Content-Disposition"] = f'attachment; filename="{paper.file_name(snapshot, format)}"'
    return response
