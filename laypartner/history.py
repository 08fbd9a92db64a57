"""What changed in a cohort lately, in words."""

from dataclasses import dataclass
from datetime import datetime

from core.audit import scope_of
from core.models import AuditEvent
from people.story import words_for
from programmes.models import Cohort

# Words for what several rooms do; anything else is shown as people/story.py puts it.
WORDS = {
    "cohort_created": "Opened this cohort",
    "cohort_changed": "Changed the settings",
    "enrolled": "Gave somebody a place",
    "withdrawn": "Recorded a withdrawal",
    "reinstated": "Put somebody back",
    "tables_planned": "Planned the tables",
    "person_moved": "Moved somebody to another table",
    "people_swapped": "Let two people change places",
    "plan_undone": "Took a change of the tables back",
    "slot_added": "Added a slot",
    "slot_changed": "Changed a slot",
    "slot_removed": "Removed a slot",
    "day_changed": "Changed a day",
    "coach_added": "Added a coach",
    "role_given": "Gave a role",
    "role_taken": "Took a role away",
}


@dataclass(frozen=True)
class Line:
    """`count` is how often the same person did the same thing one after the other: "Gave a place to 40 people"."""

    words: str
    by: str
    at: datetime
    count: int = 1


def latest(cohort: Cohort, lines: int = 6) -> list[Line]:
    """The last things that happened, newest first; the same thing many times over is one line. One query."""
    events = AuditEvent.objects.filter(scope=scope_of(cohort)).select_related("by").order_by("-pk")[:200]
    found: list[Line] = []
    for event in events:
        words, by = _words(event), str(event.by) if event.by else "The system"
        if found and (found[-1].words, found[-1].by) == (words, by):
            found[-1] = Line(words, by, found[-1].at, found[-1].count + 1)
        elif len(found) == lines:
            break
        else:
            found.append(Line(words, by, event.at))
    return found


def _words(event: AuditEvent) -> str:
    words = WORDS.get(event.verb, words_for(event.verb))
    day = event.detail.get("day")
    return f"{words}, day {day}" if day else words
