"""The report's pages: for those who make it, and for those who read it, and for nobody else."""

import json

import pytest

from reports.models import Report, ReportWords
from reports.services import issuing
from tests import make

pytestmark = pytest.mark.django_db

PAGE = "/cohorts/london-2017/report/"
WORDS = {"message": "Mine.", "next_time": "More.", "decision_asked": "Decide.", "version": "0"}


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def issued(published, olive) -> Report:
    return issuing.issue(cohort=published, by=olive)


# --- the organiser's page ------------------------------------------------------------------------------------
def test_page_shows_checks_outline_and_the_report_itself(published, olive, signed_in):
    page = text_of(signed_in(olive).get(PAGE))

    assert page.count("<h1") == 1
    assert "32 of 40 filled in the form (80.0 %)." in page
    assert "Nothing is issued yet." in page
    assert '<a href="#results">What people said about each part</a>' in page
    assert "93.8 %" in page
    assert 'style="' not in page


def test_page_shows_the_commissioners_version_unless_asked(published, olive, signed_in):
    client = signed_in(olive)

    assert "Impact report for the commissioner" in text_of(client.get(PAGE))
    assert "Impact report for the organisers" in text_of(client.get(PAGE, {"audience": "organiser"}))
    assert client.get(PAGE, {"audience": "press"}).status_code == 404


def test_page_of_a_cohort_with_nothing_in_it(london, olive, signed_in):
    page = text_of(signed_in(olive).get(PAGE))

    assert "No evaluation forms are in yet" in page
    assert "places on the programme" in page


@pytest.mark.parametrize("rows", [1, 50])
def test_page_costs_the_same_for_any_number_of_people_and_versions(
    london, olive, signed_in, rows, django_assert_num_queries
):
    wave = make.wave(london)
    for number in range(rows):
        make.participant(london)
        make.response(wave, f"F{number:02d}", small_groups=5)
    for version in range(1, 2 if rows == 1 else 6):
        moment = london.applications_open_at
        Report.objects.create(
            cohort=london, version=version, issued_at=moment, issued_by=olive, snapshot={}, content_hash=""
        )
    client = signed_in(olive)

    with django_assert_num_queries(19):
        client.get(PAGE)


def test_words_are_saved_and_shown(published, olive, signed_in):
    response = signed_in(olive).post(f"{PAGE}words/", WORDS, follow=True)

    assert ReportWords.objects.get(cohort=published).decision_asked == "Decide."
    assert "Your words are saved." in text_of(response)
    assert "Your own words are on page 1." in text_of(response)


def test_words_that_are_too_long_come_back_with_what_was_typed(published, olive, signed_in):
    response = signed_in(olive).post(f"{PAGE}words/", WORDS | {"message": "m" * 1001})

    assert response.status_code == 422
    assert "Use 1,000 characters or fewer (you have 1,001)." in text_of(response)
    assert "m" * 1001 in text_of(response)
    assert "<title>Error: Report" in text_of(response)
    assert not ReportWords.objects.exists()


def test_second_of_two_writers_keeps_the_typed_text(published, olive, signed_in):
    client = signed_in(olive)
    client.post(f"{PAGE}words/", WORDS)

    response = client.post(f"{PAGE}words/", WORDS | {"message": "Typed meanwhile."})

    assert response.status_code == 422
    assert "Somebody else saved these words" in text_of(response)
    assert "Typed meanwhile." in text_of(response)


def test_words_with_markup_are_shown_as_text(published, olive, signed_in):
    nasty = "<script>alert(1)</script>"

    page = signed_in(olive).post(f"{PAGE}words/", WORDS | {"message": nasty}, follow=True).content.decode()

    assert nasty not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_issuing_asks_first(published, olive, signed_in):
    page = text_of(signed_in(olive).get(f"{PAGE}issue/"))

    assert "Issue the report to London Leadership Academy?" in page
    assert "as version 1." in page
    assert not Report.objects.exists()


def test_issuing_makes_a_version_and_says_who_can_read_it(published, olive, signed_in):
    page = text_of(signed_in(olive).post(f"{PAGE}issue/", follow=True))

    assert "Version 1 is issued. London Leadership Academy can read it now." in page
    assert Report.objects.get().issued_by == olive


