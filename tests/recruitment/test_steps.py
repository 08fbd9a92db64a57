"""The form as data: which pages come, in which order, and that no question of the seven is lost."""

import pytest

from programmes.characteristics import Characteristic
from recruitment.adjustments import GROUPS, LABELS
from recruitment.communities import COMMUNITIES
from recruitment.forms.applying import answer_name
from recruitment.queries.drafting import Facts
from recruitment.rubric import CRITERIA
from recruitment.services.applying import FilledIn
from recruitment.steps import STEPS, Journey, step_named
from tests.recruitment import filled

WRITTEN = [
    "about-you",
    "calling",
    "area",
    "roles",
    "how-to-answer",
    "lived-experience",
    "strategic-level",
    "shared-vision",
    "challenge",
    "listening",
    "connections",
    "time",
    "wants",
    "taking-part",
    "days",
    "agreements",
]


def slugs(journey: Journey) -> list[str]:
    return [step.slug for step in journey.steps]


@pytest.fixture
def journey(london):
    return Journey(Facts(london, filled.typed()))


def test_somebody_who_writes_gets_every_question_and_no_page_for_recordings(journey):
    assert slugs(journey) == WRITTEN


@pytest.mark.parametrize(("mode", "extra"), [("PHONE", []), ("RECORDING", ["recordings"])])
def test_somebody_who_speaks_gets_only_what_is_ticked_or_counted(london, mode, extra):
    journey = Journey(Facts(london, {"mode": mode}))

    assert slugs(journey) == [*WRITTEN[:5], *extra, "connections", "time", *WRITTEN[12:]]


def test_an_unknown_way_to_answer_counts_as_writing(london):
    assert slugs(Journey(Facts(london, {"mode": "PIGEON"}))) == WRITTEN


def test_pages_lead_to_each_other_in_both_directions(journey):
    forth = [journey.after(step) for step in journey.steps]
    back = [journey.before(step) for step in journey.steps]

    assert forth == [*WRITTEN[1:], "check"]
    assert back == ["", *WRITTEN[:-1]]
    assert journey.before(None) == "agreements"


def test_a_page_that_is_not_asked_any_more_still_leads_on(london):
    journey = Journey(Facts(london, {"mode": "PHONE"}))
    challenge = step_named("challenge")

    assert (journey.after(challenge), journey.before(challenge), journey.place(challenge)) == (
        "connections",
        "how-to-answer",
        "",
    )


def test_progress_is_said_in_words(journey):
    assert [journey.place(step) for step in journey.steps[:2]] == ["Step 1 of 17", "Step 2 of 17"]
    assert journey.place(None) == "Step 17 of 17"


def test_each_of_the_seven_questions_has_a_page_and_no_two_fields_share_a_name(journey):
    names = [name for _, form in journey.forms for name in form.fields]

    assert [name for name in names if name.startswith("answer_")] == [answer_name(item) for item in CRITERIA]
    assert len(names) == len(set(names))


def test_a_filled_in_form_gives_everything_that_an_application_takes(journey):
    given = journey.filled_in()
    form = FilledIn(**given)

    assert journey.is_complete()
    # The importer alone gives roles as lines of text; answers are in writing unless somebody chose otherwise.
    assert set(FilledIn.__dataclass_fields__) - set(given) == {"lay_roles", "modes"}
    assert form.answers == {item: f"My answer about {item.label.lower()}." for item in Characteristic}


def test_speaking_gives_each_question_its_mode_and_no_text(london):
    form = FilledIn(**Journey(Facts(london, filled.typed(mode="PHONE"))).filled_in())

    assert set(form.modes.values()) == {"PHONE"}
    assert len(form.modes) == 7
    assert not any(form.answers.values())
    assert form.hours_a_month == 8


def test_somebody_new_resumes_at_the_first_page_and_everybody_else_where_they_were(london):
    assert Journey(Facts(london, {})).resume() == "about-you"
    assert Journey(Facts(london, {"name": "", "best_time": ""})).resume() == "area"
    assert Journey(Facts(london, filled.typed())).resume() == "check"


def test_photos_are_a_free_choice_and_each_agreement_is_on_its_own(london):
    without = filled.typed(agrees_photos="")

    assert Journey(Facts(london, without)).is_complete()
    assert not Journey(Facts(london, without | {"agrees_adult": ""})).is_complete()


def test_ticked_days_and_a_yes_to_all_of_them_do_not_go_together(london):
    journey = Journey(Facts(london, filled.typed(can_come_every_day="yes", days_missed=["1"])))

    assert [problem.sentence for problem in journey.problems()] == [
        "You said that you can come every day. Take the ticks away, or change that."
    ]


def test_hours_that_are_asked_come_from_the_cohorts_settings(london):
    form = Journey(Facts(london, {})).form(step_named("time"))

    assert form.note().startswith("We ask for about 8 hours a month:")


def test_pick_lists_have_no_code_twice():
    codes = [code for group in GROUPS for code, _ in group.needs]

    assert len(codes) == len(set(codes)) == len(LABELS)
    assert len({code for code, _ in COMMUNITIES}) == len(COMMUNITIES)


def test_addresses_of_pages_are_words_of_their_own():
    assert len({step.slug for step in STEPS}) == len(STEPS)
    assert step_named("check") is None
