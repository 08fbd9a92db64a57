"""The long form, page by page: whatever is typed is kept, and only a form without gaps can be sent."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core.models import Message
from people.models import AccessNeed, Consent, LayRole, Person
from recruitment.models import Application, Channel, Draft, Nomination, NominationRequest, PersonalLink, Recording
from recruitment.queries.drafting import Facts
from recruitment.steps import STEPS, Journey
from recruitment.views.beginning import read_key
from tests import make
from tests.recruitment import filled
from tests.recruitment.filled import ANSWERS, KEY, PAGES

FORM = "/apply/london-2017/form/"
CLOSES = datetime(2017, 10, 29, 23, 59, tzinfo=UTC)


@pytest.fixture
def call(london):
    """London's call as it was: it closed at 11:59pm on Sunday 29 October 2017."""
    london.applications_open_at = datetime(2017, 9, 1, 8, tzinfo=UTC)
    london.applications_close_at = CLOSES
    london.help_phone = "020 7946 0099"
    london.save()
    return london


@pytest.fixture
def during(call, time_machine):
    time_machine.move_to(datetime(2017, 10, 20, 12, tzinfo=UTC), tick=False)
    return call


def words(response: Any) -> str:
    """The page's text with its spaces made even."""
    return " ".join(response.content.decode().split())


def begin(client: Client, address: str = FORM, **changes: Any) -> str:
    """Save the first page as Ana; gives the secret of her link."""
    key = client.get(address).context["key"]
    answer = client.post(address, PAGES["about-you"] | {"key": key} | changes)
    return answer["Location"].split("/")[2]


def opened(client: Client, draft: Draft) -> str:
    """A link to a draft, in a browser that knows it."""
    session = client.session
    session["opened_applications"] = [str(draft.key)]
    session.save()
    return make.link(draft)


def page(token: str, step: str, query: str = "") -> str:
    return f"/application/{token}/form/{step}/{query}"


def nothing_stored() -> bool:
    return not (Draft.objects.exists() or Application.objects.exists() or Message.objects.exists())


# --- Beginning ---------------------------------------------------------------------------------------------------
def test_first_save_keeps_the_page_and_sends_a_link(during, client):
    token = begin(client)

    draft, letter = Draft.objects.get(), Message.objects.get()
    assert (draft.cohort, draft.values, draft.email) == (during, PAGES["about-you"], "ana@example.org")
    assert (letter.to, letter.subject, letter.secrets) == ("ana@example.org", "Your form for London 2017", [token])
    assert f"/application/{token}/form/" in letter.text
    assert "Ana" not in letter.text


def test_first_save_leads_to_the_second_page(during, client):
    answer = client.post(FORM, PAGES["about-you"], follow=True)

    assert answer.context["step"].slug == "calling"
    assert "Step 2 of 17" in words(answer)


def test_first_save_without_an_email_says_that_there_is_no_link(during, client):
    answer = client.post(FORM, PAGES["about-you"] | {"email": "", "preferred": "PHONE"}, follow=True)

    assert "You gave no email address, so we could not send you a link to come back." in words(answer)
    assert (Draft.objects.count(), Message.objects.count()) == (1, 0)


def test_first_save_with_nothing_at_all_begins_a_form(during, client):
    answer = client.post(FORM, {}, follow=True)

    assert answer.context["step"].slug == "calling"
    assert Draft.objects.get().values == dict.fromkeys(PAGES["about-you"], "")


def test_a_double_click_begins_one_form_with_one_letter(during, client):
    key = client.get(FORM).context["key"]
    first = client.post(FORM, PAGES["about-you"] | {"key": key})
    second = client.post(FORM, PAGES["about-you"] | {"key": key})

    assert (first.status_code, second.status_code) == (302, 302)
    assert (Draft.objects.count(), Message.objects.count()) == (1, 1)


def test_a_broken_key_is_replaced(during, client):
    assert client.post(FORM, PAGES["about-you"] | {"key": "not-a-key"}).status_code == 302


def test_the_key_of_another_course_is_replaced(during, kent, client):
    key = client.get("/apply/kent/form/").context["key"]
    make.application(kent, key=read_key(kent, key)[0])

    assert client.post(FORM, PAGES["about-you"] | {"key": key}).status_code == 302
    assert Draft.objects.get().cohort == during


def test_each_opening_of_the_form_has_a_key_of_its_own(during, client):
    assert client.get(FORM).context["key"] != client.get(FORM).context["key"]


def test_the_channel_of_a_tracked_link_is_kept_and_stands_in_the_list(during, client):
    Channel.objects.create(cohort=during, code="camden-news", name="Camden newsletter")
    token = begin(client, f"{FORM}?from=camden-news")

    form = client.get(page(token, "area")).context["form"]
    assert Draft.objects.get().channel.code == "camden-news"
    assert form["heard"].value() == "camden-news"


@pytest.mark.parametrize("code", ["nobody", "x" * 5000, "<script>"])
def test_an_unknown_channel_is_no_channel(during, client, code):
    begin(client, f"{FORM}?from={code}")

    assert Draft.objects.get().channel is None


