"""What a coach sees: who sits at the table on each day. No contact details and nothing about access needs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from people.access import permission_required
from people.permissions import Permission
from programmes import queries
from programmes.models import Table


@require_http_methods(["GET"])
@permission_required(Permission.OWN_TABLE_VIEW)
def my_table(request: HttpRequest) -> HttpResponse:
    """One card a day, the next one first."""
    seen = Table.objects.visible_to(request.user, Permission.OWN_TABLE_VIEW)
    upcoming, past = queries.tables_of_coach(seen, request.user)
    return render(request, "programmes/my_table.html", {"upcoming": upcoming, "past": past})
