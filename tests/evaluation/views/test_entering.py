"""Paper forms, typed in by hand."""

import pytest

from core.models import AuditEvent
from evaluation.models import Answer, Response
from evaluation.queries import wave_results
from evaluation.services import answering, waves
from evaluation.services.answering import Form
from tests.evaluation import golden

pytestmark = pytest.mark.django_db
ENTER = "/cohorts/london-2017/waves/immediate/enter/"


def typed(*forms: tuple[str, str], source: str = "PAPER") -> dict[str, str]:
    """What the page sends: for each form its number and its marks, one character a question."""
    boxes = {"source": source}
    for row, (number, marks) in enumerate(forms, start=1):
        boxes[f"row{row}-form"] = number
        boxes |= {f"row{row}-{key}": mark for key, mark in zip(golden.MARKS, marks, strict=False)}
    return boxes


def text(response) -> str:
    return " ".join(response.content.decode().split())


def stored() -> dict[str, dict[str, int | None]]:
    answers: dict[str, dict[str, int | None]] = {response.form: {} for response in Response.objects.all()}
    for answer in Answer.objects.select_related("response", "item"):
        answers[answer.response.form][answer.item.key] = answer.mark
    return answers


@pytest.fixture
def browser(signed_in, olive, wave):
    return signed_in(olive)


def test_marks_are_kept_as_typed(browser):
    response = browser.post(ENTER, typed(("12", "54n-3"), ("f13", "5")), follow=True)

    assert "Forms 12, F13 saved." in text(response)
    assert stored() == {
        "12": {"small_groups": 5, "table_coaches": 4, "patient_leaders": None, "darzi": 3},
        "F13": {"small_groups": 5},
    }
    assert {response.source for response in Response.objects.all()} == {"PAPER"}


def test_the_next_form_starts_where_the_last_one_did(browser):
    response = browser.post(ENTER, typed(("12", "5"), source="PHONE"), follow=True)

    assert response.redirect_chain == [(f"{ENTER}?source=PHONE", 302)]
    assert "Form 12 saved." in text(response)
    page = text(response)
    assert page.count("autofocus") == 1
    assert page.index("autofocus") > page.index('id="id_row1-form"')
    assert 'value="PHONE" checked' in page


def test_the_golden_table_comes_out_of_paper(browser, wave):
    rows = [
        (f"F{number:02d}", "".join(marks[number - 1] for marks in golden.MARKS.values())) for number in range(1, 33)
    ]
    for start in range(0, 32, 5):
        assert browser.post(ENTER, typed(*rows[start : start + 5])).status_code == 302

    items = wave_results(wave).items
    assert [(item.key, item.n, str(item.average)) for item in items] == [row[:3] for row in golden.TABLE]


@pytest.mark.parametrize("mark", ["6", "0", "four", "5-4", "٣", "１", "44", "-1", "x" * 500])
def test_a_mark_that_is_none_gets_a_sentence_at_its_box(browser, mark):
    boxes = typed(("12", "5432"), ("13", "1")) | {"row1-darzi": mark}

    response = browser.post(ENTER, boxes)

    page = text(response)
    assert response.status_code == 422
    assert "Form 12, question 5: type 1, 2, 3, 4 or 5, n for “I was not there”, or leave the box empty." in page
    assert 'href="#id_row1-darzi"' in page
    assert f'id="id_row1-darzi" name="row1-darzi" value="{mark}"' in page
    assert 'id="id_row2-small_groups" name="row2-small_groups" value="1"' in page
    assert not Response.objects.exists()


@pytest.mark.parametrize("mark", ["4.5", "4,5", "4½", "4 1/2"])
def test_a_half_mark_is_never_rounded(browser, mark):
    response = browser.post(ENTER, typed(("12", "5")) | {"row1-darzi": mark})

    assert response.status_code == 422
    assert "a mark is a whole number. Ask the person, or leave the box empty." in text(response)


