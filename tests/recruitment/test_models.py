"""What the database itself refuses."""

from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.utils import timezone

from recruitment.models import (
    AgreedMark,
    Application,
    Assignment,
    BulkAction,
    Channel,
    CharacteristicAnswer,
    ConflictOfInterest,
    Decision,
    Draft,
    DuplicateVerdict,
    EligibilityCheck,
    EqualityTally,
    LetterWording,
    Moderation,
    Nomination,
    NominationRequest,
    Offer,
    PendingDecision,
    PersonalLink,
    Recording,
    Review,
    Score,
)
from tests import make


def test_one_open_application_per_person_and_cohort(london):
    first = make.application(london)

    with pytest.raises(IntegrityError):
        make.application(london, person=first.person)


@pytest.mark.parametrize("state", ["DECLINED", "WITHDRAWN"])
def test_a_closed_application_leaves_room_for_another(london, state):
    first = make.application(london, state=state)

    second = make.application(london, person=first.person)

    assert second.state == "SUBMITTED"


def test_one_application_per_key(london):
    key = uuid4()
    make.application(london, key=key)

    with pytest.raises(IntegrityError):
        make.application(london, key=key)


def test_one_application_per_reference(london):
    make.application(london, reference="AAA-AAA")

    with pytest.raises(IntegrityError):
        make.application(london, reference="AAA-AAA")


def test_one_answer_per_characteristic(london):
    application = make.application(london)

    with pytest.raises(IntegrityError):
        CharacteristicAnswer.objects.create(application=application, characteristic="TIME", text="Again")


def test_one_review_per_reviewer(london, ruth):
    application = make.application(london)
    make.review(application, ruth)

    with pytest.raises(IntegrityError):
        Review.objects.create(application=application, reviewer=ruth)


@pytest.mark.parametrize(("mark", "reason"), [(5, "Because."), (-1, "Because."), (3, "")])
def test_a_score_is_0_to_4_and_has_a_reason(london, ruth, mark, reason):
    review = Review.objects.create(application=make.application(london), reviewer=ruth)

    with pytest.raises(IntegrityError):
        Score.objects.create(review=review, characteristic="TIME", mark=mark, reason=reason)


def test_one_score_per_characteristic_and_review(london, ruth):
    review = make.review(make.application(london), ruth)

    with pytest.raises(IntegrityError):
        Score.objects.create(review=review, characteristic="TIME", mark=1, reason="Again.")


def test_a_decision_has_a_reason(london, olive):
    with pytest.raises(IntegrityError):
        Decision.objects.create(
            application=make.application(london), outcome="ACCEPT", by=olive, at=timezone.now(), reason=""
        )


def test_applications_of_another_cohort_are_not_visible(london, kent, olive):
    mine = make.application(london)
    make.application(kent)

    assert list(Application.objects.visible_to(olive)) == [mine]


# --- what recruitment in full adds ------------------------------------------------------------------------------------
@pytest.mark.parametrize("into", ["itself", "nothing"])
def test_a_merged_application_points_at_another(london, into):
    application = make.application(london)

    with pytest.raises(IntegrityError):
        Application.objects.filter(pk=application.pk).update(
            state="MERGED", merged_into=application.pk if into == "itself" else None
        )


def test_only_a_merged_application_points_at_another(london):
    with pytest.raises(IntegrityError):
        make.application(london, merged_into=make.application(london))


def test_an_application_that_waits_for_agreement_is_open(london):
    first = make.application(london, state="AWAITING")

    with pytest.raises(IntegrityError):
        make.application(london, person=first.person)


def test_an_eligibility_check_has_a_reason(london, olive):
    with pytest.raises(IntegrityError):
        EligibilityCheck.objects.create(application=make.application(london), is_eligible=True, reason="", by=olive)


def test_an_undone_action_was_undone_by_somebody(london, olive):
    with pytest.raises(IntegrityError):
        BulkAction.objects.create(cohort=london, kind="MARK", summary="x", by=olive, undone_at=timezone.now())


def test_a_prepared_decision_has_a_reason(london, olive):
    with pytest.raises(IntegrityError):
        PendingDecision.objects.create(application=make.application(london), outcome="ACCEPT", reason="", by=olive)


def test_one_prepared_decision_per_application(london, olive):
    application = make.application(london)
    PendingDecision.objects.create(application=application, outcome="ACCEPT", reason="Strong.", by=olive)

    with pytest.raises(IntegrityError):
        PendingDecision.objects.create(application=application, outcome="DECLINE", reason="Full.", by=olive)


def offer(application: Application, **fields) -> Offer:
    now = timezone.now()
    decision = Decision.objects.create(application=application, outcome="ACCEPT", at=now, reason="Strong.")
    return Offer.objects.create(application=application, decision=decision, made_at=now, reply_by=now, **fields)


def test_one_open_offer_per_application(london):
    application = make.application(london, state="OFFERED")
    offer(application)

    with pytest.raises(IntegrityError):
        offer(application)


def test_an_offer_that_ended_leaves_room_for_another(london):
    application = make.application(london, state="OFFERED")
    offer(application, ended_at=timezone.now())

    assert offer(application).pk


