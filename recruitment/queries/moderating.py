"""Where reviewers differ, and what a moderator reads to settle it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

from programmes.characteristics import Characteristic
from programmes.models import Cohort
from recruitment.models import AgreedScores, Application, Assignment, Moderation, RecruitmentSettings, Review, Score
from recruitment.queries.reviewing import BLIND, Answered, Compared, Opinion, compared, is_done, opinions
from recruitment.scoring import Rules, agreed, is_sampled, reasons_to_settle
from recruitment.screening import Flag, flag

SCORES = [item.name for item in AgreedScores._meta.concrete_fields]


@dataclass(frozen=True)
class Difference:
    """An application whose reviews are all in, and why a moderator looks at it."""

    reference: str
    scores: AgreedScores
    reasons: list[str]
    flags: list[Flag]
    is_sample: bool

    @property
    def is_waiting(self) -> bool:
        return not self.scores.is_moderated and bool(self.reasons or self.flags or self.is_sample)

    @property
    def totals(self) -> str:
        """ "13 to 19"."""
        low, high = self.scores.lowest_total, self.scores.highest_total
        return f"{low}" if low == high else f"{low} to {high}"


@dataclass(frozen=True)
class ModerationQueue:
    """What is to settle (differences before flagged reasons before the sample), what is settled, what still comes."""

    waiting: list[Difference]
    settled: list[Difference]
    reviews_missing: int
    rules: Rules


def moderation_queue(cohort: Cohort, applications: QuerySet[Application]) -> ModerationQueue:
    """`applications` must be narrowed to what the reader may moderate. Four queries, whatever their number."""
    rules = rules_of(cohort)
    here = applications.filter(cohort=cohort)
    rows = AgreedScores.objects.filter(application__in=complete(here).order_by().values("pk"))
    known = list(rows.annotate(reference=F("application__reference")).order_by("reference"))
    flags = flags_of([row.pk for row in known if not row.is_moderated])
    differences = [difference_of(row.reference, row, rules, flags.get(row.pk, [])) for row in known]
    return ModerationQueue(
        waiting=sorted((row for row in differences if row.is_waiting), key=_most_urgent),
        settled=[row for row in differences if row.scores.is_moderated],
        reviews_missing=here.for_reviewers().count() - len(known),
        rules=rules,
    )


def rules_of(cohort: Cohort) -> Rules:
    """From where a difference is for a moderator, in this cohort. One query."""
    settings = RecruitmentSettings.objects.of(cohort)
    return Rules(settings.wide_gap, settings.wide_total_gap, settings.cut)


def complete(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Applications to decide whose reviews are all in, two or more, with their agreed scores. Nothing about people."""
    given = Assignment.objects.filter(application=OuterRef("pk")).order_by().values("application")
    return (
        applications.for_reviewers()
        .annotate(assigned=Coalesce(Subquery(given.annotate(number=Count("pk")).values("number")), 0))
        .filter(agreed_scores__reviews__gte=Greatest(Value(2), F("assigned")))
        .select_related("agreed_scores", "cohort")
        .only(*BLIND, *(f"agreed_scores__{name}" for name in SCORES))
        .order_by("reference")
    )


def difference_of(reference: str, scores: AgreedScores, rules: Rules, flags: list[Flag]) -> Difference:
    """Why a moderator looks at this application. No query."""
    reasons = reasons_to_settle(scores.widest_gap, scores.lowest_total or 0, scores.highest_total or 0, rules)
    return Difference(reference, scores, reasons, flags, not reasons and not flags and is_sampled(reference))


def _most_urgent(row: Difference) -> tuple[bool, bool, int, str]:
    return row.is_sample, not row.reasons, -row.scores.widest_gap, row.reference


def flags_of(applications: list[int]) -> dict[int, list[Flag]]:
    """{application: words in reasons that a moderator should read}. One query."""
    found: dict[int, list[Flag]] = defaultdict(list)
    rows = Score.objects.filter(review__application__in=applications).order_by()
    for application, item, mark, reason in rows.values_list("review__application", "characteristic", "mark", "reason"):
        if flagged := flag(item, mark, reason):
            found[application].append(flagged)
    return found


@dataclass(frozen=True)
class Settling:
    """One characteristic on the moderator's page: everybody's marks and reasons, and what they come to.

    `suggested` is None where they differ too much: there the moderator chooses.
    """

    answered: Answered
    marks: list[tuple[str, int, str, Flag | None]]
    gap: int
    words: str
    suggested: int | None
    is_wide: bool


def reviews_in(application: Application) -> list[Opinion]:
    """The complete reviews as "Reviewer A", "Reviewer B". Two queries, none about people."""
    reviews = Review.objects.filter(application=application).prefetch_related("scores").order_by("pk")
    return opinions([row for row in reviews if is_done(row)])


def settling(answers: Iterable[Answered], reviews: list[Opinion], rules: Rules) -> list[Settling]:
    """The seven with what the moderator needs to settle each. No query."""
    return [_settling(row, rules) for row in compared(list(answers), reviews)]


def _settling(row: Compared, rules: Rules) -> Settling:
    characteristic = row.answered.criterion.characteristic
    return Settling(
        answered=row.answered,
        marks=[(name, mark, reason, flag(characteristic, mark, reason)) for name, mark, reason in row.marks],
        gap=row.gap,
        words=row.words,
        suggested=agreed([mark for _, mark, _ in row.marks]) if row.gap < rules.wide_gap else None,
        is_wide=row.gap >= rules.wide_gap,
    )


@dataclass(frozen=True)
class Settled:
    """One moderation as the history tells it."""

    moderation: Moderation
    marks: list[int | None]

    @property
    def total(self) -> int:
        return sum(mark or 0 for mark in self.marks)


def moderations_of(application: Application) -> list[Settled]:
    """The newest first. Two queries."""
    rows = Moderation.objects.filter(application=application).select_related("by").prefetch_related("marks")
    return [_settled(row) for row in rows.order_by("-at", "-pk")]


def _settled(row: Moderation) -> Settled:
    marks = {mark.characteristic: mark.mark for mark in row.marks.all()}
    return Settled(row, [marks.get(item) for item in Characteristic])
