"""The board of waves and one wave, as the people who work on it use them."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from core.models import Message
from evaluation.models import Invitation, Wave
from evaluation.services import answering, waves
from evaluation.services.answering import Form
from people.models import RoleAssignment
from programmes.models import Participant
from tests import make

pytestmark = pytest.mark.django_db
BOARD = "/cohorts/london-2017/waves/"
WAVE = f"{BOARD}immediate/"


def text(response) -> str:
    return " ".join(response.content.decode().split())


# --- the board -----------------------------------------------------------------------------------------------
def test_board_offers_the_first_step(signed_in, olive, london):
    page = text(signed_in(olive).get(BOARD))

    assert "End of day 3" in page
    assert "Planned for Tuesday 16 January 2018" in page
    assert f'action="{WAVE}create/"' in page


def test_create_sets_the_wave_up(signed_in, olive, london):
    response = signed_in(olive).post(f"{WAVE}create/")

    assert response.headers["Location"] == WAVE
    assert Wave.objects.get().kind == "IMMEDIATE"


def test_board_shows_the_golden_figures(signed_in, olive, golden_wave):
    page = text(signed_in(olive).get(BOARD))

    assert '<span class="lp-figure__value">32</span> <span class="lp-figure__label">forms in</span>' in page
    assert "80.0 % of 40" in page
    assert '<span class="lp-figure__value">8</span> <span class="lp-figure__label">still to come</span>' in page


@pytest.mark.parametrize("rows", [1, 50])
def test_board_costs_the_same_for_any_number(signed_in, olive, wave, rows, django_assert_num_queries):
    for _ in range(rows):
        make.participant(wave.cohort)
    waves.invite(wave=wave, by=olive)
    browser = signed_in(olive)

    with django_assert_num_queries(7):
        browser.get(BOARD)


# --- one wave --------------------------------------------------------------------------------------------------
@pytest.fixture
def people(wave):
    return [make.participant(wave.cohort, person=make.person(name)) for name in ("Ann Able", "Ben Barr", "Cat Cole")]


def rows(response) -> list[tuple[str, str]]:
    table = response.context["table"]
    return [(table.columns[0].value(row), table.columns[3].value(row)) for row in table.page.object_list]


def test_wave_lists_who_was_invited_and_who_answered(signed_in, olive, wave, people):
    waves.invite(wave=wave, by=olive)
    Invitation.objects.filter(participant=people[1]).update(has_answered=True)
    make.participant(wave.cohort, person=make.person("Dan Dee"))

    response = signed_in(olive).get(WAVE)

    assert rows(response) == [
        ("Ann Able", "Invited"),
        ("Ben Barr", "Answered"),
        ("Cat Cole", "Invited"),
        ("Dan Dee", "Not invited yet"),
    ]


@pytest.mark.parametrize(
    ("state", "names"),
    [("not-invited", ["Dan Dee"]), ("waiting", ["Ann Able", "Cat Cole"]), ("answered", ["Ben Barr"])],
)
def test_wave_list_can_be_narrowed(signed_in, olive, wave, people, state, names):
    waves.invite(wave=wave, by=olive)
    Invitation.objects.filter(participant=people[1]).update(has_answered=True)
    make.participant(wave.cohort, person=make.person("Dan Dee"))

    response = signed_in(olive).get(WAVE, {"state": state})

    assert [name for name, _ in rows(response)] == names


def test_wave_list_can_be_searched_and_taken_away(signed_in, olive, wave, people):
    browser = signed_in(olive)

    assert rows(browser.get(WAVE, {"q": "barr"})) == [("Ben Barr", "Not invited yet")]
    assert browser.get(WAVE, {"export": "csv"}).content.decode("utf-8-sig").splitlines() == [
        "Name,Number,How we write,Form by link",
        "Ann Able,T01,Email,Not invited yet",
        "Ben Barr,T02,Email,Not invited yet",
        "Cat Cole,T03,Email,Not invited yet",
    ]


def test_wave_page_never_shows_a_link(signed_in, olive, wave, people):
    waves.invite(wave=wave, by=olive)
    secrets = [letter.secrets[0] for letter in Message.objects.all()]

    page = text(signed_in(olive).get(WAVE))

    assert "/form/" not in page
    assert [secret for secret in secrets if secret in page] == []


@pytest.mark.parametrize("count", [1, 50])
def test_wave_page_costs_the_same_for_any_number(signed_in, olive, wave, count, django_assert_num_queries):
    for _ in range(count):
        make.participant(wave.cohort)
    waves.invite(wave=wave, by=olive)
    browser = signed_in(olive)

    with django_assert_num_queries(9):
        browser.get(WAVE)


def test_invite_says_how_many_letters(signed_in, olive, wave, people):
    browser = signed_in(olive)

    first = browser.post(f"{WAVE}invite/", follow=True)
    second = browser.post(f"{WAVE}invite/", follow=True)

    assert "3 letters are in the outbox." in text(first)
    assert "Everybody has been invited already" in text(second)
    assert Message.objects.count() == 3


def test_close_and_open_again(signed_in, olive, wave, people):
    browser = signed_in(olive)

    assert "This wave is closed." in text(browser.post(f"{WAVE}close/", follow=True))
    assert "Open it again before you invite people" in text(browser.post(f"{WAVE}invite/", follow=True))
    assert "This wave is open." in text(browser.post(f"{WAVE}open/", follow=True))


def test_close_twice_says_that_there_is_nothing_to_close(signed_in, olive, wave):
    waves.close(wave=wave, by=olive)

    assert "there is nothing to close" in text(signed_in(olive).post(f"{WAVE}close/", follow=True))


def test_resend_writes_again(signed_in, olive, wave, people):
    waves.invite(wave=wave, by=olive)

    response = signed_in(olive).post(f"{WAVE}people/{people[0].pk}/resend/", follow=True)

    assert "A new link for Ann Able is in the outbox." in text(response)


def test_resend_to_who_has_answered_is_refused_in_words(signed_in, olive, wave, people):
    waves.invite(wave=wave, by=olive)
    Invitation.objects.update(has_answered=True)

    response = signed_in(olive).post(f"{WAVE}people/{people[0].pk}/resend/", follow=True)

    assert "This person has answered already" in text(response)


def test_resend_to_who_was_never_invited_is_404(signed_in, olive, wave, people):
    assert signed_in(olive).post(f"{WAVE}people/{people[0].pk}/resend/").status_code == 404


def test_an_unknown_wave_is_404(signed_in, olive, wave):
    browser = signed_in(olive)

    assert [browser.get(f"{BOARD}{name}/").status_code for name in ("1-month", "soon")] == [404, 404]


# --- doors --------------------------------------------------------------------------------------------------------
PAGES = (BOARD, WAVE, f"{WAVE}enter/", f"{WAVE}results/", "/cohorts/london-2017/results/")
ACTIONS = (f"{WAVE}create/", f"{WAVE}invite/", f"{WAVE}open/", f"{WAVE}close/", f"{WAVE}enter/")


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("who", ["stranger", "connie", "carol", "ruth", "moses", "alan"])
def test_pages_are_shut_to_others(signed_in, wave, who, address, request):
    assert signed_in(request.getfixturevalue(who)).get(address).status_code == 404


@pytest.mark.parametrize("address", ACTIONS)
@pytest.mark.parametrize("who", ["stranger", "connie", "carol"])
def test_actions_are_shut_to_others(signed_in, wave, who, address, request):
    user = request.getfixturevalue(who)
    make.participant(wave.cohort)

    assert signed_in(user).post(address).status_code == 404
    assert not Message.objects.filter(key__startswith="invitation").exists()


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("who", ["olive", "eve", "amina"])
def test_pages_are_open_to_the_team(signed_in, wave, who, address, request):
    assert signed_in(request.getfixturevalue(who)).get(address, follow=True).status_code == 200


@pytest.mark.parametrize("address", [address for address in ACTIONS if "enter" not in address])
def test_actions_need_a_post(signed_in, olive, wave, address):
    assert signed_in(olive).get(address).status_code == 405


def test_evaluator_of_another_cohort_is_a_stranger_here(signed_in, stranger, kent, wave):
    RoleAssignment.objects.create(user=stranger, role="EVALUATOR", cohort=kent)

    assert signed_in(stranger).get(WAVE).status_code == 404


# --- the next step --------------------------------------------------------------------------------------------------
def next_step(signed_in, user) -> str | None:
    step = signed_in(user).get(BOARD).context["rows"][0].next_step
    return step.label if step else None


def test_next_step_follows_the_work(signed_in, olive, london, time_machine):
    time_machine.move_to(datetime(2018, 1, 16, 12, tzinfo=UTC))
    assert next_step(signed_in, olive) == "Set up this wave"

    wave = waves.ensure(cohort=london, kind=Wave.Kind.IMMEDIATE)
    assert next_step(signed_in, olive) is None  # nobody to ask

    make.participant(london)
    make.participant(london)
    assert next_step(signed_in, olive) == "Invite everyone"

    waves.invite(wave=wave, by=olive)
    assert next_step(signed_in, olive) == "Enter paper forms"

    make.participant(london)
    assert next_step(signed_in, olive) == "Invite 1 more"

    waves.invite(wave=wave, by=olive)
    answering.record_forms(wave=wave, forms=[Form(str(number), answers={"darzi": 4}) for number in range(3)])
    assert next_step(signed_in, olive) == "Close this wave"

    waves.close(wave=wave, by=olive)
    assert next_step(signed_in, olive) == "See results"


def test_next_step_of_a_wave_that_is_open_for_long_is_to_close_it(signed_in, olive, golden_wave):
    assert next_step(signed_in, olive) == "Close this wave"


def test_next_step_before_opening_is_to_look(signed_in, olive, wave, time_machine):
    time_machine.move_to(datetime(2018, 1, 10, 12, tzinfo=UTC))
    make.participant(wave.cohort)
    waves.invite(wave=wave, by=olive)

    assert next_step(signed_in, olive) == "See who is invited"


def test_more_forms_than_people_is_not_a_negative_number(signed_in, olive, golden_wave):
    Participant.objects.filter(ref__gt="T20").update(withdrawn_at=datetime(2018, 1, 1, tzinfo=UTC))

    row = signed_in(olive).get(BOARD).context["rows"][0]

    assert (row.able, row.forms, row.missing, row.forms_width) == (20, 32, 0, 1000)
    assert reverse("evaluation:results", args=["london-2017", "immediate"]) == f"{WAVE}results/"
