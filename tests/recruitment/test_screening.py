import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.screening import CONDITIONS, NEEDS, STEMS, flag


@pytest.mark.parametrize(
    ("mark", "reason", "words"),
    [
        (3, "She needs too much support for a table.", "too much support"),
        (2, "Would need a lot of help with papers.", "a lot of help"),
        (2, "Uses a wheelchair, so the venue is a problem.", "wheelchair"),
        (1, "I doubt that he can't cope with three days.", "can't cope"),
        (1, "I doubt he can’t manage three days.", "can’t manage"),
        (4, "Needs an interpreter.", "Needs an interpreter"),
        (1, "Her illness limits the hours.", "illness"),
        (0, "Is deaf.", "deaf"),
        (1, "Looks after a mother with dementia.", "Looks after"),
    ],
)
def test_a_reason_that_may_hold_a_need_against_somebody_is_flagged(mark, reason, words):
    assert flag("TIME", mark, reason).words == words


@pytest.mark.parametrize(
    ("mark", "reason"),
    [
        (3, "Draws general lessons from living with a chronic illness."),
        (2, "Eight hours; caring limits the days and she says how she plans it."),
        (3, "Helped a divided mental health board to agree."),
        (1, "Names one group only."),
        (0, "No example. Says that they listen."),
        (4, ""),
    ],
)
def test_a_reason_about_the_evidence_is_not_flagged(mark, reason):
    assert flag("LIVED_EXPERIENCE", mark, reason) is None


@given(st.sampled_from("abc .’'"), st.text(max_size=40))
def test_any_text_can_be_looked_at(letter, text):
    flag("TIME", 1, letter + text)


@pytest.mark.parametrize("pattern", [*NEEDS, *CONDITIONS])
def test_the_quick_search_lets_nothing_through(pattern):
    """Each alternative contains one of the stems, so what the patterns would find is always looked at."""
    for alternative in _alternatives(pattern):
        assert any(stem.strip() in alternative for stem in STEMS), alternative


def _alternatives(pattern: str) -> list[str]:
    """A readable example of each alternative on the top level."""
    plain = re.sub(r"\(\?:", "(", pattern)
    depth, parts, part = 0, [], ""
    for letter in plain:
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and not depth:
            parts.append(part)
            part = ""
        else:
            part += letter
    return [*parts, part]
