"""How far people got on their way from hearing of the call to saying yes: by channel, by the way they sent it, in total."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from core.rounding import percent
from programmes.models import Cohort
from recruitment.models import Application, Channel, Draft, Offer, RecruitmentSettings

State = Application.State
STAGES = {
    "started": "Started",
    "sent": "Sent",
    "eligible": "Eligible",
    "reviewed": "Reviewed",
    "offered": "Offered a place",
    "confirmed": "Said yes",
}
# Whoever stands here was offered a place; who withdrew may have been.
WAS_OFFERED = (State.OFFERED, State.ACCEPTED, State.TURNED_DOWN, State.LAPSED)


@dataclass
class Line:
    """One row of the funnel. `reached` is None where nobody told us a figure."""

    label: str
    reached: int | None = None
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STAGES, 0))

    def add(self, counts: dict[str, int]) -> None:
        for stage in STAGES:
            self.counts[stage] += counts.get(stage, 0)

    def numbers(self) -> list[int]:
        return list(self.counts.values())

    def cells(self) -> list[tuple[str, int]]:
        """Each stage in words with its count."""
        return list(zip(STAGES.values(), self.numbers(), strict=True))


@dataclass(frozen=True)
class Step:
    """One stage of all: its count, and its share of the stage before with that stage's own number.

    `width` is in hundredths of the longest bar.
    """

    label: str
    count: int
    before: int | None
    width: str

    @property
    def share(self) -> str:
        """ "88 % of 80"; nothing for the first stage, and none where that would be more than all."""
        found = percent(self.count, self.before) if self.before and self.count <= self.before else None
        return "" if found is None else f"{found} % of {self.before}"


@dataclass(frozen=True)
class Funnel:
    """A cohort's funnel, as it stands now. `unchecked` applications may still turn out eligible."""

    total: Line
    channels: list[Line]
    sources: list[Line]
    unchecked: int
    reviews_wanted: int

    @property
    def steps(self) -> list[Step]:
        numbers = self.total.numbers()
        longest = max(numbers) or 1
        befores = [None, *numbers[:-1]]
        return [
            Step(label, count, before, f"{100 * count / longest:.1f}")
            for label, count, before in zip(STAGES.values(), numbers, befores, strict=True)
        ]


def funnel_of(cohort: Cohort) -> Funnel:
    """Four queries. Each person's application counts once: one that was merged into another does not."""
    wanted = RecruitmentSettings.objects.of(cohort).reviews_per_application
    rows = list(_counted(cohort, wanted))
    drafts = dict(
        Draft.objects.filter(cohort=cohort).order_by().values_list("channel").annotate(number=Count("pk")).order_by()
    )
    by_channel = {channel.pk: Line(channel.name, channel.reached) for channel in _channels_of(cohort)}
    unknown = Line("No channel known")
    by_source = {source.value: Line(source.label) for source in Application.Source}
    for row in rows:
        by_channel.get(row["channel"], unknown).add(row)
        by_source[row["source"]].add(row)
    for channel, number in drafts.items():
        by_channel.get(channel, unknown).add({"started": number})
        by_source[Application.Source.ONLINE].add({"started": number})
    lines = [*by_channel.values(), *([unknown] if any(unknown.numbers()) else [])]
    return Funnel(
        total=_total(lines),
        channels=lines,
        sources=[line for line in by_source.values() if any(line.numbers())],
        unchecked=sum(row["unchecked"] for row in rows),
        reviews_wanted=wanted,
    )


def _channels_of(cohort: Cohort) -> Iterable[Channel]:
    return Channel.objects.filter(cohort=cohort).order_by("name", "pk")


def _counted(cohort: Cohort, reviews_wanted: int) -> Iterable[dict[str, Any]]:
    """A row for each channel and source. What was sent had been started, however it came."""
    was_offered = Q(state__in=WAS_OFFERED) | Q(state=State.WITHDRAWN, has_offer=True)
    return (
        Application.objects.filter(cohort=cohort)
        .counting()
        .annotate(has_offer=Exists(Offer.objects.filter(application=OuterRef("pk"))))
        .order_by()
        .values("channel", "source")
        .annotate(
            started=Count("pk"),
            sent=Count("pk"),
            eligible=Count("pk", filter=Q(eligibility=Application.Eligibility.ELIGIBLE)),
            unchecked=Count("pk", filter=Q(eligibility=Application.Eligibility.UNCHECKED)),
            reviewed=Count("pk", filter=Q(agreed_scores__reviews__gte=reviews_wanted)),
            offered=Count("pk", filter=was_offered),
            confirmed=Count("pk", filter=Q(state=State.ACCEPTED)),
        )
    )


def _total(lines: Sequence[Line]) -> Line:
    known = [line.reached for line in lines if line.reached is not None]
    total = Line("Everybody", sum(known) if known else None)
    for line in lines:
        total.add(line.counts)
    return total


@dataclass(frozen=True)
class Offered:
    """What a group of people offers together: hours a month beside those asked, and the communities they know.

    Only sums: nothing here says who.
    """

    people: int
    enough_hours: int
    fewer_hours: int
    hours_not_said: int
    middle_hours: float | None
    communities: dict[str, int]


def what_people_offer(cohort: Cohort, hours_asked: int) -> dict[str, Offered]:
    """ "applicants" and "places" (those who have one), from one query."""
    rows = list(
        Application.objects.filter(cohort=cohort)
        .counting()
        .order_by()
        .values_list("hours_a_month", "communities", "state")
    )
    placed = [row for row in rows if row[2] == State.ACCEPTED]
    return {name: _offered(group, hours_asked) for name, group in (("applicants", rows), ("places", placed))}


def _offered(rows: Sequence[tuple[int | None, list[str], str]], hours_asked: int) -> Offered:
    hours = [row[0] for row in rows if row[0] is not None]
    communities: dict[str, int] = {}
    for row in rows:
        for code in set(row[1]):
            communities[code] = communities.get(code, 0) + 1
    return Offered(
        people=len(rows),
        enough_hours=sum(given >= hours_asked for given in hours),
        fewer_hours=sum(given < hours_asked for given in hours),
        hours_not_said=len(rows) - len(hours),
        middle_hours=median(hours) if hours else None,
        communities=communities,
    )
