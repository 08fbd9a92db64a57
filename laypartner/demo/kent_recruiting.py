"""Recruitment in Kent, Surrey and Sussex: 92 applications, six reviewers, offers out, a reserve list, things to settle."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from laypartner.demo import clock, recruiting, team, texts
from laypartner.demo.calendar import Calendar
from laypartner.demo.files import rows, words
from laypartner.demo.recruiting import Applicant
from people.models import User
from programmes.characteristics import Characteristic
from programmes.models import Cohort
from recruitment import equality
from recruitment.agreement import NEEDED
from recruitment.models import Application, Channel, ConflictOfInterest, PendingDecision, RecruitmentSettings
from recruitment.services import (
    assigning,
    drafting,
    eligibility,
    moderating,
    nominating,
    offering,
    preparing,
    reminding,
    reviewing,
    setting_up,
)
from recruitment.services import equality as sheets

FIRST_NUMBER = 58  # the texts go on where London's stop
FIRST_SENT, SENT_EVERY = -20, timedelta(minutes=285)
# Days on which reviews are given out; the last applications have nobody yet.
DEALT_ON = (-14, -10, -4)
MODERATED = 4
SHEETS = 58
Everybody = list[tuple[Application, Applicant]]


def set_up(cohort: Cohort, calendar: Calendar) -> None:
    """Rules, channels and whom we asked to propose people."""
    by = team.account("organiser")
    RecruitmentSettings.objects.create(cohort=cohort, **words("kent")["rules"])
    for row in words("kent")["channels"]:
        fields = {name: value for name, value in row.items() if name != "days_ago"}
        day = calendar.at(-row["days_ago"]).date()
        setting_up.add_channel(cohort=cohort, by=by, advertised_on=day, **fields)
    for row in words("kent")["requests"]:
        _nominate(cohort, row, by)


def _nominate(cohort: Cohort, row: dict[str, Any], by: User) -> None:
    request = nominating.ask(
        cohort=cohort,
        organisation_name=row["organisation"],
        kind=row["kind"],
        area=row["area"],
        contact_name=row["contact"],
        contact_email=row.get("email", ""),
        contact_phone=row.get("phone", ""),
        asked_for=row["asked_for"],
        by=by,
    )
    for person in row["people"]:
        details = {name: value for name, value in person.items() if name != "answer"}
        nomination = nominating.nominate(request=request, **details)
        if person["answer"] == "yes":
            nominating.say_yes(nomination=nomination)
        elif person["answer"] == "no":
            nominating.say_no(nomination=nomination)


def recruit(cohort: Cohort, calendar: Calendar) -> None:
    """Everything that has happened since the call opened, in its order."""
    everybody = _receive_and_score(cohort, calendar)
    _look(cohort, everybody, calendar)
    _settle(cohort, calendar)
    _decide(everybody, calendar)
    _prepare(cohort, everybody, calendar)
    _begin_forms(cohort, calendar)
    _fill_in_sheets(cohort, calendar)


def _receive_and_score(cohort: Cohort, calendar: Calendar) -> Everybody:
    """The forms as they come. Three times reviews are given out and scored, as far as the file says; the last wait."""
    waiting = _forms(cohort, calendar)
    everybody: Everybody = []
    for day, until in zip(DEALT_ON, (*DEALT_ON[1:], -1), strict=True):
        dealt_at = calendar.at(day, 9)
        come = [_send(cohort, *waiting.pop(0)) for _ in list(waiting) if waiting[0][1] < dealt_at]
        with clock.at(dealt_at):
            if not everybody:
                _know_people(come)
            assigning.deal(cohort=cohort, by=team.account("organiser"))
        for place, (application, applicant) in enumerate(come):
            _review(application, applicant, min(dealt_at + timedelta(minutes=95 * (place + 1)), calendar.at(until, 8)))
        everybody += come
    return everybody + [_send(cohort, *form) for form in waiting]


def _forms(cohort: Cohort, calendar: Calendar) -> list[tuple[Applicant, datetime, dict[str, Any]]]:
    """Who sends, when, and what the demo adds to the form. Three came on paper without a signature."""
    channels = {channel.code: channel for channel in Channel.objects.filter(cohort=cohort)}
    forms = []
    for place, row in enumerate(rows("applicants-kent.csv")):
        source = row["source"].upper()
        applicant = Applicant(FIRST_NUMBER + place, row, row["outcome"], int(row["reviews"]), source=source)
        agreements = () if row["state"] == "awaiting" else NEEDED
        more = {"channel": channels.get(row["channel"]), "agreements": agreements}
        forms.append((applicant, calendar.at(FIRST_SENT, 8) + SENT_EVERY * place, more))
    return forms


def _send(cohort: Cohort, applicant: Applicant, sent: datetime, more: dict[str, Any]) -> tuple[Application, Applicant]:
    return recruiting.apply(cohort, applicant, sent, **more), applicant


def _look(cohort: Cohort, everybody: Everybody, calendar: Calendar) -> None:
    """Somebody looks whether each may be considered. Two may not; the newest nobody has looked at."""
    by = team.account("organiser")
    ruled_out = [application for application, applicant in everybody if applicant.row["state"] == "not-eligible"]
    looked_at = [application for application, applicant in everybody if applicant.reviews]
    with clock.at(calendar.at(-3, 9)):
        reason = "A patient or carer from the region, with the time."
        eligibility.check_many(cohort=cohort, applications=looked_at, is_eligible=True, reason=reason, by=by)
    with clock.at(calendar.at(-2, 9)):
        reason = "Lives outside Kent, Surrey and Sussex and holds no role here."
        eligibility.check_many(cohort=cohort, applications=ruled_out, is_eligible=False, reason=reason, by=by)


def _know_people(come: Everybody) -> None:
    """Three reviewers know an applicant each, and say so before they read."""
    keys = ("reviewer", "third-reviewer", "fifth-reviewer")
    reasons = ("We sat on the same patient panel for two years.", "A neighbour.", "My sister’s colleague.")
    for (application, _), key, reason in zip(come[4::7], keys, reasons, strict=False):
        assigning.note_conflict(
            application=application,
            reviewer=team.account(key),
            kind=ConflictOfInterest.Kind.DECLARED,
            reason=reason,
            by=team.account(key),
        )


def _review(application: Application, applicant: Applicant, moment: datetime) -> None:
    """As many of those whom it was given to as the file says; where it says one, that one has begun and not finished.

    Now and then two reviewers see two different people.
    """
    given = list(application.assignments.select_related("reviewer").order_by("pk"))
    # The reviewer whom the demo's bar makes of a visitor comes last, so that something is left to score.
    given.sort(key=lambda assignment: assignment.reviewer == team.account("reviewer"))
    for place, assignment in enumerate(given[: applicant.reviews]):
        level = recruiting.LEVELS[applicant.outcome]
        scores = texts.scores(applicant.number, level=level, reviewer=place, is_apart=_is_apart(applicant))
        with clock.at(moment + timedelta(minutes=17 * place)):
            remarks = reviewing.Remarks(**texts.remarks(applicant.number, place))
            if applicant.reviews == 1:
                begun = {item: scores[item] for item in list(Characteristic)[: 2 + applicant.number % 4]}
                reviewing.keep_for_later(application=application, scores=begun, by=assignment.reviewer)
            else:
                reviewing.save_review(application=application, scores=scores, by=assignment.reviewer, remarks=remarks)


def _is_apart(applicant: Applicant) -> bool:
    return not applicant.outcome and applicant.number % 4 != 1


def _settle(cohort: Cohort, calendar: Calendar) -> None:
    """The moderator has settled the first few differences. The others wait."""
    by = team.account("moderator")
    waiting = Application.objects.filter(
        cohort=cohort, state=Application.State.SUBMITTED, agreed_scores__widest_gap__gte=2
    )
    with clock.at(calendar.at(-3, 15)):
        for application in waiting.order_by("submitted_at")[:MODERATED]:
            marks = {item: getattr(application.agreed_scores, item.lower()) for item in Characteristic}
            reason = "Read again with both reasons beside it: the second example carries it."
            moderating.settle(application=application, marks=marks, reason=reason, by=by)


def _decide(everybody: Everybody, calendar: Calendar) -> None:
    """The first round: most said yes, one no, some are silent; one place went on to the next."""
    by = team.account("organiser")
    for place, (application, applicant) in enumerate(everybody):
        if applicant.outcome in ("", "prepared"):
            continue
        kind = applicant.outcome if applicant.outcome in ("reserve", "decline") else "accept"
        reason, criteria = texts.decision_reason(kind, applicant.number), texts.criteria(applicant.number)
        with clock.at(calendar.at(-6, 9, place)):
            recruiting.DECIDE[kind](application=application, reason=reason, criteria=criteria, by=by)
        _answer(application, applicant, calendar, by)
    with clock.at(calendar.at(-2, 10)):
        reminding.remind_due()


def _answer(application: Application, applicant: Applicant, calendar: Calendar, by: User) -> None:
    with clock.at(calendar.at(-5, 9) + timedelta(minutes=67 * (applicant.number % 40))):
        if applicant.outcome == "accept":
            offering.say_yes(application=application)
        elif applicant.outcome == "turned-down":
            offering.say_no(application=application)
    if applicant.outcome == "lapsed":
        with clock.at(calendar.at(-2, 11)):
            offering.lapse(application=application, reason="No answer by email or phone; asked three times.", by=by)


def _prepare(cohort: Cohort, everybody: Everybody, calendar: Calendar) -> None:
    """Six more offers are prepared and wait for somebody to look at the letters."""
    chosen = [application for application, applicant in everybody if applicant.outcome == "prepared"]
    with clock.at(calendar.at(-1, 16)):
        preparing.prepare(
            cohort=cohort,
            applications=chosen,
            outcome=PendingDecision.Outcome.ACCEPT,
            criteria=["LISTENING", "CONNECTIONS"],
            reason="Strong on listening, and in touch with groups that the cohort does not reach yet.",
            by=team.account("organiser"),
            before_settled="Both reviewers say yes; they differ only in how strongly.",
        )


def _begin_forms(cohort: Cohort, calendar: Calendar) -> None:
    """Some have begun a form and not sent it."""
    for place, row in enumerate(words("kent")["drafts"]):
        with clock.at(calendar.at(-row["days_ago"], 11, 7 * place)):
            key = uuid.uuid5(recruiting.NAMESPACE, f"{cohort.slug}/draft/{place}")
            email = row["values"].get("email", "")
            drafting.start(cohort=cohort, key=key, values=row["values"], email=email, channel=row["channel"])


def _fill_in_sheets(cohort: Cohort, calendar: Calendar) -> None:
    """Equality sheets: counts, in no order and about nobody."""
    with clock.at(calendar.at(-1, 8)):
        for number in range(SHEETS):
            answers = {question.key: texts.sheet_answer(question, number) for question in equality.QUESTIONS}
            sheets.count(cohort=cohort, answers={key: answer for key, answer in answers.items() if answer})
