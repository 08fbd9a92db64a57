"""Every address, by the reader's nouns. The rooms keep their own lists in <room>/urls.py."""

from django.conf import settings
from django.urls import include, path

from laypartner import views
from programmes import urls as programmes

# A cohort's overview asks every room, so its view lives up here; its name is "programmes:cohort" all the same.
PROGRAMMES = ([*programmes.urlpatterns, path("cohorts/<slug:slug>/", views.cohort, name="cohort")], "programmes")

urlpatterns = [
    path("", views.home, name="home"),
    path("today/", views.today, name="today"),
    path("", include("laypartner.plain_pages")),
    path("", include("laypartner.gallery")),
    path("", include("laypartner.exchange.urls")),
    path("", include(PROGRAMMES)),
    path("", include("recruitment.urls")),
    path("", include("evaluation.urls")),
    path("", include("reports.urls")),
    path("", include("people.urls")),
    path("account/", include("people.account_urls")),
]
if settings.DEMO:
    urlpatterns += [path("demo/", include("laypartner.demo.urls"))]
