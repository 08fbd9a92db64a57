"""The marks of a cohort's reviewers, as recruitment.calibration takes them, and what comes out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum

from core.rounding import mean
from people.models import User
from programmes.characteristics import SHORT_NAMES, Characteristic
from programmes.models import Cohort
from recruitment.calibration import (
    ENOUGH_REVIEWS,
    Agreement,
    Severity,
    agreement,
    pair_table,
    severities,
    standardised,
)
from recruitment.models import AgreedScores, Application, Review, Score
from recruitment.scoring import rank
from recruitment.sentences import counted

Marks = dict[str, dict[int, dict[int, int]]]


@dataclass(frozen=True)
class Shift:
    """Where an application stands by its agreed total, and where it would stand if strictness were taken out."""

    reference: str
    total: int
    place: int
    standardised: Decimal
    standardised_place: int

    @property
    def moves(self) -> int:
        """Places up (positive) or down."""
        return self.place - self.standardised_place

    @property
    def words(self) -> str:
        """ "3 places up"."""
        return f"{counted(abs(self.moves), 'place')} {'up' if self.moves > 0 else 'down'}"


@dataclass(frozen=True)
class Calibration:
    """What the page shows. Nothing here changes a score."""

    reviewers: list[tuple[User, Severity]]
    agreements: list[tuple[str, Agreement]]
    shifts: list[Shift]
    reviews: int


def calibration_of(cohort: Cohort) -> Calibration:
    """Three queries, whatever the number of reviews."""
    marks = _complete(_marks(cohort))
    totals = _totals(marks)
    by_reviewer = severities(totals)
    users = User.objects.filter(pk__in=by_reviewer).order_by("name", "pk")
    return Calibration(
        reviewers=[(user, by_reviewer[user.pk]) for user in users],
        agreements=[(name, agreement(pair_table(marks[item].values()))) for item, name in SHORT_NAMES.items()],
        shifts=_shifts(cohort, standardised(totals)),
        reviews=sum(len(row) for row in totals.values()),
    )


def _marks(cohort: Cohort) -> Iterable[tuple[int, int, str, int]]:
    scores = Score.objects.filter(review__application__cohort=cohort).order_by()
    return scores.values_list("review__application_id", "review__reviewer_id", "characteristic", "mark")


def _complete(rows: Iterable[tuple[int, int, str, int]]) -> Marks:
    """{characteristic: {application: {reviewer: mark}}}, without the reviews that are only begun."""
    reviews: dict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    for application, reviewer, item, mark in rows:
        reviews[application, reviewer][item] = mark
    found: Marks = {item: defaultdict(dict) for item in Characteristic}
    for (application, reviewer), given in reviews.items():
        if len(given) == len(Characteristic):
            for item, mark in given.items():
                found[item][application][reviewer] = mark
    return found


def _totals(marks: Marks) -> dict[int, dict[int, int]]:
    totals: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for by_application in marks.values():
        for application, by_reviewer in by_application.items():
            row = totals[application]
            for reviewer, mark in by_reviewer.items():
                row[reviewer] += mark
    return totals


def _shifts(cohort: Cohort, scores: dict[int, Decimal]) -> list[Shift]:
    """Those that would move, the farthest first; by reference where they move as far."""
    kept = AgreedScores.objects.filter(application__in=scores, total__isnull=False, application__cohort=cohort)
    rows = {
        reference: (total, scores[application])
        for application, reference, total in kept.values_list("application", "application__reference", "total")
    }
    by_total = {place.reference: place.rank for place in rank((key, total) for key, (total, _) in rows.items())}
    by_score = {
        place.reference: place.rank for place in rank((key, int(score * 100)) for key, (_, score) in rows.items())
    }
    shifts = [Shift(key, total, by_total[key], score, by_score[key]) for key, (total, score) in rows.items()]
    return sorted((row for row in shifts if row.moves), key=lambda row: (-abs(row.moves), row.reference))


@dataclass(frozen=True)
class OwnLine:
    """How one reviewer scores beside the others of a cohort, without saying who they are."""

    cohort: str
    n: int
    average: Decimal | None
    others_n: int
    others_average: Decimal | None


def own_lines(applications: QuerySet[Application], user: Any) -> list[OwnLine]:
    """A line for each cohort in which `user` and the others have five complete reviews or more. One query.

    Fewer would tell what a single other reviewer gave.
    """
    totals: dict[str, dict[bool, list[int]]] = defaultdict(lambda: {True: [], False: []})
    reviews = Review.objects.filter(application__in=applications.values("pk"))
    complete = reviews.annotate(marks=Count("scores"), total=Sum("scores__mark")).filter(marks=len(Characteristic))
    for cohort, reviewer, total in complete.order_by("application__cohort").values_list(
        "application__cohort__title", "reviewer", "total"
    ):
        totals[cohort][reviewer == user.pk].append(total)
    return [
        OwnLine(cohort, len(own), mean(sum(own), len(own)), len(others), mean(sum(others), len(others)))
        for cohort, (own, others) in ((name, (found[True], found[False])) for name, found in totals.items())
        if len(own) >= ENOUGH_REVIEWS and len(others) >= ENOUGH_REVIEWS
    ]
