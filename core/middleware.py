"""What happens to every request, whoever asks."""

import logging
import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

Handler = Callable[[HttpRequest], HttpResponse]
request_id: ContextVar[str] = ContextVar("request_id", default="-")
KNOWN_METHODS = {"GET", "HEAD", "POST", "OPTIONS"}


class RequestIdFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


class RequestIdMiddleware:
    """Gives each request a short number; the error page and the log show the same one."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request_id.set(secrets.token_hex(4))
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request_id.get()
            return response
        finally:
            request_id.reset(token)


class RefuseBrokenRequestsMiddleware:
    """Answers 400 to NUL bytes (PostgreSQL would answer 500) and 405 to methods that no page has."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in KNOWN_METHODS:
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD, POST"})
        query = request.META.get("QUERY_STRING", "")
        if "\x00" in request.path_info or "\x00" in query or "%00" in query:
            return render(request, "400.html", status=400)
        return self.get_response(request)


class PrivatePagesMiddleware:
    """No cache, on this machine or between, keeps a page that depends on who is asking."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store, private"
        patch_vary_headers(response, ["Cookie"])
        return response


class CsrfMiddleware(CsrfViewMiddleware):
    """Django's check, for pages too that tell nobody where they are.

    A page with "Referrer-Policy: no-referrer" sends its form with "Origin: null", which Django refuses whatever the token
    says. Views marked with `posts_without_origin` leave the decision to the token.
    """

    def _origin_verified(self, request: HttpRequest) -> bool:
        view = request.resolver_match.func if request.resolver_match else None
        if request.META.get("HTTP_ORIGIN") == "null" and getattr(view, "posts_without_origin", False):
            return True
        return super()._origin_verified(request)
