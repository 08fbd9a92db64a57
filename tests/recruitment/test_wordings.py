"""Words with names in brackets: replaced once, from a list, and never read as a command."""

import pytest

from recruitment import emails, wordings
from recruitment.models import LetterWording, PendingDecision
from recruitment.services import wording
from recruitment.wordings import fill, names_in, problems_with
from tests import make

OFFER = "Dear [name], reply by [reply by]: [link]"


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("Dear [name],", {"name": "Ana"}, "Dear Ana,"),
        ("[name] and [name]", {"name": "Ana"}, "Ana and Ana"),
        ("Dear [name], [link]", {"name": "[link]", "link": "https://x.test"}, "Dear [link], https://x.test"),
        ("By [reply by].", {"name": "Ana"}, "By [reply by]."),
        ("{name} {{ name }} %s [name]", {"name": "{name.__class__}"}, "{name} {{ name }} %s {name.__class__}"),
        ("One\n\nAt [place]\n\nThree", {"place": ""}, "One\n\nThree"),
        ("One\n  \nAt [place]\n\nThree", {"place": "Leeds"}, "One\n\nAt Leeds\n\nThree"),
        ("[[name]]", {"name": "Ana"}, "[Ana]"),
        ("", {"name": "Ana"}, ""),
    ],
)
def test_fill_replaces_each_name_once_and_leaves_out_what_says_nothing(text, values, expected):
    assert fill(text, values) == expected


def test_names_in_come_once_in_their_order():
    assert names_in("[b] [a] [b] [not\nthis] []") == ["b", "a"]


@pytest.mark.parametrize(
    ("subject", "text", "is_offer", "expected"),
    [
        ("Reply by [reply by]: [cohort]", OFFER, True, {}),
        ("About [reference]", "Dear [name]", False, {}),
        (
            "Dear [name]",
            OFFER,
            True,
            {"subject": "A subject can hold [cohort], [reference] and [reply by] only. Take [name] out."},
        ),
        (
            "Hello",
            "Dear [nane]",
            False,
            {"text": "There is no [nane]. Use the names in brackets from the list, spelt as they are there."},
        ),
        (
            "Hello",
            "Dear [name], write back.",
            True,
            {"text": "An offer must hold [link] and [reply by], so that the person can answer in time. Put it in."},
        ),
        ("Hello", "By [reply by].", False, {"text": "Only an offer has a day to reply by. Take [reply by] out."}),
        ("By [reply by]", "Dear", False, {"subject": "Only an offer has a day to reply by. Take [reply by] out."}),
    ],
)
def test_problems_say_what_to_do(subject, text, is_offer, expected):
    assert problems_with(subject, text, is_offer=is_offer) == expected


@pytest.mark.parametrize("outcome", emails.DECISION_LETTERS)
def test_the_shipped_words_keep_the_rules_themselves(outcome):
    words = emails.shipped_words(outcome)

    assert problems_with(words.subject, words.text, is_offer=outcome == "ACCEPT") == {}


def test_every_name_has_a_value_for_a_letter(london):
    values = emails.values_of(make.application(london), outcome="ACCEPT")

    assert {*values, "link", "reply by"} == set(wordings.NAMES)


# --- a cohort's own words ---------------------------------------------------------------------------------------
def change(cohort, by, version=0, text=OFFER):
    words = emails.Words("Reply by [reply by]", text)
    wording.change(cohort=cohort, kind="OFFER", words=words, version=version, by=by)


def test_a_cohorts_words_are_used_for_its_letters_only(london, kent, olive):
    change(london, olive)

    assert emails.cohort_words(london, "ACCEPT").text == OFFER
    assert emails.cohort_words(kent, "ACCEPT") == emails.shipped_words("ACCEPT")
    assert emails.cohort_words(london, "DECLINE") == emails.shipped_words("DECLINE")


def test_words_saved_over_somebody_elses_are_refused(london, olive, moses):
    change(london, olive)

    for version in (0, 7):
        with pytest.raises(wording.ChangedMeanwhile):
            change(london, moses, version=version, text=f"{OFFER} again")

    change(london, moses, version=1, text=f"{OFFER} last")
    assert list(LetterWording.objects.values_list("text", "version")) == [(f"{OFFER} last", 2)]


