"""What somebody needs, when they can come, what they agree to."""

from typing import Any

from django.utils.html import format_html, format_html_join

from core.forms import AgreeField, ChoiceField, LongTextField, MultipleChoiceField, OneLineField, SelectField
from core.templatetags.laypartner import long_date
from people.models import Consent, InformationFormat
from recruitment.adjustments import GROUPS, LABELS
from recruitment.forms.drafting.step import NO, YES, StepForm

NUMBER_WORDS = ("no", "one", "two", "three", "four", "five", "six")
Purpose = Consent.Purpose


class TakingPartForm(StepForm):
    defaults = {"information_format": InformationFormat.STANDARD}
    unmarked = tuple(f"needs_{group.code}" for group in GROUPS)

    access_needs = LongTextField(
        label="Is there anything else that you need, or that we should know?",
        max_length=2000,
        rows=4,
        required=False,
        help_text="Say what you need, for example “a break after an hour”. You do not have to say why.",
    )
    information_format = SelectField(
        label="How do you like to get information?",
        choices=InformationFormat.choices,
        help_text="We write to you in this way.",
    )
    food = OneLineField(
        label="Is there something that you cannot eat?",
        max_length=500,
        required=False,
        help_text="For example vegan, halal, no nuts. If an allergy is dangerous, say so.",
    )
    assistant = OneLineField(
        label="Does somebody come along to support you?",
        max_length=300,
        required=False,
        help_text="Their name, and what they need. They come free, and do not take your place.",
    )

    def arrange(self) -> None:
        for group in GROUPS:
            self.fields[f"needs_{group.code}"] = MultipleChoiceField(
                label=group.question, choices=group.needs, required=False, small=True
            )
        self.order_fields(self.unmarked)

    def rows(self) -> list[tuple[str, str, str]]:
        """What was picked from the lists as one row."""
        ticked = [text for name in self.unmarked if (text := self.shown(name))]
        others = [row for row in super().rows() if row[2] not in self.unmarked]
        return [("What you need", "\n".join(ticked), self.unmarked[0]), *others]

    def filled_in(self) -> dict[str, Any]:
        named = {name: value for name, value in self.cleaned_data.items() if not name.startswith("needs_")}
        picked = [LABELS[code] for group in GROUPS for code in self.cleaned_data[f"needs_{group.code}"]]
        return named | {"needs": picked}


class DaysForm(StepForm):
    unmarked = ("days_missed",)

    can_come_every_day = ChoiceField(choices=())
    days_missed = MultipleChoiceField(
        label="If not: on which days can you not come?",
        required=False,
        help_text="Leave it empty if you do not know yet.",
    )

    def arrange(self) -> None:
        """“Can you come on all three days?”, with the days spelt out beneath it."""
        days = [(str(day.number), long_date(day.date)) for day in self.facts.days]
        field, number = self.fields["can_come_every_day"], len(days)
        words = NUMBER_WORDS[number] if number < len(NUMBER_WORDS) else str(number)
        every = f"all {words} days" if number > 1 else "the day"
        field.label = f"Can you come on {every}?"
        field.choices = [(YES, f"Yes, I can come on {every}"), (NO, "No, or I am not sure")]
        field.help_text = "; ".join(day for _, day in days)
        self.fields["days_missed"].choices = days
        if number < 2:
            del self.fields["days_missed"]

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("can_come_every_day") == YES and typed.get("days_missed"):
            self.add_error("days_missed", "You said that you can come every day. Take the ticks away, or change that.")
        return typed

    def filled_in(self) -> dict[str, Any]:
        missed = self.cleaned_data.get("days_missed", [])
        every = self.cleaned_data["can_come_every_day"] == YES
        return {"can_come_every_day": every, "days_missed": [int(number) for number in missed]}


# What to do about each agreement that is needed; photos are a free choice.
NEEDED = {
    Purpose.PRIVACY_NOTICE: "Read how we use your information and tick the box.",
    Purpose.ADULT: "The course is for people who are 18 or over. Tick the box if you are.",
    Purpose.CODE_OF_CONDUCT: "Read the code of conduct and tick the box.",
}
CODE_OF_CONDUCT = (
    "We listen to each other and let each other finish.",
    "We respect each other, also when we disagree.",
    "What somebody tells about themselves stays in the room.",
    "We speak up when something is not right, and ask for help when we need it.",
)


def agreement_name(purpose: str) -> str:
    return f"agrees_{purpose.lower()}"


class AgreementsForm(StepForm):
    """Each on its own, never bundled."""

    agrees_privacy_notice = AgreeField(
        label="I have read how you use my information",
        help_text=format_html(
            'Our <a href="{}" target="_blank" rel="noopener">privacy notice (opens in a new tab)</a> says what we keep, '
            "why, and for how long.",
            "/privacy/",
        ),
    )
    agrees_adult = AgreeField(label="I am 18 or over")
    agrees_code_of_conduct = AgreeField(
        label="I agree to the code of conduct",
        help_text=format_html(
            "<ul>{}</ul>", format_html_join(" ", "<li>{}</li>", ((rule,) for rule in CODE_OF_CONDUCT))
        ),
    )
    agrees_photos = AgreeField(
        label="You may take photos of me and show them (this is your choice)",
        required=False,
        help_text="You can change your mind at any time. It has no effect on your application.",
    )

    def arrange(self) -> None:
        for purpose, sentence in NEEDED.items():
            self.fields[agreement_name(purpose)].error_messages["required"] = sentence

    def filled_in(self) -> dict[str, Any]:
        return {"agreements": [item for item in Purpose if self.cleaned_data.get(agreement_name(item))]}
