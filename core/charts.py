"""Charts as hand-made SVG: real text, geometry as attributes, no style and no script, so that page and PDF draw the same.

Every chart has a `<title>` that says what is to be seen (a reader's screen reader and the PDF's alternative text use it)
and a `<desc>` with the figures. Colours run from pale (1) to dark blue (5), tell the marks apart in greyscale, and never
stand alone: the numbers are written in the bars, and each page has the table beside the picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from xml.sax.saxutils import escape

from core.rounding import percent

INK = "#212b32"
QUIET = "#4c6272"
LINE = "#aeb7bd"
BLUE = "#005eb8"
DARK_BLUE = "#003087"
TRACK = "#e4ebf3"
FILLS = ("#ffffff", "#d9e6f4", "#a8c6e5", "#3b7fc4", "#003087")
NUMBERS = (INK, INK, INK, "#ffffff", "#ffffff")
EDGES = ("#7d93ad", "#9db4cf", "#8fb2d8", "#3b7fc4", "#003087")
MARKS = ("1", "2", "3", "4", "5")
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"

# The wide charts: labels end here, the drawing lies between, figures stand at the right edge.
WIDTH, LABEL_RIGHT, PLOT_LEFT, PLOT_WIDTH, GAP = 720, 218, 232, 392, 18
PERCENTS = tuple((mark / 100, f"{mark} %") for mark in (0, 25, 50, 75, 100))
# A letter is about half as wide as it is high; a number in a bar needs this much room for each digit.
DIGIT = 8


@dataclass(frozen=True)
class Row:
    """One bar. `counts` are the answers with mark 1, 2, 3, 4, 5; None when they are withheld, and `note` says why."""

    label: str
    counts: Sequence[int] | None
    note: str = ""


@dataclass(frozen=True)
class Interval:
    """A share from 0 to 1 with the ends of its interval, and the words at its end ("31 of 32")."""

    label: str
    share: float
    low: float
    high: float
    note: str = ""


def diverging(
    rows: Sequence[Row], *, title: str, description: str = "", ends: tuple[str, str] = ("lowest", "highest")
) -> str:
    """Diverging stacked bars (Heiberger and Robbins 2014): marks 1 and 2 to the left of the line, 4 and 5 to the right,
    and the neutral 3 apart, so that the good marks all start at one line. Each bar is a share of the answers to its own
    row, whose number n stands at the end."""
    plot = _plot(rows)
    parts = [_legend(PLOT_LEFT, ends), *_column_heads(plot)]
    top = 52.0
    for row in rows:
        lines = wrap(row.label, 33) or [""]
        height = max(36.0, 16 * len(lines) + 12)
        parts.append(_lines(lines, LABEL_RIGHT, top + height / 2, anchor="end"))
        parts += _diverging_bar(row, plot, top + height / 2)
        top += height
    parts += [
        f'<line x1="{_n(x)}" y1="44" x2="{_n(x)}" y2="{_n(top)}" stroke="{INK}" stroke-width="1"/>'
        for x in (plot.zero, plot.neutral)
    ]
    return _svg(WIDTH, top + 4, title, description or _in_words(rows), parts)


@dataclass(frozen=True)
class _Plot:
    """Where the two lines of a diverging chart stand, and how long a whole row is."""

    zero: float
    neutral: float
    unit: float


def _plot(rows: Sequence[Row]) -> _Plot:
    shares = [[count / sum(row.counts) for count in row.counts] for row in rows if row.counts and sum(row.counts)]
    low = max([0.06, *(share[0] + share[1] for share in shares)])
    high = max([0.5, *(share[3] + share[4] for share in shares)])
    middle = max([0.08, *(share[2] for share in shares)])
    unit = (PLOT_WIDTH - GAP) / (low + high + middle)
    return _Plot(zero=PLOT_LEFT + low * unit, neutral=PLOT_LEFT + (low + high) * unit + GAP, unit=unit)


def _diverging_bar(row: Row, plot: _Plot, middle: float) -> list[str]:
    if row.counts is None:
        return [_text(plot.zero + 8, middle + 4, row.note, fill=QUIET, size=13)]
    total = sum(row.counts)
    parts = [_text(WIDTH - 2, middle + 5, f"{total}", anchor="end")]
    if not total:
        return [_text(plot.zero + 8, middle + 4, row.note or "No answers", fill=QUIET, size=13), *parts]
    parts.append(
        _text(WIDTH - 40, middle + 5, _share(row.counts[3] + row.counts[4], total), anchor="end", weight="bold")
    )
    unit, top = plot.unit / total, middle - 12
    left = plot.zero - (row.counts[0] + row.counts[1]) * unit
    parts += _segments((*row.counts[:2], 0, *row.counts[3:]), left, top, unit, 24)
    neutral = row.counts[2]
    if 0 < neutral * unit < DIGIT * len(str(neutral)):
        parts.append(_text(plot.neutral + neutral * unit + 4, middle + 4.5, str(neutral), size=13))
    return parts + _segments((0, 0, neutral, 0, 0), plot.neutral, top, unit, 24)


def _share(part: int, whole: int) -> str:
    return f"{percent(part, whole, 0)} %"


def _segments(counts: Sequence[int], left: float, top: float, unit: float, height: float) -> list[str]:
    """The five pieces of one bar from left to right, each with its number where it has room."""
    parts = []
    for position, count in enumerate(counts):
        size = count * unit
        if count:
            parts.append(_rect(left, top, size, height, FILLS[position], EDGES[position]))
        if count and size >= DIGIT * len(str(count)):
            middle, base = left + size / 2, top + height / 2 + 4.5
            parts.append(_text(middle, base, str(count), anchor="middle", fill=NUMBERS[position], size=13))
        left += size
    return parts


def _legend(left: float, ends: tuple[str, str]) -> str:
    parts = []
    for position, mark in enumerate(MARKS):
        words = {0: f"1 {ends[0]}", 4: f"5 {ends[1]}"}.get(position, mark)
        parts.append(_rect(left, 4, 14, 14, FILLS[position], EDGES[position]))
        parts.append(_text(left + 19, 16, words, fill=QUIET, size=13))
        left += 34 + 6.6 * len(words)
    return "".join(parts)


def _column_heads(plot: _Plot) -> list[str]:
    return [
        _text(plot.zero + 3, 39, "4, 5", fill=QUIET, size=13),
        _text(plot.zero - 3, 39, "1, 2", anchor="end", fill=QUIET, size=13),
        _text(plot.neutral + 3, 39, "3", fill=QUIET, size=13),
        _text(WIDTH - 40, 39, "4 or 5", anchor="end", fill=QUIET, size=13),
        _text(WIDTH - 2, 39, "n", anchor="end", fill=QUIET, size=13),
    ]


def stacked_bar(counts: Sequence[int], *, title: str, labels: Sequence[str] = MARKS) -> str:
    """One bar over the full width, a piece for each count, the number in it. `labels` go into the description."""
    width, height, total = 320, 24, sum(counts)
    words = "; ".join(f"{label}: {count}" for label, count in zip(labels, counts, strict=True))
    if not total:
        return _svg(width, height, title, words, [_text(0, 17, "No answers", fill=QUIET, size=14)])
    return _svg(width, height, title, words, _segments(counts, 0.5, 0.5, (width - 1) / total, height - 1))


def meter(value: int, of: int, *, title: str) -> str:
    """How much of a whole is reached, with the words "32 of 40" beside the bar."""
    words, bar = f"{value} of {of}", 200
    filled = bar * min(value, of) / of if of else 0.0
    parts = [_rect(0, 2, bar, 16, TRACK), _rect(0, 2, filled, 16, BLUE)]
    return _svg(bar + 90, 20, title, words, [*parts, _text(bar + 8, 15, words, size=14)])


def funnel(steps: Sequence[tuple[str, int]], *, title: str) -> str:
    """Bars one under the other, the longest for the largest number; each with its number and its share of the first."""
    width, label_width, bar, row = 640, 160, 370, 34
    largest = max([count for _, count in steps] or [0]) or 1
    first = steps[0][1] if steps else 0
    parts = []
    for position, (label, count) in enumerate(steps):
        top, size = position * row, bar * count / largest
        note = f"{count}" if position == 0 or not first else f"{count} ({_share(count, first)})"
        parts.append(_lines(wrap(label, 24) or [""], label_width - 10, top + 15, anchor="end"))
        parts.append(_rect(label_width, top + 2, max(size, 2), 26, BLUE))
        parts.append(_text(label_width + max(size, 2) + 8, top + 20, note, size=14, weight="bold"))
    words = "; ".join(f"{label}: {count}" for label, count in steps)
    return _svg(width, max(row * len(steps), row), title, words, parts)


def intervals(
    rows: Sequence[Interval],
    *,
    title: str,
    description: str = "",
    ticks: Sequence[tuple[float, str]] = PERCENTS,
) -> str:
    """A dot for each share and a line for its interval, on a scale from 0 to 100 % or what `ticks` say (share, words)."""
    left, plot = PLOT_LEFT + 6, 360
    top, parts = 30.0, []
    bottom = top + sum(max(30.0, 16 * len(wrap(row.label, 33)) + 8) for row in rows)
    for share, words in ticks:
        x = left + plot * share
        parts.append(f'<line x1="{_n(x)}" y1="24" x2="{_n(x)}" y2="{_n(bottom)}" stroke="{LINE}" stroke-width="0.75"/>')
        parts.append(_text(x, 16, words, anchor="middle", fill=QUIET, size=13))
    for row in rows:
        lines = wrap(row.label, 33) or [""]
        height = max(30.0, 16 * len(lines) + 8)
        parts.append(_lines(lines, LABEL_RIGHT, top + height / 2, anchor="end"))
        parts += _dot(row, left, plot, top + height / 2)
        top += height
    words = description or "; ".join(f"{row.label}: {row.note}" for row in rows)
    return _svg(WIDTH, bottom + 4, title, words, parts)


def _dot(row: Interval, left: float, plot: float, middle: float) -> list[str]:
    low, dot, high = (left + plot * value for value in (row.low, row.share, row.high))
    ends = (f'y1="{_n(middle - 5)}" y2="{_n(middle + 5)}"', f'stroke="{BLUE}" stroke-width="2"')
    return [
        f'<line x1="{_n(low)}" y1="{_n(middle)}" x2="{_n(high)}" y2="{_n(middle)}" stroke="{BLUE}" stroke-width="3"/>',
        *(f'<line x1="{_n(x)}" x2="{_n(x)}" {ends[0]} {ends[1]}/>' for x in (low, high)),
        f'<circle cx="{_n(dot)}" cy="{_n(middle)}" r="6" fill="{DARK_BLUE}" stroke="#ffffff" stroke-width="1.5"/>',
        _text(WIDTH - 2, middle + 5, row.note, anchor="end"),
    ]


def _in_words(rows: Sequence[Row]) -> str:
    """The figures of a chart as one text, for those who hear it."""
    return " ".join(f"{row.label}: {_row_in_words(row)}." for row in rows)


def _row_in_words(row: Row) -> str:
    if row.counts is None or not sum(row.counts):
        return row.note or "no answers"
    pieces = [f"{count} gave {mark}" for mark, count in zip(MARKS, row.counts, strict=True) if count]
    return f"{', '.join(reversed(pieces))} (n = {sum(row.counts)})"


# --- pieces ------------------------------------------------------------------------------------------------
def _svg(width: float, height: float, title: str, description: str, parts: Sequence[str]) -> str:
    size = f'width="{_n(width)}" height="{_n(height)}" viewBox="0 0 {_n(width)} {_n(height)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="lp-chart" role="img" {size} font-family="{FONT}">'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>{''.join(parts)}</svg>"
    )


def _rect(x: float, y: float, width: float, height: float, fill: str, edge: str = "") -> str:
    stroke = f' stroke="{edge}" stroke-width="0.75"' if edge else ""
    return f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" fill="{fill}"{stroke}/>'


def _text(
    x: float, y: float, words: str, *, size: int = 14, anchor: str = "start", fill: str = INK, weight: str = ""
) -> str:
    bold = f' font-weight="{weight}"' if weight else ""
    place = f'x="{_n(x)}" y="{_n(y)}" font-size="{size}" text-anchor="{anchor}"'
    return f'<text {place} fill="{fill}"{bold}>{escape(words)}</text>'


def _lines(lines: Sequence[str], x: float, middle: float, *, anchor: str) -> str:
    """Text over several lines, centred on `middle`: SVG does not break lines by itself."""
    first = middle + 4.5 - 8 * (len(lines) - 1)
    return "".join(_text(x, first + 16 * number, line, anchor=anchor, size=14) for number, line in enumerate(lines))


def _n(number: float) -> str:
    """A number as short as it can be said: 12 rather than 12.00."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