def test_a_form_that_is_there_is_detected(browser, wave):
    answering.record_forms(wave=wave, forms=[Form("F12", answers={"darzi": 4})])

    response = browser.post(ENTER, typed(("f12", "5")))

    assert response.status_code == 422
    assert "Form F12 has been entered already." in text(response)
    assert stored() == {"F12": {"darzi": 4}}


def test_one_number_twice_on_the_page_is_detected(browser):
    response = browser.post(ENTER, typed(("12", "5"), ("12", "4")))

    assert "Form 12 has been entered already." in text(response)
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    ("forms", "sentence"),
    [
        ([("", "5")], "Row 1 has marks but no form number."),
        ([("12", "")], "Form 12 has no marks."),
        ([("12", "--")], "Form 12 has no marks."),
        ([("", "")], "Type the number of a form and its marks."),
        ([("1" * 21, "5")], "Use 20 characters or fewer"),
        ([("1\n2", "5")], "Use one line of ordinary characters."),
    ],
)
def test_a_row_that_cannot_be_used_gets_a_sentence(browser, forms, sentence):
    response = browser.post(ENTER, typed(*forms))

    assert response.status_code == 422
    assert sentence in text(response)
    assert not Response.objects.exists()


@pytest.mark.parametrize("source", ["", "ONLINE", "PIGEON"])
def test_a_source_that_is_none_is_refused(browser, source):
    assert browser.post(ENTER, typed(("12", "5"), source=source)).status_code == 422
    assert not Response.objects.exists()


def test_html_in_a_form_number_is_shown_as_typed(browser):
    response = browser.post(ENTER, typed(("<b>1</b>", "5")), follow=True)

    assert "&lt;B&gt;1&lt;/B&gt;" in text(response)
    assert "<B>" not in text(response)


def test_an_empty_post_is_a_bad_form(browser):
    assert browser.post(ENTER).status_code == 422


def test_forms_entered_after_the_end_are_marked_as_late(browser, wave, olive):
    waves.close(wave=wave, by=olive)

    browser.post(ENTER, typed(("12", "5")))

    assert Response.objects.get().is_late


def test_the_list_shows_paper_and_not_what_people_sent(browser, wave, token_for):
    answering.record_forms(
        wave=wave, forms=[Form("P1", answers={"small_groups": 4, "darzi": None}), Form("W-ABCDE", source="ONLINE")]
    )

    table = browser.get(ENTER).context["table"]

    assert [[column.value(row) for column in table.columns][:-1] for row in table.page.object_list] == [
        ["P1", "Paper", "4", "–", "–", "–", "n", "–", "–", "–"]
    ]


@pytest.mark.parametrize("rows", [1, 50])
def test_the_page_costs_the_same_for_any_number(browser, wave, rows, django_assert_num_queries):
    answering.record_forms(wave=wave, forms=[Form(str(number), answers={"darzi": 4}) for number in range(rows)])

    with django_assert_num_queries(8):
        browser.get(ENTER)


# --- taking a form back ------------------------------------------------------------------------------------------
@pytest.fixture
def entered(wave):
    return answering.record_forms(wave=wave, forms=[Form("12", answers={"darzi": 4})])[0]


def remove_address(response: Response) -> str:
    return f"/cohorts/london-2017/waves/immediate/forms/{response.pk}/remove/"


def test_removing_asks_first(browser, entered):
    page = text(browser.get(remove_address(entered)))

    assert "Remove form 12?" in page
    assert Response.objects.exists()


def test_removing_takes_the_form_away_and_says_so(browser, entered, olive):
    response = browser.post(remove_address(entered), follow=True)

    assert response.redirect_chain == [(ENTER, 302)]
    assert "Form 12 is removed." in text(response)
    assert stored() == {}
    assert AuditEvent.objects.get(verb="form removed").by == olive


def test_what_somebody_sent_online_cannot_be_removed(browser, entered):
    Response.objects.update(source="ONLINE")

    assert browser.post(remove_address(entered)).status_code == 404
    assert Response.objects.exists()


def test_a_stranger_cannot_remove(signed_in, stranger, entered):
    assert signed_in(stranger).post(remove_address(entered)).status_code == 404
    assert Response.objects.exists()
