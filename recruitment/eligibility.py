"""What to look at when eligibility is checked: hints in words. None of them rejects anybody; a person decides."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Facts:
    """What bears on eligibility. `days_missed` are numbers of days; `has_role` is whether any lay role is known.

    `areas_found_inside` are areas from which somebody was found eligible already: that is our map of the region.
    """

    needs_experience: bool
    has_role: bool
    experience: str
    can_come_every_day: bool
    days_missed: Sequence[int]
    area: str
    region: str
    areas_found_inside: Collection[str] = ()
    has_lived_experience: bool = True


def hints(facts: Facts) -> list[str]:
    """The points that a person should look at, in the order of the eligibility rules."""
    found = []
    if not facts.has_lived_experience:
        found.append("Does not say whether they are a patient or a carer")
    if facts.needs_experience and (facts.experience == "NONE" or not facts.has_role):
        found.append("No lay role yet, and this course asks for one")
    if facts.days_missed:
        days = " and ".join(str(day) for day in sorted(facts.days_missed))
        found.append(f"Cannot come on day{'s' if len(facts.days_missed) > 1 else ''} {days}")
    elif not facts.can_come_every_day:
        found.append("Cannot come on every day, or is not sure")
    if not facts.area:
        found.append("No area given")
    elif not _is_inside(facts):
        found.append(f"Lives outside {facts.region}? They wrote “{facts.area}”")
    return found


def _is_inside(facts: Facts) -> bool:
    """Where neither the words nor an earlier check say so, a person looks."""
    area = facts.area.casefold()
    inside = {name.casefold() for name in facts.areas_found_inside}
    return area in inside or not facts.region or facts.region.casefold() in area
