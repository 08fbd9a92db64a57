"""Our field templates against the design system's own examples: same elements, same classes, same wiring."""

import json
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template

from core import forms

COMPONENTS = Path(__file__).parents[2] / "node_modules/nhsuk-frontend/dist/nhsuk/components"
EMPTY = {"input", "br"}
# Ours may say more (aria-invalid), name things otherwise, or leave the drop zone of a file to the browser.
LEFT_OUT = {
    "name",
    "aria-invalid",
    "cols",
    "autocomplete",
    "spellcheck",
    "accept",
    "value",
    "data-prevent-double-click",
}
SIZES = {f"nhsuk-{part}--{size}" for part in ("label", "fieldset__legend") for size in ("s", "m", "l", "xl")}
HEADINGS = {"h1", "h3"}


class Outline(HTMLParser):
    """A page as a list of what matters: tags with attributes, and words. Ids are numbered in order of appearance."""

    def __init__(self, html: str, keep_values: bool) -> None:
        super().__init__()
        self.ids: dict[str, str] = {}
        self.lines: list[object] = []
        self.left_out = LEFT_OUT - ({"value"} if keep_values else set())
        self._collect = True
        self.feed(html)
        self.close()
        self._collect = False
        self.reset()
        self.lines = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self._collect and given.get("id"):
            self.ids.setdefault(str(given["id"]), f"#{len(self.ids) + 1}")
        if tag not in HEADINGS:
            kept = {key: self._plain(key, value or "") for key, value in given.items() if key not in self.left_out}
            self.lines.append((tag, tuple(sorted((key, value) for key, value in kept.items()))))

    def handle_endtag(self, tag: str) -> None:
        if tag not in HEADINGS | EMPTY:
            self.lines.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if words := " ".join(data.split()):
            self.lines.append(words)

    def _plain(self, key: str, value: str) -> object:
        if key == "class":
            return tuple(sorted(set(value.split()) - SIZES))
        if key in {"id", "for", "aria-describedby", "href"}:
            return tuple(self.ids.get(word.removeprefix("#"), word) for word in value.split())
        return value


def outline(html: str, keep_values: bool = False) -> list[object]:
    return Outline(html, keep_values).lines


@cache
def examples(component: str) -> list[dict[str, Any]]:
    return json.loads((COMPONENTS / component / "fixtures.json").read_text())["fixtures"]


def example(component: str, name: str, nth: int = 0) -> str:
    return [item["html"] for item in examples(component) if item["name"] == name][nth]


def draw(field: Any, error: str = "", data: dict[str, str] | None = None, wrong: set[str] | None = None) -> str:
    """One field as a page shows it, with `error` under it."""

    class OneField(forms.Form):
        example = field

        def clean(self) -> None:
            if error:
                self._errors.pop("example", None)
                self.add_error("example", ValidationError(error))

    form = OneField(data) if data is not None or error else OneField()
    if error:
        form.is_valid()
    if wrong is not None:
        form.fields["example"].widget.wrong = wrong
    template = Template('{% include "nhsuk/field.html" with field=form.example %}')
    return template.render(Context({"form": form}))


CONTACT = [("email", "Email"), ("phone", "Phone"), ("text", "Text message")]


@pytest.mark.parametrize("name", ["default", "without heading", "with values"])
def test_date_input(name: str) -> None:
    hint = "" if name == "without heading" else "For example, 31 3 1980"
    field = forms.DateField(label="What is your date of birth?", help_text=hint)
    data = {"example_day": "5", "example_month": "8", "example_year": "2024"} if name == "with values" else None

    assert outline(draw(field, data=data), True) == outline(example("date-input", name), True)


def test_date_input_with_error() -> None:
    field = forms.DateField(label="What is your date of birth?", help_text="For example, 31 3 1980")

    ours = draw(field, "Enter your date of birth", {})

    assert outline(ours) == outline(example("date-input", "with error message and hint"))


@pytest.mark.parametrize("part", ["day", "month", "year"])
def test_date_input_with_one_wrong_part(part: str) -> None:
    field = forms.DateField(label="What is your date of birth?", help_text="For example, 31 3 1980")
    theirs = example("date-input", f"with error on {part} input")
    sentence = theirs.split("Error: </span>")[1].split("<")[0].strip()

    assert outline(draw(field, sentence, {}, wrong={part})) == outline(theirs)


@pytest.mark.parametrize("nth", [0, 1])
def test_radios(nth: int) -> None:
    field = forms.ChoiceField(label="How do you want to be contacted about this?", choices=CONTACT, small=bool(nth))

    assert outline(draw(field), True) == outline(example("radios", "default", nth), True)


