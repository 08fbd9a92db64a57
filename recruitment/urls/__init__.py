"""Every address of recruitment, by who uses it."""

from django.urls import URLPattern

from recruitment.urls import (
    applications,
    deciding,
    drafting,
    entering,
    equality,
    mine,
    nominating,
    reviewing,
    setting_up,
)

app_name = "recruitment"
urlpatterns: list[URLPattern] = [
    *drafting.urls,
    *mine.urls,
    *equality.urls,
    *nominating.urls,
    # the organiser's own addresses come before those of one application, whose reference could be any word
    *entering.urls,
    *deciding.urls,
    *setting_up.urls,
    *reviewing.urls,
    *applications.urls,
]
