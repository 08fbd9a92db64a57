"""Offers that wait for an answer, and who comes next."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, CharField, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Concat

from core.models import Message
from programmes.models import Cohort
from recruitment.models import Application, Offer
from recruitment.queries.applications import scores_of_row
from recruitment.scoring import rank

State = Application.State


@dataclass(frozen=True)
class Waiting:
    """One person on the reserve list. `rank` is None without a total: they come after everybody who has one."""

    application: Application
    rank: int | None

    @property
    def total(self) -> int | None:
        return scores_of_row(self.application).total


def reserve_list(cohort: Cohort) -> list[Waiting]:
    """Everybody on the reserve list by agreed score; equals share a rank. One query."""
    on_it = Application.objects.filter(cohort=cohort, state=State.RESERVE).exclude(
        eligibility=Application.Eligibility.NOT_ELIGIBLE
    )
    rows = {row.reference: row for row in on_it.select_related("person__organisation", "cohort", "agreed_scores")}
    ranked = rank((reference, scores_of_row(row).total) for reference, row in sorted(rows.items()))
    waiting = [Waiting(rows.pop(place.reference), place.rank) for place in ranked]
    return waiting + [Waiting(row, None) for row in rows.values()]


def next_in_line(waiting: Sequence[Waiting]) -> list[Waiting]:
    """The first, or all who share the first rank."""
    return [item for item in waiting if item.rank == waiting[0].rank] if waiting else []


class Standing:
    """How an offer stands, as the number by which the list is ordered: those who are silent come first."""

    SILENT, YES, NO, ENDED = range(4)


STANDING_WORDS = {
    Standing.SILENT: "No answer yet",
    Standing.YES: "Yes",
    Standing.NO: "No",
    Standing.ENDED: "Taken back or given on",
}


def offers_of(applications: QuerySet[Application]) -> QuerySet[Offer]:
    """Every offer, with `standing` and `letter` (the state of its letter). `applications` must be the reader's.

    Two queries: the offers, and the ways to reach the people.
    """
    standing = Case(
        When(answer=Offer.Answer.YES, then=Value(Standing.YES)),
        When(answer=Offer.Answer.NO, then=Value(Standing.NO)),
        When(ended_at__isnull=False, then=Value(Standing.ENDED)),
        default=Value(Standing.SILENT),
        output_field=IntegerField(),
    )
    key = Concat(Value("decision:"), Cast("decision_id", CharField()), output_field=CharField())
    letter = Message.objects.filter(key=OuterRef("letter_key")).values("state")[:1]
    return (
        Offer.objects.filter(application__in=applications)
        .select_related("application__person", "application__cohort")
        .prefetch_related("application__person__contact_routes")
        .annotate(standing=standing, letter_key=key)
        .annotate(letter=Subquery(letter))
    )
