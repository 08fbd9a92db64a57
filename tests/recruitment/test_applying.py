from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError

from core.models import AuditEvent, Message
from people.models import AccessNeed, Person, Route
from programmes.characteristics import Characteristic
from recruitment.models import Application
from recruitment.services import applying
from tests.recruitment.filled import KEY, filled_in


def test_submit_stores_person_answers_needs_and_consent(london):
    application = applying.submit(cohort=london, **filled_in())

    person = application.person
    assert (person.name, person.area, person.organisation.name) == ("Ana Novak", "Camden", "Camden Carers")
    assert [(r.kind, r.value, r.is_preferred) for r in person.contact_routes.all()] == [
        ("EMAIL", "ana@example.org", True)
    ]
    assert [need.description for need in person.access_needs.all()] == ["A hearing loop"]
    assert sorted(consent.purpose for consent in person.consents.all()) == ["ADULT", "PRIVACY_NOTICE"]
    assert dict(application.answers.values_list("characteristic", "text")) == {
        item.value: f"My answer about {item.label.lower()}." for item in Characteristic
    }
    assert (application.state, application.source, application.hours_a_month) == ("SUBMITTED", "ONLINE", 8)
    assert AuditEvent.objects.get(verb="applied").subject_id == str(application.pk)


def test_submit_twice_is_one_application_and_one_letter(london):
    first = applying.submit(cohort=london, **filled_in())
    second = applying.submit(cohort=london, **filled_in(name="Somebody Else"))

    assert second == first
    assert (Application.objects.count(), Person.objects.count(), Message.objects.count()) == (1, 1, 1)


def test_submit_twice_in_one_moment_gives_the_same_receipt(london, monkeypatch):
    """The second copy passes the first look, loses at the database's constraint, and still ends at the receipt.

    The first look is answered by hand, because the gap between look and insert cannot be hit on purpose.
    """
    first = applying.submit(cohort=london, **filled_in())
    answers = iter([None, first])
    monkeypatch.setattr(applying, "_already_sent", lambda *_: next(answers))

    assert applying.submit(cohort=london, **filled_in()) == first
    assert (Application.objects.count(), Person.objects.count()) == (1, 1)


def test_submit_with_a_key_of_another_cohort_is_refused(london, kent):
    applying.submit(cohort=london, **filled_in())

    with pytest.raises(applying.KeyUsedElsewhere):
        applying.submit(cohort=kent, **filled_in())


def test_two_people_with_one_address_stay_two(london):
    applying.submit(cohort=london, **filled_in())
    applying.submit(cohort=london, **filled_in(key=uuid4(), name="Peter Novak"))

    assert sorted(Person.objects.values_list("name", flat=True)) == ["Ana Novak", "Peter Novak"]
    assert Message.objects.filter(to="ana@example.org").count() == 2


def test_submit_after_the_grace_time_is_refused_and_nothing_stored(london):
    late = london.applications_close_at + timedelta(minutes=17)

    with pytest.raises(applying.CallClosed):
        applying.submit(cohort=london, moment=late, **filled_in())
    assert (Application.objects.count(), Person.objects.count()) == (0, 0)


def test_submit_in_the_grace_time_counts_and_the_letter_says_so(london):
    begun, moment = (london.applications_close_at + timedelta(minutes=minutes) for minutes in (-5, 10))

    application = applying.submit(cohort=london, started_at=begun, moment=moment, **filled_in())

    assert application.submitted_at == moment
    assert "It came a few minutes after the closing time. That is no problem: it counts." in Message.objects.get().text


def test_submit_in_the_grace_time_of_a_form_that_was_not_begun_before_is_refused(london):
    moment = london.applications_close_at + timedelta(minutes=10)

    with pytest.raises(applying.CallClosed):
        applying.submit(cohort=london, started_at=moment, moment=moment, **filled_in())


def test_submit_on_paper_may_be_typed_in_after_the_close(london, olive):
    late = london.applications_close_at + timedelta(days=2)

    application = applying.submit(cohort=london, source="PAPER", by=olive, moment=late, **filled_in())

    assert application.source == "PAPER"
    assert AuditEvent.objects.get(verb="applied").by == olive


def test_submit_again_after_the_close_still_gives_the_receipt(london):
    first = applying.submit(cohort=london, **filled_in())
    late = london.applications_close_at + timedelta(days=1)

    assert applying.submit(cohort=london, moment=late, **filled_in()) == first


def test_submit_to_a_cohort_that_never_opened_is_refused(london):
    london.applications_open_at = None

    with pytest.raises(applying.CallClosed):
        applying.submit(cohort=london, **filled_in())


def test_submit_without_email_and_with_post_keeps_the_address(london):
    application = applying.submit(
        cohort=london, **filled_in(email="", phone="020 7946 0018", post="1 High Street\nCamden", preferred=Route.POST)
    )

    routes = {route.kind: (route.value, route.is_preferred) for route in application.person.contact_routes.all()}
    assert routes == {"PHONE": ("020 7946 0018", False), "POST": ("1 High Street\nCamden", True)}


def test_submit_with_nothing_needed_stores_no_need(london):
    applying.submit(cohort=london, **filled_in(access_needs=""))

    assert AccessNeed.objects.count() == 0


def test_submit_names_an_unknown_field(london):
    with pytest.raises(TypeError, match="is_staff"):
        applying.submit(cohort=london, **filled_in(is_staff=True))


def test_reference_is_six_letters_without_look_alikes():
    references = {applying.reference_for(UUID(int=number)) for number in range(2000)}

    assert len(references) == 2000
    assert {len(reference) for reference in references} == {7}
    assert set("".join(references)) <= set(applying.LETTERS) | {"-"}


def test_reference_is_the_same_for_the_same_key_and_does_not_show_it():
    assert applying.reference_for(KEY) == applying.reference_for(KEY)
    assert applying.reference_for(KEY).replace("-", "").lower() not in str(KEY)


def test_a_taken_reference_is_passed_over(london):
    first = applying.submit(cohort=london, **filled_in())
    other = UUID(int=5)
    Application.objects.filter(pk=first.pk).update(reference=applying.reference_for(other))

    second = applying.submit(cohort=london, **filled_in(key=other))

    assert second.reference == applying.reference_for(other, 1)


def test_another_breach_is_not_taken_for_a_double_submit(london):
    with pytest.raises(IntegrityError):
        applying.submit(cohort=london, **filled_in(hours_a_month=-1))
    assert (Application.objects.count(), Person.objects.count()) == (0, 0)
