from dataclasses import replace

from reports.checks import Check, checks
from reports.figures import Words
from tests.reports import known


def test_published_cohort_is_fine():
    assert checks(known.cohort()) == [
        Check(True, "32 of 40 filled in the form (80.0 %)."),
        Check(True, "Small numbers are hidden, and nobody is named. No question had to be left out."),
        Check(True, "Your own words are on page 1."),
        Check(True, "The sessions of all 3 days are in."),
    ]


def test_each_gap_is_named_with_what_to_do():
    days = (known.DAYS[0], replace(known.DAYS[1], slots=()), replace(known.DAYS[2], slots=()))
    items = (known.withheld(known.ITEMS[0]), *known.ITEMS[1:])
    gaps = known.cohort(accepted=60, days=days, words=Words(next_time="More."), wave=known.wave(able=60, items=items))

    assert checks(gaps) == [
        Check(False, "32 of 60 filled in the form (53.3 %). The report says so; readers will ask who is missing."),
        Check(
            False,
            "1 question of 8 had fewer than 8 answers. Their marks are not shown to this reader, and the report says why.",
        ),
        Check(False, "Not written yet: the main message and the decision you ask for. Page 1 is stronger with them."),
        Check(False, "No sessions are entered for day 2 and 3. Add them under Days."),
    ]


def test_cohort_without_forms_or_days():
    found = checks(known.cohort(wave=None, days=()))

    assert [check.is_fine for check in found] == [False, True, True, False]
    assert found[0].text == "No evaluation forms are in yet, so page 1 says what was planned and when results come."


def test_organisers_version_is_to_be_kept_in_the_house():
    assert (
        checks(known.cohort(audience="organiser"))[1].text
        == "This version shows every figure. Keep it among the organisers."
    )