def test_back_to_our_words_twice_changes_nothing_more(london, olive):
    change(london, olive)

    wording.back_to_ours(cohort=london, kind="OFFER", by=olive)
    wording.back_to_ours(cohort=london, kind="OFFER", by=olive)

    assert emails.cohort_words(london, "ACCEPT") == emails.shipped_words("ACCEPT")


# --- the pages ---------------------------------------------------------------------------------------------------
WORDS = "/cohorts/london-2017/applications/decide/letters/words/"
LETTER = "/cohorts/london-2017/applications/decide/letters/AAA-AAA/"


def posted(**changes):
    return {"subject": "Please reply by [reply by]", "text": OFFER, "version": "0"} | changes


def test_the_page_starts_from_our_words_and_saves_the_cohorts(london, olive, signed_in):
    browser = signed_in(olive)
    start = browser.get(f"{WORDS}offer/").context["form"].initial

    response = browser.post(f"{WORDS}offer/", posted())

    assert start["text"] == emails.shipped_words("ACCEPT").text
    assert response.headers["Location"] == "/cohorts/london-2017/applications/decide/letters/"
    assert LetterWording.objects.get().text == OFFER


def test_a_preview_with_a_real_person_saves_nothing(london, olive, signed_in):
    make.application(london, name="Ana Novak")

    response = signed_in(olive).post(f"{WORDS}offer/", posted(preview="1"))

    assert response.context["sample"].words.text.startswith("Dear Ana Novak, reply by 11:59pm on ")
    assert LetterWording.objects.count() == 0


@pytest.mark.parametrize("field", ["subject", "text"])
def test_words_that_cannot_be_used_come_back_as_typed(london, olive, signed_in, field):
    response = signed_in(olive).post(f"{WORDS}offer/", posted(**{field: "Dear [nobody]"}))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "Dear [nobody]" in response.content.decode()
    assert LetterWording.objects.count() == 0


@pytest.mark.parametrize("kind", ["OFFER", "nothing", "promoted"])
def test_there_are_three_kinds_of_words(london, olive, signed_in, kind):
    assert signed_in(olive).get(f"{WORDS}{kind}/").status_code == 404


@pytest.fixture
def row(london, olive):
    application = make.application(london, name="Ana Novak", reference="AAA-AAA")
    return PendingDecision.objects.create(
        application=application, outcome="ACCEPT", criteria=["TIME"], reason="Because.", by=olive
    )


def test_one_letter_starts_filled_in_but_for_link_and_day(row, olive, signed_in):
    start = signed_in(olive).get(LETTER).context["form"].initial["text"]

    assert start.startswith("Dear Ana Novak,\n\nWe are very pleased to offer you a place on London 2017.")
    assert set(names_in(start)) == {"link", "reply by"}


def test_one_letter_is_changed_and_put_back(row, olive, signed_in):
    browser = signed_in(olive)
    browser.post(LETTER, posted(version=str(wording.version_of(row))))
    changed = PendingDecision.objects.get().text

    browser.post(f"{LETTER}back/")

    assert (changed, PendingDecision.objects.get().text) == (OFFER, "")


def test_one_letter_changed_by_two_people_is_refused_for_the_second(row, olive, signed_in):
    first = str(wording.version_of(row))
    signed_in(olive).post(LETTER, posted(version=first))

    response = signed_in(olive).post(LETTER, posted(version=first, text=f"{OFFER} second"))

    assert response.status_code == 422
    assert f"{OFFER} second" in response.content.decode()
    assert PendingDecision.objects.get().text == OFFER


def test_the_name_stays_out_of_the_subject(row, olive, signed_in):
    response = signed_in(olive).post(LETTER, posted(subject="Good news, ana novak"))

    assert response.context["form"].errors["subject"] == [
        "Leave the name out of the subject, because others may see it."
    ]


def test_letters_of_what_is_not_prepared_are_not_found(london, olive, signed_in):
    make.application(london, reference="AAA-AAA")

    assert signed_in(olive).get(LETTER).status_code == 404
