"""The ways by which people hear of a call, each with its own link and its own figures."""

from datetime import date

import pytest
from django.test import override_settings

from recruitment.models import Application, Channel, Draft
from recruitment.queries.setting_up import channels_with_figures
from recruitment.services import setting_up
from tests import make

SETTINGS = "/cohorts/london-2017/applications/settings/"
NEW = "/cohorts/london-2017/applications/channels/new/"
TYPED = {
    "name": "Newsletter of Camden",
    "kind": "NEWSLETTER",
    "code": "",
    "contact": "Jo Bloggs",
    "advertised_on_day": "2",
    "advertised_on_month": "9",
    "advertised_on_year": "2017",
    "reached": "1,200",
}


@pytest.fixture
def news(london):
    return Channel.objects.create(cohort=london, code="news", name="CCG newsletter", kind="NEWSLETTER", reached=500)


def page_of(channel, action=""):
    return f"/cohorts/london-2017/applications/channels/{channel.pk}/{action}"


def test_channel_add_makes_a_word_for_its_link(signed_in, olive, london):
    page = signed_in(olive).post(NEW, TYPED)

    channel = Channel.objects.get()
    assert (page.status_code, page["Location"]) == (302, f"{SETTINGS}#channels")
    assert (channel.code, channel.kind, channel.contact, channel.reached, channel.advertised_on) == (
        "newsletter-of-camden",
        "NEWSLETTER",
        "Jo Bloggs",
        1200,
        date(2017, 9, 2),
    )


def test_channels_of_one_name_get_different_links(london, olive):
    channels = [setting_up.add_channel(cohort=london, name="Newsletter", kind="OTHER", by=olive) for _ in range(3)]
    nameless = setting_up.add_channel(cohort=london, name="通讯", kind="OTHER", by=olive)

    assert [channel.code for channel in (*channels, nameless)] == [
        "newsletter",
        "newsletter-2",
        "newsletter-3",
        "channel",
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"kind": "RADIO"}, "kind"),
        ({"code": "Has Spaces"}, "code"),
        ({"code": "UPPER"}, "code"),
        ({"code": "news"}, "code"),
        ({"reached": "-3"}, "reached"),
        ({"reached": "many"}, "reached"),
        ({"advertised_on_day": "31"}, "advertised_on"),
    ],
)
def test_channel_add_refuses_bad_input_and_keeps_what_was_typed(signed_in, olive, news, changes, field):
    page = signed_in(olive).post(NEW, TYPED | changes)

    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert 'value="Jo Bloggs"' in page.content.decode()
    assert Channel.objects.count() == 1


def test_channel_edit_leaves_the_link_as_it_is(signed_in, olive, news):
    page = signed_in(olive).post(page_of(news), TYPED | {"code": "other"})

    news.refresh_from_db()
    assert (page.status_code, news.name, news.code, news.reached) == (302, "Newsletter of Camden", "news", 1200)


def test_channel_remove_asks_first_and_says_how_many_came_by_it(signed_in, olive, london, news):
    application = make.application(london, channel=news)
    browser = signed_in(olive)

    asked = browser.get(page_of(news, "remove/"))
    assert "<strong>1 person</strong> started by this link, and 1 sent an application." in asked.content.decode()
    assert Channel.objects.count() == 1

    browser.post(page_of(news, "remove/"))

    application.refresh_from_db()
    assert (Channel.objects.count(), application.channel) == (0, None)


def test_figures_of_a_channel_by_hand(london, news):
    """Two drafts and three sent (one has a place); a fourth was merged into the third and does not count."""
    for _ in range(2):
        Draft.objects.create(cohort=london, channel=news)
    make.application(london, channel=news, state="ACCEPTED")
    make.application(london, channel=news, state="DECLINED")
    kept = make.application(london, channel=news)
    make.application(london, channel=news, state="MERGED", merged_into=kept)
    make.application(london)

    found = channels_with_figures(Channel.objects.filter(cohort=london)).get()

    assert (found.started, found.sent, found.accepted) == (5, 3, 1)


@override_settings(SITE_URL="https://lay.example.org")
def test_tracked_link_is_shown_and_exported(signed_in, olive, news):
    link = "https://lay.example.org/apply/london-2017/?from=news"
    browser = signed_in(olive)

    page = browser.get(SETTINGS).content.decode()
    lines = browser.get(f"{SETTINGS}?export=csv").content.decode("utf-8-sig").splitlines()

    assert f'value="{link}" aria-label="Link of CCG newsletter"' in page
    assert lines == [
        "Name,Kind,Who placed it,Went out,Link to send out,Reached,Started,Sent,Have a place",
        f"CCG newsletter,Newsletter,,,{link},500,0,0,0",
    ]


@pytest.mark.parametrize("rows", (1, 50))
def test_channels_cost_the_same_for_one_and_for_fifty(london, olive, rows, signed_in, django_assert_num_queries):
    for number in range(rows):
        channel = Channel.objects.create(cohort=london, code=f"c{number}", name=f"Channel {number}")
        make.application(london, channel=channel)
    browser = signed_in(olive)

    with django_assert_num_queries(8):
        page = browser.get(SETTINGS)

    assert len(page.context["table"].page.object_list) == rows
    assert Application.objects.count() == rows


def test_channels_of_another_cohort_are_not_there(signed_in, stranger, olive, london, kent, news):
    theirs = Channel.objects.create(cohort=kent, code="news", name="Theirs")

    answers = [
        signed_in(stranger).get(page_of(news)).status_code,
        signed_in(stranger).post(page_of(news, "remove/")).status_code,
        signed_in(olive).get(page_of(theirs)).status_code,
        signed_in(olive).post(page_of(theirs, "remove/")).status_code,
    ]

    assert (answers, Channel.objects.count()) == ([404] * 4, 2)
