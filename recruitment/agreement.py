"""Without which agreements nobody may consider an application, and how long one waits for them."""

from datetime import datetime, timedelta

from people.models import Consent, Person

# The person knows how we use what they tell us, and is an adult.
NEEDED = (Consent.Purpose.PRIVACY_NOTICE, Consent.Purpose.ADULT)
WAIT = timedelta(days=30)


def waits_until(person: Person) -> datetime:
    """The last moment: 30 days from when the application was typed in, so that late post loses nothing."""
    return person.created_at + WAIT
