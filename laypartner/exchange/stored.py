"""What the database holds of a cohort, as the folder that would be written. Twelve queries, however large it is."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch

from core.exceptions import DomainError
from core.text import fold_email, tidy
from evaluation.models import Answer, Response, Wave
from evaluation.models.wave import WAVE_SLUGS
from laypartner.exchange.content import (
    CoachRow,
    CohortFolder,
    CohortRow,
    FormRow,
    ParticipantRow,
    RuleRow,
    WaveForms,
)
from people.models import Person, Route
from programmes.models import Coach, Cohort, Day, Participant, SeatingRule

DAYS = 3


def folder_of(cohort: Cohort, *, with_withdrawn: bool = False) -> CohortFolder:
    """The cohort as a folder. People who have withdrawn are left out, and rules about them, unless asked for.

    Raises DomainError for a cohort that has not exactly three days: the file has columns for three.
    """
    cohort = Cohort.objects.select_related("programme__commissioner").get(pk=cohort.pk)
    participants = cohort.participants.select_related("person__organisation").prefetch_related("person__contact_routes")
    if not with_withdrawn:
        participants = participants.able()
    people = tuple(_participant_row(participant) for participant in participants.order_by("ref", "pk"))
    coaches = tuple(
        _coach_row(coach)
        for coach in cohort.coaches.select_related("person").prefetch_related("days").order_by("ref", "pk")
    )
    return CohortFolder(
        cohort=_cohort_row(cohort),
        participants=people,
        coaches=coaches,
        seating_rules=_rules(cohort, {row.ref for row in (*people, *coaches)}),
        waves=_waves(cohort),
    )


def items_of(slug: str) -> Mapping[str, Sequence[str]]:
    """{"immediate": the keys of its questions} for the waves that the cohort with this slug has."""
    waves = Wave.objects.filter(cohort__slug=slug).prefetch_related("version__items")
    return {wave.slug: [item.key for item in wave.version.items.all()] for wave in waves}


def _cohort_row(cohort: Cohort) -> CohortRow:
    dates = list(Day.objects.filter(cohort=cohort).order_by("number").values_list("date", flat=True))
    if len(dates) != DAYS:
        raise DomainError(
            f"{cohort.title} has {len(dates)} days. A cohort folder holds three, so it cannot be written."
        )
    return CohortRow(
        slug=cohort.slug,
        programme=tidy(cohort.programme.name),
        commissioner=tidy(cohort.programme.commissioner.name),
        region=tidy(cohort.region),
        capacity=cohort.capacity,
        time_zone=cohort.time_zone,
        day_1=dates[0],
        day_2=dates[1],
        day_3=dates[2],
    )


def _participant_row(participant: Participant) -> ParticipantRow:
    person = participant.person
    route, values = route_of(person)
    return ParticipantRow(
        ref=tidy(participant.ref),
        name=tidy(person.name),
        email=fold_email(values.get(Route.EMAIL, "")),
        phone=tidy(values.get(Route.PHONE, "")),
        contact_route=route,
        information_format=person.information_format,
        organisation=tidy(person.organisation.name) if person.organisation else "",
        area=tidy(person.area),
        experience=participant.experience,
        lived_experience=participant.lived_experience,
    )


def route_of(person: Person) -> tuple[str, dict[str, str]]:
    """How the person prefers to be reached, and every address. A route without its address counts as post."""
    routes = list(person.contact_routes.all())
    values = {route.kind: route.value for route in routes}
    preferred = next((route.kind for route in routes if route.is_preferred), Route.EMAIL)
    return preferred if values.get(preferred) else Route.POST, values


def _coach_row(coach: Coach) -> CoachRow:
    return CoachRow(
        ref=tidy(coach.ref),
        name=tidy(coach.person.name),
        type=coach.type,
        day_rate=coach.day_rate.quantize(Decimal("0.01")),
        days=tuple(sorted(day.number for day in coach.days.all())),
    )


def _rules(cohort: Cohort, refs: set[str]) -> tuple[RuleRow, ...]:
    rules = SeatingRule.objects.filter(cohort=cohort).select_related("participant", "other_participant", "coach")
    rows = (
        RuleRow(
            rule.kind, tidy(rule.participant.ref), tidy((rule.other_participant or rule.coach).ref), tidy(rule.reason)
        )
        for rule in rules
    )
    return tuple(sorted((row for row in rows if {row.a, row.b} <= refs), key=lambda row: (row.kind, row.a, row.b)))


def _waves(cohort: Cohort) -> tuple[WaveForms, ...]:
    """The waves in which somebody answered, in the order in which they are asked."""
    waves = Wave.objects.filter(cohort=cohort).prefetch_related(
        "version__items", Prefetch("responses", Response.objects.order_by("form"))
    )
    answers: dict[Any, dict[str, int | None]] = defaultdict(dict)
    rows = Answer.objects.filter(wave__cohort=cohort).values_list("response_id", "item__key", "mark")
    for response, key, mark in rows:
        answers[response][key] = mark
    order = list(WAVE_SLUGS)
    return tuple(
        WaveForms(
            wave.slug,
            tuple(item.key for item in wave.version.items.all()),
            tuple(_form_row(response, answers[response.pk]) for response in wave.responses.all()),
        )
        for wave in sorted(waves, key=lambda wave: order.index(wave.kind))
        if wave.responses.all()
    )


def _form_row(response: Response, answers: Mapping[str, int | None]) -> FormRow:
    return FormRow(tidy(response.form), response.source, tidy(response.pseudonym), answers)
