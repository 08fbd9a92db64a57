"""The door behind a personal link: a browser that we do not know sees nothing until a code was typed."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from core.models import Message, ShortCode
from recruitment.models import Draft, PersonalLink
from recruitment.services import finding
from recruitment.steps import STEPS
from tests import make
from tests.recruitment import filled
from tests.recruitment.filled import PAGES


@pytest.fixture
def token(london) -> str:
    """A link to Ana's form, for a browser that does not know it."""
    return make.link(filled.draft(london))


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def ask(client: Client, token: str, **more: str) -> str:
    """Ask for a code; gives the six digits from the letter."""
    client.post(f"/application/{token}/code/", more)
    return Message.objects.latest("pk").secrets[0]


def enter(client: Client, token: str, code: str, query: str = "") -> Any:
    return client.post(f"/application/{token}/code/enter/{query}", {"code": code})


@pytest.mark.parametrize("step", [*(step.slug for step in STEPS), "check"])
def test_a_forwarded_link_shows_nothing(token, client, step):
    answer = client.get(f"/application/{token}/form/{step}/")

    assert "Send me a code" in words(answer)
    typed = [text for page in PAGES.values() for text in page.values() if isinstance(text, str) and len(text) > 4]
    assert [text for text in typed if text in answer.content.decode() and text not in ("EMAIL", "WRITTEN")] == []


@pytest.mark.parametrize("place", ["form/", "form/my-answers.txt", "sent/"])
def test_the_other_pages_behind_a_link_show_nothing_either(token, client, place):
    answer = client.get(f"/application/{token}/{place}")

    assert "Send me a code" in words(answer)
    assert "Ana" not in words(answer)


@pytest.mark.parametrize("place", ["form/", "form/check/", "form/send/", "code/", "code/enter/", "sent/"])
def test_an_unknown_link_is_a_kind_page(london, client, place):
    answers = [client.get(f"/application/nothing/{place}"), client.post(f"/application/nothing/{place}")]

    assert {answer.status_code for answer in answers} == {404}
    assert "This link does not work" in words(answers[0])


def test_what_was_typed_behind_a_dead_link_is_given_back(london, client):
    answer = client.post("/application/nothing/form/wants/", {"wants": "To <b>speak</b> up"})

    assert "To &lt;b&gt;speak&lt;/b&gt; up" in words(answer)


def test_the_right_code_opens_the_page_that_was_wanted(token, client):
    page = words(client.get(f"/application/{token}/form/wants/"))
    code = ask(client, token, to="wants")

    answer = enter(client, token, code, "?to=wants")

    assert 'name="to" value="wants"' in page
    assert answer["Location"] == f"/application/{token}/form/wants/"
    assert "To speak up in big meetings" in words(client.get(answer["Location"]))


def test_the_code_goes_to_the_address_of_the_form_and_names_nobody(token, client):
    answer = client.post(f"/application/{token}/code/", follow=True)

    letter = Message.objects.get()
    assert (letter.to, letter.subject) == ("ana@example.org", "Your code")
    assert letter.text.startswith("Hello,\n")
    assert "Ana" not in letter.text
    assert "ana@example.org" not in words(answer)


@pytest.mark.parametrize("typed", ["{0}", " {0} ", "{0:.3} {0:3}", "{1} {2}", "{1}-{2}"])
def test_a_code_may_be_typed_with_blanks(token, client, typed):
    code = ask(client, token)

    answer = (
        enter(client, token, typed.format(code, code[:3], code[3:]))
        if ":" not in typed
        else enter(client, token, f"{code[:2]} {code[2:]}")
    )

    assert answer["Location"] == f"/application/{token}/form/"


@pytest.mark.parametrize("typed", ["12345", "1234567", "abcdef", "１２３", "x" * 50, "12345\x00"])
def test_something_that_is_no_code_is_refused_and_costs_no_try(token, client, typed):
    ask(client, token)

    answer = enter(client, token, typed)

    assert answer.status_code == 422
    assert ShortCode.objects.get().tries_left == 3


