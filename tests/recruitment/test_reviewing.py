from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from core.models import AuditEvent
from programmes.characteristics import Characteristic
from recruitment.models import Application, Assignment, Review, Score
from recruitment.services import reviewing
from recruitment.services.reviewing import Remarks
from tests import make
from tests.recruitment.filled import scores


def test_save_review_stores_seven_marks_with_reasons(london, ruth):
    application = make.application(london)

    review = reviewing.save_review(application=application, scores=scores(2, "  Took part.  "), by=ruth)

    assert {s.characteristic: (s.mark, s.reason) for s in review.scores.all()} == {
        item.value: (2, "Took part.") for item in Characteristic
    }
    line = AuditEvent.objects.get(verb="scored")
    assert (line.by, line.detail) == (ruth, {"is_new": True, "total": 14})


def test_save_review_twice_replaces_and_both_are_in_the_audit(london, ruth):
    application = make.application(london)

    reviewing.save_review(application=application, scores=scores(2), by=ruth)
    reviewing.save_review(application=application, scores=scores(4), by=ruth)

    assert (Review.objects.count(), Score.objects.count()) == (1, 7)
    assert set(Score.objects.values_list("mark", flat=True)) == {4}
    assert [line.detail for line in AuditEvent.objects.filter(verb="scored").order_by("pk")] == [
        {"is_new": True, "total": 14},
        {"is_new": False, "total": 28},
    ]


def test_save_review_of_two_reviewers_stays_two(london, ruth, moses):
    application = make.application(london)

    reviewing.save_review(application=application, scores=scores(2), by=ruth)
    reviewing.save_review(application=application, scores=scores(3), by=moses)

    assert sorted(Review.objects.values_list("reviewer__name", flat=True)) == ["Moses", "Ruth"]


def test_save_review_keeps_the_remarks(london, ruth):
    remarks = Remarks(is_single_issue=True, development_needs=("TIME",), development_note=" A laptop to borrow. ")

    review = reviewing.save_review(application=make.application(london), scores=scores(), remarks=remarks, by=ruth)

    review.refresh_from_db()
    assert (review.is_single_issue, review.development_needs, review.development_note) == (
        True,
        ["TIME"],
        "A laptop to borrow.",
    )


@pytest.mark.parametrize("mark", [-1, 5, 2.5, "3", None, True])
def test_save_review_refuses_a_mark_that_is_not_0_to_4(london, ruth, mark):
    application = make.application(london)
    wrong = scores() | {Characteristic.TIME: (mark, "Because.")}

    with pytest.raises(reviewing.ScoresIncomplete) as refusal:
        reviewing.save_review(application=application, scores=wrong, by=ruth)

    assert refusal.value.sentence == f"Give a mark from 0 to 4 for “{Characteristic.TIME.label}”."
    assert Review.objects.count() == 0


def test_save_review_refuses_a_missing_characteristic(london, ruth):
    six = {item: value for item, value in scores().items() if item != Characteristic.LISTENING}

    with pytest.raises(reviewing.ScoresIncomplete):
        reviewing.save_review(application=make.application(london), scores=six, by=ruth)


def test_save_review_refuses_a_blank_reason(london, ruth):
    wrong = scores() | {Characteristic.CHALLENGE: (3, "  \n ")}

    with pytest.raises(reviewing.ScoresIncomplete) as refusal:
        reviewing.save_review(application=make.application(london), scores=wrong, by=ruth)

    assert refusal.value.sentence == f"Write a reason for the mark for “{Characteristic.CHALLENGE.label}”."


@pytest.mark.parametrize("state", ["OFFERED", "ACCEPTED", "RESERVE", "DECLINED", "WITHDRAWN"])
def test_save_review_after_the_decision_is_refused(london, ruth, state):
    application = make.application(london)
    Application.objects.update(state=state)  # as another organiser's click would, after this page was loaded

    with pytest.raises(reviewing.ScoringIsOver):
        reviewing.save_review(application=application, scores=scores(), by=ruth)
    assert Review.objects.count() == 0


def test_save_review_of_what_was_given_to_others_is_refused(london, ruth, moses):
    application = make.application(london)
    make.assigned(application, moses)

    with pytest.raises(reviewing.NotGiven):
        reviewing.save_review(application=application, scores=scores(), by=ruth)
    assert Review.objects.count() == 0


# --- what is begun ----------------------------------------------------------------------------------------------
def some(*items: Characteristic) -> dict:
    return {item: value for item, value in scores(1).items() if item in items}


def test_keep_for_later_stores_a_part_and_counts_no_review(london, ruth):
    application = make.application(london)

    reviewing.keep_for_later(application=application, scores=some(Characteristic.TIME), by=ruth)

    application.agreed_scores.refresh_from_db()
    agreed = application.agreed_scores
    assert (agreed.reviews, agreed.time, agreed.total) == (0, 1, None)
    assert AuditEvent.objects.get(verb="scores_kept").detail == {"is_new": True, "marks": 1}


def test_keep_for_later_of_remarks_alone_begins_a_review(london, ruth):
    remarks = Remarks(development_note="Ask again about the evenings.")

    reviewing.keep_for_later(application=make.application(london), scores={}, remarks=remarks, by=ruth)

    assert (Review.objects.count(), Score.objects.count()) == (1, 0)


def test_keep_for_later_refuses_a_mark_without_a_reason(london, ruth):
    with pytest.raises(reviewing.ScoresIncomplete):
        reviewing.keep_for_later(application=make.application(london), scores={Characteristic.TIME: (1, " ")}, by=ruth)


# --- when all are in ----------------------------------------------------------------------------------------------
def test_scores_change_until_the_last_review_is_in_and_then_no_more(london, ruth, moses):
    application = make.application(london)
    make.assigned(application, ruth, moses)
    reviewing.save_review(application=application, scores=scores(2), by=ruth)
    reviewing.save_review(application=application, scores=scores(3), by=ruth)
    reviewing.save_review(application=application, scores=scores(4), by=moses)

    with pytest.raises(reviewing.ScoringIsOver):
        reviewing.save_review(application=application, scores=scores(1), by=ruth)
    assert set(Score.objects.filter(review__reviewer=ruth).values_list("mark", flat=True)) == {3}


def test_a_single_reviewer_can_mend_a_slip(london, ruth):
    application = make.application(london)
    make.assigned(application, ruth)
    reviewing.save_review(application=application, scores=scores(2), by=ruth)

    reviewing.save_review(application=application, scores=scores(3), by=ruth)

    assert set(Score.objects.values_list("mark", flat=True)) == {3}


def test_a_further_opinion_does_not_let_the_first_two_change_what_they_gave(london, ruth, moses, olive):
    application = make.application(london)
    make.assigned(application, ruth, moses)
    reviewing.save_review(application=application, scores=scores(2), by=ruth)
    reviewing.save_review(application=application, scores=scores(4), by=moses)
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        Assignment.objects.create(application=application, reviewer=olive)

        with pytest.raises(reviewing.ScoringIsOver):
            reviewing.save_review(application=application, scores=scores(4), by=ruth)
        reviewing.save_review(application=application, scores=scores(3), by=olive)

    application.agreed_scores.refresh_from_db()
    assert (application.agreed_scores.reviews, application.agreed_scores.total) == (3, 21)
