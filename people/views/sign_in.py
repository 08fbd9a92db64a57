"""Sign-in: django-allauth's own steps with our forms and words. What differs from allauth stands here."""

from typing import Any

from allauth.account import views as account
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse

from people import forms
from people.accounts import tell_that_there_is_no_account


class Unusable422:
    """A form that cannot be used comes back with status 422, as on every other page."""

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        response = super().form_invalid(form)
        if response.status_code == 200:
            response.status_code = 422
        return response


class SignIn(Unusable422, account.RequestLoginCodeView):
    form_class = forms.SignInForm

    def form_valid(self, form: BaseForm) -> HttpResponse:
        if form._user is None:
            tell_that_there_is_no_account(form.cleaned_data["email"])
        return super().form_valid(form)


class SignInCode(Unusable422, account.ConfirmLoginCodeView):
    form_class = forms.SignInCodeForm


class SignOut(account.LogoutView):
    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """The browser forgets the pages it kept as well."""
        response = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response


class SecondStep(Unusable422, second_step.AuthenticateView):
    form_class = forms.SecondStepForm


class ConfirmSecondStep(Unusable422, second_step.ReauthenticateView):
    form_class = forms.ConfirmSecondStepForm


class AddApp(Unusable422, app.ActivateTOTPView):
    form_class = forms.AddAppForm

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Whoever typed the app's code a second ago is not asked for it again to see the recovery codes."""
        response = super().form_valid(form)
        _just_proved_it(self.request, "totp")
        return response


class RemoveApp(Unusable422, app.DeactivateTOTPView):
    form_class = forms.RemoveAppForm


class NewRecoveryCodes(Unusable422, recovery_codes.GenerateRecoveryCodesView):
    form_class = forms.NewRecoveryCodesForm


class AddPasskey(Unusable422, passkeys.AddWebAuthnView):
    form_class = forms.AddPasskeyForm

    def form_valid(self, form: BaseForm) -> HttpResponse:
        response = super().form_valid(form)
        _just_proved_it(self.request, "webauthn")
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """allauth drops `form` here when the form came back with an error; without this the error would not show."""
        return super().get_context_data(**kwargs) | kwargs


class RenamePasskey(Unusable422, passkeys.EditWebAuthnView):
    form_class = forms.RenamePasskeyForm


def _just_proved_it(request: HttpRequest, kind: str) -> None:
    record_authentication(request, request.user, "mfa", type=kind, reauthenticated=True)
