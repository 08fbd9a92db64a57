"""The addresses of sign-in: the wanted ones of django-allauth. What is not here does not exist:
no sign-up, no passwords, no change of address, no social accounts.
"""

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.webauthn import views as passkeys
from django.urls import include, path

from people.views import sign_in

passkey_urls = [
    path("", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("add/", sign_in.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("sign-in/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("confirm/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("<int:pk>/name/", sign_in.RenamePasskey.as_view(), name="mfa_edit_webauthn"),
    path("<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
]
second_step_urls = [
    path("", second_step.index, name="mfa_index"),
    path("code/", sign_in.SecondStep.as_view(), name="mfa_authenticate"),
    path("confirm/", sign_in.ConfirmSecondStep.as_view(), name="mfa_reauthenticate"),
    path("app/add/", sign_in.AddApp.as_view(), name="mfa_activate_totp"),
    path("app/remove/", sign_in.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", sign_in.NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("recovery-codes/download/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("passkeys/", include(passkey_urls)),
]
urlpatterns = [
    # Two names, one page: Django and allauth each ask for theirs.
    path("sign-in/", sign_in.SignIn.as_view(), name="account_login"),
    path("sign-in/", sign_in.SignIn.as_view(), name="account_request_login_code"),
    path("sign-in/code/", sign_in.SignInCode.as_view(), name="account_confirm_login_code"),
    path("sign-out/", sign_in.SignOut.as_view(), name="account_logout"),
    path("closed/", account.account_inactive, name="account_inactive"),
    path("second-step/", include(second_step_urls)),
]
