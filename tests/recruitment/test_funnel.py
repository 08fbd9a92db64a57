"""The funnel: how far people got, by hand; and what they offer together."""

import csv
import io
from datetime import UTC, datetime

import pytest

from recruitment.communities import LABELS
from recruitment.models import Channel, Draft, Offer
from recruitment.queries.funnel import funnel_of, what_people_offer
from recruitment.services.moving import move
from tests import make

PAGE = "/cohorts/london-2017/applications/funnel/"


@pytest.fixture
def recruited(london, ruth, moses):
    """Ten sent and two drafts, by two channels and by none.

    News (reached 100): a draft; Ana has a place (2 reviews); Ben was offered one (2 reviews); Cem to decide (1 review).
    Event (reach not known): Dee declined (2 reviews); Eli on paper, not eligible; Fay merged into Eli.
    No channel: a draft; Gus by phone, awaiting agreement; Hal turned the place down; Ida lapsed; Jim withdrew after an
    offer; Kit withdrew before one.
    """
    news = Channel.objects.create(cohort=london, code="news", name="News", reached=100)
    event = Channel.objects.create(cohort=london, code="event", name="Event")
    Draft.objects.create(cohort=london, channel=news)
    Draft.objects.create(cohort=london)
    reviewed = [
        make.application(london, channel=news, state="ACCEPTED", eligibility="ELIGIBLE", hours_a_month=8),
        make.application(london, channel=news, state="OFFERED", eligibility="ELIGIBLE", hours_a_month=12),
        make.application(london, channel=event, state="DECLINED", eligibility="ELIGIBLE", hours_a_month=4),
    ]
    for application in reviewed:
        make.review(application, ruth)
        make.review(application, moses)
    make.review(make.application(london, channel=news, eligibility="ELIGIBLE"), ruth)
    eli = make.application(london, channel=event, source="PAPER", eligibility="NOT_ELIGIBLE")
    make.application(london, channel=event, state="MERGED", merged_into=eli)
    make.application(london, source="PHONE", state="AWAITING")
    make.application(london, state="TURNED_DOWN", eligibility="ELIGIBLE")
    make.application(london, state="LAPSED", eligibility="ELIGIBLE")
    jim = make.application(london, state="OFFERED", eligibility="ELIGIBLE")
    decision = move(application=jim, outcome="WITHDRAW", reason="Moved away")
    Offer.objects.create(
        application=jim, decision=decision, made_at=decision.at, reply_by=datetime(2017, 11, 1, tzinfo=UTC)
    )
    make.application(london, state="WITHDRAWN")
    return london


def test_funnel_by_hand(recruited):
    found = funnel_of(recruited)

    assert [(step.label, step.count, step.share) for step in found.steps] == [
        ("Started", 12, ""),
        ("Sent", 10, "83.3 % of 12"),
        ("Eligible", 7, "70.0 % of 10"),
        ("Reviewed", 3, "42.9 % of 7"),
        ("Offered a place", 5, ""),
        ("Said yes", 1, "20.0 % of 5"),
    ]
    assert (found.total.reached, found.unchecked, found.reviews_wanted) == (100, 2, 2)


def test_funnel_by_channel_and_source_by_hand(recruited):
    found = funnel_of(recruited)

    assert [(line.label, line.reached, *line.numbers()) for line in found.channels] == [
        ("Event", None, 2, 2, 1, 1, 0, 0),
        ("News", 100, 4, 3, 3, 2, 2, 1),
        ("No channel known", None, 6, 5, 3, 0, 3, 0),
    ]
    assert [(line.label, *line.numbers()) for line in found.sources] == [
        ("Online", 10, 8, 7, 3, 5, 1),
        ("Paper", 1, 1, 0, 0, 0, 0),
        ("Phone", 1, 1, 0, 0, 0, 0),
    ]


def test_funnel_counts_reviews_as_the_cohort_wants_them(recruited):
    make.settings(recruited, reviews_per_application=1)

    assert funnel_of(recruited).total.counts["reviewed"] == 4


def test_funnel_of_a_cohort_where_nothing_has_happened(signed_in, olive, london):
    page = signed_in(olive).get(PAGE)

    found = page.context["funnel"]
    assert (found.channels, found.sources, found.total.reached) == ([], [], None)
    assert [(step.count, step.share, step.width) for step in found.steps] == [(0, "", "0.0")] * 6
    assert page.content.decode().count("<p>Nobody yet.</p>") == 2


def test_funnel_export(signed_in, olive, recruited):
    answer = signed_in(olive).get(f"{PAGE}?export=csv")

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert answer["Content-Disposition"] == 'attachment; filename="london-2017-funnel.csv"'
    assert rows[:3] == [
        ["Part", "Name", "Reached", "Started", "Sent", "Eligible", "Reviewed", "Offered a place", "Said yes"],
        ["Total", "Everybody", "100", "12", "10", "7", "3", "5", "1"],
        ["Channel", "Event", "", "2", "2", "1", "1", "0", "0"],
    ]
    assert len(rows) == 8


@pytest.mark.parametrize("kind", ["exe", "<script>"])
def test_funnel_export_refuses_other_kinds(signed_in, olive, london, kind):
    assert signed_in(olive).get(PAGE, {"export": kind}).status_code == 400


@pytest.mark.parametrize("rows", (1, 50))
def test_funnel_costs_the_same_for_one_and_for_fifty(london, olive, rows, signed_in, django_assert_num_queries):
    for number in range(rows):
        channel = Channel.objects.create(cohort=london, code=f"c{number}", name=f"Channel {number}")
        make.application(london, channel=channel)
    browser = signed_in(olive)

    with django_assert_num_queries(10):
        page = browser.get(PAGE)

    assert len(page.context["funnel"].channels) == rows


def test_hours_offered_beside_hours_asked_by_hand(recruited):
    offered = what_people_offer(recruited, hours_asked=8)

    applicants, places = offered["applicants"], offered["places"]
    assert (applicants.people, applicants.enough_hours, applicants.fewer_hours, applicants.hours_not_said) == (
        10,
        2,
        1,
        7,
    )
    assert applicants.middle_hours == 8
    assert (places.people, places.enough_hours, places.fewer_hours, places.hours_not_said) == (1, 1, 0, 0)
    assert what_people_offer(make.cohort("empty"), 8)["places"].middle_hours is None


def test_coverage_of_communities_shows_the_gaps_first(signed_in, olive, london):
    make.application(london, state="ACCEPTED", communities=["carers", "rural"])
    make.application(london, communities=["carers", "refugees", "carers"])
    make.application(london, communities=["of-last-year"])

    rows = signed_in(olive).get(PAGE).context["communities"]

    assert len(rows) == len(LABELS) + 1
    assert rows[-4:] == [
        ("Refugees and newcomers", 1, 0),
        ("of-last-year", 1, 0),
        ("Rural communities", 1, 1),
        ("Carers", 2, 1),
    ]
    assert {places for _, applicants, places in rows[:-4]} == {0}
