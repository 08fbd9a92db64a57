"""The letters of prepared decisions, as they will go."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from core.models import Message
from people.models import InformationFormat
from people.routes import destination_of
from programmes.models import Cohort
from recruitment import emails
from recruitment.emails import Words
from recruitment.models import Application, LetterWording, PendingDecision
from recruitment.states import STANDS, STEPS

Outcome, State, Eligibility = PendingDecision.Outcome, Application.State, Application.Eligibility
OWN_LINK = "(the link to their own page)"
Wordings = Mapping[str, Words]


def for_letters(pending: QuerySet[PendingDecision]) -> QuerySet[PendingDecision]:
    """With everything that a letter says and the way by which it goes: three queries. Offers first, then by name."""
    return (
        pending.select_related("application__person", "application__cohort", "by")
        .prefetch_related("application__person__contact_routes", "application__cohort__days")
        .order_by("outcome", "application__person__name", "pk")
    )


def wordings_of(cohort: Cohort) -> dict[str, Words]:
    """The cohort's words for each outcome, or ours. One query."""
    own = {row.kind: row for row in LetterWording.objects.filter(cohort=cohort)}
    return {outcome: emails.words_of(own.get(kind), outcome) for outcome, kind in emails.WORDING_KINDS.items()}


def words_for(row: PendingDecision, wordings: Wordings) -> Words:
    """The words of this one letter, if somebody edited it, or the cohort's; names still in brackets."""
    return Words(row.subject, row.text) if row.text else wordings[row.outcome]


def values_for(row: PendingDecision, reply_by: datetime | None = None) -> dict[str, str]:
    """What the names in this letter become. Without `reply_by` that one stays in brackets, as the link does."""
    application = row.application
    return emails.values_of(
        application,
        outcome=row.outcome,
        criteria=row.criteria,
        was_on_reserve=application.state == State.RESERVE,
        reply_by=reply_by if row.outcome == Outcome.ACCEPT else None,
    )


def fingerprint(rows: Iterable[PendingDecision], wordings: Wordings) -> str:
    """Changes when any of these letters does, so that nobody releases what they have not seen."""
    parts = [f"{row.pk} {row.at.isoformat()}" for row in sorted(rows, key=lambda row: row.pk)]
    parts += [f"{outcome} {words.subject} {words.text}" for outcome, words in sorted(wordings.items())]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def stands_in_the_way(row: PendingDecision) -> str:
    """Why this prepared decision can no longer be made; "" when it can."""
    application = row.application
    if application.state not in STEPS[row.outcome][0]:
        return f"The application {STANDS[State(application.state)]}."
    if application.eligibility == Eligibility.NOT_ELIGIBLE and row.outcome != Outcome.DECLINE:
        return "They are not eligible any more."
    return ""


@dataclass(frozen=True)
class Letter:
    """One letter as it will go."""

    pending: PendingDecision
    words: Words
    way: str
    to: str
    information_format: str
    in_the_way: str

    @property
    def way_words(self) -> str:
        return str(Message.Channel(self.way).label).lower()

    @property
    def is_edited(self) -> bool:
        return bool(self.pending.text)

    @property
    def is_large_print(self) -> bool:
        return self.information_format == InformationFormat.LARGE_PRINT


def letters_of(rows: Sequence[PendingDecision], wordings: Wordings, reply_by: datetime) -> list[Letter]:
    """No query beside what `for_letters` fetched."""
    return [_letter(row, wordings, reply_by) for row in rows]


def _letter(row: PendingDecision, wordings: Wordings, reply_by: datetime) -> Letter:
    destination = destination_of(row.application.person)
    return Letter(
        pending=row,
        words=words_for(row, wordings).filled(values_for(row, reply_by) | {"link": OWN_LINK}),
        way=destination.channel,
        to=destination.to,
        information_format=row.application.person.information_format,
        in_the_way=stands_in_the_way(row),
    )


def ways_of(letters: Iterable[Letter]) -> list[tuple[str, int, int]]:
    """(way, letters, of which large print) for each way that is used, in the outbox's order."""
    counted, large = Counter(), Counter()
    for letter in letters:
        counted[letter.way] += 1
        large[letter.way] += letter.is_large_print
    return [(str(way.label), counted[way], large[way]) for way in Message.Channel if counted[way]]


def sample_letter(
    pending: QuerySet[PendingDecision],
    applications: QuerySet[Application],
    *,
    outcome: str,
    words: Words,
    reply_by: datetime,
) -> Letter | None:
    """These words for a real person: somebody for whom this outcome is prepared, else anybody. None without anybody."""
    row = for_letters(pending.filter(outcome=outcome)).first()
    if row is None:
        people = applications.select_related("person", "cohort").order_by("reference")
        application = people.filter(state__in=STEPS[outcome][0]).first() or people.first()
        row = PendingDecision(application=application, outcome=outcome) if application else None
    return _letter(row, {outcome: words}, reply_by) if row else None
