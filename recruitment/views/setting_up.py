"""How a cohort recruits: one page for its rules and its channels, and one that copies both from another cohort."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.exceptions import DomainError
from core.pages import form_page
from core.templatetags.laypartner import moment
from people.access import permission_required
from people.permissions import Permission
from programmes.models import Cohort
from programmes.services.refusals import BadCohort, Changed
from recruitment.channel_list import channels_table
from recruitment.forms.setting_up import CALL, CopyForm, SetUpForm
from recruitment.models import Channel, RecruitmentSettings
from recruitment.queries.setting_up import clock_change_on, copy_plan, last_to_set_up
from recruitment.services import setting_up

PAGE = "recruitment/settings.html"


def find_cohort(request: HttpRequest, slug: str) -> Cohort:
    """The cohort, if the reader may set up its recruitment; or 404."""
    return get_object_or_404(_manageable(request), slug=slug)


def _manageable(request: HttpRequest) -> QuerySet[Cohort]:
    return Cohort.objects.visible_to(request.user, Permission.RECRUITMENT_MANAGE)


@permission_required(Permission.RECRUITMENT_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    """The rules and the channels. The second of two people who save is shown what the first one saved."""
    cohort = find_cohort(request, slug)
    if request.method != "POST":
        rules = RecruitmentSettings.objects.visible_to(request.user).of(cohort)
        context = _context(request, cohort)
        return context["table"].export() or form_page(request, PAGE, SetUpForm.of(cohort, rules), **context)
    form = SetUpForm(request.POST, time_zone=cohort.time_zone)
    if form.is_valid():
        try:
            setting_up.change(cohort=cohort, by=request.user, **form.values())
        except Changed as refusal:
            return _show_both(request, cohort, form, refusal)
        except BadCohort as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Saved. {_call_in_words(find_cohort(request, slug))}")
            return redirect("recruitment:settings", slug)
    return form_page(request, PAGE, form, **_context(request, cohort))


def _context(request: HttpRequest, cohort: Cohort) -> dict[str, Any]:
    channels = Channel.objects.visible_to(request.user).filter(cohort=cohort)
    return {
        "cohort": cohort,
        "tab": "applications",
        "table": channels_table(cohort=cohort, channels=channels, params=request.GET),
        "call_in_words": _call_in_words(cohort),
        "clock_change": clock_change_on(cohort, cohort.applications_close_at),
        "others": _manageable(request).exclude(pk=cohort.pk).exists(),
    }


def _call_in_words(cohort: Cohort) -> str:
    """When the call opens and closes, in a sentence with the days of the week."""
    opens, closes = (_in_words(cohort, getattr(cohort, name)) for name in CALL)
    if not opens:
        return "Nobody can apply yet: there is no opening time."
    return f"Applications open at {opens} and {f'close at {closes}' if closes else 'stay open'}."


def _in_words(cohort: Cohort, at: datetime | None) -> str:
    """On the cohort's own clock, which need not be the reader's."""
    return moment(timezone.make_naive(at, cohort.zone)) if at else ""


def _show_both(request: HttpRequest, cohort: Cohort, form: SetUpForm, refusal: DomainError) -> HttpResponse:
    """What was typed, what is saved now, and a form that saves over it knowingly. Answers 409."""
    cohort = find_cohort(request, cohort.slug)
    now = SetUpForm.of(cohort, RecruitmentSettings.objects.visible_to(request.user).of(cohort))
    differences = [
        {"label": field.label, "saved": _shown(cohort, saved), "typed": _shown(cohort, typed)}
        for name, field in form.fields.items()
        if not name.endswith("version")
        and (saved := now.initial.get(name) or "") != (typed := form.cleaned_data.get(name) or "")
    ]
    typed_again = request.POST.copy()
    typed_again |= {name: str(now.initial[name]) for name in ("version", "cohort_version")}
    again = SetUpForm(typed_again, time_zone=cohort.time_zone)
    again.is_valid()
    who = last_to_set_up(cohort)
    again.add_error(
        None, f"These settings were saved by {who}, after you opened this page." if who else refusal.sentence
    )
    context = _context(request, cohort) | {"form": again, "differences": differences, "conflict": True}
    return render(request, PAGE, context, status=409)


def _shown(cohort: Cohort, value: Any) -> str:
    """A setting as people say it."""
    if isinstance(value, datetime):
        return _in_words(cohort, value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return "–" if value == "" else str(value)


@permission_required(Permission.RECRUITMENT_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def settings_copy(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a cohort, look at what would be copied, then copy it. Only the button changes anything."""
    cohort = find_cohort(request, slug)
    others = _manageable(request).exclude(pk=cohort.pk).order_by("-created_at", "pk")
    typed = request.POST if request.method == "POST" else request.GET
    form = CopyForm(typed if "source" in typed else None, cohorts=others)
    context: dict[str, Any] = {"cohort": cohort, "tab": "applications"}
    if form.is_valid():
        source = get_object_or_404(others, slug=form.cleaned_data["source"])
        if request.method == "POST":
            setting_up.copy(source=source, target=cohort, by=request.user)
            messages.success(request, f"Copied from {source.title}. Check the dates: they are not copied.")
            return redirect("recruitment:settings", slug)
        plan = copy_plan(source, cohort)
        labels = SetUpForm.base_fields
        rules = [(labels[name].label, _shown(cohort, now), _shown(cohort, then)) for name, now, then in plan.rules]
        context |= {"source": source, "plan": plan, "rules": rules}
    elif request.method == "POST" and not form.is_bound:
        return redirect(reverse("recruitment:settings-copy", args=[slug]))
    return form_page(request, "recruitment/settings_copy.html", form, **context)
