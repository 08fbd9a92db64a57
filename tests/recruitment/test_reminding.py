"""Reminders: two by themselves, never at night, never after an answer; more by hand."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.models import Message
from recruitment.models import Offer
from recruitment.services import offering, reminding
from recruitment.services.offering import NoOpenOffer
from recruitment.services.reminding import RemindedToday, is_night, remind_due, when_awake
from tests import make

LONDON = ZoneInfo("Europe/London")
# An offer made on Wednesday 1 November 2017 at noon, to be answered by Wednesday 8 November 11:59pm.
MADE = datetime(2017, 11, 1, 12, tzinfo=UTC)
HALFWAY = datetime(2017, 11, 5, 9, tzinfo=UTC)
TWO_DAYS_BEFORE = datetime(2017, 11, 7, 9, tzinfo=UTC)


@pytest.fixture
def offer(london, olive, time_machine):
    time_machine.move_to(MADE, tick=False)
    return offering.offer(application=make.application(london, name="Ana Novak"), reason="Good.", by=olive)


def reminders() -> list[str]:
    return list(Message.objects.filter(key__startswith="offer-reminder").order_by("pk").values_list("key", flat=True))


@pytest.fixture
def at(time_machine):
    """at(moment) moves the clock there and runs what the worker runs."""

    def run(moment: datetime) -> int:
        time_machine.move_to(moment, tick=False)
        return remind_due()

    return run


def test_two_reminders_go_one_halfway_and_one_two_days_before(offer, at):
    counts = [at(MADE + timedelta(days=day, hours=-3)) for day in range(1, 8)]

    assert counts == [0, 0, 0, 1, 0, 1, 0]
    assert reminders() == [f"offer-reminder:{offer.pk}:1", f"offer-reminder:{offer.pk}:2:20171108"]
    assert Offer.objects.get().reminders_sent == 2


def test_running_again_writes_none_again(offer, at):
    assert [at(HALFWAY), remind_due(), remind_due()] == [1, 0, 0]


def test_the_letter_says_by_when_and_leads_to_the_page(offer, at):
    at(TWO_DAYS_BEFORE)

    letter = Message.objects.get(key__startswith="offer-reminder")
    assert letter.subject == "Please reply by 11:59pm on Wednesday 8 November 2017: your place on London 2017"
    assert "This is our last reminder." in letter.text
    assert f"/application/{letter.secrets[0]}/" in letter.text


@pytest.mark.parametrize("hour", [20, 23, 0, 3, 7])
def test_nobody_is_reminded_at_night(offer, at, hour):
    assert at(datetime(2017, 11, 6, hour, tzinfo=UTC)) == 0


@pytest.mark.parametrize("hour", [8, 12, 19])
def test_by_day_everybody_due_is_reminded(offer, at, hour):
    assert at(datetime(2017, 11, 6, hour, tzinfo=UTC)) == 1


def test_the_night_is_the_cohorts(london, offer, at):
    london.time_zone = "America/New_York"
    london.save()

    assert at(datetime(2017, 11, 6, 10, tzinfo=UTC)) == 0  # five in the morning there


@pytest.mark.parametrize("answer", [offering.say_yes, offering.say_no])
def test_nobody_is_reminded_after_an_answer(offer, at, answer):
    answer(application=offer.application)

    assert at(HALFWAY) == 0


def test_nobody_is_reminded_of_an_offer_that_ended_or_ran_out(offer, at, olive):
    assert at(datetime(2017, 11, 9, 9, tzinfo=UTC)) == 0
    offering.lapse(application=offer.application, reason="Silent.", by=olive)
    assert at(HALFWAY) == 0


def test_after_a_pause_of_the_worker_only_the_last_one_goes(offer, at):
    counts = [at(TWO_DAYS_BEFORE), at(TWO_DAYS_BEFORE + timedelta(hours=25))]

    assert (counts, reminders()) == ([1, 0], [f"offer-reminder:{offer.pk}:2:20171108"])


def test_more_time_brings_one_more_reminder_before_the_new_day(offer, at, olive):
    at(HALFWAY)
    at(TWO_DAYS_BEFORE)
    later = datetime(2017, 11, 15, 23, 59, tzinfo=UTC)
    offering.extend(application=offer.application, reply_by=later, by=olive)

    counts = [at(datetime(2017, 11, day, 9, tzinfo=UTC)) for day in range(8, 16)]

    assert counts == [0, 0, 0, 0, 0, 0, 1, 0]
    assert reminders()[-1] == f"offer-reminder:{offer.pk}:2:20171115"


def test_several_offers_are_reminded_each_once(london, olive, offer, at):
    for _ in range(3):
        offering.offer(application=make.application(london), reason="Good.", by=olive)

    assert (at(HALFWAY), len(set(reminders()))) == (4, 4)


# --- by hand -------------------------------------------------------------------------------------------------------
def test_by_hand_at_once_and_not_twice_a_day(offer, olive, time_machine):
    time_machine.move_to(datetime(2017, 11, 2, 10, tzinfo=UTC), tick=False)

    letter = reminding.remind(application=offer.application, by=olive)

    assert (letter.due_at, Offer.objects.get().reminders_sent) == (datetime(2017, 11, 2, 10, tzinfo=UTC), 1)
    with pytest.raises(RemindedToday) as refusal:
        reminding.remind(application=offer.application, by=olive)
    assert refusal.value.sentence == "Ana Novak was sent a reminder less than a day ago. Ring them instead."
    assert len(reminders()) == 1


def test_by_hand_in_the_evening_waits_for_the_morning(offer, olive, time_machine):
    time_machine.move_to(datetime(2017, 11, 2, 21, tzinfo=UTC), tick=False)

    letter = reminding.remind(application=offer.application, by=olive)

    assert letter.due_at == datetime(2017, 11, 3, 8, tzinfo=UTC)


def test_one_by_hand_puts_the_automatic_one_off_by_a_day(offer, at, olive, time_machine):
    time_machine.move_to(HALFWAY - timedelta(hours=2), tick=False)
    reminding.remind(application=offer.application, by=olive)

    assert [at(HALFWAY), at(HALFWAY + timedelta(hours=23))] == [0, 1]


def test_by_hand_after_an_answer_is_refused(offer, olive):
    offering.say_yes(application=offer.application)

    with pytest.raises(NoOpenOffer) as refusal:
        reminding.remind(application=offer.application, by=olive)
    assert refusal.value.sentence == "Ana Novak has no offer that waits for an answer."


@pytest.mark.parametrize(
    ("now", "night", "awake"),
    [
        (datetime(2017, 11, 2, 7, 59, tzinfo=LONDON), True, datetime(2017, 11, 2, 8, tzinfo=LONDON)),
        (datetime(2017, 11, 2, 8, tzinfo=LONDON), False, datetime(2017, 11, 2, 8, tzinfo=LONDON)),
        (datetime(2017, 11, 2, 19, 59, tzinfo=LONDON), False, datetime(2017, 11, 2, 19, 59, tzinfo=LONDON)),
        (datetime(2017, 11, 2, 20, tzinfo=LONDON), True, datetime(2017, 11, 3, 8, tzinfo=LONDON)),
        (datetime(2017, 10, 28, 22, tzinfo=LONDON), True, datetime(2017, 10, 29, 8, tzinfo=LONDON)),
    ],
)
def test_night_is_from_eight_to_eight(now, night, awake):
    assert (is_night(now, LONDON), when_awake(now, LONDON)) == (night, awake)
