"""The pages behind a personal link, as a stranger's browser and a mail scanner meet them."""

import logging
import re
from uuid import UUID

import pytest
from django.apps import apps
from django.conf import settings
from django.core.serializers import serialize
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evaluation.models import Answer, Invitation, Response, Wave
from evaluation.services import waves
from programmes.models import Participant
from tests.evaluation import golden

pytestmark = pytest.mark.django_db
KEY = "5f0c2a52-3c1b-4b5e-9a43-6d8a2f1f0b11"


TOKEN = "t" * 32


class Phone(Client):
    """A real phone on a page that sends no referrer: its forms carry the page's token and say "Origin: null"."""

    def __init__(self) -> None:
        super().__init__(enforce_csrf_checks=True, headers={"origin": "null"})
        self.cookies[settings.CSRF_COOKIE_NAME] = TOKEN

    def post(self, path, data=None, **extra):
        return super().post(path, {"csrfmiddlewaretoken": TOKEN} | (data or {}), **extra)


@pytest.fixture
def browser() -> Client:
    """Somebody who is not signed in; the check for forgeries is on, as in a real browser."""
    return Phone()


@pytest.fixture
def link(wave, link_for) -> str:
    return link_for(wave)


def everything_stored() -> dict[str, str]:
    models = [model for model in apps.get_models() if model._meta.app_label != "sessions"]
    return {model._meta.label: serialize("json", model._default_manager.order_by("pk")) for model in models}


def sent(page) -> str:
    return page.content.decode()


# --- the form ------------------------------------------------------------------------------------------------
def test_form_offers_every_question_in_order(browser, link):
    page = sent(browser.get(link))

    texts = [" ".join(text.split()) for text in re.findall(r"<legend[^>]*>.*?</span>(.*?)</legend>", page, re.DOTALL)]
    assert texts == list(golden.TEXTS)
    assert page.count("How helpful did you find the following elements of the course? (Marks out of 5)") == 1
    assert page.count("I was not there") == 7
    assert page.count("Skip this question") == 8
    assert "checked" not in page


def test_form_says_what_anonymous_means_before_the_first_question(browser, link):
    page = sent(browser.get(link))

    assert page.index("Your answers are anonymous") < page.index("<fieldset")
    assert page.index("you cannot change your form after you send it") < page.index("<fieldset")


def test_form_shows_no_name_even_to_somebody_who_is_signed_in(link, signed_in, olive):
    name = Participant.objects.get().person.name

    page = sent(signed_in(olive).get(link))

    assert name not in page
    assert "Olive" not in page


def test_answers_are_kept_and_the_confirmation_shows_none_of_them(browser, link):
    response = browser.post(link, {"key": KEY, "small_groups": "5", "darzi": "na", "managers": ""}, follow=True)

    assert response.redirect_chain == [(f"{link}sent/", 302)]
    stored = Response.objects.get()
    assert stored.pk == UUID(KEY)
    assert {answer.item.key: answer.mark for answer in stored.answers.all()} == {"small_groups": 5, "darzi": None}
    page = sent(response)
    assert "We have your answers" in page
    assert stored.form not in page
    assert Participant.objects.get().person.name not in page


def test_sending_twice_is_one_response(browser, link):
    for _ in range(2):
        assert browser.post(link, {"key": KEY, "darzi": "4"}).headers["Location"] == f"{link}sent/"

    assert (Response.objects.count(), Answer.objects.count()) == (1, 1)


def test_sending_other_answers_later_is_refused(browser, link):
    browser.post(link, {"key": KEY, "darzi": "4"})

    response = browser.post(link, {"darzi": "1"})

    assert response.status_code == 409
    assert "it cannot be changed" in sent(response)
    assert Answer.objects.get().mark == 4


@pytest.mark.parametrize("key", ["", "not a key"])
def test_a_broken_key_is_replaced(browser, link, key):
    browser.post(link, {"key": key, "darzi": "4"})

    assert Response.objects.count() == 1


@pytest.mark.parametrize("mark", ["6", "0", "4.5", "four", "-1", "٣", "5 or 4", "None"])
def test_a_mark_that_is_none_gets_a_sentence_and_everything_stays(browser, link, mark):
    response = browser.post(link, {"key": KEY, "small_groups": "5", "darzi": mark})

    page = sent(response)
    assert response.status_code == 422
    assert "Darzi Fellow exercise: choose a mark from 1 to 5, or skip it." in page
    assert "<title>Error: " in page
    assert 'value="5" checked' in page
    assert f'name="key" value="{KEY}"' in page
    assert not Response.objects.exists()
    assert not Invitation.objects.get().has_answered


