"""docs/cohort-folder.md shows the columns as the code has them."""

from pathlib import Path

from laypartner.exchange.columns import COACHES, COHORT, PARTICIPANTS, SEATING_RULES, File, responses

PAGE = Path(__file__).parents[2] / "docs/cohort-folder.md"


def table(file: File, name: str = "") -> str:
    """One file as the page shows it."""
    extent = "one row" if file.one_row else "a row for each"
    need = "needed" if file.required else "optional"
    rows = [
        f"| `{column.name}` | {column.description} | {column.kind.words} | {'no' if column.may_be_empty else 'yes'} |"
        for column in file.columns
    ]
    head = ["| Column | What it says | What goes in | Must be filled |", "|---|---|---|---|"]
    return "\n".join([f"### `{name or file.csv_name}`: {file.title.lower()} ({need}, {extent})", "", *head, *rows])


def tables() -> str:
    answers = responses("immediate")
    parts = [table(file) for file in (COHORT, PARTICIPANTS, COACHES, SEATING_RULES)]
    return "\n\n".join(
        [*parts, table(answers, "responses-<wave>.csv").replace("answers of the wave immediate", "answers of one wave")]
    )


def test_page_shows_the_columns_as_they_are():
    assert tables() in PAGE.read_text()
