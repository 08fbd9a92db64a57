"""Taking in an application, once, however often it is sent."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from core import audit
from core.exceptions import DomainError
from people.models import AccessNeed, InformationFormat, LayRole, Person
from people.services import consents, registering
from programmes.characteristics import Characteristic
from programmes.models import Cohort
from recruitment import emails
from recruitment.agreement import NEEDED
from recruitment.calls import may_still_send
from recruitment.models import Application, Channel, CharacteristicAnswer, Nomination, RecruitmentSettings

# No vowels, so that no word comes out by chance; no 0, 1 or L, which are misheard and misread.
LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"


class CallClosed(DomainError):
    """The call has not opened yet, or its grace time is over."""


class KeyUsedElsewhere(DomainError):
    """The form's key belongs to an application to another cohort."""


@dataclass(frozen=True, kw_only=True)
class RoleHeld:
    """One lay role as somebody told us; only the body is needed."""

    body: str
    kind: str = ""
    role: str = ""
    level: str = ""
    from_year: int | None = None
    to_year: int | None = None
    hours_a_month: int | None = None

    @property
    def words(self) -> str:
        """ "Member, Hospital patient panel, 2019 to now, 4 hours a month"."""
        hours = "" if self.hours_a_month is None else f"{self.hours_a_month} hours a month"
        return ", ".join(part for part in (self.role, self.body, self._years(), hours) if part)

    def _years(self) -> str:
        if self.from_year is None:
            return f"until {self.to_year}" if self.to_year else ""
        return f"{self.from_year} to {self.to_year or 'now'}"


@dataclass(frozen=True, kw_only=True)
class FilledIn:
    """What an applicant told us, cleaned by a form or the importer.

    `roles` become records about the person; reviewers read them as lines of `lay_roles`. `needs` are picked from the
    list, `access_needs` is free text. `agreements` are Consent purposes; without those that agreement.NEEDED names the
    application waits and nobody but the organiser sees it. `modes` says which of the seven come by phone or recording.
    """

    name: str
    email: str
    phone: str
    preferred: str
    area: str
    organisation_name: str
    experience: str
    lived_experience: str
    hours_a_month: int | None
    can_come_every_day: bool
    answers: Mapping[Characteristic, str]
    lay_roles: str = ""
    access_needs: str = ""
    information_format: str = InformationFormat.STANDARD
    post: str = ""
    pronunciation: str = ""
    best_time: str = ""
    may_leave_message: bool | None = None
    helper: str = ""
    roles: Sequence[RoleHeld] = ()
    communities: Sequence[str] = ()
    wants: str = ""
    days_missed: Sequence[int] = ()
    needs: Sequence[str] = ()
    food: str = ""
    assistant: str = ""
    modes: Mapping[Characteristic, str] = field(default_factory=dict)
    agreements: Sequence[str] = NEEDED

    @property
    def has_agreed(self) -> bool:
        return set(NEEDED) <= set(self.agreements)

    @property
    def roles_in_words(self) -> str:
        return "\n".join(filter(None, [*(role.words for role in self.roles), self.lay_roles]))


def submit(
    *,
    cohort: Cohort,
    key: UUID,
    source: str = Application.Source.ONLINE,
    by: Any = None,
    moment: datetime | None = None,
    started_at: datetime | None = None,
    channel: Channel | None = None,
    nomination: Nomination | None = None,
    acknowledge: bool = True,
    **filled_in: Any,
) -> Application:
    """Store an application with its person, access needs and agreements, and write the acknowledgement (if asked to).

    `filled_in` are the fields of FilledIn. The same `key` gives the same application, whatever else is sent: two tabs,
    a double click and a retry after a time-out end at one receipt. Raises CallClosed for an online form outside the
    call and its grace time; paper and telephone are typed in by an organiser, who may be later than the applicant was.
    """
    form = FilledIn(**filled_in)
    existing = _already_sent(cohort, key)
    if existing is not None:
        return existing
    now = moment or timezone.now()
    if source == Application.Source.ONLINE:
        require_open(cohort, started_at or now, now)
    origin = {"source": source, "started_at": started_at, "channel": channel, "nomination": nomination}
    try:
        with transaction.atomic():
            return store(cohort, key, form, origin, by=by, moment=now, acknowledge=acknowledge)
    except IntegrityError:
        # The same form arrived twice in the same moment, and the other copy was quicker.
        existing = _already_sent(cohort, key)
        if existing is None:
            raise
        return existing


