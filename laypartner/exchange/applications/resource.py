"""django-import-export walks over the rows: each is checked by RowForm and stored by the service that takes applications.

It has no diff and no page of its own here: staging.py shows what a dry run found, and runs it again for good.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import tablib
from django.core.exceptions import ValidationError
from import_export import resources
from import_export.instance_loaders import BaseInstanceLoader
from import_export.results import Result

from laypartner.exchange.applications.rows import RowForm, key_of
from programmes.models import Cohort
from recruitment.models import Application, Channel
from recruitment.services import applying


@dataclass
class Incoming:
    """A row that is not in the cohort yet. `values` are clean once it was read; `made` is there once it is stored."""

    key: UUID
    reference: str
    values: dict[str, Any] | None = None
    sent: Any = None
    channel: str = ""
    made: Application | None = None

    @property
    def has_agreed(self) -> bool:
        return self.values is not None and applying.FilledIn(**self.values).has_agreed


class ApplicationResource(resources.Resource):
    """Rows into one cohort. A row whose key or reference is known there is skipped, so a file can be sent again."""

    class Meta:
        instance_loader_class = BaseInstanceLoader
        skip_diff = True
        report_skipped = True
        store_instance = True

    def __init__(self, *, cohort: Cohort, by: Any, acknowledge: bool = False) -> None:
        super().__init__()
        self.cohort, self.by, self.acknowledge = cohort, by, acknowledge
        self.form = RowForm(cohort=cohort)
        self.seen: dict[UUID, int] = {}
        self.known: dict[object, Application] = {}
        self.channels: dict[str, Channel] = {}

    def run(self, rows: Sequence[Mapping[str, str]], *, dry_run: bool) -> Result:
        """Import, or only look. With `dry_run` False the first row that cannot be stored raises; the caller rolls back.

        Past `import_data`, which would open a transaction and two savepoints a row even to look.
        """
        names = list(rows[0]) if rows else []
        dataset = tablib.Dataset(*([row[name] for name in names] for row in rows), headers=names)
        return self.import_data_inner(
            dataset,
            dry_run=dry_run,
            raise_errors=not dry_run,
            using_transactions=False,
            collect_failed_rows=False,
        )

    def before_import(self, dataset: tablib.Dataset, **kwargs: Any) -> None:
        """What is there already, and the channels: two queries, whatever the number of rows."""
        for application in Application.objects.filter(cohort=self.cohort).select_related("person"):
            self.known[application.key] = self.known[application.reference] = application
        self.channels = {channel.code: channel for channel in Channel.objects.filter(cohort=self.cohort)}

    def get_or_init_instance(self, instance_loader: Any, row: Mapping[str, str]) -> tuple[Any, bool]:
        key, reference = key_of(self.cohort, row), row.get("reference", "").strip()
        known = self.known.get(key) or self.known.get(reference)
        return (known, False) if known else (Incoming(key, reference), True)

    def import_instance(self, instance: Any, row: Mapping[str, str], **kwargs: Any) -> None:
        """Reads the row. Raises ValidationError with a sentence for each cell that cannot be used."""
        if isinstance(instance, Application):
            return
        self._refuse_twice(instance.key, kwargs["row_number"])
        self.form.data = row
        self.form.full_clean()
        if self.form.errors:
            raise ValidationError(self.form.errors.as_data())
        instance.values = self.form.filled_in()
        instance.sent, instance.channel = self.form.cleaned_data["sent"], self.form.cleaned_data["channel"]

    def _refuse_twice(self, key: UUID, number: int) -> None:
        first = self.seen.setdefault(key, number)
        if first != number:
            raise ValidationError({"name": [TwiceInFile(first)]})

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        return isinstance(instance, Application)

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        if import_validation_errors:
            raise ValidationError(import_validation_errors)

    def save_instance(self, instance: Incoming, is_create: bool, row: Any, **kwargs: Any) -> None:
        if kwargs["dry_run"]:
            return
        assert instance.values is not None
        instance.made = applying.submit(
            cohort=self.cohort,
            key=instance.key,
            source=Application.Source.FILE,
            by=self.by,
            moment=instance.sent,
            channel=self.channels.get(instance.channel),
            acknowledge=self.acknowledge,
            **instance.values,
        )

    def save_m2m(self, *args: Any, **kwargs: Any) -> None:
        """An application has no lists beside it."""


class TwiceInFile(ValidationError):
    """Two rows of a file say the same person. `first` is the place of the first one among the rows."""

    def __init__(self, first: int) -> None:
        super().__init__("The same person stands twice in the file.", code="twice", params={"first": first})
        self.first = first
