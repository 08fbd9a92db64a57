"""What waits for whoever types in applications: agreements to get, answers to write down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from core.models import Message
from people.models import AccessNeed, Consent, InformationFormat, Person
from programmes.models import Cohort
from recruitment.agreement import waits_until
from recruitment.communities import LABELS
from recruitment.models import Application, CharacteristicAnswer, Recording
from recruitment.rubric import CRITERIA, Criterion

SPOKEN = (CharacteristicAnswer.Mode.PHONE, CharacteristicAnswer.Mode.RECORDING)


@dataclass(frozen=True)
class Waiting:
    """An application that waits for agreement. After `until` the nightly job deletes it."""

    application: Application
    until: datetime
    days_left: int


def waiting_for_agreement(cohort: Cohort, now: datetime | None = None) -> list[Waiting]:
    """The one that is deleted first comes first. One query."""
    moment = now or timezone.now()
    rows = Application.objects.filter(cohort=cohort, state=Application.State.AWAITING)
    rows = rows.select_related("person", "cohort").order_by("person__created_at", "pk")
    return [_waiting(row, moment) for row in rows]


def _waiting(row: Application, moment: datetime) -> Waiting:
    until = waits_until(row.person)
    return Waiting(row, until, max((until - moment).days, 0))


@dataclass(frozen=True)
class SpokenAnswer:
    """One answer by phone or as a recording: the question, what is typed in so far, what to listen to."""

    criterion: Criterion
    answer: CharacteristicAnswer
    recordings: list[Recording]


def spoken_answers(application: Application, recordings: Sequence[Recording]) -> list[SpokenAnswer]:
    """In the order of the questions. One query."""
    answers = {answer.characteristic: answer for answer in application.answers.filter(mode__in=SPOKEN)}
    return [
        SpokenAnswer(item, answers[code], [sound for sound in recordings if sound.question == code])
        for item in CRITERIA
        if (code := str(item.characteristic)) in answers
    ]


def is_unwritten(application: Application) -> bool:
    """Whether an answer by phone or recording is not typed in yet. Uses what was prefetched."""
    return any(answer.mode in SPOKEN and not answer.text for answer in application.answers.all())


def recordings_of(application: Application) -> list[Recording]:
    """What there is to listen to, without the sounds themselves. One query."""
    return list(application.recordings.defer("content").order_by("uploaded_at", "pk"))


Part = tuple[str, list[tuple[str, str]]]


def read_back(application: Application, *, with_needs: bool) -> list[Part]:
    """What was typed, in the order of the form: titles with questions and answers. Uses what was prefetched.

    `with_needs` is for readers who may see what people need to take part; it costs a query.
    """
    person = application.person
    parts = [
        ("About you", _about(person)),
        ("You as a patient or carer", _background(application)),
        ("Seven questions", _questions(application)),
        ("What you want, and when you can come", _wishes(application)),
    ]
    if with_needs:
        parts.append(("What you need to take part", _needs(person)))
    return [(title, [(label, value or "Not said") for label, value in rows]) for title, rows in parts]


def _about(person: Person) -> list[tuple[str, str]]:
    routes = sorted(person.contact_routes.all(), key=lambda route: (not route.is_preferred, route.kind))
    message = {True: "Yes", False: "No", None: ""}[person.may_leave_message]
    return [
        ("Your name", person.name + (f" ({person.pronunciation})" if person.pronunciation else "")),
        *(
            (route.get_kind_display() + (" (used first)" if route.is_preferred else ""), route.value)
            for route in routes
        ),
        ("A safe time to call", person.best_time),
        ("We may leave a message", message),
        ("Who helps you", person.helper),
        ("We write to you in", person.get_information_format_display()),
    ]


def _background(application: Application) -> list[tuple[str, str]]:
    person = application.person
    return [
        ("Where you live", person.area),
        ("Patient or carer", application.get_lived_experience_display()),
        ("You have had lay roles for", application.get_experience_display()),
        ("Your lay roles", application.lay_roles),
        ("Your organisation or group", person.organisation.name if person.organisation else ""),
        ("Communities you are in touch with", ", ".join(LABELS.get(code, code) for code in application.communities)),
    ]


def _questions(application: Application) -> list[tuple[str, str]]:
    """The hours stand before the question about them, as on the form."""
    answers = {answer.characteristic: answer for answer in application.answers.all()}
    *six, time = [(f"{item.number}. {item.question}", _said(answers.get(item.characteristic))) for item in CRITERIA]
    hours = "" if application.hours_a_month is None else str(application.hours_a_month)
    return [*six, ("How many hours a month you can give", hours), time]


def _said(answer: CharacteristicAnswer | None) -> str:
    if answer is None or answer.text:
        return answer.text if answer else ""
    return (
        "" if answer.mode == CharacteristicAnswer.Mode.WRITTEN else f"{answer.get_mode_display()}, to be written down"
    )


def _wishes(application: Application) -> list[tuple[str, str]]:
    missed = ", ".join(f"day {number}" for number in application.days_missed)
    return [
        ("What you want from the course", application.wants),
        ("You can come on", "every day" if application.can_come_every_day else f"not on {missed or 'every day'}"),
    ]


def _needs(person: Person) -> list[tuple[str, str]]:
    found = list(person.access_needs.order_by("pk"))
    return [
        (kind.label, "\n".join(need.description for need in found if need.kind == kind)) for kind in AccessNeed.Kind
    ]


def letter_in_words(application: Application) -> str:
    """Where the letter with the reference goes, and how: "by post to 3 Elm Road, London, in large print"."""
    letter = Message.objects.filter(key=f"acknowledgement:{application.pk}").first()
    if letter is None:
        return ""
    way = {"POST": "by post", "PHONE": "by phone", "EMAIL": "by email"}[letter.channel]
    form = letter.information_format
    usual = form in ("", InformationFormat.STANDARD)
    words = f"{way} to {letter.to}" + ("" if usual else f", in {InformationFormat(form).label.lower()}")
    return words


def agreements_of(application: Application) -> list[Consent]:
    """What the person has agreed to and not taken back, in the order of the form. One query."""
    order = list(Consent.Purpose.values)
    standing = application.person.consents.filter(withdrawn_at=None)
    return sorted(standing, key=lambda consent: order.index(consent.purpose))
