"""Applications on paper and by telephone, and people who applied twice."""

from django.urls import URLPattern

urls: list[URLPattern] = []
