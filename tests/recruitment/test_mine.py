"""The person's own page by their link: where things stand, and how we reach them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.models import AuditEvent, Message
from recruitment.models import Application, Draft
from recruitment.services import deciding, offering, withdrawing
from tests import make
from tests.recruitment.opened import browser_of, everything, own_page

pytestmark = pytest.mark.django_db
State = Application.State


@pytest.fixture
def applied(london):
    person = make.person("Ana Novak", email="shared@example.org", phone="020 7946 0018", best_time="After 10am")
    return make.application(london, reference="AAA-AAA", person=person)


def html_of(application):
    return browser_of(application).get(own_page(application)).content.decode()


def later():
    return timezone.now() + timedelta(minutes=10)


# --- where things stand -------------------------------------------------------------------------------------------
def test_page_shows_state_reference_dates_and_how_we_reach_them(applied):
    html = html_of(applied)

    assert '<h2 class="nhsuk-heading-l" id="stands">We are deciding</h2>' in html
    for words in ("AAA-AAA", "Thursday 23 November 2017", "Tuesday 16 January 2018", "Ana Novak", "shared@example.org"):
        assert words in html
    assert "After 10am" in html


@pytest.mark.parametrize(
    ("state", "heading"),
    [
        (State.AWAITING, "We need your agreement"),
        (State.SUBMITTED, "We are deciding"),
        (State.OFFERED, "We offer you a place"),
        (State.ACCEPTED, "You have a place"),
        (State.RESERVE, "You are on the reserve list"),
        (State.DECLINED, "No place this time"),
        (State.LAPSED, "We did not hear from you in time"),
    ],
)
def test_page_says_each_state_in_plain_words(london, state, heading):
    application = make.application(london, state=state)

    assert f'id="stands">{heading}</h2>' in html_of(application)


def test_page_of_an_application_that_was_joined_shows_nothing_of_the_other_one(london):
    other = make.application(london, name="Bea Other", reference="BBB-BBB")
    application = make.application(london, state=State.MERGED, merged_into=other)

    html = html_of(application)

    assert 'id="stands">Joined with another application</h2>' in html
    assert "Bea Other" not in html
    assert "BBB-BBB" not in html


@pytest.mark.parametrize(
    ("decide", "heading"),
    [
        (offering.offer, "We offer you a place"),
        (deciding.put_on_reserve, "You are on the reserve list"),
        (deciding.decline, "No place this time"),
    ],
)
def test_decision_is_shown_only_once_its_letter_may_leave(applied, olive, time_machine, decide, heading):
    time_machine.move_to(timezone.now(), tick=False)
    due_at = later()
    decide(application=applied, reason="Said so", by=olive, due_at=due_at)

    before = html_of(applied)
    time_machine.move_to(due_at)
    after = html_of(applied)

    assert 'id="stands">We are deciding</h2>' in before
    assert heading not in before
    assert f'id="stands">{heading}</h2>' in after


def test_somebody_who_moves_up_from_the_reserve_list_reads_reserve_list_until_the_letter_leaves(london, olive):
    application = make.application(london, state=State.RESERVE)
    offering.offer(application=application, reason="Next in line", by=olive, due_at=later())

    assert 'id="stands">You are on the reserve list</h2>' in html_of(application)


def test_letter_that_did_not_get_through_at_once_hides_nothing(applied, olive):
    """The worker puts such a letter back for some minutes, while the time to reply is running."""
    offering.offer(application=applied, reason="Strong answers", by=olive)
    Message.objects.filter(key__startswith="decision:").update(attempts=1, due_at=later())

    assert 'id="stands">We offer you a place</h2>' in html_of(applied)


def test_decision_taken_back_reads_as_deciding_again(applied, olive):
    deciding.decline(application=applied, reason="A slip", by=olive)
    deciding.reopen(application=applied, reason="A slip", by=olive)

    assert 'id="stands">We are deciding</h2>' in html_of(applied)


@pytest.mark.parametrize("rest", ["", "contact/", "withdraw/", "offer/"])
def test_link_to_a_form_not_sent_yet_goes_on_with_the_form(london, rest):
    draft = Draft.objects.create(cohort=london)

    answer = browser_of(draft).get(own_page(draft, rest), follow=True)

    assert answer.redirect_chain[-1][0].endswith("/form/about-you/")


# --- whose page it is ---------------------------------------------------------------------------------------------
def test_two_people_with_one_address_never_see_each_others_page(london, applied):
    other = make.application(london, person=make.person("Ben Novak", email="shared@example.org"), reference="BBB-BBB")
    hers = browser_of(applied)

    seen = hers.get(own_page(applied)).content.decode()
    refused = hers.get(own_page(other)).content.decode()

    assert "Ben Novak" not in seen
    assert "BBB-BBB" not in seen
    assert [
        words for words in ("Ben Novak", "BBB-BBB", "shared@example.org", "We are deciding") if words in refused
    ] == []


@pytest.mark.parametrize("rest", ["", "contact/", "withdraw/", "offer/"])
def test_browser_that_we_do_not_know_is_asked_for_a_code(applied, client, rest):
    answer = client.get(own_page(applied, rest))

    assert "Ana Novak" not in answer.content.decode()
    assert next(template.name for template in answer.templates) == "recruitment/link_code.html"


@pytest.mark.parametrize("rest", ["contact/", "withdraw/", "return/", "offer/yes/", "offer/no/"])
def test_browser_that_we_do_not_know_changes_nothing(applied, olive, client, rest):
    offering.offer(application=applied, reason="Strong answers", by=olive)
    address = own_page(applied, rest)
    before = everything()

    client.post(address, {"name": "Somebody Else"})

    assert everything() == before


@pytest.mark.parametrize("rest", ["", "contact/", "withdraw/", "offer/"])
def test_unknown_link_is_a_kind_404(client, rest):
    assert client.get(f"/application/nobody-has-this/{rest}").status_code == 404


def test_page_tells_nobody_its_address(applied):
    answer = browser_of(applied).get(own_page(applied))

    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("rest", ["", "contact/", "withdraw/", "return/", "offer/", "offer/yes/", "offer/no/"])
@pytest.mark.parametrize("state", [State.SUBMITTED, State.OFFERED, State.LAPSED, State.TURNED_DOWN])
def test_opening_a_link_changes_nothing(london, olive, rest, state):
    """T03: scanners and prefetchers open every link, from the person's own browser too."""
    application = make.application(london)
    if state != State.SUBMITTED:
        offering.offer(application=application, reason="Strong answers", by=olive)
    if state == State.TURNED_DOWN:
        offering.say_no(application=application)
    if state == State.LAPSED:
        offering.lapse(application=application, reason="Silent", by=olive)
    browser, address = browser_of(application), own_page(application, rest)
    before = everything()

    for _ in range(2):
        browser.get(address)
        browser.head(address)
        browser.get(address, headers={"Sec-Purpose": "prefetch"})

    assert everything() == before


