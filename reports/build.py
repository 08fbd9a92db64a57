"""Database → figures → report. The only bridge between what is stored and what is said."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db.models import Count

from core.exceptions import DomainError
from core.templatetags.laypartner import clock
from evaluation import queries as evaluation_queries
from evaluation.models import Wave
from evaluation.services.waves import months_after
from people.models import LivedExperience
from programmes.characteristics import SOURCE, Characteristic
from programmes.models import Cohort, Day, Experience, Slot
from programmes.models.day import INTERACTIVE
from recruitment.models import Application
from reports.content import CohortReport
from reports.figures import (
    AUDIENCES,
    CohortFigures,
    Counts,
    DayFigures,
    ItemFigures,
    SlotFigures,
    WaveFigures,
    Words,
)
from reports.models import ReportWords
from reports.sections import compose


def cohort_report(cohort: Cohort, audience: str = "organiser") -> CohortReport:
    """What the report of a cohort says today. The number of queries is the same for any number of people and answers."""
    return compose(gather(cohort, audience))


def gather(cohort: Cohort, audience: str) -> CohortFigures:
    """The figures that `audience` may see. `cohort` should come with its programme and commissioner."""
    if audience not in AUDIENCES:
        raise DomainError(f"There is no audience called {audience!r}. Choose organiser, commissioner or public.")
    programme = cohort.programme
    people = list(cohort.participants.values_list("experience", "lived_experience", "person__area", "withdrawn_at"))
    stayed = [row for row in people if row[3] is None]
    days = tuple(_day(day) for day in cohort.days.prefetch_related("slots"))
    applied = Application.objects.filter(cohort=cohort).aggregate(people=Count("person", distinct=True))["people"]
    return CohortFigures(
        slug=cohort.slug,
        title=cohort.title,
        audience=audience,
        programme=programme.name,
        commissioner=programme.commissioner.name,
        purpose=programme.purpose,
        region=cohort.region,
        place=cohort.place,
        capacity=cohort.capacity,
        days=days,
        aims=tuple(aim.text for aim in programme.aims.all()),
        objectives=tuple(objective.text for objective in programme.learning_objectives.all()),
        characteristics=tuple(characteristic.label for characteristic in Characteristic),
        source_of_characteristics=SOURCE,
        # Fewer applications than places given means that places came from a file, without the applications.
        applied=applied if applied >= len(people) else 0,
        accepted=len(people),
        withdrawn=len(people) - len(stayed),
        coaches=cohort.coaches.count(),
        experience=_counts((row[0] for row in stayed), Experience.choices),
        lived_experience=_counts((row[1] for row in stayed), LivedExperience.choices),
        areas=_areas(row[2] for row in stayed),
        wave=_wave(cohort, audience),
        follow_ups=_follow_ups(days),
        words=_words(cohort),
    )


def _counts(values: Iterable[str], choices: Iterable[tuple[str, str]]) -> Counts:
    """How often each choice occurs, in the order of the choices, those that nobody has included."""
    found = Counter(values)
    return tuple((label, found[value]) for value, label in choices)


def _areas(values: Iterable[str]) -> Counts:
    """Areas with their counts, the largest first."""
    found = Counter(value or "Not given" for value in values)
    return tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _day(day: Day) -> DayFigures:
    return DayFigures(day.number, day.date, day.title, tuple(_slot(slot) for slot in day.slots.all()))


def _slot(slot: Slot) -> SlotFigures:
    return SlotFigures(
        time=clock(slot.starts_at),
        title=slot.title,
        kind=slot.get_kind_display(),
        minutes=slot.minutes,
        is_break=slot.kind == Slot.Kind.BREAK,
        is_interactive=slot.kind in INTERACTIVE,
        is_co_delivered=slot.is_co_delivered,
    )


def _follow_ups(days: tuple[DayFigures, ...]) -> tuple[tuple[str, date], ...]:
    if not days:
        return ()
    last = days[-1].date
    return (("after 1 month", months_after(last, 1)), ("after 3 months", months_after(last, 3)))


def _words(cohort: Cohort) -> Words:
    words = ReportWords.objects.filter(cohort=cohort).first()
    return Words(words.message, words.next_time, words.decision_asked) if words else Words()


def _wave(cohort: Cohort, audience: str) -> WaveFigures | None:
    """The wave at the end of the last day, which is the one that the report is about for now."""
    waves = Wave.objects.filter(cohort=cohort, kind=Wave.Kind.IMMEDIATE)
    wave = waves.select_related("cohort", "version__questionnaire").first()
    if wave is None:
        return None
    results = evaluation_queries.wave_results(wave, audience)
    as_json = results.as_dict()
    return WaveFigures(
        instrument=wave.version.questionnaire.title,
        version=wave.version.number,
        source=wave.version.questionnaire.source,
        is_anonymous=wave.is_anonymous,
        forms=results.forms,
        able=results.able,
        rate=as_json["response_rate"],
        rate_attended=as_json["response_rate_attended"],
        items=tuple(_item(item) for item in results.items),
        as_json=as_json,
    )


def _item(item: evaluation_queries.ItemResult) -> ItemFigures:
    share = item.share_4_5
    return ItemFigures(
        key=item.key,
        text=item.text,
        n=item.n,
        average=None if item.average is None else str(item.average),
        counts=item.distribution,
        share=str(share.share) if share else None,
        low=str(share.low) if share else None,
        high=str(share.high) if share else None,
        suppressed=item.suppressed,
    )
