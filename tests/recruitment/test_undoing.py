"""Undo: once, by whoever may, with nothing half done."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.urls import get_resolver

from core.exceptions import DomainError
from core.models import AuditEvent
from people.permissions import Permission
from recruitment import queries
from recruitment.models import Application, BulkAction
from recruitment.services import undoing
from recruitment.services.undoing import CannotUndo
from tests import make

Kind = BulkAction.Kind
UNDO = "/cohorts/london-2017/applications/undo/"


@pytest.fixture
def taken_back(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The keys of actions of the kind IMPORT that were undone; its undo is a stand-in here."""
    assert get_resolver().url_patterns  # every room has registered its own ways by now
    keys: list[int] = []

    def stand_in(action: BulkAction, *, by: object) -> str:
        keys.append(action.pk)
        return "It is taken back."

    monkeypatch.setitem(undoing.WAYS, Kind.IMPORT, undoing.Way(stand_in, Permission.APPLICATION_ENTER))
    return keys


def done(cohort, by, kind=Kind.IMPORT, summary="3 applications brought in") -> BulkAction:
    with transaction.atomic():
        return undoing.remember(kind=kind, cohort=cohort, summary=summary, items=[1, 2, 3], by=by)


def test_undo_takes_back_and_says_who(london, olive, moses, taken_back):
    action = done(london, olive)

    said = undoing.undo(action=action, by=moses)

    action.refresh_from_db()
    assert (said, taken_back, action.undone_by) == ("It is taken back.", [action.pk], moses)
    assert action.undone_at is not None
    assert AuditEvent.objects.get(verb="undone").detail == {"kind": "IMPORT"}


def test_undo_happens_once(london, olive, taken_back):
    action = done(london, olive)
    undoing.undo(action=action, by=olive)

    with pytest.raises(CannotUndo) as refusal:
        undoing.undo(action=action, by=olive)

    assert (refusal.value.sentence, len(taken_back)) == ("This is undone already.", 1)


def test_an_undo_that_is_refused_changes_nothing_and_may_be_tried_again(london, olive, monkeypatch):
    assert get_resolver().url_patterns

    def half_way(action: BulkAction, *, by: object) -> str:
        Application.objects.update(state="DECLINED")
        raise CannotUndo("Ana Novak has said yes meanwhile.")

    monkeypatch.setitem(undoing.WAYS, Kind.IMPORT, undoing.Way(half_way, Permission.APPLICATION_ENTER))
    application, action = make.application(london), done(london, olive)

    with pytest.raises(DomainError):
        undoing.undo(action=action, by=olive)

    action.refresh_from_db()
    assert (action.undone_at, Application.objects.get(pk=application.pk).state) == (None, "SUBMITTED")
    assert not AuditEvent.objects.filter(verb="undone").exists()


def test_two_ways_to_undo_one_kind_are_refused(taken_back):
    with pytest.raises(AssertionError):
        undoing.undoes(Kind.IMPORT, Permission.APPLICATION_ENTER)(str)


def test_latest_actions_are_the_newest_of_the_cohort_in_one_query(london, kent, olive, django_assert_num_queries):
    made = [done(london, olive) for _ in range(6)]
    done(kent, olive)

    with django_assert_num_queries(1):
        latest = queries.latest_bulk_actions(london)
        names = {str(action.by) for action in latest}

    assert [action.pk for action in latest] == [action.pk for action in reversed(made[1:])]
    assert names == {"Olive"}


def test_the_button_undoes_and_says_so(london, olive, signed_in, taken_back):
    action = done(london, olive)

    response = signed_in(olive).post(f"{UNDO}{action.pk}/", follow=True)

    assert response.redirect_chain == [("/cohorts/london-2017/applications/", 302)]
    assert [str(message) for message in response.context["messages"]] == ["It is taken back."]


def test_the_button_pressed_twice_says_that_it_is_done(london, olive, signed_in, taken_back):
    action, browser = done(london, olive), signed_in(olive)
    browser.post(f"{UNDO}{action.pk}/")

    response = browser.post(f"{UNDO}{action.pk}/", follow=True)

    assert [str(message) for message in response.context["messages"]][-1:] == ["This is undone already."]


@pytest.mark.parametrize("who", ["moses", "stranger", "ruth", "alan"])
def test_nobody_undoes_what_they_may_not_do(london, olive, request, signed_in, taken_back, who):
    action = done(london, olive)

    response = signed_in(request.getfixturevalue(who)).post(f"{UNDO}{action.pk}/")

    assert (response.status_code, taken_back) == (404, [])


def test_looking_at_the_address_undoes_nothing(london, olive, signed_in, taken_back):
    action = done(london, olive)

    response = signed_in(olive).get(f"{UNDO}{action.pk}/")

    assert (response.status_code, taken_back) == (405, [])
