"""Putting shipped instruments into the database."""

from django.db import transaction
from django.utils import timezone

from evaluation.instruments import PUBLISHED, Instrument
from evaluation.models import Item, Questionnaire, QuestionnaireVersion


@transaction.atomic
def published() -> QuestionnaireVersion:
    """The published instrument as a frozen version, made at the first call. Two calls at once give the same one."""
    return ship(PUBLISHED)


@transaction.atomic
def ship(instrument: Instrument) -> QuestionnaireVersion:
    """This wording as a frozen version. A wording that is stored already is returned as it is, never altered."""
    questionnaire, _ = Questionnaire.objects.get_or_create(
        key=instrument.key, defaults={"title": instrument.title, "source": instrument.source}
    )
    version, is_new = QuestionnaireVersion.objects.get_or_create(questionnaire=questionnaire, number=instrument.number)
    if is_new:
        _write_items(version, instrument)
        version.frozen_at = timezone.now()
        version.save()
    return version


def _write_items(version: QuestionnaireVersion, instrument: Instrument) -> None:
    Item.objects.bulk_create(
        Item(
            version=version,
            position=position,
            key=question.key,
            stem=question.stem,
            text=question.text,
            low_label=question.low_label,
            high_label=question.high_label,
            may_be_absent=question.may_be_absent,
        )
        for position, question in enumerate(instrument.questions, start=1)
    )