@pytest.mark.parametrize("fields", [{"answer": "YES"}, {"answered_at": timezone.now()}])
def test_an_answer_to_an_offer_has_its_moment(london, fields):
    with pytest.raises(IntegrityError):
        offer(make.application(london, state="OFFERED"), **fields)


def test_one_wording_a_kind_and_cohort(london):
    LetterWording.objects.create(cohort=london, kind="OFFER", subject="A place", text="You have one.")

    with pytest.raises(IntegrityError):
        LetterWording.objects.create(cohort=london, kind="OFFER", subject="A place", text="You have one.")


@pytest.mark.parametrize("both", [True, False])
def test_a_personal_link_leads_to_one_thing(london, both):
    where = {"draft": Draft.objects.create(cohort=london), "application": make.application(london)} if both else {}

    with pytest.raises(IntegrityError):
        PersonalLink.objects.create(token_hash="x", **where)


@pytest.mark.parametrize("both", [True, False])
def test_a_recording_belongs_to_one_thing(london, both):
    where = {"draft": Draft.objects.create(cohort=london), "application": make.application(london)} if both else {}

    with pytest.raises(IntegrityError):
        Recording.objects.create(content_type="audio/ogg", content=b"x", size=1, **where)


@pytest.mark.parametrize("model", [Draft, PersonalLink])
def test_keys_and_secrets_are_unique(london, model):
    fields = {"cohort": london, "key": uuid4()} if model is Draft else {"draft": make_draft(london), "token_hash": "x"}
    model.objects.create(**fields)

    with pytest.raises(IntegrityError):
        model.objects.create(**fields)


def make_draft(cohort) -> Draft:
    return Draft.objects.create(cohort=cohort)


def pair(london) -> list[Application]:
    return sorted((make.application(london), make.application(london)), key=lambda row: row.pk)


def test_one_verdict_a_pair(london, olive):
    first, second = pair(london)
    DuplicateVerdict.objects.create(first=first, second=second, verdict="DIFFERENT", by=olive)

    with pytest.raises(IntegrityError):
        DuplicateVerdict.objects.create(first=first, second=second, verdict="DIFFERENT", by=olive)


def test_a_verdict_names_the_lower_key_first(london, olive):
    first, second = pair(london)

    with pytest.raises(IntegrityError):
        DuplicateVerdict.objects.create(first=second, second=first, verdict="DIFFERENT", by=olive)


def test_one_tally_an_answer(london):
    tally = {"cohort": london, "question_set": "2026", "question": "age", "answer": "25-34"}
    EqualityTally.objects.create(**tally)

    with pytest.raises(IntegrityError):
        EqualityTally.objects.create(**tally)


def asked(london, by, **fields) -> NominationRequest:
    fields = {"token_hash": uuid4().hex, "area": "Camden"} | fields
    return NominationRequest.objects.create(
        cohort=london,
        organisation=make.organisation("Camden Carers"),
        contact_name="Kit",
        asked_at=timezone.now(),
        by=by,
        **fields,
    )


def test_an_organisation_is_asked_once_for_an_area(london, olive):
    asked(london, olive)

    with pytest.raises(IntegrityError):
        asked(london, olive)


@pytest.mark.parametrize("kind", ["request", "nomination"])
def test_links_of_nominations_are_unique(london, olive, kind):
    request = asked(london, olive, token_hash="x")
    nomination = {"request": request, "token_hash": "y", "nominated_at": timezone.now()}
    Nomination.objects.create(**nomination)

    with pytest.raises(IntegrityError):
        if kind == "request":
            asked(london, olive, area="Brent", token_hash="x")
        else:
            Nomination.objects.create(**nomination)


@pytest.mark.parametrize("model", [Assignment, ConflictOfInterest])
def test_one_assignment_and_one_conflict_a_reviewer(london, ruth, model):
    application = make.application(london)
    model.objects.create(application=application, reviewer=ruth)

    with pytest.raises(IntegrityError):
        model.objects.create(application=application, reviewer=ruth)


def test_a_moderation_has_a_reason(london, moses):
    with pytest.raises(IntegrityError):
        Moderation.objects.create(application=make.application(london), by=moses, reason="")


@pytest.mark.parametrize("marks", [(5,), (3, 3)])
def test_an_agreed_mark_is_0_to_4_and_once_a_characteristic(london, moses, marks):
    moderation = Moderation.objects.create(application=make.application(london), by=moses, reason="Together.")

    with pytest.raises(IntegrityError):
        for mark in marks:
            AgreedMark.objects.create(moderation=moderation, characteristic="TIME", mark=mark)


def test_each_application_is_read_by_somebody(london):
    with pytest.raises(IntegrityError):
        make.settings(london, reviews_per_application=0)


def test_a_channel_has_a_code_of_its_own_in_its_cohort(london, kent):
    for cohort in (london, kent):
        Channel.objects.create(cohort=cohort, code="news", name="Newsletter")

    with pytest.raises(IntegrityError):
        Channel.objects.create(cohort=london, code="news", name="Another")
