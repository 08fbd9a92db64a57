"""The data table: one component for every list. Search, filters, sorting, pages, export; nothing a stranger can steer.

A page builds a `Table` from a queryset and `request.GET`; `templates/components/table.html` draws it; `export()` gives the
same rows as CSV or XLSX. Sorting and filtering take names from the lists below only: anything else answers 400.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from itertools import groupby
from operator import or_
from typing import Any

from django.core.exceptions import BadRequest
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse, QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.exports import download
from core.markup import ours

Value = Callable[[Any], object]
TICK = (
    '<td class="lp-table__tick" role="cell"><label class="lp-tick"><input type="checkbox" form="{}" name="{}" value="{}"{}>'
    '<span class="nhsuk-u-visually-hidden">Select {}</span></label></td>'
)


@dataclass(frozen=True)
class Column:
    """One column. `value` gives what is exported and, where there is neither `html` nor `template`, what is shown.

    `sort` are the ordering fields, smallest first; none means that the column cannot be sorted. `html` draws the cell
    from the row, with format_html; `template` draws it with the row as `row` and the page's own context, at thirty times
    the price: for cells with forms. `kind` is "text", "number" (right-aligned, tabular figures) or "action" (not exported).
    """

    key: str
    label: str
    value: Value = str
    sort: tuple[str, ...] = ()
    template: str = ""
    kind: str = "text"
    is_heading: bool = False
    html: Callable[[Any], str] | None = None

    @cached_property
    def opening(self) -> SafeString:
        """The start tag of a cell. On a phone each cell says its heading itself."""
        if self.is_heading:
            return format_html('<th class="lp-table__{}" role="rowheader" scope="row">', self.kind)
        return format_html('<td class="lp-table__{}" role="cell" data-label="{}">', self.kind, self.label)

    @cached_property
    def closing(self) -> SafeString:
        return ours("</th>" if self.is_heading else "</td>")

    def drawn(self, row: Any) -> object:
        """What stands in the cell. Text is escaped where it is put into the row."""
        if self.html is not None:
            return self.html(row)
        value = self.value(row)
        return "–" if value is None else value


@dataclass(frozen=True)
class Filter:
    """A choice that narrows the list. `lookup` is a queryset filter key; or give `apply` for anything else."""

    key: str
    label: str
    choices: Sequence[tuple[str, str]]
    lookup: str = ""
    apply: Callable[[QuerySet, str], QuerySet] | None = None

    def narrow(self, rows: QuerySet, value: str) -> QuerySet:
        return self.apply(rows, value) if self.apply else rows.filter(**{self.lookup: value})


@dataclass
class Table:
    """A list as a person uses it. `rows` must already be narrowed to what the user may see.

    Queries: one count and one page of rows (plus the caller's prefetches), whatever the number of rows. A caller who
    knows how many rows there are in all gives `count_of_all`, which saves the count where nothing narrows the list.
    """

    name: str
    caption: str
    columns: Sequence[Column]
    rows: QuerySet
    params: QueryDict
    search: Sequence[str] = ()
    search_label: str = "Search by name"
    filters: Sequence[Filter] = ()
    default_sort: str = ""
    per_page: int = 50
    select_name: str = ""
    select_label: Value = str
    select_value: Value = field(default=lambda row: row.pk)
    selected: Collection[str] = ()
    count_of_all: int | None = None
    empty: str = "Nothing here yet."
    empty_next: str = ""
    exports: bool = True

    @cached_property
    def search_text(self) -> str:
        return self.params.get("q", "").strip()[:100]

    @cached_property
    def chosen(self) -> dict[str, str]:
        """The filters in force, by key. Raises BadRequest for a value that is not on the list."""
        chosen = {}
        for item in self.filters:
            value = self.params.get(item.key, "")
            if value and value not in dict(item.choices):
                raise BadRequest(f"There is no {item.label.lower()} called {value!r}.")
            if value:
                chosen[item.key] = value
        return chosen

    @cached_property
    def sort(self) -> str:
        """The sort in force: a column's key, with a minus in front for falling. Raises BadRequest for any other."""
        sort = self.params.get("sort", "") or self.default_sort
        if sort and sort.removeprefix("-") not in {column.key for column in self.columns if column.sort}:
            raise BadRequest("This list cannot be sorted that way.")
        return sort

    @cached_property
    def narrowed(self) -> QuerySet:
        """Every row that search and filters leave, in order."""
        rows = self.rows
        if self.search_text and self.search:
            rows = rows.filter(reduce(or_, (Q(**{f"{name}__icontains": self.search_text}) for name in self.search)))
        for item in self.filters:
            if item.key in self.chosen:
                rows = item.narrow(rows, self.chosen[item.key])
        return rows.order_by(*self._ordering())

    def _ordering(self) -> list[str]:
        by_key = {column.key: column.sort for column in self.columns}
        fields = by_key.get(self.sort.removeprefix("-"), ())
        if self.sort.startswith("-"):
            fields = tuple(name[1:] if name.startswith("-") else f"-{name}" for name in fields)
        return [*fields, "pk"]

    @cached_property
    def page(self) -> Page:
        paginator = Paginator(self.narrowed, self.per_page)
        if self.count_of_all is not None and not self.is_narrowed:
            paginator.count = self.count_of_all
        return paginator.get_page(self.params.get("page"))

    @cached_property
    def is_narrowed(self) -> bool:
        return bool(self.search_text or self.chosen)

    def address(self, **changes: str) -> str:
        """The query string of this list with `changes`; an empty value takes a parameter away, and the page restarts."""
        params = self.params.copy()
        for key in ("page", "export", *changes):
            params.pop(key, None)
        for key, value in changes.items():
            if value:
                params[key] = value
        return f"?{params.urlencode()}"

    # --- what the template asks --------------------------------------------------------------------------
    def headings(self) -> list[dict[str, object]]:
        """One entry a column: label, kind, aria-sort and the address that sorts by it."""
        return [self._heading(column) for column in self.columns]

    def _heading(self, column: Column) -> dict[str, object]:
        here = self.sort.removeprefix("-") == column.key
        falling = here and self.sort.startswith("-")
        return {
            "column": column,
            "address": self.address(sort=f"-{column.key}" if here and not falling else column.key)
            if column.sort
            else "",
            "aria_sort": ("descending" if falling else "ascending") if here else "none",
        }

    def body(self) -> list[dict[str, object]]:
        """One entry a row of this page: the object, and its cells as HTML with the tick box in front.

        Neighbouring cells without a template are one piece, so that a template has little to loop over.
        """
        parts = [_Part(list(columns)) for _, columns in groupby(self.columns, lambda column: bool(column.template))]
        return [{"object": row, "pieces": list(self._pieces(row, parts))} for row in self.page.object_list]

    def _pieces(self, row: Any, parts: Sequence["_Part"]) -> Iterator[dict[str, object]]:
        if self.select_name:
            yield {"html": self._tick(row)}
        for part in parts:
            yield from part.pieces(row)

    def _tick(self, row: Any) -> SafeString:
        value = self.select_value(row)
        checked = ours(" checked") if str(value) in self.selected else ""
        return format_html(TICK, self.bulk_id, self.select_name, value, checked, self.select_label(row))

    @property
    def bulk_id(self) -> str:
        return f"bulk-{self.name}"

    def filter_fields(self) -> list[dict[str, object]]:
        return [{"filter": item, "options": self._options(item)} for item in self.filters]

    def _options(self, item: Filter) -> SafeString:
        here = self.chosen.get(item.key, "")
        marked = ((value, ours(" selected") if value == here else "", label) for value, label in item.choices)
        return format_html_join("", '<option value="{}"{}>{}</option>', marked)

    def chips(self) -> list[dict[str, str]]:
        """What narrows the list now, in words, each with the address that takes it away."""
        chips = [{"label": f"“{self.search_text}”", "address": self.address(q="")}] if self.search_text else []
        for item in self.filters:
            if item.key in self.chosen:
                words = dict(item.choices)[self.chosen[item.key]]
                chips.append({"label": f"{item.label}: {words}", "address": self.address(**{item.key: ""})})
        return chips

    def page_links(self) -> list[dict[str, object]]:
        """The page numbers to offer, with None for a gap."""
        numbers = self.page.paginator.get_elided_page_range(self.page.number, on_each_side=1, on_ends=1)
        return [
            {"number": number, "address": self.address(page=str(number)), "here": number == self.page.number}
            if isinstance(number, int)
            else {"number": None}
            for number in numbers
        ]

    # --- export --------------------------------------------------------------------------------------------
    def export_addresses(self) -> list[dict[str, str]]:
        return [{"label": kind.upper(), "address": self.address(export=kind)} for kind in ("csv", "xlsx")]

    def export(self) -> HttpResponse | None:
        """The whole narrowed list as a file, if `?export=csv` or `?export=xlsx` asks for it; otherwise None."""
        kind = self.params.get("export", "")
        if not kind or not self.exports:
            return None
        columns = [column for column in self.columns if column.kind != "action"]
        rows = [[column.value(row) for column in columns] for row in self.narrowed]
        return download(kind, self.name, [column.label for column in columns], rows)


class _Part:
    """Neighbouring columns of one sort: all of them drawn by a template, or all of them flat."""

    def __init__(self, columns: list[Column]) -> None:
        self.columns = columns
        tags = ((_literally(column.opening), column.closing) for column in columns)
        self.frame = "".join(f"{opening}{{}}{closing}" for opening, closing in tags)

    def pieces(self, row: Any) -> Iterator[dict[str, object]]:
        if self.columns[0].template:
            yield from ({"column": column} for column in self.columns)
        else:
            yield {"html": format_html(self.frame, *(column.drawn(row) for column in self.columns))}


def _literally(text: str) -> str:
    """A text that format_html leaves as it is, braces and all."""
    return text.replace("{", "{{").replace("}", "}}")