def test_a_nominated_person_finds_name_and_address_and_the_form_is_joined(during, client, olive):
    asked = NominationRequest.objects.create(
        cohort=during, organisation=make.organisation(), area="Camden", asked_at=CLOSES, by=olive, token_hash="a"
    )
    nomination = Nomination.objects.create(
        request=asked, name="Ana", email="ana@example.org", state="AGREED", nominated_at=CLOSES, token_hash="b"
    )
    session = client.session
    session["nomination"] = nomination.pk
    session.save()

    form = client.get(FORM).context["form"]
    begin(client)

    assert (form["name"].value(), form["email"].value()) == ("Ana", "ana@example.org")
    assert Draft.objects.get().nomination == nomination
    assert "nomination" not in client.session


def test_a_nomination_of_another_cohort_is_not_joined(during, kent, client, olive):
    asked = NominationRequest.objects.create(
        cohort=kent, organisation=make.organisation(), area="Kent", asked_at=CLOSES, by=olive, token_hash="a"
    )
    nomination = Nomination.objects.create(
        request=asked, name="Ana", state="AGREED", nominated_at=CLOSES, token_hash="b"
    )
    session = client.session
    session["nomination"] = nomination.pk
    session.save()

    begin(client)

    assert Draft.objects.get().nomination is None


def test_the_same_browser_finds_its_form_again(during, client):
    begin(client)

    assert "You began a form here already." in words(client.get(FORM))
    answer = client.post("/apply/london-2017/go-on/", follow=True)
    assert answer.context["step"].slug == "calling"


def test_another_browser_has_nothing_to_go_on_with(during, client):
    begin(client)

    other = Client()
    assert "You began a form here already." not in words(other.get(FORM))
    assert other.post("/apply/london-2017/go-on/")["Location"] == FORM


@pytest.mark.parametrize("place", ["form/", "lost-link/"])
def test_unknown_cohort_and_one_never_opened_look_alike(london, client, place):
    london.applications_open_at = london.applications_close_at = None
    london.save()

    unknown, closed = client.get(f"/apply/nowhere/{place}"), client.get(f"/apply/london-2017/{place}")

    assert (unknown.status_code, closed.status_code) == (404, 404)


# --- Page after page ---------------------------------------------------------------------------------------------
def walk(client: Client, token: str, **changes: Any) -> Any:
    """Fill in and save each page in turn, going where the form leads; gives the last page."""
    answer = client.get(page(token, "about-you"))
    while answer.context.get("step"):
        slug = answer.context["step"].slug
        answer = client.post(page(token, slug), PAGES[slug] | changes, follow=True)
    return answer


def test_every_page_leads_to_the_next_and_the_last_to_the_check(during, client):
    answer = walk(client, begin(client))

    assert answer.context["problems"] == []
    assert "Step 17 of 17" in words(answer)


def test_all_that_was_typed_on_every_page_survives(during, client):
    walk(client, begin(client))

    assert Draft.objects.get().values == filled.typed()


@pytest.mark.parametrize("step", [step.slug for step in STEPS])
def test_every_field_of_every_page_is_drawn_with_what_was_typed(during, client, step):
    Channel.objects.create(cohort=during, code="camden-news", name="Camden newsletter")
    draft = filled.draft(during, heard="camden-news", **({"mode": "RECORDING"} if step == "recordings" else {}))

    answer = client.get(page(opened(client, draft), step))

    html, form = answer.content.decode(), answer.context["form"]
    assert [name for name in form.fields if f'name="{name}"' not in html] == []
    texts = [value for name, value in PAGES.get(step, {}).items() if isinstance(value, str) and name in form.fields]
    assert [text for text in texts if text not in ("", "on") and text not in html] == []
    assert len([name for name in form.fields if form[name].label]) == len(form.fields)


def test_every_page_saved_empty_is_kept_and_the_check_lists_every_gap(during, client):
    token = begin(client, **dict.fromkeys(PAGES["about-you"], ""))
    answer = client.get(page(token, "about-you"))
    while answer.context.get("step"):
        answer = client.post(page(token, answer.context["step"].slug), {}, follow=True)

    assert [problem.sentence for problem, _ in answer.context["problems"]] == [
        "Enter your name.",
        "Answer “How should we contact you?”.",
        "Answer “Where do you live?”.",
        "Answer “Are you a patient or a carer?”.",
        "Answer “How long have you had lay roles?”.",
        "Answer “How do you want to answer the seven questions?”.",
        *(f"Answer question {number}. A few words are enough." for number in range(1, 7)),
        "Answer “How many hours a month can you give?”.",
        "Answer question 7. A few words are enough.",
        "Answer “How do you like to get information?”.",
        "Answer “Can you come on all three days?”.",
        "Read how we use your information and tick the box.",
        "The course is for people who are 18 or over. Tick the box if you are.",
        "Read the code of conduct and tick the box.",
    ]
    assert "Send my application" not in words(answer)


