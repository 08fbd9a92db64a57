"""Answers by phone or as a recording, typed in by an organiser; reviewers never hear a voice."""

import pytest
from django.urls import reverse

from core.models import AuditEvent
from recruitment.models import Application, CharacteristicAnswer, Recording
from recruitment.recordings import SIGNATURES
from recruitment.services import writing_down
from recruitment.services.writing_down import WrittenMeanwhile
from recruitment.sounds import ENDINGS
from tests import make

pytestmark = pytest.mark.django_db
Mode = CharacteristicAnswer.Mode
SOUND = b"OggS" + bytes(range(256)) * 4


@pytest.fixture
def spoken(london) -> Application:
    """Two answers by phone and one as a recording; the rest in writing."""
    made = make.application(london, name="Ana Novak")
    made.answers.filter(characteristic__in=["LISTENING", "CHALLENGE"]).update(mode=Mode.PHONE, text="")
    made.answers.filter(characteristic="TIME").update(mode=Mode.RECORDING, text="")
    return made


@pytest.fixture
def recording(spoken) -> Recording:
    return Recording.objects.create(
        application=spoken, question="TIME", content_type="audio/ogg", content=SOUND, size=len(SOUND)
    )


@pytest.fixture
def url(spoken) -> str:
    return reverse("recruitment:write-down", args=[spoken.cohort.slug, spoken.reference])


def seen(application: Application) -> str:
    return writing_down.fingerprint(application.answers.filter(mode__in=[Mode.PHONE, Mode.RECORDING]))


def texts_of(application: Application) -> dict[str, str]:
    spoken = application.answers.exclude(mode=Mode.WRITTEN)
    return dict(spoken.values_list("characteristic", "text"))


# --- The service ----------------------------------------------------------------------------------------
def test_typed_answers_are_kept(spoken, olive):
    changed = writing_down.write_down(
        application=spoken, texts={"LISTENING": "I changed my mind."}, seen=seen(spoken), by=olive
    )

    assert changed == 1
    assert texts_of(spoken) == {"LISTENING": "I changed my mind.", "CHALLENGE": "", "TIME": ""}
    line = AuditEvent.objects.get(verb="wrote_down_answers")
    assert (line.by, line.detail, line.reason) == (olive, {"answers": 1}, "")


def test_what_the_applicant_wrote_is_never_changed(spoken, olive):
    texts = {"SHARED_VISION": "Something else", "TIME": "Ten hours"}

    writing_down.write_down(application=spoken, texts=texts, seen=seen(spoken), by=olive)

    assert spoken.answers.get(characteristic="SHARED_VISION").text.startswith("What I did about")
    assert spoken.answers.get(characteristic="TIME").text == "Ten hours"


def test_nothing_new_leaves_no_trace(spoken, olive):
    assert writing_down.write_down(application=spoken, texts={"TIME": ""}, seen=seen(spoken), by=olive) == 0
    assert not AuditEvent.objects.filter(verb="wrote_down_answers").exists()


def test_of_two_who_type_at_once_the_second_is_told(spoken, olive, amina):
    before = seen(spoken)
    writing_down.write_down(application=spoken, texts={"TIME": "Ten hours"}, seen=before, by=olive)

    with pytest.raises(WrittenMeanwhile):
        writing_down.write_down(application=spoken, texts={"TIME": "Two hours"}, seen=before, by=amina)

    assert texts_of(spoken)["TIME"] == "Ten hours"


def test_the_list_of_what_is_to_write_down(spoken, london, olive):
    make.application(london)
    before = list(Application.objects.to_write_down())

    every = dict.fromkeys(["LISTENING", "CHALLENGE", "TIME"], "Said and typed.")
    writing_down.write_down(application=spoken, texts=every, seen=seen(spoken), by=olive)

    assert before == [spoken]
    assert list(Application.objects.to_write_down()) == []


@pytest.mark.parametrize("state", ["DECLINED", "WITHDRAWN", "ACCEPTED"])
def test_what_is_decided_waits_for_nobody(spoken, state):
    Application.objects.filter(pk=spoken.pk).update(state=state)

    assert not Application.objects.to_write_down().exists()


# --- The page -------------------------------------------------------------------------------------------
def test_the_page_asks_for_the_spoken_answers_only(signed_in, olive, url, recording):
    page = signed_in(olive).get(url).content.decode()

    assert page.count("<textarea") == 3
    assert page.count("not written down yet") == 3
    assert reverse("recruitment:recording", args=[recording.application.cohort.slug, recording.pk]) in page
    assert page.count("<audio controls") == 1


def test_saving_says_what_is_left(signed_in, olive, url, spoken):
    answer = signed_in(olive).post(url, {"seen": seen(spoken), "answer_time": "Ten hours"}, follow=True)

    assert texts_of(spoken)["TIME"] == "Ten hours"
    assert "The answers of Ana Novak are saved. 2 are still empty." in answer.content.decode()


