"""The call, the form and the receipt: pages without sign-in."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from core.models import Message
from people.models import Person
from recruitment.models import Application
from tests import make
from tests.recruitment.filled import KEY, posted

FORM = "/apply/london-2017/form/"
CLOSES = datetime(2017, 10, 29, 23, 59, tzinfo=UTC)


@pytest.fixture
def call(london):
    """London's call as it was: it closed at 11:59pm on Sunday 29 October 2017."""
    london.applications_open_at = datetime(2017, 9, 1, 8, tzinfo=UTC)
    london.applications_close_at = CLOSES
    london.help_phone = "020 7946 0099"
    london.expenses = "We pay your travel."
    london.save()
    return london


@pytest.fixture
def during(call, time_machine):
    time_machine.move_to(datetime(2017, 10, 20, 12, tzinfo=UTC))
    return call


def nothing_stored() -> bool:
    return not (Application.objects.exists() or Person.objects.exists() or Message.objects.exists())


def words(response) -> str:
    """The page's text with its spaces made even."""
    return " ".join(response.content.decode().split())


def test_call_says_what_when_how_much_and_until_when(during, client):
    page = words(client.get("/apply/london-2017/"))

    for text in (
        "Thursday 23 November 2017",
        "Friday 24 November 2017",
        "Tuesday 16 January 2018",
        "11:59pm on Sunday 29 October 2017",
        "We pay your travel.",
        "020 7946 0099",
        '<dd class="nhsuk-summary-list__value">Free</dd>',
        '<dd class="nhsuk-summary-list__value">40</dd>',
        f'href="{FORM}"',
    ):
        assert text in page


def test_call_before_it_opens_names_the_moment_and_has_no_button(call, client, time_machine):
    time_machine.move_to(datetime(2017, 8, 1, tzinfo=UTC))

    page = words(client.get("/apply/london-2017/"))

    assert "You can apply from <strong>9:00am on Friday 1 September 2017</strong>." in page
    assert f'href="{FORM}"' not in page


def test_call_after_it_closed_says_so_and_has_no_button(call, client, time_machine):
    time_machine.move_to(CLOSES + timedelta(days=3))

    page = words(client.get("/apply/london-2017/"))

    assert "Applications closed at <strong>11:59pm on Sunday 29 October 2017</strong>." in page
    assert f'href="{FORM}"' not in page


@pytest.mark.parametrize("place", ["", "form/", f"sent/{KEY}/"])
def test_unknown_cohort_and_one_never_opened_look_alike(london, client, place):
    london.applications_open_at = london.applications_close_at = None
    london.save()

    unknown, closed = client.get(f"/apply/nowhere/{place}"), client.get(f"/apply/london-2017/{place}")

    assert (unknown.status_code, closed.status_code) == (404, 404)


def test_form_asks_seven_questions_and_has_a_new_key_each_time(during, client):
    first, second = client.get(FORM), client.get(FORM)

    assert first.status_code == 200
    assert first.content.count(b"About 150 words is fine. Spelling does not matter.") == 7
    assert first.content.count(b'data-maxlength="5000"') == 7
    assert b"Can you come on all three days?" in first.content
    assert first.content.count(b"How many hours a month") == 1
    assert first.context["form"]["key"].value() != second.context["form"]["key"].value()


def test_form_sent_gives_a_receipt_with_nothing_but_the_reference(during, client):
    response = client.post(FORM, posted(), follow=True)

    application = Application.objects.get()
    assert response.redirect_chain == [(f"/apply/london-2017/sent/{KEY}/", 302)]
    assert application.reference in response.content.decode()
    assert not any(word in response.content.decode() for word in ("Ana", "Novak", "ana@example.org", "hearing loop"))
    assert application.can_come_every_day is True


def test_form_sent_twice_is_one_application_with_one_receipt(during, client):
    first = client.post(FORM, posted())
    second = client.post(FORM, posted(name="Typed over"))

    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert (Application.objects.count(), Message.objects.count()) == (1, 1)


