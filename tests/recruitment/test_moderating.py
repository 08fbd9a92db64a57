import pytest

from core.models import AuditEvent
from people.roles import Role
from programmes.characteristics import Characteristic
from recruitment.models import AgreedMark, Application, Moderation, RecruitmentSettings, Score
from recruitment.queries import moderation_queue
from recruitment.scoring import SAMPLE, is_sampled
from recruitment.services import moderating
from recruitment.services.moderating import CannotSettle
from tests import make

SAMPLED, NOT_SAMPLED = "SMP-0010", "SMP-0001"


@pytest.fixture
def sita(london):
    return make.user("sita@example.org", (Role.REVIEWER, london), name="Sita")


@pytest.fixture
def reviewed(london, ruth, sita):
    """reviewed("AAA", (2, …), (4, …)): an application with these complete reviews."""

    def make_one(reference, *reviews, **fields):
        application = make.application(london, reference=reference, **fields)
        for reviewer, marks in zip((ruth, sita), reviews, strict=False):
            make.assigned(application, reviewer)
            make.review(application, reviewer, *marks)
        return application

    return make_one


def all_marks(mark: int = 3) -> dict[Characteristic, int]:
    return dict.fromkeys(Characteristic, mark)


def queue(cohort):
    return moderation_queue(cohort, Application.objects.filter(cohort=cohort))


def waiting(cohort) -> dict[str, list[str]]:
    return {row.reference: row.reasons for row in queue(cohort).waiting}


# --- what stands in the queue -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        ((2,) * 7, (3, 3, 3, 3, 2, 2, 2), []),
        ((2, 2, 2, 2, 2, 2, 4), (4, 2, 2, 2, 2, 2, 4), ["2 marks apart on one characteristic"]),
        ((2,) * 7, (3, 3, 3, 3, 3, 2, 2), ["totals 5 apart"]),
        ((2, 2, 2, 2, 2, 2, 1), (2,) * 7, ["on both sides of the cut at 14"]),
        (
            (0,) * 7,
            (4,) * 7,
            ["4 marks apart on one characteristic", "totals 28 apart", "on both sides of the cut at 14"],
        ),
    ],
)
def test_differences_stand_in_the_queue_with_why(london, reviewed, one, other, reasons):
    reviewed(NOT_SAMPLED, one, other)

    assert waiting(london) == ({NOT_SAMPLED: reasons} if reasons else {})


def test_the_cohorts_own_figures_decide(london, reviewed):
    RecruitmentSettings.objects.create(cohort=london, wide_gap=3, wide_total_gap=9, cut=0)
    reviewed(NOT_SAMPLED, (2,) * 7, (4, 3, 3, 3, 3, 2, 2))

    assert waiting(london) == {}


def test_an_application_waits_until_all_its_reviews_are_in(london, reviewed, olive):
    application = reviewed(NOT_SAMPLED, (0,) * 7, (4,) * 7)
    make.assigned(application, olive)

    assert (waiting(london), queue(london).reviews_missing) == ({}, 1)


def test_one_review_is_no_difference(london, reviewed):
    reviewed(NOT_SAMPLED, (0,) * 7)

    assert waiting(london) == {}


@pytest.mark.parametrize("fields", [{"state": "DECLINED"}, {"eligibility": "NOT_ELIGIBLE"}])
def test_what_is_decided_or_ruled_out_is_not_moderated(london, reviewed, fields):
    reviewed(NOT_SAMPLED, (0,) * 7, (4,) * 7, **fields)

    assert waiting(london) == {}


def test_a_sample_of_those_that_agree_is_read_as_well(london, reviewed):
    reviewed(SAMPLED, (3,) * 7, (3,) * 7)
    reviewed(NOT_SAMPLED, (3,) * 7, (3,) * 7)

    assert [(row.reference, row.is_sample) for row in queue(london).waiting] == [(SAMPLED, True)]


def test_the_sample_is_about_one_in_ten_and_always_the_same():
    sampled = [number for number in range(5000) if is_sampled(f"A{number:05d}")]

    assert 400 < len(sampled) < 600
    assert sampled == [number for number in range(5000) if is_sampled(f"A{number:05d}")]
    assert SAMPLE == 10


def test_a_reason_about_what_somebody_needs_is_flagged_though_the_marks_agree(london, reviewed):
    application = reviewed(NOT_SAMPLED, (2,) * 7, (2,) * 7)
    Score.objects.filter(review__application=application, characteristic="TIME").update(
        reason="I fear that she needs too much support."
    )

    row = queue(london).waiting[0]

    assert (row.reasons, row.is_sample, len(row.flags)) == ([], False, 2)
    assert row.flags[0].sentence == ("A reason says “too much support”. What somebody needs must not lower a mark.")


