"""Page 1: the messages follow from the figures, in every state a cohort can be in."""

from dataclasses import replace

import pytest

from reports.content import Point
from reports.figures import Words
from reports.sections.page_one import ROOM, page_one
from tests.reports import known


def test_headline_is_the_recommendation_with_its_n_and_interval():
    headline = page_one(known.cohort()).headline

    assert headline.value == "93.8 %"
    assert headline.text == "would be likely to recommend it: 30 of 32 gave 4 or 5 out of 5"
    assert headline.interval == "95 % interval 79.9 to 98.3 %"
    assert headline.second == "4.6"


def test_messages_of_the_published_table():
    assert page_one(known.cohort()).messages == (
        Point("More people want this than there is room for.", "52 applied for 40 places."),
        Point(
            "Every part was found helpful.",
            "For each of the seven parts, 80 % or more of those who answered gave 4 or 5 out of 5.",
        ),
        Point(
            "Keep what carried the programme.",
            "Rated best: “Working in small groups” (31 of 32 gave 4 or 5) and “Table coaches” (27 of 29 gave 4 or 5).",
        ),
        Point(
            "Look again at one part.",
            "“Darzi Fellow exercise” was rated lowest: 20 of 25 gave 4 or 5, and 7 of the 32 forms gave it no mark.",
        ),
    )


def test_worst_case_is_counted_over_all_who_could_have_answered():
    """(147 + 8 × 1) / 40 = 3.875, which prints 3.9."""
    assert page_one(known.cohort()).sureness[0] == (
        "32 of 40 people answered (80.0 %). Even if everybody else had given 1, the average for recommending it would "
        "be 3.9 instead of 4.6."
    )


def test_reach_says_n_of_n():
    reach = page_one(known.cohort(accepted=42, withdrawn=2)).reach

    assert [(figure.value, figure.label, figure.note) for figure in reach] == [
        ("52", "applied", "for 40 places"),
        ("42", "accepted", "two withdrew later"),
        ("32", "filled in the form", "32 of 40 = 80.0 %"),
    ]


def test_bought_leaves_out_what_is_not_known():
    bought = page_one(known.cohort(days=(), place="", coaches=0, capacity=1)).bought

    assert [(fact.label, fact.value) for fact in bought] == [
        ("Commissioned by", "London Leadership Academy"),
        ("Place", "London"),
        ("Size", "1 place"),
    ]


def test_own_words_stand_on_page_1():
    page = page_one(known.cohort())

    assert (page.main_message, page.next_time, page.decision) == (
        "Fund it again.",
        "More practice.",
        "To fund two cohorts.",
    )


def test_without_own_words_the_figures_speak():
    page = page_one(known.cohort(words=Words()))

    assert page.main_message == ""
    assert page.next_time == "We will look again at “Darzi Fellow exercise”, and keep what was rated best as it is."
    assert page.decision == "Whether The Effective Lay Partner should run again, and for how many people."


def test_long_words_are_shortened_and_point_further_on():
    page = page_one(known.cohort(words=Words(decision="A sentence. " * 80)))

    assert page.decision.endswith("A sentence. (in full further on)")
    assert len(page.decision) < ROOM + 30


def test_marks_withheld_leave_the_headline_without_a_mark():
    few = known.wave(forms=5, able=6, items=tuple(map(known.withheld, known.ITEMS)))

    page = page_one(known.cohort(wave=few, accepted=6, applied=0))

    assert page.headline.value == "5 of 6"
    assert "not printed" in page.headline.interval
    assert page.messages[0].lead == "6 people have a place."
    assert page.sureness[0] == "5 of 6 people answered (83.3 %). One person is missing."


@pytest.mark.parametrize("wave", [None, known.wave(forms=0, items=tuple(map(known.empty, known.ITEMS)))])
def test_before_the_evaluation_the_page_says_when_it_comes(wave):
    page = page_one(known.cohort(wave=wave))

    assert page.headline.value == "40"
    assert (
        page.headline.interval
        == "The evaluation form is filled in at the end of the last day, Tuesday 16 January 2018."
    )
    assert [message.lead for message in page.messages] == [
        "More people want this than there is room for.",
        "People learn by doing.",
    ]


def test_cohort_with_nothing_in_it_still_has_a_page():
    nothing = known.cohort(
        wave=None, days=(), applied=0, accepted=0, coaches=0, words=Words(), follow_ups=(), place="", areas=()
    )

    page = page_one(nothing)

    assert page.headline.value == "40"
    assert page.messages == ()
    assert page.reach[0].value == "0"


def test_parts_that_differ_are_said_to_differ():
    low = replace(known.ITEMS[4], counts=(5, 5, 5, 5, 5), share="0.400", low="0.234", high="0.593")
    items = (*known.ITEMS[:4], low, *known.ITEMS[5:])

    messages = page_one(known.cohort(wave=known.wave(items=items))).messages

    assert messages[1] == Point(
        "The parts were not all found equally helpful.", "Between 40 % and 96 % gave 4 or 5 out of 5."
    )


def test_everybody_answered():
    assert page_one(known.cohort(accepted=32, wave=known.wave(able=32))).sureness[0] == (
        "32 of 32 people answered (100.0 %). Nobody is missing."
    )
