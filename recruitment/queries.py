"""Questions about applications that several pages ask."""

from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from people.models import AccessNeed, Person, RoleAssignment
from people.permissions import Permission
from people.roles import PERMISSIONS, Role
from programmes.characteristics import Characteristic
from programmes.models import Cohort
from recruitment.models import Application, CharacteristicAnswer, Decision, Review, Score
from recruitment.rubric import Criterion, criterion
from recruitment.scoring import agreed, total

# What needs somebody's attention stands first.
STATE_ORDER = (
    Application.State.SUBMITTED,
    Application.State.RESERVE,
    Application.State.ACCEPTED,
    Application.State.DECLINED,
    Application.State.WITHDRAWN,
)
NO_TOTAL = -1


def announced() -> QuerySet[Cohort]:
    """Cohorts whose call the public may read about: open, past or announced. One that never opened is not here."""
    return (
        Cohort.objects.filter(applications_open_at__isnull=False).select_related("programme").prefetch_related("days")
    )


def held_in(cohort: Cohort, user: Any) -> frozenset[Permission]:
    """What `user` may do in this very cohort, for parts of a page that need more than the page itself. One query."""
    here = RoleAssignment.objects.filter(Q(cohort=cohort) | Q(programme=cohort.programme_id), user=user)
    return frozenset().union(*(PERMISSIONS[Role(role)] for role in here.values_list("role", flat=True)))


def agreed_name(characteristic: str) -> str:
    """The name of the annotation with the agreed score of one characteristic."""
    return f"agreed_{characteristic.lower()}"


