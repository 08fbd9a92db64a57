"""The letters that recruitment sends. One function a letter; the words are in templates/recruitment/emails/.

They carry the name and the reference, never what somebody wrote. Each goes the way the person prefers (people.routes).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from core import outbox
from core.models import Message
from core.templatetags.laypartner import long_date, moment
from core.tokens import hash_of, new_token
from people.routes import destination_of
from programmes.characteristics import Characteristic
from programmes.models import Cohort, Day
from recruitment import wordings
from recruitment.agreement import waits_until
from recruitment.calls import was_late
from recruitment.models import Application, Decision, LetterWording, Offer, PersonalLink

# Each decision is told in one letter; taking one back is told by a person, on the phone.
DECISION_LETTERS = {
    Decision.Outcome.ACCEPT: "recruitment/emails/offer",
    Decision.Outcome.RESERVE: "recruitment/emails/reserve",
    Decision.Outcome.DECLINE: "recruitment/emails/declined",
}


WORDING_KINDS = {
    Decision.Outcome.ACCEPT: LetterWording.Kind.OFFER,
    Decision.Outcome.RESERVE: LetterWording.Kind.RESERVE,
    Decision.Outcome.DECLINE: LetterWording.Kind.DECLINE,
}
AS_EDITED = "recruitment/emails/as_edited"
FROM_RESERVE = "You were on our reserve list, and now a place has become free."
NOT_ELIGIBLE = (
    "The course asks some things of everybody who applies, and your application does not have all of them. "
    "Please ring us, and we will tell you more."
)


@dataclass(frozen=True)
class Words:
    """A letter's subject and text, with names in brackets (recruitment.wordings)."""

    subject: str
    text: str

    def filled(self, values: Mapping[str, str]) -> "Words":
        return Words(wordings.fill(self.subject, values), wordings.fill(self.text, values))


def send_acknowledgement(application: Application) -> Message:
    """We have your application: the reference, what happens next, the link to see and change it."""
    online = application.source == Application.Source.ONLINE
    about = {
        "late": online and was_late(application.cohort, application.submitted_at),
        "waits_until": _last_day(application) if application.state == Application.State.AWAITING else None,
    }
    return _write("recruitment/emails/acknowledgement", application, f"acknowledgement:{application.pk}", **about)


def _last_day(application: Application) -> date:
    return timezone.localdate(waits_until(application.person), application.cohort.zone)


def send_decision(decision: Decision, *, letter: Words | None = None, due_at: datetime | None = None) -> Message:
    """What was decided, in `letter` or else in the cohort's own words. Goes out at `due_at` (now), once a decision.

    The organiser's reason is for the record and is not in the letter; the characteristics it rests on are.
    """
    application, offer = decision.application, getattr(decision, "offer", None)
    values = values_of(
        application,
        outcome=decision.outcome,
        criteria=decision.criteria,
        was_on_reserve=decision.state_before == Application.State.RESERVE,
        reply_by=offer.reply_by if offer else None,
    )
    words = letter or cohort_words(application.cohort, decision.outcome)
    return _write(AS_EDITED, application, key_of(decision), due_at=due_at, letter=words, values=values)


def send_confirmation(application: Application) -> Message:
    """You said yes: the place is yours."""
    last = application.decisions.order_by("-at", "-pk").first()
    return _write("recruitment/emails/confirmed", application, f"confirmed:{last.pk}")


def send_reminder(offer: Offer, key: str, *, is_last: bool = False, due_at: datetime | None = None) -> Message:
    """We have not heard from you yet. `key` makes it one letter: an offer and a number."""
    template, application = "recruitment/emails/reminder", offer.application
    return _write(template, application, key, due_at=due_at, is_last=is_last, reply_by=_reply_by(offer))


def send_more_time(offer: Offer) -> Message:
    """You have until a later day to answer. One letter for an offer and a day."""
    key = f"more-time:{offer.pk}:{offer.reply_by:%Y%m%d%H%M}"
    return _write("recruitment/emails/more_time", offer.application, key, reply_by=_reply_by(offer))


def _reply_by(offer: Offer) -> str:
    with timezone.override(offer.application.cohort.zone):
        return moment(offer.reply_by)


def send_withdrawn(decision: Decision) -> Message:
    """You have withdrawn, or said no to the place: what it means, and until when it can be undone."""
    application = decision.application
    about = {"said_no": decision.outcome == Decision.Outcome.TURN_DOWN, "state_before": decision.state_before}
    return _write("recruitment/emails/withdrawn", application, f"withdrawn:{decision.pk}", **about)


def send_returned(decision: Decision) -> Message:
    """You are back, and where you stand now: with the day of the offer, if there is one again."""
    application = decision.application
    offer = application.offers.waiting().first()
    about = {"state": application.state, "reply_by": _reply_by(offer) if offer else ""}
    return _write("recruitment/emails/returned", application, f"returned:{decision.pk}", **about)


