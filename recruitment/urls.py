from django.urls import URLPattern, path

from recruitment.views import application, applications, decisions, public, reviews

app_name = "recruitment"

public_urls = [
    path("apply/<slug:slug>/", public.call, name="apply"),
    path("apply/<slug:slug>/form/", public.apply_form, name="apply-form"),
    path("apply/<slug:slug>/sent/<uuid:key>/", public.sent, name="sent"),
]
one = "cohorts/<slug:slug>/applications/<slug:reference>/"
organiser_urls = [
    path("cohorts/<slug:slug>/applications/", applications.applications, name="applications"),
    path("cohorts/<slug:slug>/applications/accept/", applications.accept_selected, name="applications-accept"),
    path(one, application.application, name="application"),
    path(f"{one}scores/", application.save_scores, name="application-score"),
    path(f"{one}accept/", decisions.accept, name="application-accept"),
    path(f"{one}reserve/", decisions.reserve, name="application-reserve"),
    path(f"{one}decline/", decisions.decline, name="application-decline"),
    path(f"{one}reopen/", decisions.reopen, name="application-reopen"),
]
reviewer_urls = [
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/<slug:reference>/", reviews.review, name="review"),
]
urlpatterns: list[URLPattern] = public_urls + organiser_urls + reviewer_urls
