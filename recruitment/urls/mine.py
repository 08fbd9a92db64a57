"""What an applicant does by their own link, once the application is sent; and the form on paper."""

from django.urls import URLPattern, path

from recruitment.views import answering, leaving, mine, paper

urls: list[URLPattern] = [
    path("apply/<slug:slug>/form.pdf", paper.form, name="apply-paper"),
    path("application/<str:token>/", mine.mine, name="mine"),
    path("application/<str:token>/contact/", mine.contact, name="mine-contact"),
    path("application/<str:token>/withdraw/", leaving.withdraw, name="mine-withdraw"),
    path("application/<str:token>/return/", leaving.come_back, name="mine-return"),
    path("application/<str:token>/offer/", answering.offer, name="mine-offer"),
    path("application/<str:token>/offer/yes/", answering.accept, name="mine-offer-accept"),
    path("application/<str:token>/offer/no/", answering.decline, name="mine-offer-decline"),
]
