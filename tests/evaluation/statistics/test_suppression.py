import pytest

from evaluation.statistics.suppression import reason_to_withhold


@pytest.mark.parametrize("audience", ["commissioner", "public"])
@pytest.mark.parametrize(
    ("n", "reason"),
    [(0, None), (1, "fewer than 8 answers"), (7, "fewer than 8 answers"), (8, None), (32, None)],
)
def test_outside_the_office_eight_answers_are_needed(audience, n, reason):
    assert reason_to_withhold(n, audience) == reason


@pytest.mark.parametrize("n", [0, 1, 7, 8])
def test_organisers_see_everything(n):
    assert reason_to_withhold(n, "organiser") is None


def test_an_unknown_audience_sees_nothing():
    with pytest.raises(ValueError, match="press"):
        reason_to_withhold(32, "press")
