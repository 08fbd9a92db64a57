"""Questions about applications that several pages ask."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from people.models import Consent, ContactRoute
from programmes.characteristics import Characteristic
from programmes.models import Cohort
from recruitment.models import (
    AgreedScores,
    Application,
    Assignment,
    CharacteristicAnswer,
    RecruitmentSettings,
    Review,
)
from recruitment.places import Places, places_of
from recruitment.queries.needs import Need, needs_of

State = Application.State
# What needs somebody's attention stands first.
STATE_ORDER = (
    State.AWAITING,
    State.SUBMITTED,
    State.OFFERED,
    State.RESERVE,
    State.ACCEPTED,
    State.LAPSED,
    State.TURNED_DOWN,
    State.DECLINED,
    State.WITHDRAWN,
    State.MERGED,
)
# How a number of applications says its state, where the label is about one.
COUNTED = {State.ACCEPTED: "with a place", State.MERGED: "merged"}
NO_TOTAL = -1
# What neither the list nor the file shows is not loaded; what only the file shows, not for the list.
NEVER_SHOWN = (
    *("key", "started_at", "agreed_at", "entered_by", "merged_into"),
    "communities",
    *("person__created_at", "person__version", "person__lived_experience", "person__pronunciation"),
    *("person__best_time", "person__may_leave_message", "person__helper"),
    *("person__organisation__kind", "person__organisation__valid_from", "person__organisation__valid_to"),
    *("person__organisation__successor", "channel__kind", "channel__contact", "channel__advertised_on"),
    *("channel__reached", "channel__cohort", "agreed_scores__widest_gap", "agreed_scores__lowest_total"),
    *("agreed_scores__highest_total", "agreed_scores__is_moderated", "pending__subject", "pending__text"),
    *("pending__reason", "pending__criteria", "pending__by", "pending__at"),
)
ONLY_IN_THE_FILE = ("lay_roles", "wants", "days_missed", "submitted_at", "person__information_format")


def scores_of_row(application: Application) -> AgreedScores:
    """The agreed scores kept beside an application; all empty where nobody has scored it. Needs select_related."""
    return getattr(application, "agreed_scores", None) or AgreedScores(application=application)


def settings_of_row(cohort: Cohort) -> RecruitmentSettings:
    """The cohort's settings, or the usual ones. Needs select_related, then it costs no query."""
    return getattr(cohort, "recruitment_settings", None) or RecruitmentSettings(cohort=cohort)


def marks_in_order(scores: AgreedScores) -> list[int | None]:
    """The seven marks in the order of the characteristics."""
    return [getattr(scores, item.lower()) for item in Characteristic]


def for_the_list(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Everything that one row of the list shows, in one query; `assigned` is the number of reviewers it was given to."""
    order = Case(
        *(When(state=state, then=Value(place)) for place, state in enumerate(STATE_ORDER)),
        default=Value(len(STATE_ORDER)),
        output_field=IntegerField(),
    )
    given = Assignment.objects.filter(application=OuterRef("pk")).order_by().values("application")
    shown = applications.select_related("person__organisation", "agreed_scores", "channel", "pending")
    return shown.defer(*NEVER_SHOWN, *ONLY_IN_THE_FILE).annotate(
        state_order=order,
        total_or_none=Coalesce("agreed_scores__total", Value(NO_TOTAL)),
        assigned=Coalesce(Subquery(given.annotate(number=Count("pk")).values("number")), 0),
    )


def for_the_file(applications: QuerySet[Application]) -> QuerySet[Application]:
    """What one line of the file takes from the application itself, in one query; `OtherTables` has the rest."""
    return for_the_list(applications).defer(None).defer(*NEVER_SHOWN)


@dataclass(frozen=True)
class OtherTables:
    """What the file of a cohort takes from tables with many rows an application: by keys, not as thousands of objects."""

    answers: dict[tuple[int, str], str]
    routes: dict[tuple[int, str], str]
    preferred: dict[int, str]
    agreements: dict[int, list[str]]


def other_tables(cohort: Cohort) -> OtherTables:
    """Three queries. Answers by application and characteristic; the others by person."""
    people = Application.objects.filter(cohort=cohort).order_by().values("person")
    answers = CharacteristicAnswer.objects.filter(application__cohort=cohort).exclude(text="")
    routes = list(ContactRoute.objects.filter(person__in=people).values_list("person", "kind", "value", "is_preferred"))
    standing = Consent.objects.filter(person__in=people, withdrawn_at=None).order_by("pk")
    agreements: dict[int, list[str]] = defaultdict(list)
    for person, purpose in standing.values_list("person", "purpose"):
        agreements[person].append(purpose)
    return OtherTables(
        answers={(key, item): text for key, item, text in answers.values_list("application", "characteristic", "text")},
        routes={(person, kind): value for person, kind, value, _ in routes},
        preferred={person: kind for person, kind, _, is_preferred in routes if is_preferred},
        agreements=agreements,
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


@dataclass(frozen=True)
class Figures:
    """How many applications of a cohort stand where, and how many wait for what."""

    by_state: dict[str, int]
    by_need: list[tuple[Need, int]]

    @property
    def all(self) -> int:
        """Each person's application once: without those merged into another."""
        return sum(self.by_state.values()) - self.by_state[State.MERGED]

    def states(self) -> list[tuple[str, str, int]]:
        """(code, label, number) of each state that somebody is in, what needs attention first."""
        found = [state for state in STATE_ORDER if self.by_state[state]]
        return [(state, COUNTED.get(state, state.label.lower()), self.by_state[state]) for state in found]

    def waiting(self) -> list[tuple[Need, int]]:
        return [(need, number) for need, number in self.by_need if number]


def figures(cohort: Cohort, settings: RecruitmentSettings) -> Figures:
    """One query."""
    needs = needs_of(settings)
    waiting = {f"needs_{need.key}": Count("pk", filter=need.rows) for need in needs}
    here = Application.objects.filter(cohort=cohort).order_by().values("state")
    groups = {group["state"]: group for group in here.annotate(number=Count("pk"), **waiting)}
    return Figures(
        by_state={state: groups[state]["number"] if state in groups else 0 for state in State},
        by_need=[(need, sum(group[f"needs_{need.key}"] for group in groups.values())) for need in needs],
    )


@dataclass(frozen=True)
class Origins:
    """Where the applicants of a cohort come from, for its filters: (value, label), in alphabetical order."""

    areas: list[tuple[str, str]]
    organisations: list[tuple[str, str]]
    channels: list[tuple[str, str]]


def origins(cohort: Cohort) -> Origins:
    """One query."""
    here = Application.objects.filter(cohort=cohort).order_by()
    named = here.values_list("person__area", "person__organisation__name", "channel__code", "channel__name").distinct()
    rows = list(named)
    return Origins(
        areas=_in_order((area, area) for area, *_ in rows),
        organisations=_in_order((organisation, organisation) for _, organisation, *_ in rows),
        channels=_in_order((code, name) for *_, code, name in rows),
    )


def _in_order(choices: Iterable[tuple[str | None, str | None]]) -> list[tuple[str, str]]:
    """Each once, without the empty ones, in alphabetical order."""
    return sorted(((value, label) for value, label in set(choices) if value and label), key=lambda c: c[1].casefold())
