"""Preparing decisions: nobody is told, nothing changes, and all of it can be undone."""

import pytest

from core.models import AuditEvent, Message
from recruitment.models import Application, BulkAction, Decision, PendingDecision
from recruitment.services import moving, offering, preparing, undoing, wording
from recruitment.services.moving import CannotDecide, ReasonMissing
from recruitment.services.offering import NoPlaceLeft
from recruitment.services.preparing import NotSettled
from recruitment.services.undoing import CannotUndo
from tests import make

WHY = "Strong on listening."


@pytest.fixture
def scored(london, ruth):
    """scored("Ana", 3) is an application with one complete review of that mark."""

    def one(name: str = "", mark: int = 3, **fields):
        application = make.application(london, name=name, **fields)
        make.review(application, ruth, mark)
        return application

    return one


def prepare(cohort, applications, by, outcome="ACCEPT", **changes):
    fields = {"criteria": ["LISTENING"], "reason": WHY} | changes
    return preparing.prepare(cohort=cohort, applications=applications, outcome=outcome, by=by, **fields)


def prepared() -> list[tuple[str, str]]:
    return list(PendingDecision.objects.order_by("pk").values_list("application__person__name", "outcome"))


def test_prepare_tells_nobody_and_changes_nothing(london, olive, scored):
    ana, ben = scored("Ana"), scored("Ben")

    action = prepare(london, [ana, ben], olive)

    assert prepared() == [("Ana", "ACCEPT"), ("Ben", "ACCEPT")]
    assert set(Application.objects.values_list("state", flat=True)) == {"SUBMITTED"}
    assert (Decision.objects.count(), Message.objects.count()) == (0, 0)
    assert (action.kind, action.summary, action.by) == ("MARK", "2 people prepared to offer a place", olive)
    assert AuditEvent.objects.get(verb="decisions_prepared").detail == {"outcome": "ACCEPT", "people": 2}


def test_prepare_keeps_the_reason_and_what_it_rests_on(london, olive, scored):
    prepare(london, [scored()], olive, "DECLINE", criteria=["TIME", "CHALLENGE"], reason="  Little time. ")

    row = PendingDecision.objects.get()
    assert (row.reason, row.criteria, row.by, row.text) == ("Little time.", ["TIME", "CHALLENGE"], olive, "")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": "  "}, "Write why, in a sentence. The reason stays with the decision."),
        ({"criteria": []}, "Tick at least one characteristic that the decision rests on."),
    ],
)
def test_prepare_needs_a_reason_tied_to_the_characteristics(london, olive, scored, changes, sentence):
    with pytest.raises(ReasonMissing) as refusal:
        prepare(london, [scored()], olive, **changes)

    assert (refusal.value.sentence, prepared()) == (sentence, [])


def test_prepare_of_nobody_is_refused(london, olive):
    with pytest.raises(CannotDecide) as refusal:
        prepare(london, [], olive)
    assert refusal.value.sentence == "Tick the people first."


def test_prepare_of_another_cohorts_people_is_refused(london, kent, olive):
    with pytest.raises(CannotDecide):
        prepare(london, [make.application(kent)], olive)


@pytest.mark.parametrize(
    ("state", "stands"),
    [
        ("AWAITING", "still waits for the person’s agreement"),
        ("OFFERED", "has been offered a place"),
        ("ACCEPTED", "already has a place"),
        ("DECLINED", "is already declined"),
        ("WITHDRAWN", "has been withdrawn"),
    ],
)
def test_prepare_from_elsewhere_is_refused_for_all(london, olive, scored, state, stands):
    ana, ben = scored("Ana"), scored("Ben", state=state)

    with pytest.raises(CannotDecide) as refusal:
        prepare(london, [ana, ben], olive)

    assert refusal.value.sentence == f"The application of Ben {stands}. Untick it."
    assert prepared() == []


@pytest.mark.parametrize("outcome", ["ACCEPT", "RESERVE"])
def test_somebody_not_eligible_can_only_be_told_no(london, olive, scored, outcome):
    ana = scored("Ana", eligibility="NOT_ELIGIBLE")

    with pytest.raises(CannotDecide) as refusal:
        prepare(london, [ana], olive, outcome)

    assert refusal.value.sentence == "Ana is not eligible, so the answer can only be no. Untick it."


def test_somebody_not_eligible_is_declined_without_scores_or_characteristics(london, olive):
    ana = make.application(london, name="Ana", eligibility="NOT_ELIGIBLE")

    prepare(london, [ana], olive, "DECLINE", criteria=[])

    assert prepared() == [("Ana", "DECLINE")]


