"""Rows that may be somebody who applied already: a warning, not a mistake. A person decides, and can merge later."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.forms.texts import plain_phone
from laypartner.exchange.applications.resource import Incoming
from programmes.characteristics import Characteristic
from programmes.models import Cohort
from recruitment import queries
from recruitment.duplicates import Entry
from recruitment.models import Application


@dataclass(frozen=True)
class Alike:
    """Row `number` looks like an application that is here (`reference`) or like another row of the file."""

    number: int
    name: str
    other: str
    reference: str
    why: str


def of(cohort: Cohort, new: Sequence[tuple[int, Incoming]]) -> list[Alike]:
    """Four queries at most, whatever the number of rows."""
    if not new:
        return []
    rows = {-number: (number, row) for number, row in new}
    pairs = queries.pairs_with_new(
        cohort,
        [_entry(key, row) for key, (_, row) in rows.items()],
        {key: [row.values["answers"][item] for item in Characteristic] for key, (_, row) in rows.items()},
    )
    here = Application.objects.select_related("person").in_bulk([pair.second for pair in pairs if pair.second > 0])
    found = []
    for pair in pairs:
        number, row = rows[pair.first]
        if pair.second > 0:
            known = here[pair.second]
            found.append(Alike(number, row.values["name"], known.person.name, known.reference, pair.words))
        else:
            other_number, other = rows[pair.second]
            found.append(
                Alike(number, row.values["name"], f"{other.values['name']}, row {other_number}", "", pair.words)
            )
    return sorted(found, key=lambda alike: alike.number)


def _entry(key: int, row: Incoming) -> Entry:
    """A new entry; its key stands for a person of its own."""
    values = row.values
    return Entry(
        key=key,
        person=key,
        name=values["name"],
        email=values["email"],
        phone=plain_phone(values["phone"]),
        post=values["post"],
        area=values["area"],
        organisation=values["organisation_name"],
    )
