"""Answers come in: one form at a time by personal link, many at a time from paper, telephone or a file."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from core import audit
from core.exceptions import DomainError
from evaluation.models import Answer, Invitation, Item, Response, Wave
from evaluation.models.response import LOWEST_MARK, TOP_MARK

FORM_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is read as another: no 0 O 1 I L
ABSENT = None

Answers = Mapping[str, int | None]


class AlreadyAnswered(DomainError):
    def __init__(self) -> None:
        super().__init__("This form has been sent already. It holds no name, so we cannot find it to change it.")


class WaveClosed(DomainError):
    def __init__(self) -> None:
        super().__init__("This form is closed, so your answers could not be sent.")


class DuplicateForm(DomainError):
    """A form number that stands in this wave already, or twice in what was sent."""

    def __init__(self, form: str) -> None:
        self.form = form
        super().__init__(f"Form {form} has been entered already.")


@dataclass(frozen=True)
class Form:
    """One completed form. In `answers`, None means "I was not there"; a question left out was not answered."""

    form: str
    source: str = Response.Source.PAPER
    pseudonym: str = ""
    answers: Answers = field(default_factory=dict)


# --- by personal link --------------------------------------------------------------------------------------
@transaction.atomic
def submit(*, invitation: Invitation, answers: Answers, key: UUID) -> Response:
    """Keep what one person sent by a personal link. The second time with the same `key` gives the same response.

    In an anonymous wave nothing joins the response to the person: no audit line is written, because its moment would.
    Raises WaveClosed and AlreadyAnswered.
    """
    wave = invitation.wave
    if not wave.is_open() or invitation.participant.withdrawn_at is not None:
        raise WaveClosed
    # Conditional UPDATE: of two forms sent at once exactly one gets through, on SQLite and on PostgreSQL alike.
    if not Invitation.objects.filter(pk=invitation.pk, has_answered=False).update(has_answered=True):
        return _sent_before(wave, key)
    response = Response.objects.create(id=key, wave=wave, form=_new_form_number(wave), source=Response.Source.ONLINE)
    Answer.objects.bulk_create(_answers(response, answers, _items(wave)))
    return response


def _sent_before(wave: Wave, key: UUID) -> Response:
    found = Response.objects.filter(pk=key, wave=wave).first()
    if found is None:
        raise AlreadyAnswered
    return found


def _new_form_number(wave: Wave) -> str:
    """Random, so that it tells nothing of the order in which forms came: "W-7K3QD"."""
    while True:
        number = "W-" + "".join(secrets.choice(FORM_LETTERS) for _ in range(5))
        if not wave.responses.filter(form=number).exists():
            return number


# --- from paper, by telephone, from a file -------------------------------------------------------------------
@transaction.atomic
def record_forms(*, wave: Wave, forms: Sequence[Form], by: Any = None, is_late: bool = False) -> list[Response]:
    """Keep all these forms or none. Five queries, and one more for every few hundred forms or answers.

    Raises DuplicateForm, and DomainError for an unknown question, a mark that is none, or pseudonyms in a wave that
    has promised to be anonymous.
    """
    items = _items(wave)
    for form in forms:
        _check(form, items)
    _refuse_duplicates(wave, forms)
    _keep_the_promise(wave, forms)
    responses = [
        Response(wave=wave, form=form.form, source=form.source, pseudonym=form.pseudonym, is_late=is_late)
        for form in forms
    ]
    try:
        with transaction.atomic():
            Response.objects.bulk_create(responses)
    except IntegrityError as error:  # somebody entered one of them since we looked
        raise DomainError(
            "One of these forms has been entered just now by somebody else. Nothing was saved."
        ) from error
    Answer.objects.bulk_create(
        answer
        for response, form in zip(responses, forms, strict=True)
        for answer in _answers(response, form.answers, items)
    )
    audit.record("forms entered", wave, by=by, cohort=wave.cohort, wave=wave.slug, forms=len(forms))
    return responses


@transaction.atomic
def remove_form(*, response: Response, by: Any) -> None:
    """Take back a form that was entered by hand, so that it can be entered again. Raises DomainError for others."""
    if response.source == Response.Source.ONLINE:
        raise DomainError("A form that somebody sent online cannot be removed.")
    wave = response.wave
    audit.record("form removed", wave, by=by, cohort=wave.cohort, wave=wave.slug, form=response.form)
    response.delete()


def _items(wave: Wave) -> dict[str, Item]:
    return {item.key: item for item in Item.objects.filter(version_id=wave.version_id)}


def _answers(response: Response, answers: Answers, items: Mapping[str, Item]) -> Iterator[Answer]:
    for key, mark in answers.items():
        yield Answer(response=response, wave_id=response.wave_id, item=items[key], mark=mark, was_absent=mark is ABSENT)


def _check(form: Form, items: Mapping[str, Item]) -> None:
    if not form.form.strip():
        raise DomainError("A form has no number.")
    if len(form.form) > Response._meta.get_field("form").max_length:
        raise DomainError("A form number has at most 20 letters or digits.")
    if form.source not in Response.Source.values:
        raise DomainError(f"Form {form.form}: {form.source} is not a way in which forms come in.")
    for key, mark in form.answers.items():
        if key not in items:
            raise DomainError(f"Form {form.form}: there is no question called {key}.")
        if mark is not ABSENT and (type(mark) is not int or not LOWEST_MARK <= mark <= TOP_MARK):
            raise DomainError(f"Form {form.form}, {key}: {mark} is not a whole mark from 1 to 5.")


def _refuse_duplicates(wave: Wave, forms: Sequence[Form]) -> None:
    stored = list(wave.responses.values_list("form", "pseudonym"))
    numbers, pseudonyms = {form for form, _ in stored}, {pseudonym for _, pseudonym in stored}
    for form in forms:
        if form.form in numbers:
            raise DuplicateForm(form.form)
        if form.pseudonym and form.pseudonym in pseudonyms:
            raise DomainError(f"Form {form.form}: pseudonym {form.pseudonym} has a form in this wave already.")
        numbers.add(form.form)
        pseudonyms.add(form.pseudonym)


def _keep_the_promise(wave: Wave, forms: Sequence[Form]) -> None:
    """Answers with pseudonyms make a new wave a linked one; an anonymous wave that was used stays anonymous."""
    pseudonyms = [form.pseudonym for form in forms if form.pseudonym]
    if not pseudonyms or not wave.is_anonymous:
        return
    if wave.responses.exists() or wave.invitations.exists():
        raise DomainError("People were told that this wave is anonymous, so it takes no forms with pseudonyms.")
    wave.is_anonymous = False
    wave.save(update_fields=["is_anonymous"])
