"""Reading the call and filling in the form."""

from django.urls import URLPattern, path

from recruitment.views import public

urls: list[URLPattern] = [
    path("apply/<slug:slug>/", public.call, name="apply"),
    path("apply/<slug:slug>/form/", public.apply_form, name="apply-form"),
]
