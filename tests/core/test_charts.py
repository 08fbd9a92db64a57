"""The charts as XML: what a screen reader hears, what is written in the bars, and that no one's text becomes markup."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable

import pytest

from core import charts
from core.charts import Interval, Row
from core.markup import ours

SVG = "{http://www.w3.org/2000/svg}"
NASTY = """<script>alert(1)</script> & "quotes" </svg>"""

DRAWINGS: dict[str, Callable[[str], str]] = {
    "diverging": lambda words: charts.diverging([Row(words, (1, 2, 3, 4, 5))], title=words),
    "withheld": lambda words: charts.diverging([Row(words, None, note=words)], title=words, ends=(words, words)),
    "stacked": lambda words: charts.stacked_bar((1, 2, 3, 4, 5), title=words, labels=[words] * 5),
    "meter": lambda words: charts.meter(3, 4, title=words),
    "funnel": lambda words: charts.funnel([(words, 5), (words, 3)], title=words),
    "intervals": lambda words: charts.intervals([Interval(words, 0.5, 0.2, 0.8, note=words)], title=words),
}


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def bars(svg: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(svg).iter(f"{SVG}rect"))


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_chart_with_markup_in_its_words_stays_a_drawing_of_five_kinds_of_elements(draw):
    root = ElementTree.fromstring(draw(NASTY))

    kinds = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert kinds <= {"svg", "title", "desc", "text", "rect", "line", "circle"}
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == NASTY


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_chart_carries_no_style_script_or_address(draw):
    root = ElementTree.fromstring(draw("Small groups"))

    names = {name for element in root.iter() for name in element.attrib}
    assert names.isdisjoint({"style", "href", "onload", "id"})
    assert root.attrib["role"] == "img"


def test_diverging_writes_each_count_the_share_and_n():
    svg = charts.diverging([Row("Working in small groups", (0, 0, 1, 8, 23))], title="Most found it helpful")

    assert texts(svg)[-5:] == ["32", "97 %", "8", "23", "1"]
    assert texts(svg)[:5] == ["1 lowest", "2", "3", "4", "5 highest"]


def test_diverging_starts_all_good_marks_at_one_line():
    rows = [Row("a", (0, 0, 1, 8, 23)), Row("b", (1, 2, 3, 14, 9))]

    pieces = [bar for bar in bars(charts.diverging(rows, title="t")) if bar.attrib["height"] == "24"]

    fours = [bar.attrib["x"] for bar in pieces if bar.attrib["fill"] == charts.FILLS[3]]
    assert len(fours) == 2
    assert len(set(fours)) == 1


def test_diverging_bar_is_as_wide_as_its_share():
    rows = [Row("a", (0, 0, 0, 0, 4)), Row("b", (0, 0, 2, 0, 2))]

    pieces = [bar for bar in bars(charts.diverging(rows, title="t")) if bar.attrib["height"] == "24"]

    whole, half, neutral = (float(bar.attrib["width"]) for bar in pieces)
    assert half == pytest.approx(whole / 2, abs=0.01)
    assert neutral == pytest.approx(whole / 2, abs=0.01)


def test_diverging_row_without_answers_says_so_and_shows_n_0():
    svg = charts.diverging([Row("Not asked", (0, 0, 0, 0, 0))], title="t")

    assert texts(svg)[-2:] == ["No answers", "0"]


def test_diverging_withheld_row_shows_the_reason_and_no_figure():
    svg = charts.diverging([Row("Hidden", None, note="Fewer than 8 answers")], title="t")

    assert texts(svg)[-1] == "Fewer than 8 answers"
    assert "Hidden: Fewer than 8 answers." in svg


def test_diverging_number_that_has_no_room_stands_beside_the_bar():
    svg = charts.diverging([Row("Large", (0, 0, 1, 0, 999))], title="t")

    assert texts(svg)[-4:] == ["1000", "100 %", "999", "1"]


def test_description_tells_the_figures():
    svg = charts.diverging([Row("Table coaches", (0, 0, 2, 8, 19))], title="t")

    assert ElementTree.fromstring(svg)[1].text == "Table coaches: 19 gave 5, 8 gave 4, 2 gave 3 (n = 29)."


def test_long_label_is_broken_into_lines_that_fit():
    label = "How likely are you to recommend this course to a friend in the same sort of position as you?"

    lines = [text for text in texts(charts.diverging([Row(label, (0, 0, 2, 9, 21))], title="t")) if text in label]

    assert " ".join(line for line in lines if len(line) > 9) == label


@pytest.mark.parametrize("counts", [(0, 0, 0, 0, 0), ()])
def test_stacked_bar_of_nothing_says_so(counts):
    assert texts(charts.stacked_bar(counts, title="t", labels=["a"] * len(counts))) == ["No answers"]


def test_stacked_bar_pieces_fill_its_width():
    svg = charts.stacked_bar((1, 2, 3, 8, 23), title="t")

    assert sum(float(bar.attrib["width"]) for bar in bars(svg)) == pytest.approx(319, abs=0.05)


@pytest.mark.parametrize(("value", "of", "filled"), [(32, 40, "160"), (0, 40, "0"), (3, 0, "0"), (50, 40, "200")])
def test_meter_never_overflows(value, of, filled):
    svg = charts.meter(value, of, title="t")

    assert bars(svg)[1].attrib["width"] == filled
    assert texts(svg) == [f"{value} of {of}"]


def test_funnel_gives_each_step_its_number_and_share_of_the_first():
    svg = charts.funnel([("Applied", 52), ("Accepted", 40), ("Forms", 32)], title="t")

    assert texts(svg) == ["Applied", "52", "Accepted", "40 (77 %)", "Forms", "32 (62 %)"]


@pytest.mark.parametrize("steps", [[], [("Applied", 0), ("Accepted", 0)]])
def test_funnel_of_nothing_is_still_a_drawing(steps):
    assert len(bars(charts.funnel(steps, title="t"))) == len(steps)


def test_intervals_draw_the_dot_between_its_ends():
    svg = charts.intervals([Interval("a", 0.9375, 0.799, 0.983, note="30 of 32")], title="t")

    ends = [float(line.attrib["x1"]) for line in ElementTree.fromstring(svg).iter(f"{SVG}line")][-2:]
    dot = next(ElementTree.fromstring(svg).iter(f"{SVG}circle"))
    assert ends[0] < float(dot.attrib["cx"]) < ends[1]
    assert texts(svg)[-1] == "30 of 32"


def test_our_markup_is_not_escaped_again():
    svg = charts.meter(1, 2, title="a & b")

    assert ours(svg) == svg
    assert ours(svg).__html__() == svg
