"""Questions about applications that several pages ask."""

from dataclasses import dataclass

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from people.models import AccessNeed, Person
from people.permissions import Permission
from programmes.characteristics import Characteristic
from programmes.models import Cohort
from recruitment.models import AgreedScores, Application, Decision, Review
from recruitment.places import Places, places_of
from recruitment.scoring import total

# What needs somebody's attention stands first.
STATE_ORDER = (
    Application.State.AWAITING,
    Application.State.SUBMITTED,
    Application.State.OFFERED,
    Application.State.RESERVE,
    Application.State.ACCEPTED,
    Application.State.LAPSED,
    Application.State.TURNED_DOWN,
    Application.State.DECLINED,
    Application.State.WITHDRAWN,
    Application.State.MERGED,
)
NO_TOTAL = -1


def scores_of_row(application: Application) -> AgreedScores:
    """The agreed scores kept beside an application; all empty where nobody has scored it. Needs select_related."""
    return getattr(application, "agreed_scores", None) or AgreedScores(application=application)


def marks_in_order(scores: AgreedScores) -> list[int | None]:
    """The seven marks in the order of the characteristics."""
    return [getattr(scores, item.lower()) for item in Characteristic]


def for_the_list(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Everything that one row of the list shows, in one query."""
    order = Case(
        *(When(state=state, then=Value(place)) for place, state in enumerate(STATE_ORDER)),
        default=Value(len(STATE_ORDER)),
        output_field=IntegerField(),
    )
    return applications.select_related("person__organisation", "cohort", "agreed_scores", "channel").annotate(
        state_order=order, total_or_none=Coalesce("agreed_scores__total", Value(NO_TOTAL))
    )


@dataclass(frozen=True)
class Summary:
    """How a cohort's recruitment stands, in figures."""

    places: Places
    by_state: dict[str, int]
    unscored: int

    @property
    def received(self) -> int:
        return sum(self.by_state.values())

    @property
    def to_decide(self) -> int:
        return self.by_state[Application.State.SUBMITTED]

    @property
    def accepted(self) -> int:
        return self.by_state[Application.State.ACCEPTED]

    @property
    def on_reserve(self) -> int:
        return self.by_state[Application.State.RESERVE]


def summary(cohort: Cohort) -> Summary:
    """Two queries."""
    of_cohort = Application.objects.filter(cohort=cohort)
    counted = {f"n_{state}": Count("pk", filter=Q(state=state)) for state in Application.State}
    unscored = Q(state=Application.State.SUBMITTED) & ~Exists(Review.objects.filter(application=OuterRef("pk")))
    figures = of_cohort.aggregate(**counted, unscored=Count("pk", filter=unscored))
    return Summary(
        places=places_of(cohort),
        by_state={state: figures[f"n_{state}"] for state in Application.State},
        unscored=figures["unscored"],
    )


def areas_of(cohort: Cohort) -> list[str]:
    """The areas that people applied from, in order of the alphabet."""
    named = Application.objects.filter(cohort=cohort).exclude(person__area="")
    return list(named.order_by("person__area").values_list("person__area", flat=True).distinct())


def with_everything(applications: QuerySet[Application]) -> QuerySet[Application]:
    """For the page of one application: the person, the answers, all scores and all decisions."""
    return applications.select_related(
        "person__organisation", "cohort", "agreed_scores", "channel", "entered_by"
    ).prefetch_related(
        "person__contact_routes",
        "answers",
        Prefetch("reviews", Review.objects.select_related("reviewer").prefetch_related("scores").order_by("saved_at")),
        Prefetch("decisions", Decision.objects.select_related("by").order_by("-at", "-pk")),
    )


@dataclass(frozen=True)
class ReviewLine:
    """One reviewer's seven marks and their total."""

    name: str
    marks: list[int | None]
    total: int | None


def review_lines(application: Application) -> list[ReviewLine]:
    """A line a reviewer and, where there are several, the agreed scores. Uses what was prefetched."""
    lines = []
    for review in application.reviews.all():
        marks = {score.characteristic: score.mark for score in review.scores.all()}
        lines.append(ReviewLine(str(review.reviewer), [marks.get(item) for item in Characteristic], total(marks)))
    if len(lines) > 1:
        together = scores_of_row(application)
        lines.append(ReviewLine("Agreed", marks_in_order(together), together.total))
    return lines


def access_needs(application: Application) -> list[AccessNeed]:
    """What the applicant needs to take part. Only for pages whose reader holds ACCESS_NEEDS_VIEW in the cohort."""
    return list(application.person.access_needs.order_by("recorded_at"))


def facts(application: Application, held: frozenset[Permission]) -> list[tuple[str, object]]:
    """Who the applicant is, in the rows that the reader may see. Uses what was prefetched, so it costs no query."""
    person = application.person
    rows: list[tuple[str, object]] = [
        ("Area", person.area),
        ("Patient or carer", application.get_lived_experience_display()),
        ("Organisation", person.organisation.name if person.organisation else ""),
        ("Lay roles for", application.get_experience_display()),
        ("Lay roles", application.lay_roles),
        ("Hours a month", application.hours_a_month),
        ("All days", "Yes" if application.can_come_every_day else "No, or not sure"),
    ]
    if Permission.PEOPLE_VIEW in held:
        rows.append(("Information format", person.get_information_format_display()))
        rows.extend(_contact_rows(person))
    return [(label, "–" if value in ("", None) else value) for label, value in rows]


def _contact_rows(person: Person) -> list[tuple[str, object]]:
    """The ways to reach somebody, the preferred one first and named as such."""
    routes = sorted(person.contact_routes.all(), key=lambda route: (not route.is_preferred, route.kind))
    return [
        (route.get_kind_display() + (" (preferred)" if route.is_preferred else ""), route.value or "not given")
        for route in routes
    ]
