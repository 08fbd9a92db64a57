"""The days of a cohort and what happens on them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from core.exceptions import DomainError
from core.pages import form_page
from people.access import permission_required
from people.permissions import Permission
from programmes.boards import shape_of
from programmes.forms import DayForm, SlotForm
from programmes.models import Cohort, Day, Slot
from programmes.services import sessions


@require_http_methods(["GET"])
@permission_required(Permission.COHORT_VIEW)
def days(request: HttpRequest, slug: str) -> HttpResponse:
    """The days side by side, each with its slots and how its minutes are spent."""
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user).prefetch_related("days__slots"), slug=slug)
    may_edit = Cohort.objects.visible_to(request.user, Permission.COHORT_EDIT).filter(pk=cohort.pk).exists()
    shown = [{"day": day, "slots": day.slots.all(), "shape": shape_of(day.slots.all())} for day in cohort.days.all()]
    context = {"cohort": cohort, "tab": "days", "days": shown, "may_edit": may_edit}
    return render(request, "programmes/days.html", context)


def _day(request: HttpRequest, slug: str, number: int) -> Day:
    rows = Day.objects.visible_to(request.user, Permission.COHORT_EDIT).select_related("cohort")
    return get_object_or_404(rows, cohort__slug=slug, number=number)


def _slot(request: HttpRequest, slug: str, pk: int) -> Slot:
    rows = Slot.objects.visible_to(request.user, Permission.COHORT_EDIT).select_related("day__cohort")
    return get_object_or_404(rows, day__cohort__slug=slug, pk=pk)


def _back(day: Day) -> str:
    return f"{reverse('programmes:days', args=[day.cohort.slug])}#day-{day.number}"


@require_http_methods(["GET", "POST"])
@permission_required(Permission.COHORT_EDIT)
def edit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    day = _day(request, slug, number)
    now = {"title": day.title, "venue": day.venue, "starts_at": day.starts_at}
    form = DayForm(request.POST if request.method == "POST" else None, initial=now)
    form.cancel_url = _back(day)
    if form.is_valid():
        sessions.change_day(day=day, by=request.user, **form.cleaned_data)
        messages.success(request, f"Day {day.number} is saved.")
        return redirect(_back(day))
    return form_page(request, "programmes/day_edit.html", form, cohort=day.cohort, day=day, tab="days")


@require_http_methods(["GET", "POST"])
@permission_required(Permission.COHORT_EDIT)
def add(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A new slot; the form offers the time at which the last one ends."""
    day = _day(request, slug, number)
    last = day.slots.last()
    first = {"starts_at": last.ends_at if last else day.starts_at, "minutes": 30}
    form = SlotForm(request.POST if request.method == "POST" else None, initial=first)
    form.cancel_url = _back(day)
    if form.is_valid():
        try:
            sessions.add_slot(day=day, by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error("starts_at", refusal.sentence)
        else:
            messages.success(request, f"“{form.cleaned_data['title']}” is on day {day.number} now.")
            return redirect(_back(day))
    return form_page(request, "programmes/slot_edit.html", form, cohort=day.cohort, day=day, tab="days")


@require_http_methods(["GET", "POST"])
@permission_required(Permission.COHORT_EDIT)
def edit_slot(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    slot = _slot(request, slug, pk)
    now = {name: getattr(slot, name) for name in SlotForm.base_fields}
    form = SlotForm(request.POST if request.method == "POST" else None, initial=now)
    form.cancel_url = _back(slot.day)
    if form.is_valid():
        try:
            sessions.change_slot(slot=slot, by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error("starts_at", refusal.sentence)
        else:
            messages.success(request, f"“{slot.title}” is saved.")
            return redirect(_back(slot.day))
    context = {"cohort": slot.day.cohort, "day": slot.day, "slot": slot, "tab": "days"}
    return form_page(request, "programmes/slot_edit.html", form, **context)


@require_POST
@permission_required(Permission.COHORT_EDIT)
def remove_slot(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    slot = _slot(request, slug, pk)
    sessions.remove_slot(slot=slot, by=request.user)
    messages.success(request, f"“{slot.title}” was removed from day {slot.day.number}.")
    return redirect(_back(slot.day))