def test_an_empty_code_is_refused(token, client):
    answer = enter(client, token, "")

    assert answer.status_code == 422
    assert dict(answer.context["form"].errors) == {"code": ["Enter the code from the email."]}


def test_a_wrong_code_may_be_put_right(token, client):
    code = ask(client, token)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"

    answer = enter(client, token, wrong)

    assert (answer.status_code, dict(answer.context["form"].errors)) == (
        422,
        {"code": ["This code is not right. Look at the newest email, and type the six digits again."]},
    )
    assert enter(client, token, code).status_code == 302


def test_three_wrong_codes_and_even_the_right_one_is_dead(token, client):
    code = ask(client, token)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    for _ in range(3):
        answer = enter(client, token, wrong)

    dead = "This code does not work any more: it lasts ten minutes and three tries. Ask for a new one below."
    assert dict(answer.context["form"].errors) == {"code": [dead]}
    assert dict(enter(client, token, code).context["form"].errors) == {"code": [dead]}


def test_a_code_is_dead_after_ten_minutes(token, client, time_machine):
    code = ask(client, token)
    time_machine.move_to(timezone.now() + timedelta(minutes=11))

    assert enter(client, token, code).status_code == 422


def test_a_code_works_once(token, client):
    code = ask(client, token)
    enter(client, token, code)

    assert enter(Client(), token, code).status_code == 422


def test_a_code_of_one_form_opens_no_other(london, kent, token, client):
    other = make.link(Draft.objects.create(cohort=kent, email="eve@example.org"))
    code = ask(client, other)

    assert enter(client, token, code).status_code == 422
    assert "Send me a code" in words(client.get(f"/application/{token}/form/check/"))


def test_more_than_five_codes_an_hour_are_refused_with_a_sentence(token, client):
    for _ in range(5):
        client.post(f"/application/{token}/code/")

    answer = Client().post(f"/application/{token}/code/")

    assert answer.status_code == 429
    assert "We have sent several codes already. Wait an hour, or call us." in words(answer)
    assert Message.objects.count() == 5


def test_somebody_without_an_email_is_told_to_call(london, client):
    london.help_phone = "020 7946 0099"
    london.save()
    token = make.link(Draft.objects.create(cohort=london))

    answer = client.post(f"/application/{token}/code/")

    assert "There is no email address with this form, so we cannot send you a code." in words(answer)
    assert "020 7946 0099" in words(answer)
    assert not Message.objects.exists()


def test_an_application_sends_its_code_to_the_persons_address(london, client):
    token = make.link(make.application(london, person=make.person("Ana", email="ana@example.org")))
    code = ask(client, token)

    assert Message.objects.get().to == "ana@example.org"
    assert enter(client, token, code)["Location"] == f"/application/{token}/"


@pytest.mark.parametrize("to", ["//evil.example", "../../", "nowhere", "x" * 5000, "<script>"])
def test_nobody_is_sent_on_to_somewhere_else(token, client, to):
    client.post(f"/application/{token}/code/", {"to": to})
    code = Message.objects.get().secrets[0]

    answer = client.post(f"/application/{token}/code/enter/", {"code": code}, query_params={"to": to})

    assert answer["Location"] == f"/application/{token}/form/"


# --- A session that ended ----------------------------------------------------------------------------------------
def test_what_is_typed_after_the_session_ended_is_saved_first_and_then_a_code_is_asked_for(token, client):
    answer = client.post(f"/application/{token}/form/wants/", {"wants": "To be heard"}, follow=True)

    assert Draft.objects.get().values == filled.typed(wants="To be heard")
    assert "We have saved what you typed." in words(answer)
    assert "Send me a code" in words(answer)
    assert "To be heard" not in words(answer)