def test_each_gap_links_to_its_box(during, client):
    token = opened(client, filled.draft(during, name="", can_come_every_day=""))

    problems = client.get(page(token, "check")).context["problems"]

    assert [url for _, url in problems] == [
        page(token, "about-you", "?back=check#id_name"),
        page(token, "days", "?back=check#id_can_come_every_day_0"),
    ]


def test_a_gap_is_not_scolded_until_the_check_leads_back_to_it(during, client):
    token = opened(client, filled.draft(during, name=""))

    assert dict(client.get(page(token, "about-you")).context["form"].errors) == {}
    assert dict(client.get(page(token, "about-you", "?back=check")).context["form"].errors) == {
        "name": ["Enter your name."]
    }


def test_a_change_from_the_check_leads_back_to_the_check(during, client):
    token = opened(client, filled.draft(during))

    answer = client.post(page(token, "wants", "?back=check"), {"wants": "To listen"}, follow=True)

    assert "Check your answers" in words(answer)
    assert "To listen" in words(answer)


def test_the_check_shows_every_answer_in_words_with_a_way_to_change_it(during, client):
    token = opened(client, filled.draft(during))

    answer = client.get(page(token, "check"))

    rows = {label: text for _, rows in answer.context["groups"] for label, text, _ in rows}
    assert rows["How should we contact you?"] == "Email"
    assert rows["Role 1"] == (
        "Patient panel\nChair\nHospital or care provider\nHow a service is run or designed\n2015 to now\n4 hours a month"
    )
    assert rows["What you need"] == (
        "Step-free way in and around\nBlue Badge parking\nHearing loop\nMore breaks, or breaks when I need them"
    )
    assert rows["If not: on which days can you not come?"] == "Friday 24 November 2017"
    assert rows["Which groups of people are you in touch with?"] == "Carers\nFaith groups"
    assert rows["I am 18 or over"] == "Yes"
    assert rows["You may take photos of me and show them (this is your choice)"] == ""
    assert words(answer).count("Change<span") == len(rows)


def test_coming_back_goes_on_at_the_first_page_that_was_never_saved(during, client):
    token = begin(client)
    client.post(page(token, "calling"), PAGES["calling"])

    assert client.get(f"/application/{token}/form/")["Location"] == page(token, "area")


def test_coming_back_to_a_form_that_is_filled_in_leads_to_the_check(during, client):
    token = opened(client, filled.draft(during))

    assert client.get(f"/application/{token}/form/")["Location"] == page(token, "check")


def test_an_unknown_page_is_not_found(during, client):
    token = opened(client, filled.draft(during))

    assert client.get(page(token, "nowhere")).status_code == 404
    assert client.post(page(token, "nowhere")).status_code == 404


# --- What cannot be right ----------------------------------------------------------------------------------------
BAD = [
    ("about-you", "name", "x" * 10_000, "Use 100 characters or fewer (you have 10,000)."),
    ("about-you", "name", "Ana\r\nBcc: all@example.org", "Use one line of ordinary characters."),
    (
        "about-you",
        "name",
        "Ana\x00",
        "There is a sign in it that we cannot read (\ufffd). Take it out or type it again.",
    ),
    ("about-you", "email", "a@x.org,b@x.org", "Enter one email address only, like name@example.com."),
    ("about-you", "email", "a@localhost", "Enter an address that ends in a full name, like example.com."),
    (
        "about-you",
        "email",
        "ä@x.uk",
        "The part before the @ must have plain letters and numbers only. Enter another email address.",
    ),
    ("about-you", "phone", "ring me", "Enter a phone number, like 07700 900982 or 020 7946 0018."),
    ("about-you", "phone", "1234", "Enter a phone number, like 07700 900982 or 020 7946 0018."),
    ("about-you", "preferred", "PIGEON", "Choose one of the answers on the list."),
    ("area", "lived_experience", "DOCTOR", "Choose one of the answers on the list."),
    ("roles", "experience", "FOREVER", "Choose one of the answers on the list."),
    ("roles", "role0_from_year", "1066", "Enter a year with four digits, from 1948 on, like 2019."),
    ("roles", "role0_from_year", "19", "Enter a year with four digits, from 1948 on, like 2019."),
    ("roles", "role0_from_year", "2018", "Enter a year up to 2017."),
    ("roles", "role0_to_year", "2014", "This year is before the year in which you started. Change one of the two."),
    ("roles", "role0_hours", "301", "Enter a whole number from 0 to 300."),
    ("roles", "role0_kind", "PUB", "Choose one of the answers on the list."),
    ("time", "hours_a_month", "301", "Enter a whole number from 0 to 300."),
    ("time", "hours_a_month", "-1", "Enter a whole number from 0 to 300."),
    ("time", "hours_a_month", "4.5", "Enter a whole number from 0 to 300."),
    ("time", "answer_time", "x" * 5001, "Use 5,000 characters or fewer (you have 5,001)."),
    (
        "time",
        "answer_time",
        "a\x00b",
        "There is a sign in it that we cannot read (\ufffd). Take it out or type it again.",
    ),
    ("time", "answer_time", "a\x07b", "Use ordinary characters only. Type the text again if it was pasted."),
    ("connections", "communities", ["carers", "aliens"], "Choose one of the answers on the list."),
    ("taking-part", "access_needs", "x" * 2001, "Use 2,000 characters or fewer (you have 2,001)."),
    ("taking-part", "needs_day", ["castle"], "Choose one of the answers on the list."),
    ("days", "days_missed", ["9"], "Choose one of the answers on the list."),
]


