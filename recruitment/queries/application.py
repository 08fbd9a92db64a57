"""Questions about one application: what its page shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet

from people.models import AccessNeed, Person
from people.permissions import Permission
from programmes.characteristics import Characteristic
from programmes.models import Cohort
from recruitment.eligibility import Facts, hints
from recruitment.models import AgreedScores, Application, Decision, EligibilityCheck, Moderation, Review
from recruitment.queries.applications import marks_in_order, scores_of_row, settings_of_row
from recruitment.queries.reviewing import is_done
from recruitment.scoring import total
from recruitment.states import PAST

Outcome = Decision.Outcome


def with_everything(applications: QuerySet[Application]) -> QuerySet[Application]:
    """For the page of one application: the person, the answers, all scores, and everything that was done with it."""
    return applications.select_related(
        "person__organisation",
        "cohort__recruitment_settings",
        "agreed_scores",
        "channel",
        "entered_by",
        "pending__by",
        "nomination__request__organisation",
    ).prefetch_related(
        "person__contact_routes",
        "answers",
        "assignments",
        Prefetch("reviews", Review.objects.select_related("reviewer").prefetch_related("scores").order_by("saved_at")),
        Prefetch("moderations", Moderation.objects.select_related("by").order_by("-at", "-pk")),
        Prefetch("decisions", Decision.objects.select_related("by").order_by("-at", "-pk")),
        Prefetch("eligibility_checks", EligibilityCheck.objects.select_related("by").order_by("-at", "-pk")),
    )


@dataclass(frozen=True)
class ReviewLine:
    """One reviewer's seven marks and their total."""

    name: str
    marks: list[int | None]
    total: int | None


@dataclass(frozen=True)
class Reviewed:
    """How far the reviews of an application are. Scores are shown once all of them are in, so that nobody is led by them.

    `lines` has a line a reviewer and, where there are several, the agreed scores; `settled` is the moderation that counts.
    """

    done: int
    wanted: int
    lines: list[ReviewLine]
    settled: Moderation | None
    single_issue: int

    @property
    def are_all_in(self) -> bool:
        return self.done > 0 and self.done >= self.wanted

    @property
    def words(self) -> str:
        """ "1 of 2 reviews is in"."""
        if not self.done:
            return "No review is in yet"
        return f"{self.done} of {self.wanted} reviews {'is' if self.done == 1 else 'are'} in"


def reviewed(application: Application) -> Reviewed:
    """Uses what was prefetched. A review is in once all seven marks are there, and not while it is only begun.

    Somebody whose review was given to another in the meantime is not waited for.
    """
    reviews = [review for review in application.reviews.all() if is_done(review)]
    here = {review.reviewer_id for review in reviews}
    missing = {given.reviewer_id for given in application.assignments.all()} - here
    together = scores_of_row(application)
    return Reviewed(
        done=len(reviews),
        wanted=len(reviews) + len(missing)
        if here | missing
        else settings_of_row(application.cohort).reviews_per_application,
        lines=_review_lines(reviews, together),
        settled=next(iter(application.moderations.all()), None),
        single_issue=together.single_issue,
    )


def _review_lines(reviews: list[Review], together: AgreedScores) -> list[ReviewLine]:
    lines = []
    for review in reviews:
        marks = {score.characteristic: score.mark for score in review.scores.all()}
        lines.append(ReviewLine(str(review.reviewer), [marks.get(item) for item in Characteristic], total(marks)))
    if len(lines) > 1 or together.is_moderated:
        lines.append(ReviewLine("Agreed", marks_in_order(together), together.total))
    return lines


@dataclass(frozen=True)
class Event:
    """One line of an application's history: what happened, who did it, why."""

    at: datetime
    what: str
    by: Any = None
    reason: str = ""


def history(application: Application) -> list[Event]:
    """From when it came in to the last decision, the newest first. Uses what was prefetched."""
    checks = (
        Event(row.at, "Found eligible" if row.is_eligible else "Found not eligible", row.by, row.reason)
        for row in application.eligibility_checks.all()
    )
    settled = (Event(row.at, "Difference settled", row.by, row.reason) for row in application.moderations.all())
    decided = (Event(row.at, PAST[Outcome(row.outcome)], row.by, row.reason) for row in application.decisions.all())
    came = Event(application.submitted_at, f"Came in {_way(application)}", application.entered_by)
    found = [*checks, *settled, *decided, came]
    if application.agreed_at and application.agreed_at != application.submitted_at:
        found.append(Event(application.agreed_at, "Agreed to how we use it"))
    return sorted(found, key=lambda event: event.at, reverse=True)


def _way(application: Application) -> str:
    return {"ONLINE": "online", "PAPER": "on paper", "PHONE": "by phone", "FILE": "from a file"}[application.source]


def areas_found_inside(cohort: Cohort) -> list[str]:
    """Areas from which somebody was found eligible. One query."""
    inside = Application.objects.filter(cohort=cohort, eligibility=Application.Eligibility.ELIGIBLE)
    return list(inside.order_by().values_list("person__area", flat=True).distinct())


def eligibility_hints(application: Application) -> list[str]:
    """What to look at when eligibility is checked, in words. One query."""
    return hints(
        Facts(
            needs_experience=settings_of_row(application.cohort).needs_experience,
            has_role=bool(application.lay_roles),
            experience=application.experience,
            can_come_every_day=application.can_come_every_day,
            days_missed=application.days_missed,
            area=application.person.area,
            region=application.cohort.region,
            areas_found_inside=areas_found_inside(application.cohort),
            has_lived_experience=bool(application.lived_experience),
        )
    )


def access_needs(application: Application) -> list[AccessNeed]:
    """What the applicant needs to take part. Only for pages whose reader holds ACCESS_NEEDS_VIEW in the cohort."""
    return list(application.person.access_needs.order_by("recorded_at"))


def facts(application: Application, held: frozenset[Permission]) -> list[tuple[str, object]]:
    """Who the applicant is, in the rows that the reader may see. Uses what was prefetched, so it costs no query."""
    person, asked = application.person, settings_of_row(application.cohort).hours_asked
    rows: list[tuple[str, object]] = [
        ("Area", person.area),
        ("Patient or carer", application.get_lived_experience_display()),
        ("Organisation", person.organisation.name if person.organisation else ""),
        ("Lay roles for", application.get_experience_display()),
        ("Lay roles", application.lay_roles),
        ("Hours a month", f"{_or_dash(application.hours_a_month)} ({asked} asked for)"),
        ("All days", _days(application)),
        ("Heard by", application.channel.name if application.channel else ""),
    ]
    if Permission.PEOPLE_VIEW in held:
        rows.append(("Information format", person.get_information_format_display()))
        rows.extend(_contact_rows(person))
    return [(label, "–" if value in ("", None) else value) for label, value in rows]


def _or_dash(number: int | None) -> object:
    return "–" if number is None else number


def _days(application: Application) -> str:
    if application.days_missed:
        return f"Not on day {' and '.join(str(day) for day in application.days_missed)}"
    return "Yes" if application.can_come_every_day else "No, or not sure"


def _contact_rows(person: Person) -> list[tuple[str, object]]:
    """The ways to reach somebody, the preferred one first and named as such."""
    routes = sorted(person.contact_routes.all(), key=lambda route: (not route.is_preferred, route.kind))
    return [
        (route.get_kind_display() + (" (preferred)" if route.is_preferred else ""), route.value or "not given")
        for route in routes
    ]
