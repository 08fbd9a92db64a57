"""Addresses of cohort folders. They come before cohorts/<slug>/, so no cohort is called "import"."""

from django.urls import include, path

from laypartner.exchange import views

urlpatterns = [
    path("", include("laypartner.exchange.applications.urls")),
    path("cohorts/import/", views.upload, name="cohort-import"),
    path("cohorts/import/<int:pk>/", views.check, name="cohort-import-check"),
    path("cohorts/import/<int:pk>/confirm/", views.confirm, name="cohort-import-confirm"),
    path("cohorts/import/<int:pk>/discard/", views.discard, name="cohort-import-discard"),
    path("cohorts/<slug:slug>/export/", views.export, name="cohort-export"),
]
