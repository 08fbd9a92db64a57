"""Two applications of one person become one, by a person's decision, and back."""

import pytest
from django.urls import reverse

from core.models import AuditEvent
from recruitment import queries
from recruitment.models import (
    Application,
    Assignment,
    BulkAction,
    CharacteristicAnswer,
    DuplicateVerdict,
    PendingDecision,
    Review,
)
from recruitment.services import merging, offering, undoing
from recruitment.services.merging import CannotMerge, CannotUnmerge
from tests import make

pytestmark = pytest.mark.django_db
State = Application.State


@pytest.fixture
def pair(london) -> tuple[Application, Application]:
    """Ana applied online and on paper."""
    about = {"email": "ana@example.org", "area": "Camden"}
    online = make.application(london, person=make.person("Ana Novak", **about))
    return online, make.application(london, person=make.person("Novak Ana", **about), source="PAPER")


def merged(pair, by) -> BulkAction:
    keep, other = pair
    return merging.merge(keep=keep, other=other, by=by, reason="Same handwriting")


# --- Merging --------------------------------------------------------------------------------------------
def test_both_versions_are_kept_and_one_counts(pair, olive, london):
    keep, other = pair

    action = merged(pair, olive)

    keep.refresh_from_db()
    other.refresh_from_db()
    assert (keep.state, other.state, other.merged_into) == (State.SUBMITTED, State.MERGED, keep)
    assert list(Application.objects.counting()) == [keep]
    assert CharacteristicAnswer.objects.filter(application=other).exclude(text="").count() == 7
    assert queries.merged_versions(keep) == [other]
    verdict = DuplicateVerdict.objects.get()
    assert (verdict.verdict, verdict.reason, verdict.by) == ("MERGED", "Same handwriting", olive)
    assert (action.kind, action.summary) == ("MERGE", f"{other.reference} merged into {keep.reference}")
    line = AuditEvent.objects.get(verb="merged")
    assert (line.subject_id, line.detail, line.reason) == (str(other.pk), {"into": keep.pk}, "")
    assert queries.duplicates_waiting(london) == 0


def test_what_was_prepared_for_the_other_is_put_away_and_reviews_stay(pair, olive, ruth, moses):
    other = pair[1]
    PendingDecision.objects.create(application=other, outcome="DECLINE", reason="Full", by=olive)
    make.assigned(other, ruth, moses)
    make.review(other, ruth)

    merged(pair, olive)

    assert not PendingDecision.objects.exists()
    assert list(Assignment.objects.values_list("reviewer", flat=True)) == [ruth.pk]
    assert Review.objects.get().application == other


@pytest.mark.parametrize("state", ["OFFERED", "ACCEPTED"])
def test_one_with_a_place_cannot_be_put_away(pair, olive, state):
    keep, other = pair
    Application.objects.filter(pk=other.pk).update(state=state)

    with pytest.raises(CannotMerge) as refusal:
        merged(pair, olive)

    assert "Keep that one, so that the place stays." in refusal.value.sentence
    other.refresh_from_db()
    assert (other.state, keep.merged.count(), DuplicateVerdict.objects.count()) == (state, 0, 0)


def test_one_with_a_place_can_be_the_one_that_stays(pair, olive):
    offering.offer(application=pair[0], reason="Strong", by=olive)

    merged(pair, olive)

    pair[0].refresh_from_db()
    assert pair[0].state == State.OFFERED


def test_one_that_waits_for_agreement_does_not_swallow_one_that_was_agreed_to(pair, olive):
    Application.objects.filter(pk=pair[0].pk).update(state=State.AWAITING)

    with pytest.raises(CannotMerge, match="still waits for the person’s agreement"):
        merged(pair, olive)


@pytest.mark.parametrize("state", ["DECLINED", "WITHDRAWN"])
@pytest.mark.parametrize("which", [0, 1])
def test_one_out_of_the_running_is_not_merged(pair, olive, state, which):
    Application.objects.filter(pk=pair[which].pk).update(state=state)

    with pytest.raises(CannotMerge, match="so it cannot be merged"):
        merged(pair, olive)


def test_an_application_is_not_merged_into_itself(pair, olive):
    with pytest.raises(CannotMerge):
        merging.merge(keep=pair[0], other=pair[0], by=olive, reason="Slip")


def test_applications_of_two_cohorts_are_not_merged(pair, kent, olive):
    with pytest.raises(CannotMerge):
        merging.merge(keep=pair[0], other=make.application(kent), by=olive, reason="Slip")


