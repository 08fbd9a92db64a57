"""The door of an applicant's own pages: the link leads there, and a browser that we do not know asks for a code.

A link that was forwarded or found in somebody's mail opens nothing by itself (trust.md T02).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from core.links import keeps_the_link_secret
from core.tokens import hash_of
from programmes.models import Cohort
from recruitment.models import Application, Draft, PersonalLink

NO_LETTER = (
    "Saved. We have sent several links already, so we send no more for now. Ask for your link later, or call us."
)
OPENED = "opened_applications"
MOST_OPENED = 20
# What a form sends that nobody typed.
NOT_TYPED = {"csrfmiddlewaretoken", "key", "add", "remove", "again", "to"}


def link_of(token: str) -> PersonalLink | None:
    """The link with this secret and what it leads to. One query."""
    return (
        PersonalLink.objects.by_token(hash_of(token))
        .select_related("draft__cohort__programme", "application__cohort__programme", "application__person")
        .first()
    )


def thing_behind(link: PersonalLink) -> Draft | Application:
    return link.draft or link.application


def cohort_behind(link: PersonalLink) -> Cohort:
    return thing_behind(link).cohort


def remember(request: HttpRequest, key: UUID) -> None:
    """From now on this browser may open the draft, and later the application, with this key."""
    known = [opened for opened in opened_keys(request) if opened != str(key)]
    request.session[OPENED] = [*known, str(key)][-MOST_OPENED:]


def opened_keys(request: HttpRequest) -> list[str]:
    return request.session.get(OPENED, [])


def is_known(request: HttpRequest, key: UUID) -> bool:
    return str(key) in opened_keys(request)


def with_a_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For views of (request, link, token, …) that decide themselves what a browser without a code may do.

    An unknown link gets a kind 404, with whatever was typed to copy. Times are on the cohort's clock.
    """

    @login_not_required
    @keeps_the_link_secret
    @wraps(view)
    def guarded(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
        link = link_of(token)
        if link is None:
            return _unknown(request)
        with timezone.override(cohort_behind(link).zone):
            return view(request, link, token, *args, **kwargs)

    guarded.posts_without_origin = True
    return guarded


def behind_a_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For views of (request, link, token, …): an unknown link gets a kind 404, an unknown browser the page of the code."""

    @with_a_link
    @wraps(view)
    def guarded(request: HttpRequest, link: PersonalLink, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_known(request, thing_behind(link).key):
            return ask_for_code(request, link, token)
        return view(request, link, token, *args, **kwargs)

    return guarded


def ask_for_code(request: HttpRequest, link: PersonalLink, token: str, **context: Any) -> HttpResponse:
    """The page that offers to send a code. It shows nothing personal, not even where the code goes."""
    to = request.resolver_match.kwargs.get("step", "") if request.resolver_match else ""
    return applicant_page(request, "recruitment/link_code.html", link=link, token=token, **{"to": to, **context})


def applicant_page(
    request: HttpRequest, template: str, *, link: PersonalLink, token: str, status: int = 200, **context: Any
) -> HttpResponse:
    """A page behind a personal link, with what all of them say: whose course it is and how to get help."""
    words = {"cohort": cohort_behind(link), "token": token, "is_demo": False, "in_demo": settings.DEMO, **context}
    return render(request, template, words, status=status)


def may_write_to(request: HttpRequest, email: str) -> bool:
    """Whether a letter with a link may go: nobody uses us to fill a stranger's mailbox."""
    return bool(email) and ratelimit.consume(request, action="draft_letter", key=email)


def _unknown(request: HttpRequest) -> HttpResponse:
    typed = [
        text
        for name, texts in request.POST.lists()
        if name not in NOT_TYPED
        for text in texts
        if text.strip() and (" " in text or "@" in text)
    ]
    words = {"typed": typed, "is_demo": False, "in_demo": settings.DEMO}
    return render(request, "recruitment/link_unknown.html", words, status=404)
