"""The three questions that an import asks: which files, read them so, and do it?"""

from typing import Any

from django import forms

from core.forms import AgreeField, FileField, Form
from laypartner.exchange.limits import LARGEST_UPLOAD

MEGABYTES = LARGEST_UPLOAD // 1_000_000
MOST_FILES = 20


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(FileField):
    """Several files at once. Each is judged by itself, and then all of them together."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = [file for file in data if file] if isinstance(data, list | tuple) else []
        if not given:
            return [super().clean(None, initial)]
        if len(given) > MOST_FILES:
            raise forms.ValidationError(f"Choose {MOST_FILES} files or fewer.", code="many")
        files = [super(FilesField, self).clean(file, initial) for file in given]
        if sum(file.size for file in files) > LARGEST_UPLOAD:
            raise forms.ValidationError(f"Choose files of {MEGABYTES} MB or less together.", code="size")
        names = [file.name for file in files]
        if len(set(names)) < len(names):
            raise forms.ValidationError("Two of these files have one name. Choose each file once.", code="twice")
        return files


class UploadForm(Form):
    submit_label = "Check the files"

    files = FilesField(
        label="The cohort folder",
        help_text=f"One zip, or the CSV and Excel (.xlsx) files themselves. {MEGABYTES} MB at most.",
        endings=(".zip", ".csv", ".xlsx"),
        max_megabytes=MEGABYTES,
    )


class ConfirmForm(Form):
    """`digest` stands for what was shown; `agree` is asked only when a file had to be recognised."""

    submit_label = "Import"
    cancel_label = "Choose other files"

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    agree = AgreeField(label="These files look right to me: read them that way")

    def __init__(self, *args: Any, asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["agree"]
