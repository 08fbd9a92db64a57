"""The equality questions on a sheet of paper of its own, without a name, drawn from the same data as the page."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from core import pdf
from core.markup import ours
from programmes.models import Cohort
from recruitment.equality import QUESTION_SET, QUESTIONS


def printed(cohort: Cohort, size: str) -> bytes:
    """The sheet as a tagged PDF, in standard print or in large print. No queries; a second the first time."""
    return _paper(document(cohort, size))


def document(cohort: Cohort, size: str) -> str:
    context = {
        "cohort": cohort,
        "questions": QUESTIONS,
        "question_set": QUESTION_SET,
        "size": size,
        "body_address": settings.BODY_ADDRESS,
        "style": ours((Path(settings.BASE_DIR) / "static/recruitment/paper.css").read_text()),
    }
    return render_to_string("recruitment/paper/equality.html", context)


@lru_cache(maxsize=8)
def _paper(html: str) -> bytes:
    """The same words are the same paper: whoever asks again does not make us print again."""
    return pdf.render(html)
