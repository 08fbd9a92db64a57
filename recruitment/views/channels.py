"""The ways by which people hear of a call: add, change, remove."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from core.pages import form_page
from people.access import permission_required
from people.permissions import Permission
from recruitment.channel_list import tracked_link
from recruitment.forms.setting_up import ChannelForm
from recruitment.models import Channel
from recruitment.queries.setting_up import channels_with_figures
from recruitment.services import setting_up
from recruitment.views.setting_up import find_cohort


@permission_required(Permission.RECRUITMENT_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def channel_add(request: HttpRequest, slug: str) -> HttpResponse:
    cohort = find_cohort(request, slug)
    form = ChannelForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            channel = setting_up.add_channel(cohort=cohort, by=request.user, **form.cleaned_data)
        except setting_up.CodeTaken as refusal:
            form.add_error("code", refusal.sentence)
        else:
            messages.success(request, f"{channel.name} is added. Its link is {tracked_link(channel)}")
            return redirect(_channels(slug))
    form.cancel_url = _channels(slug)
    return form_page(request, "recruitment/channel.html", form, cohort=cohort, tab="applications")


@permission_required(Permission.RECRUITMENT_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def channel_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    channel = _find(request, slug, pk)
    form = ChannelForm(request.POST, is_new=False) if request.method == "POST" else ChannelForm.of(channel)
    if form.is_valid():
        setting_up.change_channel(channel=channel, by=request.user, **form.cleaned_data)
        messages.success(request, f"{channel.name} is saved.")
        return redirect(_channels(slug))
    form.cancel_url = _channels(slug)
    return form_page(request, "recruitment/channel.html", form, **_context(channel))


@permission_required(Permission.RECRUITMENT_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def channel_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """GET asks, and says how many applications came by this channel; POST removes it."""
    channel = _find(request, slug, pk)
    if request.method == "POST":
        setting_up.remove_channel(channel=channel, by=request.user)
        messages.success(request, f"{channel.name} is removed.")
        return redirect(_channels(slug))
    return render(request, "recruitment/channel_remove.html", _context(channel))


def _find(request: HttpRequest, slug: str, pk: int) -> Channel:
    mine = Channel.objects.visible_to(request.user).filter(cohort__slug=slug).select_related("cohort")
    return get_object_or_404(channels_with_figures(mine), pk=pk)


def _context(channel: Channel) -> dict[str, Any]:
    return {"channel": channel, "link": tracked_link(channel), "cohort": channel.cohort, "tab": "applications"}


def _channels(slug: str) -> str:
    return f"{reverse('recruitment:settings', args=[slug])}#channels"
