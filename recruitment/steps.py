"""The long application as data: its pages in order, and one applicant's way through them.

A page saves whatever was typed; only the last one, where all answers are checked, asks that nothing is missing.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from programmes.characteristics import Characteristic
from recruitment.forms.applying import answer_name
from recruitment.forms.drafting import (
    AboutYouForm,
    AgreementsForm,
    AreaForm,
    CallingForm,
    DaysForm,
    ModeForm,
    QuestionForm,
    RecordingForm,
    RolesForm,
    StepForm,
    TakingPartForm,
    WantsForm,
    mode_of,
)
from recruitment.models import CharacteristicAnswer
from recruitment.queries.drafting import Facts
from recruitment.rubric import CRITERIA, Criterion

CHECK = "check"
Mode = CharacteristicAnswer.Mode
# These two ask something that is ticked or counted, which takes no voice.
ASK_MORE = (Characteristic.CONNECTIONS, Characteristic.TIME)


def _always(values: Mapping[str, Any]) -> bool:
    return True


def _is_written(values: Mapping[str, Any]) -> bool:
    return mode_of(values) == Mode.WRITTEN


def _is_recorded(values: Mapping[str, Any]) -> bool:
    return mode_of(values) == Mode.RECORDING


@dataclass(frozen=True)
class Step:
    """One page: its word in the address, its heading, its form, the words above it, and when it is asked."""

    slug: str
    title: str
    form: Callable[..., StepForm]
    intro: str = ""
    when: Callable[[Mapping[str, Any]], bool] = field(default=_always, compare=False)
    is_question: bool = False

    @property
    def kind(self) -> str:
        """How the page is set: questions larger, agreements apart."""
        return "question" if self.is_question else self.slug


def _question(item: Criterion) -> Step:
    return Step(
        slug=item.characteristic.lower().replace("_", "-"),
        title=f"Question {item.number} of {len(CRITERIA)}",
        form=partial(QuestionForm, criterion=item),
        when=_always if item.characteristic in ASK_MORE else _is_written,
        is_question=True,
    )


STEPS: tuple[Step, ...] = (
    Step(
        "about-you",
        "About you",
        AboutYouForm,
        "You can stop at any time. We keep what you type, and you can come back to it.",
    ),
    Step(
        "calling",
        "When we call you",
        CallingForm,
        "We may call you about your application. Leave out whatever you like.",
    ),
    Step("area", "You as a patient or carer", AreaForm),
    Step(
        "roles",
        "Your lay roles",
        RolesForm,
        "Tell us about groups in which you speak for patients, carers or the public. No role yet is fine: then go on.",
    ),
    Step(
        "how-to-answer",
        "Seven questions",
        ModeForm,
        "Next come seven questions about what matters in the role. People who do not know your name score each answer. "
        "Examples from any part of your life count, and short answers are fine.",
    ),
    Step(
        "recordings",
        "Your recording",
        RecordingForm,
        "Record yourself with your phone, and send us the file here. Say the number of the question before each answer.",
        when=_is_recorded,
    ),
    *(_question(item) for item in CRITERIA),
    Step("wants", "What you want from the course", WantsForm),
    Step(
        "taking-part",
        "What you need to take part",
        TakingPartForm,
        "This has no effect on selection. The people who score your answers do not see it.",
    ),
    Step("days", "The days", DaysForm),
    Step("agreements", "Before you send it", AgreementsForm, "Each of these is on its own: tick what you agree to."),
)


def step_named(slug: str) -> Step | None:
    return next((step for step in STEPS if step.slug == slug), None)


@dataclass(frozen=True)
class Problem:
    """Something to put right before the form can be sent: where, and in which words."""

    step: Step
    control: str
    sentence: str


class Journey:
    """The way of one applicant: which pages come, what stands on them, what is still missing."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.steps = [step for step in STEPS if step.when(facts.values)]

    def form(self, step: Step, **more: Any) -> StepForm:
        return step.form(self.facts.values, facts=self.facts, **more)

    @cached_property
    def forms(self) -> list[tuple[Step, StepForm]]:
        """Each page with its form, judged already."""
        found = [(step, self.form(step)) for step in self.steps]
        for _, form in found:
            form.full_clean()
        return found

    def after(self, step: Step) -> str:
        """The word of the page after this one, also for a page that is not asked any more."""
        later = STEPS[STEPS.index(step) + 1 :]
        return next((item.slug for item in later if item in self.steps), CHECK)

    def before(self, step: Step | None) -> str:
        """The page before this one, or before the check; "" on the first."""
        earlier = STEPS[: STEPS.index(step)] if step else STEPS
        return next((item.slug for item in reversed(earlier) if item in self.steps), "")

    def place(self, step: Step | None) -> str:
        """ "Step 4 of 16"; the check is the last."""
        if step is not None and step not in self.steps:
            return ""
        number = self.steps.index(step) if step else len(self.steps)
        return f"Step {number + 1} of {len(self.steps) + 1}"

    def resume(self) -> str:
        """Where somebody who comes back goes on: the first page that was never saved."""
        return next((step.slug for step, form in self.forms if not form.is_visited()), CHECK)

    def problems(self) -> Iterator[Problem]:
        for step, form in self.forms:
            for name, sentences in form.errors.items():
                yield from (Problem(step, first_control(form, name), sentence) for sentence in sentences)

    def is_complete(self) -> bool:
        return all(form.is_valid() for _, form in self.forms)

    def words(self) -> list[tuple[Step, list[tuple[str, str, str]]]]:
        """Every answer in words, page by page: label, answer, the control to go to."""
        return [
            (step, [(label, text, first_control(form, name)) for label, text, name in form.rows()])
            for step, form in self.forms
        ]

    def unsent(self) -> list[tuple[str, str]]:
        """What was written before somebody chose to answer by phone or by a recording: kept, and not sent."""
        if mode_of(self.facts.values) == Mode.WRITTEN:
            return []
        answers = [(item.question, self.facts.values.get(answer_name(item), "")) for item in CRITERIA]
        return [(question, text) for question, text in answers if text.strip()]

    def typed(self) -> list[tuple[str, str]]:
        """Every answer that there is, with its question: for whoever wants to keep their words."""
        rows = [(label, text) for _, rows in self.words() for label, text, _ in rows if text]
        return [*rows, *self.unsent()]

    def filled_in(self) -> dict[str, Any]:
        """What applying.submit takes. Ask only a complete form."""
        found: dict[str, Any] = {"hours_a_month": None, "answers": {}}
        for _, form in self.forms:
            for name, value in form.filled_in().items():
                found[name] = found[name] | value if name == "answers" else value
        return found


def first_control(form: StepForm, name: str) -> str:
    """The id of the first box or button of a field: radios and tick boxes are numbered."""
    kind = form.fields[name].widget if name in form.fields else None
    is_list = getattr(kind, "input_type", "") in ("radio", "checkbox") and hasattr(kind, "choices")
    return f"id_{name}_0" if is_list else f"id_{name}"