def test_page_costs_the_same_few_queries_in_every_state(london, olive, django_assert_max_num_queries):
    application = make.application(london)
    offering.offer(application=application, reason="Strong answers", by=olive)
    browser, address = browser_of(application), own_page(application)

    with django_assert_max_num_queries(10):
        browser.get(address)


def test_html_in_a_name_is_shown_as_text(london):
    application = make.application(london, name="<img src=x onerror=alert(1)>")

    assert "<img src=x" not in html_of(application)


# --- how we reach them --------------------------------------------------------------------------------------------
def typed(**changes):
    return {
        "version": "1",
        "name": "Ana Novak",
        "pronunciation": "",
        "preferred": "EMAIL",
        "email": "shared@example.org",
        "phone": "020 7946 0018",
        "post": "",
        "information_format": "STANDARD",
        "best_time": "After 10am",
        "may_leave_message": "",
        **changes,
    }


def test_contact_page_shows_what_we_have(applied):
    form = browser_of(applied).get(own_page(applied, "contact/")).context["form"]

    assert {name: form[name].value() for name in form.fields} == typed(version=1)


def test_contact_is_corrected_and_the_rest_stays(applied):
    applied.person.area, applied.person.organisation = "Camden", make.organisation()
    applied.person.save()
    new = typed(
        name="Ana Kovač",
        preferred="POST",
        post="1 High Street\nCamden",
        information_format="LARGE_PRINT",
        best_time="Mornings",
        may_leave_message="no",
    )

    answer = browser_of(applied).post(own_page(applied, "contact/"), new, follow=True)

    person = Application.objects.get().person
    routes = {route.kind: (route.value, route.is_preferred) for route in person.contact_routes.all()}
    assert "We saved how to reach you." in answer.content.decode()
    assert (person.name, person.information_format, person.best_time) == ("Ana Kovač", "LARGE_PRINT", "Mornings")
    assert (person.may_leave_message, person.version) == (False, 2)
    assert (person.area, person.organisation.name) == ("Camden", "London Leadership Academy")
    assert routes == {
        "EMAIL": ("shared@example.org", False),
        "PHONE": ("020 7946 0018", False),
        "POST": ("1 High Street\nCamden", True),
    }
    assert AuditEvent.objects.get(verb="details_changed").by is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "\u200b\u200b"}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"email": ""}, "email"),
        ({"email": "a@localhost"}, "email"),
        ({"preferred": "PHONE", "phone": ""}, "phone"),
        ({"preferred": "PHONE", "phone": "12"}, "phone"),
        ({"preferred": "POST"}, "post"),
        ({"preferred": "PIGEON"}, "preferred"),
        ({"information_format": "SONG"}, "information_format"),
        ({"best_time": "x" * 201}, "best_time"),
    ],
)
def test_contact_that_cannot_be_used_comes_back_with_everything_typed(applied, changes, field):
    answer = browser_of(applied).post(own_page(applied, "contact/"), typed(best_time="Evenings") | changes)

    form = answer.context["form"]
    assert answer.status_code == 422
    assert list(form.errors) == [field]
    assert {name: form[name].value() for name in changes} == changes
    assert Application.objects.get().person.version == 1


