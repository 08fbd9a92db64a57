"""Putting right who somebody is and how to reach them."""

from typing import Any

from django.db import transaction
from django.db.models import F

from core import audit
from core.exceptions import DomainError
from people.models import Person
from people.services import registering


class ChangedMeanwhile(DomainError):
    """Somebody else saved this person first."""


@transaction.atomic
def change(
    *,
    person: Person,
    version: int,
    name: str,
    area: str,
    organisation_name: str,
    email: str,
    phone: str,
    post: str,
    preferred: str,
    information_format: str,
    by: Any,
    **particulars: Any,
) -> Person:
    """Save new details over version `version` of them. Raises ChangedMeanwhile when that is no longer the newest.

    `particulars` are those of registering.PARTICULARS that change; the others stay.
    """
    assert particulars.keys() <= registering.PARTICULARS, f"a person has no {particulars.keys()}"
    if not Person.objects.filter(pk=person.pk, version=version).update(version=F("version") + 1):
        raise ChangedMeanwhile(
            "Somebody else changed this person's details while you were typing. Your text is still here: "
            "open the page in a new tab to compare, then save again."
        )
    person.refresh_from_db()
    person.name, person.area, person.information_format = name, area, information_format
    person.organisation = registering.organisation_named(organisation_name)
    for field, value in particulars.items():
        setattr(person, field, value)
    person.save()
    registering.set_contact_routes(person=person, email=email, phone=phone, post=post, preferred=preferred)
    audit.record("details_changed", person, by=by, version=person.version)
    return person
