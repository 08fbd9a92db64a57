from datetime import date
from decimal import Decimal

import pytest

from reports import wording


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([date(2017, 11, 23), date(2017, 11, 24), date(2018, 1, 16)], "23 and 24 November 2017, 16 January 2018"),
        ([date(2018, 1, 1), date(2018, 1, 2), date(2018, 1, 3)], "1, 2 and 3 January 2018"),
        ([], ""),
    ],
)
def test_dates_say_each_month_once(days, said):
    assert wording.dates_in_words(days) == said


@pytest.mark.parametrize(("minutes", "said"), [(0, "0 min"), (45, "45 min"), (60, "1 h"), (315, "5 h 15 min")])
def test_hours(minutes, said):
    assert wording.hours(minutes) == said


def test_share_of_nothing_is_a_dash():
    assert wording.share(0, 0) == "–"
    assert wording.share(32, 40) == "80.0 %"


@pytest.mark.parametrize(("decimal", "said"), [("0.969", "96.9"), ("1.000", "100.0"), ("0.0", "0.0")])
def test_decimals_as_per_cent(decimal, said):
    assert wording.as_percent(decimal) == said


def test_at_least_never_promises_too_much():
    assert wording.at_least(Decimal("84.9")) == 84
    assert wording.at_least(Decimal("80")) == 80


@pytest.mark.parametrize(("count", "said"), [(0, "0 people"), (1, "1 person"), (2, "2 people")])
def test_people(count, said):
    assert wording.people(count) == said


def test_short_text_is_left_alone_but_for_its_blanks():
    assert wording.shortened("  One\n two. ", 100, "further on") == "One two."


def test_long_text_ends_with_a_sentence_and_says_where_the_rest_is():
    text = "The first sentence is here. The second one is much longer and does not fit any more."

    assert wording.shortened(text, 40, "further on") == "The first sentence is here. (further on)"


def test_long_text_without_a_sentence_ends_with_a_word():
    assert (
        wording.shortened("many words without any full stop at all", 20, "further on")
        == "many words without … (further on)"
    )


def test_one_endless_word_is_cut():
    assert wording.shortened("x" * 50, 20, "further on") == f"{'x' * 20} … (further on)"
