"""Writing down who somebody is and how to reach them."""

from typing import Any

from django.db import transaction

from core import audit
from people.models import ContactRoute, InformationFormat, Organisation, Person, Route

PARTICULARS = frozenset({"pronunciation", "best_time", "may_leave_message", "helper"})


@transaction.atomic(savepoint=False)
def register(
    *,
    name: str,
    email: str = "",
    phone: str = "",
    post: str = "",
    preferred: str = Route.EMAIL,
    information_format: str = InformationFormat.STANDARD,
    area: str = "",
    organisation: Organisation | None = None,
    lived_experience: str = "",
    by: Any = None,
    **particulars: Any,
) -> Person:
    """A new person, always: nobody is recognised by an address, because two people may share one.

    `particulars` are pronunciation, best_time, may_leave_message and helper.
    """
    assert particulars.keys() <= PARTICULARS, f"a person has no {particulars.keys() - PARTICULARS}"
    person = Person.objects.create(
        name=name,
        area=area,
        organisation=organisation,
        lived_experience=lived_experience,
        information_format=information_format,
        **particulars,
    )
    _add_contact_routes(person, email=email, phone=phone, post=post, preferred=preferred)
    audit.record("registered", person, by=by)
    return person


@transaction.atomic
def set_contact_routes(*, person: Person, email: str, phone: str, preferred: str, post: str = "") -> None:
    """Replace the ways to reach a person. The preferred one is kept even when it is empty (post, or "ask me")."""
    person.contact_routes.all().delete()
    _add_contact_routes(person, email=email, phone=phone, post=post, preferred=preferred)


def _add_contact_routes(person: Person, *, email: str, phone: str, post: str, preferred: str) -> None:
    values = {Route.EMAIL: email, Route.PHONE: phone, Route.POST: post}
    ContactRoute.objects.bulk_create(
        ContactRoute(person=person, kind=kind, value=value, is_preferred=kind == preferred)
        for kind, value in values.items()
        if value or kind == preferred
    )


def organisation_named(name: str) -> Organisation | None:
    """The organisation of that name, made if it is new; None for no name."""
    return Organisation.objects.get_or_create(name=name)[0] if name else None
