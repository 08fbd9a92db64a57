"""What a wave says: every question with its number, average, marks and interval."""

from collections.abc import Iterator

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from core import charts
from core.exports import download
from core.markup import ours
from core.rounding import half_up
from evaluation.models import Wave
from evaluation.queries import ItemResult, WaveResults, wave_results
from evaluation.statistics.scores import MARKS
from evaluation.views.finding import get_cohort, get_wave, in_cohort
from people.access import permission_required
from people.permissions import Permission

# Who an organiser may look as: what leaves the office is worth seeing before it leaves.
AUDIENCES = {"organiser": "Organisers", "commissioner": "Commissioner"}
HEADERS = (
    *("key", "question", "number", "average", *(f"gave {mark}" for mark in MARKS)),
    *("share of 4 or 5", "95 % from", "95 % to", "was not there", "withheld because"),
)


@permission_required(Permission.RESULTS_VIEW)
@require_safe
def latest(request: HttpRequest, slug: str) -> HttpResponse:
    """The short address of a cohort's results: those of the end of day 3, or the board before there are any."""
    cohort = get_cohort(request, slug, Permission.RESULTS_VIEW)
    if cohort.waves.filter(kind=Wave.Kind.IMMEDIATE).exists():
        return redirect("evaluation:results", cohort.slug, Wave.Kind.IMMEDIATE)
    return redirect("evaluation:waves", cohort.slug)


@permission_required(Permission.RESULTS_VIEW)
@require_safe
def results(request: HttpRequest, slug: str, kind: Wave.Kind) -> HttpResponse:
    wave = get_wave(request, slug, kind, Permission.RESULTS_VIEW)
    audience = request.GET.get("audience", "organiser")
    if audience not in AUDIENCES:
        raise BadRequest(f"There is no audience called {audience!r}.")
    found = wave_results(wave, audience)
    if wanted := request.GET.get("export", ""):
        return download(wanted, f"{slug}-{wave.slug}-results", HEADERS, [_exported(item) for item in found.items])
    context = {"wave": wave, "results": found, "items": list(_drawn(found)), "marks": MARKS}
    return render(request, "evaluation/results.html", in_cohort(wave.cohort, **context, audiences=AUDIENCES))


def _drawn(found: WaveResults) -> Iterator[dict[str, object]]:
    """Each question with its picture and its words; `stem` only where a new run of questions begins."""
    stem = ""
    for item in found.items:
        bar = charts.stacked_bar(item.distribution, title=_title(item)) if item.distribution and item.n else ""
        # core/charts.py escapes every text that it draws
        yield {"result": item, "bar": ours(bar), "stem": item.stem if item.stem != stem else "", **_share(item)}
        stem = item.stem


def _title(item: ItemResult) -> str:
    return f"{item.text}: how many gave each mark from 1 to 5"


def _share(item: ItemResult) -> dict[str, object]:
    """The share of 4 or 5 in per cent with its interval, for people."""
    share = item.share_4_5
    if share is None:
        return {}
    part, low, high = (half_up(value * 100) for value in (share.share, share.low, share.high))
    return {"share": f"{part} %", "interval": f"{low} to {high} %"}


def _exported(item: ItemResult) -> list[object]:
    share = item.share_4_5
    return [
        *(item.key, item.text, item.n, item.average),
        *(item.distribution or (None,) * len(MARKS)),
        *((share.share, share.low, share.high) if share else (None,) * 3),
        *(item.absent, item.suppressed),
    ]
