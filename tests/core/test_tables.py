"""The data table: what it shows, what it refuses, and that nobody can steer it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from html.parser import HTMLParser

import pytest
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import QueryDict
from django.template.loader import render_to_string

from core.tables import Column, Filter, Table
from core.templatetags.laypartner import count_in_words, kept_params, sort_choices
from people.models import Organisation
from tests import make

pytestmark = pytest.mark.django_db


def starts_with(rows: QuerySet, letter: str) -> QuerySet:
    return rows.filter(name__istartswith=letter)


def table(query: str = "", **options: object) -> Table:
    given = {
        "name": "organisations",
        "caption": "Organisations in London",
        "columns": [
            Column("name", "Name", lambda row: row.name, ("name",), is_heading=True),
            Column("length", "Letters", lambda row: len(row.name), kind="number"),
            Column("act", "What to do", lambda row: "Open", kind="action"),
        ],
        "rows": Organisation.objects.all(),
        "params": QueryDict(query),
        "search": ["name"],
        "filters": [Filter("letter", "First letter", [("A", "A to begin"), ("B", "B to begin")], apply=starts_with)],
        "default_sort": "name",
    }
    return Table(**(given | options))


@pytest.fixture
def names() -> list[str]:
    found = ["Barnet Voices", "Age Well", "Brent Carers", "Camden & <b>Friends</b>"]
    for name in found:
        make.organisation(name)
    return found


def shown(a_table: Table) -> list[str]:
    return [entry["object"].name for entry in a_table.body()]


def draw(a_table: Table, **context: object) -> str:
    return render_to_string("components/table.html", {"table": a_table, **context})


# --- Order --------------------------------------------------------------------------------------------------
def test_rows_come_in_the_default_order(names: list[str]) -> None:
    assert shown(table()) == sorted(names)


def test_sorting_falls_with_a_minus(names: list[str]) -> None:
    assert shown(table("sort=-name")) == sorted(names, reverse=True)


@pytest.mark.parametrize("sort", ["password", "commissioned__name", "name;drop", "length", "--name", "pk"])
def test_unknown_sort_is_refused(sort: str) -> None:
    with pytest.raises(BadRequest, match="This list cannot be sorted that way"):
        table(f"sort={sort}").body()


def test_heading_says_how_the_list_is_sorted_and_turns_it_round() -> None:
    up, down = table().headings()[0], table("sort=-name").headings()[0]

    assert (up["aria_sort"], up["address"]) == ("ascending", "?sort=-name")
    assert (down["aria_sort"], down["address"]) == ("descending", "?sort=name")
    assert table().headings()[1]["address"] == ""


def test_menu_names_every_order_for_narrow_screens() -> None:
    assert sort_choices(table("sort=-name")) == [
        {"value": "name", "label": "Name", "here": False},
        {"value": "-name", "label": "Name, reversed", "here": True},
    ]


# --- Search and filters -------------------------------------------------------------------------------------
def test_search_finds_inside_names(names: list[str]) -> None:
    assert shown(table("q=CAR")) == ["Brent Carers"]


def test_search_is_cut_at_100_characters(names: list[str]) -> None:
    assert table("q=" + "x" * 5000).search_text == "x" * 100


def test_filter_narrows_and_shows_a_chip_that_takes_it_away(names: list[str]) -> None:
    narrowed = table("letter=B&q=rent&sort=-name")

    assert shown(narrowed) == ["Brent Carers"]
    assert narrowed.chips() == [
        {"label": "“rent”", "address": "?letter=B&sort=-name"},
        {"label": "First letter: B to begin", "address": "?q=rent&sort=-name"},
    ]


def test_filter_value_not_on_the_list_is_refused() -> None:
    with pytest.raises(BadRequest, match="There is no first letter called 'Z'"):
        table("letter=Z").body()


def test_other_parameters_of_the_page_are_handed_on() -> None:
    assert kept_params(table("day=2&q=a&letter=B&sort=name&page=3&export=")) == [("day", "2")]


def test_a_new_filter_starts_at_the_first_page() -> None:
    assert table("page=4&q=a").address(letter="B") == "?q=a&letter=B"


# --- Pages --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("page", "number"), [("", 1), ("abc", 1), ("last", 1), ("2", 2), ("9" * 30, 2), ("0", 2), ("-1", 2)]
)
def test_page_out_of_range_is_a_page_that_exists(names: list[str], page: str, number: int) -> None:
    assert table(f"page={page}", per_page=3).page.number == number


def test_page_links_say_where_the_reader_is(names: list[str]) -> None:
    links = table("page=2", per_page=2).page_links()

    assert [(link["number"], link["here"]) for link in links] == [(1, False), (2, True)]


@pytest.mark.parametrize(
    ("rows", "name", "words"),
    [
        (0, "letters", "0 letters"),
        (1, "letters", "1 letter"),
        (1, "london-2017-people", "1 person"),
        (3, "people", "3 people"),
    ],
)
def test_count_in_words(rows: int, name: str, words: str) -> None:
    for number in range(rows):
        make.organisation(f"Organisation {number}")

    assert count_in_words(table(name=name)) == words


@pytest.mark.parametrize("rows", [1, 50])
def test_table_costs_the_same_for_one_row_and_for_fifty(
    rows: int, django_assert_num_queries: Callable[[int], AbstractContextManager[None]]
) -> None:
    for number in range(rows):
        make.organisation(f"Organisation {number}")

    with django_assert_num_queries(2):
        draw(table(select_name="organisation"))


# --- Export -------------------------------------------------------------------------------------------------
def test_export_is_the_whole_narrowed_list_without_actions(names: list[str]) -> None:
    answer = table("export=csv&letter=B&page=2", per_page=1).export()

    assert answer is not None
    assert answer.content.decode("utf-8-sig").splitlines() == ["Name,Letters", "Barnet Voices,13", "Brent Carers,12"]
    assert answer["Content-Disposition"] == 'attachment; filename="organisations.csv"'


def test_export_runs_no_formula(names: list[str]) -> None:
    make.organisation("=HYPERLINK(1)")

    answer = table("export=csv&q=HYPER").export()

    assert answer is not None
    assert answer.content.decode("utf-8-sig").splitlines()[1] == "'=HYPERLINK(1),13"


def test_export_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(BadRequest, match="CSV or XLSX"):
        table("export=exe").export()


def test_no_export_where_there_is_none() -> None:
    assert table("export=csv", exports=False).export() is None
    assert table().export() is None


# --- What the template draws ----------------------------------------------------------------------------------
class Tags(HTMLParser):
    """Every start tag of a page, with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def all(self, tag: str, **wanted: str) -> Iterator[dict[str, str | None]]:
        return (
            attrs
            for name, attrs in self.found
            if name == tag and all(attrs.get(key.replace("_", "-")) == value for key, value in wanted.items())
        )


