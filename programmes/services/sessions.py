"""The days and their slots: nothing overlaps, nothing runs past midnight."""

from datetime import time
from typing import Any

from django.db import transaction

from core import audit
from programmes.models import Day, Slot
from programmes.services.refusals import BadSlot

MIDNIGHT = 24 * 60
SHORTEST, LONGEST = 5, 480


@transaction.atomic
def add_slot(
    *,
    day: Day,
    starts_at: time,
    minutes: int,
    kind: str,
    title: str,
    led_by: str = "",
    is_co_delivered: bool = False,
    by: Any = None,
) -> Slot:
    """A new slot in a free part of the day. Raises BadSlot."""
    _check_time(day, starts_at, minutes)
    slot = Slot.objects.create(
        day=day,
        starts_at=starts_at,
        minutes=minutes,
        kind=kind,
        title=title,
        led_by=led_by,
        is_co_delivered=is_co_delivered,
    )
    audit.record("slot_added", slot, by=by, cohort=day.cohort, day=day.number, kind=str(kind))
    return slot


@transaction.atomic
def change_slot(
    *,
    slot: Slot,
    starts_at: time,
    minutes: int,
    kind: str,
    title: str,
    led_by: str = "",
    is_co_delivered: bool = False,
    by: Any = None,
) -> Slot:
    """The slot with everything as given, moved if its time is new. Raises BadSlot."""
    _check_time(slot.day, starts_at, minutes, besides=slot)
    slot.starts_at, slot.minutes, slot.kind = starts_at, minutes, kind
    slot.title, slot.led_by, slot.is_co_delivered = title, led_by, is_co_delivered
    slot.save()
    audit.record("slot_changed", slot, by=by, cohort=slot.day.cohort, day=slot.day.number, kind=str(kind))
    return slot


@transaction.atomic
def remove_slot(*, slot: Slot, by: Any = None) -> None:
    audit.record("slot_removed", slot, by=by, cohort=slot.day.cohort, day=slot.day.number, kind=slot.kind)
    slot.delete()


@transaction.atomic
def change_day(*, day: Day, title: str, venue: str, starts_at: time, by: Any = None) -> Day:
    """Title, place and start of a day; its date is a setting of the cohort."""
    day.title, day.venue, day.starts_at = title, venue, starts_at
    day.save(update_fields=["title", "venue", "starts_at"])
    audit.record("day_changed", day, by=by, cohort=day.cohort, day=day.number)
    return day


def _check_time(day: Day, starts_at: time, minutes: int, besides: Slot | None = None) -> None:
    """Whether the day has this time free; the day's row is locked, so that two people cannot both find it free."""
    if not SHORTEST <= minutes <= LONGEST:
        raise BadSlot(f"A slot lasts from {SHORTEST} to {LONGEST} minutes.")
    start = _minute(starts_at)
    if start + minutes > MIDNIGHT:
        raise BadSlot("This slot would run past midnight. Start earlier or make it shorter.")
    Day.objects.select_for_update().get(pk=day.pk)
    for other in day.slots.exclude(pk=besides.pk if besides else None):
        other_start = _minute(other.starts_at)
        if start < other_start + other.minutes and other_start < start + minutes:
            raise BadSlot(
                f"This overlaps “{other.title}”, {other.starts_at:%H:%M} to {_clock(other_start + other.minutes)}. "
                "Choose another time, or change that slot first."
            )


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _clock(minute: int) -> str:
    return "midnight" if minute == MIDNIGHT else f"{minute // 60:02d}:{minute % 60:02d}"
