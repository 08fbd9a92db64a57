"""`export_ranking`: the ranking from the stored scores, for machines and for people."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from programmes.characteristics import Characteristic
from programmes.models import Participant
from recruitment.models import AgreedMark, AgreedScores, Moderation, Score
from recruitment.ranking import ranking
from recruitment.services import standing_scores
from tests import make

SEVEN = ["lived-experience", "strategic-level", "shared-vision", "challenge", "listening", "connections", "time"]


def exported(slug: str = "london-2017", **options) -> dict:
    out = io.StringIO()
    call_command("export_ranking", slug, format="json", stdout=out, **options)
    return json.loads(out.getvalue())


@pytest.fixture
def ranked(london, ruth, moses, olive):
    """By hand: A 2 and 3 agree on 3, so 21; B 4, so 28, moderated to 1 each but Time 2, so 8; C 21; D without Time."""
    made = {name: make.application(london, reference=f"{name * 3}-{name * 3}") for name in "ABCDE"}
    make.review(made["A"], ruth, 2)
    make.review(made["A"], moses, 3)
    make.review(made["B"], ruth, 4)
    make.review(made["C"], ruth, 3)
    make.review(made["D"], ruth, 4)
    Score.objects.filter(review__application=made["D"], characteristic="TIME").delete()
    settled = Moderation.objects.create(application=made["B"], by=moses, reason="Read again together.")
    AgreedMark.objects.bulk_create(
        AgreedMark(moderation=settled, characteristic=item, mark=2 if item == "TIME" else 1) for item in Characteristic
    )
    standing_scores.refresh(made.values())
    return made


def test_ranking_has_the_shape_and_the_figures_of_the_contract(london, ranked):
    assert exported() == {
        "cohort": "london-2017",
        "capacity": 40,
        "ranking": [
            {"rank": 1, "ref": "AAA-AAA", "total": 21, "scores": dict.fromkeys(SEVEN, 3), "decision": None},
            {"rank": 1, "ref": "CCC-CCC", "total": 21, "scores": dict.fromkeys(SEVEN, 3), "decision": None},
            {
                "rank": 3,
                "ref": "BBB-BBB",
                "total": 8,
                "scores": dict.fromkeys(SEVEN, 1) | {"time": 2},
                "decision": None,
            },
        ],
    }


def test_ranking_is_worked_out_from_the_scores_and_not_from_the_sums_beside_them(london, ranked):
    AgreedScores.objects.update(total=0, listening=0)

    assert [line["total"] for line in exported()["ranking"]] == [21, 21, 8]


def test_ranking_and_the_sums_beside_the_applications_agree(london, ranked):
    kept = {row.application.reference: row for row in AgreedScores.objects.select_related("application")}

    for place in ranking(london):
        row = kept[place.reference]
        assert place.total == row.total
        assert list(place.scores.values()) == [getattr(row, item.lower()) for item in Characteristic]
    assert {name for name, row in kept.items() if row.total is not None} == {"AAA-AAA", "BBB-BBB", "CCC-CCC"}


@pytest.mark.parametrize(
    ("state", "decision"),
    [
        ("SUBMITTED", None),
        ("OFFERED", "accept"),
        ("ACCEPTED", "accept"),
        ("RESERVE", "reserve"),
        ("DECLINED", "decline"),
        ("TURNED_DOWN", None),
        ("LAPSED", None),
        ("WITHDRAWN", None),
    ],
)
def test_decision_is_what_stands_now(london, ruth, state, decision):
    make.review(make.application(london, state=state), ruth)

    assert [line["decision"] for line in exported()["ranking"]] == [decision]


def test_somebody_who_gave_the_place_back_holds_none(london, ruth):
    application = make.application(london, state="ACCEPTED")
    make.review(application, ruth)
    make.participant(london, person=application.person)
    Participant.objects.update(withdrawn_at=application.submitted_at)

    assert exported()["ranking"][0]["decision"] is None


def test_an_application_merged_into_another_is_not_ranked(london, ruth):
    kept = make.application(london, reference="AAA-AAA")
    make.review(kept, ruth)
    make.review(make.application(london, state="MERGED", merged_into=kept), ruth)

    assert [line["ref"] for line in exported()["ranking"]] == ["AAA-AAA"]


def test_ranking_for_people_is_a_table(london, ranked, capsys):
    call_command("export_ranking", "london-2017")

    assert capsys.readouterr().out.splitlines() == [
        "london-2017: 3 applications with all seven scores, 40 places",
        "   1  AAA-AAA     21  3 3 3 3 3 3 3",
        "   1  CCC-CCC     21  3 3 3 3 3 3 3",
        "   3  BBB-BBB      8  1 1 1 1 1 1 2",
    ]


def test_a_cohort_without_scores_has_an_empty_ranking(london):
    make.application(london)

    assert exported()["ranking"] == []


def test_an_unknown_cohort_is_refused_with_a_sentence(db):
    with pytest.raises(CommandError, match=r"There is no cohort called nowhere\."):
        call_command("export_ranking", "nowhere", format="json")


@pytest.mark.parametrize("rows", (1, 50))
def test_ranking_costs_the_same_for_one_application_and_for_fifty(london, ruth, rows, django_assert_num_queries):
    for _ in range(rows):
        make.review(make.application(london), ruth)

    with django_assert_num_queries(5):
        assert len(ranking(london)) == rows