def test_merging_twice_is_refused(pair, olive):
    merged(pair, olive)

    with pytest.raises(CannotMerge, match="was merged into another one"):
        merged(pair, olive)

    assert BulkAction.objects.count() == 1


def test_a_third_version_goes_into_the_one_that_stays(pair, olive, london):
    third = make.application(london, person=make.person("Ana Novak"))
    merged(pair, olive)

    with pytest.raises(CannotMerge, match="holds another version already"):
        merging.merge(keep=third, other=pair[0], by=olive, reason="Same")
    merging.merge(keep=pair[0], other=third, by=olive, reason="Same")

    assert {version.pk for version in queries.merged_versions(pair[0])} == {pair[1].pk, third.pk}


# --- Back -----------------------------------------------------------------------------------------------
def test_taking_it_back_restores_the_state_and_the_reviewers(pair, olive, amina, ruth, moses):
    other = pair[1]
    Application.objects.filter(pk=other.pk).update(state=State.RESERVE)
    Assignment.objects.create(application=other, reviewer=ruth, is_by_hand=True)
    make.assigned(other, moses)
    action = merged(pair, olive)

    said = undoing.undo(action=action, by=amina)

    other.refresh_from_db()
    assert (other.state, other.merged_into) == (State.RESERVE, None)
    assert set(other.assignments.values_list("reviewer", "is_by_hand")) == {(ruth.pk, True), (moses.pk, False)}
    assert not DuplicateVerdict.objects.exists()
    assert said == f"{action.summary}: this is taken back. Both applications count again."
    assert AuditEvent.objects.get(verb="unmerged").by == amina


def test_taking_it_back_twice_is_refused(pair, olive):
    action = merged(pair, olive)
    undoing.undo(action=action, by=olive)

    with pytest.raises(undoing.CannotUndo):
        undoing.undo(action=action, by=olive)


def test_it_is_not_taken_back_when_the_same_person_has_applied_again(pair, olive, london):
    action = merged(pair, olive)
    make.application(london, person=pair[1].person)

    with pytest.raises(CannotUnmerge, match="newer application"):
        undoing.undo(action=action, by=olive)

    action.refresh_from_db()
    assert action.undone_at is None


def test_an_application_that_is_not_merged_has_nothing_to_take_back(pair):
    with pytest.raises(CannotUnmerge):
        merging.action_of(pair[0])


# --- Two people -----------------------------------------------------------------------------------------
def test_two_people_are_told_apart(pair, olive, london):
    verdict = merging.tell_apart(first=pair[1], second=pair[0], by=olive, reason="Cousins")

    assert (verdict.first, verdict.second, verdict.verdict) == (*pair, "DIFFERENT")
    assert queries.duplicates_waiting(london) == 0
    assert set(Application.objects.values_list("state", flat=True)) == {State.SUBMITTED}


def test_one_can_look_again(pair, olive, london):
    verdict = merging.tell_apart(first=pair[0], second=pair[1], by=olive, reason="Cousins")

    merging.look_again(verdict=verdict, by=olive)

    assert queries.duplicates_waiting(london) == 1


def test_what_is_merged_is_not_told_apart(pair, olive):
    merged(pair, olive)

    with pytest.raises(CannotMerge, match="merged already"):
        merging.tell_apart(first=pair[0], second=pair[1], by=olive, reason="Cousins")


# --- The page -------------------------------------------------------------------------------------------
def url(cohort, name: str = "duplicates", *more) -> str:
    return reverse(f"recruitment:{name}", args=[cohort.slug, *more])


def sent(pair, **changes) -> dict[str, str]:
    return {"first": pair[0].reference, "second": pair[1].reference, "reason": "Same handwriting"} | changes


def test_the_page_shows_both_versions_and_why_they_look_alike(signed_in, olive, london, pair):
    page = signed_in(olive).get(url(london)).content.decode()

    assert f"keep {pair[0].reference}" in page
    assert f"keep {pair[1].reference}" in page
    for signal in ("Same name", "Same email address", "Same area", "Answers in the same words"):
        assert f"<li>{signal}</li>" in page
    assert page.count("What I did about willingness to challenge professionals.") == 2


def test_a_moderator_sees_no_addresses(signed_in, moses, london, pair):
    page = signed_in(moses).get(url(london)).content.decode()

    assert "ana@example.org" not in page
    assert "Same email address" in page


