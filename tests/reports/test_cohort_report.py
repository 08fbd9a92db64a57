"""The command: a draft or the newest issued version, into a file or to standard output; refusals in words."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from programmes.models import Cohort
from reports import content
from reports.services import issuing

pytestmark = pytest.mark.django_db


def report_as_json(**options) -> dict:
    out = io.StringIO()
    call_command("cohort_report", "london-2017", format="json", output="-", stdout=out, **options)
    return json.loads(out.getvalue())


def test_draft_for_organisers_unless_said(published):
    report = report_as_json()

    assert (report["audience"], report["about"]["status"], report["results"]["forms"]) == ("organiser", "draft", 32)
    assert report["content_hash"] == content.content_hash(report)


@pytest.mark.parametrize("audience", ["organiser", "commissioner", "public"])
def test_every_audience(published, audience):
    assert report_as_json(audience=audience)["audience"] == audience


def test_same_data_gives_the_same_hash(published):
    assert report_as_json()["content_hash"] == report_as_json()["content_hash"]


def test_issued_version_wins_over_todays_data(published, olive):
    issued = issuing.issue(cohort=published, by=olive)
    Cohort.objects.filter(pk=published.pk).update(title="Renamed")

    assert report_as_json(audience="commissioner") == issued.snapshot
    assert report_as_json()["title"] == "The Effective Lay Partner: Renamed"


@pytest.mark.parametrize(("kind", "begins"), [("pdf", b"%PDF-1.7"), ("html", b"<!DOCTYPE html>"), ("json", b"{")])
def test_writes_a_file(published, tmp_path, kind, begins):
    target, out = tmp_path / "report", io.StringIO()

    call_command("cohort_report", "london-2017", format=kind, output=str(target), stdout=out)

    assert target.read_bytes().startswith(begins)
    assert out.getvalue() == ""


def test_unknown_cohort_is_refused_in_words(db, tmp_path):
    with pytest.raises(
        CommandError, match=r"^There is no cohort called nowhere\. Its short name stands in its address\.$"
    ):
        call_command("cohort_report", "nowhere", format="pdf", output=str(tmp_path / "report"))


def test_place_that_cannot_be_written_is_refused_in_words(published, tmp_path):
    with pytest.raises(CommandError, match=r"Could not write .*missing/report: No such file or directory"):
        call_command("cohort_report", "london-2017", format="json", output=str(tmp_path / "missing" / "report"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["london-2017", "--format", "docx", "--output", "x"],
        ["london-2017", "--format", "pdf"],
        ["london-2017", "--output", "x"],
        ["london-2017", "--format", "pdf", "--output", "x", "--audience", "press"],
    ],
)
def test_wrong_words_on_the_command_line_are_refused(db, arguments):
    with pytest.raises(CommandError):
        call_command("cohort_report", *arguments)
