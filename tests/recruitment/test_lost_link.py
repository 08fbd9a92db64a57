"""Asking for a lost link: the same answer for everybody, and a letter that says what there is (trust.md T04)."""

import re
from typing import Any

import pytest
from django.test import Client

from core.models import Message
from people.models import Person
from recruitment.models import Draft, PersonalLink
from tests import make
from tests.recruitment import filled

ASK = "/apply/london-2017/lost-link/"


def ask(email: str) -> Any:
    return Client().post(ASK, {"email": email})


def without_secrets(response: Any) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", response.content)


def test_known_and_unknown_addresses_get_the_same_answer_and_one_letter_each(london):
    filled.draft(london)

    known, unknown = ask("ana@example.org"), ask("nobody@example.org")

    assert (known.status_code, without_secrets(known)) == (unknown.status_code, without_secrets(unknown))
    assert known.cookies.keys() == unknown.cookies.keys()
    assert {name for name in known.headers} == {name for name in unknown.headers}
    assert list(Message.objects.order_by("pk").values_list("to", "subject")) == [
        ("ana@example.org", "The link that was asked for: London 2017"),
        ("nobody@example.org", "The link that was asked for: London 2017"),
    ]


def test_both_kinds_of_address_cost_the_same_number_of_queries(london, django_assert_num_queries):
    filled.draft(london)

    for email in ("ana@example.org", "nobody@example.org"):
        with django_assert_num_queries(
            9
        ):  # cohort and days, drafts, applications, a link, the letter twice, a savepoint
            ask(email)


def test_the_link_in_the_letter_leads_to_the_form(london, client):
    filled.draft(london)
    ask("ana@example.org")

    letter = Message.objects.get()
    token = letter.secrets[0]
    assert f"/application/{token}/form/" in letter.text
    assert "The form that was begun at" in letter.text
    assert "Ana" not in letter.text
    assert b"Send me a code" in client.get(f"/application/{token}/form/").content


def test_the_link_in_the_letter_leads_to_the_application(london):
    application = make.application(london, person=make.person("Ana", email="ana@example.org"), reference="7K3-M9Q")
    ask("ana@example.org")

    letter = Message.objects.get()
    assert "The application with the reference 7K3-M9Q" in letter.text
    assert PersonalLink.objects.get().application == application


def test_two_people_with_one_address_get_a_letter_each_and_neither_sees_the_other(london):
    for name, reference in (("Ana Novak", "AAA-AAA"), ("Peter Novak", "BBB-BBB")):
        make.application(london, person=make.person(name, email="novaks@example.org"), reference=reference)
    ask("novaks@example.org")

    letters = list(Message.objects.order_by("pk"))
    assert [[code for code in ("AAA-AAA", "BBB-BBB") if code in letter.text] for letter in letters] == [
        ["AAA-AAA"],
        ["BBB-BBB"],
    ]
    assert not any("Novak" in letter.text for letter in letters)
    assert len({letter.secrets[0] for letter in letters}) == 2


def test_earlier_links_go_on_working(london, client):
    token = make.link(filled.draft(london))
    ask("ana@example.org")

    assert b"Send me a code" in client.get(f"/application/{token}/form/").content


def test_another_cohort_knows_nothing_of_it(london, kent):
    Draft.objects.create(cohort=kent, email="ana@example.org")
    ask("ana@example.org")

    assert Message.objects.get().text.count("We have no form and no application with this address.") == 1
    assert not PersonalLink.objects.exists()


def test_an_application_that_was_merged_into_another_is_not_offered(london):
    kept = make.application(london)
    make.application(london, person=make.person("Ana", email="ana@example.org"), state="MERGED", merged_into=kept)
    ask("ana@example.org")

    assert "We have no form and no application" in Message.objects.get().text


@pytest.mark.parametrize("typed", ["ANA@Example.org", "  ana@example.org "])
def test_an_address_is_the_same_however_it_is_typed(london, typed):
    filled.draft(london)
    ask(typed)

    assert PersonalLink.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter your email address."),
        ("ana", "Enter an email address in the right form, like name@example.com."),
        ("a@x.org,b@x.org", "Enter one email address only, like name@example.com."),
        ("a@x.org\nBcc: b@x.org", "Use one line of ordinary characters."),
    ],
)
def test_what_is_no_address_is_refused_at_the_box(london, typed, sentence):
    answer = ask(typed)

    assert answer.status_code == 422
    assert dict(answer.context["form"].errors) == {"email": [sentence]}
    assert not Message.objects.exists()


def test_beyond_five_letters_an_hour_the_answer_stays_the_same_and_no_letter_goes(london):
    filled.draft(london)
    answers = [ask("ana@example.org") for _ in range(7)]

    assert len({without_secrets(answer) for answer in answers}) == 1
    assert Message.objects.count() == 5


def test_too_many_questions_from_one_place_are_refused_with_a_sentence(london):
    for number in range(60):
        ask(f"person{number}@example.org")

    answer = ask("ana@example.org")

    assert answer.status_code == 422
    assert b"Somebody asked too often from here. Wait an hour, or call us." in answer.content


def test_asking_changes_no_person(london):
    make.application(london, person=make.person("Ana", email="ana@example.org"))
    before = list(Person.objects.values())
    ask("ana@example.org")

    assert list(Person.objects.values()) == before
