"""Nominations: asking, proposing, answering, forgetting; and the grid that shows where nobody was asked."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from core.models import AuditEvent, Message
from core.tokens import hash_of
from people.models import Organisation
from recruitment.models import Application, Nomination, NominationRequest
from recruitment.queries.nominating import grid_of
from recruitment.services import nominating
from tests import make

PAGE = "/cohorts/london-2017/nominations/"
TYPED = {
    "organisation_name": "Camden Healthwatch",
    "kind": "VOLUNTARY",
    "area": "Camden",
    "asked_for": "2",
    "contact_name": "Jo Bloggs",
    "contact_email": "jo@example.org",
    "contact_phone": "",
    "message": "We met in May.",
}
PERSON = {"name": "Nia Nominee", "email": "nia@example.org", "phone": "", "why": "She listens.", "knows": "on"}
REQUEST_LETTER = """Dear Jo Bloggs,

We are looking for patients and carers for London 2017. We ask Camden Healthwatch to nominate 2 people from Camden who could speak for patients and carers.

We met in May.

Please ask each person first whether you may give us their details. We then write to them or call them, and they decide whether they want to apply.

Nominate people here, one after the other:
{link}

The link is for you only.

The dates

- Thursday 23 November 2017
- Friday 24 November 2017
- Tuesday 16 January 2018

People can apply until 11:59pm on Sunday 29 October 2017.

Questions? Ring us on 020 7946 0099 or write to lay@example.org.

The Laypartner programme office
"""  # noqa: E501
NOMINEE_LETTER = """Dear Nia Nominee,

Jo Bloggs of Camden Healthwatch thinks that you could speak well for patients and carers, and gave us your address to ask whether you would like to apply for London 2017.

Read what it is, and tell us whether you want to apply:
{link}

It is up to you. If you say no, or if we hear nothing for 30 days, we delete your details.

The dates

- Thursday 23 November 2017
- Friday 24 November 2017
- Tuesday 16 January 2018

You can apply until 11:59pm on Sunday 29 October 2017.

Questions? Ring us on 020 7946 0099 or write to lay@example.org.

