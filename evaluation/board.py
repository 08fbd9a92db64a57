"""Where each wave of a cohort stands, and the one thing to do next."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from core.rounding import percent
from evaluation.models import Wave
from evaluation.models.wave import WAVE_SLUGS
from evaluation.queries import with_counts
from evaluation.services.waves import due_dates, due_on
from programmes.models import Cohort

LONG_OPEN = timedelta(days=28)
# What a button says and where it goes: (label, URL name, whether it changes something and so is a POST).
CREATE = ("Set up this wave", "evaluation:wave-create", True)
INVITE = ("Invite everyone", "evaluation:wave-invite", True)
ENTER = ("Enter paper forms", "evaluation:wave-enter", False)
CLOSE = ("Close this wave", "evaluation:wave-close", True)
RESULTS = ("See results", "evaluation:results", False)
LOOK = ("See who is invited", "evaluation:wave", False)


@dataclass(frozen=True)
class Step:
    label: str
    url_name: str
    is_post: bool


@dataclass(frozen=True)
class WaveRow:
    """One wave as the board shows it. `wave` is None while nobody has set it up."""

    kind: Wave.Kind
    wave: Wave | None
    due_on: date | None
    able: int
    invited: int = 0
    answered: int = 0
    forms: int = 0

    @property
    def slug(self) -> str:
        return WAVE_SLUGS[self.kind]

    @property
    def missing(self) -> int:
        """How many forms could still come. Which people it is nobody can say once paper forms are in."""
        return max(self.able - self.forms, 0)

    @property
    def missing_label(self) -> str:
        return "did not answer" if self.wave and self.wave.is_closed() else "still to come"

    @property
    def not_invited(self) -> int:
        return max(self.able - self.invited, 0)

    @property
    def rate(self) -> Decimal | None:
        return percent(self.forms, self.able)

    @property
    def rate_note(self) -> str:
        return "" if self.rate is None else f"{self.rate} % of {self.able}"

    @property
    def answered_note(self) -> str:
        return f"{self.answered} have used their link" if self.invited else ""

    @property
    def invited_width(self) -> int:
        """How far the pale part of the bar reaches, of 1,000."""
        return min(1000 * self.invited // self.able, 1000) if self.able else 0

    @property
    def forms_width(self) -> int:
        return min(1000 * self.forms // self.able, 1000) if self.able else 0

    @property
    def state(self) -> tuple[str, str]:
        """Words and colour of the status tag."""
        if self.wave is None:
            return "Not set up", "grey"
        if self.wave.is_closed():
            return "Closed", "purple"
        return ("Open", "green") if self.wave.has_opened() else ("Not open yet", "yellow")

    @property
    def can_invite(self) -> bool:
        wave = self.wave
        return wave is not None and wave.is_anonymous and not wave.is_closed() and self.not_invited > 0

    @property
    def invite_label(self) -> str:
        return f"Invite {self.not_invited} more" if self.invited else INVITE[0]

    @property
    def next_step(self) -> Step | None:
        """One step, never two; None when nobody is in the cohort yet."""
        if self.wave is None:
            return Step(*CREATE)
        if self.wave.is_closed():
            return Step(*RESULTS)
        if self.forms and (self.forms >= self.able or self._is_open_for_long()):
            return Step(*CLOSE)
        if not self.able:
            return None
        if self.can_invite:
            return Step(self.invite_label, *INVITE[1:])
        return Step(*ENTER) if self.wave.has_opened() else Step(*LOOK)

    def _is_open_for_long(self) -> bool:
        opened: datetime | None = self.wave.opens_at if self.wave else None
        return opened is not None and opened < timezone.now() - LONG_OPEN


def rows(cohort: Cohort) -> list[WaveRow]:
    """The waves of a cohort in the order of time, with the end of day 3 whether it is set up or not. Three queries."""
    able = cohort.participants.able().count()
    waves = {wave.kind: wave for wave in with_counts(cohort.waves.select_related("cohort"))}
    dates = due_dates(cohort)
    return [
        _row(kind, waves.get(kind), dates.get(kind), able)
        for kind in Wave.Kind
        if kind in waves or kind == Wave.Kind.IMMEDIATE
    ]


def row(wave: Wave) -> WaveRow:
    """The same for one wave. Two queries, and one more where the cohort is not loaded."""
    counted = with_counts(Wave.objects.filter(pk=wave.pk)).get()
    return _row(Wave.Kind(wave.kind), counted, due_on(wave.cohort, wave.kind), counted.able)


def _row(kind: Wave.Kind, wave: Wave | None, due: date | None, able: int) -> WaveRow:
    if wave is None:
        return WaveRow(kind, None, due, able)
    return WaveRow(kind, wave, due, able, wave.invited, wave.answered, wave.forms)
