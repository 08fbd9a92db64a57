"""The letters about nominations: to the contact of an organisation, and to people who were proposed.

They go to people who have not applied, so they name nobody but the reader and whoever proposed them.
"""

from django.conf import settings
from django.urls import reverse

from core import outbox
from core.models import Message
from programmes.models import Cohort
from recruitment.models import Nomination, NominationRequest


def send_nomination_request(
    request: NominationRequest, token: str, *, message: str = "", is_reminder: bool = False
) -> Message:
    """An organisation's contact is asked to nominate people. Without email somebody reads the letter out on the phone."""
    by_email = bool(request.contact_email)
    link = settings.SITE_URL + reverse("recruitment:nominate", args=[token])
    context = {"request": request, "message": message, "is_reminder": is_reminder, "link": link if by_email else ""}
    return outbox.write(
        "recruitment/emails/nomination_request",
        context | _about(request.cohort),
        key=f"{_nomination_request_key(request)}{request.token_hash[:16]}",
        to=request.contact_email or request.contact_phone,
        recipient_name=request.contact_name,
        channel=Message.Channel.EMAIL if by_email else Message.Channel.PHONE,
        cohort=request.cohort,
        secrets=[token],
    )


def hold_back_nomination_request(request: NominationRequest) -> None:
    """Letters to the contact that have not gone out yet never do: their link is dead."""
    letters = Message.objects.filter(key__startswith=_nomination_request_key(request))
    letters.filter(state=Message.State.DUE).delete()


def send_nominated(nomination: Nomination, token: str) -> Message:
    """Somebody who was nominated is told by whom, and asked whether they want to apply."""
    link = settings.SITE_URL + reverse("recruitment:nominated", args=[token])
    context = {"nomination": nomination, "request": nomination.request, "link": link}
    return outbox.write(
        "recruitment/emails/nominated",
        context | _about(nomination.request.cohort),
        key=_nominated_key(nomination),
        to=nomination.email,
        recipient_name=nomination.name,
        cohort=nomination.request.cohort,
        secrets=[token],
    )


def discard_nominated(nomination: Nomination) -> None:
    """The letter goes with the details, because it holds them. One that is just being sent is left to finish."""
    Message.objects.filter(key=_nominated_key(nomination)).exclude(state=Message.State.SENDING).delete()


def _nomination_request_key(request: NominationRequest) -> str:
    return f"nomination-request:{request.pk}:"


def _nominated_key(nomination: Nomination) -> str:
    return f"nominated:{nomination.pk}"


def _about(cohort: Cohort) -> dict[str, object]:
    """What letters to people who have not applied may say of a cohort."""
    return {
        "cohort": cohort,
        "days": list(cohort.days.all()),
        "help_phone": cohort.help_phone or settings.BODY_PHONE,
        "help_email": cohort.help_email or settings.BODY_EMAIL,
    }
