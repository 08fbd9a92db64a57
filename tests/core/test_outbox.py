"""Letters: one each, never twice, never silently lost (trust.md T16), and nobody's phishing (T17)."""

import smtplib
import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection, connections, transaction
from django.utils import timezone

from core import outbox
from core.models import Message

State = Message.State


def write(key: str = "k:1", **fields: object) -> Message:
    """A letter in the outbox; the sign-in letter stands in for all of them."""
    context = {"code": "123456", "minutes": 10} | fields.pop("context", {})
    fields = {"to": "ada@example.org", "recipient_name": "Ada"} | fields
    with transaction.atomic():
        return outbox.write("account/email/login_code", context, key=key, **fields)


class Killed(BaseException):
    """As `kill -9` in the middle of sending: nothing after it runs."""


class Server:
    """A mail server that answers as it is told; stands where Django looks for its mail backend."""

    problem: BaseException | None = None
    dies_at_every = 0
    asked = 0
    taken: list[str] = []

    def __init__(self, *args: object, **kwargs: object) -> None: ...

    def send_messages(self, letters: list) -> int:
        for letter in letters:
            Server.asked += 1
            if Server.dies_at_every and Server.asked % Server.dies_at_every == 0:
                raise Killed
            if Server.problem:
                raise Server.problem
            Server.taken.append(letter.to[0])
        return len(letters)


@pytest.fixture
def server(settings):
    Server.problem, Server.taken, Server.asked, Server.dies_at_every = None, [], 0, 0
    settings.EMAIL_BACKEND = f"{__name__}.Server"
    return Server


def refresh(letter: Message) -> Message:
    letter.refresh_from_db()
    return letter


# --- written ---------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_write_renders_the_letter_and_keeps_what_is_secret(london):
    letter = write(secrets=["123456"], cohort=london)

    assert letter.subject == "Your code to sign in"
    assert "\n\n123456\n\n" in letter.text
    assert (letter.to, letter.secrets, letter.scope) == ("ada@example.org", ["123456"], f"cohort:{london.pk}")
    assert letter.state == State.DUE


@pytest.mark.django_db
def test_write_with_the_same_key_returns_the_first_letter_unchanged():
    first = write(context={"code": "111111"})

    again = write(context={"code": "222222"}, to="other@example.org")

    assert again == first
    assert "111111" in again.text
    assert Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_write_outside_a_transaction_fails_loudly():
    with pytest.raises(AssertionError, match="in the transaction of its event"):
        outbox.write("account/email/login_code", {"code": "1"}, key="k", to="ada@example.org")


@pytest.mark.django_db
def test_write_goes_with_its_event():
    with pytest.raises(RuntimeError), transaction.atomic():
        write()
        raise RuntimeError

    assert not Message.objects.exists()


# --- sent ------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_deliver_sends_one_letter_to_one_person_and_forgets_the_secret(mailoutbox, settings):
    letter = write(secrets=["123456"])

    assert outbox.deliver_due() == 1

    sent = mailoutbox[0]
    assert (sent.to, sent.cc, sent.bcc, sent.from_email) == (["ada@example.org"], [], [], settings.DEFAULT_FROM_EMAIL)
    assert "123456" in sent.body
    assert refresh(letter).state == State.SENT
    assert "123456" not in letter.text
    assert outbox.REMOVED in letter.text
    assert letter.secrets == []


@pytest.mark.django_db
def test_deliver_in_the_demo_keeps_links_for_the_demo_page(mailoutbox, settings):
    settings.DEMO = True
    letter = write(secrets=["123456"])

    outbox.deliver_due()

    assert "123456" in refresh(letter).text


@pytest.mark.django_db
def test_deliver_twice_sends_once(mailoutbox):
    write()

    assert [outbox.deliver_due(), outbox.deliver_due()] == [1, 0]
    assert len(mailoutbox) == 1


@pytest.mark.django_db
def test_deliver_leaves_letters_that_are_not_due_or_go_by_post(mailoutbox):
    write("later", due_at=timezone.now() + timedelta(hours=1))
    write("post", channel=Message.Channel.POST)

    assert outbox.deliver_due() == 0
    assert mailoutbox == []


