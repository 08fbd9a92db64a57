"""Applications that were there already: they had agreed when they were sent, and their scores come to something."""

from typing import Any

from django.db import migrations
from django.db.models import F

CHARACTERISTICS = (
    "LIVED_EXPERIENCE",
    "STRATEGIC_LEVEL",
    "SHARED_VISION",
    "CHALLENGE",
    "LISTENING",
    "CONNECTIONS",
    "TIME",
)


def fill(apps: Any, schema_editor: Any) -> None:
    applications = apps.get_model("recruitment", "Application").objects
    applications.filter(agreed_at=None).exclude(state="AWAITING").update(agreed_at=F("submitted_at"))
    scores = apps.get_model("recruitment", "Score").objects
    agreed = apps.get_model("recruitment", "AgreedScores").objects
    for application in applications.filter(reviews__isnull=False, agreed_scores=None).distinct().iterator():
        rows = scores.filter(review__application=application).values_list("review", "characteristic", "mark")
        agreed.create(application=application, **come_to(list(rows)))


def come_to(rows: list[tuple[int, str, int]]) -> dict[str, int | None]:
    """What services.standing_scores works out today, frozen here: the mean half up, the totals, the widest gap."""
    marks = {item: [mark for _, characteristic, mark in rows if characteristic == item] for item in CHARACTERISTICS}
    agreed = {item.lower(): (2 * sum(m) + len(m)) // (2 * len(m)) if m else None for item, m in marks.items()}
    reviews = {review for review, _, _ in rows}
    totals = [sum(mark for key, _, mark in rows if key == review) for review in reviews]
    return agreed | {
        "total": None if None in agreed.values() else sum(agreed.values()),
        "reviews": len(reviews),
        "widest_gap": max((max(m) - min(m) for m in marks.values() if len(m) > 1), default=0),
        "lowest_total": min(totals, default=None),
        "highest_total": max(totals, default=None),
    }


class Migration(migrations.Migration):
    dependencies = [("recruitment", "0002_recruitment_in_full")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
