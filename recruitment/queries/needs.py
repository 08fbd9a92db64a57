"""What waits for somebody in a cohort's applications: one rule each, for the list's filter and for the figures above it."""

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q

from recruitment.models import Application, Assignment, RecruitmentSettings

State, Eligibility = Application.State, Application.Eligibility
SCORES = "agreed_scores__"


@dataclass(frozen=True)
class Need:
    """Something to do. `label` names it as a filter; `words` says it of a number: "3 answers to write down"."""

    key: str
    label: str
    words: str
    rows: Q


def needs_of(settings: RecruitmentSettings) -> list[Need]:
    """Everything that can wait, in the order of the work. No query."""
    to_decide = Q(state=State.SUBMITTED) & ~Q(eligibility=Eligibility.NOT_ELIGIBLE)
    enough = Q(**{f"{SCORES}reviews__gte": settings.reviews_per_application})
    assigned = Exists(Assignment.objects.filter(application=OuterRef("pk")))
    prepared = Q(pending__isnull=False)
    spoken = Application.objects.to_write_down().values("pk")
    reviewed = Q(**{f"{SCORES}reviews__gt": 0})
    return [
        Need("agreement", "Awaiting agreement", "awaiting agreement", Q(state=State.AWAITING)),
        Need(
            "eligibility",
            "Eligibility not checked",
            "with eligibility to check",
            to_decide & _eq(Eligibility.UNCHECKED),
        ),
        Need("answers", "Answers to write down", "with answers to write down", Q(pk__in=spoken)),
        Need("reviewer", "No reviewer yet", "without a reviewer", to_decide & ~enough & ~Q(assigned) & ~reviewed),
        Need("reviews", "Reviews missing", "in review", to_decide & ~enough & (Q(assigned) | reviewed)),
        Need("difference", "Difference to settle", "with a difference to settle", to_decide & differs(settings)),
        Need(
            "ready",
            "Ready to decide",
            "ready to decide",
            to_decide & _eq(Eligibility.ELIGIBLE) & enough & ~differs(settings) & ~prepared,
        ),
        Need("prepared", "Decision prepared", "with a decision prepared", Q(state=State.SUBMITTED) & prepared),
        Need("offer", "Offer unanswered", "with an offer unanswered", Q(state=State.OFFERED)),
    ]


def differs(settings: RecruitmentSettings) -> Q:
    """Where reviewers disagree so much that a moderator looks, by recruitment.scoring.reasons_to_moderate as SQL."""
    lowest = F(f"{SCORES}lowest_total")
    wide = Q(**{f"{SCORES}widest_gap__gte": settings.wide_gap})
    wide_total = Q(**{f"{SCORES}highest_total__gte": lowest + settings.wide_total_gap})
    astride = Q(**{f"{SCORES}lowest_total__lt": settings.cut, f"{SCORES}highest_total__gte": settings.cut})
    several = Q(**{f"{SCORES}reviews__gte": 2, f"{SCORES}is_moderated": False})
    return several & (wide | wide_total | astride)


def _eq(eligibility: str) -> Q:
    return Q(eligibility=eligibility)
