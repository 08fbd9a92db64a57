"""How many places are taken: by people who take part, and by offers that wait for an answer."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from programmes.models import Cohort, Participant
from recruitment.models import Offer


@dataclass(frozen=True)
class Places:
    """A cohort's places: all of them, those with a person, and those held by an open offer."""

    capacity: int
    taken: int
    offered: int

    @property
    def held(self) -> int:
        return self.taken + self.offered

    @property
    def left(self) -> int:
        return max(self.capacity - self.held, 0)

    @property
    def words(self) -> str:
        """ "There are 3 places left"."""
        if not self.left:
            return "There is no place left"
        return "There is 1 place left" if self.left == 1 else f"There are {self.left} places left"


def with_places(cohorts: QuerySet[Cohort]) -> QuerySet[Cohort]:
    """Adds `places_taken` and `places_offered` to the row, for `places_in`."""
    offers = Offer.objects.waiting().filter(application__cohort=OuterRef("pk"))
    people = Participant.objects.filter(cohort=OuterRef("pk"), withdrawn_at=None)
    return cohorts.annotate(
        places_taken=Coalesce(_number_of(people, "cohort"), 0),
        places_offered=Coalesce(_number_of(offers, "application__cohort"), 0),
    )


def places_in(cohort: Cohort) -> Places:
    """The places of a cohort that came `with_places`. No query."""
    return Places(cohort.capacity, cohort.places_taken, cohort.places_offered)


def places_of(cohort: Cohort) -> Places:
    """One query."""
    taken_offered = with_places(Cohort.objects.filter(pk=cohort.pk)).values_list("places_taken", "places_offered")
    return Places(cohort.capacity, *taken_offered.get())


def _number_of(rows: QuerySet, cohort_path: str) -> Subquery:
    return Subquery(rows.order_by().values(cohort_path).annotate(number=Count("pk")).values("number"))


def locked_places_of(cohort: Cohort) -> Places:
    """The same with the cohort's row locked until the transaction ends, so that two people never get one place."""
    return places_of(Cohort.objects.select_for_update().get(pk=cohort.pk))
