"""The letters before they go: read, edited, released."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.exceptions import DomainError
from core.pages import form_page
from people.access import permission_required
from people.permissions import Permission
from programmes.models import Cohort
from recruitment import queries
from recruitment.emails import WORDING_KINDS, Words, words_of
from recruitment.forms import OneLetterForm, WordsForm
from recruitment.models import LetterWording, PendingDecision
from recruitment.places import places_of
from recruitment.queries.letters import (
    Letter,
    fingerprint,
    for_letters,
    letters_of,
    sample_letter,
    values_for,
    ways_of,
    wordings_of,
    words_for,
)
from recruitment.sentences import people
from recruitment.services import releasing, wording
from recruitment.services.offering import usual_reply_by
from recruitment.views.decisions import SHOWN, fetch_cohort, mine
from recruitment.wordings import NAMES

Kind, Outcome = LetterWording.Kind, PendingDecision.Outcome
OUTCOMES = {kind: outcome for outcome, kind in WORDING_KINDS.items()}


@permission_required(Permission.APPLICATION_DECIDE)
@require_safe
def letters(request: HttpRequest, slug: str) -> HttpResponse:
    cohort = fetch_cohort(request, slug)
    rows, wordings = list(for_letters(_pending(request, cohort))), wordings_of(cohort)
    shown = letters_of(rows, wordings, usual_reply_by(cohort, timezone.now()))
    own = set(cohort.letter_wordings.values_list("kind", flat=True))
    groups = [_group(kind, [one for one in shown if WORDING_KINDS[one.pending.outcome] == kind], own) for kind in Kind]
    context = {
        "cohort": cohort,
        "tab": "applications",
        "groups": groups,
        "count": len(shown),
        "blocked": sum(bool(letter.in_the_way) for letter in shown),
        "ways": ways_of(shown),
        "places": places_of(cohort),
        "offers": sum(row.outcome == Outcome.ACCEPT for row in rows),
        "seen": fingerprint(rows, wordings),
        "pause": int(releasing.PAUSE.total_seconds() // 60),
        "bulk_actions": queries.latest_bulk_actions(cohort, kinds=SHOWN),
    }
    return render(request, "recruitment/letters.html", context)


def _pending(request: HttpRequest, cohort: Cohort) -> QuerySet[PendingDecision]:
    visible = PendingDecision.objects.visible_to(request.user, Permission.APPLICATION_DECIDE)
    return visible.filter(application__cohort=cohort)


def _group(kind: str, shown: list[Letter], own: set[str]) -> dict[str, object]:
    return {"kind": kind, "label": Kind(kind).label, "letters": shown, "is_own": kind in own}


@permission_required(Permission.APPLICATION_DECIDE)
@require_POST
def release(request: HttpRequest, slug: str) -> HttpResponse:
    cohort = fetch_cohort(request, slug)
    try:
        action = releasing.release(cohort=cohort, seen=request.POST.get("seen", ""), by=request.user)
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        minutes = int(releasing.PAUSE.total_seconds() // 60)
        messages.success(
            request,
            f"Released: {action.summary}. The letters to {people(len(action.items))} go out in {minutes} minutes. "
            "Until then “Undo” holds all of them back.",
        )
    return redirect("recruitment:letters", slug)


@permission_required(Permission.APPLICATION_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def wording_edit(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The cohort's words for one kind of letter, and how they read for a real person."""
    cohort, kind = fetch_cohort(request, slug), _kind(kind)
    own = LetterWording.objects.visible_to(request.user).filter(cohort=cohort, kind=kind).first()
    outcome = OUTCOMES[kind]
    words = words_of(own, outcome)
    initial = {"subject": words.subject, "text": words.text, "version": own.version if own else 0}
    typed = request.POST if request.method == "POST" else None
    form = WordsForm(typed, initial=initial, is_offer=kind == Kind.OFFER)
    if form.is_valid():
        words = Words(form.cleaned_data["subject"], form.cleaned_data["text"])
        if "preview" not in request.POST and _save(request, form, cohort, kind, words):
            messages.success(request, f"Saved: the words for “{kind.label}”.")
            return redirect("recruitment:letters", slug)
    context = {
        "cohort": cohort,
        "tab": "applications",
        "kind": kind,
        "is_own": own is not None,
        "names": NAMES,
        "sample": sample_letter(
            _pending(request, cohort),
            mine(request, cohort),
            outcome=outcome,
            words=words,
            reply_by=usual_reply_by(cohort, timezone.now()),
        ),
    }
    return form_page(request, "recruitment/wording_edit.html", form, **context)


def _save(request: HttpRequest, form: WordsForm, cohort: Cohort, kind: str, words: Words) -> bool:
    version = form.cleaned_data["version"]
    try:
        wording.change(cohort=cohort, kind=kind, words=words, version=version, by=request.user)
    except DomainError as refusal:
        form.add_error(None, refusal.sentence)
        return False
    return True


@permission_required(Permission.APPLICATION_DECIDE)
@require_POST
def wording_back(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Our words again instead of the cohort's."""
    cohort, kind = fetch_cohort(request, slug), _kind(kind)
    wording.back_to_ours(cohort=cohort, kind=kind, by=request.user)
    messages.success(request, f"“{kind.label}” is in our words again.")
    return redirect("recruitment:letters", slug)


@permission_required(Permission.APPLICATION_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def letter_edit(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """One person's letter: as it will go, and the words to change."""
    cohort = fetch_cohort(request, slug)
    row = get_object_or_404(for_letters(_pending(request, cohort)), application__reference=reference)
    wordings, reply_by = wordings_of(cohort), usual_reply_by(cohort, timezone.now())
    (letter,) = letters_of([row], wordings, reply_by)
    start = words_for(row, wordings).filled(values_for(row))
    initial = {"subject": start.subject, "text": start.text, "version": wording.version_of(row)}
    form = OneLetterForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        is_offer=row.outcome == Outcome.ACCEPT,
        name=row.application.person.name,
    )
    if form.is_valid():
        words = Words(form.cleaned_data["subject"], form.cleaned_data["text"])
        try:
            wording.edit_letter(row=row, words=words, version=form.cleaned_data["version"], by=request.user)
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"The letter to {row.application.person.name} is changed.")
            return redirect("recruitment:letters", slug)
    context = {"cohort": cohort, "tab": "applications", "letter": letter, "application": row.application}
    return form_page(request, "recruitment/letter_edit.html", form, **context)


@permission_required(Permission.APPLICATION_DECIDE)
@require_POST
def letter_back(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """The cohort's words again instead of this letter's own."""
    cohort = fetch_cohort(request, slug)
    row = get_object_or_404(for_letters(_pending(request, cohort)), application__reference=reference)
    wording.letter_back(row=row, by=request.user)
    messages.success(request, f"The letter to {row.application.person.name} is in the cohort’s words again.")
    return redirect("recruitment:letters", slug)


def _kind(kind: str) -> Kind:
    """The address says "offer"; anything else is not found."""
    if kind.upper() not in Kind.values or kind != kind.lower():
        raise Http404
    return Kind(kind.upper())
