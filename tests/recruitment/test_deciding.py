import pytest

from core.models import AuditEvent, Message
from programmes.models import Participant
from programmes.services.cohorts import CohortFull
from recruitment.models import Application, Decision
from recruitment.services import deciding
from recruitment.services.deciding import CannotDecide, NotEnoughPlaces, ReasonMissing
from tests import make


def state_of(application: Application) -> str:
    return Application.objects.get(pk=application.pk).state


def shrink(cohort, places: int) -> None:
    cohort.capacity = places
    cohort.save()


def test_accept_gives_a_place_writes_a_letter_and_says_who(london, olive):
    application = make.application(london, name="Ana Novak", experience="OVER_3", lived_experience="CARER")

    participant = deciding.accept(application=application, reason=" Strong on listening. ", by=olive)

    assert state_of(application) == "ACCEPTED"
    assert (participant.person, participant.ref) == (application.person, "T01")
    assert (participant.experience, participant.lived_experience) == ("OVER_3", "CARER")
    decision = Decision.objects.get()
    assert (decision.outcome, decision.by, decision.reason) == ("ACCEPT", olive, "Strong on listening.")
    assert Message.objects.get().key == f"decision:{decision.pk}"
    assert AuditEvent.objects.get(verb="accepted").detail == {"decision": decision.pk}


def test_accept_when_full_changes_nothing(london, olive):
    shrink(london, 1)
    make.participant(london)
    application = make.application(london)

    with pytest.raises(CohortFull):
        deciding.accept(application=application, reason="Good.", by=olive)

    assert state_of(application) == "SUBMITTED"
    assert (Decision.objects.count(), Message.objects.count(), Participant.objects.count()) == (0, 0, 1)


def test_accept_twice_is_refused_the_second_time(london, olive):
    application = make.application(london, name="Ana Novak")
    deciding.accept(application=application, reason="Good.", by=olive)

    with pytest.raises(CannotDecide) as refusal:
        deciding.accept(application=Application.objects.get(), reason="Good.", by=olive)

    assert refusal.value.sentence == (
        "The application of Ana Novak already has a place. To change that, take the decision back first."
    )
    assert (Decision.objects.count(), Message.objects.count()) == (1, 1)


def test_accept_from_a_page_that_is_out_of_date_is_refused(london, olive):
    application = make.application(london)
    stale = Application.objects.get()
    deciding.decline(application=application, reason="One issue only.", by=olive)

    with pytest.raises(CannotDecide):
        deciding.accept(application=stale, reason="Good.", by=olive)
    assert Participant.objects.count() == 0


@pytest.mark.parametrize("service", [deciding.accept, deciding.put_on_reserve, deciding.decline, deciding.reopen])
def test_every_decision_needs_a_reason(london, olive, service):
    application = make.application(london, state="RESERVE")

    with pytest.raises(ReasonMissing):
        service(application=application, reason=" \n ", by=olive)
    assert Decision.objects.count() == 0


def test_a_reserve_can_be_accepted(london, olive):
    application = make.application(london)

    deciding.put_on_reserve(application=application, reason="Close to the cut.", by=olive)
    deciding.accept(application=application, reason="A place became free.", by=olive)

    assert state_of(application) == "ACCEPTED"
    assert list(Decision.objects.order_by("pk").values_list("outcome", flat=True)) == ["RESERVE", "ACCEPT"]


def test_decline_writes_a_letter_and_gives_no_place(london, olive):
    application = make.application(london)

    deciding.decline(application=application, reason="Mostly one issue.", by=olive)

    assert state_of(application) == "DECLINED"
    assert (Message.objects.count(), Participant.objects.count()) == (1, 0)


