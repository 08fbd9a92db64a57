"""The demo's moments, counted from today."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/London")
THURSDAY = 3


class Calendar:
    """Moments counted from today. Nothing that has happened happened later than yesterday."""

    def __init__(self, today: date) -> None:
        self.today = today

    def at(self, days: int, hour: int = 10, minute: int = 0) -> datetime:
        return datetime.combine(self.today + timedelta(days=days), time(hour), ZONE) + timedelta(minutes=minute)

    def session_days(self) -> list[date]:
        """A Thursday and a Friday in ten weeks, and a Tuesday eight weeks later."""
        first = self.today + timedelta(weeks=10)
        first += timedelta(days=(THURSDAY - first.weekday()) % 7)
        return [first, first + timedelta(days=1), first + timedelta(days=54)]
