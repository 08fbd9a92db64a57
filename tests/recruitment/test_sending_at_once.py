"""The same form sent many times at the same moment: one application, one letter, one receipt (trust.md T13)."""

import threading

import pytest
from django.db import connection
from django.test import Client

from core.models import Message
from people.models import Person
from recruitment.models import Application, Draft
from tests.recruitment import filled
from tests.recruitment.opened import browser_of, own_page

TIMES = 20
races = pytest.mark.skipif(connection.vendor != "postgresql", reason="an in-memory SQLite cannot be opened twice")


@races
@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twenty_times_at_once_is_one_application(london):
    draft = filled.draft(london)
    own = own_page(draft)
    browsers = [browser_of(draft) for _ in range(TIMES)]
    together, answers = threading.Barrier(TIMES), []

    def press(browser: Client) -> None:
        try:
            together.wait(timeout=20)
            answer = browser.post(f"{own}form/send/")
            answers.append((answer.status_code, answer.headers.get("Location")))
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(browser,)) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    application = Application.objects.get()
    receipts = {browser.get(f"{own}sent/").context["reference"] for browser in browsers}
    assert answers == [(302, f"{own}sent/")] * TIMES
    assert receipts == {application.reference}
    assert Person.objects.count() == 1
    assert Message.objects.filter(key=f"acknowledgement:{application.pk}").count() == 1
    assert Draft.objects.count() == 0
