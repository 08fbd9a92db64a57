"""The forms of people, roles and sign-in. They hand over clean values and do nothing themselves."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes import forms as recovery
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.core.exceptions import ValidationError
from django.forms import HiddenInput, JSONField

from core.forms import (
    AgreeField,
    ChoiceField,
    EmailField,
    Form,
    LongTextField,
    OneLineField,
    PhoneField,
    WholeNumberField,
)
from people.models import InformationFormat, Route
from people.roles import Role


class DetailsForm(Form):
    """Who a person is and how to reach them."""

    submit_label = "Save details"

    version = WholeNumberField(min_value=1, widget=HiddenInput())
    name = OneLineField(label="Name", max_length=100, error_messages={"required": "Enter the name."})
    area = OneLineField(label="Area where they live", max_length=100, required=False)
    organisation_name = OneLineField(label="Organisation or group", max_length=200, required=False)
    email = EmailField(label="Email address", required=False)
    phone = PhoneField(label="Telephone", required=False)
    post = LongTextField(label="Postal address", max_length=254, rows=4, required=False)
    preferred = ChoiceField(label="Best way to reach them", choices=Route.choices)
    information_format = ChoiceField(label="How they need to get information", choices=InformationFormat.choices)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        preferred, needed = values.get("preferred"), {Route.EMAIL: "email", Route.PHONE: "phone"}
        field = needed.get(preferred, "")
        if field and field not in self.errors and not values.get(field):
            self.add_error(field, f"Enter this, or choose another best way than “{Route(preferred).label}”.")
        return values


SCOPES = (("cohort", "This cohort only"), ("programme", "The whole programme, with all its cohorts"))


ROLE_HINTS = {
    Role.ADMINISTRATOR: "Everything an organiser does, and gives roles.",
    Role.ORGANISER: "Runs the cohort from the call to the report.",
    Role.ACCESS_LEAD: "Sees who takes part and what they need.",
    Role.REVIEWER: "Scores applications without names.",
    Role.MODERATOR: "Sees all scores and decides with the organiser.",
    Role.COACH: "Sees the people at their own table.",
    Role.EVALUATOR: "Enters forms, sees results, writes the report.",
    Role.COMMISSIONER: "Reads issued reports, nothing else.",
}


class RoleForm(Form):
    """Who gets which role, and for how much."""

    submit_label = "Give this role"

    name = OneLineField(label="Name", max_length=100, error_messages={"required": "Enter the name."})
    email = EmailField(label="Email address", help_text="They sign in with it. We write to them.")
    role = ChoiceField(label="Role", choices=Role.choices, hints=ROLE_HINTS, small=True)
    scope = ChoiceField(label="For", choices=SCOPES, small=True)

    def __init__(self, *args: Any, may_give_programme: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_give_programme:
            self.fields["scope"].choices = SCOPES[:1]
            self.fields["scope"].initial = "cohort"


# --- sign-in: django-allauth's own forms with our fields -----------------------------------------------------
def code_field(label: str, help_text: str = "") -> OneLineField:
    field = OneLineField(
        label=label, help_text=help_text, max_length=20, error_messages={"required": f"Enter the {label.lower()}"}
    )
    field.widget.attrs |= {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
    return field


class SignInForm(Form, account.RequestLoginCodeForm):
    submit_label = "Send me a code"

    email = EmailField(label="Email address", error_messages={"required": "Enter the email address that you gave us"})


class SignInCodeForm(Form, account.ConfirmLoginCodeForm):
    submit_label = "Sign in"

    code = code_field("Code from the email", "6 digits. It works for 10 minutes, in this browser only.")


class SecondStepForm(Form, mfa.AuthenticateForm):
    submit_label = "Sign in"

    code = code_field("Code from your app", "Or one of your recovery codes.")


class ConfirmSecondStepForm(Form, mfa.ReauthenticateForm):
    submit_label = "Go on"

    code = code_field("Code from your app", "Or one of your recovery codes.")


class AddAppForm(Form, totp.ActivateTOTPForm):
    submit_label = "Switch it on"

    code = code_field("Code from your app", "6 digits. They change every 30 seconds.")


class RemoveAppForm(Form, totp.DeactivateTOTPForm):
    submit_label = "Remove the app"


class NewRecoveryCodesForm(Form, recovery.GenerateRecoveryCodesForm):
    submit_label = "Make new codes"


NO_PASSKEY = ValidationError("Your browser did not send the passkey. Try again.", code="invalid")


class CredentialField(JSONField):
    """What the browser says of a passkey. Django's field refuses what is not JSON and falls over numbers without end."""

    widget = HiddenInput

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (ValueError, RecursionError):
            raise NO_PASSKEY from None

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Nothing is shown again: a passkey is made anew."""
        return ""


class CheckedPasskey:
    """The library trusts the shape of what it is sent; somebody posing as a browser may send any."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()
        except (KeyError, TypeError, ValueError, AttributeError):
            raise NO_PASSKEY from None


class AddPasskeyForm(Form, webauthn.AddWebAuthnForm):
    """Sent by assets/passkeys.js once the browser has made the key."""

    submit_label = "Add this passkey"

    credential = CredentialField()
    name = OneLineField(label="Name of this passkey", max_length=100, help_text="For example: my work laptop.")
    passwordless = AgreeField(
        label="I want to sign in with it without waiting for an emailed code",
        help_text="Your device then asks for your PIN, fingerprint or face.",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except (KeyError, TypeError, ValueError, AttributeError):
            raise NO_PASSKEY from None


class PasskeySignInForm(CheckedPasskey, webauthn.LoginWebAuthnForm):
    credential = CredentialField()


class PasskeySecondStepForm(CheckedPasskey, webauthn.AuthenticateWebAuthnForm):
    credential = CredentialField()


class PasskeyConfirmForm(CheckedPasskey, webauthn.ReauthenticateWebAuthnForm):
    credential = CredentialField()


class RenamePasskeyForm(Form, webauthn.EditWebAuthnForm):
    submit_label = "Save name"

    name = OneLineField(label="Name of this passkey", max_length=100)
