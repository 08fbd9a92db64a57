"""What is kept of typed text, and what is refused."""

import pytest
from django.core.exceptions import ValidationError

from core.text import fold_email, one_line, tidy


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Siobha\u0301n", "Siobhán"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("  name  ", "name"),
        ("abc\u202edcb", "abcdcb"),
        ("\u200b\u2060", ""),
        ("\u200b \ufeff", ""),
        ("👩\u200d👧", "👩\u200d👧"),
        ("", ""),
    ],
)
def test_tidy_keeps_one_form(typed, kept):
    assert tidy(typed) == kept


def test_tidy_twice_changes_nothing_more():
    assert tidy(tidy(" e\u0301\r\n\u202ex ")) == tidy(" e\u0301\r\n\u202ex ")


@pytest.mark.parametrize("typed", ["a\nb", "a\rb", "a\r\nBcc: z@example.org", "a\x00b", "a\tb", "a\x1bb"])
def test_one_line_refuses_line_breaks_and_control_characters(typed):
    with pytest.raises(ValidationError, match="Use one line of ordinary characters"):
        one_line(typed)


def test_one_line_keeps_names_of_all_scripts():
    assert one_line(" Nguyễn Thị Ánh-Łukasz O’Brien محمد ") == "Nguyễn Thị Ánh-Łukasz O’Brien محمد"


@pytest.mark.parametrize("typed", ["Olive@Example.ORG", " olive@example.org "])
def test_fold_email_gives_one_form(typed):
    assert fold_email(typed) == "olive@example.org"
