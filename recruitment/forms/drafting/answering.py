"""The seven questions, and the ways to answer them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from core.forms import ChoiceField, FileField, LongTextField, MultipleChoiceField, SelectField, WholeNumberField
from core.templatetags.laypartner import moment
from programmes.characteristics import Characteristic
from recruitment.communities import COMMUNITIES
from recruitment.forms.applying import answer_name
from recruitment.forms.drafting.step import StepForm
from recruitment.models import CharacteristicAnswer, Recording
from recruitment.recordings import ENDINGS, HEAD, MOST_MEGABYTES, kind_of
from recruitment.rubric import CRITERIA, WRITING_HINT, Criterion

Mode = CharacteristicAnswer.Mode
# One for each question, and one for all of them.
MOST_RECORDINGS = len(CRITERIA) + 1


def mode_of(values: Any) -> str:
    """How the seven questions are answered: in writing, unless somebody chose otherwise."""
    mode = values.get("mode")
    return mode if mode in (Mode.PHONE, Mode.RECORDING) else Mode.WRITTEN


class ModeForm(StepForm):
    defaults = {"mode": Mode.WRITTEN}

    mode = ChoiceField(
        label="How do you want to answer the seven questions?",
        choices=[
            (Mode.WRITTEN, "I write my answers here"),
            (Mode.PHONE, "I answer by phone"),
            (Mode.RECORDING, "I send a recording of my voice"),
        ],
        hints={
            Mode.WRITTEN: "A few sentences for each question are enough.",
            Mode.PHONE: "We call you, ask you the questions and write down what you say.",
            Mode.RECORDING: f"You record yourself and send us the file, up to {MOST_MEGABYTES} MB. We write down what you "
            "say. The people who score your answers read it and do not hear your voice.",
        },
    )

    def clean_mode(self) -> str:
        mode = self.cleaned_data["mode"]
        if mode == Mode.PHONE and not self.facts.values.get("phone", "").strip():
            raise ValidationError("We need your phone number to call you. Add it under “About you”.", code="required")
        if mode == Mode.RECORDING and not self.facts.recordings:
            raise ValidationError("Send us a recording, or choose another way to answer.", code="required")
        return mode

    def filled_in(self) -> dict[str, Any]:
        mode = self.cleaned_data["mode"]
        return {} if mode == Mode.WRITTEN else {"modes": dict.fromkeys(Characteristic, mode)}


class RecordingForm(StepForm):
    """Nothing of it is kept in the draft's values but that the page was seen: a file is a Recording."""

    more_buttons = [("again", "Save and add another recording")]

    question = SelectField(
        label="Which question does it answer?",
        required=False,
        blank="All seven questions",
        choices=[(item.characteristic, f"{item.number}. {item.question}") for item in CRITERIA],
    )
    recording = FileField(
        label="Your recording",
        endings=ENDINGS,
        max_megabytes=MOST_MEGABYTES,
        required=False,
        help_text=f"A file up to {MOST_MEGABYTES} MB. That is about ten minutes from most phones.",
    )

    def names(self) -> list[str]:
        return ["recordings_seen"]

    def typed(self, posted: Any) -> dict[str, Any]:
        return {"recordings_seen": "yes"}

    def rows(self) -> list[tuple[str, str, str]]:
        return [("Your recordings", "\n".join(in_words(recording) for recording in self.facts.recordings), "recording")]

    def filled_in(self) -> dict[str, Any]:
        return {}


class UploadForm(RecordingForm):
    """What arrives when a file is sent: judged by its content."""

    kind = ""

    def clean_recording(self) -> UploadedFile | None:
        file = self.cleaned_data["recording"]
        if file is None:
            return None
        self.kind = kind_of(file.read(HEAD))
        file.seek(0)
        if not self.kind:
            raise ValidationError(
                "This file is not a recording that we can play. Send an MP3, M4A, WAV, OGG, WEBM, AMR or 3GP file."
            )
        if len(self.facts.recordings) >= MOST_RECORDINGS:
            raise ValidationError(f"You have sent {MOST_RECORDINGS} recordings. Remove one before you send another.")
        return file


class QuestionForm(StepForm):
    """One of the seven. Two of them ask something besides that is ticked or counted."""

    unmarked = ("communities",)

    def __init__(self, *args: Any, criterion: Criterion, **kwargs: Any) -> None:
        self.criterion, self.text = criterion, answer_name(criterion)
        super().__init__(*args, **kwargs)

    @property
    def is_spoken(self) -> bool:
        return mode_of(self.facts.values) != Mode.WRITTEN

    def arrange(self) -> None:
        item = self.criterion
        if item.characteristic == Characteristic.CONNECTIONS:
            self.fields["communities"] = MultipleChoiceField(
                label="Which groups of people are you in touch with?",
                choices=COMMUNITIES,
                required=False,
                small=True,
                help_text="Tick any that fit. We use it to see whom the whole course can reach.",
            )
        if item.characteristic == Characteristic.TIME:
            self.fields["hours_a_month"] = WholeNumberField(
                label="How many hours a month can you give?",
                max_value=300,
                help_text="A guess is fine.",
            )
        if not self.is_spoken:
            self.fields[self.text] = LongTextField(
                label=item.question,
                max_length=5000,
                rows=8,
                help_text=WRITING_HINT,
                error_messages={"required": f"Answer question {item.number}. A few words are enough."},
            )
            if item.characteristic == Characteristic.CONNECTIONS:
                self.order_fields([self.text, "communities"])

    def note(self) -> str:
        """What stands above the boxes. Asks the database, so only a page that is drawn calls it."""
        if self.criterion.characteristic != Characteristic.TIME:
            return ""
        return (
            f"We ask for about {self.facts.hours_asked} hours a month: reading, meetings, emails and calls. If that is "
            "too much, say so: we will talk about it."
        )

    def filled_in(self) -> dict[str, Any]:
        extra = {name: value for name, value in self.cleaned_data.items() if name != self.text}
        return extra | {"answers": {self.criterion.characteristic: self.cleaned_data.get(self.text, "")}}


class WantsForm(StepForm):
    wants = LongTextField(
        label="What do you want from the course?",
        max_length=2000,
        rows=6,
        required=False,
        help_text="What would you like to learn, or to be able to do afterwards?",
    )


def in_words(recording: Recording) -> str:
    """ "Question 3, 1.2 MB, sent at 9:30am on Thursday 23 November 2017"."""
    numbers = {str(item.characteristic): f"Question {item.number}" for item in CRITERIA}
    size = recording.size
    megabytes = f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{max(round(size / 1000), 1)} KB"
    return f"{numbers.get(recording.question, 'All seven questions')}, {megabytes}, sent at {moment(recording.uploaded_at)}"
