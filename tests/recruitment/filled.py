"""Filled-in forms: as a browser posts them, and as the service takes them."""

from typing import Any
from uuid import UUID

from programmes.characteristics import Characteristic
from programmes.models import Cohort, Experience
from recruitment.models import Draft

KEY = UUID("11111111-2222-4333-8444-555555555555")


ANSWERS = {f"answer_{item.lower()}": f"My answer about {item.label.lower()}." for item in Characteristic}
# What Ana types on each page of the form, by the page's word in the address.
PAGES: dict[str, dict[str, Any]] = {
    "about-you": {
        "name": "Ana Novak",
        "pronunciation": "AH-na",
        "preferred": "EMAIL",
        "email": "ana@example.org",
        "phone": "07700 900982",
        "post": "1 High Street\nCamden",
    },
    "calling": {"best_time": "After 10am", "may_leave_message": "no", "helper": "Sam Novak, my son"},
    "area": {"area": "Camden", "lived_experience": "CARER", "organisation_name": "Camden Carers"},
    "roles": {
        "experience": "FROM_1_TO_3",
        "role0_body": "Patient panel",
        "role0_kind": "PROVIDER",
        "role0_role": "Chair",
        "role0_level": "SERVICE",
        "role0_from_year": "2015",
        "role0_to_year": "",
        "role0_hours": "4",
    },
    "how-to-answer": {"mode": "WRITTEN"},
    **{name.removeprefix("answer_").replace("_", "-"): {name: text} for name, text in ANSWERS.items()},
    "wants": {"wants": "To speak up in big meetings"},
    "taking-part": {
        "needs_building": ["step-free", "parking"],
        "needs_hearing": ["hearing-loop"],
        "needs_papers": [],
        "needs_day": ["breaks"],
        "needs_travel": [],
        "access_needs": "A seat by the window",
        "information_format": "LARGE_PRINT",
        "food": "No nuts",
        "assistant": "Sam, who drives me",
    },
    "days": {"can_come_every_day": "no", "days_missed": ["2"]},
    "agreements": {
        "agrees_privacy_notice": "on",
        "agrees_adult": "on",
        "agrees_code_of_conduct": "on",
        "agrees_photos": "",
    },
}
PAGES["connections"]["communities"] = ["carers", "faith"]
PAGES["time"]["hours_a_month"] = "8"


def typed(**changes: Any) -> dict[str, Any]:
    """The values of a draft of which every page was saved, as typed."""
    values = {name: value for page in PAGES.values() for name, value in page.items() if not name.startswith("role0")}
    role = {name.removeprefix("role0_"): value for name, value in PAGES["roles"].items() if name.startswith("role0")}
    return values | {"roles": [role]} | changes


def draft(cohort: Cohort, **changes: Any) -> Draft:
    """Everything is filled in, nothing is sent. `changes` are values that somebody typed otherwise."""
    values = typed(**changes)
    return Draft.objects.create(cohort=cohort, key=KEY, values=values, email=values["email"])


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