def store(
    cohort: Cohort,
    key: UUID,
    form: FilledIn,
    origin: dict[str, Any],
    *,
    by: Any = None,
    moment: datetime,
    acknowledge: bool = True,
) -> Application:
    """The application itself, for a caller in a transaction who knows that nothing has this key yet."""
    application = Application.objects.create(
        cohort=cohort,
        person=_register(form, by),
        reference=_free_reference(key),
        key=key,
        state=Application.State.SUBMITTED if form.has_agreed else Application.State.AWAITING,
        experience=form.experience,
        lived_experience=form.lived_experience,
        lay_roles=form.roles_in_words,
        communities=list(form.communities),
        wants=form.wants,
        hours_a_month=form.hours_a_month,
        can_come_every_day=form.can_come_every_day,
        days_missed=list(form.days_missed),
        entered_by=by if getattr(by, "is_authenticated", False) else None,
        submitted_at=moment,
        agreed_at=moment if form.has_agreed else None,
        **origin,
    )
    CharacteristicAnswer.objects.bulk_create(
        CharacteristicAnswer(
            application=application,
            characteristic=item,
            text=form.answers.get(item, ""),
            mode=form.modes.get(item, CharacteristicAnswer.Mode.WRITTEN),
        )
        for item in Characteristic
    )
    audit.record("applied", application, by=by, cohort=cohort, source=str(application.source))
    if acknowledge:
        emails.send_acknowledgement(application)
    return application


def _register(form: FilledIn, by: Any) -> Person:
    """A new person with what they agreed to. What they need to take part goes behind its own door."""
    person = registering.register(
        name=form.name,
        email=form.email,
        phone=form.phone,
        post=form.post,
        preferred=form.preferred,
        information_format=form.information_format,
        area=form.area,
        organisation=registering.organisation_named(form.organisation_name),
        lived_experience=form.lived_experience,
        pronunciation=form.pronunciation,
        best_time=form.best_time,
        may_leave_message=form.may_leave_message,
        helper=form.helper,
        by=by,
    )
    LayRole.objects.bulk_create(LayRole(person=person, **asdict(role)) for role in form.roles)
    AccessNeed.objects.bulk_create(
        AccessNeed(person=person, kind=kind, description=text) for kind, text in _needs(form) if text
    )
    consents.give_first(person=person, purposes=form.agreements, by=by)
    return person


def _needs(form: FilledIn) -> list[tuple[str, str]]:
    kinds = AccessNeed.Kind
    picked = [(kinds.NEED, text) for text in (*form.needs, form.access_needs)]
    return [*picked, (kinds.FOOD, form.food), (kinds.ASSISTANT, form.assistant)]


def _already_sent(cohort: Cohort, key: UUID) -> Application | None:
    existing = Application.objects.filter(key=key).select_related("cohort", "person").first()
    if existing is not None and existing.cohort_id != cohort.pk:
        raise KeyUsedElsewhere("This form was already used for another course. Open the form again from the start.")
    return existing


def require_open(cohort: Cohort, started_at: datetime, moment: datetime) -> None:
    if may_still_send(cohort, started_at, moment, timedelta(0)):
        return
    grace = timedelta(minutes=RecruitmentSettings.objects.of(cohort).grace_minutes)
    if not may_still_send(cohort, started_at, moment, grace):
        raise CallClosed("Applications are closed, so we could not take this form.")


def _free_reference(key: UUID) -> str:
    """A short name that can be said on the telephone: "7K3-M9Q". It tells nothing about person, place or order."""
    for attempt in range(1000):
        reference = reference_for(key, attempt)
        if not Application.objects.filter(reference=reference).exists():
            return reference
    raise AssertionError("a thousand references in a row were taken")


def reference_for(key: UUID, attempt: int = 0) -> str:
    """Made from the key, so the same form always has the same reference; the key cannot be had back from it."""
    number = int.from_bytes(hashlib.sha256(f"{key}:{attempt}".encode()).digest())
    letters = []
    for _ in range(6):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    return f"{''.join(letters[:3])}-{''.join(letters[3:])}"
