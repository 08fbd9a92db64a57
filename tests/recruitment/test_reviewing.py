import pytest

from core.models import AuditEvent
from programmes.characteristics import Characteristic
from recruitment.models import Application, Review, Score
from recruitment.services import reviewing
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


@pytest.mark.parametrize("state", ["ACCEPTED", "DECLINED", "WITHDRAWN"])
def test_save_review_after_the_decision_is_refused(london, ruth, state):
    application = make.application(london)
    Application.objects.update(state=state)  # as another organiser's click would, after this page was loaded

    with pytest.raises(reviewing.ScoringIsOver):
        reviewing.save_review(application=application, scores=scores(), by=ruth)
    assert Review.objects.count() == 0


def test_save_review_of_a_reserve_is_possible(london, ruth):
    application = make.application(london, state="RESERVE")

    reviewing.save_review(application=application, scores=scores(1), by=ruth)

    assert Score.objects.count() == 7