def test_whoever_found_the_link_cannot_send_the_code_somewhere_else(token, client):
    page = PAGES["about-you"] | {"email": "thief@example.org", "pronunciation": "ANN-a"}
    client.post(f"/application/{token}/form/about-you/", page)

    draft = Draft.objects.get()
    assert (draft.email, draft.values["email"], draft.values["pronunciation"]) == (
        "ana@example.org",
        "ana@example.org",
        "ANN-a",
    )
    ask(client, token)
    assert {letter.to for letter in Message.objects.all()} == {"ana@example.org"}


def test_whoever_found_the_link_cannot_send_the_form(token, client):
    client.post(f"/application/{token}/form/send/")

    assert Draft.objects.exists()


def test_what_is_typed_without_a_session_into_a_form_without_an_address_sets_none(london, client):
    token = make.link(filled.draft(london, email=""))
    client.post(f"/application/{token}/form/about-you/", PAGES["about-you"] | {"email": "thief@example.org"})

    draft = Draft.objects.get()
    assert (draft.email, draft.values["email"]) == ("", "")
    assert not Message.objects.exists()


# --- Another address ---------------------------------------------------------------------------------------------
def known(client: Client, draft: Draft) -> str:
    session = client.session
    session["opened_applications"] = [str(draft.key)]
    session.save()
    return make.link(draft)


def test_a_changed_address_gets_a_link_of_its_own_and_the_old_ones_end(london, client):
    draft = filled.draft(london)
    old = known(client, draft)

    answer = client.post(
        f"/application/{old}/form/about-you/", PAGES["about-you"] | {"email": "New@Example.org"}, follow=True
    )

    letter, link = Message.objects.get(), PersonalLink.objects.get()
    new = letter.secrets[0]
    assert (letter.to, link.draft) == ("new@example.org", draft)
    assert answer.redirect_chain == [(f"/application/{new}/form/calling/", 302)]
    assert client.get(f"/application/{old}/form/check/").status_code == 404


@pytest.mark.parametrize("email", ["not an address", "ANA@example.org", " ana@example.org "])
def test_an_address_that_is_no_other_leaves_the_link_alone(london, client, email):
    token = known(client, filled.draft(london))
    client.post(f"/application/{token}/form/about-you/", PAGES["about-you"] | {"email": email})

    assert (Draft.objects.get().email, PersonalLink.objects.count()) == ("ana@example.org", 1)
    assert not Message.objects.exists()


def test_a_first_address_gets_a_link_and_the_open_one_goes_on(london, client):
    token = known(client, filled.draft(london, email=""))
    client.post(f"/application/{token}/form/about-you/", PAGES["about-you"])

    assert Message.objects.get().to == "ana@example.org"
    assert client.get(f"/application/{token}/form/check/").status_code == 200


def test_an_address_that_is_taken_away_ends_the_links_that_went_there(london, client):
    token = known(client, filled.draft(london))

    answer = client.post(f"/application/{token}/form/about-you/", PAGES["about-you"] | {"email": ""}, follow=True)

    assert answer.context["step"].slug == "calling"
    assert (Draft.objects.get().email, Message.objects.count()) == ("", 0)
    assert client.get(f"/application/{token}/form/check/").status_code == 404


def test_nobody_fills_a_strangers_mailbox_with_links(london):
    for _ in range(7):
        answer = Client().post("/apply/london-2017/form/", PAGES["about-you"], follow=True)

    assert "We have sent several links already, so we send no more for now." in words(answer)
    assert (Draft.objects.count(), Message.objects.count()) == (7, 5)


def test_nobody_fills_many_mailboxes_by_changing_the_address(london, client):
    token = known(client, filled.draft(london, email=""))
    for number in range(65):
        page = PAGES["about-you"] | {"email": f"person{number}@example.org"}
        answer = client.post(f"/application/{token}/form/about-you/", page)
        token = answer["Location"].split("/")[2]

    assert Message.objects.count() == 60


def test_codes_of_a_form_and_of_the_application_that_it_becomes_have_one_key(london):
    draft = filled.draft(london)

    assert finding.code_key(draft) == finding.code_key(make.application(london, key=draft.key))
