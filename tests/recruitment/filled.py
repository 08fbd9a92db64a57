"""Filled-in forms: as a browser posts them, and as the service takes them."""

from typing import Any
from uuid import UUID

from programmes.characteristics import Characteristic
from programmes.models import Experience

KEY = UUID("11111111-2222-4333-8444-555555555555")


def posted(**changes: Any) -> dict[str, Any]:
    """What a browser sends for the application form."""
    answers = {f"answer_{item.lower()}": f"My answer about {item.label.lower()}." for item in Characteristic}
    return {
        "key": str(KEY),
        "name": "Ana Novak",
        "preferred": "EMAIL",
        "email": "ana@example.org",
        "phone": "",
        "post": "",
        "information_format": "STANDARD",
        "area": "Camden",
        "lived_experience": "CARER",
        "experience": "FROM_1_TO_3",
        "lay_roles": "Patient panel",
        "organisation_name": "Camden Carers",
        "hours_a_month": "8",
        "can_come_every_day": "yes",
        "access_needs": "A hearing loop",
        "agrees": "on",
        **answers,
        **changes,
    }


def filled_in(**changes: Any) -> dict[str, Any]:
    """What `applying.submit` takes beside cohort."""
    return {
        "key": KEY,
        "name": "Ana Novak",
        "email": "ana@example.org",
        "phone": "",
        "preferred": "EMAIL",
        "information_format": "STANDARD",
        "area": "Camden",
        "organisation_name": "Camden Carers",
        "experience": Experience.FROM_1_TO_3,
        "lived_experience": "CARER",
        "lay_roles": "Patient panel",
        "hours_a_month": 8,
        "can_come_every_day": True,
        "access_needs": "A hearing loop",
        "answers": {item: f"My answer about {item.label.lower()}." for item in Characteristic},
        **changes,
    }


def scores(mark: int = 3, reason: str = "Shown in the answer.") -> dict[Characteristic, tuple[int, str]]:
    return {item: (mark, reason) for item in Characteristic}


def posted_scores(mark: int | str = 3, reason: str = "Shown in the answer.", **changes: str) -> dict[str, str]:
    marks = {f"mark_{item}": str(mark) for item in Characteristic}
    return marks | {f"reason_{item}": reason for item in Characteristic} | changes
