"""What an import would do: each row of the files beside what is stored. Pure: values in, a plan out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from laypartner.exchange.columns import FILES
from laypartner.exchange.content import CoachRow, CohortFolder, FormRow, ParticipantRow, WaveForms
from laypartner.exchange.problems import Problems, quoted

SLUG_TAKEN = "There is already a cohort with the short name {slug}. Choose another one."


class State(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True)
class Change:
    """What happens to one row. `columns` are (column, stored, in the file), as files write them."""

    stem: str
    key: str
    state: State
    incoming: Any
    columns: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Plan:
    folder: CohortFolder
    is_new: bool
    changes: tuple[Change, ...]

    @property
    def changes_nothing(self) -> bool:
        return all(change.state is State.SAME for change in self.changes)

    def of(self, stem: str, *states: State) -> list[Change]:
        return [change for change in self.changes if change.stem == stem and change.state in states]

    @property
    def counts(self) -> list[tuple[str, dict[str, int]]]:
        """For each file: [("participants", {"new": 40, "changed": 0, "same": 0}), …]."""
        stems = [stem for stem in FILES if any(change.stem == stem for change in self.changes)]
        return [(stem, {state.value: len(self.of(stem, state)) for state in State}) for stem in stems]


def compare(folder: CohortFolder, stored: CohortFolder | None, problems: Problems) -> Plan:
    """The plan for a folder; `stored` is the cohort as it is, None for a new one. Problems are added for changes that
    an import must not make: another programme, other dates, another person under a ref, other answers on a form.
    """
    if stored is None:
        return Plan(folder, True, tuple(_all_new(folder)))
    _check_cohort(folder, stored, problems)
    changes = [
        _change("cohort", folder.cohort.slug, folder.cohort, stored.cohort),
        *_people("participants", folder.participants, stored.participants, folder, problems),
        *_people("coaches", folder.coaches, stored.coaches, folder, problems),
        *_rules(folder, stored),
    ]
    _check_refs(folder, stored, problems)
    standing = {wave.wave: wave for wave in stored.waves}
    for wave in folder.waves:
        changes += compare_forms(wave, standing.get(wave.wave), problems)
    return Plan(folder, False, tuple(changes))


def _all_new(folder: CohortFolder) -> Iterator[Change]:
    yield Change("cohort", folder.cohort.slug, State.NEW, folder.cohort)
    for stem, rows in (("participants", folder.participants), ("coaches", folder.coaches)):
        for row in rows:
            yield Change(stem, row.ref, State.NEW, row)
    for rule in folder.seating_rules:
        yield Change("seating_rules", f"{rule.a} {rule.b}", State.NEW, rule)
    for wave in folder.waves:
        for form in wave.forms:
            yield Change(f"responses-{wave.wave}", form.form, State.NEW, form)


def _change(stem: str, key: str, incoming: Any, stored: Any) -> Change:
    """Compares two rows column by column."""
    if stored is None:
        return Change(stem, key, State.NEW, incoming)
    different = tuple(
        (name, _written(stem, name, getattr(stored, name)), _written(stem, name, getattr(incoming, name)))
        for name in (field.name for field in fields(incoming) if field.compare)
        if getattr(stored, name) != getattr(incoming, name)
    )
    return Change(stem, key, State.CHANGED if different else State.SAME, incoming, different)


def _written(stem: str, column: str, value: Any) -> str:
    return FILES[stem].column(column).kind.write(value) if value not in ("", ()) else ""


def _check_cohort(folder: CohortFolder, stored: CohortFolder, problems: Problems) -> None:
    incoming, file = folder.cohort, folder.name_of("cohort")
    if (incoming.programme, incoming.commissioner) != (stored.cohort.programme, stored.cohort.commissioner):
        problems.add(file, SLUG_TAKEN.format(slug=quoted(incoming.slug)), row=incoming.row, column="slug")
        return
    for number, (on, standing) in enumerate(zip(incoming.dates, stored.cohort.dates, strict=True), start=1):
        if on != standing:
            sentence = (
                f"There is already a cohort {quoted(incoming.slug)}, and its day {number} is {standing}. "
                "For another cohort choose another slug; to move this one, change its settings first."
            )
            problems.add(file, sentence, row=incoming.row, column=f"day_{number}")


Named = ParticipantRow | CoachRow


def _people(
    stem: str, incoming: Iterable[Named], stored: Iterable[Named], folder: CohortFolder, problems: Problems
) -> Iterator[Change]:
    standing = {row.ref: row for row in stored}
    for row in incoming:
        known = standing.get(row.ref)
        if known is not None and known.name != row.name:
            sentence = (
                f"{quoted(row.ref)} is {quoted(known.name)} here, not {quoted(row.name)}. For another person use "
                "another ref; for a new name of the same person, change it on their page first."
            )
            problems.add(folder.name_of(stem), sentence, row=row.row, column="name")
        yield _change(stem, row.ref, row, known)


def _check_refs(folder: CohortFolder, stored: CohortFolder, problems: Problems) -> None:
    """A ref that a coach has is not given to a participant, nor the other way round."""
    groups = (("participants", stored.coaches, "coach"), ("coaches", stored.participants, "participant"))
    for stem, others, word in groups:
        taken = {row.ref for row in others}
        for row in getattr(folder, stem):
            if row.ref in taken:
                sentence = f"{quoted(row.ref)} is already the ref of a {word} here. Use another one."
                problems.add(folder.name_of(stem), sentence, row=row.row, column="ref")


def _rules(folder: CohortFolder, stored: CohortFolder) -> Iterator[Change]:
    standing = {rule.pair: rule for rule in stored.seating_rules}
    for rule in folder.seating_rules:
        known = standing.get(rule.pair)
        key = f"{rule.a} {rule.b}"
        if known is not None and known.reason == rule.reason:
            yield Change("seating_rules", key, State.SAME, rule)
        elif known is not None:
            columns = (("reason", known.reason, rule.reason),)
            yield Change("seating_rules", key, State.CHANGED, rule, columns)
        else:
            yield Change("seating_rules", key, State.NEW, rule)


# --- answers -------------------------------------------------------------------------------------------------
def compare_forms(incoming: WaveForms, stored: WaveForms | None, problems: Problems) -> list[Change]:
    """Forms are added and never altered: a form that is stored with other answers is a problem."""
    standing = {form.form: form for form in stored.forms} if stored else {}
    changes = []
    for form in incoming.forms:
        known = standing.get(form.form)
        if known is not None and (column := _first_difference(form, known, incoming.items)):
            sentence = (
                f"Form {quoted(form.form)} is stored already, with something else here. Answers are not changed by an "
                "import: correct the file, or remove the stored form first."
            )
            problems.add(incoming.file, sentence, row=form.row, column=column)
        state = State.NEW if known is None else State.SAME
        changes.append(Change(f"responses-{incoming.wave}", form.form, state, form))
    return changes


def _first_difference(form: FormRow, known: FormRow, items: Iterable[str]) -> str:
    """The first column in which the file says something else than is stored; it is silent of columns it has not."""
    for name in ("source", "pseudonym"):
        said = getattr(form, name)
        if said is not None and said != getattr(known, name):
            return name
    absent = object()
    return next((key for key in items if form.answers.get(key, absent) != known.answers.get(key, absent)), "")
