"""Things for tests, with sensible defaults. Plain functions: make.cohort(capacity=6), make.participant(cohort)."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from core.audit import scope_of
from core.models import Message
from core.tokens import hash_of, new_token
from evaluation.models import Response, Wave
from evaluation.services import answering, waves
from people.models import Organisation, Person, RoleAssignment, User
from people.services import registering
from programmes.characteristics import Characteristic
from programmes.models import Coach, Cohort, Day, Experience, Participant, Programme, Slot
from recruitment.models import (
    Application,
    Assignment,
    CharacteristicAnswer,
    Draft,
    DuplicateVerdict,
    Nomination,
    PersonalLink,
    Recording,
    RecruitmentSettings,
    Review,
    Score,
)
from recruitment.services import nominating, standing_scores
from reports.models import Report
from reports.services import issuing

DATES = (date(2017, 11, 23), date(2017, 11, 24), date(2018, 1, 16))
_numbers = count(1)


def organisation(name: str = "London Leadership Academy", **fields: Any) -> Organisation:
    return Organisation.objects.get_or_create(name=name, defaults=fields)[0]


def programme(name: str = "The Effective Lay Partner", **fields: Any) -> Programme:
    commissioner = fields.pop("commissioner", None) or organisation()
    return Programme.objects.get_or_create(name=name, commissioner=commissioner, defaults=fields)[0]


def cohort(slug: str = "london-2017", *, dates: tuple[date, ...] = DATES, **fields: Any) -> Cohort:
    """A cohort with its three days. `open=True` opens its call for applications now."""
    if fields.pop("open", False):
        now = timezone.now()
        fields |= {"applications_open_at": now - timedelta(days=7), "applications_close_at": now + timedelta(days=7)}
    fields = {"title": slug.replace("-", " ").title(), "region": "London", "capacity": 40} | fields
    fields.setdefault("programme", None)
    fields["programme"] = fields["programme"] or programme()
    made = Cohort.objects.create(slug=slug, **fields)
    Day.objects.bulk_create(Day(cohort=made, number=n, date=d) for n, d in enumerate(dates, start=1))
    return made


def user(email: str, *roles: tuple[str, Any], name: str = "") -> User:
    """An account; each role is (role, cohort or programme)."""
    made = User.objects.create_user(email, name=name or email.split("@")[0].title())
    for role, scope in roles:
        field = "programme" if isinstance(scope, Programme) else "cohort"
        RoleAssignment.objects.create(user=made, role=role, **{field: scope})
    return made


def person(name: str = "", **fields: Any) -> Person:
    number = next(_numbers)
    return registering.register(
        name=name or f"Person {number}", email=fields.pop("email", f"person{number}@example.org"), **fields
    )


def participant(in_cohort: Cohort, ref: str = "", **fields: Any) -> Participant:
    of = fields.pop("person", None) or person(area=fields.pop("area", "Camden"), name=fields.pop("name", ""))
    fields = {"experience": Experience.FROM_1_TO_3, "lived_experience": "PATIENT"} | fields
    ref = ref or f"T{in_cohort.participants.count() + 1:02d}"
    return Participant.objects.create(cohort=in_cohort, person=of, ref=ref, **fields)


def coach(in_cohort: Cohort, ref: str = "", **fields: Any) -> Coach:
    """A coach who can come on every day of the cohort."""
    of = fields.pop("person", None) or person()
    ref = ref or f"C{in_cohort.coaches.count() + 1}"
    made = Coach.objects.create(cohort=in_cohort, person=of, ref=ref, **({"type": Coach.Type.DOCTOR} | fields))
    made.days.set(in_cohort.days.all())
    return made


def slot(day: Day, **fields: Any) -> Slot:
    fields = {"starts_at": "09:30", "minutes": 30, "kind": Slot.Kind.TABLE_WORK, "title": "At the tables"} | fields
    return Slot.objects.create(day=day, **fields)


def application(in_cohort: Cohort, **fields: Any) -> Application:
    """A sent application with an answer to each of the seven questions."""
    of = fields.pop("person", None) or person(area=fields.pop("area", "Camden"), name=fields.pop("name", ""))
    fields = {
        "reference": f"A{next(_numbers):05d}",
        "experience": Experience.FROM_1_TO_3,
        "lived_experience": "PATIENT",
        "submitted_at": datetime(2017, 10, 20, 12, tzinfo=UTC),
        "agreed_at": datetime(2017, 10, 20, 12, tzinfo=UTC),
    } | fields
    made = Application.objects.create(cohort=in_cohort, person=of, **fields)
    CharacteristicAnswer.objects.bulk_create(
        CharacteristicAnswer(application=made, characteristic=c, text=f"What I did about {c.label.lower()}.")
        for c in Characteristic
    )
    return made


def review(of: Application, by: User, *marks: int) -> Review:
    """A complete review: seven marks, or one mark for all seven."""
    all_marks = marks if len(marks) == 7 else (marks[0] if marks else 3,) * 7
    made = Review.objects.create(application=of, reviewer=by)
    Score.objects.bulk_create(
        Score(review=made, characteristic=c, mark=mark, reason="Shown in the answer.")
        for c, mark in zip(Characteristic, all_marks, strict=True)
    )
    standing_scores.refresh([of])
    return made


def settings(in_cohort: Cohort, **fields: Any) -> RecruitmentSettings:
    """Recruitment settings that differ from the usual in `fields`."""
    return RecruitmentSettings.objects.create(cohort=in_cohort, **fields)


def assigned(of: Application, *reviewers: User) -> list[Assignment]:
    """The application is for these reviewers to read."""
    return [Assignment.objects.create(application=of, reviewer=reviewer) for reviewer in reviewers]


def link(to: Application | Draft) -> str:
    """The secret of a personal link to an application or a draft."""
    token, place = new_token(), "draft" if isinstance(to, Draft) else "application"
    PersonalLink.objects.create(token_hash=hash_of(token), **{place: to})
    return token


def recording(of: Application | Draft, **fields: Any) -> Recording:
    """A spoken answer to all seven questions, for an application or a draft."""
    sound = b"OggS" + bytes(range(256))
    place = "draft" if isinstance(of, Draft) else "application"
    about = {"content_type": "audio/ogg", "content": sound, "size": len(sound), place: of} | fields
    return Recording.objects.create(**about)


def verdict(first: Application, second: Application, by: User, **fields: Any) -> DuplicateVerdict:
    """Somebody looked at the two and said that they are two people's."""
    about = {"verdict": DuplicateVerdict.Verdict.DIFFERENT, "reason": "Cousins"} | fields
    return DuplicateVerdict.objects.create(first=first, second=second, by=by, **about)


