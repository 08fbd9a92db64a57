"""The one place where text of our own making becomes HTML as it stands. What people typed never comes here."""

from django.utils.safestring import SafeString, mark_safe


def ours(text: str) -> SafeString:
    """A drawing from core/charts.py, which has escaped every word in it, a stylesheet from our own files, or a bare tag."""
    return mark_safe(text)
