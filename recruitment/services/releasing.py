"""Everything that is prepared happens at once: the decisions, the places, the letters. Or none of it."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from core import audit
from core.exceptions import DomainError
from core.models import Message
from core.templatetags.laypartner import moment
from people.permissions import Permission
from programmes.models import Cohort
from recruitment import emails
from recruitment.emails import Words
from recruitment.models import Application, BulkAction, Decision, Offer, PendingDecision
from recruitment.places import locked_places_of
from recruitment.queries.letters import fingerprint, for_letters, stands_in_the_way, wordings_of, words_for
from recruitment.sentences import counted, named, people
from recruitment.services import deciding, offering, undoing
from recruitment.services.moving import CannotDecide, move
from recruitment.services.undoing import CannotUndo

Outcome, State = PendingDecision.Outcome, Application.State
# So long the letters wait in the outbox, so that Undo can hold every one of them back.
PAUSE = timedelta(minutes=10)
DECIDE: dict[str, Callable[..., Any]] = {
    Outcome.ACCEPT: offering.offer,
    Outcome.RESERVE: deciding.put_on_reserve,
    Outcome.DECLINE: deciding.decline,
}
IN_SUMMARY = {Outcome.ACCEPT: "offered a place", Outcome.RESERVE: "on the reserve list", Outcome.DECLINE: "declined"}
WHY_UNDONE = "The release was undone before the letter went out"


class NothingToRelease(DomainError):
    """Nothing is prepared: most likely somebody else has just released it."""


class ChangedMeanwhile(DomainError):
    """What would go out is not what the person had on the page."""


@transaction.atomic
def release(*, cohort: Cohort, seen: str, by: Any) -> BulkAction:
    """Make every prepared decision of the cohort and put its letter into the outbox, to go out after a pause.

    `seen` is the fingerprint of the letters that were on the page; other letters than those never go. The cohort's row
    is locked: of two people who press at once one gets NothingToRelease. Raises also ChangedMeanwhile, CannotDecide
    (naming whoever has moved on) and NoPlaceLeft; then nothing has happened at all.
    """
    places = locked_places_of(cohort)
    rows, wordings = list(for_letters(PendingDecision.objects.filter(application__cohort=cohort))), wordings_of(cohort)
    if not rows:
        raise NothingToRelease("Nothing is prepared. Somebody may have released it: see “Done lately”.")
    if fingerprint(rows, wordings) != seen:
        raise ChangedMeanwhile("The letters have changed since you opened this page. Look at them, then release.")
    if blocked := [row.application.person.name for row in rows if stands_in_the_way(row)]:
        raise CannotDecide(f"Nothing was released, because of {named(blocked)}. Their letters say what is in the way.")
    offers = sum(row.outcome == Outcome.ACCEPT for row in rows)
    if offers > places.left:
        raise offering.NoPlaceLeft(f"{places.words} and {counted(offers, 'offer')} prepared. Nothing was released.")
    due_at = timezone.now() + PAUSE
    items = [_decide(row, words_for(row, wordings), by=by, due_at=due_at) for row in rows]
    PendingDecision.objects.filter(pk__in=[row.pk for row in rows]).delete()
    kind = BulkAction.Kind.RELEASE
    action = undoing.remember(kind=kind, cohort=cohort, summary=_summary(rows), items=items, by=by)
    audit.record("decisions_released", action, by=by, cohort=cohort, people=len(rows), offers=offers)
    return action


def _decide(row: PendingDecision, words: Words, *, by: Any, due_at: datetime) -> dict[str, Any]:
    """Returns what it takes to undo it."""
    made = DECIDE[row.outcome](
        application=row.application, reason=row.reason, criteria=row.criteria, by=by, letter=words, due_at=due_at
    )
    decision = made.decision if isinstance(made, Offer) else made
    return {"decision": decision.pk, "is_edited": bool(row.text)}


def _summary(rows: Sequence[PendingDecision]) -> str:
    """ "40 offered a place, 20 on the reserve list, 32 declined"."""
    outcomes = Counter(row.outcome for row in rows)
    return ", ".join(f"{outcomes[outcome]} {IN_SUMMARY[outcome]}" for outcome in Outcome if outcomes[outcome])


@undoing.undoes(BulkAction.Kind.RELEASE, Permission.APPLICATION_DECIDE)
def take_back(action: BulkAction, *, by: Any) -> str:
    """Hold every letter back and prepare every decision again, in the words in which it was released.

    Refused when a single letter has gone, or somebody has answered or moved on: then the decisions stand, and each can
    be taken back by itself.
    """
    hold_all_back(action, by=by)
    return f"The letters to {people(len(action.items))} are held back. The decisions are prepared, as before."


def hold_all_back(action: BulkAction, *, by: Any) -> list[Application]:
    """Undo the decisions of `action` as if they had not been made; each stands prepared again. Raises CannotUndo."""
    locked_places_of(action.cohort)
    edited = {item["decision"]: item["is_edited"] for item in action.items}
    decisions = list(_made_by(action))
    _refuse_moved_on(decisions)
    letters = _held_back(decisions)
    for decision in decisions:
        _take_one_back(decision, letters[emails.key_of(decision)] if edited[decision.pk] else None, by)
    return [decision.application for decision in decisions]


def _made_by(action: BulkAction) -> Any:
    keys = [item["decision"] for item in action.items]
    decisions = Decision.objects.filter(pk__in=keys).select_related(
        "application__person", "application__cohort", "offer"
    )
    return decisions.prefetch_related("application__decisions").order_by("pk")


def _refuse_moved_on(decisions: Sequence[Decision]) -> None:
    """Each must still be the newest thing that happened to its application."""
    moved_on = [
        decision.application.person.name
        for decision in decisions
        if max(later.pk for later in decision.application.decisions.all()) != decision.pk
    ]
    if moved_on:
        raise CannotUndo(
            f"Nothing was undone, because something has happened since to {named(moved_on)}. "
            "Open each application to take its decision back."
        )


def _held_back(decisions: Sequence[Decision]) -> dict[str, Message]:
    """The letters, taken out of the outbox. The conditional DELETE and the worker's claim cannot both win."""
    letters = Message.objects.filter(key__in=[emails.key_of(decision) for decision in decisions])
    waiting = {letter.key: letter for letter in letters}
    letters.filter(state=Message.State.DUE).delete()
    gone = letters.all().count() + len(decisions) - len(waiting)
    if gone:
        has = "has" if gone == 1 else "have"
        raise CannotUndo(
            f"Nothing was undone: {gone} of the {counted(len(decisions), 'letter')} {has} gone already. "
            "Open each application to take its decision back."
        )
    return waiting


def _take_one_back(decision: Decision, edited: Message | None, by: Any) -> None:
    application = decision.application
    move(application=application, outcome=Decision.Outcome.REOPEN, reason=WHY_UNDONE, by=by, to=decision.state_before)
    offering.end_open_offer(application)
    words = _with_brackets(edited, decision) if edited else Words("", "")
    PendingDecision.objects.create(
        application=application,
        outcome=decision.outcome,
        criteria=decision.criteria,
        reason=decision.reason,
        subject=words.subject,
        text=words.text,
        by=by,
    )


def _with_brackets(letter: Message, decision: Decision) -> Words:
    """An edited letter as it was before it was written: the next one gets a link and a day of its own."""
    concrete = {settings.SITE_URL + reverse("recruitment:mine", args=[token]): "[link]" for token in letter.secrets}
    offer = getattr(decision, "offer", None)
    if offer:
        with timezone.override(decision.application.cohort.zone):
            concrete[moment(offer.reply_by)] = "[reply by]"
    subject, text = letter.subject, letter.text
    for words, name in concrete.items():
        subject, text = subject.replace(words, name), text.replace(words, name)
    return Words(subject, text.strip())