@pytest.mark.parametrize(("step", "field", "value", "sentence"), BAD)
def test_bad_input_is_kept_and_gets_a_sentence_at_its_box(during, client, step, field, value, sentence):
    token = opened(client, filled.draft(during))

    answer = client.post(page(token, step), PAGES[step] | {field: value}, follow=True)

    assert answer.redirect_chain == [(page(token, step), 302)]
    assert dict(answer.context["form"].errors) == {field: [sentence]}
    assert f'<a href="#id_{field}' in answer.content.decode()
    assert "<title>Error: " in answer.content.decode()
    assert "We have saved what you typed. Put it right now, or" in words(answer)


def test_bad_input_of_the_first_page_is_kept_and_said_there(during, client):
    answer = client.post(FORM, PAGES["about-you"] | {"phone": "ring me"}, follow=True)

    assert answer.context["step"].slug == "about-you"
    assert dict(answer.context["form"].errors) == {
        "phone": ["Enter a phone number, like 07700 900982 or 020 7946 0018."]
    }
    assert 'value="ring me"' in answer.content.decode()


def test_bad_input_does_not_stop_anybody_from_going_on(during, client):
    token = opened(client, filled.draft(during))
    answer = client.post(page(token, "about-you"), PAGES["about-you"] | {"phone": "ring me"}, follow=True)

    assert client.get(answer.context["next_url"]).context["step"].slug == "calling"
    assert [problem.control for problem, _ in client.get(page(token, "check")).context["problems"]] == ["id_phone"]


@pytest.mark.parametrize(
    ("preferred", "field", "sentence"),
    [
        ("EMAIL", "email", "Enter your email address, or choose another way for us to contact you."),
        ("PHONE", "phone", "Enter your phone number, or choose another way for us to contact you."),
        ("POST", "post", "Enter your postal address, or choose another way for us to contact you."),
    ],
)
def test_the_chosen_way_of_contact_needs_its_address(during, preferred, field, sentence):
    draft = filled.draft(during, preferred=preferred, email="", phone="", post="")

    problems = list(Journey(Facts(during, draft=draft)).problems())

    assert [(problem.control, problem.sentence) for problem in problems] == [(f"id_{field}", sentence)]


def test_a_megabyte_is_refused_at_its_box_and_its_beginning_kept(during, client):
    token = opened(client, filled.draft(during))

    answer = client.post(page(token, "wants"), {"wants": "x" * 1_000_000}, follow=True)

    assert dict(answer.context["form"].errors) == {"wants": ["Use 2,000 characters or fewer (you have 50,000)."]}
    assert Draft.objects.get().values["wants"] == "x" * 50_000


def test_html_is_kept_as_typed_and_shown_as_text(during, client):
    tag = "<script>alert(1)</script>{{7*7}}=1+1"
    token = opened(client, filled.draft(during, name=tag, wants=tag, answer_time=tag, organisation_name=tag))

    for step in ("about-you", "wants", "time", "area", "check"):
        html = client.get(page(token, step)).content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}=1+1" in html


def test_fields_that_are_not_on_the_page_are_not_kept(during, client):
    token = opened(client, filled.draft(during))
    client.post(page(token, "wants"), {"wants": "x", "name": "Eve", "state": "ACCEPTED", "id": "7", "cohort": "99"})

    assert Draft.objects.get().values == filled.typed(wants="x")


HOSTILE = [
    "x" * 10_000,
    "a\x00b",
    "\u202egnp.exe",
    "\ud7ff\ufffe",
    "{{7*7}}{% load x %}${7*7}",
    "=1+1",
    "\u200b\u200b",
    "9" * 5000,
    "1e400",
    "NaN",
    "٣",
    "-1",
    b"\xed\xa0\x80\xff\xfe",
]


@pytest.mark.parametrize("step", [step.slug for step in STEPS])
@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_that_is_typed_breaks_a_page_or_the_check(during, client, step, value):
    token = opened(client, filled.draft(during, mode="RECORDING"))
    names = [*client.get(page(token, step)).context["form"].fields, "role7_body", "roles", "recordings_seen", "remove"]
    body = urlencode([(name, value) for name in [*names, *names]])

    answer = client.post(page(token, step), body, content_type="application/x-www-form-urlencoded", follow=True)

    token = answer.redirect_chain[-1][0].split("/")[2]  # an address that is taken away ends the old link
    assert answer.status_code == 200
    assert client.get(page(token, "check")).status_code == 200
    assert client.get(f"/application/{token}/form/my-answers.txt").status_code == 200
    assert client.post(f"/application/{token}/form/send/").status_code == 302


