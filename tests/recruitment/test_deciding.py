"""Decisions on one application: each a row with its reason, each to be taken back."""

import pytest

from core.models import AuditEvent, Message
from programmes.models import Participant
from recruitment.models import Application, Decision, Offer
from recruitment.services import deciding, offering
from recruitment.services.deciding import CannotDecide, ReasonMissing
from recruitment.services.offering import NoPlaceLeft
from tests import make


def state_of(application: Application) -> str:
    return Application.objects.get(pk=application.pk).state


def shrink(cohort, places: int) -> None:
    cohort.capacity = places
    cohort.save()


def test_offer_holds_a_place_writes_a_letter_and_says_who(london, olive):
    application = make.application(london, name="Ana Novak")

    offer = offering.offer(application=application, reason=" Strong on listening. ", criteria=["LISTENING"], by=olive)

    assert state_of(application) == "OFFERED"
    assert (offer.answer, offer.ended_at, Participant.objects.count()) == ("", None, 0)
    decision = Decision.objects.get()
    assert (decision.outcome, decision.by, decision.reason) == ("ACCEPT", olive, "Strong on listening.")
    assert (decision.criteria, decision.state_before) == (["LISTENING"], "SUBMITTED")
    assert Message.objects.get().key == f"decision:{decision.pk}"
    assert AuditEvent.objects.get(verb="offered_place").detail == {"decision": decision.pk}


def test_offer_without_a_place_changes_nothing(london, olive):
    shrink(london, 1)
    make.participant(london)
    application = make.application(london)

    with pytest.raises(NoPlaceLeft) as refusal:
        offering.offer(application=application, reason="Good.", by=olive)

    assert refusal.value.sentence == "There is no place left. Nobody was offered one."
    assert state_of(application) == "SUBMITTED"
    assert (Decision.objects.count(), Message.objects.count(), Offer.objects.count()) == (0, 0, 0)


def test_offers_that_wait_for_an_answer_take_places_too(london, olive):
    shrink(london, 1)
    offering.offer(application=make.application(london), reason="Good.", by=olive)

    with pytest.raises(NoPlaceLeft):
        offering.offer(application=make.application(london), reason="Good.", by=olive)


def test_offer_twice_is_refused_the_second_time(london, olive):
    application = make.application(london, name="Ana Novak")
    offering.offer(application=application, reason="Good.", by=olive)

    with pytest.raises(CannotDecide) as refusal:
        offering.offer(application=Application.objects.get(), reason="Good.", by=olive)

    assert refusal.value.sentence == "The application of Ana Novak has been offered a place."
    assert (Decision.objects.count(), Message.objects.count()) == (1, 1)


def test_offer_from_a_page_that_is_out_of_date_is_refused(london, olive):
    application = make.application(london)
    stale = Application.objects.get()
    deciding.decline(application=application, reason="One issue only.", by=olive)

    with pytest.raises(CannotDecide):
        offering.offer(application=stale, reason="Good.", by=olive)
    assert Offer.objects.count() == 0


@pytest.mark.parametrize("service", [offering.offer, deciding.put_on_reserve, deciding.decline, deciding.reopen])
def test_every_decision_needs_a_reason(london, olive, service):
    application = make.application(london, state="RESERVE")

    with pytest.raises(ReasonMissing):
        service(application=application, reason=" \n ", by=olive)
    assert Decision.objects.count() == 0


def test_a_reserve_can_be_offered_a_place(london, olive):
    application = make.application(london)

    deciding.put_on_reserve(application=application, reason="Close to the cut.", by=olive)
    offering.offer(application=application, reason="A place became free.", by=olive)

    assert state_of(application) == "OFFERED"
    rows = Decision.objects.order_by("pk").values_list("outcome", "state_before")
    assert list(rows) == [("RESERVE", "SUBMITTED"), ("ACCEPT", "RESERVE")]


