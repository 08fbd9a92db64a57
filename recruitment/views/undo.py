"""Taking back what one button did."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from core.exceptions import DomainError
from people.access import permission_required
from people.permissions import Permission
from recruitment import queries
from recruitment.models import BulkAction
from recruitment.services import undoing

Kind = BulkAction.Kind
# The page on which each kind of action was done.
BACK_TO = {
    Kind.MARK: "recruitment:decisions",
    Kind.RELEASE: "recruitment:letters",
    Kind.PROMOTE: "recruitment:offers",
    Kind.ASSIGN: "recruitment:reviewers",
    Kind.MERGE: "recruitment:duplicates",
}


@permission_required(Permission.APPLICATION_VIEW)
@require_POST
def undo(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Only who may do such a thing may take it back."""
    mine = BulkAction.objects.visible_to(request.user).filter(cohort__slug=slug).select_related("cohort")
    action = get_object_or_404(mine, pk=pk)
    way = undoing.WAYS.get(action.kind)
    if way is None or way.permission not in queries.held_in(action.cohort, request.user):
        raise Http404
    try:
        said = undoing.undo(action=action, by=request.user)
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, said)
    return redirect(BACK_TO.get(Kind(action.kind), "recruitment:applications"), slug)
