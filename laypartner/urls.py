"""Every address, by the reader's nouns. The rooms keep their own lists in <room>/urls.py."""

from django.conf import settings
from django.urls import include, path

from laypartner import views

urlpatterns = [
    path("", views.home, name="home"),
    path("today/", views.today, name="today"),
    path("", include("laypartner.plain_pages")),
    path("", include("laypartner.gallery")),
    path("", include("laypartner.exchange.urls")),
    path("", include("programmes.urls")),
    path("cohorts/<slug:slug>/", views.cohort, name="cohort"),  # after the addresses that no short name may be
    path("", include("recruitment.urls")),
    path("", include("evaluation.urls")),
    path("", include("reports.urls")),
    path("", include("people.urls")),
    path("account/", include("people.account_urls")),
]
if settings.DEMO:
    urlpatterns += [path("demo/", include("laypartner.demo.urls"))]