def test_radios_with_error_and_hint() -> None:
    label, hint = "How do you want to be contacted about this?", "Select 1 option"
    field = forms.ChoiceField(label=label, help_text=hint, choices=CONTACT)

    ours = draw(field, "Select how you want to be contacted", {})

    assert outline(ours, True) == outline(example("radios", "with error message and hint"), True)


def test_radios_in_a_line() -> None:
    field = forms.ChoiceField(label="Are you 18 or over?", choices=[("yes", "Yes"), ("no", "No")], inline=True)

    assert outline(draw(field), True) == outline(example("radios", "inline"), True)


def test_radios_with_hints_on_items() -> None:
    field = forms.ChoiceField(
        label="Do you have a mobile phone with signal?",
        choices=[("mobile", "Yes, I have a mobile phone with signal"), ("landline", "No, I want to use my landline")],
        hints={
            "mobile": "We will text you a 6 digit security code",
            "landline": "We will call you to give you a 6 digit security code",
        },
    )

    assert outline(draw(field), True) == outline(example("radios", "with hints on items"), True)


def test_checkboxes_with_error_and_hint() -> None:
    field = forms.MultipleChoiceField(
        label="How do you want to be contacted about this?",
        help_text="Select all options that are relevant to you",
        choices=[("email", "Email"), ("phone", "Phone"), ("text message", "Text message")],
    )

    ours = draw(field, "Select how you want to be contacted", {})

    assert outline(ours, True) == outline(example("checkboxes", "with error message and hint"), True)


def test_checkboxes_with_hints_on_items() -> None:
    field = forms.MultipleChoiceField(
        label="What medical conditions do you have?",
        help_text="Select 1 or more",
        choices=[
            ("alzheimers", "Alzheimer's disease or dementia"),
            ("asthma", "Asthma"),
            ("cancer", "Cancer"),
            ("diabetes", "Diabetes"),
        ],
        hints={"diabetes": "including type 1, type 2, and gestational diabetes"},
    )

    assert outline(draw(field), True) == outline(example("checkboxes", "with hints on items"), True)


def test_input() -> None:
    field = forms.OneLineField(label="What is your full name?")

    assert outline(draw(field)) == outline(example("input", "default"))


def test_input_with_prefix() -> None:
    field = forms.MoneyField(label="Cost in pounds")

    ours = draw(field).replace(' inputmode="decimal"', "")

    assert outline(ours) == outline(example("input", "with prefix"))


@pytest.mark.parametrize("name", ["with error message, without heading", "with error message"])
def test_input_with_error(name: str) -> None:
    field = forms.WholeNumberField(label="What is your NHS number?", max_value=9_999_999_999)
    theirs = example("input", name).replace("nhsuk-input--code ", "")

    assert outline(draw(field, "Enter NHS number", {})) == outline(theirs)


def test_telephone() -> None:
    field = forms.PhoneField(label="Phone number")
    theirs = example("input", "example phone number").replace(" nhsuk-u-width-two-thirds", "")

    assert outline(draw(field)) == outline(theirs)


def test_textarea_with_error_and_hint() -> None:
    field = forms.LongTextField(
        label="Can you provide more detail?",
        help_text="Do not include personal information like your name, date of birth or NHS number",
        count=False,
    )

    ours = draw(field, "You must provide an explanation", {})

    assert outline(ours) == outline(example("textarea", "with error message and hint"))


def test_character_count() -> None:
    field = forms.LongTextField(
        label="Can you provide more detail?",
        help_text="Do not include personal information like your name, date of birth or NHS number",
        max_length=200,
    )

    assert outline(draw(field)) == outline(example("character-count", "default"))


def test_character_count_with_rows() -> None:
    field = forms.LongTextField(label="Can you provide more detail?", max_length=350, rows=15)

    assert outline(draw(field)) == outline(example("character-count", "with custom rows"))


def test_character_count_with_error() -> None:
    theirs = example("character-count", "with error message and hint, without heading")
    typed = theirs.split('-error">')[-1].split("</textarea>")[0]
    field = forms.LongTextField(
        label="Enter a job description",
        help_text="Do not include personal information like your name, date of birth or NHS number",
        max_length=350,
    )

    ours = draw(field, "Job description must be 350 characters or less", {"example": typed})

    assert outline(ours) == outline(theirs)


def test_select_with_chosen_value() -> None:
    field = forms.SelectField(
        label="Sort by",
        choices=[
            ("published", "Recently published"),
            ("updated", "Recently updated"),
            ("views", "Most views"),
            ("comments", "Most comments"),
        ],
    )

    ours = draw(field, data={"example": "updated"}).replace('<option value="">Choose from the list</option>', "")

    assert outline(ours, True) == outline(example("select", "with selected value"), True)


def test_file() -> None:
    field = forms.FileField(label="Upload a file")
    theirs = example("file-upload", "default").replace(' data-module="nhsuk-file-upload"', "")

    assert outline(draw(field)) == outline(theirs)


