"""Letters by post as tagged PDF, in the person's print size, with the address where a window envelope shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from core import pdf
from core.markup import ours
from core.models import Message
from people.models import InformationFormat

BULLET = "- "
# So many lines fit into the window of an envelope, the name being the first.
WINDOW_LINES = 6


@dataclass(frozen=True)
class Block:
    """A paragraph with its lines, or a list."""

    is_list: bool
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """One letter as it stands on paper."""

    letter: Message
    address: tuple[str, ...]
    blocks: tuple[Block, ...]
    is_large: bool


def printed(letters: Sequence[Message]) -> bytes:
    """All of them in one PDF, each from a sheet of its own, so that printing on both sides mixes no two people."""
    context = {
        "sheets": [sheet_of(letter) for letter in letters],
        "title": letters[0].subject if len(letters) == 1 else f"{len(letters)} letters to post",
        "body_name": settings.BODY_NAME,
        "body_address": settings.BODY_ADDRESS,
        "body_phone": settings.BODY_PHONE,
        "style": ours((Path(settings.BASE_DIR) / "static/people/letter.css").read_text()),
    }
    return pdf.render(render_to_string("people/paper/letters.html", context))


def sheet_of(letter: Message) -> Sheet:
    return Sheet(
        letter=letter,
        address=_in_the_window(letter),
        blocks=tuple(blocks_of(letter.text)),
        is_large=letter.information_format == InformationFormat.LARGE_PRINT,
    )


def _in_the_window(letter: Message) -> tuple[str, ...]:
    """The name and the address line by line. What would not fit under each other stands side by side on the last line."""
    lines = [part.strip() for part in letter.to.replace("\n", ",").split(",") if part.strip()]
    lines = [letter.recipient_name, *lines] if letter.recipient_name else lines
    return (*lines[: WINDOW_LINES - 1], *([", ".join(lines[WINDOW_LINES - 1 :])] if lines[WINDOW_LINES - 1 :] else []))


def blocks_of(text: str) -> Iterable[Block]:
    """Plain text as paragraphs and lists: an empty line ends one, a line that begins with "- " belongs to a list."""
    for paragraph in text.strip().split("\n\n"):
        lines: list[str] = []
        is_list = False
        for line in paragraph.split("\n"):
            if line.startswith(BULLET) != is_list and lines:
                yield Block(is_list, tuple(lines))
                lines = []
            is_list = line.startswith(BULLET)
            if line.strip():
                lines.append(line.removeprefix(BULLET))
        if lines:
            yield Block(is_list, tuple(lines))
