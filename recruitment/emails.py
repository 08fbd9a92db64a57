"""The letters that recruitment sends. One function a letter; the words are in templates/recruitment/emails/.

They carry the name and the reference, never what somebody wrote. By email where the person has an address and did not
ask for post; otherwise a letter to print, in the person's information format.
"""

from core import outbox
from core.models import Message
from people.models import Person, Route
from recruitment.calls import was_late
from recruitment.models import Application, Decision

# Reserve and decline are told in one kind letter each; taking a decision back is told by a person, on the phone.
DECISION_LETTERS = {
    Decision.Outcome.ACCEPT: "recruitment/emails/place",
    Decision.Outcome.RESERVE: "recruitment/emails/reserve",
    Decision.Outcome.DECLINE: "recruitment/emails/declined",
}


def send_acknowledgement(application: Application) -> Message:
    """We have your application: the reference, what happens next, how to correct something."""
    late = was_late(application.cohort, application.submitted_at)
    return _write("recruitment/emails/acknowledgement", application, f"acknowledgement:{application.pk}", late=late)


def send_decision(decision: Decision) -> Message:
    """What was decided. The organiser's reason is for the record and is not in the letter."""
    template = DECISION_LETTERS[Decision.Outcome(decision.outcome)]
    return _write(template, decision.application, _decision_key(decision))


def hold_back(decision: Decision) -> bool:
    """Take the letter about `decision` out of the outbox. False when it has already gone, or may have.

    The conditional DELETE and the worker's conditional claim cannot both win.
    """
    letter = Message.objects.filter(key=_decision_key(decision))
    letter.filter(state=Message.State.DUE).delete()
    return not letter.exists()


def _decision_key(decision: Decision) -> str:
    return f"decision:{decision.pk}"


def _write(template: str, application: Application, key: str, **context: object) -> Message:
    cohort, person = application.cohort, application.person
    channel, to = _where_to(person)
    return outbox.write(
        template,
        {
            "application": application,
            "person": person,
            "cohort": cohort,
            "days": list(cohort.days.all()),
            "help_phone": cohort.help_phone,
            "help_email": cohort.help_email,
            **context,
        },
        key=key,
        to=to,
        recipient_name=person.name,
        channel=channel,
        cohort=cohort,
    )


def _where_to(person: Person) -> tuple[str, str]:
    """Channel and address. Somebody without email and without a postal address is asked for it on the phone."""
    routes = {route.kind: route for route in person.contact_routes.all()}
    post, email, phone = routes.get(Route.POST), routes.get(Route.EMAIL), routes.get(Route.PHONE)
    wants_post = post is not None and post.is_preferred
    if email and email.value and not wants_post:
        return Message.Channel.EMAIL, email.value
    address = post.value.replace("\n", ", ") if post else ""
    to = address or f"Ask for the postal address: {phone.value if phone else 'no telephone'}"
    return Message.Channel.POST, to[:254]
