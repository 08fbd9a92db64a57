"""Opening a cohort and changing its settings."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any
from zoneinfo import available_timezones

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout
from django import forms

from core.forms import (
    DateField,
    EmailField,
    Form,
    LongTextField,
    MomentField,
    OneLineField,
    PhoneField,
    SelectField,
    WholeNumberField,
)
from programmes.models import Cohort, Programme
from programmes.services.cohort_checks import EARLIEST, LARGEST_COHORT, LATEST
from programmes.services.cohorts import DETAILS, BadCohort
from programmes.shipped import NAME

NEW = "new"
ZONES = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix/")))
CALL = ("applications_open_at", "applications_close_at")
PLAIN = ("title", "region", "capacity", "time_zone")


class SettingsForm(Form):
    """Everything about a cohort that may change later, with the version that was read."""

    submit_label = "Save settings"

    title = OneLineField(max_length=200, label="Title", help_text="What people call it, like “London 2017”.")
    region = OneLineField(max_length=100, label="Region")
    place = OneLineField(max_length=200, label="Where it takes place", required=False)
    capacity = WholeNumberField(
        min_value=1,
        max_value=LARGEST_COHORT,
        label="Places",
        help_text="40 people fit at 7 or 8 tables of 5 or 6.",
    )
    time_zone = SelectField(choices=[(name, name.replace("_", " ")) for name in ZONES], label="Time zone")
    applications_open_at = MomentField(label="Applications open", required=False)
    applications_close_at = MomentField(
        label="Applications close",
        required=False,
        help_text="For the end of a day enter 11:59pm.",
    )
    summary = LongTextField(max_length=2000, rows=4, label="What applicants read first", required=False)
    expenses = OneLineField(max_length=300, label="What is paid to participants", required=False)
    help_phone = PhoneField(label="Telephone for help", required=False)
    help_email = EmailField(label="Email address for help", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0, max_value=2**31)

    def __init__(self, *args: Any, days: int = 3, **kwargs: Any) -> None:
        self.days = [f"day_{number}" for number in range(1, days + 1)]
        super().__init__(*args, **kwargs)
        for number, name in enumerate(self.days, start=1):
            self.fields[name] = DateField(label=f"Day {number}", earliest=EARLIEST, latest=LATEST)
        zone = self.data.get("time_zone", "") if self.is_bound else (self.initial.get("time_zone") or "")
        for name in CALL:
            self.fields[name].time_zone = zone if zone in ZONES else ""

    @cached_property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(*self.sections(), "version")
        return helper

    def sections(self) -> list[Fieldset]:
        return [
            Fieldset("The cohort", "title", "region", "place", "capacity", "time_zone"),
            Fieldset("Dates", Div(*self.days, css_class="lp-row")),
            Fieldset("Applications", Div(*CALL, css_class="lp-row"), "summary", "expenses"),
            Fieldset("Help for applicants", "help_phone", "help_email"),
        ]

    @property
    def dates(self) -> list[date]:
        return [self.cleaned_data[name] for name in self.days]

    def values(self) -> dict[str, Any]:
        """What the service takes, by its own names."""
        return {name: self.cleaned_data[name] for name in (*PLAIN, *sorted(DETAILS))} | {"dates": self.dates}

    def refuse(self, refusal: BadCohort) -> None:
        """Show what the service refused, at the field where it can be put right."""
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.sentence)

    @classmethod
    def of(cls, cohort: Cohort, **kwargs: Any) -> "SettingsForm":
        """The form as a cohort stands now."""
        names = (*PLAIN, *DETAILS, "version")
        dates = {f"day_{day.number}": day.date for day in cohort.days.all()}
        return cls(initial={name: getattr(cohort, name) for name in names} | dates, days=len(dates), **kwargs)


class CohortForm(SettingsForm):
    """A new cohort, under a programme that is there or a new one."""

    submit_label = "Open this cohort"

    programme = SelectField(label="Programme")
    new_programme = OneLineField(
        max_length=200,
        label="Name of the new programme",
        required=False,
        help_text=f"“{NAME}” comes with its aims, principles and objectives.",
    )
    commissioner = OneLineField(max_length=200, label="Who commissions the new programme", required=False)
    slug = OneLineField(
        max_length=60,
        label="Short name",
        help_text="Used in addresses and files, like london-2017. It cannot be changed later.",
    )

    def __init__(self, *args: Any, programmes: Iterable[Programme] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programmes = {str(programme.pk): programme for programme in programmes}
        listed = [(key, f"{row.name} – {row.commissioner.name}") for key, row in self.programmes.items()]
        self.fields["programme"].choices = [*listed, (NEW, "A new programme")]
        self.fields["version"].required = False

    def sections(self) -> list[Fieldset]:
        first, *others = super().sections()
        programme = Fieldset("The programme", "programme", "new_programme", "commissioner")
        return [programme, Fieldset(first.legend, "title", "slug", *first.fields[1:]), *others]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("programme") == NEW:
            for name, sentence in (
                ("new_programme", "Enter the name of the new programme."),
                ("commissioner", "Enter who commissions the new programme."),
            ):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        return cleaned

    @property
    def chosen_programme(self) -> Programme | None:
        """The programme that was picked; None for a new one."""
        return self.programmes.get(self.cleaned_data["programme"])


class WithdrawForm(Form):
    submit_label = "Withdraw from the programme"
    submit_style = "warning"

    reason = OneLineField(
        max_length=300,
        label="Reason",
        required=False,
        help_text="A few plain words. Leave out anything about health.",
    )