The Laypartner programme office
"""  # noqa: E501


@pytest.fixture
def course(london):
    london.help_phone, london.help_email = "020 7946 0099", "lay@example.org"
    london.save()
    return london


@pytest.fixture
def asked(course, olive):
    return ask(course, olive)


def ask(cohort, by, **changes):
    fields = {
        "organisation_name": "Camden Healthwatch",
        "kind": "VOLUNTARY",
        "area": "Camden",
        "contact_name": "Jo Bloggs",
        "contact_email": "jo@example.org",
        "asked_for": 2,
    }
    return nominating.ask(cohort=cohort, by=by, **fields | changes)


def nominate(asked, **changes):
    who = {"name": "Nia Nominee", "email": "nia@example.org", "phone": "", "why": "She listens."}
    return nominating.nominate(request=asked, **who | changes)


def secret_of(key):
    """The secret in the newest letter whose key begins so."""
    return Message.objects.filter(key__startswith=key).latest("pk").secrets[0]


def contact_page(asked):
    return f"/nominate/{secret_of(f'nomination-request:{asked.pk}:')}/"


def nominee_page(nomination, action=""):
    return f"/nominated/{secret_of(f'nominated:{nomination.pk}')}/{action}"


def everything():
    return [
        list(model.objects.order_by("pk").values_list())
        for model in (NominationRequest, Nomination, Application, Message, AuditEvent)
    ]


# --- asking --------------------------------------------------------------------------------------------------
def test_ask_writes_to_the_contact_with_a_secret_link(signed_in, olive, course):
    course.applications_open_at = datetime(2017, 9, 1, 8, tzinfo=UTC)
    course.applications_close_at = datetime(2017, 10, 29, 23, 59, tzinfo=UTC)
    course.save()

    page = signed_in(olive).post(f"{PAGE}ask/", TYPED)

    asked, letter = NominationRequest.objects.get(), Message.objects.get()
    [secret] = letter.secrets
    assert (page.status_code, page["Location"]) == (302, PAGE)
    assert (asked.organisation.name, asked.organisation.kind, asked.area) == (
        "Camden Healthwatch",
        "VOLUNTARY",
        "Camden",
    )
    assert (asked.asked_for, asked.by, asked.token_hash) == (2, olive, hash_of(secret))
    assert (letter.to, letter.channel, letter.subject) == ("jo@example.org", "EMAIL", "Nominate people for London 2017")
    assert letter.text == REQUEST_LETTER.format(link=f"http://127.0.0.1:8000/nominate/{secret}/")


def test_ask_without_email_is_a_phone_call_without_a_link(course, olive):
    ask(course, olive, contact_email="", contact_phone="020 7946 0018")

    letter = Message.objects.get()
    assert (letter.channel, letter.to) == ("PHONE", "020 7946 0018")
    assert letter.secrets[0] not in letter.text
    assert "For whoever calls: write down the people that the contact nominates." in letter.text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"organisation_name": ""}, "organisation_name"),
        ({"kind": "BANK"}, "kind"),
        ({"area": ""}, "area"),
        ({"asked_for": "0"}, "asked_for"),
        ({"asked_for": "51"}, "asked_for"),
        ({"contact_email": ""}, "contact_email"),
        ({"contact_email": "jo"}, "contact_email"),
        ({"contact_phone": "call me"}, "contact_phone"),
        ({"contact_name": "x" * 101}, "contact_name"),
        ({"message": "x" * 2001}, "message"),
    ],
)
def test_ask_refuses_bad_input_and_keeps_what_was_typed(signed_in, olive, course, changes, field):
    page = signed_in(olive).post(f"{PAGE}ask/", {**TYPED, "contact_phone": "", **changes})

    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert ("Camden Healthwatch" in page.content.decode()) == (field != "organisation_name")
    assert NominationRequest.objects.count() == Message.objects.count() == 0


def test_ask_twice_for_one_area_is_refused(signed_in, olive, asked):
    page = signed_in(olive).post(f"{PAGE}ask/", TYPED)

    assert page.status_code == 422
    assert page.context["form"].errors["organisation_name"] == [
        "You have already asked Camden Healthwatch for Camden. Remind them in the list instead."
    ]
    assert Message.objects.count() == 1


def test_ask_keeps_the_kind_that_an_organisation_has(course, olive):
    make.organisation("Camden Council", kind="COUNCIL")
    make.organisation("Nobody knows", kind="OTHER")

    first = ask(course, olive, organisation_name="Camden Council", kind="VOLUNTARY")
    second = ask(course, olive, organisation_name="Nobody knows", kind="VOLUNTARY")

    assert (first.organisation.kind, second.organisation.kind) == ("COUNCIL", "VOLUNTARY")


def test_an_empty_cell_leads_to_the_form_with_kind_and_area(signed_in, olive, course):
    form = signed_in(olive).get(f"{PAGE}ask/", {"kind": "COUNCIL", "area": "<b>Brent</b>"}).context["form"]

    assert (form.initial["kind"], form.initial["area"]) == ("COUNCIL", "<b>Brent</b>")


def test_remind_makes_a_fresh_link_and_the_old_one_dies(signed_in, olive, asked, client):
    old = contact_page(asked)
    Message.objects.update(state="SENT", sent_at=timezone.now())

    signed_in(olive).post(f"{PAGE}{asked.pk}/remind/")

    letter = Message.objects.latest("pk")
    assert letter.subject == "A reminder: Nominate people for London 2017"
    assert "The one in our first letter no longer works." in letter.text
    assert (client.get(old).status_code, client.get(contact_page(asked)).status_code) == (404, 200)


def test_remind_takes_back_a_letter_that_has_not_gone(asked, olive):
    nominating.remind(request=asked, by=olive)

    assert Message.objects.filter(key__startswith="nomination-request:").count() == 1


def test_remind_is_refused_when_all_are_nominated(signed_in, olive, course):
    asked = ask(course, olive, asked_for=1)
    nominate(asked)

    page = signed_in(olive).post(f"{PAGE}{asked.pk}/remind/", follow=True)

    assert [str(message) for message in page.context["messages"]] == [
        "Everybody who was asked for has been nominated. Call us if you know more people."
    ]


def test_withdraw_before_anybody_was_nominated_leaves_nothing(signed_in, olive, asked, client):
    address = contact_page(asked)

    signed_in(olive).post(f"{PAGE}{asked.pk}/withdraw/")

    assert (NominationRequest.objects.count(), Message.objects.count()) == (0, 0)
    assert client.get(address).status_code == 404


def test_withdraw_keeps_those_who_were_nominated_and_kills_the_link(signed_in, olive, asked, client):
    address = contact_page(asked)
    nominate(asked)

    signed_in(olive).post(f"{PAGE}{asked.pk}/withdraw/")

    asked.refresh_from_db()
    assert (asked.asked_for, Nomination.objects.count(), client.get(address).status_code) == (1, 1, 404)


# --- nominating ------------------------------------------------------------------------------------------------
def test_contact_nominates_and_the_nominee_gets_a_letter(client, course, asked):
    address = contact_page(asked)

    page = client.post(address, PERSON)

    nomination, letter = Nomination.objects.get(), Message.objects.latest("pk")
    assert (page.status_code, page["Location"]) == (302, address)
    assert (nomination.name, nomination.why, nomination.state) == ("Nia Nominee", "She listens.", "INVITED")
    assert (letter.to, letter.subject) == ("nia@example.org", "Would you like to take part in London 2017?")
    assert "She listens" not in letter.text
    assert Application.objects.count() == 0


def test_letter_to_a_nominee_read_whole(course, olive):
    course.applications_open_at = datetime(2017, 9, 1, 8, tzinfo=UTC)
    course.applications_close_at = datetime(2017, 10, 29, 23, 59, tzinfo=UTC)
    course.save()
    nomination = nominate(ask(course, olive))

    letter = Message.objects.get(key=f"nominated:{nomination.pk}")
    assert letter.text == NOMINEE_LETTER.format(link=f"http://127.0.0.1:8000/nominated/{letter.secrets[0]}/")


def test_contacts_page_never_shows_whom_they_nominated(client, asked):
    address = contact_page(asked)
    page = client.post(address, PERSON, follow=True)
    later = Client().get(address)

    assert page.content.decode().count("You have nominated <strong>1</strong> so far") == 1
    for words in ("Nia", "nia@example.org", "She listens"):
        assert words not in page.content.decode() + later.content.decode()


def test_contacts_page_keeps_its_address_secret(client, asked):
    page = client.get(contact_page(asked))

    assert (page["Referrer-Policy"], page["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"email": "", "phone": ""}, "email"),
        ({"email": "nia@localhost"}, "email"),
        ({"phone": "0"}, "phone"),
        ({"why": ""}, "why"),
        ({"why": "x" * 2001}, "why"),
        ({"knows": ""}, "knows"),
    ],
)
def test_contact_gets_bad_input_back_with_everything_typed(client, asked, changes, field):
    page = client.post(contact_page(asked), PERSON | {"name": "Typed Name"} | changes)

    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert ("Typed Name" in page.content.decode()) == (field != "name")
    assert Nomination.objects.count() == 0


def test_contact_cannot_nominate_more_than_were_asked_for(client, asked):
    address = contact_page(asked)
    for number in range(4):
        client.post(address, PERSON | {"name": f"Person {number}"})

    assert Nomination.objects.count() == 2
    assert (
        "You have nominated the 2 people that we asked Camden Healthwatch for." in client.get(address).content.decode()
    )
    with pytest.raises(nominating.NothingMoreAsked):
        nominate(asked, name="One more")


def test_sending_twice_is_one_nomination(client, asked):
    for _ in range(2):
        client.post(contact_page(asked), PERSON)

    assert Nomination.objects.count() == 1
    assert Message.objects.filter(key__startswith="nominated:").count() == 1


def test_contacts_page_is_closed_with_the_call(client, course, asked):
    address = contact_page(asked)
    course.applications_close_at = timezone.now() - timedelta(minutes=5)
    course.save()

    page = client.post(address, PERSON)

    assert "you cannot nominate anybody any more" in page.content.decode()
    assert Nomination.objects.count() == 0


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "x" * 10_000,
        "a\x00b",
        "\u202egnp.exe",
        "=1+1",
        "Subject\r\nBcc: everybody@example.org",
        "\u200b\u200b",
        "{{7*7}}%s",
    ],
)
def test_contacts_page_takes_or_refuses_whatever_is_typed(client, asked, text):
    page = client.post(contact_page(asked), dict.fromkeys(PERSON, text))

    assert (page.status_code, Nomination.objects.count()) == (422, 0)
    assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize("path", ["nominate", "nominated", "nominated/yes", "nominated/no"])
def test_links_open_one_thing_each(client, asked, path):
    nomination = nominate(asked)
    secrets = {secret_of("nomination-request:"), secret_of("nominated:"), "no-such-link", "x" * 500}
    right = {secret_of("nomination-request:")} if path == "nominate" else {f"{secret_of(f'nominated:{nomination.pk}')}"}
    place, _, action = path.partition("/")
    method = client.post if action else client.get

    found = {
        secret for secret in secrets if method(f"/{place}/{secret}/{action}{'/' if action else ''}").status_code != 404
    }

    assert found == right


# --- answering -------------------------------------------------------------------------------------------------
def test_nominees_page_says_who_nominated_and_not_whom(client, asked):
    page = client.get(nominee_page(nominate(asked))).content.decode()

    assert "<strong>Jo Bloggs</strong> of <strong>Camden Healthwatch</strong>" in page
    assert "Nia" not in page and "She listens" not in page


def test_opening_a_link_changes_nothing(asked):
    addresses = [contact_page(asked), nominee_page(nominate(asked))]
    before = everything()

    for address in addresses:
        for _ in range(2):
            Client().get(address)
            Client().head(address)
            Client().get(address, headers={"Sec-Purpose": "prefetch"})
    refused = [Client().get(f"{addresses[1]}{action}/").status_code for action in ("yes", "no")]

    assert (refused, everything()) == ([405, 405], before)


def test_yes_leads_to_the_form_with_the_nomination_in_hand(client, asked):
    nomination = nominate(asked)

    page = client.post(nominee_page(nomination, "yes/"))

    nomination.refresh_from_db()
    assert (page.status_code, page["Location"]) == (302, "/apply/london-2017/form/")
    assert (nomination.state, nomination.name, client.session["nomination"]) == ("AGREED", "Nia Nominee", nomination.pk)


def test_yes_twice_and_in_another_browser_is_still_yes(client, asked):
    nomination = nominate(asked)
    client.post(nominee_page(nomination, "yes/"))
    first = Nomination.objects.get().answered_at

    other = Client()
    page = other.post(nominee_page(nomination, "yes/"))

    assert (page["Location"], other.session["nomination"]) == ("/apply/london-2017/form/", nomination.pk)
    assert Nomination.objects.get().answered_at == first
    assert AuditEvent.objects.filter(verb="nomination_agreed").count() == 1


@pytest.mark.parametrize("opens", [None, timedelta(days=1)])
def test_yes_before_the_call_opens_is_written_down(client, course, asked, opens):
    nomination = nominate(asked)
    course.applications_open_at = timezone.now() + opens if opens else None
    course.save()
    address = nominee_page(nomination)

    page = client.post(f"{address}yes/", follow=True)

    assert page.request["PATH_INFO"] == address
    assert "You want to apply. We have written that down." in page.content.decode()
    assert Nomination.objects.get().state == "AGREED"


def test_no_deletes_the_details_and_the_letter(client, asked):
    nomination = nominate(asked, phone="020 7946 0018")
    address = nominee_page(nomination)
    Message.objects.filter(key__startswith="nominated:").update(state="SENT", sent_at=timezone.now())

    page = client.post(f"{address}no/", follow=True)

    nomination.refresh_from_db()
    assert (nomination.state, nomination.name, nomination.email, nomination.phone, nomination.why) == (
        "DECLINED",
        "",
        "",
        "",
        "",
    )
    assert Message.objects.filter(key__startswith="nominated:").count() == 0
    assert "We have deleted your details and what was said about you." in page.content.decode()


def test_no_after_yes_counts_and_yes_after_no_does_not(client, asked):
    nomination = nominate(asked)
    address = nominee_page(nomination)
    for action in ("yes", "no", "no"):
        client.post(f"{address}{action}/")

    page = client.post(f"{address}yes/")

    assert (page.status_code, Nomination.objects.get().state) == (409, "DECLINED")
    assert AuditEvent.objects.filter(verb="nomination_declined").count() == 1


def test_no_after_applying_points_to_ones_own_page(client, course, asked):
    nomination = nominate(asked)
    address = nominee_page(nomination)
    make.application(course, nomination=nomination)

    page = client.post(f"{address}no/")

    assert page.status_code == 409
    assert "You can withdraw your application on your own page." in page.content.decode()
    assert Nomination.objects.get().name == "Nia Nominee"


def test_unanswered_ones_are_forgotten_after_thirty_days(asked, client):
    now = timezone.now()
    nominations = [nominate(asked, name=name) for name in ("Old", "New")]
    agreed = nominations[1]
    Nomination.objects.filter(pk=nominations[0].pk).update(nominated_at=now - timedelta(days=30, minutes=1))
    Nomination.objects.filter(pk=agreed.pk).update(nominated_at=now - timedelta(days=29, hours=23))
    address = nominee_page(nominations[0])

    counts = [nominating.discard_unanswered(now), nominating.discard_unanswered(now)]

    states = dict(Nomination.objects.values_list("state", "name"))
    assert (counts, states) == ([1, 0], {"EXPIRED": "", "INVITED": "New"})
    assert Message.objects.filter(key=f"nominated:{nominations[0].pk}").count() == 0
    assert client.get(address).content.decode().count("We have deleted your details") == 1


def test_those_who_agreed_are_not_forgotten(asked):
    nomination = nominate(asked)
    nominating.say_yes(nomination=nomination)
    Nomination.objects.update(nominated_at=timezone.now() - timedelta(days=90))

    assert nominating.discard_unanswered() == 0


# --- the organiser -----------------------------------------------------------------------------------------------
def test_nominees_without_email_are_to_be_phoned(signed_in, olive, asked):
    nominate(asked)
    called = nominate(asked, name="Pat Phone", email="", phone="020 7946 0018")
    browser = signed_in(olive)

    page = browser.get(PAGE)
    assert [person.name for person in page.context["to_call"]] == ["Pat Phone"]
    assert 'href="tel:02079460018"' in page.content.decode()
    assert Message.objects.filter(key=f"nominated:{called.pk}").count() == 0

    browser.post(f"{PAGE}people/{called.pk}/yes/")
    called.refresh_from_db()
    assert (called.state, list(browser.get(PAGE).context["to_call"])) == ("AGREED", [])


def test_no_on_the_phone_deletes_the_details(signed_in, olive, asked):
    called = nominate(asked, name="Pat Phone", email="", phone="020 7946 0018")

    signed_in(olive).post(f"{PAGE}people/{called.pk}/no/")

    called.refresh_from_db()
    assert (called.state, called.name, called.phone) == ("DECLINED", "", "")


def test_application_by_phone_is_matched_with_the_nomination(signed_in, olive, course, asked):
    called = nominate(asked, name="Pat Phone", email="", phone="020 7946 0018")
    nominating.say_yes(nomination=called)
    application = make.application(course, reference="AAA-AAA", source="PHONE")

    page = signed_in(olive).post(f"{PAGE}people/{called.pk}/applied/", {"reference": "aaa-aaa"})

    application.refresh_from_db()
    assert (page["Location"], application.nomination) == (f"{PAGE}people/", called)


@pytest.mark.parametrize("reference", ["", "NO-SUCH", "KENT-01", "TAKEN-1", "MERGED1"])
def test_application_that_cannot_be_the_nominees_is_refused(signed_in, olive, course, kent, asked, reference):
    called = nominate(asked)
    nominating.say_yes(nomination=called)
    make.application(kent, reference="KENT-01")
    taken = make.application(course, reference="TAKEN-1", nomination=nominate(asked, name="Other"))
    make.application(course, reference="MERGED1", state="MERGED", merged_into=taken)

    page = signed_in(olive).post(f"{PAGE}people/{called.pk}/applied/", {"reference": reference})

    assert (page.status_code, list(page.context["form"].errors)) == (422, ["reference"])
    assert Application.objects.filter(nomination=called).count() == 0


def test_application_is_matched_only_with_somebody_who_agreed(course, olive, asked):
    with pytest.raises(nominating.CannotJoin):
        nominating.join(nomination=nominate(asked), application=make.application(course), by=olive)


def test_nomination_by_phone_is_written_down(signed_in, olive, asked):
    page = signed_in(olive).post(f"{PAGE}{asked.pk}/enter/", PERSON)

    assert (page.status_code, Nomination.objects.get().name) == (302, "Nia Nominee")
    assert AuditEvent.objects.get(verb="nominated").by == olive


def test_grid_by_hand(course, olive):
    """Camden: a charity asked for 2, one came and has a place. brent: the council asked for 3, nobody came."""
    first = ask(course, olive)
    make.application(course, state="ACCEPTED", nomination=nominate(first))
    ask(course, olive, organisation_name="Brent Council", kind="COUNCIL", area="Brent", asked_for=3)
    ask(course, olive, organisation_name="Brent carers", kind="VOLUNTARY", area="brent", asked_for=1)

    grid = grid_of(NominationRequest.objects.all())

    assert [kind.value for kind in grid.kinds] == ["COMMISSIONER", "PROVIDER", "PRIMARY_CARE", "VOLUNTARY", "COUNCIL"]
    figures = {
        area: [(cell.asked, cell.received, cell.accepted, cell.gap) for cell in cells] for area, cells in grid.rows
    }
    nobody = (0, 0, 0, "unasked")
    assert figures == {
        "Brent": [nobody, nobody, nobody, (1, 0, 0, "waiting"), (3, 0, 0, "waiting"), (4, 0, 0, "waiting")],
        "Camden": [nobody, nobody, nobody, (2, 1, 1, ""), nobody, (2, 1, 1, "")],
    }
    assert [(cell.asked, cell.received, cell.accepted) for cell in grid.totals] == [
        (0, 0, 0),
        (0, 0, 0),
        (0, 0, 0),
        (3, 1, 1),
        (3, 0, 0),
        (6, 1, 1),
    ]
    assert (grid.gaps, grid.size) == (9, 10)


def test_grid_of_eight_areas_and_five_kinds_has_forty_cells(course, olive, signed_in):
    kinds = [kind for kind in Organisation.Kind if kind != Organisation.Kind.OTHER]
    for number in range(8):
        ask(course, olive, organisation_name=f"Body {number}", kind=kinds[number % 5], area=f"Borough {number}")

    page = signed_in(olive).get(PAGE)

    assert (page.context["grid"].size, page.context["grid"].gaps) == (40, 40)
    text = page.content.decode()
    assert (text.count(">Nobody asked<"), text.count(">Asked 2, none received<")) == (32, 8)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Brent Council", "Camden Healthwatch"]),
        ("q=jo", ["Camden Healthwatch"]),
        ("q=bren", ["Brent Council"]),
        ("kind=COUNCIL", ["Brent Council"]),
        ("area=Camden", ["Camden Healthwatch"]),
        ("progress=SOME", ["Camden Healthwatch"]),
        ("progress=WAITING", ["Brent Council"]),
        ("progress=COMPLETE", []),
        ("sort=-asked", ["Brent Council", "Camden Healthwatch"]),
        ("sort=-received", ["Camden Healthwatch", "Brent Council"]),
    ],
)
def test_organisations_are_searched_filtered_and_sorted(signed_in, olive, course, asked, query, expected):
    nominate(asked)
    ask(course, olive, organisation_name="Brent Council", kind="COUNCIL", area="Brent", asked_for=3, contact_name="Al")

    table = signed_in(olive).get(f"{PAGE}?{query}").context["table"]

    assert [row.organisation.name for row in table.page.object_list] == expected


@pytest.mark.parametrize("query", ["kind=BANK", "area=Nowhere", "progress=MUCH", "sort=token_hash", "export=exe"])
@pytest.mark.parametrize("path", ["", "people/"])
def test_lists_refuse_what_is_not_on_offer(signed_in, olive, asked, query, path):
    expected = 200 if path and not query.startswith(("sort", "export")) else 400

    assert signed_in(olive).get(f"{PAGE}{path}?{query}").status_code == expected


def test_organisations_and_people_are_exported(signed_in, olive, asked):
    nominate(asked, why="=1+1")
    browser = signed_in(olive)

    organisations, people = (
        browser.get(f"{PAGE}{path}?export=csv").content.decode("utf-8-sig").splitlines() for path in ("", "people/")
    )

    assert organisations[0] == "Organisation,Kind,Area,Contact,Email,Phone,Asked on,Asked,Received,Have a place"
    assert organisations[1].startswith(
        "Camden Healthwatch,Charity or voluntary group,Camden,Jo Bloggs,jo@example.org,,"
    )
    assert people[0] == "Name,Nominated by,Area,Email or phone,Why,On,State,Application"
    assert people[1].startswith("Nia Nominee,Camden Healthwatch,Camden,nia@example.org,'=1+1,")


@pytest.mark.parametrize("rows", (1, 50))
@pytest.mark.parametrize(("path", "queries"), [("", 9), ("people/", 6)])
def test_lists_cost_the_same_for_one_and_for_fifty(
    course, olive, rows, path, queries, signed_in, django_assert_num_queries
):
    for number in range(rows):
        asked = ask(course, olive, organisation_name=f"Body {number}", area=f"Area {number}")
        make.application(course, nomination=nominate(asked, email="", phone="020 7946 0018"))
    browser = signed_in(olive)

    with django_assert_num_queries(queries):
        page = browser.get(f"{PAGE}{path}")

    assert len(page.context["table"].page.object_list) == rows


# --- doors -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", ["", "ask/", "people/"])
def test_nominations_open_to_those_who_recruit_only(request, signed_in, london, path):
    everybody = ["olive", "amina", "alan", "ruth", "moses", "carol", "eve", "connie", "stranger"]

    answers = {who: signed_in(request.getfixturevalue(who)).get(f"{PAGE}{path}").status_code for who in everybody}

    assert answers == {who: 200 if who in {"olive", "amina"} else 404 for who in everybody}


@pytest.mark.parametrize("action", ["{asked}/remind/", "{asked}/withdraw/", "{asked}/enter/", "people/{person}/no/"])
@pytest.mark.parametrize("cohort", ["london-2017", "kent"])
def test_nominations_of_another_cohort_cannot_be_touched(signed_in, stranger, asked, action, cohort):
    nomination = nominate(asked)
    before = everything()
    path = action.format(asked=asked.pk, person=nomination.pk)

    answer = signed_in(stranger).post(f"/cohorts/{cohort}/nominations/{path}", PERSON)

    assert (answer.status_code, everything()) == (404, before)
