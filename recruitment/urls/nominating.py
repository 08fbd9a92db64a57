"""Organisations nominate people; people agree and apply."""

from django.urls import URLPattern, path

from recruitment.views import nominating, nominees

here = "cohorts/<slug:slug>/nominations/"
urls: list[URLPattern] = [
    path(here, nominating.nominations, name="nominations"),
    path(f"{here}ask/", nominating.ask, name="nomination-ask"),
    path(f"{here}<int:pk>/remind/", nominating.remind, name="nomination-remind"),
    path(f"{here}<int:pk>/withdraw/", nominating.withdraw, name="nomination-withdraw"),
    path(f"{here}<int:pk>/enter/", nominating.enter, name="nomination-enter"),
    path(f"{here}people/", nominating.people, name="nominees"),
    path(f"{here}people/<int:pk>/yes/", nominating.said_yes, name="nominee-yes"),
    path(f"{here}people/<int:pk>/no/", nominating.said_no, name="nominee-no"),
    path(f"{here}people/<int:pk>/applied/", nominating.applied, name="nominee-applied"),
    path("nominate/<str:token>/", nominees.nominate, name="nominate"),
    path("nominated/<str:token>/", nominees.nominated, name="nominated"),
    path("nominated/<str:token>/yes/", nominees.yes, name="nominated-yes"),
    path("nominated/<str:token>/no/", nominees.no, name="nominated-no"),
]