def test_the_widest_differences_come_first_and_the_sample_last(london, reviewed):
    reviewed(SAMPLED, (3,) * 7, (3,) * 7)
    reviewed("AAA-0002", (3,) * 7, (3, 3, 3, 3, 3, 3, 1))
    reviewed("AAA-0003", (0,) * 7, (4,) * 7)

    assert [row.reference for row in queue(london).waiting] == ["AAA-0003", "AAA-0002", SAMPLED]


@pytest.mark.parametrize("rows", (1, 20))
def test_the_queue_costs_the_same_for_one_and_for_twenty(london, reviewed, rows, django_assert_num_queries):
    for number in range(rows):
        reviewed(f"BBB-{number:04d}", (0,) * 7, (4,) * 7)

    with django_assert_num_queries(4):
        assert len(queue(london).waiting) == rows


# --- settling -------------------------------------------------------------------------------------------------------
def test_settle_keeps_the_reviews_and_sets_the_agreed_scores(london, reviewed, moses):
    application = reviewed(NOT_SAMPLED, (0,) * 7, (4,) * 7)
    marks = all_marks(2) | {Characteristic.TIME: 4}

    moderating.settle(application=application, marks=marks, reason=" Read it together. ", by=moses)

    application.agreed_scores.refresh_from_db()
    agreed = application.agreed_scores
    assert (agreed.total, agreed.time, agreed.is_moderated, agreed.widest_gap) == (16, 4, True, 4)
    assert sorted(set(Score.objects.values_list("mark", flat=True))) == [0, 4]
    settled = Moderation.objects.get()
    assert (settled.by, settled.reason) == (moses, "Read it together.")
    assert AuditEvent.objects.get(verb="settled").detail == {"total": 16}
    assert waiting(london) == {}


def test_settle_again_keeps_both_and_the_newest_counts(london, reviewed, moses, olive):
    application = reviewed(NOT_SAMPLED, (0,) * 7, (4,) * 7)

    moderating.settle(application=application, marks=all_marks(1), reason="First reading.", by=moses)
    moderating.settle(application=application, marks=all_marks(3), reason="Second reading.", by=olive)

    application.agreed_scores.refresh_from_db()
    assert application.agreed_scores.total == 21
    assert (Moderation.objects.count(), AgreedMark.objects.count()) == (2, 14)


def test_settle_by_a_double_click_is_one_moderation(reviewed, moses):
    application = reviewed(NOT_SAMPLED, (0,) * 7, (4,) * 7)

    for _ in range(2):
        moderating.settle(application=application, marks=all_marks(), reason="Read it again.", by=moses)

    assert (Moderation.objects.count(), AuditEvent.objects.filter(verb="settled").count()) == (1, 1)


@pytest.mark.parametrize(
    ("marks", "reason", "sentence"),
    [
        (all_marks(), "  ", "Write why these are the agreed marks, in a sentence."),
        (
            {item: 3 for item in Characteristic if item != "TIME"},
            "Because.",
            f"Give an agreed mark from 0 to 4 for “{Characteristic.TIME.label}”.",
        ),
        (
            all_marks() | {Characteristic.TIME: 5},
            "Because.",
            f"Give an agreed mark from 0 to 4 for “{Characteristic.TIME.label}”.",
        ),
    ],
)
def test_settle_without_marks_or_reason_is_refused(reviewed, moses, marks, reason, sentence):
    application = reviewed(NOT_SAMPLED, (0,) * 7, (4,) * 7)

    with pytest.raises(CannotSettle) as refusal:
        moderating.settle(application=application, marks=marks, reason=reason, by=moses)

    assert (refusal.value.sentence, Moderation.objects.count()) == (sentence, 0)


def test_settle_before_all_reviews_are_in_is_refused(reviewed, moses, olive):
    application = reviewed(NOT_SAMPLED, (0,) * 7, (4,) * 7)
    make.assigned(application, olive)

    with pytest.raises(CannotSettle):
        moderating.settle(application=application, marks=all_marks(), reason="Because.", by=moses)
    assert Moderation.objects.count() == 0


def test_settle_after_the_decision_is_refused(reviewed, moses):
    application = reviewed(NOT_SAMPLED, (0,) * 7, (4,) * 7)
    Application.objects.update(state="OFFERED")

    with pytest.raises(CannotSettle):
        moderating.settle(application=application, marks=all_marks(), reason="Because.", by=moses)
    assert Moderation.objects.count() == 0