@pytest.mark.parametrize("outcome", ["ACCEPT", "RESERVE", "DECLINE"])
def test_differences_come_before_a_decision(london, olive, ruth, moses, outcome):
    ana = make.application(london, name="Ana")
    make.review(ana, ruth, 1)
    make.review(ana, moses, 3)

    with pytest.raises(NotSettled) as refusal:
        prepare(london, [ana], olive, outcome)

    assert refusal.value.sentence == (
        "The scores of Ana are missing, or reviewers differ and no moderator has settled it yet. "
        "Untick them, or say why you decide before that."
    )
    assert prepared() == []


def test_somebody_without_scores_comes_after_them(london, olive):
    with pytest.raises(NotSettled):
        prepare(london, [make.application(london)], olive)


def test_a_decision_before_the_scores_are_settled_needs_words_that_stay_with_it(london, olive, scored):
    prepare(london, [make.application(london)], olive, before_settled="The reviewer is ill.")

    assert PendingDecision.objects.get().reason == (
        f"{WHY}\nBefore the scores were settled, because: The reviewer is ill."
    )


def test_words_for_unsettled_scores_are_left_out_where_they_are_settled(london, olive, scored):
    prepare(london, [scored()], olive, before_settled="The reviewer is ill.")

    assert PendingDecision.objects.get().reason == WHY


def test_no_more_offers_than_places_counting_those_out_and_those_prepared(london, olive, scored):
    london.capacity = 3
    london.save()
    offering.offer(application=scored(), reason="Good.", by=olive)
    prepare(london, [scored()], olive)

    with pytest.raises(NoPlaceLeft) as refusal:
        prepare(london, [scored(), scored()], olive)

    assert refusal.value.sentence == (
        "You ticked 2 people, but 2 places are free and 1 offer prepared already. Untick some."
    )
    assert PendingDecision.objects.count() == 1


def test_preparing_an_offer_again_counts_it_once(london, olive, scored):
    london.capacity = 1
    london.save()
    ana = scored("Ana")
    prepare(london, [ana], olive)

    prepare(london, [ana], olive, reason="A better reason.")

    assert PendingDecision.objects.get().reason == "A better reason."


def test_preparing_something_else_replaces_it(london, olive, scored):
    ana = scored("Ana")
    prepare(london, [ana], olive)

    prepare(london, [ana], olive, "RESERVE")

    assert prepared() == [("Ana", "RESERVE")]


def test_clear_takes_away_what_is_prepared(london, olive, scored):
    ana, ben = scored("Ana"), scored("Ben")
    prepare(london, [ana, ben], olive)

    cleared = preparing.clear(cohort=london, applications=[ana, scored("Cy")], by=olive)

    assert (cleared, prepared()) == (1, [("Ben", "ACCEPT")])


# --- undo -----------------------------------------------------------------------------------------------------
def test_undo_takes_away_what_was_prepared(london, olive, scored):
    action = prepare(london, [scored("Ana"), scored("Ben")], olive)
    prepare(london, [scored("Cy")], olive)

    said = undoing.undo(action=action, by=olive)

    assert (said, prepared()) == ("2 people are to decide again.", [("Cy", "ACCEPT")])


def test_undo_says_for_whom_something_else_had_been_prepared(london, olive, scored):
    ana = scored("Ana")
    prepare(london, [ana], olive)
    action = prepare(london, [ana, scored("Ben")], olive, "RESERVE")

    said = undoing.undo(action=action, by=olive)

    assert said == (
        "2 people are to decide again. For 1 of them something else was prepared before: prepare that again."
    )


@pytest.mark.parametrize("moved_on", ["prepared", "cleared", "edited", "gone"])
def test_undo_is_refused_when_something_has_changed_since(london, olive, scored, moved_on):
    ana, ben = scored("Ana"), scored("Ben")
    action = prepare(london, [ana, ben], olive)
    row = ana.pending if hasattr(ana, "pending") else PendingDecision.objects.get(application=ana)
    if moved_on == "prepared":
        prepare(london, [ana], olive, "DECLINE")
    elif moved_on == "cleared":
        preparing.clear(cohort=london, applications=[ana], by=olive)
    elif moved_on == "edited":
        words = wording.Words("Subject", "[link] [reply by]")
        wording.edit_letter(row=row, words=words, version=wording.version_of(row), by=olive)
    else:
        row.delete()

    with pytest.raises(CannotUndo) as refusal:
        undoing.undo(action=action, by=olive)

    assert refusal.value.sentence == (
        "Nothing was undone, because something has changed since for Ana: the decision was released, prepared anew or "
        "taken away, or the letter was edited."
    )
    assert ("Ben", "ACCEPT") in prepared()
    assert BulkAction.objects.get(pk=action.pk).undone_at is None


def test_a_decision_in_the_meantime_does_not_take_the_prepared_one_away(london, olive, scored):
    ana = scored("Ana")
    prepare(london, [ana], olive)

    moving.move(application=ana, outcome="WITHDRAW", reason="Moved away.", by=olive)

    assert prepared() == [("Ana", "ACCEPT")]
