"""Taking an application back, and coming back after all."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from core.models import AuditEvent, Message
from programmes.models import Participant
from recruitment.models import Application, Decision, Offer
from recruitment.queries.mine import return_until
from recruitment.services import deciding, offering, withdrawing
from recruitment.services.moving import CannotDecide
from tests import make

pytestmark = pytest.mark.django_db
State = Application.State


@pytest.fixture
def applied(london):
    return make.application(london, reference="AAA-AAA")


def fresh(application):
    return Application.objects.select_related("cohort", "person").get(pk=application.pk)


def offered(application, by):
    return offering.offer(application=application, reason="Strong answers", by=by)


# --- withdrawing ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("state", [State.AWAITING, State.SUBMITTED, State.RESERVE])
def test_withdraw_from_wherever_one_waits(london, state):
    application = make.application(london, state=state)

    decision = withdrawing.withdraw(application=application)

    assert fresh(application).state == State.WITHDRAWN
    assert (decision.outcome, decision.state_before, decision.by) == ("WITHDRAW", state, None)
    assert decision.reason == "Withdrawn by the person on their own page"
    assert list(AuditEvent.objects.filter(subject_kind="recruitment.application").values_list("verb", flat=True)) == [
        "withdrew_application"
    ]


def test_withdraw_ends_the_open_offer_and_frees_its_place(applied, olive):
    offered(applied, olive)

    withdrawing.withdraw(application=applied)

    offer = Offer.objects.get()
    assert (offer.ended_at is not None, offer.answer) == (True, "")
    assert Participant.objects.count() == 0


def test_withdraw_from_a_place_gives_it_up(applied, olive):
    offered(applied, olive)
    participant = offering.say_yes(application=applied)

    withdrawing.withdraw(application=fresh(applied))

    participant.refresh_from_db()
    assert participant.withdrawn_at is not None
    assert fresh(applied).state == State.WITHDRAWN


def test_withdraw_holds_back_a_letter_that_nobody_has_posted(london, olive):
    person = make.person("Ana", email="", post="1 High Street", preferred="POST")
    application = make.application(london, person=person)
    offered(application, olive)

    withdrawing.withdraw(application=application)

    assert [key.split(":")[0] for key in Message.objects.values_list("key", flat=True)] == ["withdrawn"]


def test_withdraw_twice_is_one_step_and_one_letter(applied):
    first = withdrawing.withdraw(application=applied)
    second = withdrawing.withdraw(application=applied)

    assert first == second
    assert Decision.objects.count() == 1
    assert Message.objects.count() == 1


@pytest.mark.parametrize("state", [State.DECLINED, State.TURNED_DOWN, State.LAPSED])
def test_withdraw_what_is_over_is_refused(london, state):
    application = make.application(london, state=state)

    with pytest.raises(CannotDecide):
        withdrawing.withdraw(application=application)

    assert fresh(application).state == state
    assert Message.objects.count() == 0


# --- coming back ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("state", [State.AWAITING, State.SUBMITTED, State.RESERVE])
def test_come_back_to_where_one_was(london, state):
    london.days.filter(number=1).update(date=timezone.localdate() + timedelta(days=30))
    london.days.exclude(number=1).delete()
    application = make.application(london, state=state)
    withdrawing.withdraw(application=application)

    assert withdrawing.come_back(application=fresh(application)) == state

    assert fresh(application).state == state
    assert Decision.objects.latest("pk").outcome == "RETURN"


def test_come_back_to_an_offer_opens_it_again_with_its_own_day(applied, olive):
    reply_by = offered(applied, olive).reply_by
    withdrawing.withdraw(application=applied)

    assert withdrawing.come_back(application=fresh(applied)) == State.OFFERED

    offer = Offer.objects.get()
    assert (offer.reply_by, offer.ended_at, offer.answer, offer.answered_at) == (reply_by, None, "", None)
    assert offering.say_yes(application=fresh(applied)).ref == "T01"


def test_come_back_after_a_no_opens_the_offer_again(applied, olive):
    offered(applied, olive)
    offering.say_no(application=applied)

    assert withdrawing.come_back(application=fresh(applied)) == State.OFFERED

    offer = Offer.objects.get()
    assert (offer.answer, offer.answered_at, offer.ended_at) == ("", None, None)


def test_come_back_to_a_place_under_the_same_ref(applied, olive):
    offered(applied, olive)
    offering.say_yes(application=applied)
    withdrawing.withdraw(application=fresh(applied))

    assert withdrawing.come_back(application=fresh(applied)) == State.ACCEPTED

    participant = Participant.objects.get()
    assert (participant.ref, participant.withdrawn_at) == ("T01", None)


@pytest.mark.parametrize("had_said_yes", [True, False])
def test_come_back_when_the_place_is_taken_is_refused_and_nothing_changes(london, applied, olive, had_said_yes):
    london.capacity = 1
    london.save()
    offered(applied, olive)
    if had_said_yes:
        offering.say_yes(application=applied)
    withdrawing.withdraw(application=fresh(applied))
    offered(make.application(london), olive)

    with pytest.raises(offering.NoPlaceLeft):
        withdrawing.come_back(application=fresh(applied))

    assert fresh(applied).state == State.WITHDRAWN
    assert applied.offers.filter(answered_at=None, ended_at=None).count() == 0
    assert Participant.objects.able().count() == 0


def test_come_back_after_the_end_of_the_call_is_too_late(london, applied, time_machine):
    withdrawing.withdraw(application=applied)
    end = fresh(applied).cohort.applications_end_at

    time_machine.move_to(end)
    with pytest.raises(withdrawing.TooLate):
        withdrawing.come_back(application=fresh(applied))
    time_machine.move_to(end - timedelta(seconds=1))

    assert withdrawing.come_back(application=fresh(applied)) == State.SUBMITTED


def test_come_back_after_the_day_of_the_offer_is_too_late(applied, olive, time_machine):
    reply_by = offered(applied, olive).reply_by
    offering.say_no(application=applied)

    time_machine.move_to(reply_by + timedelta(minutes=1))
    with pytest.raises(withdrawing.TooLate):
        withdrawing.come_back(application=fresh(applied))
    time_machine.move_to(reply_by + timedelta(seconds=59))

    assert withdrawing.come_back(application=fresh(applied)) == State.OFFERED


def test_come_back_twice_is_one_step_and_one_letter(applied):
    withdrawing.withdraw(application=applied)

    states = [withdrawing.come_back(application=fresh(applied)) for _ in range(2)]

    assert states == [State.SUBMITTED, State.SUBMITTED]
    assert Decision.objects.filter(outcome="RETURN").count() == 1
    assert Message.objects.filter(key__startswith="returned:").count() == 1


def test_come_back_when_one_has_applied_again_is_refused(london, applied):
    withdrawing.withdraw(application=applied)
    make.application(london, person=applied.person)

    with pytest.raises(withdrawing.NewerApplication):
        withdrawing.come_back(application=fresh(applied))


def test_come_back_after_being_declined_is_refused(applied, olive):
    deciding.decline(application=applied, reason="Others scored higher", by=olive)

    with pytest.raises(CannotDecide):
        withdrawing.come_back(application=fresh(applied))


def test_a_place_without_an_offer_can_be_given_back_until_the_end_of_the_call(london):
    """Places from before there were offers."""
    application = make.application(london, state=State.ACCEPTED)
    make.participant(london, person=application.person)
    withdrawing.withdraw(application=application)

    assert return_until(fresh(application)) == fresh(application).cohort.applications_end_at
    assert withdrawing.come_back(application=fresh(application)) == State.ACCEPTED


def test_last_moment_on_the_reserve_list_is_the_first_morning_on_the_cohorts_clock(london):
    application = make.application(london, state=State.RESERVE)

    assert return_until(application) == datetime(2017, 11, 23, tzinfo=UTC)


# --- the letters, read whole --------------------------------------------------------------------------------------
@pytest.fixture
def course(london):
    london.help_phone, london.help_email = "020 7946 0099", "lay@example.org"
    london.save()
    return london


def letter_about(application, what):
    letter = Message.objects.get(key__startswith=f"{what}:")
    return letter.subject, letter.text.replace(letter.secrets[0], "TOKEN")


def test_letter_about_withdrawing_read_whole(course):
    application = make.application(course, person=make.person("Ana O'Neill"), reference="AAA-AAA")

    withdrawing.withdraw(application=application)

    assert letter_about(application, "withdrawn") == (
        "You have withdrawn: London 2017",
        """Dear Ana O'Neill,