# --- Roles -------------------------------------------------------------------------------------------------------
def test_another_role_is_added_without_losing_the_first(during, client):
    token = begin(client)

    answer = client.post(page(token, "roles"), PAGES["roles"] | {"add": "1"}, follow=True)

    assert answer.redirect_chain == [(page(token, "roles", "?more=1#role-2"), 302)]
    html = answer.content.decode()
    assert 'value="Patient panel"' in html
    assert 'name="role1_body"' in html
    assert 'id="role-2"' in html


def test_a_role_is_removed_and_the_others_move_up(during, client):
    token = begin(client)
    three = {f"role{number}_body": f"Group {number}" for number in range(3)}

    answer = client.post(page(token, "roles"), three | {"experience": "OVER_3", "remove": "1"}, follow=True)

    assert answer.context["step"].slug == "roles"
    assert [role["body"] for role in Draft.objects.get().values["roles"]] == ["Group 0", "Group 2"]


def test_empty_roles_are_left_out_and_none_yet_is_fine(during, client):
    token = begin(client)

    answer = client.post(page(token, "roles"), {"experience": "NONE", "role0_body": " ", "role1_body": ""}, follow=True)

    assert answer.context["step"].slug == "how-to-answer"
    assert Draft.objects.get().values["roles"] == []


def test_a_role_without_its_group_is_a_gap(during, client):
    token = opened(client, filled.draft(during, roles=[{"body": "", "role": "Chair"}]))

    problems = client.get(page(token, "check")).context["problems"]

    assert [(problem.control, problem.sentence) for problem, _ in problems] == [
        ("id_role0_body", "Enter the group, board or committee.")
    ]


def test_more_roles_than_anybody_has_are_cut(during, client):
    token = begin(client)
    client.post(page(token, "roles"), {f"role{number}_body": "A group" for number in range(99)})

    assert len(Draft.objects.get().values["roles"]) == 20


# --- Area --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("sw1a1aa", "SW1A"),
        (" SW1A 1AA ", "SW1A"),
        ("ZE1 0AA", "ZE1"),
        ("JE2 3AB", "JE2"),
        ("n7", "N7"),
        ("BFPO 58", "BFPO 58"),
        ("Kentish Town", "Kentish Town"),
    ],
)
def test_of_a_whole_postcode_the_first_part_is_used(during, typed, kept):
    draft = filled.draft(during, area=typed)

    assert Journey(Facts(during, draft=draft)).filled_in()["area"] == kept
    assert draft.values["area"] == typed


# --- Speaking instead of writing ---------------------------------------------------------------------------------
MP3 = b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"\x00" * 200


def upload(content: bytes = MP3, name: str = "me.mp3") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_answering_by_phone_leaves_the_texts_out(during, client):
    token = opened(client, filled.draft(during, **dict.fromkeys(ANSWERS, "")))
    answer = client.post(page(token, "how-to-answer", "?back=check"), {"mode": "PHONE"}, follow=True)

    assert answer.context["step"].slug == "connections"
    assert list(answer.context["form"].fields) == ["communities"]
    assert client.get(page(token, "check")).context["problems"] == []


def test_answering_by_phone_needs_a_number(during, client):
    token = opened(client, filled.draft(during, mode="PHONE", phone=""))

    problems = client.get(page(token, "check")).context["problems"]

    assert [problem.sentence for problem, _ in problems] == [
        "We need your phone number to call you. Add it under “About you”."
    ]


def test_what_was_written_before_stays_and_is_not_sent(during, client):
    token = opened(client, filled.draft(during, mode="PHONE"))

    assert client.get(page(token, "check")).context["unsent"][0][1] == ANSWERS["answer_lived_experience"]
    client.post(f"/application/{token}/form/send/")

    answers = Application.objects.get().answers.all()
    assert {(answer.mode, answer.text) for answer in answers} == {("PHONE", "")}


def test_a_recording_is_kept_and_goes_with_the_application(during, client):
    token = opened(client, filled.draft(during, mode="RECORDING"))

    answer = client.post(page(token, "recordings"), {"question": "CHALLENGE", "recording": upload()}, follow=True)
    client.post(f"/application/{token}/form/send/")

    recording, application = Recording.objects.get(), Application.objects.get()
    assert "We have your recording." in words(answer)
    assert (recording.application, recording.draft, recording.question) == (application, None, "CHALLENGE")
    assert (bytes(recording.content), recording.content_type, recording.size) == (MP3, "audio/mpeg", len(MP3))
    assert {answer.mode for answer in application.answers.all()} == {"RECORDING"}


