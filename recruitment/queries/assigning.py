"""Who reviews a cohort's applications, what they have, how far they are, and what they must not read."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db.models import Count, Q, QuerySet

from people.models import ContactRoute, RoleAssignment, Route, User
from people.permissions import Permission
from people.roles import roles_with
from programmes.characteristics import Characteristic
from programmes.models import Cohort
from recruitment.assigning import Dealt, Pair, Reader, Wanted, deal
from recruitment.models import Application, Assignment, ConflictOfInterest, RecruitmentSettings, Review

OWN = "It is their own application."
SAME_ORGANISATION = "They are from the same organisation."
NOMINATED = "They, or their organisation, nominated this person."
DECLARED = "They told us of a conflict of interest."
BY_HAND = "An organiser wrote down a conflict of interest."


@dataclass(frozen=True)
class Given:
    """One assignment, and how far the review is. `marks` is how many of the seven are there."""

    application: int
    reviewer: int
    is_by_hand: bool
    marks: int | None
    saved_at: datetime | None

    @property
    def is_started(self) -> bool:
        return self.marks is not None

    @property
    def is_done(self) -> bool:
        return self.marks == len(Characteristic)


@dataclass(frozen=True)
class ReviewerLine:
    """One reviewer's share of the work."""

    reviewer: User
    given: int
    done: int
    not_started: int
    last_at: datetime | None

    @property
    def left(self) -> int:
        return self.given - self.done


@dataclass
class Desk:
    """Everything about who reviews what in a cohort. Loaded once by `desk_of`; the rest costs no query."""

    cohort: Cohort
    needed: int
    reviewers: list[User]
    applications: list[int]
    given: list[Given]
    conflicts: dict[Pair, str] = field(default_factory=dict)

    def plan(self, without: Collection[int] = ()) -> Dealt:
        """What giving out would do. Reviewers in `without` get nothing and lose what they have not started."""
        readers = [reviewer.pk for reviewer in self.reviewers if reviewer.pk not in without]
        stays, loose = self._pairs(frozenset(readers))
        wanted = [
            Wanted(key, self.needed, frozenset(stays.get(key, ())), frozenset(loose.get(key, ())))
            for key in self.applications
        ]
        return deal(wanted, [Reader(key, self._elsewhere.get(key, 0)) for key in readers], self.conflicts.keys())

    def plan_for(self, application: int) -> Dealt:
        """Fill the gap of one application, and touch nothing else."""
        everything: dict[int, set[int]] = {key: set() for key in self.applications}
        for row in self.given:
            if row.application in everything:
                everything[row.application].add(row.reviewer)
        wanted = [
            Wanted(key, self.needed if key == application else 0, frozenset(has)) for key, has in everything.items()
        ]
        readers = [Reader(reviewer.pk, self._elsewhere.get(reviewer.pk, 0)) for reviewer in self.reviewers]
        return deal(wanted, readers, self.conflicts.keys())

    def _pairs(self, readers: frozenset[int]) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
        """Who has each application for good, and who has not started it."""
        stays: dict[int, set[int]] = {}
        loose: dict[int, set[int]] = {}
        for row in self.given:
            pinned = (
                row.is_by_hand and row.reviewer in readers and (row.application, row.reviewer) not in self.conflicts
            )
            stays_or_not = stays if row.is_started or pinned else loose
            stays_or_not.setdefault(row.application, set()).add(row.reviewer)
        return stays, loose

    @cached_property
    def _elsewhere(self) -> dict[int, int]:
        """Reviews of applications that are decided by now: they were work as well."""
        here, found = set(self.applications), {}
        for row in self.given:
            if row.application not in here and row.is_started:
                found[row.reviewer] = found.get(row.reviewer, 0) + 1
        return found

    def lines(self) -> list[ReviewerLine]:
        """One line a reviewer, in the order of their names; those who lost the role but have reviews come last."""
        here = set(self.applications)
        rows: dict[int, list[Given]] = {reviewer.pk: [] for reviewer in self.reviewers}
        for row in self.given:
            if row.reviewer in rows and (row.is_started or row.application in here):
                rows[row.reviewer].append(row)
        return [_line(reviewer, rows[reviewer.pk]) for reviewer in self.reviewers]

    @cached_property
    def by_application(self) -> dict[int, list[Given]]:
        found: dict[int, list[Given]] = {}
        for row in self.given:
            found.setdefault(row.application, []).append(row)
        return found


def _line(reviewer: User, rows: list[Given]) -> ReviewerLine:
    return ReviewerLine(
        reviewer=reviewer,
        given=len(rows),
        done=sum(row.is_done for row in rows),
        not_started=sum(not row.is_started for row in rows),
        last_at=max((row.saved_at for row in rows if row.saved_at), default=None),
    )


def desk_of(cohort: Cohort) -> Desk:
    """Eight queries, whatever the number of applications and reviewers."""
    reviewers = reviewers_of(cohort)
    applications = Application.objects.filter(cohort=cohort).for_reviewers()
    return Desk(
        cohort=cohort,
        needed=RecruitmentSettings.objects.of(cohort).reviews_per_application,
        reviewers=reviewers,
        applications=list(applications.order_by("pk").values_list("pk", flat=True)),
        given=_given(cohort),
        conflicts=conflicts_in(Application.objects.filter(cohort=cohort), reviewers),
    )


