"""Equality questions: after sending, once, linked to nobody; figures of ten or more; no way to them for a reviewer."""

from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from core.models import AuditEvent
from people.permissions import Permission
from people.roles import PERMISSIONS, Role
from recruitment.equality import QUESTION_SET, QUESTIONS
from recruitment.equality_paper import document
from recruitment.models import EqualityTally
from recruitment.queries.equality import may_be_shown
from recruitment.services import equality
from tests import make

FORM = "/apply/london-2017/equality/"
PAGE = "/cohorts/london-2017/equality/"
ENTER = f"{PAGE}enter/"


@pytest.fixture
def applied(client, london) -> Client:
    """A browser in which somebody has just sent an application to London."""
    return just_applied(client)


def just_applied(browser: Client) -> Client:
    session = browser.session
    session["equality_due"] = "london-2017"
    session.save()
    return browser


@pytest.fixture
def closed(london):
    london.applications_close_at = timezone.now() - timedelta(hours=1)
    london.save()
    return london


def tallies() -> dict[tuple[str, str], int]:
    return {(row.question, row.answer): row.count for row in EqualityTally.objects.all()}


def fill(cohort, question, **counts):
    EqualityTally.objects.bulk_create(
        EqualityTally(cohort=cohort, question_set=QUESTION_SET, question=question, answer=answer, count=count)
        for answer, count in counts.items()
    )


# --- the applicant ---------------------------------------------------------------------------------------------
def test_answers_make_counts_larger_and_leave_nothing_else(applied, london):
    page = applied.post(FORM, {"age": "65_74", "carer": "RATHER_NOT", "sex": ""})

    assert (page.status_code, page["Location"]) == (302, f"{FORM}sent/")
    assert tallies() == {("age", "65_74"): 1, ("carer", "RATHER_NOT"): 1}
    assert AuditEvent.objects.count() == 0
    assert "equality_due" not in applied.session


def test_one_person_counts_once(applied):
    applied.post(FORM, {"age": "65_74"})

    again = applied.post(FORM, {"age": "65_74"})

    assert tallies() == {("age", "65_74"): 1}
    assert "There is nothing to answer here now" in again.content.decode()


def test_two_requests_of_one_browser_at_once_count_once(applied, london):
    """Both have read the session before either is through."""
    first, second = applied.session, applied.session
    assert first["equality_due"] == second["equality_due"] == "london-2017"

    counted = [
        equality.count_applicant(cohort=london, answers={"age": "65_74"}, session=session)
        for session in (first, second)
    ]

    assert (counted, tallies()) == ([True, False], {("age", "65_74"): 1})
    assert "equality_due" not in applied.session


def test_two_people_both_count(london):
    for _ in range(2):
        just_applied(Client()).post(FORM, {"age": "65_74"})

    assert tallies() == {("age", "65_74"): 2}


def test_skipping_counts_nothing_and_is_the_end(applied):
    page = applied.post(FORM, {"age": "65_74", "skip": "1"})

    assert (page["Location"], tallies()) == (f"{FORM}sent/", {})
    assert "equality_due" not in applied.session


def test_opening_the_page_changes_nothing(applied):
    pages = [applied.get(FORM), applied.head(FORM)]

    assert [page.status_code for page in pages] == [200, 200]
    assert applied.session["equality_due"] == "london-2017"
    assert tallies() == {}


@pytest.mark.parametrize("method", ["get", "post"])
def test_form_is_for_those_who_have_just_applied(client, london, kent, method):
    page = getattr(client, method)(FORM, {"age": "65_74"})
    other = getattr(just_applied(client), method)("/apply/kent/equality/", {"age": "65_74"})

    assert [answer.content.decode().count("There is nothing to answer here now") for answer in (page, other)] == [1, 1]
    assert tallies() == {}


def test_every_question_is_optional_and_can_be_left_unsaid(applied):
    form = applied.get(FORM).context["form"]

    assert [field.required for field in form.fields.values()] == [False] * 11
    assert {field.choices[-1][1] for field in form.fields.values()} == {"Prefer not to say"}


def test_an_answer_that_is_not_on_the_list_is_refused_and_the_rest_kept(applied):
    page = applied.post(FORM, {"age": "200", "sex": "FEMALE"})

    assert (page.status_code, list(page.context["form"].errors), tallies()) == (422, ["age"], {})
    assert applied.session["equality_due"] == "london-2017"
    assert page.context["form"]["sex"].value() == "FEMALE"


def test_no_record_leads_from_an_answer_to_a_person():
    """A cohort and words: no person, no application, no moment; and no other record points here."""
    fields = {field.name for field in EqualityTally._meta.get_fields()}
    pointing = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if getattr(field, "related_model", None) is EqualityTally and not field.auto_created
    ]

    assert fields == {"id", "cohort", "question_set", "question", "answer", "count"}
    assert pointing == []


def test_nothing_that_was_answered_stays_in_the_session(applied):
    applied.post(FORM, {"religion": "SIKH"})

    assert [sorted(row.get_decoded()) for row in Session.objects.all()] == [[]]


