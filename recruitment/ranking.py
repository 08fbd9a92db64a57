"""The ranking of a cohort's applications, worked out from what reviewers and moderators gave."""

from dataclasses import dataclass

from programmes.characteristics import Characteristic
from programmes.models import Cohort, Participant
from recruitment.models import Application
from recruitment.queries import marks_in_order
from recruitment.scoring import rank
from recruitment.services import standing_scores
from recruitment.states import HOLDING

State = Application.State
OTHER_DECISIONS = {State.RESERVE: "reserve", State.DECLINED: "decline"}


@dataclass(frozen=True)
class Place:
    """One line of the ranking. `scores` are the agreed marks by characteristic; `decision` is None while there is none."""

    rank: int
    reference: str
    total: int
    scores: dict[str, int | None]
    decision: str | None


def ranking(cohort: Cohort) -> list[Place]:
    """Applications with all seven agreed scores, by falling total. Six queries at most, whatever their number.

    From Score and Moderation rows, not from the sums kept beside the applications, so that it checks those as well.
    """
    applications = {row.pk: row for row in Application.objects.counting().filter(cohort=cohort)}
    scores = standing_scores.worked_out(list(applications))
    by_reference = {row.reference: row for row in applications.values()}
    given_up = set(
        Participant.objects.filter(cohort=cohort, withdrawn_at__isnull=False).values_list("person", flat=True)
    )
    places = rank((applications[key].reference, row.total) for key, row in scores.items())
    return [
        Place(
            rank=place.rank,
            reference=place.reference,
            total=place.total,
            scores=dict(zip(Characteristic, marks_in_order(scores[application.pk]), strict=True)),
            decision=_decision(application, given_up),
        )
        for place in places
        for application in (by_reference[place.reference],)
    ]


def _decision(application: Application, given_up: set[int]) -> str | None:
    """Somebody who gave their place back holds none, whatever was decided once."""
    if application.state in HOLDING:
        return None if application.person_id in given_up else "accept"
    return OTHER_DECISIONS.get(State(application.state))
