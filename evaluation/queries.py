"""Questions that several pages, commands and the report ask of the answers."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from core.rounding import percent
from core.tokens import hash_of
from evaluation.models import Answer, Invitation, Item, Response, Wave
from evaluation.statistics import intervals, suppression
from evaluation.statistics.scores import Distribution, Scores, distribution_of
from programmes.models import Participant


# --- results of a wave -----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Share:
    """The part that gave 4 or 5, from 0 to 1, with its 95 % Wilson interval."""

    share: Decimal
    low: Decimal
    high: Decimal

    def as_dict(self) -> dict[str, object]:
        return {"share": str(self.share), "interval": [str(self.low), str(self.high)]}


@dataclass(frozen=True)
class ItemResult:
    """What one audience may see of one question. A figure that is withheld is None here, so no page can leak it.

    `absent` counts "I was not there"; it is for organisers only, and None for others.
    """

    key: str
    stem: str
    text: str
    n: int
    absent: int | None
    average: Decimal | None
    distribution: Distribution | None
    share_4_5: Share | None
    suppressed: str | None

    def as_dict(self) -> dict[str, object]:
        return {
            "key": self.key,
            "text": self.text,
            "n": self.n,
            "average": None if self.average is None else str(self.average),
            "distribution": None if self.distribution is None else list(self.distribution),
            "share_4_5": None if self.share_4_5 is None else self.share_4_5.as_dict(),
            "suppressed": self.suppressed,
        }


@dataclass(frozen=True)
class WaveResults:
    """One wave's figures for one audience. `forms` counts forms with at least one mark; `able`, who has not withdrawn."""

    cohort: str
    wave: str
    audience: suppression.Audience
    forms: int
    able: int
    items: tuple[ItemResult, ...]

    @property
    def response_rate(self) -> Decimal | None:
        """Forms in per cent of those who could answer; None when nobody could."""
        return percent(self.forms, self.able)

    @property
    def response_rate_attended(self) -> Decimal | None:
        """Forms in per cent of those who came that day: None, because attendance is not recorded."""
        return None

    def as_dict(self) -> dict[str, object]:
        """The JSON of the contract for machines: every decimal as text."""
        rates = {"response_rate": self.response_rate, "response_rate_attended": self.response_rate_attended}
        return {
            "cohort": self.cohort,
            "wave": self.wave,
            "forms": self.forms,
            "able": self.able,
            **{name: None if rate is None else str(rate) for name, rate in rates.items()},
            "items": [item.as_dict() for item in self.items],
        }


def wave_results(wave: Wave, audience: suppression.Audience = "organiser") -> WaveResults:
    """The figures of a wave as `audience` may see them. Four queries, and one more where `wave.cohort` is not loaded."""
    answers = Answer.objects.filter(wave=wave)
    counted = answers.values("item_id", "mark").annotate(times=Count("pk")).order_by()
    marks: dict[int, dict[int | None, int]] = {}
    for row in counted:
        marks.setdefault(row["item_id"], {})[row["mark"]] = row["times"]
    items = Item.objects.filter(version_id=wave.version_id).order_by("position")
    return WaveResults(
        cohort=wave.cohort.slug,
        wave=wave.slug,
        audience=audience,
        forms=answers.exclude(mark=None).aggregate(forms=Count("response", distinct=True))["forms"],
        able=Participant.objects.filter(cohort_id=wave.cohort_id).able().count(),
        items=tuple(_item_result(item, marks.get(item.pk, {}), audience) for item in items),
    )


def _item_result(item: Item, counts: dict[int | None, int], audience: suppression.Audience) -> ItemResult:
    scores = Scores(distribution_of({mark: times for mark, times in counts.items() if mark is not None}))
    reason = suppression.reason_to_withhold(scores.n, audience)
    shown = reason is None
    return ItemResult(
        key=item.key,
        stem=item.stem,
        text=item.text,
        n=scores.n,
        absent=counts.get(None, 0) if audience == "organiser" else None,
        average=scores.average if shown else None,
        distribution=scores.distribution if shown else None,
        share_4_5=_share(scores) if shown else None,
        suppressed=reason,
    )


def _share(scores: Scores) -> Share | None:
    interval, share = intervals.wilson(scores.high, scores.n), scores.share_high
    return None if interval is None or share is None else Share(share, *interval)


# --- lists of waves, people and forms ----------------------------------------------------------------------
def with_counts(waves: QuerySet[Wave]) -> QuerySet[Wave]:
    """Each wave with `able`, `invited`, `answered` (of those with a link) and `forms` (with at least one mark)."""
    able = Participant.objects.filter(cohort=OuterRef("cohort")).able()
    invitations = Invitation.objects.filter(wave=OuterRef("pk"), participant__withdrawn_at=None)
    forms = Answer.objects.filter(wave=OuterRef("pk")).exclude(mark=None)
    return waves.annotate(
        able=_count(able, "cohort"),
        invited=_count(invitations, "wave"),
        answered=_count(invitations.filter(has_answered=True), "wave"),
        forms=_count(forms, "wave", Count("response", distinct=True)),
    )


def _count(rows: QuerySet, group: str, count: Count | None = None) -> Coalesce:
    counted = rows.order_by().values(group).annotate(counted=count or Count("pk")).values("counted")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def with_invitations(participants: QuerySet[Participant], wave: Wave) -> QuerySet[Participant]:
    """Each participant with `is_invited` and `has_answered` for this wave."""
    mine = Invitation.objects.filter(wave=wave, participant=OuterRef("pk"))
    return participants.annotate(is_invited=Exists(mine), has_answered=Exists(mine.filter(has_answered=True)))


def entered_by_hand(wave: Wave) -> Q:
    return Q(wave=wave) & ~Q(source=Response.Source.ONLINE)


def invitation_for(token: str) -> Invitation | None:
    """The invitation that this secret opens. One query; its wave, cohort, programme and participant come with it."""
    rows = Invitation.objects.select_related("wave__cohort__programme", "wave__version", "participant")
    return rows.filter(token_hash=hash_of(token)).first()
