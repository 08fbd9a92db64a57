"""Applications that may be one person's, and the versions that were merged."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from core.forms.texts import plain_phone
from people.models import ContactRoute, Person, Route
from programmes.models import Cohort
from recruitment import duplicates
from recruitment.duplicates import Entry, Pair
from recruitment.models import OPEN_STATES, Application, CharacteristicAnswer, DuplicateVerdict
from recruitment.rubric import CRITERIA


def duplicate_pairs(cohort: Cohort) -> list[Pair]:
    """The pairs that nobody has judged yet. Four queries, whatever the number of applications."""
    judged = set(DuplicateVerdict.objects.filter(first__cohort=cohort).values_list("first", "second"))
    return [pair for pair in duplicates.find(_entries(cohort), _answers) if pair.keys not in judged]


def duplicates_waiting(cohort: Cohort) -> int:
    """How many pairs wait for somebody to look at them. Four queries."""
    return len(duplicate_pairs(cohort))


def pairs_with_new(cohort: Cohort, new: Sequence[Entry], answers: dict[int, list[str]]) -> list[Pair]:
    """The pairs that entries on their way in make with those that are here and with each other. Three queries.

    The keys of new entries are below 0, so a new one is always the first of its pair.
    """
    found = duplicates.find(
        [*_entries(cohort), *new], lambda keys: {**_answers(key for key in keys if key > 0), **answers}
    )
    return [pair for pair in found if pair.first < 0]


def look_alikes(cohort: Cohort, *, answers: Sequence[str], **entry: str) -> list[tuple[Application, Pair]]:
    """The applications that a new one looks like, with the reason. `entry` are the fields of duplicates.Entry."""
    new = Entry(key=0, person=0, **entry | {"phone": plain_phone(entry.get("phone", ""))})
    pairs = duplicates.like(new, _entries(cohort), lambda keys: {**_answers(keys), 0: answers})
    found = Application.objects.select_related("person", "cohort").in_bulk([pair.second for pair in pairs])
    return [(found[pair.second], pair) for pair in pairs]


def _entries(cohort: Cohort) -> list[Entry]:
    """Two queries: those that are still in the running, and how their people are reached."""
    running = Application.objects.filter(cohort=cohort, state__in=OPEN_STATES).order_by("pk")
    about = running.values_list("pk", "person", "person__name", "person__area", "person__organisation__name")
    routes: dict[int, dict[str, str]] = defaultdict(dict)
    reached = ContactRoute.objects.filter(person__in=running.order_by().values("person"))
    for person, kind, value in reached.values_list("person", "kind", "value"):
        routes[person][kind] = value
    return [
        Entry(
            key=key,
            person=person,
            name=name,
            email=routes[person].get(Route.EMAIL, ""),
            phone=plain_phone(routes[person].get(Route.PHONE, "")),
            post=routes[person].get(Route.POST, ""),
            area=area,
            organisation=organisation or "",
        )
        for key, person, name, area, organisation in about
    ]


def _answers(keys: Iterable[int]) -> dict[int, list[str]]:
    """The seven answers of each application, in the order of the questions. One query."""
    found = CharacteristicAnswer.objects.filter(application__in=list(keys))
    texts = {(key, item): text for key, item, text in found.values_list("application", "characteristic", "text")}
    return {key: [texts.get((key, item.characteristic), "") for item in CRITERIA] for key in keys}


@dataclass(frozen=True)
class Compared:
    """One thing that was asked, and what the two applications say to it."""

    label: str
    first: str
    second: str

    @property
    def differs(self) -> bool:
        """Whether the two say different things; a number with and without +44 is one number."""
        plain = plain_phone if self.label == Route.PHONE.label else duplicates.fold
        return plain(self.first) != plain(self.second)


@dataclass(frozen=True)
class SideBySide:
    """A pair as somebody judges it: the two applications, why they look alike, and what each says."""

    first: Application
    second: Application
    signals: tuple[str, ...]
    facts: list[Compared]
    answers: list[Compared]

    @property
    def both(self) -> tuple[Application, Application]:
        return self.first, self.second


def side_by_side(pairs: Sequence[Pair], *, with_contact: bool) -> list[SideBySide]:
    """Both versions of each pair. Three queries. `with_contact` is for readers who may see how people are reached."""
    keys = {key for pair in pairs for key in pair.keys}
    rows = Application.objects.select_related("person__organisation", "cohort", "entered_by", "channel")
    full = rows.prefetch_related("person__contact_routes", "answers").in_bulk(keys)
    return [_compare(full[pair.first], full[pair.second], pair, with_contact) for pair in pairs]


def _compare(one: Application, other: Application, pair: Pair, with_contact: bool) -> SideBySide:
    facts = [Compared(label, a, b) for (label, a), (_, b) in zip(*_both(one, other, with_contact), strict=True)]
    return SideBySide(
        first=one,
        second=other,
        signals=tuple(str(signal) for signal in pair.signals),
        facts=[fact for fact in facts if fact.first or fact.second],
        answers=[
            Compared(f"{item.number}. {item.short_name}", *(_text_of(row, item.characteristic) for row in (one, other)))
            for item in CRITERIA
        ],
    )


def _both(one: Application, other: Application, with_contact: bool) -> list[list[tuple[str, str]]]:
    return [_facts(row) + (_contact(row.person) if with_contact else []) for row in (one, other)]


def _facts(row: Application) -> list[tuple[str, str]]:
    hours = "" if row.hours_a_month is None else str(row.hours_a_month)
    return [
        ("Area", row.person.area),
        ("Organisation", row.person.organisation.name if row.person.organisation else ""),
        ("Patient or carer", row.get_lived_experience_display()),
        ("Lay roles for", row.get_experience_display()),
        ("Lay roles", row.lay_roles),
        ("Hours a month", hours),
        ("What they want", row.wants),
    ]


def _contact(person: Person) -> list[tuple[str, str]]:
    routes = {route.kind: route.value for route in person.contact_routes.all()}
    return [(kind.label, routes.get(kind, "")) for kind in Route]


def _text_of(row: Application, characteristic: str) -> str:
    return next((answer.text for answer in row.answers.all() if answer.characteristic == characteristic), "")


def merged_versions(application: Application) -> list[Application]:
    """The other versions of this application, the newest first, each with its answers. Two queries."""
    versions = Application.objects.filter(merged_into=application).select_related("person", "cohort", "entered_by")
    in_order = Prefetch("answers", CharacteristicAnswer.objects.order_by("pk"))
    return list(versions.prefetch_related(in_order).order_by("-submitted_at", "-pk"))


def verdicts_of(cohort: Cohort) -> list[DuplicateVerdict]:
    """What was judged so far, the newest first. One query."""
    verdicts = DuplicateVerdict.objects.filter(first__cohort=cohort)
    about = ("first__person", "second__person", "first__cohort", "by")
    return list(verdicts.select_related(*about).order_by("-at", "-pk"))