def test_issuing_nothing_new_is_refused_in_words(issued, olive, signed_in):
    page = text_of(signed_in(olive).post(f"{PAGE}issue/", follow=True))

    assert "Nothing has changed since version 1" in page
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "kind", "begins"),
    [
        ("report.pdf", "application/pdf", b"%PDF-1.7"),
        ("report.html", "text/html; charset=utf-8", b"<!DOCTYPE html>"),
        ("report.json", "application/json", b"{"),
    ],
)
def test_draft_comes_as_a_file(published, olive, signed_in, name, kind, begins):
    response = signed_in(olive).get(PAGE + name)

    assert response["Content-Type"] == kind
    assert response["Content-Disposition"] == f'attachment; filename="london-2017-report-draft.{name.split(".")[1]}"'
    assert response.content.startswith(begins)


def test_draft_json_is_for_the_audience_asked_for(published, olive, signed_in):
    response = signed_in(olive).get(f"{PAGE}report.json", {"audience": "organiser"})

    assert json.loads(response.content)["audience"] == "organiser"


# --- the commissioner's pages ----------------------------------------------------------------------------------
def test_commissioner_finds_the_reports_with_the_current_one_marked(issued, olive, connie, signed_in):
    ReportWords.objects.create(cohort=issued.cohort, message="Said better.")
    second = issuing.issue(cohort=issued.cohort, by=olive)

    page = text_of(signed_in(connie).get("/reports/"))

    assert page.count("<tbody><tr>") == 1
    assert page.index(f'href="/reports/{second.pk}/"') < page.index(f'href="/reports/{issued.pk}/"')
    assert (page.count("Current"), page.count("Replaced")) == (1, 1)


def test_list_without_reports_says_when_one_comes(connie, signed_in):
    assert "When the organisers issue a report to you, it stands here" in text_of(signed_in(connie).get("/reports/"))


@pytest.mark.parametrize("rows", [1, 12])
def test_list_costs_the_same_for_any_number_of_reports(
    london, olive, connie, signed_in, rows, django_assert_num_queries
):
    for version in range(1, rows + 1):
        moment = london.applications_open_at
        Report.objects.create(
            cohort=london, version=version, issued_at=moment, issued_by=olive, snapshot={}, content_hash=""
        )
    client = signed_in(connie)

    with django_assert_num_queries(4):
        client.get("/reports/")


def test_commissioner_reads_an_issued_version(issued, connie, signed_in):
    page = text_of(signed_in(connie).get(f"/reports/{issued.pk}/"))

    assert "This is the current version." in page
    assert "93.8 %" in page
    assert page.count("<h1") == 1


def test_replaced_version_points_to_the_current_one(issued, olive, connie, signed_in):
    ReportWords.objects.create(cohort=issued.cohort, message="Said better.")
    second = issuing.issue(cohort=issued.cohort, by=olive)

    page = text_of(signed_in(connie).get(f"/reports/{issued.pk}/"))

    assert f'It has been replaced: <a href="/reports/{second.pk}/">version 2</a> is the current one.' in page


def test_issued_files_are_the_snapshot(issued, connie, signed_in):
    response = signed_in(connie).get(f"/reports/{issued.pk}/report.json")

    assert json.loads(response.content) == issued.snapshot
    assert response["Content-Disposition"] == 'attachment; filename="london-2017-report-version-1.json"'


def test_organiser_reads_what_was_issued_but_has_no_list(issued, olive, signed_in):
    client = signed_in(olive)

    assert "This is the current version." in text_of(client.get(f"/reports/{issued.pk}/"))
    assert client.get("/reports/").status_code == 404


@pytest.mark.parametrize("name", ["", "report.pdf", "report.html", "report.json"])
def test_commissioner_of_another_programme_finds_nothing(issued, kent, signed_in, name):
    other = make.user("other@example.org", ("COMMISSIONER", kent.programme))

    assert signed_in(other).get(f"/reports/{issued.pk}/{name}").status_code == 404


@pytest.mark.parametrize("name", ["", "issue/", "report.pdf", "report.html", "report.json"])
def test_commissioner_does_not_see_the_draft(published, connie, signed_in, name):
    assert signed_in(connie).get(PAGE + name).status_code == 404


@pytest.mark.parametrize("name", ["words/", "issue/"])
@pytest.mark.parametrize("who", ["connie", "ruth", "carol", "alan", "stranger"])
def test_others_change_nothing(published, signed_in, request, name, who):
    response = signed_in(request.getfixturevalue(who)).post(PAGE + name, WORDS)

    assert response.status_code == 404
    assert not Report.objects.exists()
    assert not ReportWords.objects.exists()


def test_report_that_was_never_for_the_commissioner_is_not_found(issued, connie, signed_in):
    Report.objects.filter(pk=issued.pk).update(audience="ORGANISER")

    assert signed_in(connie).get(f"/reports/{issued.pk}/").status_code == 404
