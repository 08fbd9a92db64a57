"""The organiser's list, and one application."""

from django.urls import URLPattern, path

from recruitment.views import application, applications, correcting

one = "cohorts/<slug:slug>/applications/<slug:reference>/"
urls: list[URLPattern] = [
    path("cohorts/<slug:slug>/applications/", applications.applications, name="applications"),
    path("cohorts/<slug:slug>/applications/eligible/", applications.check_several, name="applications-eligible"),
    path(f"{one}eligibility/", application.check_eligibility, name="eligibility"),
    path(f"{one}put-right/", correcting.correct, name="application-correct"),
    path(one, application.application, name="application"),
]
