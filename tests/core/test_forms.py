"""What the fields take, what they refuse, and the exact sentence."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from core import forms
from core.forms.base import required_sentence
from core.forms.moments import read_clock
from core.forms.texts import plain_phone


def refusal(field: Any, value: Any) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        field.clean(value)
    return caught.value.messages


# --- Text ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "name", ["O'Brien-Łukasz Ñuñez 李", "Nic Dhonnabháin", "X", "<script>alert(1)</script>", "{{7*7}}", "=HYPERLINK(1)"]
)
def test_one_line_keeps_what_people_type(name: str) -> None:
    assert forms.OneLineField(label="Your name").clean(f"  {name} ") == name


def test_one_line_of_exactly_the_length_is_taken() -> None:
    assert forms.OneLineField(max_length=100).clean("é" * 100) == "é" * 100


def test_one_line_too_long_says_how_long_it_is() -> None:
    assert refusal(forms.OneLineField(max_length=100), "x" * 101) == ["Use 100 characters or fewer (you have 101)."]


def test_ten_thousand_characters_are_refused_in_words() -> None:
    assert refusal(forms.OneLineField(), "x" * 10_000) == ["Use 100 characters or fewer (you have 10,000)."]


@pytest.mark.parametrize("blank", ["", "   ", "\u200b\u200b", "\u2060 \ufeff", "\t\n"])
def test_blank_is_nothing_whatever_it_is_made_of(blank: str) -> None:
    assert refusal(forms.OneLineField(label="Your full name"), blank) == ["Enter your full name."]


@pytest.mark.parametrize("value", ["Ann\r\nBcc: x@y.uk", "a\x00b", "a\tb", "a\x1bb"])
def test_one_line_refuses_breaks_and_control_characters(value: str) -> None:
    assert refusal(forms.OneLineField(), value) == ["Use one line of ordinary characters."]


def test_same_letters_in_two_forms_are_the_same_text() -> None:
    field = forms.OneLineField()

    assert field.clean("Zoe\u0308") == field.clean("Zo\u00eb") == "Zoë"


def test_direction_overrides_are_taken_out() -> None:
    assert forms.OneLineField().clean("Ann\u202eevil") == "Annevil"


def test_long_text_keeps_its_lines() -> None:
    assert forms.LongTextField().clean("one\r\ntwo\rthree\n\n\tfour ") == "one\ntwo\nthree\n\n\tfour"


def test_long_text_of_5000_with_200_breaks_is_kept_and_5001_refused() -> None:
    text = "\n".join(["x" * 23] * 201) + "y" * 177

    assert (len(text), text.count("\n")) == (5000, 200)
    assert forms.LongTextField(max_length=5000).clean(text.replace("\n", "\r\n")) == text
    assert refusal(forms.LongTextField(max_length=5000), text + "!") == [
        "Use 5,000 characters or fewer (you have 5,001)."
    ]


@pytest.mark.parametrize("value", ["a\x00b", "a\x07b", "\ud800x"])
def test_long_text_refuses_control_characters(value: str) -> None:
    sentence = "Use ordinary characters only. Type the text again if it was pasted."

    assert refusal(forms.LongTextField(), value) == [sentence]


@given(st.text(max_size=200))
def test_clean_text_stays_as_it_is_when_cleaned_again(value: str) -> None:
    field = forms.LongTextField(max_length=1000, required=False)
    try:
        text = field.clean(value)
    except ValidationError:
        return

    assert field.clean(text) == text
    assert "\r" not in text and "\x00" not in text and text == text.strip()


@given(st.text(max_size=150))
def test_one_line_is_one_line_or_a_sentence(value: str) -> None:
    try:
        text = forms.OneLineField(required=False).clean(value)
    except ValidationError as error:
        assert error.messages[0].startswith("Use ")
        return

    assert len(text.splitlines()) <= 1 or not {"\n", "\r"} & set(text)
    assert len(text) <= 100


# --- Email --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a+b@nhs.net", "a+b@nhs.net"),
        (" A@X.UK ", "a@x.uk"),
        ("a@exämple.com", "a@xn--exmple-cua.com"),
        ("x" * 64 + "@example.org", "x" * 64 + "@example.org"),
        ("o'brien@example.org", "o'brien@example.org"),
    ],
)
def test_email_takes(typed: str, kept: str) -> None:
    assert forms.EmailField().clean(typed) == kept


SHAPE = "Enter an email address in the right form, like name@example.com."
MANY = "Enter one email address only, like name@example.com."
PLACE = "Enter an address that ends in a full name, like example.com."
LETTERS = "The part before the @ must have plain letters and numbers only. Enter another email address."


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ('"quoted b"@x.uk', "We cannot write to an address with quotation marks. Enter another email address."),
        ("ä@x.uk", LETTERS),
        ("İ@x.uk", LETTERS),
        ("a@localhost", PLACE),
        ("a@[127.0.0.1]", PLACE),
        ("a@127.0.0.1", PLACE),
        ("x" * 65 + "@example.org", "The part before the @ is too long. Use 64 characters or fewer."),
        ("a@x.uk,b@x.uk", MANY),
        ("a@x.uk; b@x.uk", MANY),
        ("a@b@x.uk", MANY),
        ("mailto:a@x.uk", SHAPE),
        ("Ann <a@x.uk>", SHAPE),
        ("a x@x.uk", SHAPE),
        ("nobody", SHAPE),
        ("@x.uk", SHAPE),
        ("a@x..uk", SHAPE),
        ("a@-x.uk", SHAPE),
        ("a@" + "x" * 64 + ".uk", SHAPE),
        ("a@" + "x." * 130 + "uk", SHAPE),
        ("a@x.uk\nBcc:b@x.uk", "Use one line of ordinary characters."),
        ("", "Enter your email address."),
    ],
)
def test_email_refuses(typed: str, sentence: str) -> None:
    assert refusal(forms.EmailField(label="Your email address"), typed) == [sentence]


@given(st.text(max_size=80))
def test_email_gives_an_address_that_mail_can_carry_or_a_sentence(value: str) -> None:
    try:
        address = forms.EmailField(required=False).clean(value)
    except ValidationError:
        return

    assert address == "" or (address.isascii() and address.count("@") == 1 and address == address.lower())


# --- Telephone ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("07700 900123", "+447700900123"),
        ("+44 (0)7700 900123", "+447700900123"),
        ("0044 7700 900123", "+447700900123"),
        ("07700-900-123 ext 4", "+447700900123"),
        ("020 7946 0018", "+442079460018"),
        ("18001 07700 900123", "+447700900123"),
        ("+33 1 23 45 67 89", "+33123456789"),
    ],
)
def test_phone_is_kept_as_typed_and_compared_in_one_form(typed: str, plain: str) -> None:
    assert forms.PhoneField().clean(f" {typed} ") == typed
    assert plain_phone(typed) == plain


@pytest.mark.parametrize(
    "typed", ["1234", "call me", "07700 90012x", "0" * 19, "07700 900123 ask for Ann", "++44770090"]
)
def test_phone_refuses(typed: str) -> None:
    assert refusal(forms.PhoneField(), typed) == ["Enter a phone number, like 07700 900982 or 020 7946 0018."]


def test_phone_may_be_left_out() -> None:
    assert forms.PhoneField(required=False).clean(" ") == ""


# --- Numbers ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("typed", "number"), [("3", 3), ("3 ", 3), ("٣", 3), ("１", 1), ("03", 3), (5, 5)])
def test_whole_number_takes(typed: Any, number: int) -> None:
    assert forms.WholeNumberField(min_value=1, max_value=5).clean(typed) == number


@pytest.mark.parametrize(
    "typed", ["6", "0", "-1", "3.5", "4.5", "four", "1e3", "NaN", "70000", "9" * 5000, "1,2", "½", "²", "+3", "3\n4"]
)
def test_whole_number_refuses(typed: str) -> None:
    sentence = ["Enter a whole number from 1 to 5."]

    assert refusal(forms.WholeNumberField(min_value=1, max_value=5), typed) in (
        sentence,
        ["Use one line of ordinary characters."],
    )


def test_whole_number_with_thousands() -> None:
    assert forms.WholeNumberField(max_value=10_000).clean("1,000") == 1000


def test_nought_is_a_number_and_not_an_empty_box() -> None:
    assert forms.WholeNumberField().clean("0") == 0


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("1,000.00", "1000.00"), ("£5", "5.00"), ("£ 25.5", "25.50"), ("0", "0.00"), ("9999999.99", "9999999.99")],
)
def test_money_takes(typed: str, amount: str) -> None:
    assert str(forms.MoneyField().clean(typed)) == amount


@pytest.mark.parametrize("typed", ["-5.00", "0.001", "12345678.90", "1e5", "five", "NaN", "5.", "1,00.00", "$5"])
def test_money_refuses(typed: str) -> None:
    assert refusal(forms.MoneyField(), typed) == [
        "Enter an amount in pounds from £0 to £9,999,999.99, like 25 or 25.50."
    ]


def test_money_shows_pence() -> None:
    assert forms.MoneyField().prepare_value(Decimal("5")) == "5.00"


# --- Dates --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "parts", [["23", "11", "2017"], ["23", "November", "2017"], [" 23 ", "nov", "2017"], ["２３", "11", "2017"]]
)
def test_date_takes(parts: list[str]) -> None:
    assert forms.DateField().clean(parts) == date(2017, 11, 23)


@pytest.mark.parametrize(
    ("parts", "sentence", "wrong"),
    [
        (["31", "2", "2026"], "This day is not in the calendar. Check the day, the month and the year.", {"day"}),
        (["0", "0", "0000"], "Enter the month as a number from 1 to 12, like 11.", {"month"}),
        (["1", "13", "2026"], "Enter the month as a number from 1 to 12, like 11.", {"month"}),
        (["1", "1", "26"], "Enter the year with 4 digits, like 2026.", {"year"}),
        (["1", "1", "10000"], "Enter the year with 4 digits, like 2026.", {"year"}),
        (["first", "1", "2026"], "Enter the day as a number, like 23.", {"day"}),
        (["1", "1", "0001"], "Enter a date that is 1 January 1900 or later.", {"day", "month", "year"}),
        (["1", "1", "9999"], "Enter a date that is 31 December 2100 or earlier.", {"day", "month", "year"}),
        (["1", "", "2026"], "Enter the month as well.", {"month"}),
        (["1", "", ""], "Enter the month and the year as well.", {"month", "year"}),
        (["", "", ""], "Answer “When were you born?”.", {"day", "month", "year"}),
    ],
)
def test_date_refuses(parts: list[str], sentence: str, wrong: set[str]) -> None:
    field = forms.DateField(label="When were you born?")

    assert refusal(field, parts) == [sentence]
    assert field.widget.wrong == wrong


def test_date_between_two_others() -> None:
    field = forms.DateField(earliest=lambda: date(2026, 1, 1), latest=date(2026, 12, 31))

    assert field.clean(["1", "1", "2026"]) == date(2026, 1, 1)
    assert refusal(field, ["31", "12", "2025"]) == ["Enter a date that is 1 January 2026 or later."]


def test_date_may_be_left_out() -> None:
    assert forms.DateField(required=False).clean(["", "", ""]) is None


def test_date_form_keeps_every_typed_part() -> None:
    class Birth(forms.Form):
        born = forms.DateField(label="Born")

    page = Template("{{ form.born }}").render(
        Context({"form": Birth({"born_day": "31", "born_month": "Febr", "born_year": "26"})})
    )

    assert [f'value="{text}"' in page for text in ("31", "Febr", "26")] == [True, True, True]


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("11:59pm", time(23, 59)),
        ("23:59", time(23, 59)),
        ("9.30 AM", time(9, 30)),
        ("noon", time(12)),
        ("12am", time(0)),
    ],
)
def test_clock_reads(typed: str, moment: time) -> None:
    assert read_clock(typed) == moment


@pytest.mark.parametrize("typed", ["25:00", "9", "13pm", "0am", "12:60", "late", "", "9:3"])
def test_clock_does_not_guess(typed: str) -> None:
    assert read_clock(typed) is None


def test_time_refuses_with_an_example() -> None:
    assert refusal(forms.TimeField(), "25:00") == ["Enter the time like 9:30am or 14:30."]
    assert forms.TimeField().clean("9:30am") == time(9, 30)


def test_moment_is_in_the_clock_of_its_place() -> None:
    moment = forms.MomentField(time_zone="Europe/London").clean(["29", "10", "2017", "11:59pm"])

    assert moment.astimezone(UTC) == datetime(2017, 10, 29, 23, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        (
            ["29", "3", "2026", "1:30am"],
            "The clocks go forward that night, so this time does not exist. Enter another time.",
        ),
        (
            ["25", "10", "2026", "1:30am"],
            "The clocks go back that night, so this time comes twice. Enter another time.",
        ),
        (["25", "10", "2026", "soon"], "Enter the time like 9:30am or 14:30."),
        (["25", "10", "2026", ""], "Enter the time as well."),
        (["", "", "", ""], "Fill in “Closes”."),
    ],
)
def test_moment_refuses(parts: list[str], sentence: str) -> None:
    assert refusal(forms.MomentField(label="Closes", time_zone="Europe/London"), parts) == [sentence]


def test_moment_is_shown_in_the_clock_of_its_place() -> None:
    field = forms.MomentField(time_zone="Europe/London")
    shown = field.prepare_value(datetime(2026, 7, 1, 11, 0, tzinfo=UTC))

    assert field.widget.decompress(shown) == [1, 7, 2026, "12:00"]


# --- Choices and files --------------------------------------------------------------------------------------
FRUIT = [("APPLE", "Apple"), ("PEAR", "Pear")]


@pytest.mark.parametrize("field", [forms.ChoiceField, forms.SelectField])
def test_choice_not_on_the_list(field: Any) -> None:
    assert refusal(field(label="Fruit", choices=FRUIT), "FIG") == ["Choose one of the answers on the list."]


@pytest.mark.parametrize("field", [forms.ChoiceField, forms.SelectField])
def test_choice_left_out(field: Any) -> None:
    assert refusal(field(label="Which fruit?", choices=FRUIT), "") == ["Answer “Which fruit?”."]
    assert refusal(field(label="Fruit", choices=FRUIT), "") == ["Choose an answer for “Fruit”."]


def test_select_asks_first_and_keeps_a_blank_of_its_own() -> None:
    assert forms.SelectField(choices=FRUIT).choices[0] == ("", "Choose from the list")
    assert forms.SelectField(choices=[("", "None"), *FRUIT]).choices[0] == ("", "None")


def test_multiple_choice() -> None:
    field = forms.MultipleChoiceField(label="Fruit", choices=FRUIT)

    assert field.clean(["APPLE", "PEAR"]) == ["APPLE", "PEAR"]
    assert refusal(field, ["FIG"]) == ["Choose one of the answers on the list."]
    assert refusal(field, []) == ["Choose at least one answer."]


def test_agree_must_be_ticked() -> None:
    field = forms.AgreeField(label="I have read it")

    assert field.clean("on") is True
    assert refusal(field, "") == ["Tick the box to go on: “I have read it”."]


def upload(name: str, content: bytes = b"x") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (None, "Choose a file to send."),
        (upload("a.csv", b""), "This file is empty. Choose another file."),
        (upload("a.exe"), "Choose a file that ends in .csv or .xlsx."),
        (upload("a.csv", b"x" * 1_000_001), "Choose a file of 1 MB or less."),
    ],
)
def test_file_refuses(file: Any, sentence: str) -> None:
    assert refusal(forms.FileField(endings=[".csv", ".xlsx"], max_megabytes=1), file) == [sentence]


def test_file_name_is_never_a_path_and_never_endless() -> None:
    file = forms.FileField(endings=[".csv"]).clean(upload("../../" + "x" * 300 + "\u202e.CSV"))

    assert "/" not in file.name
    assert len(file.name) <= 150
    assert "\u202e" not in file.name


# --- The sentences of empty boxes -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("verb", "label", "sentence"),
    [
        ("Enter", "Your name", "Enter your name."),
        ("Enter", "The title", "Enter the title."),
        ("Enter", "Town", "Fill in “Town”."),
        ("Choose", "Region", "Choose an answer for “Region”."),
        ("Choose", "Will you come?", "Answer “Will you come?”."),
    ],
)
def test_required_sentence(verb: str, label: str, sentence: str) -> None:
    assert required_sentence(verb, label) == sentence


def test_own_sentence_wins() -> None:
    field = forms.OneLineField(label="Name", error_messages={"required": "Tell us what to call you."})

    assert refusal(field, "") == ["Tell us what to call you."]


def test_label_is_made_from_the_name_before_a_sentence_needs_it() -> None:
    class Sample(forms.Form):
        home_town = forms.OneLineField()

    assert Sample({}).errors["home_town"] == ["Fill in “Home town”."]


@pytest.mark.parametrize("blank", ["", "  ", "\u200b\u200b"])
def test_time_made_of_invisible_marks_is_no_time(blank: str) -> None:
    assert forms.TimeField(required=False).clean(blank) is None
