"""Paper forms and telephone calls, typed in on one page and read back."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEvent, Message
from people.models import AccessNeed, Consent
from programmes.characteristics import Characteristic
from recruitment import queries
from recruitment.forms import EntryForm
from recruitment.models import Application, Channel, CharacteristicAnswer
from tests import make

pytestmark = pytest.mark.django_db
State, Source, Mode = Application.State, Application.Source, CharacteristicAnswer.Mode


def posted(**changes: str) -> dict[str, str]:
    """What a browser sends for a paper form with next to nothing on it."""
    today = timezone.localdate()
    received = {"received_on_day": today.day, "received_on_month": today.month, "received_on_year": today.year}
    return {"key": str(uuid4()), "source": "PAPER", **received, "name": "Ana Novak", "phone": "07700 900982"} | changes


def everything(**changes: str) -> dict[str, str]:
    """A form with every box filled."""
    answers = {f"answer_{item.lower()}": f"I said this about {item.label.lower()}." for item in Characteristic}
    agreed = {f"agrees_{purpose.lower()}": "on" for purpose in Consent.Purpose}
    typed = dict(
        pronunciation="AH-na",
        helper="Her sister Eva",
        preferred="POST",
        email="ana@example.org",
        post="3 Elm Road\nLondon NW1 5AA",
        best_time="After 4pm",
        may_leave_message="no",
        information_format="LARGE_PRINT",
        area="Camden",
        lived_experience="CARER",
        experience="OVER_3",
        organisation_name="Camden Carers",
        lay_roles="Chair, Hospital patient panel\nGP patient group",
        communities="3 1",
        hours_a_month="8",
        wants="To speak up in meetings",
        days_missed="2",
        access_needs="A hearing loop",
        food="No nuts",
        assistant="Eva",
        needs_building="step-free",
        **answers,
        **agreed,
    )
    return posted(**typed | changes)


@pytest.fixture
def url(london) -> str:
    return reverse("recruitment:enter", args=[london.slug])


@pytest.fixture
def client(signed_in, olive):
    return signed_in(olive)


def said(answer) -> str:
    return " ".join(answer.content.decode().split())


# --- What is kept ---------------------------------------------------------------------------------------
def test_a_name_and_a_telephone_are_enough(client, url, olive, london):
    answer = client.post(url, posted())

    saved = Application.objects.get()
    assert answer.status_code == 302
    assert (saved.source, saved.state, saved.entered_by, saved.cohort) == (Source.PAPER, State.AWAITING, olive, london)
    assert (saved.experience, saved.lived_experience, saved.hours_a_month) == ("", "", None)
    assert list(saved.person.contact_routes.values_list("kind", "value", "is_preferred")) == [
        ("PHONE", "07700 900982", True)
    ]
    assert saved.answers.count() == 7


def test_everything_that_was_on_the_paper_is_kept(client, url, london):
    channel = Channel.objects.create(cohort=london, code="news", name="Newsletter")

    client.post(url, everything(channel=str(channel.pk)))

    saved = Application.objects.get()
    person = saved.person
    assert (person.name, person.pronunciation, person.helper) == ("Ana Novak", "AH-na", "Her sister Eva")
    assert (person.best_time, person.may_leave_message, person.information_format) == (
        "After 4pm",
        False,
        "LARGE_PRINT",
    )
    assert (person.area, person.organisation.name, person.lived_experience) == ("Camden", "Camden Carers", "CARER")
    assert (saved.experience, saved.hours_a_month, saved.wants) == ("OVER_3", 8, "To speak up in meetings")
    assert (saved.days_missed, saved.can_come_every_day, saved.channel) == ([2], False, channel)
    assert saved.communities == [EntryForm.base_fields["communities"].codes[n] for n in (0, 2)]
    assert saved.lay_roles == "Chair, Hospital patient panel\nGP patient group"
    assert person.contact_routes.get(is_preferred=True).value == "3 Elm Road\nLondon NW1 5AA"
    assert set(AccessNeed.objects.values_list("kind", "description")) == {
        ("NEED", "Step-free way in and around"),
        ("NEED", "A hearing loop"),
        ("FOOD", "No nuts"),
        ("ASSISTANT", "Eva"),
    }
    assert set(person.consents.values_list("purpose", flat=True)) == set(Consent.Purpose)
    assert (saved.state, saved.agreed_at) == (State.SUBMITTED, saved.submitted_at)
    assert saved.answers.get(characteristic="TIME").text == (
        "I said this about time to read papers, attend meetings and communicate."
    )


@pytest.mark.parametrize(
    ("source", "later", "modes"),
    [
        ("PAPER", "", {"LISTENING": Mode.WRITTEN, "TIME": Mode.WRITTEN}),
        ("PHONE", "", {"LISTENING": Mode.PHONE, "TIME": Mode.WRITTEN}),
        ("PAPER", "RECORDING", {"LISTENING": Mode.WRITTEN, "TIME": Mode.RECORDING}),
        ("PHONE", "PHONE", {"LISTENING": Mode.PHONE, "TIME": Mode.PHONE}),
    ],
)
def test_it_is_known_how_each_answer_came(client, url, source, later, modes):
    client.post(url, posted(source=source, later=later, answer_listening="I changed my mind."))

    saved = Application.objects.get()
    kept = dict(saved.answers.filter(characteristic__in=modes).values_list("characteristic", "mode"))
    assert kept == modes
    assert Application.objects.to_write_down().exists() is bool(later)


def test_the_day_it_came_counts_and_not_the_day_it_was_typed(client, url, london):
    day = timezone.localdate() - timedelta(days=9)
    received = {"received_on_day": day.day, "received_on_month": day.month, "received_on_year": day.year}

    client.post(url, posted(**received))

    assert Application.objects.get().submitted_at == datetime(day.year, day.month, day.day, 12, tzinfo=london.zone)


def test_a_closed_call_takes_paper_and_does_not_call_it_minutes_late(client, url, london):
    london.applications_close_at = timezone.now() - timedelta(days=3)
    london.save()

    client.post(url, everything())

    assert Application.objects.count() == 1
    assert "a few minutes after the closing time" not in Message.objects.get().text


def test_the_letter_goes_by_the_preferred_way_in_the_right_format(client, url):
    client.post(url, everything())

    letter = Message.objects.get()
    assert (letter.channel, letter.information_format) == ("POST", "LARGE_PRINT")
    assert letter.to == "3 Elm Road, London NW1 5AA"


def test_the_audit_says_who_entered_it(client, url, olive):
    client.post(url, posted(source="PHONE"))

    line = AuditEvent.objects.get(verb="applied")
    assert (line.by, line.detail) == (olive, {"source": "PHONE"})


# --- What is refused ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Enter the name."),
        ({"name": "\u200b\u200b"}, "Enter the name."),
        ({"phone": ""}, "Enter an email address, a phone number or a postal address."),
        ({"preferred": "EMAIL"}, "Enter the email, or choose another way to contact the person."),
        ({"preferred": "POST"}, "Enter the postal address, or choose another way to contact the person."),
        ({"phone": "call me"}, "Enter a phone number, like 07700 900982 or 020 7946 0018."),
        ({"days_missed": "4"}, "Type the numbers of the ticked boxes, from 1 to 3, like 1 2."),
        (
            {"days_missed": "2", "can_come_every_day": "yes"},
            "Empty this box, or choose that they cannot come every day.",
        ),
        ({"needs_building": "a palace"}, "Choose one of the answers on the list."),
        ({"days_missed": "Friday"}, "Type the numbers of the ticked boxes, from 1 to 3, like 1 2."),
        ({"communities": "99"}, "Type the numbers of the ticked boxes"),
        ({"experience": "AGES"}, "Choose one of the answers on the list."),
        ({"channel": "1"}, "Choose one of the answers on the list."),
        ({"received_on_year": "1017"}, "Enter a date that is"),
        ({"received_on_year": "2024"}, "This day is more than a year ago."),
        ({"received_on_year": "2100"}, "Enter a date that is"),
        ({"agrees_privacy_notice": "on"}, "The course is for adults: tick that the person is 18 or over."),
        ({"source": "ONLINE"}, "Choose one of the answers on the list."),
    ],
)
def test_what_cannot_be_used_comes_back_with_everything_typed(client, url, changes, sentence):
    answer = client.post(url, posted(wants="To speak up") | changes)

    assert answer.status_code == 422
    assert sentence in said(answer)
    assert "To speak up" in said(answer)
    assert not Application.objects.exists()
    assert not Message.objects.exists()


def test_an_adult_who_has_not_signed_yet_waits(client, url):
    client.post(url, posted(agrees_adult="on"))

    assert Application.objects.get().state == State.AWAITING


def test_a_double_click_gives_one_application(client, url):
    form = posted()

    client.post(url, form)
    client.post(url, form)

    assert Application.objects.count() == 1
    assert Message.objects.count() == 1


def test_the_key_of_another_cohort_is_refused(client, url, kent):
    other = make.application(kent)

    answer = client.post(url, posted(key=str(other.key), name="Bo Persson"))

    assert answer.status_code == 422
    assert "This form was already used for another course." in said(answer)


@pytest.mark.parametrize("who", ["ruth", "moses", "alan", "eve", "stranger"])
def test_others_find_no_form(request, signed_in, url, who):
    client = signed_in(request.getfixturevalue(who))

    assert (client.get(url).status_code, client.post(url, posted()).status_code) == (404, 404)
    assert not Application.objects.exists()


# --- Somebody who is there already ----------------------------------------------------------------------
def test_somebody_who_looks_the_same_is_shown_before_anything_is_saved(client, url, london):
    there = make.application(london, person=make.person("Novak, Ana", phone="+44 7700 900982"))

    answer = client.post(url, posted())

    assert answer.status_code == 422
    assert "Is this somebody who has applied already?" in said(answer)
    assert there.get_absolute_url() in said(answer)
    assert "Same name, same phone number" in said(answer)
    assert Application.objects.count() == 1


def test_save_anyway_saves(client, url, london):
    make.application(london, person=make.person("Novak, Ana", phone="+44 7700 900982"))

    client.post(url, posted(anyway="1"))

    assert Application.objects.count() == 2
    assert queries.duplicates_waiting(london) == 1


def test_a_husband_at_the_same_address_is_no_warning(client, url, london):
    make.application(london, person=make.person("Mary Novak", phone="07700 900982", post="3 Elm Road"))

    answer = client.post(url, posted(name="John Novak", post="3 Elm Road"))

    assert answer.status_code == 302


# --- One after the other --------------------------------------------------------------------------------
def test_save_and_the_next_says_who_was_saved(client, url):
    answer = client.post(url, posted(next="1", source="PHONE"), follow=True)

    saved = Application.objects.get()
    assert f"Saved: <strong>Ana Novak</strong>, reference <strong>{saved.reference}</strong>, waiting" in said(answer)
    assert saved.get_absolute_url() in said(answer)


def test_how_it_came_is_remembered_for_the_next(client, url):
    day = timezone.localdate() - timedelta(days=2)
    received = {"received_on_day": day.day, "received_on_month": day.month, "received_on_year": day.year}
    client.post(url, posted(source="PHONE", **received))

    form = client.get(url).context["form"]

    assert (form["source"].value(), form.initial["received_on"]) == ("PHONE", day)


def test_the_day_is_forgotten_overnight(client, url):
    session = client.session
    session["entering"] = {"source": "PHONE", "received_on": "2026-01-02", "typed_on": "2026-01-05"}
    session.save()

    form = client.get(url).context["form"]

    assert form.initial["received_on"] == timezone.localdate()


def test_each_form_has_a_key_of_its_own(client, url):
    keys = {client.get(url).context["form"].initial["key"] for _ in range(2)}

    assert len(keys) == 2


def test_the_name_has_the_focus_and_enter_does_not_send(client, url):
    page = said(client.get(url))

    assert page.count("autofocus") == 1
    assert 'name="name"' in page[page.index("autofocus") - 200 : page.index("autofocus") + 200]
    assert page.index("lp-enter__no-send") < page.index('name="next"')


def test_another_cohorts_application_is_not_named(client, url, kent):
    far = make.application(kent, name="Far Away")

    assert "Far Away" not in said(client.get(f"{url}?saved={far.reference}"))


def test_what_waits_stands_beside_the_form(client, url, london):
    waiting = make.application(london, name="Wanda Wait", state=State.AWAITING, agreed_at=None)
    spoken = make.application(london, name="Sid Spoken")
    spoken.answers.filter(characteristic="TIME").update(mode=Mode.PHONE, text="")

    page = said(client.get(url))

    assert "Wanda Wait" in page
    assert "29 days left" in page
    assert reverse("recruitment:read-back", args=[london.slug, waiting.reference]) in page
    assert reverse("recruitment:write-down", args=[london.slug, spoken.reference]) in page


@pytest.mark.parametrize("rows", [1, 50])
def test_the_form_costs_the_same_whatever_waits(client, url, london, django_assert_num_queries, rows):
    for _ in range(rows):
        made = make.application(london, state=State.AWAITING, agreed_at=None)
        made.answers.filter(characteristic="TIME").update(mode=Mode.PHONE, text="")
    client.get(url)

    with django_assert_num_queries(9):
        client.get(url)


# --- Reading back ---------------------------------------------------------------------------------------
def test_what_was_typed_is_read_back_in_the_order_of_the_form(client, url):
    answer = client.post(url, everything(source="PHONE"), follow=True)

    saved = Application.objects.get()
    page = said(answer)
    read = page[page.index("Read this back") :]
    in_order = (
        "AH-na",
        "3 Elm Road",
        "After 4pm",
        "Her sister Eva",
        "Camden Carers",
        *(f"I said this about {item.label.lower()}." for item in Characteristic),
        "To speak up in meetings",
        "not on day 2",
        "A hearing loop",
        "No nuts",
    )
    assert answer.redirect_chain[-1][0] == reverse("recruitment:read-back", args=[saved.cohort.slug, saved.reference])
    assert sorted(in_order, key=read.index) == list(in_order)
    assert "by post to 3 Elm Road, London NW1 5AA, in large print" in page
    assert "entered by Olive" in page


@pytest.mark.parametrize("who", ["ruth", "moses", "alan", "stranger"])
def test_others_cannot_read_it_back(request, signed_in, london, who):
    made = make.application(london)
    client = signed_in(request.getfixturevalue(who))

    assert client.get(reverse("recruitment:read-back", args=[london.slug, made.reference])).status_code == 404


# --- Journey S2 -----------------------------------------------------------------------------------------
def test_a_carer_phones_and_later_her_husband_applies(client, url, london, olive):
    carer = everything(
        name="Mary Okafor",
        source="PHONE",
        email="home@example.org",
        **dict.fromkeys([f"agrees_{purpose.lower()}" for purpose in Consent.Purpose], ""),
    )
    client.post(url, carer)
    mary = Application.objects.get()
    agree = reverse("recruitment:agree", args=[london.slug, mary.reference])
    assert not Application.objects.for_reviewers().exists()

    client.post(agree, {"purposes": ["PRIVACY_NOTICE", "ADULT"], "how": "SPOKEN"})
    husband = everything(
        name="John Okafor", email="home@example.org", preferred="EMAIL", information_format="", phone="07700 900982"
    )
    answer = client.post(url, husband)

    mary.refresh_from_db()
    john = Application.objects.get(person__name="John Okafor")
    assert answer.status_code == 302
    assert (mary.state, mary.source, mary.entered_by) == (State.SUBMITTED, Source.PHONE, olive)
    assert mary.person_id != john.person_id
    assert queries.duplicate_pairs(london) == []
    letters = Message.objects.order_by("pk").values_list("recipient_name", "channel", "information_format", "to")
    assert list(letters) == [
        ("Mary Okafor", "POST", "LARGE_PRINT", "3 Elm Road, London NW1 5AA"),
        ("John Okafor", "EMAIL", "STANDARD", "home@example.org"),
    ]
    assert not any("Mary" in letter.text for letter in Message.objects.filter(recipient_name="John Okafor"))
    assert not any("Okafor" in letter.subject for letter in Message.objects.all())