@pytest.mark.django_db
def test_deliver_sends_a_hundred_at_a_time_oldest_first(mailoutbox):
    now = timezone.now()
    for number in range(103):
        write(f"k:{number}", to=f"p{number}@example.org", due_at=now - timedelta(minutes=number))

    assert [outbox.deliver_due(), outbox.deliver_due()] == [100, 3]
    assert mailoutbox[0].to == ["p102@example.org"]
    assert len({letter.to[0] for letter in mailoutbox}) == 103


@pytest.mark.django_db
def test_deliver_that_is_told_to_stop_leaves_the_rest_untouched(mailoutbox):
    for number in range(3):
        write(f"k:{number}")

    assert outbox.deliver_due(is_stopping=lambda: len(mailoutbox) >= 1) == 1
    assert Message.objects.filter(state=State.DUE).count() == 2


@pytest.mark.django_db
def test_each_try_of_a_letter_has_a_message_id_of_ours(mailoutbox):
    letter = write()

    outbox.deliver_due()

    assert f".{letter.pk}@laypartner.invalid>" in mailoutbox[0].extra_headers["Message-ID"]


# --- the mail server is away -------------------------------------------------------------------------------
@pytest.mark.django_db
def test_server_that_is_away_is_tried_again_after_1_2_4_minutes_and_at_most_an_hour(server, time_machine):
    server.problem = ConnectionRefusedError()
    time_machine.move_to("2026-03-01 08:00:00Z", tick=False)
    letter = write()

    waits = []
    for _ in range(9):
        outbox.deliver_due()
        waits.append(round((refresh(letter).due_at - timezone.now()).total_seconds() / 60))
        time_machine.move_to(letter.due_at, tick=False)

    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert (letter.state, letter.attempts, letter.error) == (State.DUE, 9, "ConnectionRefusedError")


@pytest.mark.django_db
def test_server_that_comes_back_gets_the_letter_once(server, time_machine):
    server.problem = smtplib.SMTPServerDisconnected()
    time_machine.move_to("2026-03-01 08:00:00Z", tick=False)
    letter = write()
    outbox.deliver_due()
    server.problem = None

    time_machine.move_to("2026-03-01 08:00:59Z", tick=False)
    assert outbox.deliver_due() == 0
    time_machine.move_to("2026-03-01 08:01:00Z", tick=False)
    assert outbox.deliver_due() == 1

    assert (refresh(letter).state, letter.error) == (State.SENT, "")
    assert server.taken == ["ada@example.org"]


@pytest.mark.django_db
def test_server_that_is_away_for_a_day_is_given_up(server, time_machine):
    server.problem = smtplib.SMTPConnectError(421, b"busy")
    time_machine.move_to("2026-03-01 08:00:00Z", tick=False)
    letter = write()
    time_machine.move_to("2026-03-02 08:00:01Z", tick=False)

    outbox.deliver_due()

    assert refresh(letter).state == State.FAILED
    assert letter.error == "The mail server did not take it for a day (SMTPConnectError)."


@pytest.mark.django_db
def test_address_that_does_not_exist_fails_at_once_and_others_go_on(server):
    server.problem = smtplib.SMTPRecipientsRefused({"ada@example.org": (550, b"no")})
    letter = write()
    outbox.deliver_due()
    server.problem = None
    write("k:2", to="bob@example.org")

    assert outbox.deliver_due() == 1
    assert refresh(letter).error == "The mail server says that this address does not exist."
    assert letter.state == State.FAILED


@pytest.mark.django_db
@pytest.mark.parametrize("to", ["ada@example.org\nBcc: z@evil.example", "ada\r@example.org"])
def test_address_with_a_line_break_fails_and_the_worker_goes_on(mailoutbox, to):
    letter = write(to=to)
    write("k:2", to="bob@example.org")

    assert outbox.deliver_due() == 1
    assert refresh(letter).state == State.FAILED
    assert [sent.to for sent in mailoutbox] == [["bob@example.org"]]


