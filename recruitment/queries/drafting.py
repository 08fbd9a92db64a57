"""What the long form needs to know about its cohort, and the drafts and applications behind an address."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects

from people.models import Route
from programmes.models import Cohort, Day
from recruitment.calls import Call, call_of
from recruitment.models import Application, Channel, Draft, Nomination, Recording, RecruitmentSettings


class Facts:
    """A cohort as its form shows it, and what was typed so far. Each thing is asked for once, when a step needs it."""

    def __init__(self, cohort: Cohort, values: Mapping[str, Any] | None = None, draft: Draft | None = None) -> None:
        self.cohort, self.draft = cohort, draft
        self.values = values if values is not None else (draft.values if draft else {})

    @cached_property
    def days(self) -> list[Day]:
        """Kept with the cohort, because its letters name them too."""
        prefetch_related_objects([self.cohort], "days")
        return list(self.cohort.days.all())

    @cached_property
    def channels(self) -> list[Channel]:
        return list(Channel.objects.filter(cohort=self.cohort).order_by("name"))

    @cached_property
    def hours_asked(self) -> int:
        return RecruitmentSettings.objects.of(self.cohort).hours_asked

    @cached_property
    def recordings(self) -> list[Recording]:
        """Without their sound."""
        if self.draft is None:
            return []
        return list(self.draft.recordings.defer("content").order_by("uploaded_at", "pk"))


def call_now(cohort: Cohort, moment: datetime | None = None) -> Call:
    """Where the call stands by the cohort's own grace. One query, and none while it is open."""
    call = call_of(cohort, moment)
    if call in (Call.OPEN, Call.NOT_YET):
        return call
    return call_of(cohort, moment, timedelta(minutes=RecruitmentSettings.objects.of(cohort).grace_minutes))


def may_go_on(draft: Draft, moment: datetime | None = None) -> bool:
    """Whether this form can still be filled in and sent: in the grace time only if it was begun before the end."""
    call = call_now(draft.cohort, moment)
    return call is Call.OPEN or (call is Call.GRACE and draft.started_at < draft.cohort.applications_end_at)


def last_moment(cohort: Cohort) -> datetime | None:
    """Until when a form that was begun in time may be sent. One query."""
    end = cohort.applications_end_at
    return end and end + timedelta(minutes=RecruitmentSettings.objects.of(cohort).grace_minutes)


def draft_of(cohort: Cohort, keys: Iterable[str]) -> Draft | None:
    """The newest form for this cohort among those with these keys."""
    return Draft.objects.filter(cohort=cohort, key__in=list(keys)).order_by("-started_at").first()


def at_address(cohort: Cohort, email: str) -> list[Draft | Application]:
    """Every form and every application of this cohort whose email address is `email` (folded). Two queries."""
    drafts = Draft.objects.filter(cohort=cohort, email=email).select_related("cohort")
    routes = {"person__contact_routes__kind": Route.EMAIL, "person__contact_routes__value": email}
    applications = Application.objects.counting().filter(cohort=cohort, **routes).select_related("cohort")
    return [*drafts.order_by("started_at"), *applications.order_by("submitted_at")]


def address_behind(thing: Draft | Application) -> str:
    """Where a code for it goes; "" when there is no email address."""
    if isinstance(thing, Draft):
        return thing.email
    route = thing.person.contact_routes.filter(kind=Route.EMAIL).first()
    return route.value if route else ""


def agreed_nomination(cohort: Cohort, pk: int | None) -> Nomination | None:
    """The nomination that somebody said yes to in this browser, unless a form or an application came of it already."""
    free: QuerySet[Nomination] = Nomination.objects.filter(draft=None, application=None)
    return free.filter(pk=pk, request__cohort=cohort, state=Nomination.State.AGREED).first() if pk else None