def test_a_form_that_wants_a_recording_is_not_complete_without_one(during, client):
    token = opened(client, filled.draft(during, mode="RECORDING"))

    problems = client.get(page(token, "check")).context["problems"]

    assert [problem.sentence for problem, _ in problems] == ["Send us a recording, or choose another way to answer."]


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (
            upload(b"%PDF-1.7" + b"x" * 100),
            "This file is not a recording that we can play. Send an MP3, M4A, WAV, OGG, WEBM, AMR or 3GP file.",
        ),
        (upload(b""), "This file is empty. Choose another file."),
        (upload(MP3 + b"\x00" * 10_000_000), "Choose a file of 10 MB or less."),
        (
            upload(name="me.exe"),
            "Choose a file that ends in .mp3 or .m4a or .mp4 or .wav or .ogg or .oga or .opus or .webm or .amr or .3gp.",
        ),
    ],
)
def test_a_file_that_is_no_recording_is_refused_with_a_sentence(during, client, file, sentence):
    token = opened(client, filled.draft(during, mode="RECORDING"))

    answer = client.post(page(token, "recordings"), {"recording": file})

    assert answer.status_code == 422
    assert dict(answer.context["form"].errors) == {"recording": [sentence]}
    assert not Recording.objects.exists()


def test_more_recordings_than_questions_are_refused(during, client):
    draft = filled.draft(during, mode="RECORDING")
    token = opened(client, draft)
    for _ in range(8):
        Recording.objects.create(draft=draft, content=MP3, content_type="audio/mpeg", size=len(MP3))

    answer = client.post(page(token, "recordings"), {"recording": upload()})

    assert dict(answer.context["form"].errors) == {
        "recording": ["You have sent 8 recordings. Remove one before you send another."]
    }


def test_a_recording_is_removed_by_its_owner_only(during, kent, client):
    draft = filled.draft(during, mode="RECORDING")
    other = Draft.objects.create(cohort=kent)
    mine, theirs = (
        Recording.objects.create(draft=of, content=MP3, content_type="audio/mpeg", size=1) for of in (draft, other)
    )
    token = opened(client, draft)

    for recording in (mine, theirs):
        client.post(f"/application/{token}/form/recordings/{recording.pk}/remove/")

    assert list(Recording.objects.all()) == [theirs]


# --- Sending -----------------------------------------------------------------------------------------------------
def test_sending_stores_everything_and_shows_nothing_but_the_reference(during, client):
    token = opened(client, filled.draft(during))

    answer = client.post(f"/application/{token}/form/send/", follow=True)

    application = Application.objects.get()
    person = application.person
    assert answer.redirect_chain == [(f"/application/{token}/sent/", 302)]
    assert application.reference in words(answer)
    assert not any(word in words(answer) for word in ("Ana", "Novak", "ana@example.org", "window"))
    assert (application.key, application.state, application.source) == (KEY, "SUBMITTED", "ONLINE")
    assert (application.communities, application.wants, application.hours_a_month) == (
        ["carers", "faith"],
        "To speak up in big meetings",
        8,
    )
    assert (application.can_come_every_day, application.days_missed) == (False, [2])
    assert application.lay_roles == "Chair, Patient panel, 2015 to now, 4 hours a month"
    assert (person.name, person.pronunciation, person.best_time, person.may_leave_message, person.helper) == (
        "Ana Novak",
        "AH-na",
        "After 10am",
        False,
        "Sam Novak, my son",
    )
    assert (person.area, person.organisation.name, person.information_format) == (
        "Camden",
        "Camden Carers",
        "LARGE_PRINT",
    )
    assert sorted(AccessNeed.objects.values_list("kind", "description")) == [
        ("ASSISTANT", "Sam, who drives me"),
        ("FOOD", "No nuts"),
        ("NEED", "A seat by the window"),
        ("NEED", "Blue Badge parking"),
        ("NEED", "Hearing loop"),
        ("NEED", "More breaks, or breaks when I need them"),
        ("NEED", "Step-free way in and around"),
    ]
    assert sorted(Consent.objects.values_list("purpose", flat=True)) == ["ADULT", "CODE_OF_CONDUCT", "PRIVACY_NOTICE"]
    role = LayRole.objects.get()
    assert (role.body, role.kind, role.level, role.from_year, role.to_year) == (
        "Patient panel",
        "PROVIDER",
        "SERVICE",
        2015,
        None,
    )
    assert set(application.answers.values_list("text", flat=True)) == set(ANSWERS.values())
    assert client.session["equality_due"] == "london-2017"


def test_sending_twice_is_one_application_with_one_receipt(during, client):
    token = opened(client, filled.draft(during))

    answers = [client.post(f"/application/{token}/form/send/") for _ in range(3)]

    assert {answer["Location"] for answer in answers} == {f"/application/{token}/sent/"}
    assert (Application.objects.count(), Person.objects.count(), Draft.objects.count()) == (1, 1, 0)
    assert Message.objects.filter(key__startswith="acknowledgement").count() == 1


def test_sending_with_a_gap_leads_back_to_the_check(during, client):
    token = opened(client, filled.draft(during, name=""))

    answer = client.post(f"/application/{token}/form/send/", follow=True)

    assert answer.redirect_chain == [(page(token, "check"), 302)]
    assert [problem.sentence for problem, _ in answer.context["problems"]] == ["Enter your name."]
    assert not Application.objects.exists()


