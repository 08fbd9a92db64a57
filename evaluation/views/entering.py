"""Forms that came on paper or by telephone, typed in by hand."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from core.exceptions import DomainError
from core.pages import form_page
from core.tables import Column, Table
from evaluation.forms import EntryForm
from evaluation.models import Item, Response, Wave
from evaluation.queries import entered_by_hand
from evaluation.services import answering
from evaluation.views.finding import get_wave, in_cohort
from people.access import permission_required
from people.permissions import Permission


@permission_required(Permission.ANSWERS_ENTER)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, slug: str, kind: Wave.Kind) -> HttpResponse:
    wave = get_wave(request, slug, kind, Permission.ANSWERS_ENTER)
    items = list(wave.version.items.order_by("position"))
    table = _forms_table(request, wave, items)
    if download := table.export():
        return download
    form = _entry_form(request, wave, items)
    if request.method == "POST" and form.is_valid() and _save(request, wave, form):
        return redirect(f"{reverse('evaluation:wave-enter', args=[slug, kind])}?source={form.cleaned_data['source']}")
    return form_page(
        request, "evaluation/enter.html", form, **in_cohort(wave.cohort, wave=wave, items=items, table=table)
    )


def _entry_form(request: HttpRequest, wave: Wave, items: list[Item]) -> EntryForm:
    if request.method == "POST":
        return EntryForm(items, wave.responses.values_list("form", flat=True), request.POST)
    return EntryForm(items, (), initial={"source": request.GET.get("source", Response.Source.PAPER)})


def _save(request: HttpRequest, wave: Wave, form: EntryForm) -> bool:
    try:
        answering.record_forms(wave=wave, forms=form.completed, by=request.user, is_late=wave.is_closed())
    except DomainError as refusal:
        form.add_error(None, refusal.sentence)
        return False
    numbers = ", ".join(entered.form for entered in form.completed)
    noun = "Form" if len(form.completed) == 1 else "Forms"
    messages.success(request, f"{noun} {numbers} saved.")
    return True


@permission_required(Permission.ANSWERS_ENTER)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, slug: str, kind: Wave.Kind, pk: str) -> HttpResponse:
    wave = get_wave(request, slug, kind, Permission.ANSWERS_ENTER)
    forms = Response.objects.visible_to(request.user, Permission.ANSWERS_ENTER).filter(entered_by_hand(wave))
    response = get_object_or_404(forms, pk=pk)
    if request.method == "POST":
        answering.remove_form(response=response, by=request.user)
        messages.success(request, f"Form {response.form} is removed. You can enter it again.")
        return redirect("evaluation:wave-enter", slug, kind)
    typed = _typed(response)
    marks = [(item.text, typed.get(item.pk, "–")) for item in wave.version.items.order_by("position")]
    return render(
        request, "evaluation/form_remove.html", in_cohort(wave.cohort, wave=wave, response=response, marks=marks)
    )


def _forms_table(request: HttpRequest, wave: Wave, items: list[Item]) -> Table:
    forms = Response.objects.visible_to(request.user, Permission.ANSWERS_ENTER).filter(entered_by_hand(wave))
    return Table(
        name=f"{wave.cohort.slug}-{wave.slug}-forms",
        caption="Forms entered by hand",
        columns=(
            Column("form", "Form", lambda row: row.form, ("form",), is_heading=True),
            Column("source", "Came", lambda row: row.get_source_display(), ("source",)),
            *(_mark_column(position, item) for position, item in enumerate(items, start=1)),
            Column("remove", "Remove", template="evaluation/_form_remove_link.html", kind="action"),
        ),
        rows=forms.prefetch_related("answers"),
        params=request.GET,
        search=("form",),
        search_label="Search by form number",
        default_sort="form",
        empty="No forms entered yet.",
        empty_next="Type the first one above.",
    )


def _mark_column(position: int, item: Item) -> Column:
    return Column(item.key, f"{position}", lambda row: _typed(row).get(item.pk, "–"), kind="number")


def _typed(response: Response) -> dict[int, str]:
    """The answers of a form as they are typed in: a digit, or n for "I was not there". No query if prefetched."""
    return {answer.item_id: "n" if answer.was_absent else str(answer.mark) for answer in response.answers.all()}
