"""Releasing: everything that is prepared at once, letters once, and back again while nothing has gone."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone

from core import outbox
from core.models import Message
from recruitment import emails
from recruitment.models import Application, BulkAction, Decision, Offer, PendingDecision
from recruitment.queries.letters import fingerprint, for_letters, wordings_of
from recruitment.services import moving, offering, preparing, releasing, undoing, wording
from recruitment.services.moving import CannotDecide
from recruitment.services.offering import NoPlaceLeft
from recruitment.services.releasing import ChangedMeanwhile, NothingToRelease
from recruitment.services.undoing import CannotUndo
from tests import make


@pytest.fixture
def scored(london, ruth):
    def one(name: str, mark: int = 3, **fields):
        application = make.application(london, name=name, **fields)
        make.review(application, ruth, mark)
        return application

    return one


def prepare(application, by, outcome="ACCEPT", **changes):
    fields = {"criteria": ["LISTENING"], "reason": "Because."} | changes
    return preparing.prepare(cohort=application.cohort, applications=[application], outcome=outcome, by=by, **fields)


def seen(cohort) -> str:
    return fingerprint(for_letters(PendingDecision.objects.filter(application__cohort=cohort)), wordings_of(cohort))


def release(cohort, by, **changes) -> BulkAction:
    return releasing.release(cohort=cohort, seen=changes.get("seen", seen(cohort)), by=by)


def states() -> list[tuple[str, str]]:
    return list(Application.objects.order_by("person__name").values_list("person__name", "state"))


@pytest.fixture
def three(scored, olive):
    """An offer, a place on the reserve list and a no, prepared."""
    people = [scored("Ana", 4), scored("Ben", 3), scored("Cy", 1)]
    for application, outcome in zip(people, ("ACCEPT", "RESERVE", "DECLINE"), strict=True):
        prepare(application, olive, outcome)
    return people


def test_release_decides_everything_and_writes_one_letter_each(london, olive, three):
    before = timezone.now()

    action = release(london, olive)

    assert states() == [("Ana", "OFFERED"), ("Ben", "RESERVE"), ("Cy", "DECLINED")]
    assert PendingDecision.objects.count() == 0
    assert (action.kind, action.summary) == ("RELEASE", "1 offered a place, 1 on the reserve list, 1 declined")
    letters = {letter.key: letter for letter in Message.objects.all()}
    assert letters.keys() == {f"decision:{decision.pk}" for decision in Decision.objects.all()}
    pauses = {letter.due_at - before >= releasing.PAUSE for letter in letters.values()}
    assert (pauses, {letter.state for letter in letters.values()}) == ({True}, {"DUE"})


def test_release_keeps_reason_and_characteristics_with_each_decision(london, olive, three):
    release(london, olive)

    rows = Decision.objects.values_list("reason", "by", flat=False)
    assert set(rows) == {("Because.", olive.pk)}
    assert list(Decision.objects.values_list("criteria", flat=True)) == [["LISTENING"]] * 3


def test_letters_wait_for_the_pause(london, olive, three, mailoutbox):
    release(london, olive)

    assert outbox.deliver_due() == 0

    Message.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    assert (outbox.deliver_due(), len(mailoutbox)) == (3, 3)
    assert outbox.deliver_due() == 0


def test_pressing_release_twice_releases_once(london, olive, moses, three):
    on_the_page = seen(london)
    release(london, olive, seen=on_the_page)

    with pytest.raises(NothingToRelease):
        release(london, moses, seen=on_the_page)

    assert (Decision.objects.count(), Message.objects.count(), BulkAction.objects.filter(kind="RELEASE").count()) == (
        3,
        3,
        1,
    )


@pytest.mark.parametrize("change", ["more", "less", "words", "letter"])
def test_letters_that_nobody_saw_do_not_go(london, olive, scored, three, change):
    on_the_page = seen(london)
    row = PendingDecision.objects.first()
    if change == "more":
        prepare(scored("Di"), olive)
    elif change == "less":
        preparing.clear(cohort=london, applications=[three[0]], by=olive)
    elif change == "words":
        words = emails.Words("Hello", "[link] [reply by]")
        wording.change(cohort=london, kind="OFFER", words=words, version=0, by=olive)
    else:
        words = emails.Words("Hello", "[link] [reply by]")
        wording.edit_letter(row=row, words=words, version=wording.version_of(row), by=olive)

    with pytest.raises(ChangedMeanwhile):
        release(london, olive, seen=on_the_page)

    assert (Decision.objects.count(), Message.objects.count()) == (0, 0)


def test_somebody_who_withdrew_stops_the_whole_release_by_name(london, olive, three):
    moving.move(application=three[1], outcome="WITHDRAW", reason="Moved away.")

    with pytest.raises(CannotDecide) as refusal:
        release(london, olive)

    assert refusal.value.sentence == "Nothing was released, because of Ben. Their letters say what is in the way."
    assert states() == [("Ana", "SUBMITTED"), ("Ben", "WITHDRAWN"), ("Cy", "SUBMITTED")]
    assert Message.objects.count() == 0


def test_somebody_found_not_eligible_stops_the_release(london, olive, three):
    Application.objects.filter(pk=three[0].pk).update(eligibility="NOT_ELIGIBLE")

    with pytest.raises(CannotDecide):
        release(london, olive)
    assert Message.objects.count() == 0


def test_more_offers_than_places_release_nobody(london, olive, scored):
    for name in ("Ana", "Ben"):
        prepare(scored(name), olive)
    make.participant(london)
    london.capacity = 2
    london.save()

    with pytest.raises(NoPlaceLeft) as refusal:
        release(london, olive)

    assert refusal.value.sentence == "There is 1 place left and 2 offers prepared. Nothing was released."
    assert (states(), Offer.objects.count()) == ([("Ana", "SUBMITTED"), ("Ben", "SUBMITTED")], 0)


def test_another_cohorts_decisions_stay_prepared(london, kent, olive, ruth, three):
    other = make.application(kent, name="Kit")
    make.review(other, ruth)
    prepare(other, olive)

    release(london, olive)

    assert list(PendingDecision.objects.values_list("application__person__name", flat=True)) == ["Kit"]


def test_an_edited_letter_goes_in_its_own_words_with_link_and_day(london, olive, three):
    row = PendingDecision.objects.get(outcome="ACCEPT")
    words = emails.Words("Yes, by [reply by]", "Dear Ana, well done. By [reply by]: [link]")
    wording.edit_letter(row=row, words=words, version=wording.version_of(row), by=olive)

    release(london, olive)

    letter = Message.objects.get(subject__startswith="Yes")
    token = letter.secrets[0]
    assert letter.text.startswith("Dear Ana, well done. By 11:59pm on ")
    assert letter.text.endswith(f"/application/{token}/\n")


# --- undo ---------------------------------------------------------------------------------------------------
def test_undo_holds_every_letter_back_and_everything_is_prepared_again(london, olive, three):
    action = release(london, olive)

    said = undoing.undo(action=action, by=olive)

    assert said == "The letters to 3 people are held back. The decisions are prepared, as before."
    assert states() == [("Ana", "SUBMITTED"), ("Ben", "SUBMITTED"), ("Cy", "SUBMITTED")]
    assert (Message.objects.count(), Offer.objects.filter(ended_at=None).count()) == (0, 0)
    rows = PendingDecision.objects.order_by("application__person__name").values_list("outcome", "reason", "text")
    assert list(rows) == [("ACCEPT", "Because.", ""), ("RESERVE", "Because.", ""), ("DECLINE", "Because.", "")]


def test_undo_leads_back_to_the_reserve_list_for_whoever_came_from_there(london, olive, scored):
    prepare(scored("Ana", state="RESERVE"), olive)
    action = release(london, olive)

    undoing.undo(action=action, by=olive)

    assert states() == [("Ana", "RESERVE")]


def test_undo_keeps_what_was_edited_with_its_brackets(london, olive, three):
    row = PendingDecision.objects.get(outcome="ACCEPT")
    words = emails.Words("Yes, by [reply by]", "Dear Ana, well done. By [reply by]: [link]")
    wording.edit_letter(row=row, words=words, version=wording.version_of(row), by=olive)

    undoing.undo(action=release(london, olive), by=olive)

    again = PendingDecision.objects.get(outcome="ACCEPT")
    assert (again.subject, again.text) == (words.subject, words.text)


def test_release_after_undo_writes_new_letters_once(london, olive, three):
    undoing.undo(action=release(london, olive), by=olive)

    release(london, olive)

    assert Message.objects.count() == 3
    assert states() == [("Ana", "OFFERED"), ("Ben", "RESERVE"), ("Cy", "DECLINED")]


@pytest.mark.parametrize("state", ["SENDING", "SENT", "UNCERTAIN", "FAILED"])
def test_undo_is_refused_when_a_single_letter_may_have_gone(london, olive, three, state):
    action = release(london, olive)
    gone = Message.objects.order_by("pk").first()
    Message.objects.filter(pk=gone.pk).update(state=state, sent_at=timezone.now())

    with pytest.raises(CannotUndo) as refusal:
        undoing.undo(action=action, by=olive)

    assert refusal.value.sentence == (
        "Nothing was undone: 1 of the 3 letters has gone already. Open each application to take its decision back."
    )
    assert Message.objects.count() == 3
    assert states() == [("Ana", "OFFERED"), ("Ben", "RESERVE"), ("Cy", "DECLINED")]


def test_undo_is_refused_by_name_when_somebody_has_answered(london, olive, three):
    action = release(london, olive)
    offering.say_yes(application=three[0], by=olive, reason="Rang us.")

    with pytest.raises(CannotUndo) as refusal:
        undoing.undo(action=action, by=olive)

    assert refusal.value.sentence == (
        "Nothing was undone, because something has happened since to Ana. "
        "Open each application to take its decision back."
    )
    assert BulkAction.objects.get(pk=action.pk).undone_at is None


# --- races ---------------------------------------------------------------------------------------------------
races = pytest.mark.skipif(connection.vendor != "postgresql", reason="an in-memory SQLite cannot be opened twice")


def at_once(*tries) -> list[object]:
    """Each in a thread and a connection of its own; what came out, refusals as their class."""
    start, outcomes = threading.Barrier(len(tries)), []

    def one(attempt) -> None:
        start.wait()
        try:
            attempt()
            outcomes.append("done")
        except Exception as refusal:
            outcomes.append(type(refusal).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(attempt,)) for attempt in tries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


@races
@pytest.mark.django_db(transaction=True)
def test_release_pressed_by_two_at_once_releases_once(london, olive, moses, three):
    on_the_page = seen(london)

    outcomes = at_once(*[lambda by=by: release(london, by, seen=on_the_page) for by in (olive, moses)])

    assert outcomes == ["NothingToRelease", "done"]
    assert (Message.objects.count(), Decision.objects.count()) == (3, 3)


@races
@pytest.mark.django_db(transaction=True)
def test_the_last_place_offered_by_two_at_once_goes_to_one(london, olive, moses, scored):
    london.capacity = 1
    london.save()
    people = [scored(name) for name in ("Ana", "Ben", "Cy", "Di")]

    outcomes = at_once(*[lambda one=one: offering.offer(application=one, reason="Good.", by=olive) for one in people])

    assert outcomes == ["NoPlaceLeft", "NoPlaceLeft", "NoPlaceLeft", "done"]
    assert (Offer.objects.count(), Message.objects.count()) == (1, 1)


@races
@pytest.mark.django_db(transaction=True)
def test_a_yes_and_giving_the_place_away_at_once_end_in_one_of_both(london, olive, scored):
    ana = scored("Ana")
    offering.offer(application=ana, reason="Good.", by=olive)

    at_once(
        lambda: offering.say_yes(application=Application.objects.get(pk=ana.pk)),
        lambda: offering.lapse(application=Application.objects.get(pk=ana.pk), reason="Silent.", by=olive),
    )

    ((_, state),) = states()
    has_place = london.participants.filter(withdrawn_at=None).count()
    assert (state, has_place) in (("ACCEPTED", 1), ("LAPSED", 0))
