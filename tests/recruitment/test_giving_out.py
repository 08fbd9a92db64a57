"""Giving applications to reviewers: by one button, by hand, back again; and never to somebody with a conflict."""

import pytest

from core.models import AuditEvent
from people.models import RoleAssignment
from people.roles import Role
from recruitment.models import (
    Application,
    Assignment,
    BulkAction,
    ConflictOfInterest,
    Nomination,
    NominationRequest,
    Review,
)
from recruitment.queries import conflicts_in, desk_of, reviewers_of
from recruitment.queries.assigning import DECLARED, NOMINATED, OWN, SAME_ORGANISATION
from recruitment.services import assigning, undoing
from recruitment.services.assigning import CannotGive, CannotTake
from recruitment.services.undoing import CannotUndo
from tests import make


@pytest.fixture
def reviewers(london, ruth):
    """Ruth and two others; one holds the role for the whole programme."""
    return [
        ruth,
        make.user("sita@example.org", (Role.REVIEWER, london), name="Sita"),
        make.user("tom@example.org", (Role.REVIEWER, london.programme), name="Tom"),
    ]


def belongs_to(user, organisation):
    user.person = make.person(str(user), organisation=organisation)
    user.save()


def given_to(user) -> set[str]:
    return set(Assignment.objects.filter(reviewer=user).values_list("application__reference", flat=True))


def loads(reviewers) -> list[int]:
    return [Assignment.objects.filter(reviewer=reviewer).count() for reviewer in reviewers]


# --- who reviews --------------------------------------------------------------------------------------------------
def test_reviewers_are_those_of_the_cohort_and_of_its_programme(london, kent, reviewers, olive):
    make.user("ken@example.org", (Role.REVIEWER, kent))
    make.user("gone@example.org", (Role.REVIEWER, london), name="Gone").__class__.objects.filter(name="Gone").update(
        is_active=False
    )

    assert reviewers_of(london) == reviewers


# --- conflicts ------------------------------------------------------------------------------------------------------
def test_the_same_organisation_is_a_conflict(london, reviewers):
    ruth = reviewers[0]
    belongs_to(ruth, make.organisation("Camden Carers"))
    colleague = make.application(london, person=make.person(organisation=make.organisation("Camden Carers")))
    make.application(london, person=make.person(organisation=make.organisation("Brent Voices")))
    make.application(london)

    assert conflicts_in(Application.objects.all(), reviewers) == {(colleague.pk, ruth.pk): SAME_ORGANISATION}


def test_a_nomination_by_the_reviewers_organisation_or_by_themselves_is_a_conflict(london, olive, reviewers):
    ruth, sita, _ = reviewers
    healthwatch = make.organisation("Healthwatch Camden")
    belongs_to(ruth, healthwatch)
    asked = NominationRequest.objects.create(
        cohort=london, organisation=healthwatch, area="Camden", contact_name="S", contact_email=sita.email,
        token_hash="a", asked_at=london.applications_open_at, by=olive,
    )  # fmt: skip
    nomination = Nomination.objects.create(request=asked, token_hash="b", nominated_at=london.applications_open_at)
    application = make.application(london, nomination=nomination)

    assert conflicts_in(Application.objects.all(), reviewers) == {
        (application.pk, ruth.pk): NOMINATED,
        (application.pk, sita.pk): NOMINATED,
    }


def test_ones_own_application_is_a_conflict_known_by_the_record_or_the_email(london, reviewers):
    ruth, sita, _ = reviewers
    belongs_to(ruth, None)
    own = make.application(london, person=ruth.person)
    other = make.application(london, person=make.person("Sita", email="sita@example.org"))

    assert conflicts_in(Application.objects.all(), reviewers) == {(own.pk, ruth.pk): OWN, (other.pk, sita.pk): OWN}


def test_what_was_declared_is_a_conflict(london, reviewers):
    application = make.application(london)
    ConflictOfInterest.objects.create(application=application, reviewer=reviewers[1])

    assert conflicts_in(Application.objects.all(), reviewers) == {(application.pk, reviewers[1].pk): DECLARED}


# --- the button -------------------------------------------------------------------------------------------------------
def test_deal_gives_each_application_two_reviewers_evenly(london, olive, reviewers):
    for _ in range(6):
        make.application(london)
    make.application(london, state="DECLINED")
    make.application(london, eligibility="NOT_ELIGIBLE")

    dealt = assigning.deal(cohort=london, by=olive)

    assert (loads(reviewers), len(dealt.give)) == ([4, 4, 4], 12)
    action = BulkAction.objects.get()
    assert (action.kind, action.summary, action.by) == ("ASSIGN", "12 reviews given out", olive)
    assert AuditEvent.objects.get(verb="reviews_given_out").detail == {"given": 12, "taken": 0}


