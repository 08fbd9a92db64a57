"""An applicant's own page, by their link: where things stand, and how we reach them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from core.exceptions import DomainError
from people.services import details
from recruitment.forms.drafting.step import NO, YES
from recruitment.forms.mine import ContactForm
from recruitment.models import Application, PersonalLink
from recruitment.queries.mine import days_of, particulars_of, standing_of
from recruitment.views.gate import applicant_page, behind_a_link


@behind_a_link
@require_safe
def mine(request: HttpRequest, link: PersonalLink, token: str) -> HttpResponse:
    """A form not sent yet goes on at its pages; an application shows where it stands, as far as it has been told."""
    if link.application is None:
        return redirect("recruitment:draft", token)
    return own_page(request, "recruitment/mine.html", link, token)


def own_page(
    request: HttpRequest, template: str, link: PersonalLink, token: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page about one sent application, with what all of them show."""
    application = link.application
    about = {
        "application": application,
        "person": application.person,
        "standing": standing_of(application),
        "reached": particulars_of(application.person),
        "days": days_of(application),
    }
    return applicant_page(request, template, link=link, token=token, status=status, **about | context)


@behind_a_link
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, link: PersonalLink, token: str) -> HttpResponse:
    if link.application is None:
        return redirect("recruitment:mine", token)
    person = link.application.person
    form = ContactForm(request.POST if request.method == "POST" else None, initial=_as_we_have_it(link.application))
    if form.is_valid():
        organisation = person.organisation.name if person.organisation else ""
        kept = {"area": person.area, "organisation_name": organisation}
        try:
            details.change(person=person, by=None, **kept, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "We saved how to reach you.")
            return redirect("recruitment:mine", token)
    status = 422 if form.errors else 200
    return applicant_page(request, "recruitment/mine_contact.html", link=link, token=token, status=status, form=form)


def _as_we_have_it(application: Application) -> dict[str, Any]:
    person, reached = application.person, particulars_of(application.person)
    return {
        "version": person.version,
        "name": person.name,
        "pronunciation": person.pronunciation,
        "preferred": reached.preferred,
        "email": reached.email,
        "phone": reached.phone,
        "post": reached.post,
        "information_format": person.information_format,
        "best_time": person.best_time,
        "may_leave_message": {True: YES, False: NO}.get(person.may_leave_message, ""),
    }
