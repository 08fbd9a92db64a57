"""Everybody on whom there is still to decide, in the order of the agreed scores, and where the places end."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from programmes.models import Cohort
from recruitment.models import Application, PendingDecision, RecruitmentSettings
from recruitment.places import Places, places_of
from recruitment.queries.applications import scores_of_row
from recruitment.scoring import Rules, rank, reasons_to_settle

State, Eligibility, Outcome = Application.State, Application.Eligibility, PendingDecision.Outcome
# An organiser decides on these; those who were offered a place stand on the page of offers.
TO_DECIDE = (State.SUBMITTED, State.RESERVE)
# A prepared decision in a narrow column.
SHORT = {Outcome.ACCEPT: "Offer", Outcome.RESERVE: "Reserve", Outcome.DECLINE: "Decline"}


@dataclass(frozen=True)
class Candidate:
    """One application on the page of decisions. `rank` is None without a total, and for those who are not eligible.

    `ends_the_places`: the last place goes to this row. `settle` says why a moderator should look first.
    """

    application: Application
    rank: int | None
    is_equal: bool
    settle: tuple[str, ...]
    pending: PendingDecision | None
    is_below_cut: bool
    ends_the_places: bool = False

    @property
    def total(self) -> int | None:
        return scores_of_row(self.application).total

    @property
    def prepared_word(self) -> str:
        return SHORT[Outcome(self.pending.outcome)] if self.pending else ""

    @property
    def is_eligible(self) -> bool:
        return self.application.eligibility != Eligibility.NOT_ELIGIBLE

    @property
    def is_settled(self) -> bool:
        """Whether the scores can carry a decision as they stand."""
        return self.total is not None and not self.settle

    @property
    def can_be_offered(self) -> bool:
        return self.is_eligible and self.is_settled and not self.is_below_cut and self.pending is None


@dataclass(frozen=True)
class Ranking:
    """The candidates in order, the places, and what the order alone cannot say."""

    candidates: list[Candidate]
    places: Places
    rules: Rules
    hours_asked: int
    awaiting: int

    @property
    def prepared(self) -> dict[str, int]:
        """How many of each outcome are prepared."""
        counted = Counter(candidate.pending.outcome for candidate in self.candidates if candidate.pending)
        return {outcome: counted[outcome] for outcome in Outcome}

    @property
    def is_prepared(self) -> bool:
        """Whether anything is."""
        return any(candidate.pending for candidate in self.candidates)

    @property
    def is_unsettled(self) -> bool:
        """Whether the scores of anybody who is eligible cannot carry a decision yet."""
        return any(item.is_eligible and not item.is_settled for item in self.candidates)

    @property
    def places_to_prepare(self) -> int:
        """Places that are neither held nor meant for somebody."""
        return max(self.places.left - self.prepared[Outcome.ACCEPT], 0)

    @property
    def tie(self) -> str:
        """Words for people who are equal where the places end; "" when the order alone decides."""
        last = next((item for item in self.candidates if item.ends_the_places), None)
        if last is None:
            return ""
        equal = [item for item in self.candidates if item.rank == last.rank]
        fitting = equal.index(last) + 1
        if fitting == len(equal):
            return ""
        left = "1 place is" if fitting == 1 else f"{fitting} places are"
        return (
            f"{len(equal)} people are equal at rank {last.rank} with {last.total} points, and {left} left for them. "
            "The scores cannot choose between them: people do, and write why."
        )

    def top_that_fit(self) -> list[str]:
        """References of the best who can be offered the free places. Equals who do not all fit are left out."""
        fitting = [item for item in self.candidates if item.can_be_offered]
        chosen, left_out = fitting[: self.places_to_prepare], fitting[self.places_to_prepare :]
        if left_out:
            chosen = [item for item in chosen if item.rank != left_out[0].rank]
        return [item.application.reference for item in chosen]


def ranking_of(cohort: Cohort, applications: QuerySet[Application]) -> Ranking:
    """`applications` must be narrowed to what the reader may decide on. Five queries, whatever their number.

    Those without a total come after the ranked ones, and those who are not eligible last.
    """
    rows = list(for_deciding(applications.filter(state__in=TO_DECIDE)))
    settings, places = RecruitmentSettings.objects.of(cohort), places_of(cohort)
    rules = _rules(settings)
    awaiting = applications.filter(state=State.AWAITING).count()
    return Ranking(_in_order(rows, rules, places.left), places, rules, settings.hours_asked, awaiting)


def for_deciding(applications: QuerySet[Application]) -> QuerySet[Application]:
    """What one row of the page shows, in one query."""
    return applications.select_related("person__organisation", "cohort", "agreed_scores", "pending").order_by(
        "reference"
    )


def _in_order(rows: Sequence[Application], rules: Rules, places: int) -> list[Candidate]:
    eligible = {row.reference: row for row in rows if row.eligibility != Eligibility.NOT_ELIGIBLE}
    ranked = rank((row.reference, scores_of_row(row).total) for row in eligible.values())
    sharing = Counter(place.rank for place in ranked)
    candidates = [
        _candidate(
            eligible.pop(place.reference), rules, place.rank, is_equal=sharing[place.rank] > 1, ends=position == places
        )
        for position, place in enumerate(ranked, start=1)
    ]
    unranked = [*eligible.values(), *(row for row in rows if row.eligibility == Eligibility.NOT_ELIGIBLE)]
    return candidates + [_candidate(row, rules, None) for row in unranked]


def _candidate(
    row: Application, rules: Rules, place: int | None, *, is_equal: bool = False, ends: bool = False
) -> Candidate:
    total = scores_of_row(row).total
    return Candidate(
        application=row,
        rank=place,
        is_equal=is_equal,
        settle=tuple(to_settle(row, rules)),
        pending=getattr(row, "pending", None),
        is_below_cut=total is not None and total < rules.cut,
        ends_the_places=ends,
    )


def to_settle(row: Application, rules: Rules) -> list[str]:
    """Why a moderator should look before anybody decides; nothing once one has. Needs select_related agreed_scores."""
    scores = scores_of_row(row)
    if scores.is_moderated or scores.lowest_total is None or scores.reviews < 2:
        return []
    return reasons_to_settle(scores.widest_gap, scores.lowest_total, scores.highest_total, rules)


def rules_of(cohort: Cohort) -> Rules:
    """From where differences are for a moderator, in this cohort. One query."""
    return _rules(RecruitmentSettings.objects.of(cohort))


def _rules(settings: RecruitmentSettings) -> Rules:
    return Rules(settings.wide_gap, settings.wide_total_gap, settings.cut)


def pending_of(application: Application) -> PendingDecision | None:
    """What is prepared for one application, with who prepared it. One query."""
    return PendingDecision.objects.filter(application=application).select_related("by").first()
