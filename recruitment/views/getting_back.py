"""The way back: a code for a browser that we do not know, and a lost link."""

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from core import codes
from core.pages import form_page
from core.tokens import hash_of
from recruitment import queries
from recruitment.forms.finding import CodeForm, LostLinkForm
from recruitment.models import PersonalLink
from recruitment.services import finding
from recruitment.steps import CHECK, step_named
from recruitment.views.gate import applicant_page, ask_for_code, remember, thing_behind, with_a_link

TOO_OFTEN = "We have sent several codes already. Wait an hour, or call us."
WRONG = "This code is not right. Look at the newest email, and type the six digits again."
DEAD = "This code does not work any more: it lasts ten minutes and three tries. Ask for a new one below."


@with_a_link
@require_POST
def mine_code(request: HttpRequest, link: PersonalLink, token: str) -> HttpResponse:
    """Send a code to the address behind the link, whoever asks: it helps only whoever reads that mail."""
    thing, to = thing_behind(link), _step(request.POST.get("to", ""))
    if not ratelimit.consume(request, action="applicant_code", key=finding.code_key(thing)):
        return ask_for_code(request, link, token, refusal=TOO_OFTEN, to=to, status=429)
    if not finding.send_code(thing=thing):
        return ask_for_code(request, link, token, has_no_address=True, to=to)
    return redirect(_entry(token, to))


@with_a_link
@require_http_methods(["GET", "HEAD", "POST"])
def mine_code_enter(request: HttpRequest, link: PersonalLink, token: str) -> HttpResponse:
    """Type the code; the right one lets this browser in."""
    thing, to = thing_behind(link), _step(request.GET.get("to", ""))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key = finding.code_key(thing)
        was_alive = codes.is_alive(key)
        if codes.is_right(key, form.cleaned_data["code"]):
            remember(request, thing.key)
            return _go_on(link, token, to)
        form.add_error("code", WRONG if was_alive and codes.is_alive(key) else DEAD)
    status = 422 if form.is_bound else 200
    return applicant_page(
        request, "recruitment/link_code_enter.html", link=link, token=token, status=status, form=form, to=to
    )


def _go_on(link: PersonalLink, token: str, to: str) -> HttpResponse:
    if link.draft and to:
        return redirect("recruitment:draft-step", token, to)
    return redirect("recruitment:draft" if link.draft else "recruitment:mine", token)


def _entry(token: str, to: str) -> str:
    return reverse("recruitment:mine-code-enter", args=[token]) + (f"?{urlencode({'to': to})}" if to else "")


def _step(slug: str) -> str:
    """The page that somebody was on the way to, or "" for anything that is no page of the form."""
    return slug if slug == CHECK or step_named(slug) else ""


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def lost_link(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the link again. The answer is the same for every address; the letter says what there is (trust.md T04)."""
    cohort = get_object_or_404(queries.announced(), slug=slug)
    form = LostLinkForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return form_page(request, "recruitment/lost_link.html", form, cohort=cohort)
    if not ratelimit.consume(request, action="lost_link"):
        form.add_error(None, "Somebody asked too often from here. Wait an hour, or call us.")
        return form_page(request, "recruitment/lost_link.html", form, cohort=cohort)
    email = form.cleaned_data["email"]
    # Beyond the limit for one address the answer stays the same, and no further letter goes.
    if ratelimit.consume(request, action="lost_link_address", key=hash_of(f"{cohort.pk}:{email}")):
        finding.send_lost_links(cohort=cohort, email=email)
    return render(request, "recruitment/lost_link_sent.html", {"cohort": cohort})
