"""How a cohort recruits, its channels, and copying both."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from core.forms import (
    AgreeField,
    DateField,
    Form,
    MomentField,
    OneLineField,
    SelectField,
    WholeNumberField,
)
from programmes.models import Cohort
from programmes.services.refusals import BadCohort
from recruitment.models import Channel, RecruitmentSettings
from recruitment.queries.setting_up import RULES
from recruitment.scoring import TOP_MARK, TOP_TOTAL

CALL = ("applications_open_at", "applications_close_at")
VERSION = {"widget": forms.HiddenInput, "initial": 0, "min_value": 0, "max_value": 2**31}


class SetUpForm(Form):
    """The moments of the call and the rules, with the versions that were read."""

    submit_label = "Save"

    applications_open_at = MomentField(label="Applications open", required=False)
    applications_close_at = MomentField(
        label="Applications close", required=False, help_text="For the end of a day enter 11:59pm."
    )
    grace_minutes = WholeNumberField(
        max_value=24 * 60,
        label="Minutes of grace",
        help_text="A form that was begun in time may be sent this much later.",
    )
    time_asked = OneLineField(
        max_length=300,
        required=False,
        label="What time you ask for, in words",
        help_text="Applicants read it on the page of the call, like “three days, and about 8 hours a month after that”.",
    )
    hours_asked = WholeNumberField(
        max_value=300,
        label="Hours a month that the role asks for",
        help_text="You can compare it with the hours that people offer.",
    )
    needs_experience = AgreeField(
        required=False,
        label="Only for people who hold or held a lay role",
        help_text="You decide about each application; this reminds you of the rule.",
    )
    reviews_per_application = WholeNumberField(min_value=1, max_value=5, label="Reviews for each application")
    wide_gap = WholeNumberField(
        min_value=1,
        max_value=TOP_MARK,
        label="A moderator looks when two reviewers differ on one characteristic by",
    )
    wide_total_gap = WholeNumberField(
        min_value=1,
        max_value=TOP_TOTAL,
        label="… or when their totals differ by",
        help_text=f"Totals are of {TOP_TOTAL}.",
    )
    cut = WholeNumberField(
        max_value=TOP_TOTAL,
        label="Total from which somebody can have a place",
        help_text="A moderator also looks when two reviewers stand on opposite sides of it.",
    )
    reply_days = WholeNumberField(min_value=1, max_value=60, label="Days to reply to an offer")
    version = forms.IntegerField(**VERSION)
    cohort_version = forms.IntegerField(**VERSION)

    def __init__(self, *args: Any, time_zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in CALL:
            self.fields[name].time_zone = time_zone

    @classmethod
    def of(cls, cohort: Cohort, rules: RecruitmentSettings) -> "SetUpForm":
        """The form as a cohort stands now."""
        initial = {name: getattr(cohort, name) for name in CALL} | {name: getattr(rules, name) for name in RULES}
        versions = {"version": rules.version, "cohort_version": cohort.version}
        return cls(initial=initial | versions, time_zone=cohort.time_zone)

    @cached_property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(
            Fieldset("When people can apply", Div(*CALL, css_class="lp-row"), "grace_minutes"),
            Fieldset("What you ask for", "time_asked", "hours_asked", "needs_experience"),
            Fieldset("Scoring", "reviews_per_application", "wide_gap", "wide_total_gap", "cut"),
            Fieldset("Offers", "reply_days"),
            "version",
            "cohort_version",
        )
        return helper

    def values(self) -> dict[str, Any]:
        """What the service takes, by its own names."""
        opens, closes = (self.cleaned_data[name] for name in CALL)
        versions = {name: self.cleaned_data[name] for name in ("version", "cohort_version")}
        return {"opens": opens, "closes": closes, "rules": {name: self.cleaned_data[name] for name in RULES}} | versions

    def refuse(self, refusal: BadCohort) -> None:
        """Show what the service refused, at the field where it can be put right."""
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.sentence)


class ChannelForm(Form):
    """A way by which people hear of the call. The code is asked for once, because links with it are sent out."""

    submit_label = "Save this channel"

    name = OneLineField(max_length=100, label="Name", help_text="Like “Newsletter of Camden’s GP practices”.")
    kind = SelectField(choices=Channel.Kind.choices, label="Kind")
    code = OneLineField(
        max_length=40,
        required=False,
        label="Word in the link",
        help_text="Small letters, digits and hyphens. Leave it empty and we make one from the name. It stays as it is.",
    )
    contact = OneLineField(max_length=200, required=False, label="Who placed it")
    advertised_on = DateField(required=False, label="When it went out")
    reached = WholeNumberField(
        max_value=100_000_000,
        required=False,
        label="People it reached",
        help_text="What the sender tells you. Leave it empty if you do not know.",
    )

    def __init__(self, *args: Any, is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["code"]

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if code and code != slugify(code):
            raise ValidationError("Use small letters, digits and hyphens only, like “camden-news”.")
        return code

    @classmethod
    def of(cls, channel: Channel) -> "ChannelForm":
        names = [name for name in cls.base_fields if name != "code"]
        return cls(initial={name: getattr(channel, name) for name in names}, is_new=False)


class CopyForm(Form):
    """Which cohort to copy from."""

    source = SelectField(label="Copy from", error_messages={"required": "Choose the cohort to copy from."})

    def __init__(self, *args: Any, cohorts: Iterable[Cohort], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [(cohort.slug, cohort.title) for cohort in cohorts]
