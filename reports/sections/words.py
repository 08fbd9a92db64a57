"""What the organisers wrote, in full, when page 1 had room for its beginning only."""

from reports.content import Section, Text
from reports.figures import CohortFigures
from reports.sections.page_one import ROOM


def in_full(known: CohortFigures) -> Section | None:
    words = (known.words.message, known.words.next_time, known.words.decision)
    titles = ("The main message", "What we will change next time", "The decision we ask for")
    if all(len(" ".join(text.split())) <= ROOM for text in words):
        return None
    blocks = [
        Text(part, kind)
        for title, text in zip(titles, words, strict=True)
        if text
        for part, kind in _parts(title, text)
    ]
    return Section("words", "In the organisers' words", tuple(blocks))


def _parts(title: str, text: str) -> list[tuple[str, str]]:
    """A small heading and the paragraphs under it."""
    return [(title, "heading"), *((part.strip(), "text") for part in text.split("\n") if part.strip())]
