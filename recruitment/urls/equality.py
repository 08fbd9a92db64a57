"""Equality questions, kept apart from people."""

from django.urls import URLPattern, path

from recruitment.views import equality

urls: list[URLPattern] = [
    path("apply/<slug:slug>/equality/", equality.equality_form, name="equality-form"),
    path("apply/<slug:slug>/equality/sent/", equality.equality_sent, name="equality-sent"),
    path("apply/<slug:slug>/equality.pdf", equality.equality_paper, name="equality-paper"),
    path("cohorts/<slug:slug>/equality/", equality.equality, name="equality"),
    path("cohorts/<slug:slug>/equality/enter/", equality.equality_enter, name="equality-enter"),
]
