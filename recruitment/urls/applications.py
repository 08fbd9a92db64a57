"""The organiser's list, and one application."""

from django.urls import URLPattern, path

from recruitment.views import application, applications

one = "cohorts/<slug:slug>/applications/<slug:reference>/"
urls: list[URLPattern] = [
    path("cohorts/<slug:slug>/applications/", applications.applications, name="applications"),
    path(one, application.application, name="application"),
]