def test_the_button_merges_into_the_chosen_one(signed_in, olive, london, pair):
    answer = signed_in(olive).post(url(london, "duplicates-merge"), sent(pair, keep=pair[1].reference), follow=True)

    pair[0].refresh_from_db()
    assert (pair[0].state, pair[0].merged_into) == (State.MERGED, pair[1])
    assert f"Only {pair[1].reference} counts." in answer.content.decode()
    assert "Take the merge back" in answer.content.decode()


@pytest.mark.parametrize("keep", ["", "A99999"])
def test_nothing_is_chosen_silently(signed_in, olive, london, pair, keep):
    answer = signed_in(olive).post(url(london, "duplicates-merge"), sent(pair, keep=keep))

    assert answer.status_code == 422
    assert Application.objects.filter(state=State.MERGED).count() == 0


def test_a_third_application_cannot_be_the_one_to_keep(signed_in, olive, london, pair):
    third = make.application(london)

    answer = signed_in(olive).post(url(london, "duplicates-merge"), sent(pair, keep=third.reference))

    assert answer.status_code == 422
    assert "Choose which of the two applications stays." in answer.content.decode()


def test_a_refusal_is_said_on_the_page(signed_in, olive, london, pair):
    Application.objects.filter(pk=pair[1].pk).update(state=State.ACCEPTED)

    answer = signed_in(olive).post(url(london, "duplicates-merge"), sent(pair, keep=pair[0].reference))

    assert answer.status_code == 422
    assert "Keep that one, so that the place stays." in answer.content.decode()


def test_the_button_tells_two_people_apart_and_back(signed_in, olive, london, pair):
    client = signed_in(olive)

    told = client.post(url(london, "duplicates-different"), sent(pair, reason=""), follow=True).content.decode()
    again = client.post(
        url(london, "duplicates-again", DuplicateVerdict.objects.get().pk), follow=True
    ).content.decode()

    assert "are two people. Both count." in told
    assert "Nobody seems to have applied twice." in told
    assert f"keep {pair[0].reference}" in again


def test_the_button_takes_a_merge_back(signed_in, olive, london, pair):
    merged(pair, olive)

    answer = signed_in(olive).post(url(london, "unmerge", pair[1].reference), follow=True)

    pair[1].refresh_from_db()
    assert pair[1].state == State.SUBMITTED
    assert "Both applications count again." in answer.content.decode()


def test_taking_back_what_is_not_merged_says_so(signed_in, olive, london, pair):
    answer = signed_in(olive).post(url(london, "unmerge", pair[0].reference), follow=True)

    assert "This application is not merged any more" in answer.content.decode()


@pytest.mark.parametrize("who", ["ruth", "alan", "eve", "stranger"])
def test_others_find_no_page(request, signed_in, london, pair, who):
    client = signed_in(request.getfixturevalue(who))

    statuses = {
        client.get(url(london)).status_code,
        client.post(url(london, "duplicates-merge"), sent(pair, keep=pair[0].reference)).status_code,
        client.post(url(london, "duplicates-different"), sent(pair)).status_code,
        client.post(url(london, "unmerge", pair[0].reference)).status_code,
    }

    assert statuses == {404}


def test_pairs_of_another_cohort_are_not_judged_here(signed_in, olive, london, kent, pair):
    far = make.application(kent)

    answer = signed_in(olive).post(url(london, "duplicates-different"), sent((pair[0], far)))

    assert answer.status_code == 422
    assert not DuplicateVerdict.objects.exists()


@pytest.mark.parametrize("pairs", [1, 10])
def test_the_page_costs_the_same_for_one_pair_and_for_ten(signed_in, olive, london, django_assert_num_queries, pairs):
    for n in range(pairs):
        for _ in range(2):
            make.application(london, person=make.person(f"Ana Novak{chr(97 + n) * 5}", email=f"{n}@example.org"))
    client = signed_in(olive)
    client.get(url(london))

    with django_assert_num_queries(13):
        client.get(url(london))


# --- The application's own page -------------------------------------------------------------------------
def test_the_page_of_the_one_that_stays_shows_the_other_version(signed_in, olive, pair):
    merged(pair, olive)

    page = signed_in(olive).get(pair[0].get_absolute_url()).content.decode()

    assert "Other version of this application" in page
    assert f"{pair[1].reference}: paper" in page
    assert "Take the merge back" in page
    assert page.count("What I did about willingness to challenge professionals.") == 2


def test_the_page_of_the_other_leads_to_the_one_that_counts(signed_in, olive, pair):
    merged(pair, olive)

    page = signed_in(olive).get(pair[1].get_absolute_url()).content.decode()

    assert f'<a href="{pair[0].get_absolute_url()}">application {pair[0].reference}</a>' in page
