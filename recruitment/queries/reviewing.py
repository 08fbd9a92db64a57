"""What a reviewer sees: answers and anchors, and nothing that says who wrote them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from programmes.characteristics import SHORT_NAMES, Characteristic
from recruitment.blindness import is_revealed
from recruitment.models import Application, Assignment, CharacteristicAnswer, ConflictOfInterest, Review
from recruitment.rubric import Criterion, criterion
from recruitment.scoring import agreed
from recruitment.sentences import counted


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


# What a reviewer's pages read of an application: nothing that leads to a person.
BLIND = (
    "pk",
    "reference",
    "state",
    "eligibility",
    "lived_experience",
    "experience",
    "lay_roles",
    "hours_a_month",
    "can_come_every_day",
    "submitted_at",
    "cohort__title",
    "cohort__slug",
)


def my_reviews(applications: QuerySet[Application], user: Any) -> QuerySet[Application]:
    """The applications that were given to `user` and are still to decide; `applications` must be narrowed to their cohorts.

    Adds `my_marks` (None: not begun), `review_count` and `assigned`. Reads no table about people.
    """
    mine = Review.objects.filter(application=OuterRef("pk"), reviewer=user).annotate(marks=Count("scores"))
    given = Assignment.objects.filter(application=OuterRef("pk")).order_by().values("application")
    return (
        applications.for_reviewers()
        .filter(assignments__reviewer=user)
        .select_related("cohort")
        .only(*BLIND)
        .annotate(
            my_marks=Subquery(mine.values("marks")),
            review_count=Coalesce("agreed_scores__reviews", 0),
            assigned=Subquery(given.annotate(number=Count("pk")).values("number")),
        )
        .order_by("review_count", "submitted_at", "pk")
    )


@dataclass(frozen=True)
class Place:
    """One application in a reviewer's queue."""

    application: Application
    is_skipped: bool = False

    @property
    def is_done(self) -> bool:
        return self.application.my_marks == len(Characteristic)

    @property
    def is_started(self) -> bool:
        return self.application.my_marks is not None

    @property
    def are_all_in(self) -> bool:
        row = self.application
        return self.is_done and row.review_count > 1 and row.review_count >= row.assigned

    @property
    def state(self) -> tuple[str, str]:
        """Words and colour."""
        if self.are_all_in:
            return "All reviews in", "grey"
        if self.is_done:
            return "Done", "green"
        if self.is_started:
            return "Started", "yellow"
        return ("Left for later", "white") if self.is_skipped else ("To do", "blue")


@dataclass(frozen=True)
class Progress:
    """A reviewer's queue, what is left first, and how far they are."""

    queue: list[Place]

    @property
    def total(self) -> int:
        return len(self.queue)

    @property
    def done(self) -> int:
        return sum(place.is_done for place in self.queue)

    @property
    def left(self) -> int:
        return self.total - self.done

    @property
    def next(self) -> Application | None:
        return next((place.application for place in self.queue if not place.is_done), None)

    def next_after(self, reference: str) -> Application | None:
        """What to read next when `reference` is saved or left for later. None when there is nothing else."""
        left = [place.application for place in self.queue if not place.is_done]
        return next((row for row in left if row.reference != reference), None)

    def place_of(self, reference: str) -> Place | None:
        return next((place for place in self.queue if place.application.reference == reference), None)


def progress_of(applications: QuerySet[Application], user: Any, skipped: Sequence[str] = ()) -> Progress:
    """The queue of `my_reviews`: to do before done, left for later last, the least reviewed first. One query."""
    places = [Place(row, row.reference in skipped) for row in my_reviews(applications, user)]
    order = {reference: number for number, reference in enumerate(skipped, start=1)}
    return Progress(sorted(places, key=lambda place: (place.is_done, order.get(place.application.reference, 0))))


def declared_by(applications: QuerySet[Application], user: Any) -> list[str]:
    """References of the applications that `user` must not read, because they said so. One query."""
    told = applications.filter(conflicts__reviewer=user, conflicts__kind=ConflictOfInterest.Kind.DECLARED)
    return list(told.order_by("reference").values_list("reference", flat=True))


@dataclass(frozen=True)
class Opinion:
    """One review without the name of who wrote it: "Reviewer B"."""

    name: str
    scores: dict[str, tuple[int, str]] = field(default_factory=dict)
    is_single_issue: bool = False
    development_needs: list[str] = field(default_factory=list)
    development_note: str = ""

    @property
    def total(self) -> int:
        return sum(mark for mark, _ in self.scores.values())

    @property
    def support(self) -> str:
        """Where the person would need support, in words."""
        named = ", ".join(SHORT_NAMES[Characteristic(code)] for code in self.development_needs)
        return ": ".join(part for part in (named, self.development_note) if part)

    def remarks(self) -> dict[str, Any]:
        """What stands beside the marks, as the score sheet takes it."""
        return {
            "is_single_issue": self.is_single_issue,
            "development_needs": self.development_needs,
            "development_note": self.development_note,
        }


@dataclass(frozen=True)
class MyReview:
    """What `user` gave an application so far, and what others gave it once all reviews are in."""

    own: Opinion
    is_begun: bool
    is_revealed: bool
    others: list[Opinion]


def my_review(application: Application, user: Any) -> MyReview:
    """Three queries, none of them about people. The others' marks are left out until all are in."""
    reviews = list(Review.objects.filter(application=application).prefetch_related("scores").order_by("pk"))
    given = Assignment.objects.filter(application=application).values_list("reviewer", "at")
    done = {row.reviewer_id: row.saved_at for row in reviews if is_done(row)}
    revealed = user.pk in done and is_revealed(given, done)
    mine = next((row for row in reviews if row.reviewer_id == user.pk), None)
    others = [row for row in reviews if row.reviewer_id != user.pk and row.reviewer_id in done]
    return MyReview(
        own=_opinion("You", mine) if mine else Opinion("You"),
        is_begun=mine is not None,
        is_revealed=revealed,
        others=opinions(others, first="B") if revealed else [],
    )


def is_done(review: Review) -> bool:
    """Whether all seven marks are there. Needs prefetched scores."""
    return len(review.scores.all()) == len(Characteristic)


def opinions(reviews: Sequence[Review], first: str = "A") -> list[Opinion]:
    """Reviews as "Reviewer A", "Reviewer B" and so on, in the order given. Needs prefetched scores."""
    return [_opinion(f"Reviewer {chr(ord(first) + place)}", row) for place, row in enumerate(reviews)]


def _opinion(name: str, review: Review) -> Opinion:
    scores = {row.characteristic: (row.mark, row.reason) for row in review.scores.all()}
    return Opinion(name, scores, review.is_single_issue, review.development_needs, review.development_note)


@dataclass(frozen=True)
class Compared:
    """One characteristic with everybody's mark and reason: (name, mark, reason)."""

    answered: Answered
    marks: list[tuple[str, int, str]]

    @property
    def gap(self) -> int:
        values = [mark for _, mark, _ in self.marks]
        return max(values) - min(values)

    @property
    def words(self) -> str:
        """ "The same mark", "1 mark apart"."""
        return "The same mark" if not self.gap else f"{counted(self.gap, 'mark')} apart"


def compared(answers: Sequence[Answered], reviews: Sequence[Opinion]) -> list[Compared]:
    """The seven with the marks of complete reviews beside each other. No query."""
    return [
        Compared(item, [(row.name, *row.scores[item.criterion.characteristic]) for row in reviews]) for item in answers
    ]
