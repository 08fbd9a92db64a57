"""Organisations nominate people; people agree and apply."""

from django.urls import URLPattern

urls: list[URLPattern] = []
