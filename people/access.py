"""The doors of pages: one decorator says who may enter; the query says what they see."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from people.permissions import Permission

View = Callable[..., HttpResponse]


def permission_required(*permissions: Permission) -> Callable[[View], View]:
    """Lets in who holds one of `permissions` somewhere; anybody else gets 404, as if there were no such page."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.get_permissions().intersection(permissions):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.permissions = permissions
        return guarded

    return decorate
