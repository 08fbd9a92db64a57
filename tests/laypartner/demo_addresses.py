"""The addresses of an installation with DEMO=1, which the settings of a test run cannot be."""

from django.urls import include, path

from laypartner.urls import urlpatterns as real

urlpatterns = [*real, path("demo/", include("laypartner.demo.urls"))]
