"""A cohort folder into the database: all of it or nothing, and the same folder again changes nothing."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q

from core import audit
from core.exceptions import DomainError
from evaluation.instruments import PUBLISHED
from evaluation.models import Response
from evaluation.services import answering, waves
from laypartner.exchange import comparing, folders, stored, updating
from laypartner.exchange.checking import Dialects, Files, read_files, read_forms
from laypartner.exchange.comparing import SLUG_TAKEN, Change, Plan, State
from laypartner.exchange.content import CohortFolder, CohortRow, RuleRow
from laypartner.exchange.problems import ImportErrors, Problem, Problems, quoted
from laypartner.exchange.values import WAVES
from people.models import Organisation, RoleAssignment
from people.permissions import Permission
from people.roles import roles_with
from people.services import registering
from programmes.models import Cohort, Programme, SeatingRule
from programmes.services import coaches, cohorts

NOT_YOURS = "You cannot add a cohort to this programme. Check both names, or ask its administrator for a role there."


def read_cohort(folder: Path) -> CohortFolder:
    """What a folder says. Raises ImportErrors with everything that is wrong in it. Writes nothing."""
    return read_files(folders.load(folder), items_of=stored.items_of)


def import_cohort(folder: Path, by: Any = None) -> Cohort:
    """Import a folder. Raises ImportErrors, and then nothing was stored."""
    return apply(read_cohort(folder), by=by)[0]


def import_files(files: Files, *, dialects: Dialects | None = None, by: Any = None) -> tuple[Cohort, Plan]:
    """Import a folder that came as {name: content}. Raises ImportErrors, and then nothing was stored."""
    return apply(read_files(files, dialects=dialects, items_of=stored.items_of), by=by)


def plan_of(folder: CohortFolder, *, by: Any = None) -> Plan:
    """What importing this folder would do. Raises ImportErrors for what it must not do. Writes nothing."""
    return _plan(folder, Cohort.objects.filter(slug=folder.cohort.slug).first(), by)


@transaction.atomic
def apply(folder: CohortFolder, *, by: Any = None) -> tuple[Cohort, Plan]:
    """Make or change the cohort as the folder says. Without `by` (the command line) nobody's rights are asked."""
    cohort = Cohort.objects.select_for_update().filter(slug=folder.cohort.slug).first()
    plan = _plan(folder, cohort, by)
    if cohort is not None and plan.changes_nothing:
        return cohort, plan
    cohort = _write(plan, cohort, by)
    counts = {state.value: sum(change.state is state for change in plan.changes) for state in State}
    audit.record("cohort imported", cohort, by=by, cohort=cohort, **counts)
    return cohort, plan


def _plan(folder: CohortFolder, cohort: Cohort | None, by: Any) -> Plan:
    problems = Problems()
    _check_rights(folder, cohort, by, problems)
    problems.raise_if_any()
    with _refusals_in(folder.name_of("cohort"), row=folder.cohort.row):
        standing = stored.folder_of(cohort, with_withdrawn=True) if cohort is not None else None
    plan = comparing.compare(folder, standing, problems)
    _check_places(folder, cohort, problems)
    problems.raise_if_any()
    return plan


@transaction.atomic
def import_responses(*, cohort: Cohort, wave: str, file: str, data: bytes, by: Any = None) -> Plan:
    """Import one wave's answers from one file. Raises ImportErrors, and then nothing was stored."""
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    with _refusals_in(file):
        folder = stored.folder_of(cohort)
    items = stored.items_of(cohort.slug).get(wave) or [question.key for question in PUBLISHED.questions]
    incoming = read_forms(file, data, wave=wave, items=items)
    problems = Problems()
    standing = {known.wave: known for known in folder.waves}
    changes = comparing.compare_forms(incoming, standing.get(wave), problems)
    problems.raise_if_any()
    _record(cohort, wave, file, changes, by)
    return Plan(folder, False, tuple(changes))


# --- who may -------------------------------------------------------------------------------------------------
def _check_rights(folder: CohortFolder, cohort: Cohort | None, by: Any, problems: Problems) -> None:
    """A cohort that `by` may not change looks like a slug that is taken; a programme must be one's own or new."""
    if by is None:
        return
    row, file = folder.cohort, folder.name_of("cohort")
    if cohort is not None:
        if not Cohort.objects.visible_to(by, Permission.COHORT_EDIT).filter(pk=cohort.pk).exists():
            problems.add(file, SLUG_TAKEN.format(slug=quoted(row.slug)), row=row.row, column="slug")
        return
    programme = Programme.objects.filter(name=row.programme, commissioner__name=row.commissioner).first()
    if programme is not None and not _works_in(by, programme):
        problems.add(file, NOT_YOURS, row=row.row, column="programme")


def _works_in(user: Any, programme: Programme) -> bool:
    """Whether the user makes cohorts in this programme: by a role in it, or in a cohort of it."""
    held = RoleAssignment.objects.filter(user=user, role__in=roles_with(Permission.COHORT_CREATE))
    return held.filter(Q(programme=programme) | Q(cohort__programme=programme)).exists()


