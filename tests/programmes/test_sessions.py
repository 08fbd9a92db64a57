"""Slots of a day, and coaches of a cohort."""

from datetime import time
from decimal import Decimal

import pytest

from core.models import AuditEvent
from programmes.models import Slot
from programmes.services import coaches, sessions
from programmes.services.coaches import BadCoach
from programmes.services.refusals import BadSlot
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def day(london):
    return london.days.get(number=1)


def add(day, starts_at, minutes, title="A slot"):
    return sessions.add_slot(day=day, starts_at=starts_at, minutes=minutes, kind=Slot.Kind.TALK, title=title)


def test_add_slot_beside_another(day, olive):
    add(day, time(9, 30), 30)
    sessions.add_slot(
        day=day, starts_at=time(10), minutes=45, kind=Slot.Kind.TABLE_WORK, title="Next", is_co_delivered=True, by=olive
    )

    assert list(day.slots.values_list("starts_at", "minutes", "is_co_delivered")) == [
        (time(9, 30), 30, False),
        (time(10), 45, True),
    ]
    assert AuditEvent.objects.filter(verb="slot_added", by=olive).count() == 1


@pytest.mark.parametrize(("starts_at", "minutes"), [((9, 45), 5), ((9, 0), 31), ((9, 30), 30), ((9, 0), 120)])
def test_add_slot_refuses_an_overlap(day, starts_at, minutes):
    add(day, time(9, 30), 30, "Welcome")

    with pytest.raises(BadSlot) as refusal:
        add(day, time(*starts_at), minutes)

    assert refusal.value.sentence == (
        "This overlaps “Welcome”, 09:30 to 10:00. Choose another time, or change that slot first."
    )
    assert day.slots.count() == 1


@pytest.mark.parametrize(
    ("starts_at", "minutes", "sentence"),
    [
        (time(23, 30), 31, "This slot would run past midnight. Start earlier or make it shorter."),
        (time(9), 4, "A slot lasts from 5 to 480 minutes."),
        (time(9), 481, "A slot lasts from 5 to 480 minutes."),
    ],
)
def test_add_slot_refuses_in_words(day, starts_at, minutes, sentence):
    with pytest.raises(BadSlot) as refusal:
        add(day, starts_at, minutes)

    assert (refusal.value.sentence, day.slots.count()) == (sentence, 0)


def test_add_slot_until_midnight_is_allowed(day):
    assert add(day, time(23, 30), 30).ends_at == time(0)


def test_change_slot_may_overlap_itself(day):
    slot = add(day, time(9, 30), 30)

    sessions.change_slot(slot=slot, starts_at=time(9, 40), minutes=60, kind=Slot.Kind.BREAK, title="Coffee")

    slot.refresh_from_db()
    assert (slot.starts_at, slot.minutes, slot.kind, slot.title) == (time(9, 40), 60, "BREAK", "Coffee")


def test_change_slot_refuses_an_overlap_with_another(day):
    add(day, time(9), 30)
    slot = add(day, time(10), 30)

    with pytest.raises(BadSlot):
        sessions.change_slot(slot=slot, starts_at=time(9, 15), minutes=30, kind=slot.kind, title=slot.title)


def test_remove_slot_leaves_a_line_of_history(day, olive):
    slot = add(day, time(9), 30)

    sessions.remove_slot(slot=slot, by=olive)

    assert (day.slots.count(), AuditEvent.objects.filter(verb="slot_removed", by=olive).count()) == (0, 1)


def test_change_day_keeps_its_date(day):
    sessions.change_day(day=day, title="Together", venue="Town hall", starts_at=time(10))

    day.refresh_from_db()
    assert (day.title, day.venue, day.starts_at, day.date) == ("Together", "Town hall", time(10), make.DATES[0])


def test_add_coach_with_days_and_the_next_ref(london):
    days = list(london.days.all()[:2])
    coaches.add(cohort=london, person=make.person(), type="DOCTOR", day_rate=Decimal("600.00"), days=days)

    second = coaches.add(cohort=london, person=make.person(), type="OTHER", day_rate=0, days=[])

    assert (second.ref, list(london.coaches.get(ref="C1").days.all())) == ("C2", days)


def test_add_coach_refuses_in_words(london, kent):
    coach = make.coach(london, person=make.person("Cora"))
    cases = [
        ({"person": coach.person}, "Cora already coaches in London 2017."),
        ({"ref": coach.ref}, "There is already a coach with the ref C1."),
        ({"day_rate": -1}, "The rate per day cannot be below 0."),
        ({"days": kent.days.all()}, "One of these days belongs to another cohort."),
    ]

    for changes, sentence in cases:
        fields = {"person": make.person(), "type": "DOCTOR", "day_rate": 0, "days": []} | changes
        with pytest.raises(BadCoach) as refusal:
            coaches.add(cohort=london, **fields)
        assert refusal.value.sentence == sentence

    assert london.coaches.count() == 1
