"""What a reviewer sees: answers and anchors, and nothing that says who wrote them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from programmes.characteristics import Characteristic
from recruitment.models import Application, CharacteristicAnswer, Review, Score
from recruitment.rubric import Criterion, criterion
from recruitment.scoring import agreed


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
