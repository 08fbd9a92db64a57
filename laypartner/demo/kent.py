"""Kent, Surrey and Sussex: a cohort in the middle of recruitment, its dates counted from today."""

from datetime import date
from decimal import Decimal

from evaluation.models import Invitation, Response, Wave
from evaluation.services import answering, waves
from laypartner.demo import clock, kent_recruiting, letters, sessions, team
from laypartner.demo.calendar import Calendar
from laypartner.demo.files import KENT, rows, words
from laypartner.exchange.values import COACH_TYPE
from people.services import registering
from programmes.models import Cohort
from programmes.services import coaches, cohorts, seating

# Forms that came back from the first people, before the programme: marks in the order of the questions.
EARLY_FORMS = {
    "K01": (Response.Source.ONLINE, "43344435"),
    "K02": (Response.Source.ONLINE, "54434345"),
    "K03": (Response.Source.PAPER, "33423334"),
    "K04": (Response.Source.PHONE, "44533444"),
    "K05": (Response.Source.ONLINE, "55445555"),
}


def load(today: date) -> Cohort:
    calendar = Calendar(today)
    with clock.at(calendar.at(-28)):
        cohort = _open(calendar)
        team.give_roles(cohort)
        sessions.plan_days(cohort)
        kent_recruiting.set_up(cohort, calendar)
    kent_recruiting.recruit(cohort, calendar)
    with clock.at(calendar.at(-2, 14)):
        _seat_day_1(cohort)
    with clock.at(calendar.at(-2, 16)):
        _ask_before(cohort)
    letters.all_sent(cohort, before=calendar.at(-2, 12))
    letters.some_trouble(cohort)
    return cohort


def _open(calendar: Calendar) -> Cohort:
    details = dict(words("words")["kent"])
    commissioner = registering.organisation_named(details.pop("programme_commissioner"))
    return cohorts.create(
        programme=cohorts.programme_named(name="The Effective Lay Partner", commissioner=commissioner),
        slug=KENT,
        capacity=40,
        time_zone="Europe/London",
        dates=calendar.session_days(),
        applications_open_at=calendar.at(-21, 9),
        applications_close_at=calendar.at(14, 23, 59),
        **details,
    )


def _seat_day_1(cohort: Cohort) -> None:
    days = {day.number: day for day in cohort.days.all()}
    for row in rows("coaches-kent.csv"):
        person = registering.register(name=row["name"], email=f"{row['name'].lower().replace(' ', '.')}@example.org")
        coaches.add(
            cohort=cohort,
            person=person,
            ref=row["ref"],
            type=COACH_TYPE[row["type"]],
            day_rate=Decimal(row["day_rate"]),
            days=[days[int(number)] for number in row["days"].split()],
            by=team.account("organiser"),
        )
    seating.confirm(day=days[1], proposal=seating.propose(day=days[1], seed=1), by=team.account("organiser"))


def _ask_before(cohort: Cohort) -> None:
    """Everybody with a place is asked; five have answered."""
    evaluator = team.account("evaluator")
    wave = waves.ensure(cohort=cohort, kind=Wave.Kind.BEFORE, by=evaluator)
    waves.open_now(wave=wave, by=evaluator)
    waves.invite(wave=wave, by=evaluator)
    keys = list(wave.version.items.order_by("position").values_list("key", flat=True))
    forms = [
        answering.Form(form=number, source=source, answers=dict(zip(keys, map(int, marks), strict=True)))
        for number, (source, marks) in EARLY_FORMS.items()
    ]
    answering.record_forms(wave=wave, forms=forms, by=evaluator)
    answered = Invitation.objects.filter(wave=wave).order_by("participant__ref")[: len(forms)]
    Invitation.objects.filter(pk__in=[invitation.pk for invitation in answered]).update(has_answered=True)
