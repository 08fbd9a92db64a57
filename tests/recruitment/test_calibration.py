"""Figures about reviewers, worked by hand."""

from decimal import Decimal
from statistics import mean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.roles import Role
from recruitment.calibration import agreement, pair_table, severities, spread, standardised
from recruitment.models import Review, Score
from recruitment.queries import calibration_of
from tests import make

D = Decimal


def test_spread_is_the_sample_standard_deviation():
    assert spread([10, 12, 14, 16, 18]) == D(10).sqrt()  # squares 16+4+0+4+16 = 40, by 4
    assert spread([7, 7, 7]) == 0
    assert spread([7]) is None


@given(st.lists(st.integers(0, 28), min_size=2, max_size=30))
def test_spread_is_what_the_standard_library_says(values):
    assert float(spread(values)) == pytest.approx(stdev(values))


def test_severities_of_two_reviewers_by_hand():
    # Ann gives 10, 14 and 20; Ben 14 and 15 on the first two.
    found = severities({1: {101: 10, 102: 14}, 2: {101: 14, 102: 15}, 3: {101: 20}})

    ann, ben = found[101], found[102]
    assert (ann.n, ann.average, ann.spread) == (3, D("14.7"), D("5.0"))
    assert (ann.shared, ann.difference) == (2, D("-2.5"))  # (−4 − 1) / 2
    assert (ben.n, ben.average, ben.shared, ben.difference) == (2, D("14.5"), 2, D("2.5"))


def test_severity_against_the_mean_of_two_others():
    found = severities({1: {101: 20, 102: 10, 103: 13}})

    assert (found[101].difference, found[102].difference, found[103].difference) == (D("8.5"), D("-6.5"), D("-2.0"))


def test_severity_of_somebody_who_shares_nothing_is_no_figure():
    found = severities({1: {101: 20}})

    assert (found[101].difference, found[101].spread, found[101].words) == (None, None, "too few to say")


@pytest.mark.parametrize(
    ("own", "words"),
    [(10, "stricter than the others"), (14, "much like the others"), (20, "more generous than the others")],
)
def test_severity_in_words_from_five_shared_on(own, words):
    totals = {number: {101: own, 102: 14} for number in range(5)}

    assert severities(totals)[101].words == words


def test_standardised_takes_out_that_one_is_stricter():
    # Ann gives 8 to 16, Ben 6 more each time: the same order, so the same z, (total − mean) / √10.
    totals = {place: {101: 8 + 2 * place, 102: 14 + 2 * place} for place in range(5)}

    assert standardised(totals) == {0: D("-1.26"), 1: D("-0.63"), 2: D("0.00"), 3: D("0.63"), 4: D("1.26")}


def test_standardised_needs_five_reviews_and_some_spread():
    few = {place: {101: 10 + place} for place in range(4)}
    flat = {place: {101: 14} for place in range(6)}

    assert (standardised(few), standardised(flat)) == ({}, {})


@given(st.lists(st.integers(0, 28), min_size=5, max_size=20).filter(lambda values: len(set(values)) > 1))
def test_the_mean_of_one_reviewers_standardised_scores_is_nought(values):
    scores = standardised({place: {101: value} for place, value in enumerate(values)})

    assert mean(scores.values()) == pytest.approx(0, abs=0.006)


# --- kappa ------------------------------------------------------------------------------------------------------------
def test_pairs_count_both_ways_round():
    table = pair_table([{101: 2, 102: 4}, {101: 4, 102: 2, 103: 4}, {101: 1}])

    # pairs 2-4, 4-2, 4-4, 2-4
    assert (table[2][4], table[4][2], table[4][4]) == (3, 3, 2)
    assert sum(map(sum, table)) == 8


def test_kappa_by_hand():
    # Six pairs: 3 × (2, 2), 2 × (3, 3), 1 × (2, 3). Both ways round: 6, 4, and 1 on each side; 12 in all.
    # Observed disagreement 2 × 1² / 12 = 1/6. Marks: seven 2 and five 3; by chance 2 × (7 × 5) / 144 = 70/144.
    # kappa = 1 − (1/6) / (70/144) = 1 − 24/70 = 0.657.
    marks = [{1: 2, 2: 2}] * 3 + [{1: 3, 2: 3}] * 2 + [{1: 2, 2: 3}]

    found = agreement(pair_table(marks))

    assert (found.kappa, found.n, found.words) == (D("0.66"), 6, "too few pairs to say")