# --- the figures -------------------------------------------------------------------------------------------------
def test_figures_are_of_ten_or_more(signed_in, olive, closed):
    fill(closed, "sex", FEMALE=31, MALE=22, RATHER_NOT=3)
    fill(closed, "carer", NO=12, UP_TO_19=14)
    fill(closed, "age", **{"75_UP": 9})

    page = signed_in(olive).get(PAGE)

    shown = {
        figure.question.key: (figure.published.total, [row.count for row in figure.rows])
        for figure in page.context["figures"]
        if not figure.published.is_kept_back
    }
    assert shown == {"sex": (56, [31, None, None]), "carer": (26, [12, 14, None, None, None])}
    text = page.content.decode()
    assert text.count("Not shown: too few answers.") == 9
    assert text.count("not shown</td>") == 5
    assert "56 answered; 2 counts are not shown." in text


def test_figures_wait_until_the_call_is_closed(signed_in, olive, london):
    fill(london, "sex", FEMALE=31, MALE=22)

    page = signed_in(olive).get(PAGE)

    assert page.context["figures"] == []
    assert "The figures come when applications are closed." in page.content.decode()


def test_figures_wait_for_the_grace_too(signed_in, olive, london):
    london.applications_close_at = timezone.now() - timedelta(minutes=20)
    assert may_be_shown(london)

    make.settings(london, grace_minutes=30)
    assert not may_be_shown(london)


def test_figures_of_other_cohorts_and_other_questions_do_not_count(signed_in, olive, closed, kent):
    fill(kent, "sex", FEMALE=31, MALE=22)
    EqualityTally.objects.create(cohort=closed, question_set="2020-1", question="sex", answer="FEMALE", count=40)

    page = signed_in(olive).get(PAGE)

    assert {figure.published.total for figure in page.context["figures"]} == {None}


@pytest.mark.parametrize("rows", (1, 50))
def test_figures_cost_the_same_for_one_and_for_fifty(closed, olive, rows, signed_in, django_assert_num_queries):
    for question in QUESTIONS:
        for code, _ in question.choices()[: 1 if rows == 1 else None]:
            fill(closed, question.key, **{code: rows})
    browser = signed_in(olive)

    with django_assert_num_queries(6):
        page = browser.get(PAGE)

    assert len(page.context["figures"]) == 11


# --- sheets of paper ---------------------------------------------------------------------------------------------
def test_sheets_are_counted_one_after_the_other(signed_in, olive, london):
    browser = signed_in(olive)
    for _ in range(2):
        page = browser.post(ENTER, {"key": str(uuid4()), "age": "65_74"})

    assert (page["Location"], tallies()) == (ENTER, {("age", "65_74"): 2})


def test_a_sheet_sent_twice_is_one_sheet(signed_in, olive, london):
    browser, key = signed_in(olive), str(uuid4())
    for _ in range(2):
        page = browser.post(ENTER, {"key": key, "age": "65_74"}, follow=True)

    assert tallies() == {("age", "65_74"): 1}
    assert [str(message) for message in page.context["messages"]] == [
        "This sheet was already counted. Take the next one."
    ]


@pytest.mark.parametrize("typed", [{}, {"age": ""}, {"age": "200"}])
def test_a_sheet_without_answers_is_not_counted(signed_in, olive, london, typed):
    page = signed_in(olive).post(ENTER, typed)

    assert (page.status_code, tallies()) == (422, {})


def test_the_sheet_on_paper_asks_what_the_page_asks(client, london):
    sheet = document(london, "standard")

    texts = [question.text for question in QUESTIONS]
    words = {words for question in QUESTIONS for _, words in question.choices()}
    assert [text for text in texts if text not in unescape(sheet)] == []
    assert [text for text in words if text not in unescape(sheet)] == []
    assert "Please do not write your name on this sheet." in sheet


def test_the_sheet_is_a_pdf_for_anybody(client, london):
    answers = [client.get(f"/apply/london-2017/equality.pdf{query}") for query in ("", "?print=large", "?print=<b>")]

    assert {(answer.status_code, answer["Content-Type"]) for answer in answers} == {(200, "application/pdf")}
    assert [answer.content[:5] for answer in answers] == [b"%PDF-"] * 3
    assert answers[0].content == answers[2].content != answers[1].content


# --- doors ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", [PAGE, ENTER])
@pytest.mark.parametrize("method", ["get", "post"])
def test_reviewers_moderators_and_coaches_find_no_equality_pages(request, signed_in, closed, path, method):
    others = ["alan", "ruth", "moses", "carol", "eve", "connie"]

    answers = {
        getattr(signed_in(request.getfixturevalue(who)), method)(path, {"age": "65_74"}).status_code for who in others
    }

    assert (answers, tallies()) == ({404}, {})


@pytest.mark.parametrize("path", [PAGE, ENTER])
def test_a_stranger_finds_no_equality_pages(signed_in, stranger, closed, path):
    assert signed_in(stranger).get(path).status_code == 404


def test_no_role_both_scores_and_sees_equality_figures():
    scoring = {Permission.APPLICATION_REVIEW, Permission.APPLICATION_MODERATE, Permission.OWN_TABLE_VIEW}
    blind = {Role.REVIEWER, Role.COACH, Role.MODERATOR}

    assert {role for role in blind if Permission.EQUALITY_VIEW in PERMISSIONS[role]} == set()
    assert all(PERMISSIONS[role] & scoring for role in blind)
