"""Every address of the product, with one sample each that names real records."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, get_resolver, reverse

from laypartner.exchange.applications import staging
from people.models import User
from people.services import roles
from programmes.models import Cohort
from programmes.services import seating
from recruitment.models import BulkAction, PendingDecision
from recruitment.services import setting_up
from tests import make


def patterns() -> Iterator[tuple[str, set[str]]]:
    """Every address by its full name, with the names of the parts that vary."""

    def walk(resolver: Any, namespace: str, outer: set[str]) -> Iterator[tuple[str, set[str]]]:
        for entry in resolver.url_patterns:
            parts = outer | set(entry.pattern.converters)
            if isinstance(entry, URLResolver):
                yield from walk(entry, entry.namespace or namespace, parts)
            else:
                yield (f"{namespace}:{entry.name}" if namespace else str(entry.name)), parts

    yield from walk(get_resolver(), "", set())


NAMES = sorted({name for name, _ in patterns()})


def in_cohort(cohort: Cohort, by: User) -> dict[str, str]:
    """One address in a cohort for each name, with real keys, so that only the door can say no."""
    people = [make.participant(cohort) for _ in range(6)]
    application = make.application(cohort)
    make.coach(cohort)
    slot = make.slot(cohort.days.get(number=1))
    wave = make.wave(cohort)
    response = make.response(wave, "F01", small_groups=5)
    report = make.report(cohort, by=by)
    letter = make.letter(cohort)
    assignment = roles.give(email="new@example.org", name="New", role="EVALUATOR", scope=cohort)
    rows = staging.stage(cohort=cohort, name=staging.PASTED, content=b"Name\nAna Novak", owner=by)
    for reviewer in (by, assignment.user):
        make.assigned(application, reviewer)
        make.review(application, reviewer)
    channel = setting_up.add_channel(cohort=cohort, name="Newsletter", kind="NEWSLETTER", by=by)
    nomination = make.nomination(cohort, by=by)
    day = cohort.days.get(number=1)
    seating.confirm(day=day, proposal=seating.propose(day=day))
    keys = {
        "programmes:slot-edit": slot.pk,
        "programmes:slot-remove": slot.pk,
        "people:person": people[0].person_id,
        "people:person-edit": people[0].person_id,
        "people:role-take": assignment.pk,
        "people:letter": letter.pk,
        "people:letter-pdf": letter.pk,
        "people:letter-posted": letter.pk,
        "people:letter-told": letter.pk,
        "people:letter-no-answer": letter.pk,
        "people:letter-arrived": letter.pk,
        "people:letter-again": letter.pk,
        "evaluation:form-remove": response.pk,
        **{f"applications-import-{action}": rows.pk for action in ("check", "confirm", "discard", "failed")},
        "recruitment:recording": make.recording(application).pk,
        "recruitment:duplicates-again": make.verdict(application, make.application(cohort), by=by).pk,
        "recruitment:channel-edit": channel.pk,
        "recruitment:channel-remove": channel.pk,
        "recruitment:nomination-remind": nomination.request_id,
        "recruitment:nomination-withdraw": nomination.request_id,
        "recruitment:nomination-enter": nomination.request_id,
        "recruitment:nominee-yes": nomination.pk,
        "recruitment:nominee-no": nomination.pk,
        "recruitment:nominee-applied": nomination.pk,
        "recruitment:undo": BulkAction.objects.create(cohort=cohort, kind="MARK", summary="Two decisions", by=by).pk,
    }
    samples = {
        "slug": cohort.slug,
        "reference": application.reference,
        "kind": "immediate",
        "number": 1,
        "token": "a-token-that-opens-nothing",
        "step": "about-you",
        "key": uuid.uuid4(),
    }
    PendingDecision.objects.create(application=application, outcome="RESERVE", reason="Good.", by=by)
    kinds = {"recruitment:wording-edit": "offer", "recruitment:wording-back": "offer"}
    found = {}
    for name, parts in patterns():
        wanted = {key: samples[key] for key in parts if key in samples}
        if name in kinds:
            wanted["kind"] = kinds[name]
        if "pk" in parts:
            wanted["pk"] = keys.get(name, report.pk if name.startswith("reports:") else people[0].pk)
        found[name] = reverse(name, kwargs=wanted)
    return found
