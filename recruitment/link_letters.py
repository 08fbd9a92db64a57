"""Letters that lead somebody back to their own form or application: a link, or a code for another browser.

An address may be shared, so they name nobody: what they open tells who it is, after a code. Always by email, because
only somebody with an email address can ask for them.
"""

from uuid import uuid4

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from core import codes, outbox
from core.models import Message
from programmes.models import Cohort
from recruitment.models import Application, Draft


def address_of(thing: Draft | Application, token: str) -> str:
    """Where a personal link leads: to the form, and to the person's own page once it is sent."""
    name = "recruitment:draft" if isinstance(thing, Draft) else "recruitment:mine"
    return settings.SITE_URL + reverse(name, args=[token])


def send_link_to_draft(draft: Draft, token: str) -> Message:
    """The way back to a form that somebody began."""
    return _write("draft_link", draft.cohort, draft.email, secrets=[token], link=address_of(draft, token))


def send_code(thing: Draft | Application, email: str, code: str) -> Message:
    """Six digits to type into the page that asked for them."""
    minutes = int(codes.LASTS.total_seconds()) // 60
    return _write("own_code", thing.cohort, email, secrets=[code], code=code, minutes=minutes)


def send_lost_link(thing: Draft | Application, email: str, token: str) -> Message:
    """A fresh link to one form or application, told apart by its reference or by when it was begun."""
    link = address_of(thing, token)
    return _write("lost_link", thing.cohort, email, secrets=[token], link=link, thing=thing)


def send_nothing_found(cohort: Cohort, email: str) -> Message:
    """Somebody asked for a link with an address that we do not know."""
    return _write("nothing_found", cohort, email)


def _write(
    stem: str, cohort: Cohort, email: str, *, secrets: tuple[str, ...] | list[str] = (), **words: object
) -> Message:
    help_at = {
        "help_phone": cohort.help_phone or settings.BODY_PHONE,
        "help_email": cohort.help_email or settings.BODY_EMAIL,
    }
    with timezone.override(cohort.zone):
        return outbox.write(
            f"recruitment/emails/{stem}",
            {"cohort": cohort, **help_at, **words},
            key=f"{stem}:{uuid4()}",
            to=email,
            cohort=cohort,
            secrets=secrets,
        )
