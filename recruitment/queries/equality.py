"""The equality figures of a cohort, as far as they may be shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from programmes.models import Cohort
from recruitment.calls import Call, call_of
from recruitment.equality import QUESTION_SET, QUESTIONS, Published, Question, publishable
from recruitment.models import EqualityTally, RecruitmentSettings


@dataclass(frozen=True)
class Row:
    """One answer: its words, its count if that may be shown, and its bar in hundredths of the total."""

    words: str
    count: int | None
    width: str


@dataclass(frozen=True)
class Figure:
    """One question with what may be shown of its answers."""

    question: Question
    published: Published
    rows: list[Row]


def figures_of(cohort: Cohort) -> list[Figure]:
    """Every question of the current set in order. One query."""
    tallies = EqualityTally.objects.filter(cohort=cohort, question_set=QUESTION_SET)
    counts = {(question, answer): n for question, answer, n in tallies.values_list("question", "answer", "count")}
    return [_figure(question, counts) for question in QUESTIONS]


def _figure(question: Question, counts: dict[tuple[str, str], int]) -> Figure:
    choices = question.choices()
    published = publishable([counts.get((question.key, code), 0) for code, _ in choices])
    return Figure(question, published, list(_rows([words for _, words in choices], published)))


def _rows(labels: list[str], published: Published) -> Iterator[Row]:
    for words, count in zip(labels, published.counts, strict=True):
        share = 100 * count / published.total if count and published.total else 0
        yield Row(words, count, f"{share:.1f}")


def may_be_shown(cohort: Cohort) -> bool:
    """Not while people apply: whoever looks before and after would see what the one person between had answered."""
    if cohort.applications_open_at is None:
        return True
    grace = timedelta(minutes=RecruitmentSettings.objects.of(cohort).grace_minutes)
    return call_of(cohort, grace=grace) not in (Call.OPEN, Call.GRACE)
