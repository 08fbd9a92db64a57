import pytest

from people.models import User
from programmes.models import Cohort
from tests.addresses import in_cohort


@pytest.fixture
def addresses(london: Cohort, olive: User, amina: User) -> dict[str, str]:
    """One address in London for each name."""
    return in_cohort(london, by=olive)
