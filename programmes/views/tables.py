"""The table plans of a cohort: look, plan, use, change by hand, take back, take away."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from core.exceptions import DomainError
from core.exports import download
from core.pages import form_page
from people.access import permission_required
from people.permissions import Permission
from programmes import loading, queries
from programmes.boards import board_of, proposed_board
from programmes.forms import MoveForm
from programmes.models import Cohort, Day, Participant
from programmes.moving import options_for
from programmes.services import seating
from programmes.services.refusals import NoPlan

LARGEST_SEED = 1_000_000


def _cohort(request: HttpRequest, slug: str, permission: Permission) -> Cohort:
    mine = Cohort.objects.visible_to(request.user, permission).prefetch_related("days")
    return get_object_or_404(mine, slug=slug)


def _day(cohort: Cohort, number: int) -> Day:
    found = next((day for day in cohort.days.all() if day.number == number), None)
    if found is None:
        raise Http404
    found.cohort = cohort
    return found


def _people(request: HttpRequest, cohort: Cohort) -> list[Participant]:
    rows = Participant.objects.visible_to(request.user, Permission.SEATING_VIEW).filter(cohort=cohort)
    return list(rows.able().select_related("person"))


def _context(request: HttpRequest, cohort: Cohort, here: Day | None) -> dict[str, Any]:
    may_edit = Cohort.objects.visible_to(request.user, Permission.SEATING_EDIT).filter(pk=cohort.pk).exists()
    return {"cohort": cohort, "tab": "tables", "days": cohort.days.all(), "day": here, "may_edit": may_edit}


@require_http_methods(["GET"])
@permission_required(Permission.SEATING_VIEW)
def tables(request: HttpRequest, slug: str) -> HttpResponse:
    """The next day's tables (the last day's, once all are over)."""
    cohort = _cohort(request, slug, Permission.SEATING_VIEW)
    upcoming = queries.next_day(cohort)
    return _board_page(request, cohort, upcoming)


@require_http_methods(["GET"])
@permission_required(Permission.SEATING_VIEW)
def day(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    cohort = _cohort(request, slug, Permission.SEATING_VIEW)
    return _board_page(request, cohort, _day(cohort, number))


def _board_page(request: HttpRequest, cohort: Cohort, here: Day) -> HttpResponse:
    plans = seating.latest_plans(cohort)
    people = _people(request, cohort)
    context = _context(request, cohort, here) | {"people": len(people), "plan": plans.get(here.number)}
    if here.number in plans:
        problem = loading.problems_for(cohort, [here], stored=plans.values())[here.number]
        context["board"] = board_of(plans[here.number], problem, people)
    return render(request, "programmes/tables.html", context)


@require_http_methods(["GET"])
@permission_required(Permission.SEATING_VIEW)
def all_days(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody's table on each day, side by side."""
    cohort = _cohort(request, slug, Permission.SEATING_VIEW)
    plans = seating.latest_plans(cohort)
    at = {
        (number, seat.participant_id): table
        for number, plan in plans.items()
        for table in plan.tables.all()
        for seat in table.seats.all()
    }
    people = sorted(_people(request, cohort), key=lambda row: row.person.name.casefold())
    rows = [{"person": row, "tables": [at.get((day.number, row.pk)) for day in cohort.days.all()]} for row in people]
    problems = loading.problems_for(cohort, cohort.days.all(), stored=plans.values())
    boards = [
        {"day": here, "board": board_of(plans[here.number], problems[here.number], people)}
        for here in cohort.days.all()
        if here.number in plans
    ]
    context = _context(request, cohort, None) | {"rows": rows if plans else [], "boards": boards}
    return render(request, "programmes/tables_all.html", context)


