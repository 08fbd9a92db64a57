"""How a cohort recruits: its rules, its channels, and how far it has got."""

from django.urls import URLPattern, path

from recruitment.views import channels, funnel, setting_up

here = "cohorts/<slug:slug>/applications/"
urls: list[URLPattern] = [
    path(f"{here}settings/", setting_up.settings, name="settings"),
    path(f"{here}settings/copy/", setting_up.settings_copy, name="settings-copy"),
    path(f"{here}channels/new/", channels.channel_add, name="channel-add"),
    path(f"{here}channels/<int:pk>/", channels.channel_edit, name="channel-edit"),
    path(f"{here}channels/<int:pk>/remove/", channels.channel_remove, name="channel-remove"),
    path(f"{here}funnel/", funnel.funnel, name="funnel"),
]
