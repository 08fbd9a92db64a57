"""Files that people send."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from core.forms.base import SaysWhatToDo
from core.text import tidy

MEGABYTE = 1_000_000


class FileField(SaysWhatToDo, forms.FileField):
    """One file, not empty, not too big, with one of the endings. What is in it the reader judges, not the name."""

    verb = "Choose"
    default_error_messages = {
        "required": "Choose a file to send.",
        "empty": "This file is empty. Choose another file.",
        "invalid": "The file did not arrive. Choose it again.",
        "missing": "The file did not arrive. Choose it again.",
    }

    def __init__(self, *, endings: Sequence[str] = (), max_megabytes: int = 10, **kwargs: Any) -> None:
        self.endings = [ending.lower() for ending in endings]
        self.max_megabytes = max_megabytes
        super().__init__(**kwargs)
        if self.endings:
            self.widget.attrs["accept"] = ",".join(self.endings)

    def to_python(self, data: Any) -> UploadedFile | None:
        file = super().to_python(data)
        if file is None:
            return None
        file.name = tidy(file.name)[-150:] or "file"
        if self.endings and not file.name.lower().endswith(tuple(self.endings)):
            raise ValidationError(f"Choose a file that ends in {' or '.join(self.endings)}.", code="ending")
        if file.size > self.max_megabytes * MEGABYTE:
            raise ValidationError(f"Choose a file of {self.max_megabytes} MB or less.", code="size")
        return file