def with_scores(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Adds `review_count`, the seven `agreed_…` scores, `agreed_total` (None until all seven are there) and
    `total_or_none` (-1 instead, for sorting the same way on every database). No query of its own.

    The mean half up in whole numbers: (2 × sum + n) ÷ 2n, with what is left over dropped (scoring.agreed).
    """
    scores = "reviews__scores"
    sums = {
        f"sum_{item.lower()}": Sum(f"{scores}__mark", filter=Q(**{f"{scores}__characteristic": item}))
        for item in Characteristic
    }
    counts = {
        f"count_{item.lower()}": Count(f"{scores}__mark", filter=Q(**{f"{scores}__characteristic": item}))
        for item in Characteristic
    }
    means = {agreed_name(item): _half_up(f"sum_{item.lower()}", f"count_{item.lower()}") for item in Characteristic}
    all_seven = reduce(add, (F(agreed_name(item)) for item in Characteristic))
    return (
        applications.annotate(review_count=Count("reviews", distinct=True), **sums, **counts)
        .annotate(**means)
        .annotate(agreed_total=all_seven)
        .annotate(total_or_none=Coalesce("agreed_total", Value(NO_TOTAL)))
    )


def _half_up(total: str, count: str) -> Case:
    return Case(
        When(**{f"{count}__gt": 0}, then=(F(total) * 2 + F(count)) / (F(count) * 2)),
        default=None,
        output_field=IntegerField(),
    )


def for_the_list(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Everything that one row of the list shows, in one query."""
    order = Case(
        *(When(state=state, then=Value(place)) for place, state in enumerate(STATE_ORDER)),
        default=Value(len(STATE_ORDER)),
        output_field=IntegerField(),
    )
    return with_scores(applications).select_related("person__organisation", "cohort").annotate(state_order=order)


@dataclass(frozen=True)
class Summary:
    """How a cohort's recruitment stands, in figures."""

    places: int
    taken: int
    by_state: dict[str, int]
    unscored: int

    @property
    def left(self) -> int:
        return max(self.places - self.taken, 0)

    @property
    def received(self) -> int:
        return sum(self.by_state.values())

    @property
    def to_decide(self) -> int:
        return self.by_state[Application.State.SUBMITTED]

    @property
    def accepted(self) -> int:
        return self.by_state[Application.State.ACCEPTED]

    @property
    def on_reserve(self) -> int:
        return self.by_state[Application.State.RESERVE]


def summary(cohort: Cohort) -> Summary:
    """Two queries. `taken` counts everybody who holds a place, however they came by it."""
    of_cohort = Application.objects.filter(cohort=cohort)
    counted = {f"n_{state}": Count("pk", filter=Q(state=state)) for state in Application.State}
    unscored = Q(state=Application.State.SUBMITTED) & ~Exists(Review.objects.filter(application=OuterRef("pk")))
    figures = of_cohort.aggregate(**counted, unscored=Count("pk", filter=unscored))
    return Summary(
        places=cohort.capacity,
        taken=cohort.participants.filter(withdrawn_at=None).count(),
        by_state={state: figures[f"n_{state}"] for state in Application.State},
        unscored=figures["unscored"],
    )


def areas_of(cohort: Cohort) -> list[str]:
    """The areas that people applied from, in order of the alphabet."""
    named = Application.objects.filter(cohort=cohort).exclude(person__area="")
    return list(named.order_by("person__area").values_list("person__area", flat=True).distinct())


def with_everything(applications: QuerySet[Application]) -> QuerySet[Application]:
    """For the page of one application: the person, the answers, all scores and all decisions."""
    return (
        with_scores(applications)
        .select_related("person__organisation", "cohort")
        .prefetch_related(
            "person__contact_routes",
            "answers",
            Prefetch(
                "reviews", Review.objects.select_related("reviewer").prefetch_related("scores").order_by("saved_at")
            ),
            Prefetch("decisions", Decision.objects.select_related("by").order_by("-at", "-pk")),
        )
    )


@dataclass(frozen=True)
class Answered:
    """One characteristic on the page where it is scored: question, answer, anchors, and the scores so far.

    `fact` is what the form asks beside the question: the hours a month, which "this time" in question 7 is about.
    """

    criterion: Criterion
    text: str
    agreed: int | None
    fact: str = ""


def answered(application: Application) -> list[Answered]:
    """The seven in their order. Uses the prefetched answers and scores, so it costs no query."""
    texts = {answer.characteristic: answer.text for answer in application.answers.all()}
    marks: dict[str, list[int]] = {item: [] for item in Characteristic}
    for review in application.reviews.all():
        for score in review.scores.all():
            marks[score.characteristic].append(score.mark)
    return [
        Answered(criterion(item), texts.get(item, ""), agreed(marks[item]), _fact(item, application))
        for item in Characteristic
    ]


def _fact(item: Characteristic, application: Application) -> str:
    hours = application.hours_a_month
    if item is not Characteristic.TIME or hours is None:
        return ""
    return "1 hour a month" if hours == 1 else f"{hours} hours a month"


@dataclass(frozen=True)
class ReviewLine:
    """One reviewer's seven marks and their total."""

    name: str
    marks: list[int | None]
    total: int | None


def review_lines(application: Application) -> list[ReviewLine]:
    """A line a reviewer and, where there are several, the agreed scores. Uses what was prefetched."""
    lines = []
    for review in application.reviews.all():
        marks = {score.characteristic: score.mark for score in review.scores.all()}
        lines.append(ReviewLine(str(review.reviewer), [marks.get(item) for item in Characteristic], total(marks)))
    if len(lines) > 1:
        together = [getattr(application, agreed_name(item)) for item in Characteristic]
        lines.append(ReviewLine("Agreed", together, application.agreed_total))
    return lines


@dataclass(frozen=True)
class Blind:
    """An application as a reviewer sees it: what bears on the seven characteristics and nothing that says who wrote it."""

    reference: str
    lived_experience: str
    experience: str
    lay_roles: str
    hours_a_month: int | None
    can_come_every_day: bool
    answers: list[Answered]


def blind(application: Application) -> Blind:
    """Two queries at most, and none of them reads a table about people."""
    texts = dict(CharacteristicAnswer.objects.filter(application=application).values_list("characteristic", "text"))
    return Blind(
        reference=application.reference,
        lived_experience=application.get_lived_experience_display(),
        experience=application.get_experience_display(),
        lay_roles=application.lay_roles,
        hours_a_month=application.hours_a_month,
        can_come_every_day=application.can_come_every_day,
        answers=[
            Answered(criterion(item), texts.get(item, ""), None, _fact(item, application)) for item in Characteristic
        ],
    )


def review_queue(applications: QuerySet[Application], user: Any) -> QuerySet[Application]:
    """Applications still to decide, those that `user` has not scored first, fewest reviews first, then the oldest.

    `applications` must be narrowed to what the user may review. Adds `is_mine_done` and `review_count`.
    """
    mine = Review.objects.filter(application=OuterRef("pk"), reviewer=user)
    return (
        applications.filter(state=Application.State.SUBMITTED)
        .annotate(is_mine_done=Exists(mine), review_count=Count("reviews", distinct=True))
        .order_by("is_mine_done", "review_count", "submitted_at", "pk")
    )


def scores_of(application: Application, user: Any) -> dict[str, tuple[int, str]]:
    """What `user` gave this application so far: mark and reason by characteristic. One query."""
    rows = Score.objects.filter(review__application=application, review__reviewer=user)
    return {row.characteristic: (row.mark, row.reason) for row in rows}


def next_to_score(applications: QuerySet[Application], user: Any, after: Application) -> Application | None:
    """The next application that `user` has not scored; None when all are done. One query."""
    return review_queue(applications, user).filter(is_mine_done=False).exclude(pk=after.pk).first()


def access_needs(application: Application) -> list[AccessNeed]:
    """What the applicant needs to take part. Only for pages whose reader holds ACCESS_NEEDS_VIEW in the cohort."""
    return list(application.person.access_needs.order_by("recorded_at"))


def facts(application: Application, held: frozenset[Permission]) -> list[tuple[str, object]]:
    """Who the applicant is, in the rows that the reader may see. Uses what was prefetched, so it costs no query."""
    person = application.person
    rows: list[tuple[str, object]] = [
        ("Area", person.area),
        ("Patient or carer", application.get_lived_experience_display()),
        ("Organisation", person.organisation.name if person.organisation else ""),
        ("Lay roles for", application.get_experience_display()),
        ("Lay roles", application.lay_roles),
        ("Hours a month", application.hours_a_month),
        ("All days", "Yes" if application.can_come_every_day else "No, or not sure"),
    ]
    if Permission.PEOPLE_VIEW in held:
        rows.append(("Information format", person.get_information_format_display()))
        rows.extend(_contact_rows(person))
    return [(label, "–" if value in ("", None) else value) for label, value in rows]


def _contact_rows(person: Person) -> list[tuple[str, object]]:
    """The ways to reach somebody, the preferred one first and named as such."""
    routes = sorted(person.contact_routes.all(), key=lambda route: (not route.is_preferred, route.kind))
    return [
        (route.get_kind_display() + (" (preferred)" if route.is_preferred else ""), route.value or "not given")
        for route in routes
    ]


@dataclass(frozen=True)
class Progress:
    """A reviewer's queue and how far they are."""

    queue: list[Application]

    @property
    def total(self) -> int:
        return len(self.queue)

    @property
    def done(self) -> int:
        return sum(application.is_mine_done for application in self.queue)

    @property
    def left(self) -> int:
        return self.total - self.done

    @property
    def next(self) -> Application | None:
        return next((application for application in self.queue if not application.is_mine_done), None)
