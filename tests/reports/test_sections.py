"""The other pages: each section says what is there, and is left out or says why where nothing is."""

from dataclasses import replace

import pytest

from reports.content import Bars, Dots, Section, Steps, Table, Text
from reports.figures import CohortFigures, Words
from reports.sections import compose
from tests.reports import known


def section(of: CohortFigures, key: str) -> Section:
    return next(section for section in compose(of).sections if section.key == key)


def tables(of: CohortFigures, key: str) -> list[Table]:
    return [block for block in section(of, key).blocks if isinstance(block, Table)]


def test_averages_stand_as_published_in_the_order_of_the_form():
    averages = tables(known.cohort(), "results")[0]

    assert averages.rows == (
        ("Working in small groups", "32", "4.7"),
        ("Table coaches", "29", "4.6"),
        ("Talks from patient leaders", "29", "4.2"),
        ("Other guest speakers", "32", "4.2"),
        ("Darzi Fellow exercise", "25", "4.1"),
        ("Manager case studies", "32", "4.3"),
        ("Learning how I impact on others", "31", "4.3"),
        ("How likely are you to recommend this course to a friend in the same sort of position as you?", "32", "4.6"),
    )
    assert averages.note == ""


def test_shares_stand_with_their_intervals():
    assert tables(known.cohort(), "results")[1].rows[4] == (
        "Darzi Fellow exercise",
        "20",
        "25",
        "80.0 %",
        "60.9 to 91.1 %",
    )


def test_question_without_answers_prints_n_0_and_a_dash():
    items = (known.empty(known.ITEMS[0]), *known.ITEMS[1:])

    averages, shares = tables(known.cohort(wave=known.wave(items=items)), "results")

    assert averages.rows[0] == ("Working in small groups", "0", "–")
    assert shares.rows[0] == ("Working in small groups", "–", "0", "–", "–")
    assert averages.note == "– with n = 0: nobody gave a mark."


def test_withheld_question_says_why_and_shows_no_figure():
    items = (known.withheld(known.ITEMS[0]), *known.ITEMS[1:])

    results = section(known.cohort(wave=known.wave(items=items)), "results")

    averages, shares = (block for block in results.blocks if isinstance(block, Table))
    bars = next(block for block in results.blocks if isinstance(block, Bars))
    dots = next(block for block in results.blocks if isinstance(block, Dots))
    assert averages.rows[0] == ("Working in small groups", "5", "–")
    assert averages.note == "– otherwise: not shown, fewer than 8 answers."
    assert shares.rows[0] == ("Working in small groups", "–", "5", "–", "–")
    assert (bars.rows[0].counts, bars.rows[0].note) == (None, "Not shown: fewer than 8 answers")
    assert next(dot.label for dot in dots.rows) == "Table coaches"


def test_small_cohort_says_why_its_marks_are_not_shown():
    few = known.cohort(
        accepted=6,
        applied=0,
        experience=(("None yet", 2), ("Over 3 years", 4)),
        lived_experience=(("Patient", 6),),
        areas=(("Camden", 6),),
        wave=known.wave(forms=6, able=6, items=tuple(known.withheld(item, 6) for item in known.ITEMS)),
    )

    results, people = section(few, "results"), section(few, "people")

    assert "fewer than 8 people" in results.blocks[0].text
    assert [type(block) for block in results.blocks] == [Text, Table]
    assert [row[1:] for row in results.blocks[1].rows] == [("6", "–")] * 8
    assert people.blocks[1].text.startswith("We do not break so small a group down further")


def test_breakdowns_hide_small_counts_from_the_commissioner():
    experience, lived, areas = tables(known.cohort(), "people")

    assert [row[1] for row in experience.rows] == ["not shown", "not shown", "16", "12"]
    assert [row[1] for row in lived.rows] == ["19", "11", "10"]
    assert areas.rows == (("Camden", "20", "50.0 %"), ("Brent", "16", "40.0 %"), ("2 other areas", "4", "10.0 %"))
    note = section(known.cohort(), "people").blocks[-1]
    assert "so that nobody can be recognised" in note.text


