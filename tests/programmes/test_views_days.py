"""The days of a cohort in the browser."""

from datetime import time

import pytest

from programmes.boards import shape_of
from programmes.models import Slot
from tests import make

pytestmark = pytest.mark.django_db
DAYS = "/cohorts/london-2017/days/"
SLOT = {"title": "A talk", "kind": "TALK", "starts_at": "10:30", "minutes": "45", "led_by": "Somebody"}


@pytest.fixture
def day(london):
    return london.days.get(number=1)


@pytest.mark.parametrize("slots", (1, 50))
def test_days_cost_the_same_for_one_slot_and_for_fifty(signed_in, olive, london, slots, django_assert_num_queries):
    for number in range(slots):
        make.slot(london.days.get(number=number % 3 + 1), starts_at=time(6 + number // 4, number % 4 * 15), minutes=5)
    browser = signed_in(olive)

    with django_assert_num_queries(7):
        page = browser.get(DAYS)

    assert sum(len(entry["slots"]) for entry in page.context["days"]) == slots


def test_days_give_the_share_of_interactive_minutes_without_breaks(day):
    slots = [
        make.slot(day, starts_at=time(9), minutes=30, kind=Slot.Kind.TALK),
        make.slot(day, starts_at=time(10), minutes=60, kind=Slot.Kind.TABLE_WORK),
        make.slot(day, starts_at=time(11), minutes=15, kind=Slot.Kind.BREAK),
        make.slot(day, starts_at=time(12), minutes=30, kind=Slot.Kind.FEEDBACK),
    ]

    shape = shape_of(slots, width=135)

    assert (shape.interactive, shape.total, shape.share) == (90, 120, "75.0 %")
    assert [(piece.kind, piece.x, piece.width) for piece in shape.pieces] == [
        ("TABLE_WORK", "0.00", "60.00"),
        ("FEEDBACK", "60.00", "30.00"),
        ("TALK", "90.00", "30.00"),
        ("BREAK", "120.00", "15.00"),
    ]


def test_days_of_breaks_only_have_no_share(day):
    shape = shape_of([make.slot(day, kind=Slot.Kind.BREAK)])

    assert (shape.interactive, shape.total, shape.share) == (0, 0, "–")


def test_add_a_slot(signed_in, olive, day):
    page = signed_in(olive).post(f"{DAYS}1/slots/new/", SLOT | {"is_co_delivered": "on"})

    slot = day.slots.get()
    assert page["Location"] == f"{DAYS}#day-1"
    assert (slot.title, slot.starts_at, slot.minutes, slot.is_co_delivered) == ("A talk", time(10, 30), 45, True)


def test_add_offers_the_time_when_the_last_slot_ends(signed_in, olive, day):
    make.slot(day, starts_at=time(9, 30), minutes=45)

    form = signed_in(olive).get(f"{DAYS}1/slots/new/").context["form"]

    assert form["starts_at"].value() == "10:15"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 151}, "title"),
        ({"kind": "PARTY"}, "kind"),
        ({"starts_at": "half past"}, "starts_at"),
        ({"starts_at": "25:00"}, "starts_at"),
        ({"starts_at": "23:30"}, "starts_at"),
        ({"starts_at": "9:45"}, "starts_at"),
        ({"minutes": "0"}, "minutes"),
        ({"minutes": "481"}, "minutes"),
        ({"minutes": "12.5"}, "minutes"),
    ],
)
def test_add_refuses_bad_input_and_keeps_what_was_typed(signed_in, olive, day, changes, field):
    make.slot(day, starts_at=time(9, 30), minutes=30)

    page = signed_in(olive).post(f"{DAYS}1/slots/new/", SLOT | changes)

    assert (page.status_code, list(page.context["form"].errors), day.slots.count()) == (422, [field], 1)
    assert 'value="Somebody"' in page.content.decode()


def test_change_and_remove_a_slot(signed_in, olive, day):
    slot = make.slot(day)
    browser = signed_in(olive)
    address = f"/cohorts/london-2017/slots/{slot.pk}/"

    browser.post(f"{address}edit/", SLOT)
    slot.refresh_from_db()
    looked = browser.get(f"{address}remove/").status_code
    changed = (slot.title, slot.starts_at)
    browser.post(f"{address}remove/")

    assert (changed, looked, day.slots.count()) == (("A talk", time(10, 30)), 405, 0)


def test_change_a_day(signed_in, olive, day):
    signed_in(olive).post(f"{DAYS}1/edit/", {"title": "Together", "venue": "Town hall", "starts_at": "9am"})

    day.refresh_from_db()
    assert (day.title, day.venue, day.starts_at) == ("Together", "Town hall", time(9))


def test_days_are_changed_only_by_those_who_may(signed_in, eve, stranger, day):
    slot = make.slot(day)
    addresses = [
        f"{DAYS}1/edit/",
        f"{DAYS}1/slots/new/",
        f"/cohorts/london-2017/slots/{slot.pk}/edit/",
        f"/cohorts/london-2017/slots/{slot.pk}/remove/",
    ]

    for user in (eve, stranger):
        assert [signed_in(user).post(address, SLOT).status_code for address in addresses] == [404] * 4
    assert "Add a slot" not in signed_in(eve).get(DAYS).content.decode()
    assert day.slots.get().title == slot.title


def test_days_show_html_as_text(signed_in, olive, day):
    make.slot(day, title="<b>bold</b>", led_by="{{7*7}}")

    page = signed_in(olive).get(DAYS).content.decode()

    assert "&lt;b&gt;bold&lt;/b&gt;" in page and "{{7*7}}" in page
