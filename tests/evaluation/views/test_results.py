"""What the team reads of a wave."""

import re

import pytest

from evaluation.services import answering
from evaluation.services.answering import Form
from tests.evaluation import golden

pytestmark = pytest.mark.django_db
RESULTS = "/cohorts/london-2017/waves/immediate/results/"


@pytest.fixture
def browser(signed_in, olive, wave):
    return signed_in(olive)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def printed(page: str) -> list[tuple[str, str, str]]:
    """Text, average and number of every question, as the page prints them."""
    found = re.findall(r"<h3[^>]*>(.*?)</h3>.*?<strong>(.*?)</strong>.*?n = (\d+)", page)
    return [(question, average, number) for question, average, number in found]


def test_the_published_table_is_printed_to_the_digit(browser, golden_wave):
    page = text(browser.get(RESULTS))

    assert printed(page) == [
        (words, average, str(n)) for words, (_, n, average, *_) in zip(golden.TEXTS, golden.TABLE, strict=True)
    ]
    assert "<strong>32</strong> forms from 40 people = <strong>80.0 %</strong>" in page
    assert "<strong>96.9 %</strong> gave 4 or 5" in page
    assert "range 84.3 to 99.4 %" in page


def test_every_bar_says_its_numbers(browser, golden_wave):
    page = text(browser.get(RESULTS))

    assert page.count('<svg xmlns="http://www.w3.org/2000/svg"') == 8
    assert "<title>Working in small groups: how many gave each mark from 1 to 5</title>" in page


def test_a_question_without_answers_has_a_dash(browser):
    page = text(browser.get(RESULTS))

    assert printed(page) == [(words, "–", "0") for words in golden.TEXTS]
    assert page.count("Nobody has answered this question.") == 8


def test_136_marks_from_32_print_4_3(browser, wave):
    marks = [3] * 8 + [4] * 8 + [5] * 16
    answering.record_forms(
        wave=wave, forms=[Form(str(number), answers={"darzi": mark}) for number, mark in enumerate(marks)]
    )

    assert ("Darzi Fellow exercise", "4.3", "32") in printed(text(browser.get(RESULTS)))


def test_seen_as_a_commissioner_small_numbers_are_withheld(browser, wave):
    answering.record_forms(
        wave=wave, forms=[Form(str(number), answers={"darzi": 5, "managers": None}) for number in range(7)]
    )

    page = text(browser.get(RESULTS, {"audience": "commissioner"}))

    assert ("Darzi Fellow exercise", "–", "7") in printed(page)
    assert page.count("Withheld: fewer than 8 answers.") == 1
    assert "<svg xmlns" not in page
    assert "not there" not in page.replace("“I was not there”", "")
    assert "7 not there" in text(browser.get(RESULTS))


@pytest.mark.parametrize("query", [{"audience": "press"}, {"export": "pdf"}])
def test_what_is_not_on_the_list_is_a_bad_request(browser, query):
    assert browser.get(RESULTS, query).status_code == 400


def test_results_can_be_taken_away(browser, golden_wave):
    response = browser.get(RESULTS, {"export": "csv"})

    lines = response.content.decode("utf-8-sig").splitlines()
    assert response.headers["Content-Disposition"] == 'attachment; filename="london-2017-immediate-results.csv"'
    assert lines[0] == (
        "key,question,number,average,gave 1,gave 2,gave 3,gave 4,gave 5,"
        "share of 4 or 5,95 % from,95 % to,was not there,withheld because"
    )
    assert lines[1] == "small_groups,Working in small groups,32,4.7,0,0,1,8,23,0.969,0.843,0.994,0,"
    assert len(lines) == 9


def test_what_is_taken_away_as_a_commissioner_is_withheld_too(browser, wave):
    answering.record_forms(wave=wave, forms=[Form(str(number), answers={"darzi": 5}) for number in range(7)])

    response = browser.get(RESULTS, {"export": "csv", "audience": "commissioner"})

    assert "darzi,Darzi Fellow exercise,7,,,,,,,,,,,fewer than 8 answers" in response.content.decode()


def test_results_as_xlsx(browser, golden_wave):
    response = browser.get(RESULTS, {"export": "xlsx"})

    assert response.headers["Content-Type"].endswith("spreadsheetml.sheet")
    assert response.content.startswith(b"PK")


@pytest.mark.parametrize("rows", [1, 50])
def test_results_cost_the_same_for_any_number(browser, wave, rows, django_assert_num_queries):
    answering.record_forms(wave=wave, forms=[Form(str(number), answers={"darzi": 4}) for number in range(rows)])

    with django_assert_num_queries(8):
        browser.get(RESULTS)


def test_the_short_address_leads_to_the_end_of_day_3(browser):
    assert browser.get("/cohorts/london-2017/results/").headers["Location"] == RESULTS


def test_the_short_address_leads_to_the_board_before_there_is_a_wave(signed_in, olive, london):
    response = signed_in(olive).get("/cohorts/london-2017/results/")

    assert response.headers["Location"] == "/cohorts/london-2017/waves/"