@pytest.mark.parametrize("decide", [deciding.accept, deciding.put_on_reserve, deciding.decline])
def test_reopen_reverses_every_decision_and_holds_the_letter_back(london, olive, decide):
    application = make.application(london)
    decide(application=application, reason="First thought.", by=olive)

    nobody_knows = deciding.reopen(application=application, reason="A slip of the mouse.", by=olive)

    assert nobody_knows is True
    assert state_of(application) == "SUBMITTED"
    assert Message.objects.count() == 0
    assert Participant.objects.filter(withdrawn_at=None).count() == 0
    assert Decision.objects.count() == 2


def test_reopen_says_when_the_letter_has_gone(london, olive):
    application = make.application(london)
    deciding.accept(application=application, reason="Good.", by=olive)
    Message.objects.update(state=Message.State.SENDING)

    nobody_knows = deciding.reopen(application=application, reason="Wrong person.", by=olive)

    assert nobody_knows is False
    assert Message.objects.count() == 1


def test_reopen_and_accept_again_gives_the_same_ref_and_a_new_letter(london, olive):
    application = make.application(london)
    first = deciding.accept(application=application, reason="Good.", by=olive)
    deciding.reopen(application=application, reason="Wrong row.", by=olive)

    second = deciding.accept(application=application, reason="It was right after all.", by=olive)

    assert (second.pk, second.ref) == (first.pk, first.ref)
    assert Message.objects.count() == 1
    assert Decision.objects.count() == 3


def test_reopen_frees_the_place(london, olive):
    shrink(london, 1)
    first, second = make.application(london), make.application(london)
    deciding.accept(application=first, reason="Good.", by=olive)
    deciding.reopen(application=first, reason="Cannot come.", by=olive)

    deciding.accept(application=second, reason="Next on the list.", by=olive)

    assert list(Participant.objects.filter(withdrawn_at=None).values_list("person", flat=True)) == [second.person_id]


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


def test_accept_all_accepts_each(london, olive):
    chosen = [make.application(london) for _ in range(3)]

    assert deciding.accept_all(applications=chosen, reason="Top of the ranking.", by=olive) == 3
    assert Participant.objects.count() == 3
    assert set(Decision.objects.values_list("reason", flat=True)) == {"Top of the ranking."}


@pytest.mark.parametrize(
    ("places", "sentence"),
    [
        (3, "There are 2 places left and you selected 3 people. Nobody was accepted."),
        (2, "There is 1 place left and you selected 3 people. Nobody was accepted."),
        (1, "There is no place left and you selected 3 people. Nobody was accepted."),
    ],
)
def test_accept_all_with_too_few_places_accepts_nobody(london, olive, places, sentence):
    shrink(london, places)
    make.participant(london)
    chosen = [make.application(london) for _ in range(3)]

    with pytest.raises(NotEnoughPlaces) as refusal:
        deciding.accept_all(applications=chosen, reason="Top.", by=olive)

    assert refusal.value.sentence == sentence
    assert (Participant.objects.count(), Decision.objects.count(), Message.objects.count()) == (1, 0, 0)


def test_accept_all_with_one_that_cannot_be_accepted_accepts_nobody(london, olive):
    chosen = [make.application(london), make.application(london, state="DECLINED")]

    with pytest.raises(CannotDecide):
        deciding.accept_all(applications=chosen, reason="Top.", by=olive)
    assert (Participant.objects.count(), Decision.objects.count()) == (0, 0)


def test_accept_all_of_nobody_is_refused(olive):
    with pytest.raises(CannotDecide):
        deciding.accept_all(applications=[], reason="Top.", by=olive)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("SUBMITTED", ["ACCEPT", "RESERVE", "DECLINE"]),
        ("RESERVE", ["ACCEPT", "DECLINE", "REOPEN"]),
        ("ACCEPTED", ["REOPEN"]),
        ("DECLINED", ["REOPEN"]),
        ("WITHDRAWN", ["REOPEN"]),
    ],
)
def test_possible_outcomes_by_state(state, expected):
    assert deciding.possible_outcomes(Application(state=state)) == expected
