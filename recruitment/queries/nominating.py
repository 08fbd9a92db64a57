"""Nominations: what was asked, received and led to a place, by organisation and as a grid; and who is to be phoned."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, F, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from people.models import Organisation
from recruitment.models import Application, Nomination, NominationRequest

Kind = Organisation.Kind
WAITING, SOME, COMPLETE = "WAITING", "SOME", "COMPLETE"
PROGRESS = ((WAITING, "Nobody yet"), (SOME, "Some"), (COMPLETE, "All"))


def requests_with_figures(requests: QuerySet[NominationRequest]) -> QuerySet[NominationRequest]:
    """Each request with how many people were proposed, how many have a place, and its progress. In one query."""
    nominations = Nomination.objects.filter(request=OuterRef("pk"))
    return (
        requests.select_related("organisation", "cohort")
        .annotate(
            received=_number_of(nominations),
            accepted=_number_of(nominations.filter(application__state=Application.State.ACCEPTED)),
        )
        .annotate(
            progress=Case(
                When(received=0, then=Value(WAITING)),
                When(received__lt=F("asked_for"), then=Value(SOME)),
                default=Value(COMPLETE),
                output_field=CharField(),
            )
        )
    )


def _number_of(nominations: QuerySet[Nomination]) -> Any:
    counted = nominations.order_by().values("request").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


@dataclass
class Cell:
    """One kind of organisation in one area: people asked for, proposed, and with a place."""

    kind: str
    area: str
    asked: int = 0
    received: int = 0
    accepted: int = 0

    @property
    def gap(self) -> str:
        """Why the cell stands out: nobody was asked, or nobody was proposed; "" when there is somebody."""
        if not self.asked:
            return "unasked"
        return "" if self.received else "waiting"

    @property
    def kind_label(self) -> str:
        return str(Kind(self.kind).label) if self.kind else "All kinds"

    def add(self, asked: int, received: int, accepted: int) -> None:
        self.asked += asked
        self.received += received
        self.accepted += accepted


@dataclass(frozen=True)
class Grid:
    """Areas down, kinds of organisation across. The last cell of a row and the last row are sums."""

    kinds: list[Kind]
    rows: list[tuple[str, list[Cell]]]
    totals: list[Cell]

    @property
    def gaps(self) -> int:
        """Cells where nobody was asked or nobody was proposed, without the sums."""
        return sum(bool(cell.gap) for _, cells in self.rows for cell in cells[:-1])

    @property
    def size(self) -> int:
        return len(self.rows) * len(self.kinds)


def grid_of(requests: QuerySet[NominationRequest]) -> Grid:
    """Every area that was asked for, with every kind of organisation ("other" only where there is one). One query.

    Areas that differ in capitals only are one.
    """
    found = requests_with_figures(requests).order_by("area", "pk")
    rows = [(row.area, row.organisation.kind, (row.asked_for, row.received, row.accepted)) for row in found]
    used = {kind for _, kind, _ in rows}
    kinds = [kind for kind in Kind if kind != Kind.OTHER or kind in used]
    names: dict[str, str] = {}
    for area, _, _ in rows:
        names.setdefault(area.casefold(), area)
    cells = {(key, kind): Cell(kind, name) for key, name in names.items() for kind in (*kinds, "")}
    totals = {kind: Cell(kind, "All areas") for kind in (*kinds, "")}
    for area, kind, figures in rows:
        for cell in (cells[area.casefold(), kind], cells[area.casefold(), ""], totals[kind], totals[""]):
            cell.add(*figures)
    return Grid(
        kinds=kinds,
        rows=[(name, [cells[key, kind] for kind in (*kinds, "")]) for key, name in sorted(names.items())],
        totals=list(totals.values()),
    )


def to_call(nominations: QuerySet[Nomination]) -> QuerySet[Nomination]:
    """People who were proposed, have no email, and have not been asked or not answered: the longest waiting first."""
    waiting = nominations.filter(state=Nomination.State.INVITED, email="")
    return waiting.select_related("request__organisation", "request__cohort").order_by("nominated_at", "pk")
