import pytest
from django.db import IntegrityError, transaction

from core.exceptions import DomainError
from evaluation.instruments import HELPFUL
from evaluation.models import Item, QuestionnaireVersion
from evaluation.services import instruments
from tests.evaluation import golden

pytestmark = pytest.mark.django_db


def test_published_has_the_eight_questions_in_order():
    version = instruments.published()

    items = list(version.items.order_by("position"))
    assert [item.key for item in items] == list(golden.MARKS)
    assert [item.text for item in items] == list(golden.TEXTS)
    assert [item.stem for item in items] == [HELPFUL] * 7 + [""]
    assert [item.may_be_absent for item in items] == [True] * 7 + [False]
    assert version.frozen_at is not None


def test_published_twice_is_one_version():
    assert instruments.published() == instruments.published()
    assert (QuestionnaireVersion.objects.count(), Item.objects.count()) == (1, 8)


def test_frozen_item_refuses_a_new_wording_in_words():
    item = instruments.published().items.first()
    item.text = "Something else"

    with pytest.raises(DomainError, match="Make a new version"):
        item.save()
    with pytest.raises(DomainError, match="Make a new version"):
        item.delete()


def test_database_refuses_to_change_a_frozen_item():
    version = instruments.published()

    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        version.items.filter(key="darzi").update(text="Something else")
    assert version.items.get(key="darzi").text == "Darzi Fellow exercise"


def test_database_refuses_to_add_to_a_frozen_version():
    version = instruments.published()

    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Item.objects.bulk_create([Item(version=version, position=9, key="food", text="Food")])


def test_database_refuses_to_thaw_a_version():
    version = instruments.published()

    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        QuestionnaireVersion.objects.filter(pk=version.pk).update(frozen_at=None)


def test_a_version_that_is_not_frozen_can_be_worded():
    frozen = instruments.published()
    draft = QuestionnaireVersion.objects.create(questionnaire=frozen.questionnaire, number=2)
    item = Item.objects.create(version=draft, position=1, key="darzi", text="Darzi Fellow exercise")

    item.text = "Fellows' exercise"
    item.save()
    item.delete()

    assert not draft.items.exists()
    assert frozen.items.get(key="darzi").text == "Darzi Fellow exercise"