def test_kappa_weighs_wide_differences_more():
    near = [{1: 0, 2: 1}] * 5 + [{1: 4, 2: 4}] * 5
    far = [{1: 0, 2: 4}] * 5 + [{1: 4, 2: 4}] * 5

    # near: both ways round, marks 0: 5, 1: 5, 4: 10 of 20. Observed 10 / 20; by chance
    # 2 × (25 × 1 + 50 × 16 + 50 × 9) / 400 = 6.375; kappa = 1 − 0.5 / 6.375 = 0.92.
    # far: observed 16 × 10 / 20 = 8; by chance 2 × 5 × 15 × 16 / 400 = 6; kappa = 1 − 8 / 6 = −0.33.
    assert (agreement(pair_table(near)).kappa, agreement(pair_table(near)).words) == (D("0.92"), "very good agreement")
    assert (agreement(pair_table(far)).kappa, agreement(pair_table(far)).words) == (D("-0.33"), "poor agreement")


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=40))
def test_kappa_does_not_depend_on_who_came_first(pairs):
    one = agreement(pair_table({1: a, 2: b} for a, b in pairs))
    other = agreement(pair_table({1: b, 2: a} for a, b in pairs))

    assert one == other


@given(st.lists(st.integers(0, 4), min_size=2, max_size=40).filter(lambda marks: len(set(marks)) > 1))
def test_perfect_agreement_is_one(marks):
    assert agreement(pair_table({1: mark, 2: mark} for mark in marks)).kappa == 1


def test_without_a_spread_or_pairs_there_is_no_figure_and_the_words_say_why():
    same, none = agreement(pair_table([{1: 3, 2: 3}] * 4)), agreement(pair_table([{1: 3}]))

    assert (same.kappa, same.n, same.words) == (None, 4, "no figure: everybody gave 3")
    assert (none.kappa, none.n, none.words) == (None, 0, "no figure: no application has two reviews")


# --- from the records, and the page ------------------------------------------------------------------------------------
@pytest.fixture
def sita(london):
    return make.user("sita@example.org", (Role.REVIEWER, london), name="Sita")


@pytest.fixture
def scored(london, ruth, sita):
    """Six applications: Ruth gives 7, 14, 14, 21, 21, 28 and Sita one mark more on each characteristic where she can."""
    for mark in (1, 2, 2, 3, 3, 4):
        application = make.application(london)
        make.review(application, ruth, mark)
        make.review(application, sita, min(mark + 1, 4))


def test_calibration_of_a_cohort(london, scored):
    found = calibration_of(london)

    ruth, sita = (figures for _, figures in found.reviewers)
    assert (found.reviews, ruth.n, ruth.average, sita.average) == (12, 6, D("17.5"), D("23.3"))
    assert (ruth.shared, ruth.difference, ruth.words) == (6, D("-5.8"), "stricter than the others")
    assert {row.n for _, row in found.agreements} == {6}


def test_calibration_leaves_out_reviews_that_are_only_begun(london, scored, moses):
    application = make.application(london)
    begun = Review.objects.create(application=application, reviewer=moses)
    Score.objects.create(review=begun, characteristic="TIME", mark=0, reason="So far.")

    assert [str(user) for user, _ in calibration_of(london).reviewers] == ["Ruth", "Sita"]


def test_calibration_shows_who_would_move_when_strictness_is_taken_out(london, ruth, sita, moses):
    for place, mark in enumerate((1, 2, 2, 3, 3)):
        make.review(make.application(london, reference=f"STRICT-{place}"), ruth, mark)
        make.review(make.application(london, reference=f"KIND-{place}"), sita, mark + 1)

    best = {row.reference: row for row in calibration_of(london).shifts}["STRICT-4"]

    # Ruth's best has 21 like Sita's middle: rank 3 of ten with four others; standardised it shares the first place.
    assert (best.total, best.place, best.standardised_place, best.words) == (21, 3, 1, "2 places up")


@pytest.mark.parametrize("rows", (6, 50))
def test_page_costs_the_same_for_six_and_for_fifty(
    london, ruth, sita, olive, rows, signed_in, django_assert_num_queries
):
    for place in range(rows):
        application = make.application(london)
        make.review(application, ruth, place % 3)
        make.review(application, sita, place % 4)
    client = signed_in(olive)

    with django_assert_num_queries(7):  # session, account, permissions, cohort, marks, reviewers, agreed scores
        client.get("/cohorts/london-2017/reviewers/calibration/")


def test_page_gives_every_figure_with_its_number(london, scored, olive, signed_in):
    page = signed_in(olive).get("/cohorts/london-2017/reviewers/calibration/").content.decode()

    assert "-5.8 (n = 6), stricter than the others" in page
    assert "17.5 (n = 6)" in page
    assert "Too few pairs to say" in page


def test_page_before_the_first_review_says_so(london, olive, signed_in):
    page = signed_in(olive).get("/cohorts/london-2017/reviewers/calibration/").content.decode()

    assert "No review is done yet." in page


@pytest.mark.parametrize("who", ["ruth", "moses", "alan", "connie", "stranger"])
def test_page_is_for_those_who_run_recruitment(london, who, request, signed_in):
    client = signed_in(request.getfixturevalue(who))

    assert client.get("/cohorts/london-2017/reviewers/calibration/").status_code == 404
