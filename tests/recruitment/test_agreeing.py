"""Agreement: recorded by an organiser, waited for, and what happens without it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEvent, Message
from people.models import Consent, ContactRoute, Person
from people.services import consents
from recruitment.models import Application
from recruitment.services import agreeing, applying, deciding
from recruitment.services.agreeing import How
from recruitment.services.moving import move
from recruitment.states import STEPS
from tests import make
from tests.recruitment.filled import filled_in

pytestmark = pytest.mark.django_db
BOTH = (Consent.Purpose.PRIVACY_NOTICE, Consent.Purpose.ADULT)
State = Application.State


@pytest.fixture
def waiting(london, olive) -> Application:
    """A paper form without a signature."""
    return applying.submit(cohort=london, source="PAPER", by=olive, **filled_in(agreements=()))


def aged(application: Application, **since) -> None:
    """As if it had been typed in that long ago."""
    Person.objects.filter(pk=application.person_id).update(created_at=timezone.now() - timedelta(**since))


# --- Recording it ---------------------------------------------------------------------------------------
def test_without_a_signature_it_waits(waiting):
    assert (waiting.state, waiting.agreed_at) == (State.AWAITING, None)


def test_agreement_lets_it_go_on(waiting, olive):
    agreeing.record_agreement(application=waiting, purposes=BOTH, how=How.SPOKEN, by=olive)

    waiting.refresh_from_db()
    assert waiting.state == State.SUBMITTED
    assert waiting.agreed_at is not None
    assert set(waiting.person.consents.values_list("purpose", flat=True)) == set(BOTH)
    line = AuditEvent.objects.get(verb="agreed")
    assert (line.by, line.detail, line.subject_id) == (olive, {"how": "SPOKEN"}, str(waiting.pk))


@pytest.mark.parametrize(
    ("purposes", "sentence"),
    [
        ((Consent.Purpose.ADULT,), "Ask whether the person has read how we use personal information."),
        ((Consent.Purpose.PRIVACY_NOTICE, Consent.Purpose.PHOTOS), "Ask whether the person is 18 or over."),
    ],
)
def test_the_two_needed_agreements_cannot_be_left_out(waiting, olive, purposes, sentence):
    with pytest.raises(agreeing.AgreementMissing) as refusal:
        agreeing.record_agreement(application=waiting, purposes=purposes, how=How.SIGNED, by=olive)

    waiting.refresh_from_db()
    assert refusal.value.sentence.startswith(sentence)
    assert waiting.state == State.AWAITING
    assert not waiting.person.consents.exists()


def test_what_was_agreed_before_counts(waiting, olive):
    consents.give(person=waiting.person, purpose=Consent.Purpose.ADULT, by=olive)

    agreeing.record_agreement(application=waiting, purposes=BOTH[:1], how=How.SIGNED, by=olive)

    assert waiting.state == State.SUBMITTED


def test_pressing_twice_records_it_once(waiting, olive):
    agreeing.record_agreement(application=waiting, purposes=BOTH, how=How.SPOKEN, by=olive)

    with pytest.raises(agreeing.AlreadyAgreed):
        agreeing.record_agreement(application=waiting, purposes=BOTH, how=How.SPOKEN, by=olive)

    assert AuditEvent.objects.filter(verb="agreed").count() == 1


def test_one_that_was_withdrawn_cannot_be_agreed_to(waiting, olive):
    Application.objects.filter(pk=waiting.pk).update(state=State.WITHDRAWN)

    with pytest.raises(agreeing.AlreadyAgreed):
        agreeing.record_agreement(application=waiting, purposes=BOTH, how=How.SPOKEN, by=olive)

    assert not waiting.person.consents.exists()


# --- Until then -----------------------------------------------------------------------------------------
def test_reviewers_do_not_see_one_that_waits(waiting, london, olive):
    make.application(london)
    before = set(Application.objects.for_reviewers().values_list("pk", flat=True))

    agreeing.record_agreement(application=waiting, purposes=BOTH, how=How.SPOKEN, by=olive)

    assert waiting.pk not in before
    assert set(Application.objects.for_reviewers().values_list("pk", flat=True)) == before | {waiting.pk}


def test_it_cannot_be_decided(waiting, olive):
    with pytest.raises(deciding.CannotDecide) as refusal:
        deciding.decline(application=waiting, reason="No room", by=olive)

    assert refusal.value.sentence == "The application of Ana Novak still waits for the person’s agreement."
    assert {outcome for outcome, (starts, _) in STEPS.items() if State.AWAITING in starts} == {"WITHDRAW"}


def test_one_that_was_withdrawn_unagreed_waits_again_when_it_is_reopened(waiting, olive):
    move(application=waiting, outcome="WITHDRAW", reason="Changed their mind", by=olive)

    deciding.reopen(application=waiting, reason="Rang again", by=olive)

    waiting.refresh_from_db()
    assert waiting.state == State.AWAITING
    assert not Application.objects.for_reviewers().exists()


def test_the_letter_says_what_is_missing_and_by_when(waiting):
    letter = Message.objects.get()
    day = timezone.localdate() + timedelta(days=30)

    assert "One thing is missing: we cannot use your application until you agree." in letter.text
    assert f"by {day:%A} {day.day} {day:%B %Y}." in letter.text
    assert "You need do nothing now" not in letter.text


def test_an_application_that_is_agreed_to_gets_the_usual_letter(london, olive):
    applying.submit(cohort=london, source="PAPER", by=olive, **filled_in())

    text = Message.objects.get().text
    assert "One thing is missing" not in text
    assert "You need do nothing now." in text


# --- Thirty days ----------------------------------------------------------------------------------------
def test_after_thirty_days_nothing_of_it_is_left(waiting):
    aged(waiting, days=30, minutes=1)

    assert agreeing.discard_unagreed() == 1

    assert not Application.objects.exists()
    assert not Person.objects.exists()
    assert not ContactRoute.objects.exists()
    assert not Message.objects.exists()
    line = AuditEvent.objects.get(verb="discarded_unagreed")
    assert (line.subject_id, line.reason, line.detail, line.by) == (str(waiting.pk), "", {"days": 30}, None)


def test_before_that_it_stays(waiting):
    aged(waiting, days=29, hours=23)

    assert agreeing.discard_unagreed() == 0
    assert Application.objects.get() == waiting


def test_the_days_count_from_when_it_was_typed_in(london, olive):
    """Paper that lay in the post for five weeks is not deleted in the night after it was entered."""
    received = timezone.now() - timedelta(days=36)
    applying.submit(cohort=london, source="PAPER", by=olive, moment=received, **filled_in(agreements=()))

    assert agreeing.discard_unagreed() == 0


def test_one_that_was_agreed_to_stays(waiting, olive):
    agreeing.record_agreement(application=waiting, purposes=BOTH, how=How.SPOKEN, by=olive)
    aged(waiting, days=60)

    assert agreeing.discard_unagreed() == 0


def test_a_person_whom_something_else_names_stays(waiting, london):
    aged(waiting, days=31)
    make.participant(london, person=waiting.person)

    assert agreeing.discard_unagreed() == 1
    assert list(Person.objects.values_list("name", flat=True)) == ["Ana Novak"]


def test_what_was_merged_into_it_goes_too(waiting, london):
    make.application(london, person=make.person("Ana Novak"), state=State.MERGED, merged_into=waiting)
    aged(waiting, days=31)

    assert agreeing.discard_unagreed() == 1
    assert not Application.objects.exists()
    assert not Person.objects.exists()


def test_running_it_again_finds_nothing(waiting):
    aged(waiting, days=31)
    agreeing.discard_unagreed()

    assert agreeing.discard_unagreed() == 0


# --- The button -----------------------------------------------------------------------------------------
@pytest.fixture
def agree_url(waiting) -> str:
    return reverse("recruitment:agree", args=[waiting.cohort.slug, waiting.reference])


def test_the_button_records_it_and_says_so(signed_in, olive, waiting, agree_url):
    answer = signed_in(olive).post(agree_url, {"purposes": list(BOTH), "how": "SIGNED"}, follow=True)

    waiting.refresh_from_db()
    assert waiting.state == State.SUBMITTED
    assert "Ana Novak has agreed. Reviewers can read the application now." in answer.content.decode()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"how": "SPOKEN"}, "Tick what the person agreed to."),
        ({"purposes": list(BOTH)}, "Choose whether the person signed or said so on the phone."),
        ({"purposes": ["PHOTOS"], "how": "SPOKEN"}, "Ask whether the person has read how we use personal information"),
        ({"purposes": ["NONSENSE"], "how": "SPOKEN"}, "Choose one of the answers on the list."),
    ],
)
def test_the_button_without_enough_keeps_what_was_ticked(signed_in, olive, waiting, agree_url, sent, sentence):
    answer = signed_in(olive).post(agree_url, sent)

    waiting.refresh_from_db()
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert waiting.state == State.AWAITING


@pytest.mark.parametrize("who", ["ruth", "moses", "alan", "stranger"])
def test_others_find_no_button(request, signed_in, waiting, agree_url, who):
    client = signed_in(request.getfixturevalue(who))

    assert client.post(agree_url, {"purposes": list(BOTH), "how": "SIGNED"}).status_code == 404
    waiting.refresh_from_db()
    assert waiting.state == State.AWAITING
