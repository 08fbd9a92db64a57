"""What an applicant does by their own link, once the application is sent."""

from django.urls import URLPattern, path

from recruitment.views import mine, public

urls: list[URLPattern] = [
    path("apply/<slug:slug>/sent/<uuid:key>/", public.sent, name="sent"),
    path("application/<str:token>/", mine.mine, name="mine"),
]
