"""Who sees which cohort: the rule every page stands on."""

import pytest
from django.contrib.auth.models import AnonymousUser

from people.permissions import Permission
from people.roles import Role
from programmes.models import Cohort
from tests import make

pytestmark = pytest.mark.django_db


def test_visible_to_role_in_the_cohort(london, kent, olive):
    assert list(Cohort.objects.visible_to(olive)) == [london]


def test_visible_to_role_in_the_programme_above(london, kent, amina):
    later = make.cohort("london-2018", programme=london.programme)

    assert set(Cohort.objects.visible_to(amina)) == {london, later}


def test_visible_to_asks_for_the_permission_itself(london, eve):
    assert list(Cohort.objects.visible_to(eve, Permission.RESULTS_VIEW)) == [london]
    assert list(Cohort.objects.visible_to(eve, Permission.APPLICATION_DECIDE)) == []


def test_visible_to_a_stranger_or_nobody_is_empty(london, stranger):

    assert london not in Cohort.objects.visible_to(stranger)
    assert list(Cohort.objects.visible_to(AnonymousUser())) == []


def test_role_taken_away_bites_at_once(london, olive):
    olive.assignments.filter(role=Role.ORGANISER).delete()

    assert list(Cohort.objects.visible_to(olive)) == []
