"""The application form on paper: drawn from the very steps of the online form, so that the twin cannot drift.

Steps → questions (dataclasses) → a document → core.pdf. Nothing in it is personal.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import strip_tags

from core import pdf
from core.forms import WholeNumberField
from core.markup import ours
from programmes.models import Cohort
from recruitment.forms.drafting.about import NEEDED
from recruitment.queries.drafting import Facts
from recruitment.rubric import CRITERIA
from recruitment.steps import STEPS, Step

STANDARD, LARGE = "standard", "large"
ROLES_ON_PAPER = 3
# What only a screen asks: on paper one writes, and whoever wants to speak rings.
ON_SCREEN_ONLY = ("how-to-answer", "recordings")
# Words of the screen that would be wrong on paper.
ON_PAPER = {
    "about-you": "",
    "roles": "Tell us about groups in which you speak for patients, carers or the public. No role yet is fine: then leave "
    "this out. If you have more than three, use another sheet.",
}
HINTS_ON_PAPER = {
    "email": "We need it if you chose email.",
    "agrees_privacy_notice": "Our privacy notice says what we keep, why, and for how long. It comes with this form, or ring "
    "us and we read it to you.",
}
# The seven questions fill a page each: at nine words of handwriting a line that is enough for 150 words.
LINES_FOR_THE_SEVEN = {STANDARD: 22, LARGE: 14}
LINES_FOR_A_ROW = 1.5
TICK_ANY, LEAVE_OUT = "Tick any that fit.", "You can leave this out."
# Which of them is needed depends on the way one chose, and their hints say so.
OWN_RULE = set(NEEDED.values())


@dataclass(frozen=True)
class Box:
    """Something to tick, with the line under it."""

    label: str
    hint: str = ""


@dataclass(frozen=True)
class Asked:
    """One question: boxes to tick, or `lines` to write on; without both one line. `how` says what one may do with it."""

    label: str
    hint: str = ""
    how: str = ""
    boxes: tuple[Box, ...] = ()
    lines: int = 0
    is_short: bool = False
    is_agreement: bool = False

    @property
    def rules(self) -> range:
        """The lines, for a template to draw."""
        return range(self.lines)


@dataclass(frozen=True)
class Group:
    """Questions under a heading of their own, or under none."""

    title: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True)
class Part:
    """What is one page on the screen."""

    slug: str
    title: str
    intro: str
    groups: tuple[Group, ...]
    is_question: bool = False


def parts_of(cohort: Cohort, size: str = STANDARD) -> list[Part]:
    """Every question that the online form asks somebody who writes their answers. Three queries."""
    facts = Facts(cohort, {"roles": [{} for _ in range(ROLES_ON_PAPER)]})
    return [_part(step, facts, size) for step in STEPS if step.slug not in ON_SCREEN_ONLY]


def _part(step: Step, facts: Facts, size: str) -> Part:
    form = step.form(facts.values, facts=facts)
    seven = LINES_FOR_THE_SEVEN[size] if step.is_question else 0
    groups = tuple(
        Group(part.title, tuple(_asked(box, seven, part.title) for box in part.fields)) for part in form.parts()
    )
    intro = ON_PAPER.get(step.slug, step.intro) or form.note()
    return Part(step.slug, step.title, intro, groups, step.is_question)


def _asked(box: BoundField, seven: int, group: str) -> Asked:
    """A group as a whole can be left out, so its boxes do not say it again."""
    field, label = box.field, str(box.label)
    hint = HINTS_ON_PAPER.get(box.name, strip_tags(str(field.help_text)))
    leave_out = "" if field.required or group or box.name in OWN_RULE else LEAVE_OUT
    if isinstance(field, forms.BooleanField):
        return Asked(label, hint, is_agreement=True)
    if isinstance(field, forms.MultipleChoiceField):
        return Asked(label, hint.removeprefix(TICK_ANY), TICK_ANY, tuple(_boxes(field)))
    if isinstance(field, forms.ChoiceField):
        return Asked(label, hint, leave_out, tuple(_boxes(field)))
    if isinstance(field.widget, forms.Textarea):
        return Asked(label, hint, leave_out, lines=seven or round(int(field.widget.attrs["rows"]) * LINES_FOR_A_ROW))
    return Asked(label, hint, leave_out, is_short=isinstance(field, WholeNumberField))


def _boxes(field: Any) -> Iterator[Box]:
    hints = getattr(field, "hints", {})
    return (Box(str(label), hints.get(str(value), "")) for value, label in field.choices if value != "")


def printed(cohort: Cohort, size: str) -> bytes:
    """The form as a tagged PDF, in standard print or in large print (18 points). Five queries; a second the first time."""
    return _paper(document(cohort, size))


def document(cohort: Cohort, size: str) -> str:
    context = {
        "cohort": cohort,
        "days": list(cohort.days.all()),
        "parts": parts_of(cohort, size),
        "size": size,
        "questions": len(CRITERIA),
        "help_phone": cohort.help_phone or settings.BODY_PHONE,
        "help_email": cohort.help_email or settings.BODY_EMAIL,
        "body_name": settings.BODY_NAME,
        "body_address": settings.BODY_ADDRESS,
        "style": ours((Path(settings.BASE_DIR) / "static/recruitment/paper.css").read_text()),
    }
    with timezone.override(cohort.zone):
        return render_to_string("recruitment/paper/form.html", context)


@lru_cache(maxsize=8)
def _paper(html: str) -> bytes:
    """The same words are the same paper: whoever asks again does not make us print again."""
    return pdf.render(html)
