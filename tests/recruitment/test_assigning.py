"""Giving out reviews: everybody gets enough, nobody reads a friend's, loads are even, and little moves."""

import time
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.assigning import Reader, Shortage, Wanted, deal


def wanted(count, needed=2):
    return [Wanted(key, needed) for key in range(1, count + 1)]


def readers(*loads):
    return [Reader(key, load) for key, load in enumerate(loads, start=101)]


def spread(loads):
    return max(loads) - min(loads)


def after(applications, dealt):
    """The applications as they stand once `dealt` is done."""
    return [
        Wanted(
            item.key,
            item.needed,
            item.stays,
            (item.loose | {reviewer for key, reviewer in dealt.give if key == item.key})
            - {reviewer for key, reviewer in dealt.take if key == item.key},
        )
        for item in applications
    ]


def test_every_application_gets_two_reviewers_and_loads_are_even():
    dealt = deal(wanted(92), readers(0, 0, 0, 0, 0, 0))

    assert len(dealt.give) == 184
    assert sorted(dealt.after.values()) == [30, 30, 31, 31, 31, 31]
    assert (dealt.take, dealt.shortages, dealt.moved) == ((), (), 0)


def test_each_reviewer_is_compared_with_all_others():
    dealt = deal(wanted(60), readers(0, 0, 0, 0))

    pairs = [tuple(sorted(r for key, r in dealt.give if key == application)) for application in range(1, 61)]
    assert {pair: pairs.count(pair) for pair in combinations(range(101, 105), 2)} == dict.fromkeys(
        combinations(range(101, 105), 2), 10
    )


def test_a_conflict_is_respected():
    dealt = deal(wanted(1), readers(0, 0, 0), {(1, 101)})

    assert dealt.give == ((1, 102), (1, 103))


def test_the_one_who_has_fewest_elsewhere_gets_more():
    dealt = deal(wanted(3, needed=1), readers(5, 2))

    assert dealt.after == {101: 5, 102: 5}


def test_what_is_started_or_by_hand_stays_even_where_it_is_uneven():
    applications = [Wanted(key, 1, stays=frozenset({101})) for key in range(1, 6)]

    dealt = deal(applications, readers(0, 0))

    assert dealt.is_nothing
    assert dealt.after == {101: 5, 102: 0}


def test_a_new_reviewer_takes_over_only_as_many_as_even_it_out():
    applications = [Wanted(key, 1, loose=frozenset({101 + key % 2})) for key in range(1, 13)]

    dealt = deal(applications, readers(0, 0, 0))

    assert dealt.after == {101: 4, 102: 4, 103: 4}
    assert (len(dealt.give), len(dealt.take), dealt.moved) == (4, 4, 4)
    assert {reviewer for _, reviewer in dealt.give} == {103}


def test_a_difference_of_one_is_no_reason_to_move():
    applications = [Wanted(key, 1, loose=frozenset({101})) for key in (1, 2)] + [Wanted(3, 1, loose=frozenset({102}))]

    assert deal(applications, readers(0, 0)).is_nothing


def test_a_chain_of_moves_is_found_where_nobody_can_hand_over_directly():
    applications = [
        Wanted(1, 1, loose=frozenset({101})),
        Wanted(2, 1, loose=frozenset({101})),
        Wanted(3, 1, loose=frozenset({102})),
    ]
    barred = {(1, 103), (2, 103)}

    dealt = deal(applications, readers(0, 0, 0), barred)

    assert dealt.after == {101: 1, 102: 1, 103: 1}
    assert dealt.moved == 2


def test_a_reviewer_who_is_gone_loses_what_is_not_started():
    applications = [Wanted(1, 1, loose=frozenset({999})), Wanted(2, 1, stays=frozenset({999}))]

    dealt = deal(applications, readers(0))

    assert (dealt.give, dealt.take) == (((1, 101),), ((1, 999),))


def test_a_conflict_that_is_known_later_takes_the_review_away():
    dealt = deal([Wanted(1, 1, loose=frozenset({101}))], readers(0, 0), {(1, 101)})

    assert (dealt.give, dealt.take, dealt.moved) == (((1, 102),), ((1, 101),), 1)


def test_one_more_than_needed_is_taken_away_from_the_most_loaded():
    dealt = deal([Wanted(1, 1, loose=frozenset({101, 102}))], readers(3, 0))

    assert (dealt.give, dealt.take) == ((), ((1, 101),))


@pytest.mark.parametrize(
    ("loads", "conflicts", "why"),
    [
        ((), set(), "It has 0 of 2 reviewers: there are no reviewers yet."),
        ((0,), set(), "It has 1 of 2 reviewers: there is only 1 reviewer."),
        ((0, 0), {(1, 101)}, "It has 1 of 2 reviewers: 1 of the 2 reviewers has a conflict of interest."),
        ((0, 0, 0), {(1, 101), (1, 102)}, "It has 1 of 2 reviewers: 2 of the 3 reviewers have a conflict of interest."),
    ],
)
def test_an_application_without_enough_reviewers_says_why(loads, conflicts, why):
    dealt = deal(wanted(1), readers(*loads), conflicts)

    assert [shortage.why for shortage in dealt.shortages] == [why]


