"""How fields draw themselves."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Widget templates come from the project's template folders."""
