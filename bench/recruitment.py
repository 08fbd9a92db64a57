"""What recruitment costs: the list, its file, sending a form, the pages over a thousand applications with their scores."""

import statistics
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.test import Client
from django.utils import timezone

from bench.measuring import ROUNDS, cpu, in_turn, queries, say, say_page
from core.tokens import hash_of, new_token
from laypartner.demo import team
from people.roles import Role
from programmes.characteristics import Characteristic
from programmes.models import Cohort
from recruitment.models import Application, Assignment, Draft, PersonalLink, Review, Score
from recruitment.services import standing_scores
from recruitment.views.gate import OPENED
from tests import make
from tests.recruitment.filled import typed

ROWS, REVIEWERS = 1_000, 6
Page = Callable[[], object]


def lists(organiser: Client) -> None:
    """A page of 50 out of 50 and of 1,000, and the whole as a file."""
    small, large = filled_cohort("fifty", 50), filled_cohort("thousand", ROWS)
    few, many, file, plain_page = (
        page(organiser, f"/cohorts/{small.slug}/applications/"),
        page(organiser, f"/cohorts/{large.slug}/applications/"),
        page(organiser, f"/cohorts/{large.slug}/applications/?export=csv"),
        page(organiser, "/privacy/"),
    )
    a, b, c, plain = in_turn(few, many, file, plain_page)
    say("applications, 1,000 rows against 50: processor time", f"{b / a:.2f} ×", "both show a page of 50")
    say("applications, 50 rows: queries", str(queries(few)), "the same as with 1,000")
    say_page("applications, 1,000 rows", many, b, plain, "≤ 25 ms, ≤ 10 × a plain page, ≤ 10 queries")
    say_page("applications as CSV, 1,000 rows", file, c, plain, "≤ 100 ms, constant queries")
    dashboards(organiser, large)


def dashboards(organiser: Client, cohort: Cohort) -> None:
    """The pages that look at 1,000 applications × 3 reviews × 7 scores at once."""
    names = ("reviewers", "reviewers/calibration", "differences", "applications/decide")
    pages = {name: page(organiser, f"/cohorts/{cohort.slug}/{name}/") for name in names}
    *times, plain = in_turn(*pages.values(), page(organiser, "/privacy/"), rounds=3)
    for (name, work), seconds in zip(pages.items(), times, strict=True):
        say_page(f"{name}, 1,000 × 3 × 7 scores", work, seconds, plain, "≤ 150 ms")


def sending(organiser: Client) -> None:
    """An applicant sends the form of which every page was saved."""
    cohort = make.cohort("sending", title="Sending", open=True)
    forms = [_form(cohort) for _ in range(ROUNDS + 1)]
    (plain,) = in_turn(page(organiser, "/privacy/"))
    times = [cpu(send) for send in forms[1:]]
    number = queries(forms[0])
    median = statistics.median(times)
    say("sending an application: processor time", f"{median * 1000:.0f} ms", f"{median / plain:.1f} ×; target ≤ 50 ms")
    say("sending an application: queries", str(number), "target ≤ 20")


def _form(cohort: Cohort) -> Page:
    """A complete form in the browser that knows it, as the button that sends it."""
    values = typed(can_come_every_day="yes", days_missed=[])
    draft = Draft.objects.create(cohort=cohort, values=values, email=values["email"])
    token, browser = new_token(), Client()
    PersonalLink.objects.create(token_hash=hash_of(token), draft=draft)
    session = browser.session
    session[OPENED] = [str(draft.key)]
    session.save()

    def send() -> None:
        answer = browser.post(f"/application/{token}/form/send/")
        assert answer["Location"].endswith("/sent/"), answer["Location"]

    return send


def page(browser: Client, address: str) -> Page:
    def look() -> None:
        answer = browser.get(address)
        assert answer.status_code == 200, (address, answer.status_code)

    return look


@transaction.atomic
def filled_cohort(slug: str, number: int) -> Cohort:
    """Applications from 40 bodies and 30 areas, each given to three reviewers, with their reviews of seven scores."""
    cohort = make.cohort(slug, title=slug.title(), open=True)
    team.account("organiser").assignments.create(role=Role.ORGANISER, cohort=cohort)
    reviewers = [make.user(f"{slug}{place}@example.org", (Role.REVIEWER, cohort)) for place in range(REVIEWERS)]
    made = [_application(cohort, place) for place in range(number)]
    reviews = Review.objects.bulk_create(
        Review(application=application, reviewer=reviewers[(place + turn) % REVIEWERS])
        for place, application in enumerate(made)
        for turn in range(3)
    )
    make.settings(cohort, reviews_per_application=3)
    Assignment.objects.bulk_create(
        Assignment(application=review.application, reviewer=review.reviewer) for review in reviews
    )
    Score.objects.bulk_create(
        Score(review=review, characteristic=item, mark=(review.pk + number) % 5, reason="Shown in the answer.")
        for review in reviews
        for number, item in enumerate(Characteristic)
    )
    standing_scores.refresh(Application.objects.filter(cohort=cohort))
    return cohort


def _application(cohort: Cohort, place: int) -> Application:
    body, sent_at = make.organisation(f"Body {place % 40}"), timezone.now() - timedelta(minutes=place)
    person = make.person(f"Person {place}", area=f"Area {place % 30}", organisation=body)
    return make.application(cohort, person=person, submitted_at=sent_at)