You have withdrawn your application for London 2017. We do not consider it any more. Your reference is AAA-AAA.

You need do nothing more.

If you did not want this, or have changed your mind, please tell us soon. Open your page, where you can see whether it can still be undone:

http://127.0.0.1:8000/application/TOKEN/

Or ring us on 020 7946 0099 or write to lay@example.org.

Thank you for your interest. You are welcome to apply again for another course.

The Laypartner programme office
""",  # noqa: E501
    )


@pytest.mark.parametrize(
    ("leave", "subject", "sentence"),
    [
        ("no", "You said no to the place: London 2017", "You said no to the place on London 2017."),
        ("place", "You have withdrawn: London 2017", "You have withdrawn from London 2017 and given up your place."),
    ],
)
def test_letter_about_leaving_says_what_was_left(course, olive, leave, subject, sentence):
    application = make.application(course)
    offered(application, olive)
    if leave == "no":
        offering.say_no(application=application)
    else:
        offering.say_yes(application=application)
        withdrawing.withdraw(application=fresh(application))

    found, text = letter_about(application, "withdrawn")

    assert found == subject
    assert text.split("\n\n")[1].startswith(sentence)


def test_letter_about_coming_back_to_an_offer_says_until_when(course, olive):
    application = make.application(course, person=make.person("Ana O'Neill"), reference="AAA-AAA")
    offer = offered(application, olive)
    Offer.objects.update(reply_by=timezone.now() + timedelta(days=3))
    offer.refresh_from_db()
    offering.say_no(application=application)

    withdrawing.come_back(application=fresh(application))

    subject, text = letter_about(application, "returned")
    here = timezone.localtime(offer.reply_by, course.zone)
    assert subject == "You are back: London 2017"
    assert text.split("\n\n")[1] == (
        "We are glad that you are back. The place on London 2017 that we offered you is held for you again. "
        "Your reference is AAA-AAA."
    )
    assert f"on {here:%A} {here.day} {here:%B %Y} whether you want the place" in text
    assert "http://127.0.0.1:8000/application/TOKEN/" in text


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (State.SUBMITTED, "Your application for London 2017 counts again, as you sent it."),
        (State.RESERVE, "You are on the reserve list for London 2017 again, where you were before."),
        (State.AWAITING, "Your application for London 2017 counts again, as you sent it."),
        (State.ACCEPTED, "You have your place on London 2017 again."),
    ],
)
def test_letter_about_coming_back_says_where_one_stands(course, state, sentence):
    course.days.all().delete()
    application = make.application(course, state=state)
    if state == State.ACCEPTED:
        make.participant(course, person=application.person)
    withdrawing.withdraw(application=application)
    withdrawing.come_back(application=fresh(application))

    text = letter_about(application, "returned")[1]

    assert sentence in text.split("\n\n")[1]
    assert "\n\n\n" not in text
