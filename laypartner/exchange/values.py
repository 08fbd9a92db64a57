"""Choices as files say them: lower case with hyphens. Stored codes are upper case with underscores (rulings.md 10)."""

from collections.abc import Mapping

from django.db.models import TextChoices

from evaluation.models import Response
from evaluation.models.wave import WAVE_KINDS
from people.models import InformationFormat, LivedExperience, Route
from programmes.models import Coach, Experience, SeatingRule


def exchange_value(code: str) -> str:
    """How a file writes a stored code: LARGE_PRINT is "large-print", FROM_1_TO_3 is "1-3"."""
    return "1-3" if code == Experience.FROM_1_TO_3 else str(code).lower().replace("_", "-")


def _values(choices: type[TextChoices]) -> Mapping[str, str]:
    return {exchange_value(code): code for code in choices.values}


# Each maps what a file says to what is stored.
EXPERIENCE = _values(Experience)
LIVED_EXPERIENCE = _values(LivedExperience)
INFORMATION_FORMAT = _values(InformationFormat)
CONTACT_ROUTE = _values(Route)
COACH_TYPE = _values(Coach.Type)
RULE_KIND = _values(SeatingRule.Kind)
SOURCE = _values(Response.Source)
WAVES = WAVE_KINDS