def test_deal_follows_the_cohorts_own_number(london, olive, reviewers):
    make.settings(london, reviews_per_application=3)
    make.application(london)

    assigning.deal(cohort=london, by=olive)

    assert loads(reviewers) == [1, 1, 1]


def test_deal_twice_changes_nothing_and_remembers_nothing(london, olive, reviewers):
    make.application(london)
    assigning.deal(cohort=london, by=olive)
    before = list(Assignment.objects.order_by("pk").values_list("pk", "application", "reviewer"))

    dealt = assigning.deal(cohort=london, by=olive)

    assert dealt.is_nothing
    assert list(Assignment.objects.order_by("pk").values_list("pk", "application", "reviewer")) == before
    assert BulkAction.objects.count() == 1


def test_deal_respects_a_colleagues_conflict(london, olive, reviewers):
    """Edge case 20: a reviewer is also an applicant's colleague."""
    ruth = reviewers[0]
    belongs_to(ruth, make.organisation("Camden Carers"))
    colleague = make.application(london, person=make.person(organisation=make.organisation("Camden Carers")))

    assigning.deal(cohort=london, by=olive)

    assert set(Assignment.objects.filter(application=colleague).values_list("reviewer__name", flat=True)) == {
        "Sita",
        "Tom",
    }


def test_deal_moves_only_what_nobody_has_started(london, olive, reviewers):
    ruth = reviewers[0]
    make.settings(london, reviews_per_application=1)
    applications = [make.application(london) for _ in range(6)]
    for application in applications:
        make.assigned(application, ruth)
    for application in applications[:3]:
        make.review(application, ruth)
    Assignment.objects.filter(application=applications[3]).update(is_by_hand=True)

    dealt = assigning.deal(cohort=london, by=olive)

    assert (loads(reviewers), dealt.moved) == ([4, 1, 1], 2)
    assert given_to(ruth) == {application.reference for application in applications[:4]}
    assert BulkAction.objects.get().summary == "2 reviews moved"


def test_deal_without_somebody_who_is_ill_passes_on_what_is_not_started(london, olive, reviewers):
    ruth, sita, tom = reviewers
    for _ in range(6):
        make.application(london)
    assigning.deal(cohort=london, by=olive)
    begun = Assignment.objects.filter(reviewer=ruth).first().application
    make.review(begun, ruth)

    assigning.deal(cohort=london, by=olive, without={ruth.pk})

    assert given_to(ruth) == {begun.reference}
    assert sorted(loads([sita, tom])) == [5, 6]


def test_deal_takes_from_somebody_who_lost_the_role(london, olive, reviewers):
    ruth = reviewers[0]
    application = make.application(london)
    make.assigned(application, ruth)
    RoleAssignment.objects.filter(user=ruth).delete()

    assigning.deal(cohort=london, by=olive)

    assert set(Assignment.objects.values_list("reviewer__name", flat=True)) == {"Sita", "Tom"}


@pytest.mark.parametrize("rows", (1, 30))
def test_the_desk_costs_the_same_for_one_application_and_for_thirty(london, reviewers, rows, django_assert_num_queries):
    for _ in range(rows):
        make.assigned(make.application(london), reviewers[0])

    with django_assert_num_queries(8):
        desk_of(london).plan()


# --- undo ---------------------------------------------------------------------------------------------------------
def everything() -> set:
    return set(Assignment.objects.values_list("application", "reviewer", "is_by_hand"))


def test_undo_puts_everything_back(london, olive, reviewers):
    ruth = reviewers[0]
    make.settings(london, reviews_per_application=1)
    for _ in range(6):
        make.assigned(make.application(london), ruth)
    before = everything()
    assigning.deal(cohort=london, by=olive)

    said = undoing.undo(action=BulkAction.objects.get(), by=olive)

    assert said == "Who reviews what is as it was before."
    assert everything() == before


def test_undo_is_refused_once_a_review_is_started(london, olive, reviewers):
    make.application(london)
    assigning.deal(cohort=london, by=olive)
    given = Assignment.objects.first()
    make.review(given.application, given.reviewer)

    with pytest.raises(CannotUndo) as refusal:
        undoing.undo(action=BulkAction.objects.get(), by=olive)

    assert refusal.value.sentence == "Nothing was undone, because 1 of these reviews has been started since."
    assert Assignment.objects.count() == 2
    assert BulkAction.objects.get().undone_at is None


def test_undo_is_refused_when_somebody_changed_who_reads_it_since(london, olive, reviewers):
    application = make.application(london)
    assigning.deal(cohort=london, by=olive)
    first = Assignment.objects.first()
    assigning.take(application=application, reviewer=first.reviewer, by=olive)

    with pytest.raises(CannotUndo):
        undoing.undo(action=BulkAction.objects.get(), by=olive)
    assert Assignment.objects.count() == 1


