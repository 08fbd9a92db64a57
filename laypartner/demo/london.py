"""London 2017: a cohort that is over, from the first application to the issued report."""

import shutil
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from evaluation.models import Wave
from evaluation.services import waves
from laypartner.demo import clock, letters, recruiting, sessions, team
from laypartner.demo.files import LONDON, LONDON_FOLDER, rows, words
from laypartner.demo.recruiting import Applicant
from laypartner.exchange import import_cohort, import_responses
from people.services import registering
from programmes.models import Cohort
from programmes.services import cohorts, seating
from reports.models import ReportWords
from reports.services import issuing

ZONE = ZoneInfo("Europe/London")


def on(year: int, month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


def load() -> Cohort:
    """Everything, in the order in which it happened, with the moments at which it happened."""
    with clock.at(on(2017, 9, 25)):
        cohort = _open()
        team.give_roles(cohort)
    _recruit(cohort)
    with clock.at(on(2017, 11, 13)), tempfile.TemporaryDirectory() as folder:
        import_cohort(_without_answers(Path(folder)), by=team.account("organiser"))
        sessions.plan_days(cohort)
        team.know_the_coach(cohort)
    _seat(cohort)
    _evaluate(cohort)
    _report(cohort)
    letters.all_sent(cohort)
    return cohort


def _open() -> Cohort:
    row = rows(f"{LONDON}/cohort.csv")[0]
    commissioner = registering.organisation_named(row["commissioner"])
    return cohorts.create(
        programme=cohorts.programme_named(name=row["programme"], commissioner=commissioner),
        slug=row["slug"],
        region=row["region"],
        capacity=int(row["capacity"]),
        time_zone=row["time_zone"],
        dates=[date.fromisoformat(row[f"day_{number}"]) for number in (1, 2, 3)],
        applications_open_at=on(2017, 10, 2, 9),
        applications_close_at=on(2017, 10, 29, 23, 59),
        **words("words")["london"],
    )


def _recruit(cohort: Cohort) -> None:
    """Fifty-eight people apply; the forty of the cohort folder are accepted in its order, so T01 is T01."""
    accepted = [Applicant(number, row, "accept") for number, row in enumerate(rows(f"{LONDON}/participants.csv"))]
    others = [
        Applicant(number, row, row["outcome"], source=row["source"].upper())
        for number, row in enumerate(rows("applicants-london.csv"), start=len(accepted))
    ]
    everybody = [*accepted, *others]
    for applicant in everybody:
        minutes = applicant.number * 661 % (26 * 24 * 60)
        application = recruiting.apply(cohort, applicant, on(2017, 10, 3, 8) + timedelta(minutes=minutes))
        recruiting.review(application, applicant, on(2017, 10, 30, 9) + timedelta(minutes=90 * applicant.number))
        decided = on(2017, 11, 6, 9) + timedelta(minutes=4 * applicant.number)
        recruiting.decide(application, applicant, decided, team.account("organiser"))


def _without_answers(folder: Path) -> Path:
    """The cohort folder as it was before day 3."""
    for file in LONDON_FOLDER.glob("*.csv"):
        if not file.name.startswith("responses"):
            shutil.copy(file, folder)
    return folder


def _seat(cohort: Cohort) -> None:
    planned = {1: on(2017, 11, 20), 2: on(2017, 11, 20, 11), 3: on(2018, 1, 10)}
    for day in cohort.days.order_by("number"):
        with clock.at(planned[day.number]):
            seating.confirm(day=day, proposal=seating.propose(day=day, seed=1), by=team.account("organiser"))


def _evaluate(cohort: Cohort) -> None:
    with clock.at(on(2018, 1, 17)):
        file = LONDON_FOLDER / "responses-immediate.csv"
        answers = {"wave": "immediate", "file": file.name, "data": file.read_bytes()}
        import_responses(cohort=cohort, by=team.account("evaluator"), **answers)
    with clock.at(on(2018, 1, 26, 17)):
        wave = Wave.objects.get(cohort=cohort, kind=Wave.Kind.IMMEDIATE)
        waves.close(wave=wave, by=team.account("evaluator"))


def _report(cohort: Cohort) -> None:
    ReportWords.objects.update_or_create(cohort=cohort, defaults=words("words")["report"])
    with clock.at(on(2018, 2, 2, 15)):
        issuing.issue(cohort=cohort, by=team.account("evaluator"))