def test_decline_writes_a_letter_and_gives_no_place(london, olive):
    application = make.application(london)

    deciding.decline(application=application, reason="Mostly one issue.", by=olive)

    assert state_of(application) == "DECLINED"
    assert (Message.objects.count(), Offer.objects.count()) == (1, 0)


@pytest.mark.parametrize("decide", [offering.offer, deciding.put_on_reserve, deciding.decline])
def test_reopen_reverses_every_decision_and_holds_the_letter_back(london, olive, decide):
    application = make.application(london)
    decide(application=application, reason="First thought.", by=olive)

    nobody_knows = deciding.reopen(application=application, reason="A slip of the mouse.", by=olive)

    assert nobody_knows is True
    assert state_of(application) == "SUBMITTED"
    assert Message.objects.count() == 0
    assert Offer.objects.filter(ended_at=None).count() == 0
    assert Decision.objects.count() == 2


def test_reopen_says_when_the_letter_has_gone(london, olive):
    application = make.application(london)
    offering.offer(application=application, reason="Good.", by=olive)
    Message.objects.update(state=Message.State.SENDING)

    nobody_knows = deciding.reopen(application=application, reason="Wrong person.", by=olive)

    assert nobody_knows is False
    assert Message.objects.count() == 1


def test_reopen_of_a_place_gives_it_up_and_back_under_the_same_ref(london, olive):
    application = make.application(london)
    offering.offer(application=application, reason="Good.", by=olive)
    first = offering.say_yes(application=application)
    application.refresh_from_db()
    deciding.reopen(application=application, reason="Wrong row.", by=olive)
    given_up = Participant.objects.filter(withdrawn_at=None).count()

    offering.offer(application=application, reason="It was right after all.", by=olive)
    second = offering.say_yes(application=application)

    assert given_up == 0
    assert (second.pk, second.ref, second.withdrawn_at) == (first.pk, first.ref, None)


def test_reopen_frees_the_place(london, olive):
    shrink(london, 1)
    first, second = make.application(london), make.application(london)
    offering.offer(application=first, reason="Good.", by=olive)
    deciding.reopen(application=first, reason="Cannot come.", by=olive)

    offering.offer(application=second, reason="Next on the list.", by=olive)

    assert list(Offer.objects.filter(ended_at=None).values_list("application", flat=True)) == [second.pk]


def test_reopen_of_a_withdrawn_application(london, olive):
    application = make.application(london, state="WITHDRAWN")

    assert deciding.reopen(application=application, reason="She called again.", by=olive) is True
    assert state_of(application) == "SUBMITTED"


def test_reopen_of_what_is_not_decided_is_refused(london, olive):
    with pytest.raises(CannotDecide) as refusal:
        deciding.reopen(application=make.application(london, name="Ana"), reason="Why not.", by=olive)

    assert refusal.value.sentence == "The application of Ana is still to decide."


def test_reopen_when_the_person_has_applied_again_is_refused(london, olive):
    old = make.application(london)
    deciding.decline(application=old, reason="Mostly one issue.", by=olive)
    make.application(london, person=old.person)

    with pytest.raises(CannotDecide):
        deciding.reopen(application=old, reason="Second thought.", by=olive)
    assert state_of(old) == "DECLINED"


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("AWAITING", []),
        ("SUBMITTED", ["ACCEPT", "RESERVE", "DECLINE"]),
        ("OFFERED", ["CONFIRM", "LAPSE", "REOPEN"]),
        ("RESERVE", ["ACCEPT", "DECLINE", "REOPEN"]),
        ("ACCEPTED", ["REOPEN"]),
        ("DECLINED", ["REOPEN"]),
        ("TURNED_DOWN", ["REOPEN"]),
        ("LAPSED", ["CONFIRM", "REOPEN"]),
        ("WITHDRAWN", ["REOPEN"]),
        ("MERGED", []),
    ],
)
def test_possible_outcomes_by_state(state, expected):
    assert deciding.possible_outcomes(Application(state=state)) == expected
