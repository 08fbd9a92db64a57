from django.apps import AppConfig


class LaypartnerConfig(AppConfig):
    name = "laypartner"
    verbose_name = "Laypartner"
