"""What the database itself refuses."""

from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.utils import timezone

from recruitment.models import Application, CharacteristicAnswer, Decision, Review, Score
from tests import make


def test_one_open_application_per_person_and_cohort(london):
    first = make.application(london)

    with pytest.raises(IntegrityError):
        make.application(london, person=first.person)


@pytest.mark.parametrize("state", ["DECLINED", "WITHDRAWN"])
def test_a_closed_application_leaves_room_for_another(london, state):
    first = make.application(london, state=state)

    second = make.application(london, person=first.person)

    assert second.state == "SUBMITTED"


def test_one_application_per_key(london):
    key = uuid4()
    make.application(london, key=key)

    with pytest.raises(IntegrityError):
        make.application(london, key=key)


def test_one_application_per_reference(london):
    make.application(london, reference="AAA-AAA")

    with pytest.raises(IntegrityError):
        make.application(london, reference="AAA-AAA")


def test_one_answer_per_characteristic(london):
    application = make.application(london)

    with pytest.raises(IntegrityError):
        CharacteristicAnswer.objects.create(application=application, characteristic="TIME", text="Again")


def test_one_review_per_reviewer(london, ruth):
    application = make.application(london)
    make.review(application, ruth)

    with pytest.raises(IntegrityError):
        Review.objects.create(application=application, reviewer=ruth)


@pytest.mark.parametrize(("mark", "reason"), [(5, "Because."), (-1, "Because."), (3, "")])
def test_a_score_is_0_to_4_and_has_a_reason(london, ruth, mark, reason):
    review = Review.objects.create(application=make.application(london), reviewer=ruth)

    with pytest.raises(IntegrityError):
        Score.objects.create(review=review, characteristic="TIME", mark=mark, reason=reason)


def test_one_score_per_characteristic_and_review(london, ruth):
    review = make.review(make.application(london), ruth)

    with pytest.raises(IntegrityError):
        Score.objects.create(review=review, characteristic="TIME", mark=1, reason="Again.")


def test_a_decision_has_a_reason(london, olive):
    with pytest.raises(IntegrityError):
        Decision.objects.create(
            application=make.application(london), outcome="ACCEPT", by=olive, at=timezone.now(), reason=""
        )


def test_applications_of_another_cohort_are_not_visible(london, kent, olive):
    mine = make.application(london)
    make.application(kent)

    assert list(Application.objects.visible_to(olive)) == [mine]