def test_breakdowns_are_whole_for_organisers():
    experience, _, areas = tables(known.cohort(audience="organiser"), "people")

    assert [row[1] for row in experience.rows] == ["3", "9", "16", "12"]
    assert [row[0] for row in areas.rows] == ["Camden", "Brent", "Ealing", "Sutton"]


def test_many_areas_are_added_up():
    areas = tuple((f"Area {number}", 1) for number in range(20))

    rows = tables(known.cohort(audience="organiser", areas=areas), "people")[2].rows

    assert len(rows) == 13
    assert rows[-1] == ("8 other areas", "8", "40.0 %")


def test_days_show_their_sessions_with_minutes_and_without_names():
    days = tables(known.cohort(), "programme")

    assert [table.caption for table in days] == [
        "Day 1, Thursday 23 November 2017",
        "Day 2, Friday 24 November 2017",
        "Day 3, Tuesday 16 January 2018",
    ]
    assert days[0].rows[1] == ("10:00am", "What each of us brings", "Table work", "90")
    assert days[0].note == "2 h of sessions, without breaks."


def test_days_without_sessions_are_named():
    empty = tuple(replace(day, slots=()) for day in known.DAYS)

    programme = section(known.cohort(days=empty), "programme")

    assert programme.blocks[-1].text.startswith("The programme has 3 days: day 1 on Thursday 23 November 2017; day 2")


def test_response_is_said_of_accepted_and_attendance_only_if_recorded():
    without = [block.text for block in section(known.cohort(), "method").blocks if isinstance(block, Text)]
    recorded = known.cohort(wave=known.wave(rate_attended="94.1"))
    with_it = [block.text for block in section(recorded, "method").blocks if isinstance(block, Text)]

    assert "Who came on the day was not recorded" in without[1]
    assert with_it[1] == "Of those who came on the day, 94.1 % filled in the form."


def test_selection_tells_the_steps_and_the_source():
    blocks = section(known.cohort(), "selection").blocks

    steps = next(block for block in blocks if isinstance(block, Steps))
    assert [(step.label, step.count) for step in steps.rows] == [
        ("Applied", 52),
        ("Accepted", 40),
        ("Filled in the form", 32),
    ]
    assert blocks[-1].text == "Source: Morton M, Paice E (2016)."


def test_places_that_came_without_applications_tell_no_steps():
    blocks = section(known.cohort(applied=0), "selection").blocks

    assert not any(isinstance(block, Steps) for block in blocks)


def test_words_too_long_for_page_1_stand_in_full():
    long = known.cohort(words=Words(message="Short.", decision="First part.\n\n" + "More of it. " * 60))

    blocks = section(long, "words").blocks

    assert [(block.kind, block.text[:20]) for block in blocks] == [
        ("heading", "The main message"),
        ("text", "Short."),
        ("heading", "The decision we ask "),
        ("text", "First part."),
        ("text", "More of it. More of "),
    ]


def test_sections_without_anything_to_say_are_left_out():
    early = known.cohort(wave=None, accepted=0, days=(), applied=0)

    assert [section.key for section in compose(early).sections] == ["method", "selection", "limits", "references"]


@pytest.mark.parametrize("audience", ["organiser", "commissioner", "public"])
def test_no_section_says_that_there_is_no_data(audience):
    states = [
        known.cohort(audience=audience),
        known.cohort(audience=audience, wave=None),
        known.cohort(audience=audience, wave=None, accepted=0, days=(), applied=0, words=Words()),
        known.cohort(audience=audience, accepted=6, applied=0, wave=known.wave(forms=0, able=6, items=())),
    ]

    assert [state for state in states if "no data" in str(compose(state).as_dict()).lower()] == []