def test_three_of_two_reviewers_says_how_many_there_are():
    assert (
        Shortage(1, has=2, needed=3, reviewers=2, barred=0).why
        == "It has 2 of 3 reviewers: there are only 2 reviewers."
    )


@st.composite
def problems(draw):
    reviewers = draw(st.integers(1, 6))
    keys = range(101, 101 + reviewers)
    some = st.frozensets(st.sampled_from(keys), max_size=2)
    applications = []
    for key in range(1, draw(st.integers(0, 14)) + 1):
        stays = draw(some)
        applications.append(Wanted(key, draw(st.integers(1, 3)), stays, draw(some) - stays))
    pairs = st.tuples(st.integers(1, 14), st.sampled_from(keys))
    conflicts = draw(st.frozensets(pairs, max_size=12))
    return applications, [Reader(key, draw(st.integers(0, 3))) for key in keys], conflicts


@given(problems())
def test_nobody_is_left_out_who_could_be_served_and_no_conflict_is_given(problem):
    applications, reviewers, conflicts = problem

    dealt = deal(applications, reviewers, conflicts)

    assert not set(dealt.give) & conflicts
    for item in after(applications, dealt):
        possible = {r.key for r in reviewers if (item.key, r.key) not in conflicts} - item.stays
        has = item.stays | item.loose
        assert len(has) == max(len(item.stays), min(item.needed, len(item.stays | possible)))
        assert not {(item.key, reviewer) for reviewer in item.loose} & conflicts


@given(problems())
def test_giving_out_twice_changes_nothing_more(problem):
    applications, reviewers, conflicts = problem

    again = deal(after(applications, deal(applications, reviewers, conflicts)), reviewers, conflicts)

    assert again.is_nothing
    assert again.before == again.after


@given(problems())
def test_the_loads_add_up(problem):
    applications, reviewers, conflicts = problem

    dealt = deal(applications, reviewers, conflicts)

    counted = {reader.key: reader.load for reader in reviewers}
    for item in after(applications, dealt):
        for reviewer in item.stays | item.loose:
            counted[reviewer] += 1
    assert counted == dealt.after


@given(problems())
def test_loads_are_as_even_as_a_flow_can_make_them(problem):
    """The smallest largest load is the smallest cap for which a flow serves everybody: found here by trying all caps."""
    applications, reviewers, conflicts = problem
    dealt = deal(applications, reviewers, conflicts)
    stay = {r.key: r.load + sum(r.key in item.stays for item in applications) for r in reviewers}
    free = {
        item.key: {r.key for r in reviewers if (item.key, r.key) not in conflicts and r.key not in item.stays}
        for item in applications
    }
    missing = {item.key: min(max(item.needed - len(item.stays), 0), len(free[item.key])) for item in applications}
    cap = next(cap for cap in range(60) if flows(missing, free, {key: cap - load for key, load in stay.items()}))

    assert max(dealt.after.values()) == max(cap, *stay.values())


def flows(missing, free, room):
    """Whether everybody can be served when each reviewer has `room`: augmenting paths, written as plainly as can be."""
    held: dict[int, set[int]] = {reviewer: set() for reviewer in room}

    def find(application, seen):
        for reviewer in sorted(free[application] - seen):
            if application in held[reviewer]:
                continue
            seen.add(reviewer)
            if len(held[reviewer]) < room[reviewer]:
                held[reviewer].add(application)
                return True
            for other in sorted(held[reviewer]):
                if find(other, seen):
                    held[reviewer].remove(other)
                    held[reviewer].add(application)
                    return True
        return False

    return all(find(application, set()) for application, number in missing.items() for _ in range(number))


@given(st.integers(1, 40), st.integers(1, 7), st.integers(1, 3))
def test_loads_differ_by_one_at_most_where_there_is_no_conflict(count, reviewers, needed):
    dealt = deal(wanted(count, needed), readers(*[0] * reviewers))

    assert spread(dealt.after.values()) <= 1


@given(problems(), st.randoms())
def test_the_order_of_the_input_changes_nothing(problem, random):
    applications, reviewers, conflicts = problem
    shuffled = random.sample(applications, len(applications)), random.sample(reviewers, len(reviewers))

    assert deal(*shuffled, conflicts) == deal(applications, reviewers, conflicts)


def test_a_thousand_applications_are_given_out_at_once():
    began = time.perf_counter()

    deal(wanted(1000), readers(0, 0, 0, 0, 0, 0))

    assert time.perf_counter() - began < 1