# --- a worker that dies ---------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_worker_killed_while_sending_leaves_an_uncertain_letter_that_is_never_resent(server, time_machine):
    time_machine.move_to("2026-03-01 08:00:00Z", tick=False)
    letter = write()
    server.problem = Killed()
    with pytest.raises(Killed):
        outbox.deliver_due()
    server.problem = None
    assert refresh(letter).state == State.SENDING

    time_machine.move_to("2026-03-01 08:09:59Z", tick=False)
    outbox.deliver_due()
    assert refresh(letter).state == State.SENDING
    time_machine.move_to("2026-03-01 08:10:01Z", tick=False)
    outbox.deliver_due()

    assert refresh(letter).state == State.UNCERTAIN
    assert server.taken == []


@pytest.mark.django_db
def test_twenty_kills_in_a_batch_lose_nothing_and_send_nothing_twice(server, time_machine):
    """The experiment of trust.md T16, small: 60 letters, a worker that dies at every third."""
    time_machine.move_to("2026-03-01 08:00:00Z", tick=False)
    for number in range(60):
        write(f"k:{number}", to=f"p{number:02d}@example.org")
    server.dies_at_every = 3
    kills = 0

    for _ in range(25):
        try:
            outbox.deliver_due()
        except Killed:
            kills += 1
    time_machine.move_to("2026-03-01 08:11:00Z", tick=False)
    outbox.deliver_due()

    states = list(Message.objects.values_list("state", flat=True))
    assert kills == 20
    assert len(Server.taken) == len(set(Server.taken)) == states.count(State.SENT) == 40
    assert states.count(State.UNCERTAIN) == 20


@pytest.mark.django_db(transaction=True)
def test_two_workers_claim_a_letter_once(server):
    """Real threads with connections of their own; SQLite in memory has only one, so there they take turns."""
    keys = [write(f"k:{number}").pk for number in range(20)]
    start = threading.Barrier(2)
    won: list[bool] = []

    def work() -> None:
        start.wait()
        won.extend(outbox._claim(pk) for pk in keys)
        connections.close_all()

    if connection.vendor == "sqlite":
        won = [outbox._claim(pk) for pk in keys for _ in range(2)]
    else:
        workers = [threading.Thread(target=work) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

    assert won.count(True) == 20
    assert set(Message.objects.values_list("state", "attempts")) == {(State.SENDING, 1)}


# --- hostile names (T17) -----------------------------------------------------------------------------------------
HOSTILE = 'Click https://evil.example {{ x.__class__ }} {x.__class__} <a href="https://evil.example">x</a> %s'


@pytest.mark.django_db
@pytest.mark.parametrize("name", [HOSTILE, f"{HOSTILE}\r\nBcc: z@evil.example", "Ada\nBcc: z@evil.example\n\nHello"])
def test_hostile_name_reaches_one_person_in_plain_text_with_sound_headers(mailoutbox, london, name):
    context = {"name": name, "role": name, "scope": name}
    with transaction.atomic():
        outbox.write("people/emails/role_given", context, key="k", to="ada@example.org", recipient_name=name[:200])

    assert outbox.deliver_due() == 1

    sent = mailoutbox[0]
    wire = sent.message()
    assert (sent.recipients(), sent.content_subtype, sent.alternatives if hasattr(sent, "alternatives") else []) == (
        ["ada@example.org"],
        "plain",
        [],
    )
    assert [wire.get_all(header) for header in ("To", "Cc", "Bcc")] == [["ada@example.org"], None, None]
    assert "\n" not in sent.subject
    assert len(sent.subject) <= 200
    assert mail.EmailMessage is type(sent)


@pytest.mark.django_db
def test_subject_of_a_very_long_name_is_cut():
    context = {"name": "x", "role": "y", "scope": "z" * 10_000}
    with transaction.atomic():
        letter = outbox.write("people/emails/role_given", context, key="k", to="ada@example.org")

    assert len(letter.subject) == 200