def _check_places(folder: CohortFolder, cohort: Cohort | None, problems: Problems) -> None:
    """The people of the file and those who are here already must fit."""
    if cohort is None:
        return
    refs = {row.ref for row in folder.participants}
    standing = dict(cohort.participants.values_list("ref", "withdrawn_at"))
    here = sum(withdrawn is None for withdrawn in standing.values())
    people = here + len(refs - standing.keys())
    if people > folder.cohort.capacity:
        sentence = f"With those who are here already there are {people} participants. Raise the capacity."
        problems.add(folder.name_of("cohort"), sentence, row=folder.cohort.row, column="capacity")


@contextmanager
def _refusals_in(file: str, row: int = 0, column: str = "") -> Iterator[None]:
    """A service's refusal becomes a problem of the row that it is about."""
    try:
        yield
    except ImportErrors:
        raise
    except DomainError as refusal:
        raise ImportErrors(
            [Problem(file, row, column or getattr(refusal, "field", "") or "", refusal.sentence)]
        ) from None


# --- writing -------------------------------------------------------------------------------------------------
def _write(plan: Plan, cohort: Cohort | None, by: Any) -> Cohort:
    folder = plan.folder
    with _refusals_in(folder.name_of("cohort"), folder.cohort.row):
        if cohort is None:
            cohort = _create(folder.cohort, by)
        elif plan.of("cohort", State.CHANGED):
            cohort = updating.cohort(cohort, folder.cohort, by)
    _write_participants(plan, cohort, by)
    _write_coaches(plan, cohort, by)
    _write_rules(cohort, plan.of("seating_rules", State.NEW, State.CHANGED), by)
    for wave in folder.waves:
        _record(cohort, wave.wave, wave.file, plan.of(f"responses-{wave.wave}", State.NEW), by)
    return cohort


def _create(row: CohortRow, by: Any) -> Cohort:
    """The title is made from the slug; the settings page changes it."""
    commissioner, _ = Organisation.objects.get_or_create(
        name=row.commissioner, defaults={"kind": Organisation.Kind.COMMISSIONER}
    )
    return cohorts.create(
        programme=cohorts.programme_named(name=row.programme, commissioner=commissioner, by=by),
        slug=row.slug,
        title=row.slug.replace("-", " ").title(),
        region=row.region,
        capacity=row.capacity,
        time_zone=row.time_zone,
        dates=row.dates,
        by=by,
    )


def _write_participants(plan: Plan, cohort: Cohort, by: Any) -> None:
    file = plan.folder.name_of("participants")
    for change in plan.of("participants", State.NEW):
        row = change.incoming
        with _refusals_in(file, row.row):
            person = registering.register(
                name=row.name,
                email=row.email,
                phone=row.phone,
                preferred=row.contact_route,
                information_format=row.information_format,
                area=row.area,
                organisation=registering.organisation_named(row.organisation),
                lived_experience=row.lived_experience,
                by=by,
            )
            cohorts.enrol(
                cohort=cohort,
                person=person,
                experience=row.experience,
                lived_experience=row.lived_experience,
                ref=row.ref,
                by=by,
            )
    updating.participants(cohort, [change.incoming for change in plan.of("participants", State.CHANGED)], by)


def _write_coaches(plan: Plan, cohort: Cohort, by: Any) -> None:
    days = {day.number: day for day in cohort.days.all()}
    for change in plan.of("coaches", State.NEW):
        row = change.incoming
        with _refusals_in(plan.folder.name_of("coaches"), row.row):
            coaches.add(
                cohort=cohort,
                person=registering.register(name=row.name, by=by),
                type=row.type,
                day_rate=row.day_rate,
                days=[days[number] for number in row.days],
                ref=row.ref,
                by=by,
            )
    updating.coaches(cohort, [change.incoming for change in plan.of("coaches", State.CHANGED)], by)


def _write_rules(cohort: Cohort, changes: Iterable[Change], by: Any) -> None:
    rows: list[RuleRow] = [change.incoming for change in changes]
    if not rows:
        return
    participants = {participant.ref: participant for participant in cohort.participants.all()}
    table_coaches = {coach.ref: coach for coach in cohort.coaches.all()}
    rules = SeatingRule.objects.filter(cohort=cohort).select_related("participant", "other_participant", "coach")
    known = {
        (rule.kind, frozenset({rule.participant.ref, (rule.other_participant or rule.coach).ref})): rule
        for rule in rules
    }
    for row in rows:
        other = participants.get(row.b)
        rule = known.get(row.pair) or SeatingRule(
            cohort=cohort,
            kind=row.kind,
            participant=participants[row.a],
            other_participant=other,
            coach=None if other else table_coaches[row.b],
        )
        rule.reason = row.reason
        rule.save()
    audit.record("seating rules imported", cohort, by=by, cohort=cohort, rules=len(rows))


def _record(cohort: Cohort, wave: str, file: str, changes: Iterable[Change], by: Any) -> None:
    """Add the new forms to a wave, which is made if there is none."""
    new = [change.incoming for change in changes if change.state is State.NEW]
    if not new:
        return
    forms = [
        answering.Form(
            form=row.form,
            source=row.source or Response.Source.PAPER,
            pseudonym=row.pseudonym or "",
            answers=row.answers,
        )
        for row in new
    ]
    with _refusals_in(file):
        answering.record_forms(wave=waves.ensure(cohort=cohort, kind=WAVES[wave], by=by), forms=forms, by=by)
