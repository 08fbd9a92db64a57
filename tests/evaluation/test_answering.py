"""Answers come in: by link, from paper, from files; and what the database refuses by itself."""

from uuid import uuid4

import pytest
from django.core.serializers import serialize
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.exceptions import DomainError
from core.models import AuditEvent
from evaluation.models import Answer, Response, Wave
from evaluation.queries import invitation_for
from evaluation.services import answering, waves
from evaluation.services.answering import Form
from tests import make
from tests.evaluation import golden

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation(wave, token_for):
    return invitation_for(token_for(wave))


def marks(response: Response) -> dict[str, object]:
    return {answer.item.key: answer.mark for answer in response.answers.select_related("item")}


# --- by personal link --------------------------------------------------------------------------------------
def test_submit_keeps_marks_and_not_there(invitation):
    response = answering.submit(invitation=invitation, answers={"darzi": 4, "managers": None}, key=uuid4())

    assert marks(response) == {"darzi": 4, "managers": None}
    assert (response.source, response.pseudonym, response.is_late) == ("ONLINE", "", False)
    invitation.refresh_from_db()
    assert invitation.has_answered


def test_submit_gives_a_form_number_that_can_be_read_aloud(invitation):
    response = answering.submit(invitation=invitation, answers={"darzi": 4}, key=uuid4())

    prefix, letters = response.form.split("-")
    assert prefix == "W"
    assert len(letters) == 5
    assert set(letters) <= set("23456789ABCDEFGHJKMNPQRSTUVWXYZ")


def test_submit_twice_with_one_key_is_one_response(invitation):
    key = uuid4()

    first = answering.submit(invitation=invitation, answers={"darzi": 4}, key=key)
    second = answering.submit(invitation=invitation, answers={"darzi": 4}, key=key)

    assert first == second
    assert (Response.objects.count(), Answer.objects.count()) == (1, 1)


def test_submit_twice_with_two_keys_is_refused(invitation):
    answering.submit(invitation=invitation, answers={"darzi": 4}, key=uuid4())

    with pytest.raises(answering.AlreadyAnswered, match="sent already"):
        answering.submit(invitation=invitation, answers={"darzi": 1}, key=uuid4())
    assert [answer.mark for answer in Answer.objects.all()] == [4]


def test_submit_to_a_closed_wave_is_refused(invitation, olive):
    waves.close(wave=invitation.wave, by=olive)

    with pytest.raises(answering.WaveClosed, match="closed"):
        answering.submit(invitation=invitation, answers={"darzi": 4}, key=uuid4())
    assert not Response.objects.exists()


def test_submit_by_somebody_who_has_withdrawn_is_refused(invitation):
    invitation.participant.withdrawn_at = timezone.now()

    with pytest.raises(answering.WaveClosed):
        answering.submit(invitation=invitation, answers={"darzi": 4}, key=uuid4())


def test_submit_leaves_nothing_that_leads_to_the_person(invitation):
    lines = AuditEvent.objects.count()
    person = invitation.participant.person

    response = answering.submit(invitation=invitation, answers={"darzi": 4}, key=uuid4())

    stored = serialize("json", [response, *response.answers.all()])
    assert person.name not in stored
    assert {field.name for field in Response._meta.fields} == {"id", "wave", "form", "source", "pseudonym", "is_late"}
    assert {field.name for field in Answer._meta.fields} == {"id", "response", "wave", "item", "mark", "was_absent"}
    assert AuditEvent.objects.count() == lines


def test_submit_costs_the_same_for_one_answer_and_for_eight(wave, token_for, django_assert_num_queries):
    one, eight = (invitation_for(token_for(wave)) for _ in range(2))

    for invitation, keys in ((one, ["darzi"]), (eight, golden.MARKS)):
        with django_assert_num_queries(7):  # 5, and a savepoint made and released
            answering.submit(invitation=invitation, answers=dict.fromkeys(keys, 4), key=uuid4())


# --- from paper and files ------------------------------------------------------------------------------------
def test_record_forms_keeps_what_was_written(wave, olive):
    made = answering.record_forms(
        wave=wave, forms=[Form("12", "PAPER", "", {"darzi": 3}), Form("13", "PHONE", "", {"darzi": None})], by=olive
    )

    assert [(form.form, form.source, marks(form)) for form in made] == [
        ("12", "PAPER", {"darzi": 3}),
        ("13", "PHONE", {"darzi": None}),
    ]
    line = AuditEvent.objects.get(verb="forms entered")
    assert (line.by, line.detail) == (olive, {"wave": "immediate", "forms": 2})


