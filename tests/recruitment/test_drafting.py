"""Keeping forms and sending them: one application however often, and nothing kept longer than we say."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from core.models import AuditEvent, Message
from recruitment.models import Application, Channel, Draft, PersonalLink, Recording
from recruitment.queries.drafting import Facts
from recruitment.services import applying, drafting
from recruitment.steps import Journey
from tests import make
from tests.recruitment import filled
from tests.recruitment.filled import KEY


def sendable(draft: Draft) -> dict:
    return Journey(Facts(draft.cohort, draft=draft)).filled_in()


def recording(draft: Draft) -> Recording:
    return Recording.objects.create(draft=draft, content=b"ID3", content_type="audio/mpeg", size=3)


def test_start_again_with_the_same_key_opens_the_same_form_and_keeps_what_is_there(london):
    first = drafting.start(cohort=london, key=KEY, values={"name": "Ana"}, email="ana@example.org")
    second = drafting.start(cohort=london, key=KEY, values={"name": "Eve"}, email="eve@example.org")

    assert first.thing == second.thing
    assert first.token != second.token
    assert Draft.objects.get().values == {"name": "Ana"}
    assert [letter.to for letter in Message.objects.all()] == ["ana@example.org"]


def test_start_with_the_key_of_an_application_opens_that(london):
    application = make.application(london, key=KEY)

    opened = drafting.start(cohort=london, key=KEY, values={})

    assert opened.thing == application
    assert not Draft.objects.exists()


def test_start_cannot_begin_in_the_future(london):
    opened = drafting.start(cohort=london, key=KEY, values={}, started_at=timezone.now() + timedelta(days=1))

    assert opened.thing.started_at <= timezone.now()


def test_a_channel_of_another_cohort_is_not_taken(london, kent):
    Channel.objects.create(cohort=kent, code="news", name="News")

    opened = drafting.start(cohort=london, key=KEY, values={}, channel="news")
    drafting.save(draft=opened.thing, values={"heard": "news"})

    assert Draft.objects.get().channel is None


def test_save_keeps_the_other_pages(london):
    draft = Draft.objects.create(cohort=london, values={"name": "Ana", "area": "Camden"})
    stale = Draft.objects.get()
    drafting.save(draft=draft, values={"area": "Brent"})
    drafting.save(draft=stale, values={"wants": "To speak up"})

    assert Draft.objects.get().values == {"name": "Ana", "area": "Brent", "wants": "To speak up"}


def test_save_after_sending_is_refused_with_a_sentence(london):
    draft = filled.draft(london)
    drafting.send(draft=draft, filled_in=sendable(draft))

    with pytest.raises(drafting.AlreadySent, match="You have sent this application already"):
        drafting.save(draft=draft, values={"wants": "More"})


def test_send_moves_links_and_recordings_and_deletes_the_form(london):
    draft = filled.draft(london, mode="RECORDING")
    make.link(draft)
    recording(draft)

    application = drafting.send(draft=draft, filled_in=sendable(draft))

    assert (application.key, application.started_at) == (KEY, draft.started_at)
    assert set(PersonalLink.objects.values_list("draft", "application")) == {(None, application.pk)}
    assert Recording.objects.get().application == application
    assert not Draft.objects.exists()


def test_recordings_of_somebody_who_wrote_after_all_go_with_the_form(london):
    draft = filled.draft(london)
    recording(draft)

    drafting.send(draft=draft, filled_in=sendable(draft))

    assert not Recording.objects.exists()


def test_send_again_from_a_window_that_was_slower_gives_the_same_application(london):
    draft = filled.draft(london)
    slower = Draft.objects.get()
    first = drafting.send(draft=draft, filled_in=sendable(slower))
    second = drafting.send(draft=slower, filled_in={})

    assert first == second
    assert (Application.objects.count(), Message.objects.count()) == (1, 1)


def test_send_what_another_window_has_changed_since_asks_to_check_again(london):
    draft = filled.draft(london)
    drafting.save(draft=draft, values={"name": ""})

    with pytest.raises(drafting.ChangedMeanwhile, match="Check them again"):
        drafting.send(draft=draft, filled_in=sendable(draft))
    assert not Application.objects.exists()


def test_send_too_late_keeps_the_form_with_its_links(london):
    draft = filled.draft(london)
    make.link(draft)

    with pytest.raises(applying.CallClosed):
        drafting.send(
            draft=draft, filled_in=sendable(draft), moment=london.applications_close_at + timedelta(minutes=17)
        )
    assert PersonalLink.objects.get().draft == draft
    assert not AuditEvent.objects.filter(verb="applied").exists()


def test_send_writes_who_applied_and_what_was_agreed_without_a_word_of_theirs(london):
    draft = filled.draft(london)
    application = drafting.send(draft=draft, filled_in=sendable(draft))

    lines = {line.verb: line for line in AuditEvent.objects.all()}
    assert {verb: line.detail for verb, line in lines.items()} == {
        "registered": {},
        "consent_given": {"purposes": "PRIVACY_NOTICE ADULT CODE_OF_CONDUCT"},
        "applied": {"source": "ONLINE"},
    }
    assert lines["applied"].subject_id == str(application.pk)


@pytest.mark.parametrize(("days", "left"), [(89, 1), (91, 0)])
def test_forms_are_deleted_ninety_days_after_the_call_closed(london, days, left):
    draft = filled.draft(london)
    make.link(draft)
    recording(draft)

    number = drafting.discard_expired(london.applications_close_at + timedelta(days=days))

    assert (Draft.objects.count(), PersonalLink.objects.count(), Recording.objects.count()) == (left, left, left)
    assert number == 1 - left


def test_deleting_forms_leaves_a_line_with_their_number_only(london, kent):
    for _ in range(3):
        Draft.objects.create(cohort=london)
    drafting.discard_expired(london.applications_close_at + timedelta(days=91))

    line = AuditEvent.objects.get(verb="drafts_discarded")
    assert (line.subject_id, line.detail) == (str(london.pk), {"number": 3})


def test_forms_of_a_call_without_an_end_go_when_nobody_touched_them_for_a_year(london):
    london.applications_close_at = None
    london.save()
    draft = Draft.objects.create(cohort=london, key=uuid4())

    assert drafting.discard_expired(draft.saved_at + timedelta(days=364)) == 0
    assert drafting.discard_expired(draft.saved_at + timedelta(days=366)) == 1


def test_applications_and_their_links_are_never_discarded(london):
    make.link(make.application(london))

    assert drafting.discard_expired(datetime(2099, 1, 1, tzinfo=UTC)) == 0
    assert PersonalLink.objects.count() == 1