def test_file_with_error() -> None:
    hint = "Your photo may be in your Pictures, Photos, Downloads or Desktop folder"
    field = forms.FileField(label="Upload a file", help_text=hint)
    theirs = example("file-upload", "with error message and hint").replace(' data-module="nhsuk-file-upload"', "")

    assert outline(draw(field, "The selected file must be a JPG, BMP or TIF", {})) == outline(theirs)


class TwoFields(forms.Form):
    first = forms.OneLineField(label="First", error_messages={"required": "Enter your first name"})
    last = forms.OneLineField(label="Last", error_messages={"required": "Enter your last name"})


def summary(form: forms.Form) -> str:
    return Template("{% load crispy_forms_tags %}{{ form|as_crispy_errors }}").render(Context({"form": form}))


def test_error_summary() -> None:
    ours = summary(TwoFields({})).replace("#id_first", "#example-first-name").replace("#id_last", "#example-last-name")

    assert outline(ours) == outline(example("error-summary", "with multiple errors"))


def test_error_summary_of_the_whole_form() -> None:
    class Agree(forms.Form):
        agree = forms.AgreeField(error_messages={"required": "Agree to the terms of service to log in"})

        def clean(self) -> None:
            raise ValidationError("Invalid username or password")

    ours = summary(Agree({})).replace("#id_agree", "#example-terms-of-service")

    assert outline(ours) == outline(example("error-summary", "without error link (mixed)"))


@pytest.mark.parametrize(
    ("field", "target"),
    [
        (lambda: forms.OneLineField(), "id_example"),
        (lambda: forms.ChoiceField(choices=CONTACT), "id_example_0"),
        (lambda: forms.MultipleChoiceField(choices=CONTACT), "id_example_0"),
        (lambda: forms.DateField(), "id_example_day"),
        (lambda: forms.MomentField(), "id_example_day"),
        (lambda: forms.AgreeField(), "id_example"),
        (lambda: forms.SelectField(choices=CONTACT), "id_example"),
        (lambda: forms.FileField(), "id_example"),
    ],
)
def test_error_summary_links_to_a_control_that_exists(field: Callable[[], Any], target: str) -> None:
    class OneField(forms.Form):
        example = field()

    form = OneField({})
    page = Template("{% load crispy_forms_tags %}{% crispy form %}").render(Context({"form": form, "csrf_token": "t"}))

    assert f'href="#{target}"' in summary(form)
    assert f'id="{target}"' in page


def test_error_summary_links_to_the_wrong_part_of_a_date() -> None:
    class Birth(forms.Form):
        born = forms.DateField(label="Born")

    assert 'href="#id_born_year"' in summary(Birth({"born_day": "1", "born_month": "2", "born_year": "26"}))


def test_whole_form_has_token_button_and_no_browser_bubbles() -> None:
    class Save(forms.Form):
        submit_label = "Send it"
        cancel_url = "/back/"
        name = forms.OneLineField(label="Your name")

    template = Template("{% load crispy_forms_tags %}{% crispy form %}")
    page = template.render(Context({"form": Save(), "csrf_token": "abc"}))

    assert '<input type="hidden" name="csrfmiddlewaretoken" value="abc">' in page
    assert '<form  novalidate="" method="post">' in page
    assert "required" not in page
    assert outline(page[page.index("<button") : page.index("</button>") + 9]) == outline(
        example("button", "with double click prevented").replace("Save and continue", "Send it")
    )
    assert '<a class="nhsuk-link" href="/back/">Cancel</a>' in page


@pytest.mark.parametrize("style", ["secondary", "warning"])
def test_button_style(style: str) -> None:
    class Styled(forms.Form):
        submit_style = style
        submit_label = "Go"

    theirs = example("button", style)
    words = " ".join(theirs[theirs.index(">") + 1 : theirs.index("</")].split())
    Styled.submit_label = words
    template = Template('{% include "nhsuk/buttons.html" %}')
    page = template.render(Context({"form": Styled()}))

    assert outline(page)[1:4] == outline(theirs)


def test_optional_field_says_so() -> None:
    page = draw(forms.OneLineField(label="Second name", required=False))

    assert "Second name (optional)</label>" in page


def test_typed_text_is_shown_as_typed() -> None:
    page = draw(forms.OneLineField(label="Name"), "Too odd", {"example": '"><script>alert(1)</script>'})

    assert 'value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in page


def test_outline_sees_a_missing_class_and_a_broken_wire() -> None:
    theirs = example("input", "with error message and hint, without heading")

    assert outline(theirs) != outline(theirs.replace("nhsuk-input--error", ""))
    assert outline(theirs) != outline(theirs.replace('for="with-hint-error"', 'for="nothing"'))
    assert outline(theirs) != outline(theirs.replace("with-hint-error-hint with", "with"))
