"""The letters that recruitment sends. One function a letter; the words are in templates/recruitment/emails/.

They carry the name and the reference, never what somebody wrote. Each goes the way the person prefers (people.routes).
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from core import outbox
from core.models import Message
from core.tokens import hash_of, new_token
from people.routes import destination_of
from recruitment.calls import was_late
from recruitment.models import Application, Decision, PersonalLink

# Each decision is told in one letter; taking one back is told by a person, on the phone.
DECISION_LETTERS = {
    Decision.Outcome.ACCEPT: "recruitment/emails/offer",
    Decision.Outcome.RESERVE: "recruitment/emails/reserve",
    Decision.Outcome.DECLINE: "recruitment/emails/declined",
}


@dataclass(frozen=True)
class Words:
    """A letter's subject and text after somebody has looked at them."""

    subject: str
    text: str


def send_acknowledgement(application: Application) -> Message:
    """We have your application: the reference, what happens next, the link to see and change it."""
    late = was_late(application.cohort, application.submitted_at)
    return _write("recruitment/emails/acknowledgement", application, f"acknowledgement:{application.pk}", late=late)


def send_decision(decision: Decision, *, letter: Words | None = None, due_at: datetime | None = None) -> Message:
    """What was decided. The organiser's reason is for the record and is not in the letter; the criteria are."""
    template = DECISION_LETTERS[Decision.Outcome(decision.outcome)]
    offer = getattr(decision, "offer", None)
    return _write(template, decision.application, _decision_key(decision), letter=letter, due_at=due_at, offer=offer)


def send_confirmation(application: Application) -> Message:
    """You said yes: the place is yours."""
    last = application.decisions.order_by("-at", "-pk").first()
    return _write("recruitment/emails/confirmed", application, f"confirmed:{last.pk}")


def hold_back(decision: Decision) -> bool:
    """Take the letter about `decision` out of the outbox. False when it has already gone, or may have.

    The conditional DELETE and the worker's conditional claim cannot both win.
    """
    letter = Message.objects.filter(key=_decision_key(decision))
    letter.filter(state=Message.State.DUE).delete()
    return not letter.exists()


def link_to(application: Application) -> tuple[str, str]:
    """A fresh link to the person's own page, and the secret in it. Earlier links go on working."""
    token = new_token()
    PersonalLink.objects.create(token_hash=hash_of(token), application=application)
    return settings.SITE_URL + reverse("recruitment:mine", args=[token]), token


def _decision_key(decision: Decision) -> str:
    return f"decision:{decision.pk}"


def _write(
    template: str,
    application: Application,
    key: str,
    *,
    letter: Words | None = None,
    due_at: datetime | None = None,
    **context: object,
) -> Message:
    """One letter, once: with `letter` in those words, else in the template's. `[link]` in edited words is the link."""
    standing = Message.objects.filter(key=key).first()
    if standing is not None:
        return standing
    destination, (link, token) = destination_of(application.person), link_to(application)
    about = words_context(application, link=link, **context)
    if letter is not None:
        template, about = "recruitment/emails/as_edited", about | {"letter": letter}
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


def shipped_words(outcome: str, context: dict[str, object]) -> Words:
    """A decision's letter in the shipped words, rendered."""
    stem = DECISION_LETTERS[Decision.Outcome(outcome)]
    subject, text = (render_to_string(f"{stem}.{part}", context) for part in ("subject.txt", "txt"))
    return Words(" ".join(subject.split()), text.strip())