@require_http_methods(["GET"])
@permission_required(Permission.SEATING_EDIT)
def plan(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A proposal to look at: nothing is saved, so the same address shows the same proposal again."""
    cohort = _cohort(request, slug, Permission.SEATING_EDIT)
    here = _day(cohort, number)
    seed, newcomers = _seed(request.GET.get("seed", "")), "without-newcomers" not in request.GET
    context = _context(request, cohort, here) | {"seed": seed, "next_seed": seed + 1, "newcomers": newcomers}
    try:
        proposal = seating.propose(day=here, seed=seed, newcomer_rules=newcomers)
    except NoPlan as refusal:
        return render(request, "programmes/tables_no_plan.html", context | {"refusal": refusal})
    board = proposed_board(proposal.plan, proposal.problem, _people(request, cohort))
    return render(request, "programmes/tables_plan.html", context | {"proposal": proposal, "board": board})


def _seed(text: str) -> int:
    """The seed in an address; anything but a small whole number is the first one."""
    return int(text) % LARGEST_SEED if text.isascii() and text.isdigit() and len(text) < 8 else 1


@require_POST
@permission_required(Permission.SEATING_EDIT)
def use(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Save the proposal that was looked at, if it is still about the same people, rules and standing plan."""
    cohort = _cohort(request, slug, Permission.SEATING_EDIT)
    here = _day(cohort, number)
    newcomers = request.POST.get("newcomers", "yes") == "yes"
    try:
        proposal = seating.propose(day=here, seed=_seed(request.POST.get("seed", "")), newcomer_rules=newcomers)
        seating.confirm_seen(
            day=here, proposal=proposal, fingerprint=request.POST.get("fingerprint", ""), by=request.user
        )
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
        return redirect("programmes:tables-plan", slug, number)
    messages.success(request, f"The tables of day {number} are planned.")
    return redirect("programmes:tables-day", slug, number)


@require_POST
@permission_required(Permission.SEATING_EDIT)
def undo(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    cohort = _cohort(request, slug, Permission.SEATING_EDIT)
    try:
        before = seating.undo(day=_day(cohort, number), version=_version(request), by=request.user)
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        again = f"Version {before.version} stands again." if before else f"Day {number} has no plan now."
        messages.success(request, f"The last change was taken back. {again}")
    return redirect("programmes:tables-day", slug, number)


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


@require_http_methods(["GET", "POST"])
@permission_required(Permission.SEATING_EDIT)
def move(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponse:
    """Where somebody could sit instead, each place with why not; then the move."""
    cohort = _cohort(request, slug, Permission.SEATING_EDIT)
    here = _day(cohort, number)
    rows = Participant.objects.visible_to(request.user, Permission.SEATING_EDIT).able().select_related("person")
    participant = get_object_or_404(rows, pk=pk, cohort=cohort)
    options = options_for(here, participant)
    form = MoveForm(request.POST if request.method == "POST" else None, **options.choices())
    form.cancel_url = f"../../../{number}/"
    if form.is_valid() and _moved(request, here, participant, form):
        return redirect("programmes:tables-day", slug, number)
    context = _context(request, cohort, here) | {"participant": participant, "options": options}
    return form_page(request, "programmes/tables_move.html", form, **context)


def _moved(request: HttpRequest, here: Day, participant: Participant, form: MoveForm) -> bool:
    who = {"day": here, "version": _version(request), "participant": participant, "by": request.user}
    try:
        if form.cleaned_data.get("table"):
            seating.move(**who, table_number=int(form.cleaned_data["table"]))
        else:
            rows = Participant.objects.visible_to(request.user, Permission.SEATING_EDIT).filter(cohort=here.cohort)
            seating.swap(**who, other=rows.get(ref=form.cleaned_data["other"]))
    except DomainError as refusal:
        form.add_error(None, refusal.sentence)
        return False
    messages.success(request, f"{participant.person.name} sits at another table now.")
    return True


@require_http_methods(["GET"])
@permission_required(Permission.SEATING_VIEW)
def export(request: HttpRequest, slug: str) -> HttpResponse:
    """The plans of all days as one file: `?export=csv` or `?export=xlsx`."""
    cohort = _cohort(request, slug, Permission.SEATING_VIEW)
    headers = ["Day", "Date", "Table", "Coach", "Ref", "Name", "Experience"]
    rows = [
        [
            number,
            plan.day.date.isoformat(),
            table.number,
            table.coach.person.name,
            seat.participant.ref,
            seat.participant.person.name,
            seat.participant.get_experience_display(),
        ]
        for number, plan in seating.latest_plans(cohort).items()
        for table in plan.tables.all()
        for seat in table.seats.all()
        if seat.participant.withdrawn_at is None
    ]
    return download(request.GET.get("export", "csv"), f"tables-{cohort.slug}", headers, rows)
