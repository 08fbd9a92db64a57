"""Decisions, letters, offers and the reserve list."""

from django.urls import URLPattern, path

from recruitment.views import decisions

one = "cohorts/<slug:slug>/applications/<slug:reference>/"
urls: list[URLPattern] = [
    path(f"{one}reserve/", decisions.reserve, name="application-reserve"),
    path(f"{one}decline/", decisions.decline, name="application-decline"),
    path(f"{one}reopen/", decisions.reopen, name="application-reopen"),
]
