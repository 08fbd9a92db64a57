import pytest

from evaluation.services import answering
from programmes.models import Cohort
from tests import make
from tests.evaluation import golden


@pytest.fixture
def published(london: Cohort) -> Cohort:
    """London with forty people and the 32 forms of the published table."""
    for _ in range(40):
        make.participant(london)
    answering.record_forms(wave=make.wave(london), forms=golden.forms())
    return Cohort.objects.select_related("programme__commissioner").get(pk=london.pk)