# --- by hand ----------------------------------------------------------------------------------------------------------
def test_give_by_hand_stays_when_reviews_are_given_out_again(london, olive, reviewers):
    ruth = reviewers[0]
    for _ in range(4):
        assigning.give(application=make.application(london), reviewer=ruth, by=olive)

    assigning.deal(cohort=london, by=olive)

    assert loads(reviewers) == [4, 2, 2]
    assert AuditEvent.objects.filter(verb="review_given", by=olive).count() == 4


def test_give_twice_gives_once(london, olive, reviewers):
    application = make.application(london)

    assigning.give(application=application, reviewer=reviewers[0], by=olive)
    assigning.give(application=application, reviewer=reviewers[0], by=olive)

    assert Assignment.objects.count() == 1


def test_give_to_a_colleague_is_refused_with_why(london, olive, reviewers):
    belongs_to(reviewers[0], make.organisation("Camden Carers"))
    application = make.application(london, person=make.person(organisation=make.organisation("Camden Carers")))

    with pytest.raises(CannotGive) as refusal:
        assigning.give(application=application, reviewer=reviewers[0], by=olive)

    assert refusal.value.sentence == "Ruth must not read this application. They are from the same organisation."
    assert Assignment.objects.count() == 0


def test_give_to_somebody_without_the_role_or_of_a_decided_application_is_refused(london, olive, moses, ruth):
    with pytest.raises(CannotGive):
        assigning.give(application=make.application(london), reviewer=moses, by=olive)
    with pytest.raises(CannotGive):
        assigning.give(application=make.application(london, state="DECLINED"), reviewer=ruth, by=olive)
    assert Assignment.objects.count() == 0


def test_take_gives_back_what_is_not_started(london, olive, ruth):
    application = make.application(london)
    make.assigned(application, ruth)

    assigning.take(application=application, reviewer=ruth, by=olive)

    assert Assignment.objects.count() == 0
    assert AuditEvent.objects.get(verb="review_taken").detail == {"reviewer": ruth.pk}


def test_take_of_a_started_review_is_refused_unless_it_is_thrown_away(london, olive, ruth):
    application = make.application(london)
    make.assigned(application, ruth)
    Review.objects.create(application=application, reviewer=ruth)

    with pytest.raises(CannotTake):
        assigning.take(application=application, reviewer=ruth, by=olive)
    assert (Assignment.objects.count(), Review.objects.count()) == (1, 1)

    assigning.take(application=application, reviewer=ruth, by=olive, discard=True)
    assert (Assignment.objects.count(), Review.objects.count()) == (0, 0)
    assert AuditEvent.objects.get(verb="review_removed").detail == {"reviewer": ruth.pk, "marks": 0}


def test_take_of_a_finished_review_is_refused_always(london, olive, ruth):
    application = make.application(london)
    make.assigned(application, ruth)
    make.review(application, ruth)

    with pytest.raises(CannotTake):
        assigning.take(application=application, reviewer=ruth, by=olive, discard=True)
    assert (Assignment.objects.count(), Review.objects.count()) == (1, 1)


# --- a conflict that is written down ------------------------------------------------------------------------------------
def test_note_conflict_fills_the_gap_and_moves_nothing_else(london, olive, reviewers):
    ruth, sita, tom = reviewers
    applications = [make.application(london) for _ in range(3)]
    for application in applications:
        make.assigned(application, ruth, sita)

    assigning.note_conflict(application=applications[0], reviewer=ruth, kind="BY_HAND", reason="Neighbours.", by=olive)

    assert (loads(reviewers), given_to(tom)) == ([2, 3, 1], {applications[0].reference})
    noted = ConflictOfInterest.objects.get()
    assert (noted.kind, noted.reason) == ("BY_HAND", "Neighbours.")
    assert AuditEvent.objects.get(verb="conflict_noted").detail == {"reviewer": ruth.pk, "kind": "BY_HAND"}


def test_note_conflict_before_anything_was_given_out_gives_nothing_out(london, olive, reviewers):
    application = make.application(london)

    assigning.note_conflict(application=application, reviewer=reviewers[0], kind="BY_HAND", by=olive)

    assert Assignment.objects.count() == 0


def test_note_conflict_twice_is_one_conflict(london, olive, reviewers):
    application = make.application(london)

    for _ in range(2):
        assigning.note_conflict(application=application, reviewer=reviewers[0], kind="BY_HAND", by=olive)

    assert (ConflictOfInterest.objects.count(), AuditEvent.objects.filter(verb="conflict_noted").count()) == (1, 1)


def test_forget_conflict_lets_them_read_it_again(london, olive, reviewers):
    application = make.application(london)
    assigning.note_conflict(application=application, reviewer=reviewers[0], kind="BY_HAND", by=olive)

    assigning.forget_conflict(application=application, reviewer=reviewers[0], by=olive)

    assigning.give(application=application, reviewer=reviewers[0], by=olive)
    assert ConflictOfInterest.objects.count() == 0
