"""Leading people back to their own form or application: a code for another browser, a lost link."""

from django.db import transaction
from django.utils import timezone

from core import codes
from core.tokens import hash_of, new_token
from programmes.models import Cohort
from recruitment import link_letters
from recruitment.models import Application, Draft, PersonalLink
from recruitment.queries.drafting import address_behind, at_address
from recruitment.services.drafting import link_to


def code_key(thing: Draft | Application) -> str:
    """A form and the application that it becomes have one key, so a code outlives the sending."""
    return f"applicant:{thing.key}"


@transaction.atomic
def send_code(*, thing: Draft | Application) -> bool:
    """Send six digits to the address behind a link. False when there is none: then somebody has to phone."""
    email = address_behind(thing)
    if not email:
        return False
    link_letters.send_code(thing, email, codes.new_code(code_key(thing)))
    return True


@transaction.atomic
def send_lost_links(*, cohort: Cohort, email: str) -> int:
    """One letter for each form and application of this cohort with this address; for none, one that says so.

    Each has a link of its own and nothing of another person's. Returns how many letters were written.
    """
    found = at_address(cohort, email)
    for thing in found:
        link_letters.send_lost_link(thing, email, link_to(thing))
    if not found:
        _spend_the_same_time()
        link_letters.send_nothing_found(cohort, email)
    return max(len(found), 1)


def _spend_the_same_time() -> None:
    """A write that finds no row, where a known address gets a link: no clock tells the two apart (trust.md T04)."""
    PersonalLink.objects.filter(token_hash=hash_of(new_token())).update(created_at=timezone.now())