def test_form_with_a_broken_key_is_taken_all_the_same(during, client):
    response = client.post(FORM, posted(key="not-a-key"))

    assert response.status_code == 302
    assert Application.objects.count() == 1


def test_form_with_a_key_of_another_course_says_so(during, kent, client):
    make.application(kent, key=KEY)

    response = client.post(FORM, posted())

    assert response.status_code == 422
    assert "This form was already used for another course." in response.content.decode()


def test_receipt_of_another_course_is_not_found(during, kent, client):
    make.application(kent, key=KEY)

    assert client.get(f"/apply/london-2017/sent/{KEY}/").status_code == 404


def test_empty_form_names_every_gap_and_keeps_nothing(during, client):
    response = client.post(FORM, {})

    assert response.status_code == 422
    assert dict(response.context["form"].errors) == {
        "name": ["Enter your name."],
        "preferred": ["Answer “How should we contact you?”."],
        "information_format": ["Answer “How do you like to get information?”."],
        "area": ["Answer “Where do you live?”."],
        "lived_experience": ["Answer “Are you a patient or a carer?”."],
        "experience": ["Answer “How long have you had lay roles?”."],
        **{
            f"answer_{name}": [f"Answer question {number}. A few words are enough."]
            for number, name in enumerate(
                (
                    "lived_experience",
                    "strategic_level",
                    "shared_vision",
                    "challenge",
                    "listening",
                    "connections",
                    "time",
                ),
                start=1,
            )
        },
        "hours_a_month": ["Answer “How many hours a month can you give?”."],
        "can_come_every_day": ["Answer “Can you come on all three days?”."],
        "agrees": ["Read how we use your information and tick the box."],
    }
    assert "<title>Error: " in response.content.decode()
    assert nothing_stored()


@pytest.mark.parametrize(
    ("preferred", "field", "sentence"),
    [
        ("EMAIL", "email", "Enter your email address, or choose another way for us to contact you."),
        ("PHONE", "phone", "Enter your phone number, or choose another way for us to contact you."),
        ("POST", "post", "Enter your postal address, or choose another way for us to contact you."),
    ],
)
def test_the_chosen_way_of_contact_needs_its_address(during, client, preferred, field, sentence):
    response = client.post(FORM, posted(preferred=preferred, email="", phone="", post=""))

    assert dict(response.context["form"].errors) == {field: [sentence]}
    assert nothing_stored()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "x" * 10_000, "Use 100 characters or fewer (you have 10,000)."),
        ("name", "\u200b\u200b", "Enter your name."),
        ("name", "Ana\r\nBcc: all@example.org", "Use one line of ordinary characters."),
        ("name", "Ana\x00", "Use one line of ordinary characters."),
        ("email", "a@x.org,b@x.org", "Enter one email address only, like name@example.com."),
        ("phone", "ring me", "Enter a phone number, like 07700 900982 or 020 7946 0018."),
        ("experience", "FOREVER", "Choose one of the answers on the list."),
        ("hours_a_month", "301", "Enter a whole number from 0 to 300."),
        ("hours_a_month", "-1", "Enter a whole number from 0 to 300."),
        ("hours_a_month", "4.5", "Enter a whole number from 0 to 300."),
        ("answer_time", "x" * 5001, "Use 5,000 characters or fewer (you have 5,001)."),
        ("answer_time", "a\x00b", "Use ordinary characters only. Type the text again if it was pasted."),
        ("access_needs", "x" * 2001, "Use 2,000 characters or fewer (you have 2,001)."),
    ],
)
def test_bad_input_gets_a_sentence_at_its_field_and_nothing_is_stored(during, client, field, value, sentence):
    response = client.post(FORM, posted(**{field: value}))

    assert response.status_code == 422
    assert dict(response.context["form"].errors) == {field: [sentence]}
    assert nothing_stored()


def test_what_was_typed_is_kept_when_something_is_missing(during, client):
    response = client.post(FORM, posted(name="", answer_challenge="I said “no”.\nAnd then <b>yes</b>."))

    page = response.content.decode()
    assert "I said “no”.\nAnd then &lt;b&gt;yes&lt;/b&gt;." in page
    assert 'value="ana@example.org"' in page
    assert f'value="{KEY}"' in page
    assert page.count(" checked") == 5  # four radios and the agreement


