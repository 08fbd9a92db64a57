"""How far people got, by channel and in total, and what they offer together."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.exports import download
from people.access import permission_required
from people.permissions import Permission
from recruitment.communities import LABELS
from recruitment.models import RecruitmentSettings
from recruitment.queries.funnel import STAGES, Funnel, Offered, funnel_of, what_people_offer
from recruitment.views.setting_up import find_cohort

HEADERS = ("Part", "Name", "Reached", *STAGES.values())


@permission_required(Permission.RECRUITMENT_MANAGE)
@require_safe
def funnel(request: HttpRequest, slug: str) -> HttpResponse:
    cohort = find_cohort(request, slug)
    found = funnel_of(cohort)
    if wanted := request.GET.get("export", ""):
        return download(wanted, f"{slug}-funnel", HEADERS, _rows(found))
    hours_asked = RecruitmentSettings.objects.visible_to(request.user).of(cohort).hours_asked
    offered = what_people_offer(cohort, hours_asked)
    context = {
        "cohort": cohort,
        "tab": "applications",
        "funnel": found,
        "stages": STAGES,
        "hours_asked": hours_asked,
        "hours": _hours(offered),
        "communities": _communities(offered),
        "offered": offered,
    }
    return render(request, "recruitment/funnel.html", context)


def _rows(found: Funnel) -> list[list[Any]]:
    """The whole page as one list, for a spreadsheet."""
    parts = [("Total", [found.total]), ("Channel", found.channels), ("Came by", found.sources)]
    return [[part, line.label, line.reached, *line.numbers()] for part, lines in parts for line in lines]


def _hours(offered: dict[str, Offered]) -> list[tuple[str, list[Any]]]:
    """Rows of the table of hours: words, then a figure for the applicants and one for those with a place."""
    groups = list(offered.values())
    return [
        ("offer that or more", [group.enough_hours for group in groups]),
        ("offer fewer", [group.fewer_hours for group in groups]),
        ("did not say", [group.hours_not_said for group in groups]),
        (
            "Hours of the one in the middle",
            ["–" if group.middle_hours is None else f"{group.middle_hours:g}" for group in groups],
        ),
    ]


def _communities(offered: dict[str, Offered]) -> list[tuple[str, int, int]]:
    """Each community with how many applicants have a way to it, and how many of those with a place; gaps come first."""
    applicants, places = (offered[name].communities for name in ("applicants", "places"))
    codes = [*LABELS, *sorted(applicants.keys() - LABELS.keys())]
    rows = [(LABELS.get(code, code), applicants.get(code, 0), places.get(code, 0)) for code in codes]
    return sorted(rows, key=lambda row: (row[2], row[1]))