def nomination(in_cohort: Cohort, by: User, **who: str) -> Nomination:
    """Somebody whom an organisation has nominated, and who has not answered yet."""
    number = next(_numbers)
    asked = nominating.ask(
        cohort=in_cohort,
        organisation_name=f"Healthwatch {number}",
        kind=Organisation.Kind.VOLUNTARY,
        area="Camden",
        contact_name="Jo Bloggs",
        contact_email="jo@example.org",
        asked_for=2,
        by=by,
    )
    who = {"name": f"Nominee {number}", "email": f"nominee{number}@example.org", "why": "They listen."} | who
    return nominating.nominate(request=asked, **who)


def wave(in_cohort: Cohort, kind: str = Wave.Kind.IMMEDIATE) -> Wave:
    """A wave with the shipped instrument."""
    return waves.ensure(cohort=in_cohort, kind=kind)


def response(in_wave: Wave, form: str, **answers: int | None) -> Response:
    """One paper form: response(wave, "F01", small_groups=5, darzi=None)."""
    return answering.record_forms(wave=in_wave, forms=[answering.Form(form=form, answers=answers)])[0]


def report(of: Cohort, by: User) -> Report:
    """An issued report of whatever is in the cohort now."""
    return issuing.issue(cohort=of, by=by)


def letter(about: Cohort, **fields: Any) -> Message:
    """A letter waiting in the outbox of a cohort."""
    usual = {"to": "ann@example.org", "subject": "About your place", "text": "Dear Ann", "due_at": timezone.now()}
    return Message.objects.create(key=f"letter:{next(_numbers)}", scope=scope_of(about), **usual | fields)
