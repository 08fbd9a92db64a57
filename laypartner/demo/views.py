"""The demo's own pages: where to start, becoming somebody else, the mail that would have gone."""

import re
from collections.abc import Callable
from functools import wraps
from itertools import zip_longest
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from core.models import Message
from laypartner.demo import team
from laypartner.demo.files import KENT, LONDON
from people.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LETTERS_A_PAGE = 30
# Where the buttons of the start page lead, as (address name, its arguments). Nobody is sent anywhere else.
PLACES = {
    "applications": ("recruitment:applications", KENT),
    "tables": ("programmes:tables", LONDON),
    "results": ("evaluation:results", LONDON, "immediate"),
    "report": ("reports:report", LONDON),
}
OWN_LINK = re.compile(r"""(https?://(?:127\.0\.0\.1|localhost)(?::\d{1,5})?(/(?:[^\s<>"']*[^\s<>"'.,;:!?)])?))""")


def demo_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open to everybody in the demo; in a real installation there is no such page."""

    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@demo_only
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/start.html", {"kent": KENT})


@demo_only
@require_POST
def become(request: HttpRequest, key: str) -> HttpResponse:
    """Sign the visitor in as one member of the team, without a code, and go `to` one of PLACES; "nobody" signs out."""
    logout(request)
    if key == "nobody":
        return redirect("home")
    if key not in {member.key for member in team.members()}:
        raise Http404
    try:
        login(request, team.account(key), backend=BACKEND)
    except User.DoesNotExist:
        messages.error(request, "The demo's people are not here yet. Run: manage.py load_demo")
        return redirect("demo")
    usual = ("reports:issued" if key == "commissioner" else "today",)
    return redirect(*PLACES.get(request.POST.get("to", ""), usual))


@demo_only
@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    """Every letter, whether it went or not, newest first, with its links and codes."""
    letters = Paginator(Message._default_manager.order_by("-created_at", "-pk"), LETTERS_A_PAGE)
    page = letters.get_page(request.GET.get("page"))
    shown = [{"letter": letter, "parts": parts(letter.text)} for letter in page]
    return render(request, "demo/mail.html", {"page": page, "letters": shown})


def parts(text: str) -> list[dict[str, str]]:
    """The text cut at links to this machine, which lead to this very site. Others stay text: a name must not make one.

    The demo may have been loaded for another port, so any port will do.
    """
    pieces = OWN_LINK.split(text)  # text, link, path, text, link, path, … text
    cut = [{"text": piece, "path": ""} for piece in pieces[::3]]
    links = [{"text": link, "path": path} for link, path in zip(pieces[1::3], pieces[2::3], strict=True)]
    return [part for pair in zip_longest(cut, links) for part in pair if part and part["text"]]