def test_links_go_on_to_the_application(during, client):
    draft = filled.draft(during)
    token, elder = opened(client, draft), make.link(draft)
    client.post(f"/application/{token}/form/send/")

    application = Application.objects.get()
    assert PersonalLink.objects.filter(application=application).count() == 3  # these two, and the letter's
    for link in (token, elder):
        assert client.get(f"/application/{link}/form/")["Location"] == f"/application/{link}/"
        assert client.get(page(link, "wants"))["Location"] == f"/application/{link}/"


def test_what_another_window_types_after_sending_is_given_back(during, client):
    token = opened(client, filled.draft(during))
    client.post(f"/application/{token}/form/send/")

    answer = client.post(page(token, "wants"), {"wants": "Something I forgot"})

    assert answer.status_code == 422
    assert "What you typed just now is not in it." in words(answer)
    assert "Something I forgot" in words(answer)
    assert Application.objects.get().wants == "To speak up in big meetings"


def test_the_channel_that_somebody_names_is_stored(during, client):
    for code in ("news", "friend"):
        Channel.objects.create(cohort=during, code=code, name=code.title())
    token = begin(client, f"{FORM}?from=news")
    walk(client, token, heard="friend")
    client.post(f"/application/{token}/form/send/")

    assert Application.objects.get().channel.code == "friend"


def test_the_text_file_holds_every_answer(during, client):
    token = opened(client, filled.draft(during))

    answer = client.get(f"/application/{token}/form/my-answers.txt")

    text = answer.content.decode()
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="my-answers.txt"'
    assert [
        answer for answer in (*ANSWERS.values(), "Ana Novak", "Patient panel", "No nuts") if answer not in text
    ] == []


# --- The closing time --------------------------------------------------------------------------------------------
def test_begun_before_midnight_and_sent_in_the_grace_time_counts_and_says_so(call, client, time_machine):
    time_machine.move_to(datetime(2017, 10, 29, 23, 50, tzinfo=UTC), tick=False)
    token = begin(client)
    walk(client, token)
    time_machine.move_to(datetime(2017, 10, 30, 0, 5, tzinfo=UTC), tick=False)

    shown = client.get(page(token, "check"))
    answer = client.post(f"/application/{token}/form/send/", follow=True)

    assert "you can still send yours <strong>before 12:15am on Monday 30 October 2017</strong>" in words(shown)
    assert "It came a few minutes after the closing time. You began in time, so it counts." in words(answer)
    letter = Message.objects.get(key__startswith="acknowledgement")
    assert "It came a few minutes after the closing time." in letter.text


def test_sixteen_minutes_after_midnight_is_refused_kindly_with_every_word_back(call, client, time_machine):
    time_machine.move_to(datetime(2017, 10, 29, 23, 50, tzinfo=UTC), tick=False)
    token = begin(client)
    walk(client, token, wants="To <b>speak</b> up")
    time_machine.move_to(datetime(2017, 10, 30, 0, 16, tzinfo=UTC), tick=False)

    answer = client.post(f"/application/{token}/form/send/", follow=True)

    assert "Applications are closed" in words(answer)
    assert "020 7946 0099" in words(answer)
    assert "To &lt;b&gt;speak&lt;/b&gt; up" in words(answer)
    assert [text for text in ANSWERS.values() if text not in words(answer)] == []
    assert client.get(f"/application/{token}/form/my-answers.txt").status_code == 200
    assert (Application.objects.count(), Draft.objects.count()) == (0, 1)


def test_what_is_typed_too_late_is_still_kept(call, client, time_machine):
    time_machine.move_to(datetime(2017, 10, 29, 23, 50, tzinfo=UTC), tick=False)
    token = begin(client)
    time_machine.move_to(datetime(2017, 10, 30, 0, 16, tzinfo=UTC), tick=False)

    answer = client.post(page(token, "wants"), {"wants": "My last words"}, follow=True)

    assert "Applications are closed" in words(answer)
    assert "My last words" in words(answer)


@pytest.mark.parametrize("grace", [0, 60])
def test_the_cohorts_own_grace_counts(call, client, time_machine, grace):
    make.settings(call, grace_minutes=grace)
    time_machine.move_to(datetime(2017, 10, 29, 23, 50, tzinfo=UTC), tick=False)
    token = begin(client)
    walk(client, token)
    time_machine.move_to(datetime(2017, 10, 30, 0, 30, tzinfo=UTC), tick=False)

    client.post(f"/application/{token}/form/send/")

    assert Application.objects.count() == (1 if grace else 0)


