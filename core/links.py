"""Pages behind a personal link: the secret stands in their address, so nothing may learn the address from them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse


def keeps_the_link_secret(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """No page that is opened from here learns the address, no search engine lists it, and no log line holds it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response._has_been_logged = True  # Django logs the address of every answer from 400 upwards
        return response

    guarded.posts_without_origin = True  # core.middleware.CsrfMiddleware: a page without a referrer has none
    return guarded
