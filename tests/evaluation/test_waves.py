"""Setting up, inviting, opening, closing."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from core.exceptions import DomainError
from core.models import AuditEvent, Message
from core.tokens import hash_of, new_token
from evaluation.models import Invitation, Wave
from evaluation.queries import invitation_for
from evaluation.services import waves
from tests import make

pytestmark = pytest.mark.django_db


def test_ensure_opens_on_the_last_day_and_stays_open(london, olive):
    wave = waves.ensure(cohort=london, kind=Wave.Kind.IMMEDIATE, by=olive)

    assert wave.opens_at == datetime(2018, 1, 16, 0, 0, tzinfo=UTC)
    assert (wave.closes_at, wave.is_anonymous, wave.version.items.count()) == (None, True, 8)


def test_ensure_twice_is_one_wave_and_one_audit_line(london, olive):
    first = waves.ensure(cohort=london, kind=Wave.Kind.IMMEDIATE, by=olive)

    assert waves.ensure(cohort=london, kind=Wave.Kind.IMMEDIATE, by=olive) == first
    assert AuditEvent.objects.filter(verb="wave set up").count() == 1


def test_ensure_counts_in_the_clock_of_the_programme():
    cohort = make.cohort("summer", dates=(date(2017, 6, 1), date(2017, 6, 2), date(2017, 7, 20)))

    wave = waves.ensure(cohort=cohort, kind=Wave.Kind.IMMEDIATE)

    assert wave.opens_at == datetime(2017, 7, 19, 23, 0, tzinfo=UTC)


def test_ensure_works_before_a_cohort_has_dates():
    wave = waves.ensure(cohort=make.cohort("undated", dates=()), kind=Wave.Kind.IMMEDIATE)

    assert wave.opens_at is None


def test_due_dates_of_london(london):
    assert list(waves.due_dates(london).values()) == [
        date(2017, 11, 9),
        date(2017, 11, 23),
        date(2017, 11, 24),
        date(2018, 1, 16),
        date(2018, 2, 16),
        date(2018, 4, 16),
    ]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2017, 11, 30), 3, date(2018, 2, 28)),
        (date(2019, 11, 30), 3, date(2020, 2, 29)),
        (date(2018, 1, 31), 1, date(2018, 2, 28)),
        (date(2017, 12, 15), 1, date(2018, 1, 15)),
        (date(2017, 11, 16), 1, date(2017, 12, 16)),
    ],
)
def test_months_after(day, months, later):
    assert waves.months_after(day, months) == later


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 24))
def test_months_after_keeps_the_day_or_takes_the_last(day, months):
    later = waves.months_after(day, months)

    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


# --- inviting ----------------------------------------------------------------------------------------------
def test_invite_writes_to_everybody_once(wave, olive):
    for _ in range(3):
        make.participant(wave.cohort)

    assert waves.invite(wave=wave, by=olive) == 3
    assert waves.invite(wave=wave, by=olive) == 0
    assert (Invitation.objects.count(), Message.objects.count()) == (3, 3)


def test_invite_reaches_who_came_later(wave, olive):
    make.participant(wave.cohort)
    waves.invite(wave=wave, by=olive)
    make.participant(wave.cohort)

    assert waves.invite(wave=wave, by=olive) == 1


def test_invite_leaves_out_who_has_withdrawn(wave, olive):
    make.participant(wave.cohort, withdrawn_at=datetime(2017, 12, 1, tzinfo=UTC))

    assert waves.invite(wave=wave, by=olive) == 0
    assert not Message.objects.exists()


def test_invitation_letter_holds_the_link_and_the_database_only_its_hash(wave, olive):
    participant = make.participant(wave.cohort)

    waves.invite(wave=wave, by=olive)

    letter, invitation = Message.objects.get(), Invitation.objects.get()
    (token,) = letter.secrets
    assert invitation.token_hash == hash_of(token)
    assert f"http://127.0.0.1:8000/form/{token}/" in letter.text
    assert token not in letter.key
    assert invitation_for(token) == invitation
    assert [str(row) for row in AuditEvent.objects.values_list("detail", flat=True) if token in str(row)] == []
    assert (letter.channel, letter.to, letter.recipient_name) == (
        "EMAIL",
        participant.person.contact_routes.get().value,
        participant.person.name,
    )


def test_invitation_letter_reads_as_it_should(wave, olive, settings):
    wave.cohort.programme.name = "Partners & Carers"
    wave.cohort.programme.save()
    make.participant(wave.cohort, person=make.person("Siobhán O'Neill"))

    waves.invite(wave=wave, by=olive)

    letter = Message.objects.get()
    link = f"{settings.SITE_URL}/form/{letter.secrets[0]}/"
    assert letter.subject == "A short form about Partners & Carers"
    assert letter.text == (
        "Thank you for taking part in Partners & Carers.\n\n"
        "We would like to know what helped you and what did not. The form takes about 3 minutes, and you can skip any "
        f"question.\n\nOpen your form here:\n{link}\n\n"
        "Your answers are anonymous. We keep no name, no address and no time with them. The link is for you only, so "
        "please do not pass it on.\n\n"
        f"If you would rather answer on paper or by telephone, call {settings.BODY_PHONE}.\n\n"
        f"{settings.BODY_NAME}\n\nThis letter is for Siobhán O'Neill.\n"
    )


@pytest.mark.parametrize(
    ("routes", "channel", "to"),
    [
        ({"preferred": "EMAIL", "email": "a@example.org"}, "EMAIL", "a@example.org"),
        ({"preferred": "POST", "email": "a@example.org"}, "POST", "Ask the person how to reach them"),
        ({"preferred": "POST", "email": "a@example.org", "post": "1 High St\nLondon"}, "POST", "1 High St, London"),
        ({"preferred": "PHONE", "email": "a@example.org", "phone": "07700 900123"}, "PHONE", "07700 900123"),
        ({"preferred": "PHONE", "email": "a@example.org"}, "EMAIL", "a@example.org"),
        ({"preferred": "EMAIL", "email": ""}, "POST", "Ask the person how to reach them"),
    ],
)
def test_letter_goes_the_way_that_the_person_prefers(wave, olive, routes, channel, to):
    make.participant(wave.cohort, person=make.person(**routes))

    waves.invite(wave=wave, by=olive)

    letter = Message.objects.get()
    assert (letter.channel, letter.to) == (channel, to)
    assert letter.secrets[0] in letter.text


def test_two_people_with_one_address_get_two_links(wave, olive):
    for name in ("Ann", "Ben"):
        make.participant(wave.cohort, person=make.person(name, email="home@example.org"))

    waves.invite(wave=wave, by=olive)

    letters = Message.objects.filter(to="home@example.org")
    assert len({letter.secrets[0] for letter in letters}) == 2
    assert {letter.subject for letter in letters} == {"A short form about The Effective Lay Partner"}


def test_letters_of_a_wave_that_opens_later_wait_for_it(wave, olive):
    make.participant(wave.cohort)

    with time_machine.travel(datetime(2018, 1, 10, tzinfo=UTC), tick=False):
        waves.invite(wave=wave, by=olive)
    assert Message.objects.get().due_at == wave.opens_at

    with time_machine.travel(datetime(2018, 1, 12, tzinfo=UTC), tick=False):
        waves.open_now(wave=wave, by=olive)
    assert Message.objects.get().due_at == wave.opens_at == datetime(2018, 1, 12, tzinfo=UTC)


def test_invite_to_a_closed_wave_is_refused(wave, olive):
    waves.close(wave=wave, by=olive)

    with pytest.raises(DomainError, match="Open it again"):
        waves.invite(wave=wave, by=olive)


def test_invite_to_a_linked_wave_is_refused(wave, olive):
    wave.is_anonymous = False

    with pytest.raises(DomainError, match="pseudonyms"):
        waves.invite(wave=wave, by=olive)


def test_resend_makes_a_new_link_and_ends_the_old_one(wave, olive, token_for):
    old = token_for(wave)

    waves.resend(invitation=invitation_for(old), by=olive)

    assert invitation_for(old) is None
    (letter,) = Message.objects.all()  # the first one had not gone yet, so the new one takes its place
    assert invitation_for(letter.secrets[0]) == Invitation.objects.get()


def test_resend_leaves_a_letter_that_went_where_it_is(wave, olive, token_for):
    old = token_for(wave)
    Message.objects.update(state=Message.State.SENT, sent_at=datetime(2018, 1, 16, tzinfo=UTC))

    waves.resend(invitation=invitation_for(old), by=olive)

    assert Message.objects.count() == 2


def test_resend_to_who_has_answered_is_refused(wave, olive, token_for):
    invitation = invitation_for(token_for(wave))
    invitation.has_answered = True

    with pytest.raises(DomainError, match="answered already"):
        waves.resend(invitation=invitation, by=olive)


def test_resend_to_who_has_withdrawn_is_refused(wave, olive, token_for):
    invitation = invitation_for(token_for(wave))
    invitation.participant.withdrawn_at = datetime(2018, 1, 17, tzinfo=UTC)

    with pytest.raises(DomainError, match="withdrawn"):
        waves.resend(invitation=invitation, by=olive)


# --- opening and closing -------------------------------------------------------------------------------------
def test_close_and_open_again(wave, olive):
    waves.close(wave=wave, by=olive)
    assert (wave.is_open(), wave.is_closed()) == (False, True)

    waves.open_now(wave=wave, by=olive)
    wave.refresh_from_db()
    assert wave.is_open()
    assert list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))[-2:] == ["wave closed", "wave opened"]


def test_close_before_opening_is_refused(wave, olive):
    with (
        time_machine.travel(datetime(2018, 1, 10, tzinfo=UTC), tick=False),
        pytest.raises(DomainError, match="not open"),
    ):
        waves.close(wave=wave, by=olive)


# --- tokens --------------------------------------------------------------------------------------------------
def test_tokens_are_long_and_never_the_same():
    tokens = {new_token() for _ in range(10_000)}

    assert len(tokens) == 10_000
    assert {len(token) for token in tokens} == {28}


def test_letters_of_tokens_are_equally_likely():
    counts = {}
    for letter in "".join(new_token() for _ in range(10_000)):
        counts[letter] = counts.get(letter, 0) + 1

    expected = 280_000 / 64
    chi_square = sum((count - expected) ** 2 / expected for count in counts.values())
    assert len(counts) == 64
    assert chi_square < 130  # 63 degrees of freedom: by chance once in a million runs
