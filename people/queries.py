"""Questions about people, roles and letters that serve several pages.

Cohorts, participations and applications live in rooms above; they are reached through the keys that name them as text.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from core.models import AuditEvent, Message
from people.models import AccessNeed, ContactRoute, InformationFormat, Person, RoleAssignment, Route
from people.permissions import Permission
from people.roles import Role
from people.routes import ASK
from people.story import words_for


def cohorts_of(user: Any, permission: Permission) -> QuerySet:
    """The cohorts where `user` holds `permission`."""
    cohort = RoleAssignment._meta.get_field("cohort").related_model
    return cohort.objects.visible_to(user, permission)


def programme_is_managed_by(user: Any, programme: models.Model) -> bool:
    """Whether `user` may give roles in the whole programme, not only in one of its cohorts. One query."""
    held = RoleAssignment.objects.filter(user=user, role=Role.ADMINISTRATOR, programme=programme)
    return held.exists()


def assignments_in(cohort: Any) -> QuerySet[RoleAssignment]:
    """Every role that counts in a cohort: its own and those of its programme."""
    here = Q(cohort=cohort) | Q(programme=cohort.programme_id)
    return RoleAssignment.objects.filter(here).select_related("user", "cohort", "programme")


# --- people -----------------------------------------------------------------------------------------------
def with_addresses(people: QuerySet[Person]) -> QuerySet[Person]:
    """Each person with `email`, `phone` and `preferred` (a Route code) beside the name."""
    routes = ContactRoute.objects.filter(person=OuterRef("pk"))
    return people.annotate(
        email=Subquery(routes.filter(kind=Route.EMAIL).values("value")[:1]),
        phone=Subquery(routes.filter(kind=Route.PHONE).values("value")[:1]),
        preferred=Subquery(routes.filter(is_preferred=True).values("kind")[:1]),
    )


def with_cohorts(people: QuerySet[Person], user: Any) -> QuerySet[Person]:
    """Each person with `visible_places` and `visible_coachings`: what they do in cohorts that `user` may see."""
    return people.prefetch_related(
        _visible("participations", "visible_places", user), _visible("coachings", "visible_coachings", user)
    )


def _visible(name: str, to: str, user: Any) -> Prefetch:
    model = Person._meta.get_field(name).related_model
    rows = model.objects.visible_to(user, Permission.PEOPLE_VIEW).select_related("cohort").order_by("pk")
    return Prefetch(name, rows, to_attr=to)


@dataclass(frozen=True)
class PersonPage:
    """Everything about one person that one user may see, and what the user may do. Empty where a door is shut."""

    person: Person
    routes: list[ContactRoute]
    places: list[Any]
    coachings: list[Any]
    applications: list[Any]
    access_needs: list[AccessNeed]
    consents: list[Any]
    events: list[AuditEvent]
    may_edit: bool
    may_see_needs: bool
    may_see_applications: bool


def person_page(person: Person, user: Any) -> PersonPage:
    """Twelve queries at most. Each door is tried in a cohort where this very person is."""
    may = {
        permission: Person.objects.visible_to(user, permission).filter(pk=person.pk).exists()
        for permission in (Permission.PEOPLE_EDIT, Permission.ACCESS_NEEDS_VIEW, Permission.APPLICATION_VIEW)
    }
    places = _rows(person.participations, user, Permission.PEOPLE_VIEW)
    applications = _rows(person.applications, user, Permission.APPLICATION_VIEW)
    return PersonPage(
        person=person,
        routes=list(person.contact_routes.order_by("kind")),
        places=places,
        coachings=_rows(person.coachings, user, Permission.PEOPLE_VIEW),
        applications=applications,
        access_needs=list(person.access_needs.order_by("recorded_at")) if may[Permission.ACCESS_NEEDS_VIEW] else [],
        consents=list(person.consents.order_by("-given_at")),
        events=_events([person, *places, *applications]),
        may_edit=may[Permission.PEOPLE_EDIT],
        may_see_needs=may[Permission.ACCESS_NEEDS_VIEW],
        may_see_applications=may[Permission.APPLICATION_VIEW],
    )


def _rows(related: Any, user: Any, permission: Permission) -> list[Any]:
    return list(related.visible_to(user, permission).select_related("cohort").order_by("pk"))


def _events(subjects: list[models.Model]) -> list[AuditEvent]:
    about = Q(pk__in=[])
    for subject in subjects:
        about |= Q(subject_kind=subject._meta.label_lower, subject_id=str(subject.pk))
    events = list(AuditEvent.objects.filter(about).select_related("by").order_by("-at", "-pk")[:20])
    for event in events:
        event.words = words_for(event.verb)
    return events


NO_LINK = "(Here the letter has a link. On the phone, ask instead, and write down what they answer.)"


# --- letters ----------------------------------------------------------------------------------------------
def letters_of(user: Any) -> QuerySet[Message]:
    """The letters of the cohorts whose outbox `user` may see. Sign-in codes belong to no cohort and are never here."""
    cohorts = cohorts_of(user, Permission.OUTBOX_VIEW).values_list("pk", flat=True)
    return Message.objects.filter(scope__in=[f"cohort:{pk}" for pk in cohorts])


def shown_text(letter: Message) -> str:
    """The text as the outbox shows it: personal links and codes are hidden, or whoever looks could answer as the person.

    A letter by post is shown whole: somebody has to print it. On the phone nobody reads out a link.
    """
    if letter.channel == Message.Channel.POST:
        return letter.text
    if letter.channel == Message.Channel.PHONE:
        return _spoken(letter)
    text = letter.text
    for secret in letter.secrets:
        text = text.replace(secret, "(hidden: only the person who gets this letter may use it)")
    return text


def _spoken(letter: Message) -> str:
    """The paragraphs of a letter, with a note for the caller where a link stands."""
    paragraphs = letter.text.split("\n\n")
    return "\n\n".join(
        NO_LINK if any(secret in paragraph for secret in letter.secrets) else paragraph for paragraph in paragraphs
    )


# Formats that no printer makes: somebody has them made, and posts them then.
MADE_BY_HAND = (
    InformationFormat.EASY_READ,
    InformationFormat.AUDIO,
    InformationFormat.BRAILLE,
    InformationFormat.BSL,
    InformationFormat.OTHER,
)


def _may_go(now: datetime) -> Q:
    """Letters wait for their time while what they tell can still be undone."""
    return Q(state=Message.State.DUE, due_at__lte=now)


def _by_post(now: datetime) -> Q:
    return _may_go(now) & Q(channel=Message.Channel.POST)


def _to_print(now: datetime) -> Q:
    return _by_post(now) & ~Q(to=ASK) & ~Q(information_format__in=MADE_BY_HAND)


def letters_to_print(user: Any) -> QuerySet[Message]:
    """Letters that only have to be printed and posted, by name."""
    return letters_of(user).filter(_to_print(timezone.now())).order_by("recipient_name", "pk")


def letters_to_make(user: Any) -> QuerySet[Message]:
    """Letters that somebody has to have made in another format first."""
    made = Q(information_format__in=MADE_BY_HAND)
    return letters_of(user).filter(_by_post(timezone.now()), made, ~Q(to=ASK)).order_by("recipient_name", "pk")


def letters_without_address(user: Any) -> QuerySet[Message]:
    return letters_of(user).filter(_by_post(timezone.now()), to=ASK).order_by("recipient_name", "pk")


@dataclass(frozen=True)
class Call:
    """A letter to somebody who is phoned: what to say, and when and how to ring. No `person`: we know the number only."""

    letter: Message
    text: str
    person: Person | None


def calls_to_make(user: Any) -> list[Call]:
    """Letters that are told by phone, the oldest first. Three queries."""
    due = Q(channel=Message.Channel.PHONE) & _may_go(timezone.now())
    return calls_of(user, letters_of(user).filter(due).order_by("created_at", "pk"))


def calls_of(user: Any, letters: Iterable[Message]) -> list[Call]:
    """The letters with the people behind their numbers, as far as `user` may see them."""
    letters = list(letters)
    routes = {"contact_routes__kind": Route.PHONE, "contact_routes__value__in": [letter.to for letter in letters]}
    people = Person.objects.visible_to(user, Permission.OUTBOX_VIEW).filter(**routes)
    rows = people.annotate(number=F("contact_routes__value")).order_by("pk")
    found = {(person.number, person.name): person for person in rows}
    return [Call(letter, shown_text(letter), found.get((letter.to, letter.recipient_name))) for letter in letters]


def letters_to_look_at(user: Any) -> dict[str, int]:
    """How many letters wait for a person: to print, to have made, to phone, to ask for an address; not sure, failed.

    Two queries.
    """
    now = timezone.now()
    made = Q(information_format__in=MADE_BY_HAND)
    return letters_of(user).aggregate(
        to_post=Count("pk", filter=_to_print(now)),
        to_make=Count("pk", filter=_by_post(now) & made & ~Q(to=ASK)),
        to_call=Count("pk", filter=_may_go(now) & Q(channel=Message.Channel.PHONE)),
        to_ask=Count("pk", filter=_by_post(now) & Q(to=ASK)),
        uncertain=Count("pk", filter=Q(state=Message.State.UNCERTAIN)),
        failed=Count("pk", filter=Q(state=Message.State.FAILED)),
    )