def reviewers_of(cohort: Cohort) -> list[User]:
    """Everybody who may review in this cohort, by the cohort or by its programme. One query."""
    held = RoleAssignment.objects.filter(
        Q(cohort=cohort) | Q(programme=cohort.programme_id), role__in=roles_with(Permission.APPLICATION_REVIEW)
    )
    users = User.objects.filter(is_active=True, pk__in=held.values("user")).select_related("person")
    return list(users.order_by("name", "pk"))


def _given(cohort: Cohort) -> list[Given]:
    reviews = Review.objects.filter(application__cohort=cohort).annotate(marks=Count("scores")).order_by()
    begun = {
        (application, reviewer): (marks, saved_at)
        for application, reviewer, marks, saved_at in reviews.values_list(
            "application", "reviewer", "marks", "saved_at"
        )
    }
    rows = Assignment.objects.filter(application__cohort=cohort).order_by("pk")
    return [
        Given(application, reviewer, is_by_hand, *begun.get((application, reviewer), (None, None)))
        for application, reviewer, is_by_hand in rows.values_list("application", "reviewer", "is_by_hand")
    ]


def conflicts_in(applications: QuerySet[Application], reviewers: Iterable[User]) -> dict[Pair, str]:
    """{(application, reviewer): why they must not read it}. What the records say, and what people said. Three queries."""
    found: dict[Pair, str] = {}
    _from_emails(applications, list(reviewers), found)
    _from_records(applications, list(reviewers), found)
    told = ConflictOfInterest.objects.filter(application__in=applications.values("pk"))
    for application, reviewer, kind in told.values_list("application", "reviewer", "kind"):
        found[application, reviewer] = DECLARED if kind == ConflictOfInterest.Kind.DECLARED else BY_HAND
    return found


def _from_emails(applications: QuerySet[Application], reviewers: list[User], found: dict[Pair, str]) -> None:
    """Somebody who reviews and applied: known by the address of the account."""
    by_email = {reviewer.email: reviewer.pk for reviewer in reviewers}
    routes = ContactRoute.objects.filter(
        kind=Route.EMAIL, value__in=by_email, person__applications__in=applications.values("pk")
    )
    for application, email in routes.values_list("person__applications", "value"):
        found[application, by_email[email]] = OWN


def _from_records(applications: QuerySet[Application], reviewers: list[User], found: dict[Pair, str]) -> None:
    people = [reviewer.person_id for reviewer in reviewers if reviewer.person_id]
    organisations = [reviewer.person.organisation_id for reviewer in reviewers if reviewer.person_id]
    emails = [reviewer.email for reviewer in reviewers]
    near = applications.filter(
        Q(person__in=people)
        | Q(person__organisation__in=organisations)
        | Q(nomination__request__organisation__in=organisations)
        | Q(nomination__request__contact_email__in=emails)
    )
    for row in near.values_list(
        "pk",
        "person",
        "person__organisation",
        "nomination__request__organisation",
        "nomination__request__contact_email",
    ):
        for reviewer in reviewers:
            if why := _why(reviewer, *row[1:]):
                found[row[0], reviewer.pk] = why


def _why(reviewer: User, person: int, organisation: int | None, nominator: int | None, contact: str | None) -> str:
    own = reviewer.person.organisation_id if reviewer.person_id else None
    if reviewer.person_id == person:
        return OWN
    if (own and own == nominator) or (contact and contact == reviewer.email):
        return NOMINATED
    return SAME_ORGANISATION if own and own == organisation else ""


@dataclass(frozen=True)
class Load:
    """What a reviewer has before and after reviews are given out. `most` is the largest of all, for the bars."""

    reviewer: User
    before: int
    after: int
    most: int


def loads_of(desk: Desk, plan: Dealt) -> list[Load]:
    """One line a reviewer; those who are left out of the plan keep what they have started."""
    before = {line.reviewer.pk: line.given for line in desk.lines()} | plan.before
    after = {line.reviewer.pk: line.given - line.not_started for line in desk.lines()} | plan.after
    most = max([*before.values(), *after.values()], default=0)
    return [Load(reviewer, before[reviewer.pk], after[reviewer.pk], most) for reviewer in desk.reviewers]


def shortages_in_words(applications: QuerySet[Application], plan: Dealt) -> list[tuple[str, str]]:
    """(reference, why) of the applications that cannot have enough reviewers. One query."""
    keys = [shortage.application for shortage in plan.shortages]
    references = dict(applications.filter(pk__in=keys).values_list("pk", "reference"))
    return sorted((references[row.application], row.why) for row in plan.shortages if row.application in references)


@dataclass(frozen=True)
class Seat:
    """One reviewer and one application: what they have of it, or why they must not read it."""

    reviewer: User
    given: Given | None
    conflict: str
    was_told: bool
    load: int

    @property
    def is_free(self) -> bool:
        return self.given is None and not self.conflict

    @property
    def load_words(self) -> str:
        return f"has {self.load} to review"


def seats_of(desk: Desk, application: Application) -> list[Seat]:
    """Every reviewer in the order of names. One query, for which of the conflicts can be taken back."""
    told = set(ConflictOfInterest.objects.filter(application=application).values_list("reviewer", flat=True))
    given = {row.reviewer: row for row in desk.by_application.get(application.pk, [])}
    loads = {line.reviewer.pk: line.left for line in desk.lines()}
    return [
        Seat(
            reviewer=reviewer,
            given=given.get(reviewer.pk),
            conflict=desk.conflicts.get((application.pk, reviewer.pk), ""),
            was_told=reviewer.pk in told,
            load=loads[reviewer.pk],
        )
        for reviewer in desk.reviewers
    ]