def test_contact_that_somebody_changed_meanwhile_is_refused_with_the_text_still_there(applied):
    browser, address = browser_of(applied), own_page(applied, "contact/")
    browser.post(address, typed(best_time="Evenings"))

    answer = browser.post(address, typed(best_time="Nights"))

    assert answer.status_code == 422
    assert answer.context["form"]["best_time"].value() == "Nights"
    assert Application.objects.get().person.best_time == "Evenings"


# --- withdrawing and coming back ------------------------------------------------------------------------------------
def test_withdraw_asks_first_and_says_until_when_it_can_be_undone(london, applied, time_machine):
    time_machine.move_to(london.applications_close_at - timedelta(days=1))

    answer = browser_of(applied).get(own_page(applied, "withdraw/"))

    assert answer.status_code == 200
    assert "You can undo it on your page until" in answer.content.decode()
    assert Application.objects.get().state == State.SUBMITTED


def test_withdraw_after_the_end_of_the_call_says_that_it_cannot_be_undone(london, applied, time_machine):
    time_machine.move_to(london.applications_close_at + timedelta(days=1))

    html = browser_of(applied).get(own_page(applied, "withdraw/")).content.decode()

    assert "You cannot undo it on your page." in html


def test_withdraw_and_undo_by_two_buttons(applied):
    browser = browser_of(applied)

    withdrawn = browser.post(own_page(applied, "withdraw/"), follow=True).content.decode()
    back = browser.post(own_page(applied, "return/"), follow=True).content.decode()

    assert 'id="stands">You have withdrawn</h2>' in withdrawn
    assert "Undo: I want to go on" in withdrawn
    assert "You are back. Your application counts again." in back
    assert Application.objects.get().state == State.SUBMITTED


def test_withdraw_pressed_twice_ends_at_the_same_page(applied):
    browser, address = browser_of(applied), own_page(applied, "withdraw/")

    answers = [browser.post(address) for _ in range(2)]

    assert answers[0].url == answers[1].url
    assert Message.objects.filter(key__startswith="withdrawn:").count() == 1


@pytest.mark.parametrize("decide", [offering.offer, deciding.decline])
def test_withdraw_while_a_decision_is_on_its_way_waits_for_the_letter(applied, olive, decide):
    """The same answer whatever was decided, so that it gives nothing away."""
    decide(application=applied, reason="Said so", by=olive, due_at=later())
    state = Application.objects.get().state

    answer = browser_of(applied).post(own_page(applied, "withdraw/"), follow=True)

    assert "Please wait for our letter" in answer.content.decode()
    assert Application.objects.get().state == state


def test_undo_when_it_is_too_late_is_a_clear_page(london, applied):
    withdrawing.withdraw(application=applied)
    london.applications_close_at = timezone.now() - timedelta(minutes=2)
    london.save()

    answer = browser_of(applied).post(own_page(applied, "return/"))

    assert answer.status_code == 409
    assert "Your application stays withdrawn" in answer.content.decode()
    assert "020 7946 0018" in answer.content.decode()
