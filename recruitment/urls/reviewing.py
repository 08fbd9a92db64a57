"""Reading and scoring, giving out reviews, settling differences."""

from django.urls import URLPattern, path

from recruitment.views import reviews

urls: list[URLPattern] = [
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/<slug:reference>/", reviews.review, name="review"),
]
