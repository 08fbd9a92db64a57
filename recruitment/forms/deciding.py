"""What was decided and why, for one application or for several, and the words of the letters."""

from typing import Any

from django import forms
from django.utils import timezone

from core.forms import DateField, Form, LongTextField, MultipleChoiceField, OneLineField
from programmes.characteristics import SHORT_NAMES, Characteristic
from recruitment import wordings
from recruitment.models import Application, PendingDecision

WHY = "Write why, in a sentence. The reason stays with the decision."
TICK_FIRST = "Tick the people first."


class ReasonForm(Form):
    """Why. Every decision needs it."""

    reason = LongTextField(
        label="Reason",
        max_length=1000,
        rows=3,
        count=False,
        help_text="For the record. It is not in a letter.",
        error_messages={"required": WHY},
    )


class PrepareForm(Form):
    """A decision to prepare. The button that is pressed says which; the reason rests on the seven characteristics."""

    outcome = forms.ChoiceField(
        label="Decision",
        choices=PendingDecision.Outcome,
        error_messages={
            "required": "Press one of the buttons: offer, reserve list or decline.",
            "invalid_choice": "Press one of the buttons: offer, reserve list or decline.",
        },
    )
    criteria = MultipleChoiceField(
        label="The decision rests on",
        choices=[(item, SHORT_NAMES[item]) for item in Characteristic],
        required=False,
        inline=True,
        small=True,
    )
    reason = OneLineField(
        label="Reason",
        max_length=700,
        help_text="For the record. It is not in the letter; the ticked characteristics are.",
        error_messages={"required": WHY},
    )
    before_settled = OneLineField(
        label="Why decide before the scores are settled",
        max_length=200,
        required=False,
        help_text="Only where scores are missing or a moderator has not looked yet.",
    )

    def decision(self) -> dict[str, Any]:
        """What `services.preparing.prepare` asks for, beside whom and by whom."""
        return {name: self.cleaned_data[name] for name in ("outcome", "criteria", "reason", "before_settled")}


class TickedForm(Form):
    """Several applications of one cohort, by reference."""

    applications = forms.ModelMultipleChoiceField(
        queryset=Application.objects.none(),
        to_field_name="reference",
        error_messages={
            "required": TICK_FIRST,
            "invalid_choice": "One of the ticked people is not in this list any more. Load the page again.",
            "invalid_list": TICK_FIRST,
        },
    )

    def __init__(self, *args: Any, applications: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["applications"].queryset = applications


class MarkForm(TickedForm, PrepareForm):
    """One decision for everybody who is ticked."""


class WordsForm(Form):
    """The words of a letter. `is_offer`: it must say until when and how to answer."""

    subject = OneLineField(label="Subject", max_length=200)
    text = LongTextField(label="Letter", max_length=10000, rows=22, count=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**62)

    def __init__(self, *args: Any, is_offer: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_offer = is_offer

    def clean(self) -> dict[str, Any]:
        words = self.cleaned_data
        if "subject" in words and "text" in words:
            for name, sentence in wordings.problems_with(
                words["subject"], words["text"], is_offer=self.is_offer
            ).items():
                self.add_error(name, sentence)
        return words


class OneLetterForm(WordsForm):
    """The words of one person's letter. Their name stays out of the subject, which others may see."""

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name

    def clean_subject(self) -> str:
        subject = self.cleaned_data["subject"]
        if self.name and self.name.casefold() in subject.casefold():
            raise forms.ValidationError("Leave the name out of the subject, because others may see it.")
        return subject


class MoreTimeForm(Form):
    """A later day to reply by."""

    reply_by = DateField(label="New day to reply by", earliest=timezone.localdate)