@pytest.mark.parametrize(
    ("closes", "opened_at", "in_grace", "too_late"),
    [
        # The clocks went back at 2am on 29 October 2017 and forward at 1am on 25 March 2018, before the last minute.
        (
            datetime(2017, 10, 29, 23, 59, tzinfo=UTC),
            datetime(2017, 10, 29, 23, 50, tzinfo=UTC),
            datetime(2017, 10, 30, 0, 5, tzinfo=UTC),
            datetime(2017, 10, 30, 0, 16, tzinfo=UTC),
        ),
        (
            datetime(2018, 3, 25, 22, 59, tzinfo=UTC),
            datetime(2018, 3, 25, 22, 50, tzinfo=UTC),
            datetime(2018, 3, 25, 23, 5, tzinfo=UTC),
            datetime(2018, 3, 25, 23, 16, tzinfo=UTC),
        ),
    ],
)
def test_the_grace_time_holds_on_the_nights_when_the_clocks_change(
    call, client, time_machine, closes, opened_at, in_grace, too_late
):
    call.applications_close_at = closes
    call.save()
    time_machine.move_to(opened_at, tick=False)
    token = begin(client)
    walk(client, token)

    time_machine.move_to(too_late, tick=False)
    client.post(f"/application/{token}/form/send/")
    assert Application.objects.count() == 0
    time_machine.move_to(in_grace, tick=False)
    client.post(f"/application/{token}/form/send/")

    assert Application.objects.get().started_at == opened_at


def test_a_page_opened_before_the_end_may_begin_a_form_in_the_grace_time(call, client, time_machine):
    time_machine.move_to(datetime(2017, 10, 29, 23, 50, tzinfo=UTC), tick=False)
    key = client.get(FORM).context["key"]
    time_machine.move_to(datetime(2017, 10, 30, 0, 5, tzinfo=UTC), tick=False)

    client.post(FORM, PAGES["about-you"] | {"key": key})

    assert Draft.objects.get().started_at == datetime(2017, 10, 29, 23, 50, tzinfo=UTC)


@pytest.mark.parametrize("key", ["", "made-up", "WyJhIiwgMF0:1e3:abc"])
def test_nobody_begins_a_form_after_the_end(call, client, time_machine, key):
    time_machine.move_to(datetime(2017, 10, 30, 0, 5, tzinfo=UTC), tick=False)

    assert "Applications are closed" in words(client.get(FORM))
    answer = client.post(FORM, PAGES["about-you"] | {"key": key, "post": "1 <b>High</b> Street"})

    assert answer.status_code == 422
    assert "1 &lt;b&gt;High&lt;/b&gt; Street" in words(answer)
    assert nothing_stored()


def test_nobody_begins_a_form_before_the_call_opens(call, client, time_machine):
    time_machine.move_to(datetime(2017, 8, 1, tzinfo=UTC), tick=False)

    assert "You cannot apply yet" in words(client.get(FORM))
    assert client.post(FORM, PAGES["about-you"]).status_code == 422
    assert nothing_stored()


def test_times_are_on_the_cohorts_clock(during, client):
    during.time_zone = "Asia/Tokyo"
    during.save()

    assert "8:59am on Monday 30 October 2017" in words(client.get(FORM))


# --- Looking changes nothing, and costs little -------------------------------------------------------------------
@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_at_any_page_changes_nothing(during, client, method):
    draft = filled.draft(during)
    token = opened(client, draft)
    before = (Draft.objects.values().get(), PersonalLink.objects.values().get())

    for address in [
        FORM,
        "/apply/london-2017/lost-link/",
        f"/application/{token}/form/",
        f"/application/{token}/form/my-answers.txt",
        f"/application/{token}/code/enter/",
        f"/application/{token}/sent/",
        *(page(token, slug) for slug in [*(step.slug for step in STEPS), "check"]),
    ]:
        assert getattr(client, method)(address).status_code in (200, 302)
        assert getattr(Client(), method)(address).status_code in (200, 302)

    assert (Draft.objects.values().get(), PersonalLink.objects.values().get()) == before
    assert not (Application.objects.exists() or Message.objects.exists())


@pytest.mark.parametrize("address", ["form/send/", "code/", "form/recordings/1/remove/"])
def test_what_changes_something_is_never_opened(during, client, address):
    token = opened(client, filled.draft(during))

    assert client.get(f"/application/{token}/{address}").status_code == 405


def test_saving_a_page_costs_few_queries(during, client, django_assert_max_num_queries):
    token = opened(client, filled.draft(during))

    for step in STEPS:
        with django_assert_max_num_queries(8):
            client.post(page(token, step.slug), PAGES.get(step.slug, {}))


def test_sending_costs_the_same_for_one_answer_and_for_many(during, client, django_assert_num_queries):
    """18 for what is stored, 3 for the letter, 4 for the session, 4 for transaction and lock; 29 however much was typed."""
    make.organisation("Camden Carers")
    roles = [{"body": f"Group {number}"} for number in range(20)]
    token = opened(client, filled.draft(during, roles=roles))

    with django_assert_num_queries(29):
        client.post(f"/application/{token}/form/send/")

    assert Application.objects.count() == 1


def test_pages_behind_a_link_tell_nobody_where_they_are(during, client):
    token = opened(client, filled.draft(during))

    answer = client.get(page(token, "wants"))

    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert reverse("account_login") not in answer.content.decode()
