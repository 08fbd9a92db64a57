"""Decisions, letters, offers and the reserve list."""

from django.urls import URLPattern, path

from recruitment.views import decisions, undo

one = "cohorts/<slug:slug>/applications/<slug:reference>/"
urls: list[URLPattern] = [
    path("cohorts/<slug:slug>/applications/undo/<int:pk>/", undo.undo, name="undo"),
    path(f"{one}reserve/", decisions.reserve, name="application-reserve"),
    path(f"{one}decline/", decisions.decline, name="application-decline"),
    path(f"{one}reopen/", decisions.reopen, name="application-reopen"),
]