def test_an_answer_that_is_too_long_comes_back(signed_in, olive, url, spoken):
    answer = signed_in(olive).post(url, {"seen": seen(spoken), "answer_time": "x" * 5001})

    assert answer.status_code == 422
    assert "Use 5,000 characters or fewer (you have 5,001)." in answer.content.decode()
    assert texts_of(spoken)["TIME"] == ""


def test_the_second_of_two_keeps_what_was_typed(signed_in, olive, url, spoken, amina):
    before = seen(spoken)
    writing_down.write_down(application=spoken, texts={"TIME": "Ten hours"}, seen=before, by=amina)

    answer = signed_in(olive).post(url, {"seen": before, "answer_time": "Two hours"})

    assert answer.status_code == 422
    assert "Somebody else typed in answers" in answer.content.decode()
    assert "Two hours" in answer.content.decode()


def test_somebody_who_wrote_everything_has_nothing_to_write_down(signed_in, olive, london):
    made = make.application(london)

    page = signed_in(olive).get(reverse("recruitment:write-down", args=[london.slug, made.reference])).content.decode()

    assert "There is nothing to write down." in page


@pytest.mark.parametrize("who", ["ruth", "moses", "alan", "stranger"])
def test_others_find_neither_page_nor_voice(request, signed_in, url, recording, who):
    client = signed_in(request.getfixturevalue(who))
    sound = reverse("recruitment:recording", args=["london-2017", recording.pk])

    assert (client.get(url).status_code, client.post(url, {}).status_code, client.get(sound).status_code) == (404,) * 3


# --- The sound ------------------------------------------------------------------------------------------
def test_a_recording_is_played_and_never_run(signed_in, olive, recording):
    answer = signed_in(olive).get(reverse("recruitment:recording", args=["london-2017", recording.pk]))

    assert answer.content == SOUND
    wanted = {
        "Content-Type": "audio/ogg",
        "Content-Disposition": f'inline; filename="answer-{recording.pk}.ogg"',
        "Content-Security-Policy": "sandbox; default-src 'none'; media-src 'self'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Accept-Ranges": "bytes",
    }
    assert {name: answer.headers.get(name) for name in wanted} == wanted


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "audio/evil; charset=x", ""])
def test_anything_else_is_a_file_to_take_away(signed_in, olive, recording, kind):
    Recording.objects.filter(pk=recording.pk).update(content_type=kind)

    answer = signed_in(olive).get(reverse("recruitment:recording", args=["london-2017", recording.pk]))

    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="answer-{recording.pk}.bin"'


@pytest.mark.parametrize(
    ("wanted", "part", "status"),
    [
        ("bytes=0-3", b"OggS", 206),
        ("bytes=4-", SOUND[4:], 206),
        ("bytes=-2", SOUND[-2:], 206),
        ("bytes=1000-999999", SOUND[1000:], 206),
        ("bytes=999999-", SOUND, 200),
        ("bytes=3-1", SOUND, 200),
        ("bytes=-", SOUND, 200),
        ("bytes=-0", SOUND, 200),
        ("lines=1-2", SOUND, 200),
    ],
)
def test_a_player_may_ask_for_a_part(signed_in, olive, recording, wanted, part, status):
    address = reverse("recruitment:recording", args=["london-2017", recording.pk])

    answer = signed_in(olive).get(address, headers={"range": wanted})

    assert (answer.status_code, answer.content) == (status, part)
    assert answer.headers["Content-Length"] == str(len(part))


def test_every_kind_of_recording_that_is_taken_can_be_played():
    assert set(ENDINGS) == {kind for kind, _ in SIGNATURES}


def test_a_recording_of_another_cohort_is_not_there(signed_in, olive, kent):
    far = make.application(kent)
    row = Recording.objects.create(application=far, content_type="audio/ogg", content=SOUND, size=len(SOUND))

    client = signed_in(olive)

    for slug in ("london-2017", "kent"):
        assert client.get(reverse("recruitment:recording", args=[slug, row.pk])).status_code == 404


def test_a_recording_that_is_not_sent_yet_is_nobodys_to_hear(signed_in, olive, london):
    draft = london.drafts.create(values={})
    row = Recording.objects.create(draft=draft, content_type="audio/ogg", content=SOUND, size=len(SOUND))

    assert signed_in(olive).get(reverse("recruitment:recording", args=[london.slug, row.pk])).status_code == 404


def test_the_application_itself_leads_to_the_page(signed_in, olive, moses, spoken, url):
    pages = {user: signed_in(user).get(spoken.get_absolute_url()).content.decode() for user in (olive, moses)}

    assert url in pages[olive]
    assert "Write them down" not in pages[moses]
