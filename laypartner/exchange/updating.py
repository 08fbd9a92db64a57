"""Rows that differ from what is stored: the stored record gets what the file says, by the services of its room."""

from collections.abc import Sequence
from typing import Any

from core import audit
from laypartner.exchange.content import CoachRow, CohortRow, ParticipantRow
from people.models import Route
from people.services import details
from programmes.models import Coach, Cohort, Participant
from programmes.services import cohorts


def cohort(standing: Cohort, row: CohortRow, by: Any) -> Cohort:
    """Region, places and clock; the rest of the settings stays as it is."""
    kept = {name: getattr(standing, name) for name in cohorts.DETAILS}
    return cohorts.change(
        cohort=standing,
        version=standing.version,
        title=standing.title,
        region=row.region,
        capacity=row.capacity,
        time_zone=row.time_zone,
        dates=row.dates,
        by=by,
        **kept,
    )


def participants(standing: Cohort, rows: Sequence[ParticipantRow], by: Any) -> None:
    """How to reach people, and what they bring. A postal address that is stored stays."""
    known = {
        participant.ref: participant
        for participant in Participant.objects.filter(cohort=standing, ref__in=[row.ref for row in rows])
        .select_related("person")
        .prefetch_related("person__contact_routes")
    }
    for row in rows:
        participant = known[row.ref]
        _change_person(participant, row, by)
        participant.experience, participant.lived_experience = row.experience, row.lived_experience
        participant.save(update_fields=["experience", "lived_experience"])
        audit.record("participant changed by import", participant, by=by, cohort=standing, ref=participant.ref)


def _change_person(participant: Participant, row: ParticipantRow, by: Any) -> None:
    person = participant.person
    values = {route.kind: route.value for route in person.contact_routes.all()}
    details.change(
        person=person,
        version=person.version,
        name=person.name,
        area=row.area,
        organisation_name=row.organisation,
        email=row.email,
        phone=row.phone,
        post=values.get(Route.POST, ""),
        preferred=row.contact_route,
        information_format=row.information_format,
        by=by,
    )
    if person.lived_experience != row.lived_experience:
        person.lived_experience = row.lived_experience
        person.save(update_fields=["lived_experience"])


def coaches(standing: Cohort, rows: Sequence[CoachRow], by: Any) -> None:
    known = {coach.ref: coach for coach in Coach.objects.filter(cohort=standing, ref__in=[row.ref for row in rows])}
    days = {day.number: day for day in standing.days.all()}
    for row in rows:
        coach = known[row.ref]
        coach.type, coach.day_rate = row.type, row.day_rate
        coach.save(update_fields=["type", "day_rate"])
        coach.days.set([days[number] for number in row.days])
        audit.record("coach changed by import", coach, by=by, cohort=standing, ref=coach.ref)
