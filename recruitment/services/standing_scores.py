"""Keeps AgreedScores true: what the reviews and moderations of an application come to."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction

from programmes.characteristics import Characteristic
from recruitment.models import AgreedMark, AgreedScores, Application, Moderation, Review, Score
from recruitment.scoring import agreed, total, widest_gap

Marks = dict[str, int]
FIELDS = [item.lower() for item in Characteristic]
WORKED_OUT = [
    *FIELDS,
    "total",
    "reviews",
    "widest_gap",
    "lowest_total",
    "highest_total",
    "single_issue",
    "is_moderated",
]


@transaction.atomic
def refresh(applications: Iterable[Application | int]) -> None:
    """Work the agreed scores of these applications out anew. Five queries, whatever their number.

    Call it in the transaction that changed a review or a moderation.
    """
    keys = [item if isinstance(item, int) else item.pk for item in applications]
    rows = list(worked_out(keys).values())
    AgreedScores.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["application"], update_fields=WORKED_OUT
    )


def worked_out(keys: list[int]) -> dict[int, AgreedScores]:
    """{application's key: what its scores come to}, from the reviews and moderations themselves. Not saved."""
    reviews: dict[int, dict[int, Marks]] = defaultdict(dict)
    single: dict[int, int] = defaultdict(int)
    for application, review, is_single in Review.objects.filter(application__in=keys).values_list(
        "application", "pk", "is_single_issue"
    ):
        reviews[application][review] = {}
        single[application] += is_single
    marks = Score.objects.filter(review__application__in=keys)
    for application, review, item, mark in marks.values_list("review__application", "review", "characteristic", "mark"):
        reviews[application][review][item] = mark
    moderated = _moderated(keys)
    return {key: _one(key, list(reviews[key].values()), moderated.get(key), single[key]) for key in keys}


def _moderated(keys: list[int]) -> dict[int, Marks]:
    """The marks of the newest moderation of each application that has one."""
    newest = dict(Moderation.objects.filter(application__in=keys).order_by("at", "pk").values_list("application", "pk"))
    found: dict[int, Marks] = {application: {} for application in newest}
    rows = AgreedMark.objects.filter(moderation__in=newest.values())
    for application, item, mark in rows.values_list("moderation__application", "characteristic", "mark"):
        found[application][item] = mark
    return found


def _one(key: int, reviews: list[Marks], moderated: Marks | None, single_issue: int) -> AgreedScores:
    """A review with fewer than seven marks is begun, not done: its marks count where they are, and it is no review yet.

    So nobody has a total before one review is done or a moderator has said so.
    """
    scores = {
        item.lower(): (moderated or {}).get(item, agreed([marks[item] for marks in reviews if item in marks]))
        for item in Characteristic
    }
    complete = [marks for marks in reviews if len(marks) == len(Characteristic)]
    totals = [sum(marks.values()) for marks in complete]
    return AgreedScores(
        application_id=key,
        **scores,
        total=total(scores) if complete or moderated else None,
        reviews=len(complete),
        widest_gap=widest_gap(complete) if len(complete) > 1 else 0,
        lowest_total=min(totals, default=None),
        highest_total=max(totals, default=None),
        single_issue=single_issue,
        is_moderated=moderated is not None,
    )
