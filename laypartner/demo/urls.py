"""The demo's own pages. laypartner/urls.py includes them only with DEMO=1; the views refuse without it as well."""

from django.urls import path

from laypartner.demo import views

urlpatterns = [
    path("", views.start, name="demo"),
    path("become/<slug:key>/", views.become, name="demo-become"),
    path("mail/", views.mail, name="demo-mail"),
]
