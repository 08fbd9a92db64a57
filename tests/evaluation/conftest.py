"""The end of day 3 in London: a wave that has opened, and what came in."""

import pytest
from django.urls import reverse

from core.models import Message
from evaluation.models import Wave
from evaluation.services import answering, waves
from programmes.models import Cohort
from tests import make
from tests.evaluation import golden


@pytest.fixture
def wave(london: Cohort) -> Wave:
    """The immediate wave: open since 16 January 2018, nobody invited, no form."""
    return waves.ensure(cohort=london, kind=Wave.Kind.IMMEDIATE)


@pytest.fixture
def golden_wave(wave: Wave) -> Wave:
    """40 people in the cohort and the 32 forms behind the published table."""
    for _ in range(40):
        make.participant(wave.cohort)
    answering.record_forms(wave=wave, forms=golden.forms())
    return wave


@pytest.fixture
def token_for(olive):
    """token_for(wave) invites one new participant and reads the secret from the letter."""

    def invite(wave: Wave) -> str:
        participant = make.participant(wave.cohort)
        waves.invite(wave=wave, by=olive)
        return Message.objects.get(recipient_name=participant.person.name).secrets[0]

    return invite


@pytest.fixture
def link_for(token_for):
    return lambda wave: reverse("evaluation:form", args=[token_for(wave)])
