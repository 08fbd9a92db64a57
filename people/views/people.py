"""Finding a person, and everything about one person on one page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from core.exceptions import DomainError
from core.pages import form_page
from core.tables import Column, Filter, Table
from people import queries
from people.access import permission_required
from people.forms import DetailsForm
from people.models import InformationFormat, Person, Route
from people.permissions import Permission
from people.services import details

PREFERRED = dict(Route.choices)


def _cohorts(person: Person) -> str | None:
    places = [f"{place.cohort.title} ({place.ref})" for place in person.visible_places]
    return ", ".join([*places, *(f"{coaching.cohort.title} (coach)" for coaching in person.visible_coachings)]) or None


def people_table(request: HttpRequest) -> Table:
    rows = queries.with_addresses(Person.objects.visible_to(request.user)).select_related("organisation")
    return Table(
        name="people",
        caption="People of your cohorts",
        columns=[
            Column("name", "Name", lambda row: row.name, ("name",), "people/_name.html", is_heading=True),
            Column("area", "Area", lambda row: row.area or None, ("area",)),
            Column("organisation", "Organisation", lambda row: row.organisation, ("organisation__name",)),
            Column("cohorts", "Cohorts", _cohorts),
            Column("email", "Email address", lambda row: row.email or None, ("email",)),
            Column("phone", "Telephone", lambda row: row.phone or None, (), "people/_phone.html"),
            Column("preferred", "Best way", lambda row: PREFERRED.get(row.preferred, "")),
        ],
        rows=queries.with_cohorts(rows, request.user),
        params=request.GET,
        search=("name", "area", "organisation__name", "email", "phone"),
        search_label="Search by name, area, organisation, email or telephone",
        filters=[
            Filter("way", "Best way", Route.choices, "preferred"),
            Filter("format", "Information format", InformationFormat.choices, "information_format"),
        ],
        default_sort="name",
        empty="Nobody matches. People appear here once they apply, take part or coach.",
    )


@require_safe
@permission_required(Permission.PEOPLE_VIEW)
def search(request: HttpRequest) -> HttpResponse:
    table = people_table(request)
    return table.export() or render(request, "people/search.html", {"table": table})


@require_safe
@permission_required(Permission.PEOPLE_VIEW)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Person.objects.visible_to(request.user).select_related("organisation"), pk=pk)
    return render(request, "people/person.html", {"page": queries.person_page(found, request.user)})


@require_http_methods(["GET", "POST"])
@permission_required(Permission.PEOPLE_EDIT)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Person.objects.visible_to(request.user, Permission.PEOPLE_EDIT), pk=pk)
    form = DetailsForm(request.POST or None, initial=_initial(found))
    if form.is_valid():
        try:
            details.change(person=found, by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"We saved the details of {form.cleaned_data['name']}.")
            return redirect(found)
    return form_page(request, "people/edit.html", form, person=found)


def _initial(person: Person) -> dict[str, object]:
    routes = {route.kind: route for route in person.contact_routes.all()}
    values = {kind: routes[kind].value if kind in routes else "" for kind in Route.values}
    return {
        "name": person.name,
        "area": person.area,
        "organisation_name": person.organisation.name if person.organisation else "",
        "email": values[Route.EMAIL],
        "phone": values[Route.PHONE],
        "post": values[Route.POST],
        "preferred": next((kind for kind, route in routes.items() if route.is_preferred), Route.EMAIL),
        "information_format": person.information_format,
        "version": person.version,
    }