@pytest.mark.parametrize("count", [1, 50])
def test_record_forms_costs_the_same_for_any_number(wave, count, django_assert_num_queries):
    forms = [Form(str(number), answers={"darzi": 4, "managers": 5}) for number in range(count)]

    with django_assert_num_queries(9):  # 5, and two pairs of savepoints
        answering.record_forms(wave=wave, forms=forms)


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        (Form("1", answers={"darzi": 6}), "Form 1, darzi: 6 is not a whole mark from 1 to 5"),
        (Form("1", answers={"darzi": 0}), "0 is not a whole mark"),
        (Form("1", answers={"darzi": 4.5}), "4.5 is not a whole mark"),
        (Form("1", answers={"darzi": "four"}), "four is not a whole mark"),
        (Form("1", answers={"darzi": True}), "True is not a whole mark"),
        (Form("1", answers={"food": 4}), "there is no question called food"),
        (Form(" ", answers={"darzi": 4}), "A form has no number"),
        (Form("1" * 21, answers={"darzi": 4}), "at most 20"),
        (Form("1", source="PIGEON", answers={"darzi": 4}), "PIGEON is not a way"),
    ],
)
def test_record_forms_refuses_what_it_cannot_use_and_keeps_nothing(wave, form, sentence):
    with pytest.raises(DomainError, match=sentence):
        answering.record_forms(wave=wave, forms=[Form("good", answers={"darzi": 4}), form])
    assert not Response.objects.exists()


def test_record_forms_refuses_a_number_that_is_there(wave):
    answering.record_forms(wave=wave, forms=[Form("12", answers={"darzi": 4})])

    with pytest.raises(answering.DuplicateForm, match="Form 12 has been entered already") as refusal:
        answering.record_forms(wave=wave, forms=[Form("11", answers={"darzi": 4}), Form("12", answers={"darzi": 4})])
    assert refusal.value.form == "12"
    assert Response.objects.count() == 1


def test_record_forms_refuses_one_number_twice(wave):
    with pytest.raises(answering.DuplicateForm):
        answering.record_forms(wave=wave, forms=[Form("12"), Form("12")])


def test_one_number_may_stand_in_two_waves(wave):
    other = waves.ensure(cohort=wave.cohort, kind=Wave.Kind.ONE_MONTH)

    for each in (wave, other):
        answering.record_forms(wave=each, forms=[Form("12", answers={"darzi": 4})])

    assert Response.objects.filter(form="12").count() == 2


def test_pseudonyms_make_a_new_wave_linked(wave):
    answering.record_forms(wave=wave, forms=[Form("1", pseudonym="K7", answers={"darzi": 4})])

    wave.refresh_from_db()
    assert not wave.is_anonymous


def test_pseudonyms_are_refused_where_people_were_promised_anonymity(wave, olive):
    make.participant(wave.cohort)
    waves.invite(wave=wave, by=olive)

    with pytest.raises(DomainError, match="anonymous"):
        answering.record_forms(wave=wave, forms=[Form("1", pseudonym="K7", answers={"darzi": 4})])


def test_one_pseudonym_has_one_form(wave):
    with pytest.raises(DomainError, match="pseudonym K7 has a form"):
        answering.record_forms(wave=wave, forms=[Form("1", pseudonym="K7"), Form("2", pseudonym="K7")])


def test_remove_form_takes_its_answers_along(wave, olive):
    (response,) = answering.record_forms(wave=wave, forms=[Form("12", answers={"darzi": 4})])

    answering.remove_form(response=response, by=olive)

    assert (Response.objects.count(), Answer.objects.count()) == (0, 0)
    assert AuditEvent.objects.get(verb="form removed").detail == {"wave": "immediate", "form": "12"}


def test_remove_form_refuses_what_somebody_sent(invitation, olive):
    response = answering.submit(invitation=invitation, answers={"darzi": 4}, key=uuid4())

    with pytest.raises(DomainError, match="sent online"):
        answering.remove_form(response=response, by=olive)
    assert Response.objects.count() == 1


# --- what the database refuses ---------------------------------------------------------------------------------
@pytest.fixture
def response(wave):
    return answering.record_forms(wave=wave, forms=[Form("12", answers={"darzi": 4})])[0]


def refused(make_row) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_row()


@pytest.mark.parametrize("mark", [0, 6])
def test_database_refuses_a_mark_outside_1_to_5(response, mark):
    refused(lambda: response.answers.update(mark=mark))


def test_database_refuses_a_mark_beside_not_there(response):
    refused(lambda: response.answers.update(was_absent=True))


def test_database_refuses_an_answer_that_says_nothing(response):
    refused(lambda: response.answers.update(mark=None))


def test_database_refuses_two_answers_to_one_question(response):
    answer = response.answers.get()
    refused(lambda: Answer.objects.create(response=response, wave=response.wave, item=answer.item, mark=5))


def test_database_refuses_one_form_number_twice(response):
    refused(lambda: Response.objects.create(wave=response.wave, form="12"))


def test_database_refuses_a_form_without_a_number(wave):
    refused(lambda: Response.objects.create(wave=wave, form=""))


def test_database_refuses_one_pseudonym_twice(wave):
    Response.objects.create(wave=wave, form="1", pseudonym="K7")
    refused(lambda: Response.objects.create(wave=wave, form="2", pseudonym="K7"))


def test_database_refuses_a_second_wave_of_a_kind(wave):
    refused(lambda: Wave.objects.create(cohort=wave.cohort, kind=wave.kind, version=wave.version))


def test_database_refuses_a_wave_that_closes_before_it_opens(wave):
    refused(lambda: Wave.objects.filter(pk=wave.pk).update(closes_at=wave.opens_at))


def test_database_refuses_two_invitations_of_one_person(invitation):
    refused(
        lambda: type(invitation).objects.create(
            wave=invitation.wave, participant=invitation.participant, token_hash="another"
        )
    )
