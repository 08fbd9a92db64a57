"""The data move 0003: applications that were there before agreement and agreed scores were kept."""

from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.apps import apps

from programmes.characteristics import Characteristic
from recruitment.models import AgreedScores, Application, Score
from recruitment.services import standing_scores
from tests import make

move = import_module("recruitment.migrations.0003_fill_what_was_known")
SENT = datetime(2017, 10, 20, 12, tzinfo=UTC)


@pytest.fixture
def old(london, ruth, moses):
    """As it was before: no agreement, no sums. By hand: 1 and 4 agree on 3 (2.5, half up), so 21; two apart by 3."""
    Application.objects.all().delete()
    scored = make.application(london, submitted_at=SENT, agreed_at=None, reference="AAA-AAA")
    make.review(scored, ruth, 1)
    make.review(scored, moses, 4)
    make.application(london, submitted_at=SENT, agreed_at=None, reference="BBB-BBB")
    part = make.application(london, submitted_at=SENT, agreed_at=None, reference="CCC-CCC", state="DECLINED")
    make.review(part, ruth, 2)
    Score.objects.filter(review__application=part, characteristic="TIME").delete()
    make.application(london, submitted_at=SENT, agreed_at=None, reference="DDD-DDD", state="AWAITING")
    AgreedScores.objects.all().delete()


def kept() -> dict[str, dict]:
    fields = [item.lower() for item in Characteristic]
    rows = AgreedScores.objects.values("application__reference", *fields, *move_fields())
    return {row.pop("application__reference"): row for row in rows}


def move_fields() -> list[str]:
    return ["total", "reviews", "widest_gap", "lowest_total", "highest_total"]


def test_those_sent_had_agreed_when_they_were_sent(old):
    move.fill(apps, None)

    agreed = dict(Application.objects.values_list("reference", "agreed_at"))
    assert agreed == {"AAA-AAA": SENT, "BBB-BBB": SENT, "CCC-CCC": SENT, "DDD-DDD": None}


def test_scores_come_to_something(old):
    move.fill(apps, None)

    found = kept()
    assert found.keys() == {"AAA-AAA", "CCC-CCC"}
    assert found["AAA-AAA"] == {
        **{item.lower(): 3 for item in Characteristic},
        "total": 21,
        "reviews": 2,
        "widest_gap": 3,
        "lowest_total": 7,
        "highest_total": 28,
    }
    assert (found["CCC-CCC"]["listening"], found["CCC-CCC"]["time"], found["CCC-CCC"]["total"]) == (2, None, None)


def test_complete_scores_are_those_that_the_service_works_out(old):
    move.fill(apps, None)
    moved = kept()["AAA-AAA"]

    standing_scores.refresh(Application.objects.filter(reference="AAA-AAA"))

    assert kept()["AAA-AAA"] == moved


def test_running_it_again_changes_nothing(old):
    move.fill(apps, None)
    before = kept()
    AgreedScores.objects.filter(application__reference="AAA-AAA").update(total=20)

    move.fill(apps, None)

    assert kept() == before | {"AAA-AAA": before["AAA-AAA"] | {"total": 20}}
