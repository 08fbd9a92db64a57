"""A day and its slots."""

from core.forms import AgreeField, Form, OneLineField, SelectField, TimeField, WholeNumberField
from programmes.models import Slot
from programmes.services.sessions import LONGEST, SHORTEST


class DayForm(Form):
    submit_label = "Save this day"

    title = OneLineField(max_length=100, label="Title of the day", required=False)
    venue = OneLineField(max_length=200, label="Venue", required=False)
    starts_at = TimeField(label="Start", help_text="Like 9:30am or 14:00.")


class SlotForm(Form):
    submit_label = "Save this slot"

    title = OneLineField(max_length=150, label="Title")
    kind = SelectField(choices=Slot.Kind.choices, label="Kind")
    starts_at = TimeField(label="Start", help_text="Like 9:30am or 14:00.")
    minutes = WholeNumberField(min_value=SHORTEST, max_value=LONGEST, label="Minutes")
    led_by = OneLineField(max_length=150, label="Led by", required=False)
    is_co_delivered = AgreeField(label="Co-delivered by a lay partner or patient leader", required=False)
