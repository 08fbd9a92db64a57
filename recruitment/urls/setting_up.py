"""How a cohort recruits: its rules, its channels, and how far it has got."""

from django.urls import URLPattern

urls: list[URLPattern] = []
