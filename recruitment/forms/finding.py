"""Coming back: the address for a lost link, and the code for another browser."""

from django.core.exceptions import ValidationError

from core.forms import EmailField, Form, OneLineField
from core.forms.texts import plain_digits


class LostLinkForm(Form):
    submit_label = "Send me the link"

    email = EmailField(
        label="Email address",
        help_text="The one that you gave in your application.",
        error_messages={"required": "Enter your email address."},
    )


class CodeForm(Form):
    submit_label = "Go on"

    code = OneLineField(
        label="Code",
        max_length=20,
        help_text="Six digits, like 123456.",
        error_messages={"required": "Enter the code from the email."},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {
            "inputmode": "numeric",
            "autocomplete": "one-time-code",
            "class": "nhsuk-input--width-10",
            "spellcheck": "false",
        }

    def clean_code(self) -> str:
        """Blanks and hyphens between the digits are as good as none."""
        code = plain_digits(self.cleaned_data["code"]).replace(" ", "").replace("-", "")
        if len(code) != 6 or not code.isdigit():
            raise ValidationError("Enter the six digits from the email.")
        return code
