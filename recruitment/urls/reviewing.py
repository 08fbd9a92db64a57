"""Reading and scoring, giving out reviews, settling differences."""

from django.urls import URLPattern, path

from recruitment.views import calibration, moderation, reviewers, reviews

mine = "reviews/<slug:reference>/"
who = "cohorts/<slug:slug>/reviewers/"
one = f"{who}<slug:reference>/"
differences = "cohorts/<slug:slug>/differences/"
urls: list[URLPattern] = [
    path("reviews/", reviews.reviews, name="reviews"),
    path(mine, reviews.review, name="review"),
    path(f"{mine}read/", reviews.review_read, name="review-read"),
    path(f"{mine}skip/", reviews.review_skip, name="review-skip"),
    path(f"{mine}conflict/", reviews.review_conflict, name="review-conflict"),
    path(who, reviewers.reviewers, name="reviewers"),
    path(f"{who}deal/", reviewers.deal, name="reviewers-deal"),
    path(f"{who}calibration/", calibration.calibration, name="calibration"),
    path(one, reviewers.of_one, name="reviewers-of"),
    path(f"{one}give/", reviewers.give, name="reviewers-give"),
    path(f"{one}take/", reviewers.take, name="reviewers-take"),
    path(f"{one}conflict/", reviewers.conflict, name="reviewers-conflict"),
    path(f"{one}conflict/forget/", reviewers.forget_conflict, name="reviewers-conflict-forget"),
    path(differences, moderation.moderation, name="moderation"),
    path(f"{differences}<slug:reference>/", moderation.moderate, name="moderate"),
]
