"""Offers that are out, the people who are silent, and the next on the reserve list."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from core.models import Message
from recruitment.models import Application, BulkAction, Decision, Offer
from recruitment.offer_list import days_left
from recruitment.queries.offers import next_in_line, reserve_list
from recruitment.services import offering, promoting, undoing
from recruitment.services.moving import CannotDecide
from recruitment.services.offering import NoOpenOffer, NoPlaceLeft, TooEarly
from recruitment.services.undoing import CannotUndo
from tests import make
from tests.recruitment.test_releasing import at_once, races

OFFERS = "/cohorts/london-2017/applications/offers/"
QUERIES = 12
ONE = "/cohorts/london-2017/applications/AAA-AAA/"


@pytest.fixture
def reserve(london, ruth):
    """reserve("Ana", 3): somebody on the reserve list with seven marks of 3, so a total of 21."""

    def one(name: str, mark: int | None = 3, **fields):
        application = make.application(london, name=name, state="RESERVE", **fields)
        if mark is not None:
            make.review(application, ruth, mark)
        return application

    return one


@pytest.fixture
def offered(london, olive):
    application = make.application(london, name="Ana Novak", reference="AAA-AAA")
    offering.offer(application=application, reason="Good.", by=olive)
    return application


def state_of(application: Application) -> str:
    return Application.objects.get(pk=application.pk).state


def names(waiting) -> list[tuple[int | None, str]]:
    return [(item.rank, item.application.person.name) for item in waiting]


# --- the reserve list ----------------------------------------------------------------------------------------------
def test_the_reserve_list_is_ranked_with_equals_sharing_a_rank(london, reserve):
    reserve("Ana", 2, reference="A-3")
    reserve("Ben", 4, reference="A-2")
    reserve("Cy", 4, reference="A-1")
    reserve("Di", None, reference="A-0")
    reserve("Eli", 4, eligibility="NOT_ELIGIBLE")

    waiting = reserve_list(london)

    assert names(waiting) == [(1, "Cy"), (1, "Ben"), (3, "Ana"), (None, "Di")]
    assert names(next_in_line(waiting)) == [(1, "Cy"), (1, "Ben")]


def test_nobody_is_next_on_an_empty_list(london):
    assert next_in_line(reserve_list(london)) == []


def test_promote_offers_the_place_to_the_first(london, olive, reserve):
    reserve("Ana", 2)
    ben = reserve("Ben", 4, reference="BEN-BEN")

    action = promoting.promote(application=ben, by=olive)

    decision = Decision.objects.get()
    assert (state_of(ben), decision.outcome, decision.state_before) == ("OFFERED", "ACCEPT", "RESERVE")
    assert decision.reason == "First on the ranked reserve list, with 28 of 28."
    assert (action.kind, action.summary) == ("PROMOTE", "Place offered to BEN-BEN from the reserve list")
    letter = Message.objects.get()
    assert "You were on our reserve list, and now a place has become free." in letter.text
    assert letter.due_at > timezone.now() + timedelta(minutes=9)


def test_promote_of_anybody_else_names_who_comes_first(london, olive, reserve):
    ana = reserve("Ana", 2)
    reserve("Ben", 4)

    with pytest.raises(CannotDecide) as refusal:
        promoting.promote(application=ana, by=olive)

    assert (refusal.value.sentence, state_of(ana)) == ("Ben comes before Ana now.", "RESERVE")


def test_promote_of_either_of_two_equals_says_so_in_the_reason(london, olive, reserve):
    ana, _ = reserve("Ana", 3), reserve("Ben", 3)

    promoting.promote(application=ana, by=olive)

    assert (
        Decision.objects.get().reason == "Chosen among 2 who are equal at the head of the reserve list, with 21 of 28."
    )


def test_promote_without_a_place_is_refused(london, olive, reserve):
    london.capacity = 1
    london.save()
    make.participant(london)

    with pytest.raises(NoPlaceLeft):
        promoting.promote(application=reserve("Ana"), by=olive)
    assert Message.objects.count() == 0


def test_promote_pressed_twice_promotes_one(london, olive, reserve):
    ana, _ = reserve("Ana", 4), reserve("Ben", 3)
    promoting.promote(application=ana, by=olive)

    with pytest.raises(CannotDecide) as refusal:
        promoting.promote(application=ana, by=olive)

    assert refusal.value.sentence == "The application of Ana has been offered a place."
    assert Offer.objects.count() == 1


def test_undo_of_a_promotion_leads_back_to_the_reserve_list(london, olive, reserve):
    ana = reserve("Ana")
    action = promoting.promote(application=ana, by=olive)

    said = undoing.undo(action=action, by=olive)

    assert said == "Ana is on the reserve list again. No letter had gone out."
    assert (state_of(ana), Message.objects.count()) == ("RESERVE", 0)
    assert not hasattr(Application.objects.get(pk=ana.pk), "pending")


def test_undo_of_a_promotion_is_refused_once_the_letter_has_gone(london, olive, reserve):
    ana = reserve("Ana")
    action = promoting.promote(application=ana, by=olive)
    Message.objects.update(state="SENT", sent_at=timezone.now())

    with pytest.raises(CannotUndo):
        undoing.undo(action=action, by=olive)
    assert state_of(ana) == "OFFERED"


@races
@pytest.mark.django_db(transaction=True)
def test_promote_by_two_at_once_promotes_one(london, olive, moses, reserve):
    ana, _ = reserve("Ana", 4), reserve("Ben", 3)

    outcomes = at_once(*[lambda by=by: promoting.promote(application=ana, by=by) for by in (olive, moses)])

    assert outcomes == ["CannotDecide", "done"]
    assert (Offer.objects.count(), BulkAction.objects.count()) == (1, 1)


# --- answers ---------------------------------------------------------------------------------------------------
def test_yes_by_phone_gives_the_place_and_a_letter(offered, olive, signed_in):
    response = signed_in(olive).post(f"{ONE}confirm/", {"reason": "Told us by phone."})

    assert response.headers["Location"] == ONE
    assert state_of(offered) == "ACCEPTED"
    assert (Offer.objects.get().answer, Decision.objects.latest("pk").by) == ("YES", olive)
    assert Message.objects.filter(key__startswith="confirmed:").count() == 1


def test_no_by_phone_frees_the_place(offered, olive, signed_in):
    signed_in(olive).post(f"{ONE}turn-down/", {"reason": "Told us by phone.", "back": "offers"})

    assert (state_of(offered), Offer.objects.get().answer) == ("TURNED_DOWN", "NO")


def test_giving_the_place_on_and_then_a_late_yes(london, offered, olive, signed_in):
    browser = signed_in(olive)
    first = browser.post(f"{ONE}lapse/", {"reason": "No answer after two calls.", "back": "offers"})
    late = browser.post(f"{ONE}confirm/", {"reason": "Rang back."})

    assert (first.headers["Location"], late.headers["Location"]) == (OFFERS, ONE)
    assert state_of(offered) == "ACCEPTED"


def test_a_late_yes_when_the_place_is_gone_is_refused_in_words(london, offered, olive, signed_in):
    london.capacity = 1
    london.save()
    browser = signed_in(olive)
    browser.post(f"{ONE}lapse/", {"reason": "Silent."})
    make.participant(london)

    response = browser.post(f"{ONE}confirm/", {"reason": "Rang back."})

    assert response.status_code == 422
    assert "Your place was given to somebody else" in response.content.decode()


@pytest.mark.parametrize("action", ["confirm", "turn-down", "lapse", "reopen", "withdraw"])
def test_what_happens_at_once_needs_a_reason_and_keeps_what_was_typed(offered, olive, signed_in, action):
    response = signed_in(olive).post(f"{ONE}{action}/", {"reason": " "})

    assert response.status_code == 422
    assert state_of(offered) == "OFFERED"


def test_withdrawal_on_request(offered, olive, signed_in):
    signed_in(olive).post(f"{ONE}withdraw/", {"reason": "Rang us."})

    assert (state_of(offered), Offer.objects.filter(ended_at=None).count()) == ("WITHDRAWN", 0)


# --- more time ------------------------------------------------------------------------------------------------------
def test_more_time_changes_the_day_and_tells_the_person(offered, olive, signed_in):
    day = timezone.localdate() + timedelta(days=20)
    data = {"reply_by_day": day.day, "reply_by_month": day.month, "reply_by_year": day.year}

    signed_in(olive).post(f"{ONE}more-time/", data)

    assert timezone.localtime(Offer.objects.get().reply_by).date() == day
    letter = Message.objects.get(key__startswith="more-time:")
    assert letter.subject.startswith("You have until 11:59pm on ")


def test_more_time_that_would_be_less_is_refused(offered, olive):
    with pytest.raises(TooEarly):
        offering.extend(application=offered, reply_by=timezone.now() + timedelta(days=1), by=olive)


def test_more_time_without_an_offer_is_refused(offered, olive):
    offering.say_no(application=offered)

    with pytest.raises(NoOpenOffer):
        offering.extend(application=offered, reply_by=timezone.now() + timedelta(days=30), by=olive)


# --- the page ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("rows", [1, 50])
def test_the_page_asks_as_much_for_one_as_for_fifty(
    london, olive, ruth, signed_in, reserve, rows, django_assert_num_queries
):
    for _ in range(rows):
        person = make.person(phone="07700 900982")
        offering_state = make.application(london, person=person, state="OFFERED")
        decision = Decision.objects.create(
            application=offering_state, outcome="ACCEPT", by=olive, at=timezone.now(), reason="Good."
        )
        Offer.objects.create(
            application=offering_state,
            decision=decision,
            made_at=timezone.now(),
            reply_by=timezone.now() + timedelta(days=7),
        )
        reserve("", 3)
    browser = signed_in(olive)
    browser.get(OFFERS)

    with django_assert_num_queries(QUERIES):
        response = browser.get(OFFERS)

    assert response.status_code == 200


def test_the_silent_come_first_and_those_over_time_before_them(london, olive, signed_in):
    people = {name: make.application(london, name=name) for name in ("Ana", "Ben", "Cy")}
    for application in people.values():
        offering.offer(application=application, reason="Good.", by=olive)
    offering.say_yes(application=people["Ana"])
    Offer.objects.filter(application=people["Cy"]).update(reply_by=timezone.now() - timedelta(days=2))

    context = signed_in(olive).get(OFFERS).context

    shown = [entry["object"].application.person.name for entry in context["table"].body()]
    assert (shown, context["silent"], context["over"]) == (["Cy", "Ben", "Ana"], 2, 1)


def test_the_file_is_a_list_to_ring_people_from(london, olive, signed_in):
    person = make.person("Ana Novak", phone="07700 900982", best_time="Mornings", may_leave_message=False)
    offering.offer(application=make.application(london, person=person), reason="Good.", by=olive)

    lines = signed_in(olive).get(f"{OFFERS}?export=csv&answer=0").content.decode("utf-8-sig").splitlines()

    assert lines[0] == ("Name,Reference,Phone,Best time to call,May we leave a message,Email,Reply by,Reminders,Answer")
    assert lines[1].startswith("Ana Novak,")
    assert ",07700 900982,Mornings,No," in lines[1]


def test_a_moderator_sees_offers_without_phone_numbers(london, olive, moses, signed_in):
    person = make.person("Ana Novak", phone="07700 900982")
    offering.offer(application=make.application(london, person=person), reason="Good.", by=olive)

    browser = signed_in(moses)

    assert "07700 900982" not in browser.get(OFFERS).content.decode()
    assert "900982" not in browser.get(f"{OFFERS}?export=csv").content.decode()


def test_the_button_offers_to_the_next_by_name(london, olive, signed_in, reserve):
    ana = reserve("Ana Novak", reference="AAA-AAA")
    browser = signed_in(olive)
    page = browser.get(OFFERS).content.decode()

    response = browser.post(f"{OFFERS}promote/", {"reference": "AAA-AAA"}, follow=True)

    assert "Offer to the next: Ana Novak" in page
    assert state_of(ana) == "OFFERED"
    assert [str(message) for message in response.context["messages"]] == [
        "Place offered to AAA-AAA from the reserve list. The letter goes out in 10 minutes."
    ]


def test_no_button_when_no_place_is_free(london, olive, signed_in, reserve):
    reserve("Ana")
    london.capacity = 1
    london.save()
    make.participant(london)

    assert "Offer to the next" not in signed_in(olive).get(OFFERS).content.decode()


def test_remind_now(offered, olive, signed_in, time_machine):
    response = signed_in(olive).post(f"{ONE}remind/", follow=True)

    assert response.redirect_chain == [(OFFERS, 302)]
    assert Offer.objects.get().reminders_sent == 1


@pytest.mark.parametrize(
    ("reply_by", "words"),
    [
        (datetime(2017, 11, 5, 23, 59, tzinfo=UTC), "3 days left"),
        (datetime(2017, 11, 3, 23, 59, tzinfo=UTC), "1 day left"),
        (datetime(2017, 11, 2, 23, 59, tzinfo=UTC), "Today"),
        (datetime(2017, 11, 2, 8, tzinfo=UTC), "Over"),
        (datetime(2017, 11, 1, 23, 59, tzinfo=UTC), "1 day over"),
    ],
)
def test_days_left_are_days_of_the_calendar(reply_by, words):
    assert days_left(reply_by, datetime(2017, 11, 2, 12, tzinfo=UTC)) == words
