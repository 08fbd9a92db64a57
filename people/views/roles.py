"""Who may do what in a cohort: the list, giving a role, taking one away."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from core.exceptions import DomainError
from core.pages import form_page
from core.tables import Column, Filter, Table
from people import queries
from people.access import permission_required
from people.forms import RoleForm
from people.models import RoleAssignment
from people.permissions import Permission
from people.roles import Role
from people.services import roles as service


def _cohort(request: HttpRequest, slug: str) -> Any:
    mine = queries.cohorts_of(request.user, Permission.ROLES_MANAGE)
    return get_object_or_404(mine.select_related("programme"), slug=slug)


def roles_table(request: HttpRequest, cohort: Any) -> Table:
    return Table(
        name="roles",
        caption=f"Roles in {cohort.title}",
        columns=[
            Column("name", "Name", lambda row: row.user.name, ("user__name",), is_heading=True),
            Column("email", "Email address", lambda row: row.user.email, ("user__email",)),
            Column("role", "Role", lambda row: row.get_role_display(), ("role",)),
            Column("scope", "For", lambda row: "The whole programme" if row.programme_id else "This cohort"),
            Column("take", "Take away", template="people/_take.html", kind="action"),
        ],
        rows=queries.assignments_in(cohort),
        params=request.GET,
        search=("user__name", "user__email"),
        filters=[Filter("role", "Role", Role.choices, "role")],
        default_sort="name",
    )


@require_http_methods(["GET", "POST"])
@permission_required(Permission.ROLES_MANAGE)
def roles(request: HttpRequest, slug: str) -> HttpResponse:
    """The list of roles, and beneath it the form that gives one."""
    cohort = _cohort(request, slug)
    manages_programme = queries.programme_is_managed_by(request.user, cohort.programme)
    form = RoleForm(request.POST or None, may_give_programme=manages_programme)
    if form.is_valid() and _give(request, cohort, form):
        return redirect("people:roles", cohort.slug)
    table = roles_table(request, cohort)
    for_template = {"cohort": cohort, "tab": "settings", "table": table, "manages_programme": manages_programme}
    return table.export() or form_page(request, "people/roles.html", form, **for_template)


def _give(request: HttpRequest, cohort: Any, form: RoleForm) -> bool:
    """Whether the role was given; if not, the form says why."""
    values = form.cleaned_data
    scope = cohort.programme if values["scope"] == "programme" else cohort
    try:
        given = service.give(
            email=values["email"], name=values["name"], role=values["role"], scope=scope, by=request.user
        )
    except DomainError as refusal:
        form.add_error("email", refusal.sentence)
        return False
    messages.success(request, f"{given.user.name} now has the role “{given.get_role_display()}”. We wrote to them.")
    return True


@require_http_methods(["GET", "POST"])
@permission_required(Permission.ROLES_MANAGE)
def take(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """GET asks, POST takes away. A role of the whole programme is taken away by who looks after the programme."""
    cohort = _cohort(request, slug)
    assignment: RoleAssignment = get_object_or_404(queries.assignments_in(cohort), pk=pk)
    if assignment.programme_id and not queries.programme_is_managed_by(request.user, cohort.programme):
        messages.error(request, "This role is for the whole programme. Ask an administrator of the programme.")
        return redirect("people:roles", cohort.slug)
    if request.method == "GET":
        return render(request, "people/take.html", {"cohort": cohort, "tab": "settings", "assignment": assignment})
    try:
        service.take(assignment=assignment, by=request.user)
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"{assignment.user.name} is no longer {assignment.get_role_display().lower()}.")
    return redirect("people:roles", cohort.slug)
