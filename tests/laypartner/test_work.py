"""The worker as a process."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from core import outbox
from laypartner.models import StagedImport

ROOT = Path(__file__).parents[2]


def letter(key: str) -> None:
    with transaction.atomic():
        outbox.write("account/email/no_account", {}, key=key, to=f"{key}@example.org")


@pytest.mark.django_db
@pytest.mark.parametrize(("keys", "said"), [([], ""), (["a"], "1 letter sent.\n"), (["a", "b"], "2 letters sent.\n")])
def test_work_once_sends_what_is_due_and_ends(mailoutbox, keys, said):
    for key in keys:
        letter(key)
    out = StringIO()

    call_command("work", "--once", stdout=out)

    assert out.getvalue() == said
    assert [sent.to for sent in mailoutbox] == [[f"{key}@example.org"] for key in keys]


@pytest.mark.django_db
def test_work_deletes_what_has_run_out(olive):
    now = timezone.now()
    for name, hours in (("old", -1), ("new", 1)):
        moment = now + timedelta(hours=hours)
        Session.objects.create(session_key=name, session_data="", expire_date=moment)
        StagedImport.objects.create(owner=olive, content=b"", sha256=name, expires_at=moment)

    call_command("work", "--once")

    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
    assert list(StagedImport.objects.values_list("sha256", flat=True)) == ["new"]


def test_work_stops_when_told_to(tmp_path):
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path}/work.sqlite3", "EMAIL_URL": "memorymail://"}
    command = [sys.executable, "manage.py"]
    subprocess.run([*command, "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
    worker = subprocess.Popen(
        [*command[:1], "-u", "manage.py", "work"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )

    assert worker.stdout.readline() == "The worker sends what is due. Stop it with Ctrl+C.\n"
    worker.send_signal(signal.SIGTERM)
    rest, _ = worker.communicate(timeout=20)

    assert (rest, worker.returncode) == ("The worker has stopped.\n", 0)
