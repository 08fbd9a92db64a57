"""Applications of the demo, from the form to the decision, through the same services as real ones."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from laypartner.demo import clock, team, texts
from laypartner.exchange.values import CONTACT_ROUTE, EXPERIENCE, INFORMATION_FORMAT, LIVED_EXPERIENCE
from programmes.models import Cohort
from recruitment.models import Application
from recruitment.services import applying, assigning, deciding, offering, reviewing

NAMESPACE = uuid.UUID("5f0c6a1e-3c53-4c58-9a5b-2d1f6b7f9a11")
# How strong the answers of each outcome are, on the scale of the marks.
LEVELS = {
    "accept": 3.0,
    "offered": 3.0,
    "turned-down": 3.0,
    "lapsed": 3.0,
    "prepared": 2.9,
    "reserve": 2.4,
    "decline": 1.4,
    "": 2.5,
}
DECIDE = {"accept": offering.offer, "reserve": deciding.put_on_reserve, "decline": deciding.decline}


@dataclass(frozen=True)
class Applicant:
    """One row of an applicants' file, and its place in the whole demo (texts are picked by it)."""

    number: int
    row: dict[str, str]
    outcome: str = ""
    reviews: int = 2
    source: str = Application.Source.ONLINE


def apply(cohort: Cohort, applicant: Applicant, moment: datetime, **more: Any) -> Application:
    """Send the form at `moment`. Paper and telephone are typed in by the organiser. `more` is what else the form said."""
    row, number = applicant.row, applicant.number
    experience, lived = EXPERIENCE[row["experience"]], LIVED_EXPERIENCE[row["lived_experience"]]
    with clock.at(moment):
        return applying.submit(
            cohort=cohort,
            key=uuid.uuid5(NAMESPACE, f"{cohort.slug}/{row['name']}"),
            name=row["name"],
            email=row["email"],
            phone=row["phone"],
            post=_address(number) if row["contact_route"] == "post" else "",
            preferred=CONTACT_ROUTE[row["contact_route"]],
            information_format=INFORMATION_FORMAT[row["information_format"]],
            area=row["area"],
            organisation_name=row["organisation"],
            experience=experience,
            lived_experience=lived,
            roles=texts.roles_held(number, experience, moment.year),
            communities=texts.communities(number),
            wants=texts.wants(number),
            hours_a_month=(6, 8, 10, 12, 16)[number % 5],
            can_come_every_day=applicant.outcome != "decline" or number % 3 > 0,
            days_missed=[] if applicant.outcome != "decline" or number % 3 > 0 else [2],
            started_at=moment - timedelta(minutes=25 + number % 50),
            access_needs=texts.access_needs(number),
            answers=texts.answers(number, experience=experience, lived_experience=lived),
            source=applicant.source,
            by=None if applicant.source == Application.Source.ONLINE else team.account("organiser"),
            moment=moment,
            **more,
        )


def _address(number: int) -> str:
    return f"{number + 3} Sample Street\nExampleton\nEX{number % 9 + 1} 1AA"


def review(application: Application, applicant: Applicant, moment: datetime) -> None:
    """As many reviews as the file says, an hour apart."""
    for place, key in enumerate(("reviewer", "second-reviewer")[: applicant.reviews]):
        with clock.at(moment - timedelta(hours=12)):
            assigning.give(application=application, reviewer=team.account(key), by=team.account("organiser"))
        scores = texts.scores(applicant.number, level=LEVELS[applicant.outcome], reviewer=place)
        with clock.at(moment + timedelta(hours=place)):
            reviewing.save_review(application=application, scores=scores, by=team.account(key))


def decide(application: Application, applicant: Applicant, moment: datetime, by: Any) -> None:
    if applicant.outcome:
        reason = texts.decision_reason(applicant.outcome, applicant.number)
        with clock.at(moment):
            DECIDE[applicant.outcome](application=application, reason=reason, by=by)
        if applicant.outcome == "accept":
            with clock.at(moment + timedelta(hours=20 + applicant.number)):
                offering.say_yes(application=application)