def test_i_was_not_there_is_no_answer_to_recommending(browser, link):
    assert browser.post(link, {"recommend": "na"}).status_code == 422


def test_an_empty_form_is_handed_back(browser, link):
    response = browser.post(link, {"key": KEY, "darzi": ""})

    assert response.status_code == 422
    assert "You have not answered a question yet" in sent(response)
    assert not Response.objects.exists()


# --- what a link can and cannot do --------------------------------------------------------------------------------
@pytest.mark.parametrize("headers", [{}, {"Sec-Purpose": "prefetch"}])
def test_looking_changes_nothing(browser, link, headers):
    before = everything_stored()

    for _ in range(2):
        for address in (link, f"{link}sent/"):
            assert browser.get(address, headers=headers).status_code in (200, 302)
            assert browser.head(address, headers=headers).status_code in (200, 302)

    assert everything_stored() == before
    assert browser.post(link, {"darzi": "4"}).status_code == 302


def test_pages_keep_the_address_to_themselves(browser, link):
    for address in (link, f"{link}sent/", "/form/unknown/", "/form/unknown/sent/"):
        response = browser.get(address)

        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["Cache-Control"] == "no-store, private"
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert set(response.cookies) <= {settings.CSRF_COOKIE_NAME}


def test_a_form_without_the_token_of_the_page_is_refused(browser, link):
    response = browser.post(link, {"csrfmiddlewaretoken": "x" * 32, "darzi": "4"})

    assert response.status_code == 403
    assert Response.objects.count() == 0


def test_no_other_page_takes_a_form_from_nowhere(browser):
    assert browser.post(reverse("account_login"), {"login": "olive@example.org"}).status_code == 403


def test_refusals_write_no_address_into_the_log(browser, link, caplog):
    with caplog.at_level(logging.DEBUG):
        browser.post(link, {"darzi": "6"})
        browser.get("/form/unknown/")

    assert "/form/" not in caplog.text


def test_a_link_opens_nothing_but_its_form(browser, link, wave):
    browser.get(link)

    response = browser.get(wave.get_absolute_url())

    assert response.headers["Location"].startswith("/account/")


def test_an_unknown_link_is_explained(browser, wave):
    response = browser.get("/form/wrong/")

    assert response.status_code == 404
    assert "We cannot find this form" in sent(response)
    assert wave.cohort.title not in sent(response)
    assert browser.post("/form/wrong/", {"darzi": "4"}).status_code == 404


def test_a_link_that_was_replaced_is_unknown(browser, link, olive):
    waves.resend(invitation=Invitation.objects.get(), by=olive)

    assert browser.get(link).status_code == 404


def test_a_closed_wave_is_explained(browser, link, wave, olive):
    waves.close(wave=wave, by=olive)

    for response in (browser.get(link), browser.post(link, {"darzi": "4"})):
        assert response.status_code == 410
        assert "This form is closed" in sent(response)
    assert not Response.objects.exists()


def test_who_has_withdrawn_gets_a_plain_page(browser, link):
    Participant.objects.update(withdrawn_at=timezone.now())

    assert browser.get(link).status_code == 410
    assert browser.post(link, {"darzi": "4"}).status_code == 410


def test_a_used_link_says_why_nothing_can_be_changed(browser, link):
    browser.post(link, {"darzi": "4"})

    response = browser.get(link)

    assert response.status_code == 200
    assert "it cannot be changed" in sent(response)
    assert "<form" not in sent(response)


def test_a_link_of_a_wave_to_come_says_when(browser, link, wave):
    Wave.objects.update(opens_at=timezone.now() + timezone.timedelta(days=3))

    assert "This form is not open yet" in sent(browser.get(link))
    browser.post(link, {"darzi": "4"})
    assert not Response.objects.exists()


def test_confirmation_before_answering_leads_to_the_form(browser, link):
    assert browser.get(f"{link}sent/").headers["Location"] == link


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(browser, link, method):
    assert getattr(browser, method)(link).status_code == 405


def test_form_page_and_sending_cost_few_queries(browser, link, django_assert_num_queries):
    with django_assert_num_queries(2):
        browser.get(link)
    with django_assert_num_queries(9):  # 7, with the transaction opened and closed
        browser.post(link, dict.fromkeys(golden.MARKS, "4"))