def hold_back(decision: Decision) -> bool:
    """Take the letter about `decision` out of the outbox. False when it has already gone, or may have.

    The conditional DELETE and the worker's conditional claim cannot both win.
    """
    letter = Message.objects.filter(key=key_of(decision))
    letter.filter(state=Message.State.DUE).delete()
    return not letter.exists()


def link_to(application: Application) -> tuple[str, str]:
    """A fresh link to the person's own page, and the secret in it. Earlier links go on working."""
    token = new_token()
    PersonalLink.objects.create(token_hash=hash_of(token), application=application)
    return settings.SITE_URL + reverse("recruitment:mine", args=[token]), token


def key_of(decision: Decision) -> str:
    return f"decision:{decision.pk}"


def _write(
    template: str,
    application: Application,
    key: str,
    *,
    due_at: datetime | None = None,
    letter: Words | None = None,
    values: dict[str, str] | None = None,
    **context: object,
) -> Message:
    """One letter, once: the template's, or `letter` with `values` filled in."""
    standing = Message.objects.filter(key=key).first()
    if standing is not None:
        return standing
    destination, (link, token) = destination_of(application.person), link_to(application)
    about = words_context(application, link=link, **context)
    if letter is not None:
        about["letter"] = letter.filled(values | {"link": link})
    return outbox.write(
        template,
        about,
        key=key,
        to=destination.to,
        recipient_name=application.person.name,
        channel=destination.channel,
        information_format=application.person.information_format,
        cohort=application.cohort,
        secrets=[token],
        due_at=due_at,
    )


def words_context(application: Application, **context: object) -> dict[str, object]:
    """What the templates of recruitment's letters may say."""
    cohort = application.cohort
    return {
        "application": application,
        "person": application.person,
        "cohort": cohort,
        "days": list(cohort.days.all()),
        "help_phone": cohort.help_phone or settings.BODY_PHONE,
        "help_email": cohort.help_email or settings.BODY_EMAIL,
        **context,
    }


def values_of(
    application: Application,
    *,
    outcome: str,
    criteria: Iterable[str] = (),
    was_on_reserve: bool = False,
    reply_by: datetime | None = None,
) -> dict[str, str]:
    """What the names in a decision's letter become for one person; times are on the cohort's clock.

    The link is not among them: it is made when the letter is written. Without `reply_by` that name stays in brackets.
    """
    person, cohort = application.person, application.cohort
    about = words_context(application)
    with timezone.override(cohort.zone):
        days = [f"- {long_date(day.date)}{_elsewhere(day, cohort)}" for day in about["days"]]
        known = {"reply by": moment(reply_by)} if reply_by else {}
    return known | {
        "name": person.name,
        "reference": application.reference,
        "cohort": cohort.title,
        "dates": "\n".join(days),
        "place": cohort.place,
        "expenses": cohort.expenses,
        "criteria": _criteria(application, criteria),
        "help": f"{about['help_phone']} or write to {about['help_email']}",
        "help phone": about["help_phone"],
        "from the reserve list": FROM_RESERVE if was_on_reserve and outcome == Decision.Outcome.ACCEPT else "",
        "not eligible": NOT_ELIGIBLE if application.eligibility == Application.Eligibility.NOT_ELIGIBLE else "",
        "body": settings.BODY_NAME,
    }


def _elsewhere(day: Day, cohort: Cohort) -> str:
    """The venue of a day, where it is not the place of the whole course."""
    return f", {day.venue}" if day.venue and day.venue != cohort.place else ""


def _criteria(application: Application, ticked: Iterable[str]) -> str:
    """The characteristics a decision rests on, a line each: all seven where nobody ticked any.

    None for somebody who is not eligible: then the scores were not the reason.
    """
    if application.eligibility == Application.Eligibility.NOT_ELIGIBLE:
        return ""
    chosen = set(ticked) or set(Characteristic)
    return "\n".join(f"- {item.label}" for item in Characteristic if item in chosen)


def cohort_words(cohort: Cohort, outcome: str) -> Words:
    """The letter of a decision as this cohort writes it, with its names in brackets. One query."""
    own = LetterWording.objects.filter(cohort=cohort, kind=WORDING_KINDS[Decision.Outcome(outcome)]).first()
    return words_of(own, outcome)


def words_of(own: LetterWording | None, outcome: str) -> Words:
    """A cohort's own words for a decision's letter, or ours where it has none."""
    return Words(own.subject, own.text) if own else shipped_words(outcome)


def shipped_words(outcome: str) -> Words:
    """The letter of a decision as we ship it, with its names in brackets."""
    stem = DECISION_LETTERS[Decision.Outcome(outcome)]
    return Words(*(render_to_string(f"{stem}.{part}").strip() for part in ("subject.txt", "txt")))