def test_page_shows_rows_as_text_and_says_what_each_cell_is(names: list[str]) -> None:
    page = draw(table())

    assert "Camden &amp; &lt;b&gt;Friends&lt;/b&gt;" in page
    assert [cell["data-label"] for cell in Tags(page).all("td", role="cell")][:2] == ["Letters", "What to do"]
    assert len(list(Tags(page).all("th", scope="row"))) == 4


def test_tick_boxes_belong_to_the_form_below_and_say_whom_they_choose(names: list[str]) -> None:
    page = draw(table(select_name="organisation", select_label=lambda row: row.name), bulk_url="/do/")
    boxes = list(Tags(page).all("input", name="organisation"))

    assert [box["form"] for box in boxes] == ["bulk-organisations"] * 4
    assert [form["action"] for form in Tags(page).all("form", id="bulk-organisations")] == ["/do/"]
    assert "Select Age Well</span>" in page


def test_only_a_list_with_tick_boxes_has_the_form(names: list[str]) -> None:
    assert list(Tags(draw(table())).all("form", method="post")) == []


def test_aria_sort_stands_on_sortable_headings_only(names: list[str]) -> None:
    headings = [attrs.get("aria-sort") for attrs in Tags(draw(table())).all("th", scope="col")]

    assert headings == ["ascending", None, None]


def test_empty_list_says_so() -> None:
    page = draw(table(empty="No organisations yet.", empty_next="Add the first one."))

    assert "No organisations yet." in page
    assert "Add the first one." in page
    assert list(Tags(page).all("table")) == []


def test_nothing_found_says_what_to_do(names: list[str]) -> None:
    page = draw(table("q=nowhere"))

    assert "Nothing matches." in page
    assert "Remove a filter, or search for something else." in page


def test_ids_of_two_lists_on_one_page_differ(names: list[str]) -> None:
    page = draw(table(select_name="a")) + draw(table(select_name="b", name="others"))
    ids = [attrs["id"] for _, attrs in Tags(page).found if attrs.get("id")]

    assert len(ids) == len(set(ids))
