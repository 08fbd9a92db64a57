"""Who would sit in the room: the mix of those with a place, those it is offered to, those prepared, and those ticked.

Shares of groups only. Communities and access needs are never shown, nor sent to the browser, person by person.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from people.models import AccessNeed, LivedExperience, Person
from programmes.models import Cohort, Experience
from recruitment.communities import COMMUNITIES
from recruitment.models import Application, PendingDecision
from recruitment.places import Places, places_of

State, Outcome = Application.State, PendingDecision.Outcome
# From a quarter of the room, and from this many people, one body dominates (R23).
DOMINATES, AT_LEAST = 4, 3
NOT_GIVEN = "Not given"


@dataclass(frozen=True)
class Share:
    """How many of the people are so."""

    label: str
    count: int
    of: int


@dataclass(frozen=True)
class Member:
    """One person as far as the mix counts them."""

    person: Person
    experience: str
    lived_experience: str
    communities: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mix:
    """The room as it would be. `needs` is the number of people with something to arrange, None for who may not know.

    `needs` leaves out those who are only ticked, so that no tick shows who has any.
    """

    places: Places
    prepared: int
    ticked: int
    members: Sequence[Member] = field(repr=False)
    needs: int | None = None

    @property
    def count(self) -> int:
        return len(self.members)

    @property
    def left(self) -> int:
        return self.places.capacity - self.count

    @property
    def capacity_words(self) -> str:
        """ "38 of 40: 2 left", or that they are too many."""
        said = f"{self.count} of {self.places.capacity}"
        if self.too_many:
            return f"{said}: {self.too_many} too many"
        return f"{said}: {self.left or 'none'} left"

    @property
    def too_many(self) -> int:
        return max(-self.left, 0)

    def areas(self) -> list[Share]:
        return self._shares(lambda member: member.person.area or NOT_GIVEN)

    def organisations(self) -> list[Share]:
        return self._shares(lambda member: _organisation(member) or NOT_GIVEN)

    def experience(self) -> list[Share]:
        return self._of(Experience, lambda member: member.experience)

    def lived_experience(self) -> list[Share]:
        return self._of(LivedExperience, lambda member: member.lived_experience)

    def communities(self) -> list[Share]:
        """Every community on the form, those without anybody too: a gap is what one looks for."""
        counted = Counter(code for member in self.members for code in set(member.communities))
        rows = [Share(label, counted[code], self.count) for code, label in COMMUNITIES]
        return sorted(rows, key=lambda share: -share.count)

    @property
    def dominating(self) -> str:
        """A sentence when one organisation has a quarter of the room or more; else ""."""
        bodies = Counter(filter(None, map(_organisation, self.members)))
        name, count = bodies.most_common(1)[0] if bodies else ("", 0)
        if count < AT_LEAST or count * DOMINATES < self.count:
            return ""
        return f"{count} of {self.count} people come from one organisation: {name}."

    def _shares(self, of: Callable[[Member], str]) -> list[Share]:
        counted = Counter(map(of, self.members))
        order = sorted(counted.items(), key=lambda item: (item[0] == NOT_GIVEN, -item[1], item[0]))
        return [Share(label, count, self.count) for label, count in order]

    def _of(self, choices: type[Experience] | type[LivedExperience], of: Callable[[Member], str]) -> list[Share]:
        counted = Counter(map(of, self.members))
        return [Share(str(item.label), counted[item], self.count) for item in choices]


def mix_of(cohort: Cohort, ticked: QuerySet[Application], *, with_needs: bool) -> Mix:
    """Five queries, and one for the needs. `ticked` must be narrowed to what the reader may decide on."""
    places = places_of(cohort)
    prepared = Q(pending__outcome=Outcome.ACCEPT, state__in=(State.SUBMITTED, State.RESERVE))
    of_cohort = Application.objects.filter(prepared | Q(state__in=(State.ACCEPTED, State.OFFERED)), cohort=cohort)
    members = _with_a_place(cohort)
    coming = _with_people(of_cohort)
    _add(members, (row for row in coming if row.state != State.ACCEPTED or row.person_id in members))
    known = list(members)
    _add(members, _with_people(ticked))
    return Mix(
        places=places,
        prepared=sum(hasattr(row, "pending") for row in coming),
        ticked=len(members) - len(known),
        members=list(members.values()),
        needs=_needs(known) if with_needs else None,
    )


def _with_a_place(cohort: Cohort) -> dict[int, Member]:
    rows = cohort.participants.filter(withdrawn_at=None).select_related("person__organisation")
    return {row.person_id: Member(row.person, row.experience, row.lived_experience) for row in rows}


def _with_people(applications: QuerySet[Application]) -> list[Application]:
    return list(applications.select_related("person__organisation", "pending"))


def _add(members: dict[int, Member], applications: Iterable[Application]) -> None:
    for row in applications:
        members[row.person_id] = Member(row.person, row.experience, row.lived_experience, tuple(row.communities))


def _organisation(member: Member) -> str:
    return member.person.organisation.name if member.person.organisation else ""


def _needs(people: Sequence[int]) -> int:
    return AccessNeed.objects.filter(person__in=people).values("person").distinct().count()
