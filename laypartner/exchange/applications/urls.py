"""Addresses of bringing in applications. They come before those of one application, whose reference could be any word."""

from django.urls import path

from laypartner.exchange.applications import views

all_rows = "cohorts/<slug:slug>/applications/import/"
urlpatterns = [
    path(all_rows, views.upload, name="applications-import"),
    path(f"{all_rows}template.csv", views.template, name="applications-import-template"),
    path(f"{all_rows}<int:pk>/", views.check, name="applications-import-check"),
    path(f"{all_rows}<int:pk>/confirm/", views.confirm, name="applications-import-confirm"),
    path(f"{all_rows}<int:pk>/discard/", views.discard, name="applications-import-discard"),
    path(f"{all_rows}<int:pk>/failed/", views.failed, name="applications-import-failed"),
]
