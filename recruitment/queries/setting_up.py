"""What the set-up page shows: channels with their figures, what a copy would bring, who saved last."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from core.audit import scope_of
from core.models import AuditEvent
from programmes.models import Cohort
from recruitment.models import Application, Channel, Draft, LetterWording, RecruitmentSettings

# What one cohort may take over from another.
RULES = (
    "grace_minutes",
    "reviews_per_application",
    "wide_gap",
    "wide_total_gap",
    "cut",
    "reply_days",
    "hours_asked",
    "time_asked",
    "needs_experience",
)
SAVES_SETTINGS = ("recruitment_set_up", "call_changed", "cohort_changed")


def channels_with_figures(channels: QuerySet[Channel]) -> QuerySet[Channel]:
    """Each channel with how many people started, sent and got a place by it. People who applied twice count once."""
    applications = Application.objects.counting().filter(channel=OuterRef("pk"))
    return channels.annotate(
        sent=_number_of(applications),
        started=_number_of(Draft.objects.filter(channel=OuterRef("pk"))) + _number_of(applications),
        accepted=_number_of(applications.filter(state=Application.State.ACCEPTED)),
    )


def _number_of(rows: QuerySet) -> Any:
    counted = rows.order_by().values("channel").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def last_to_set_up(cohort: Cohort) -> str:
    """Who saved these settings last, and when: "Olive at 2:03pm"; "" when nobody knows. One query."""
    lines = AuditEvent.objects.filter(scope=scope_of(cohort), verb__in=SAVES_SETTINGS)
    line = lines.select_related("by").order_by("-pk").first()
    if line is None or line.by is None:
        return ""
    at = timezone.localtime(line.at, cohort.zone)
    return f"{line.by} at {at.hour % 12 or 12}:{at:%M}{'am' if at.hour < 12 else 'pm'}"


def new_channels(source: Cohort, target: Cohort) -> list[Channel]:
    """The channels of `source` that `target` does not have."""
    there = Channel.objects.filter(cohort=target).values("code")
    return list(Channel.objects.filter(cohort=source).exclude(code__in=there).order_by("name", "pk"))


def new_wordings(source: Cohort, target: Cohort) -> list[LetterWording]:
    """The letters that `source` has in words of its own and `target` has not."""
    there = LetterWording.objects.filter(cohort=target).values("kind")
    return list(LetterWording.objects.filter(cohort=source).exclude(kind__in=there).order_by("kind"))


@dataclass(frozen=True)
class CopyPlan:
    """What `target` would take over from `source`. Nothing is changed by looking at it."""

    rules: list[tuple[str, Any, Any]]
    channels: list[Channel]
    kept_channels: int
    wordings: list[LetterWording]
    kept_wordings: int

    @property
    def is_empty(self) -> bool:
        return not (self.rules or self.channels or self.wordings)


def copy_plan(source: Cohort, target: Cohort) -> CopyPlan:
    """Six queries. `rules` holds only those that differ: name, as it is now, as it would be."""
    theirs, ours = RecruitmentSettings.objects.of(source), RecruitmentSettings.objects.of(target)
    channels, wordings = new_channels(source, target), new_wordings(source, target)
    return CopyPlan(
        rules=[
            (name, getattr(ours, name), getattr(theirs, name))
            for name in RULES
            if getattr(ours, name) != getattr(theirs, name)
        ],
        channels=channels,
        kept_channels=Channel.objects.filter(cohort=source).count() - len(channels),
        wordings=wordings,
        kept_wordings=LetterWording.objects.filter(cohort=source).count() - len(wordings),
    )


def clock_change_on(cohort: Cohort, moment: Any) -> str:
    """What the clocks do on the day of `moment`, in a sentence; "" on an ordinary day."""
    if moment is None:
        return ""
    day = timezone.localtime(moment, cohort.zone).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    step = (day + timedelta(days=1)).utcoffset() - day.utcoffset()
    if not step:
        return ""
    way = "forward" if step > timedelta() else "back"
    return f"The clocks go {way} early that morning. The time is meant as the clock shows it afterwards."
