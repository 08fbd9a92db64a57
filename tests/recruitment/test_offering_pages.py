"""Answering an offer by one's own link: by a button, once, and with a clear page when the place has gone."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from core.models import AuditEvent, Message
from programmes.models import Participant
from recruitment.models import Application, Decision, Offer
from recruitment.services import offering
from tests import make
from tests.recruitment.opened import browser_of, own_page

State = Application.State


@pytest.fixture
def offered(db, london, olive):
    application = make.application(london, reference="AAA-AAA", name="Ana Novak")
    offering.offer(application=application, reason="Strong answers", by=olive)
    return application


def state_of(application):
    return Application.objects.get(pk=application.pk).state


def test_page_of_an_offer_has_its_day_the_dates_and_two_buttons(offered):
    html = browser_of(offered).get(own_page(offered, "offer/")).content.decode()

    assert "Do you want the place?" in html
    assert "Thursday 23 November 2017" in html
    assert html.count("Yes, I want the place") == 1
    assert html.count("No, I do not want it") == 1
    assert "We hold it for you until" in html


def test_yes_gives_the_place_and_a_letter(offered):
    answer = browser_of(offered).post(own_page(offered, "offer/yes/"), follow=True)

    assert 'id="stands">You have a place</h2>' in answer.content.decode()
    assert state_of(offered) == State.ACCEPTED
    assert Participant.objects.get().person == offered.person
    assert Offer.objects.get().answer == "YES"
    assert Decision.objects.latest("pk").by is None
    assert Message.objects.filter(key__startswith="confirmed:").count() == 1


def test_yes_pressed_twice_is_one_participant_and_the_same_page(offered):
    browser, address = browser_of(offered), own_page(offered, "offer/yes/")

    answers = [browser.post(address) for _ in range(2)]

    assert answers[0].url == answers[1].url
    assert Participant.objects.count() == 1
    assert Message.objects.filter(key__startswith="confirmed:").count() == 1
    assert AuditEvent.objects.filter(verb="enrolled").count() == 1


def test_no_frees_the_place_and_offers_to_undo_it(offered):
    answer = browser_of(offered).post(own_page(offered, "offer/no/"), follow=True)

    html = answer.content.decode()
    assert "You said no to the place" in html
    assert "you can undo this until" in html
    assert "I want the place after all" in html
    assert (state_of(offered), Offer.objects.get().answer) == (State.TURNED_DOWN, "NO")


def test_no_pressed_twice_is_one_no(offered):
    browser, address = browser_of(offered), own_page(offered, "offer/no/")

    answers = [browser.post(address, follow=True) for _ in range(2)]

    assert next(answer.redirect_chain[-1][0] for answer in answers).endswith("/offer/")
    assert "We could not take" not in answers[1].content.decode()
    assert Decision.objects.filter(outcome="TURN_DOWN").count() == 1


def test_no_by_mistake_is_undone_and_then_yes(offered):
    browser = browser_of(offered)
    browser.post(own_page(offered, "offer/no/"))

    back = browser.post(own_page(offered, "return/"), follow=True)
    browser.post(own_page(offered, "offer/yes/"))

    assert "You are back. Your place is held for you: please answer." in back.content.decode()
    assert state_of(offered) == State.ACCEPTED


def test_no_cannot_be_undone_when_the_place_went_to_somebody_else(london, offered, olive):
    london.capacity = 1
    london.save()
    browser = browser_of(offered)
    browser.post(own_page(offered, "offer/no/"))
    offering.offer(application=make.application(london), reason="Next", by=olive)

    answer = browser.post(own_page(offered, "return/"))

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "The place has been given to somebody else meanwhile." in html
    assert "you are not on the reserve list" in html
    assert state_of(offered) == State.TURNED_DOWN


def test_yes_after_a_no_is_not_taken_and_says_where_things_stand(offered):
    browser = browser_of(offered)
    browser.post(own_page(offered, "offer/no/"))

    answer = browser.post(own_page(offered, "offer/yes/"), follow=True)

    assert "We could not take your yes." in answer.content.decode()
    assert state_of(offered) == State.TURNED_DOWN


def test_offer_that_ran_out_is_still_accepted_while_the_place_is_free(offered, olive):
    offering.lapse(application=offered, reason="Silent for a week", by=olive)
    browser = browser_of(offered)

    page = browser.get(own_page(offered, "offer/")).content.decode()
    browser.post(own_page(offered, "offer/yes/"))

    assert "there is still a free place" in page
    assert "No, I do not want it" not in page
    assert state_of(offered) == State.ACCEPTED


def test_offer_past_its_day_but_not_given_on_is_accepted(offered, time_machine):
    """Nobody has decided to give the place on, so it is still held."""
    time_machine.move_to(Offer.objects.get().reply_by + timedelta(hours=2))

    offering.say_yes(application=offered)

    assert state_of(offered) == State.ACCEPTED


def test_yes_when_the_place_was_given_on_is_a_clear_page(london, offered, olive):
    london.capacity = 1
    london.help_phone = "020 7946 0099"
    london.save()
    offering.lapse(application=offered, reason="Silent for a week", by=olive)
    offering.offer(application=make.application(london), reason="Next", by=olive)
    browser = browser_of(offered)

    page = browser.get(own_page(offered, "offer/"))
    answer = browser.post(own_page(offered, "offer/yes/"))

    html = answer.content.decode()
    assert "Yes, I want the place" not in page.content.decode()
    assert answer.status_code == 409
    assert "Your place was given to somebody else, because the time to reply was over." in html
    assert "You are not on the reserve list" in html
    assert "020 7946 0099" in html
    assert (state_of(offered), Participant.objects.count()) == (State.LAPSED, 0)


@pytest.mark.parametrize("rest", ["offer/yes/", "offer/no/"])
def test_offer_of_which_nobody_has_been_told_cannot_be_answered(london, olive, rest, django_user_model):
    application = make.application(london)
    made = offering.offer(application=application, reason="Strong", by=olive)
    Message.objects.update(due_at=made.reply_by)

    browser_of(application).post(own_page(application, rest))

    assert state_of(application) == State.OFFERED


@pytest.mark.parametrize("state", [State.SUBMITTED, State.RESERVE, State.ACCEPTED, State.DECLINED, State.WITHDRAWN])
def test_page_of_an_offer_that_is_not_there_leads_to_ones_own_page(london, state):
    application = make.application(london, state=state)
    if state == State.WITHDRAWN:
        application.decisions.create(
            outcome="WITHDRAW", state_before="SUBMITTED", at=application.submitted_at, reason="x"
        )
    browser, address = browser_of(application), own_page(application, "offer/")

    answer = browser.get(address)

    assert answer.url == address.removesuffix("offer/")


# --- the last place ---------------------------------------------------------------------------------------------------
@pytest.fixture
def two_for_one_place():
    """Two people whose time to reply is over, and one place left."""
    cohort = make.cohort("last-place", capacity=1, open=True)
    applications = [make.application(cohort, state=State.LAPSED) for _ in range(2)]
    return applications, [(browser_of(one), own_page(one, "offer/yes/")) for one in applications]


def outcome(applications, statuses):
    """What both got, the winner first: status, state."""
    return sorted(zip(statuses, map(state_of, applications), strict=True))


@pytest.mark.django_db
def test_last_place_taken_one_after_the_other(two_for_one_place):
    applications, browsers = two_for_one_place

    statuses = [browser.post(address).status_code for browser, address in browsers]

    assert outcome(applications, statuses) == [(302, State.ACCEPTED), (409, State.LAPSED)]
    assert Participant.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="an in-memory SQLite cannot be opened twice")
@pytest.mark.parametrize("again", range(5))
def test_last_place_taken_by_two_at_once(two_for_one_place, again):
    applications, browsers = two_for_one_place
    together, statuses = threading.Barrier(2), {}

    def press(number):
        browser, address = browsers[number]
        try:
            together.wait(timeout=10)
            statuses[number] = browser.post(address).status_code
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert outcome(applications, [statuses[0], statuses[1]]) == [(302, State.ACCEPTED), (409, State.LAPSED)]
    assert Participant.objects.count() == 1