def test_direction_marks_are_taken_out_of_a_name(during, client):
    client.post(FORM, posted(name="\u202eAna\u202c Novak"))

    assert Person.objects.get().name == "Ana Novak"


def test_html_in_every_text_is_stored_as_typed_and_shown_as_text(during, client, olive, signed_in):
    tag = "<script>alert(1)</script>{{7*7}}=1+1"
    texts = {name: tag for name, value in posted().items() if name.startswith("answer_")}
    client.post(FORM, posted(name=tag, area=tag, organisation_name=tag, lay_roles=tag, access_needs=tag, **texts))

    application = Application.objects.get()
    assert application.person.name == tag
    assert set(application.answers.values_list("text", flat=True)) == {tag}
    for address in (application.get_absolute_url(), "/cohorts/london-2017/applications/"):
        page = signed_in(olive).get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}=1+1" in page


def test_columns_that_are_not_on_the_form_are_not_written(during, client):
    client.post(FORM, posted(state="ACCEPTED", reference="X", source="PAPER", cohort="99", id="7", is_staff="1"))

    application = Application.objects.get()
    assert (application.state, application.source, application.cohort) == ("SUBMITTED", "ONLINE", during)
    assert application.reference != "X"


def test_five_thousand_characters_with_line_breaks_are_kept_exactly(during, client):
    text = ("word\r\n" * 200 + "x" * 5000)[:5200]
    client.post(FORM, posted(answer_time=text))

    stored = Application.objects.get().answers.get(characteristic="TIME").text
    assert stored == text.replace("\r\n", "\n")
    assert len(stored) == 5000


def test_form_in_the_grace_time_takes_what_was_begun_but_starts_nothing(call, client, time_machine):
    time_machine.move_to(CLOSES + timedelta(minutes=6))

    assert "Applications are closed" in client.get(FORM).content.decode()
    assert client.post(FORM, posted()).status_code == 302
    assert Application.objects.count() == 1


def test_form_in_the_grace_time_with_a_gap_can_still_be_put_right(call, client, time_machine):
    time_machine.move_to(CLOSES + timedelta(minutes=6))

    response = client.post(FORM, posted(name=""))

    assert response.status_code == 422
    assert dict(response.context["form"].errors) == {"name": ["Enter your name."]}


@pytest.mark.parametrize("changes", [{}, {"name": ""}])
def test_form_after_the_grace_time_is_refused_kindly_with_the_words_given_back(call, client, time_machine, changes):
    time_machine.move_to(CLOSES + timedelta(minutes=17))

    response = client.post(FORM, posted(answer_time="Eight hours.\n<b>More</b> in winter.", **changes))

    page = words(response)
    assert response.status_code == 422
    assert "Applications are closed" in page
    assert "020 7946 0099" in page
    assert "Eight hours.<br>&lt;b&gt;More&lt;/b&gt; in winter." in page
    assert nothing_stored()


def test_form_before_the_call_opens_is_refused(call, client, time_machine):
    time_machine.move_to(datetime(2017, 8, 1, tzinfo=UTC))

    assert "You cannot apply yet" in client.get(FORM).content.decode()
    assert client.post(FORM, posted()).status_code == 422
    assert nothing_stored()


def test_the_clients_clock_has_no_say(during, client):
    response = client.post(FORM, posted(), headers={"Date": "Fri, 01 Jan 1999 00:00:00 GMT"})

    assert response.status_code == 302


@pytest.mark.parametrize("name", ["recruitment:apply", "recruitment:apply-form"])
def test_looking_changes_nothing(during, client, name):
    client.get(reverse(name, args=["london-2017"]))
    client.head(reverse(name, args=["london-2017"]))

    assert nothing_stored()


def test_pages_without_sign_in_cost_few_queries(during, client, django_assert_num_queries):
    with django_assert_num_queries(2):  # the cohort with its programme, and its days
        client.get(FORM)
