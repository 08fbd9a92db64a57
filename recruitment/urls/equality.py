"""Equality questions, kept apart from people."""

from django.urls import URLPattern

urls: list[URLPattern] = []
