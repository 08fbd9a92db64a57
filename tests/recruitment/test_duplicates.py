"""Which applications are offered as one person's: the pure rules, and the questions to the database."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.forms.texts import plain_phone
from people.models import Route
from people.services import registering
from programmes.characteristics import Characteristic
from recruitment import duplicates, queries
from recruitment.duplicates import Entry, Signal
from recruitment.models import Application, DuplicateVerdict
from tests import make

OWN_WORDS = [f"Something of my own that nobody else would write, told in plain words number {n}" for n in range(7)]


def no_answers(keys):
    return {}


def entry(key: int, name: str, **fields: str) -> Entry:
    return Entry(key=key, person=key, name=name, **fields)


def signals(one: Entry, other: Entry, answers=no_answers) -> tuple[Signal, ...] | None:
    found = duplicates.find([one, other], answers)
    return found[0].signals if found else None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana Novak", "ANA NOVAK"),
        ("Ana Novak", "Novak, Ana"),
        ("Zoë Łukasz-Ñuñez", "Zoe\u0308 Lukasz Nunez"),
        ("Mrs Ana Novak", "Ana Novak"),
        ("Nic Dhonnabháin", "nic dhonnabhain"),
        ("O'Brien Sam", "Sam O’Brien"),
    ],
)
def test_one_name_in_two_spellings(one, other):
    assert signals(entry(1, one, email="a@x.uk"), entry(2, other, email="a@x.uk")) == (Signal.SAME_NAME, Signal.EMAIL)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana Novak", "Ana Maria Novak"),
        ("A. Novak", "Ana Novak"),
        ("Anna Novak", "Ana Novak"),
        ("Katherine Baker", "Katharine Baker"),
        ("Ana Novak", "Ana Nowak"),
        ("Mohammed Khan", "Mohamemd Khan"),
        ("Ana", "Ana Novak"),
        ("Ana", "Anna"),
    ],
)
def test_names_that_are_alike(one, other):
    assert signals(entry(1, one, email="a@x.uk"), entry(2, other, email="a@x.uk")) == (Signal.ALIKE_NAME, Signal.EMAIL)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann Baker", "Tom Baker"),
        ("Jan Baker", "Jon Baker"),
        ("Priya Shah", "Anna Shah"),
        ("Maria Jones", "Maria Smith"),
        ("Mrs Baker", "Tom Baker"),
        ("Ann", "Tom"),
        ("李", "王"),
    ],
)
def test_a_household_of_two_is_never_offered(one, other):
    home = {"email": "home@x.uk", "phone": "+442079460018", "post": "1 Elm Road, SW1A 1AA", "area": "Camden"}

    assert signals(entry(1, one, **home), entry(2, other, **home)) is None


def test_twins_with_alike_names_are_offered_and_a_person_decides():
    home = {"phone": "+442079460018", "post": "1 Elm Road, SW1A 1AA"}

    found = signals(entry(1, "Marian Shah", **home), entry(2, "Marion Shah", **home))

    assert found == (Signal.ALIKE_NAME, Signal.PHONE, Signal.POST_CODE)


def test_an_email_address_alone_is_nothing():
    assert signals(entry(1, "Ana Novak", email="a@x.uk"), entry(2, "Bo Persson", email="a@x.uk")) is None


def test_a_name_alone_is_nothing():
    assert signals(entry(1, "Ana Novak", area="Camden"), entry(2, "Ana Novak", area="Brent")) is None


@pytest.mark.parametrize("phone", ["07700 900982", "+44 (0)7700 900982", "00447700900982", "07700-900-982 ext 4"])
def test_one_telephone_in_many_forms(phone):
    one, other = (
        entry(1, "Ana Novak", phone=plain_phone("07700900982")),
        entry(2, "Ana Novak", phone=plain_phone(phone)),
    )

    assert signals(one, other) == (Signal.SAME_NAME, Signal.PHONE)


def test_a_postcode_in_two_forms():
    one, other = (
        entry(1, "Ana Novak", post="1 Elm Road\nsw1a1aa"),
        entry(2, "Ana Novak", post="Elm Road 1, SW1A 1AA, London"),
    )

    assert signals(one, other) == (Signal.SAME_NAME, Signal.POST_CODE)


def test_every_signal_is_named():
    same = {
        "email": "a@x.uk",
        "phone": "+442079460018",
        "post": "SW1A 1AA",
        "area": "Camden",
        "organisation": "Camden Carers",
    }
    found = duplicates.find(
        [entry(1, "Ana Novak", **same), entry(2, "Ana Novak", **same)], lambda keys: dict.fromkeys(keys, OWN_WORDS)
    )

    assert found[0].words == (
        "Same name, same email address, same phone number, same postcode in the address, same area, same organisation, "
        "answers in the same words"
    )


def test_answers_in_the_same_words_are_a_signal():
    nearly = [text.replace("plain", "simple") for text in OWN_WORDS[:3]] + ["Other"] * 4
    answers = {1: OWN_WORDS, 2: nearly}

    assert signals(entry(1, "Ana Novak"), entry(2, "Ana Novak"), lambda keys: answers) == (
        Signal.SAME_NAME,
        Signal.ANSWERS,
    )


def test_two_short_answers_say_nothing():
    answers = {1: ["Yes", "No", "Eight hours"], 2: ["Yes", "No", "Eight hours"]}

    assert signals(entry(1, "Ana Novak"), entry(2, "Ana Novak"), lambda keys: answers) is None


def test_somebody_who_married_is_offered_when_much_else_agrees():
    one, other = entry(1, "Maria Jones", email="m@x.uk"), entry(2, "Maria Smith", email="m@x.uk")

    assert signals(one, other, lambda keys: dict.fromkeys(keys, OWN_WORDS)) == (
        Signal.SHARED_NAME,
        Signal.EMAIL,
        Signal.ANSWERS,
    )


def test_two_applications_of_one_record_are_one_person_already():
    one = Entry(key=1, person=7, name="Ana Novak", email="a@x.uk")
    other = Entry(key=2, person=7, name="Ana Novak", email="a@x.uk")

    assert duplicates.find([one, other], no_answers) == []


def test_names_without_letters_are_compared_with_nobody():
    assert signals(entry(1, "–", email="a@x.uk"), entry(2, "…", email="a@x.uk")) is None


@given(st.lists(st.tuples(st.text(max_size=12), st.sampled_from(["", "a@x.uk", "b@x.uk"])), max_size=8))
def test_whatever_people_are_called_find_and_like_agree(people):
    entries = [entry(key, name, email=email) for key, (name, email) in enumerate(people)]
    by_find = {pair.keys for pair in duplicates.find(entries, no_answers)}

    by_like = {pair.keys for one in entries for pair in duplicates.like(one, entries, no_answers)}

    assert by_find == by_like


def test_a_thousand_applications_take_well_under_a_second():
    entries = [
        entry(
            n,
            f"Name{n % 300} Family{n % 170}",
            email=f"p{n}@x.uk",
            area=f"Area {n % 32}",
            organisation=f"Body {n % 40}",
        )
        for n in range(1000)
    ]
    begun = time.process_time()

    duplicates.find(entries, no_answers)

    assert time.process_time() - begun < 1


# --- The questions to the database ----------------------------------------------------------------------
def applied(cohort, name: str, **fields) -> Application:
    """An application in its own words, with these ways to reach the person."""
    routes = {key: fields.pop(key) for key in ("email", "phone", "post", "preferred") if key in fields}
    person = make.person(name, **{"email": f"{name[:3].lower()}{Application.objects.count()}@example.org"} | routes)
    made = make.application(cohort, person=person, **fields)
    for answer in made.answers.all():
        answer.text = f"My own answer {answer.pk}"
        answer.save()
    return made


@pytest.mark.django_db
def test_paper_and_online_by_one_person_are_offered(london):
    online = applied(london, "Ana Novak", email="ana@example.org", phone="07700 900982")
    paper = applied(london, "NOVAK Ana", email="", phone="+44 7700 900982", source="PAPER", preferred=Route.PHONE)

    pairs = queries.duplicate_pairs(london)

    assert [(pair.keys, pair.words) for pair in pairs] == [((online.pk, paper.pk), "Same name, same phone number")]
    assert queries.duplicates_waiting(london) == 1


@pytest.mark.django_db
def test_a_couple_with_one_email_and_one_home_is_not_offered(london):
    home = {"email": "home@example.org", "post": "3 Elm Road\nLondon NW1 5AA", "phone": "020 7946 0018"}
    for name in ("Mary Okafor", "John Okafor"):
        made = make.application(london, person=make.person(name, area="Camden", **home))  # the very same answers, too
        assert made.answers.count() == len(Characteristic)

    assert queries.duplicate_pairs(london) == []


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["DECLINED", "WITHDRAWN", "LAPSED", "TURNED_DOWN"])
def test_those_out_of_the_running_are_not_compared(london, state):
    applied(london, "Ana Novak", email="ana@example.org", state=state)
    applied(london, "Ana Novak", email="ana@example.org")

    assert queries.duplicate_pairs(london) == []


@pytest.mark.django_db
def test_pairs_that_somebody_judged_are_not_offered_again(london, olive):
    first = applied(london, "Ana Novak", email="ana@example.org")
    second = applied(london, "Ana Novak", email="ana@example.org")
    DuplicateVerdict.objects.create(first=first, second=second, verdict="DIFFERENT", reason="Cousins", by=olive)

    assert queries.duplicates_waiting(london) == 0


@pytest.mark.django_db
def test_another_cohort_is_not_compared(london, kent):
    applied(london, "Ana Novak", email="ana@example.org")
    applied(kent, "Ana Novak", email="ana@example.org")

    assert queries.duplicate_pairs(london) == []


@pytest.mark.django_db
@pytest.mark.parametrize("pairs", [1, 25])
def test_counting_pairs_costs_the_same_for_one_and_for_many(london, django_assert_num_queries, pairs):
    for n in range(pairs):
        applied(london, f"Ana Novak{chr(97 + n) * 5}", email=f"{n}@example.org")
        applied(london, f"Ana Novak{chr(97 + n) * 5}", email=f"{n}@example.org")

    with django_assert_num_queries(4):
        assert queries.duplicates_waiting(london) == pairs


def test_people_are_recognised_by_nothing_when_they_are_written_down(db):
    one = registering.register(name="Ana Novak", email="ana@example.org")
    other = registering.register(name="Ana Novak", email="ana@example.org")

    assert one.pk != other.pk
