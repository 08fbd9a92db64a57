"""docs/data.md names every field of every record and says whether it is personal: erasure and export will stand on it."""

import re
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).parents[2]
CLASSES = {"no", "personal", "special", "confidential", "secret"}
# Django's own tables without anything about people.
NOT_OURS = {"contenttypes.ContentType", "auth.Permission", "auth.Group"}


def documented() -> dict[str, dict[str, str]]:
    """{"people.Person": {"name": "personal", …}} as the page says it."""
    found: dict[str, dict[str, str]] = {}
    fields: dict[str, str] = {}
    for line in (ROOT / "docs/data.md").read_text().splitlines():
        if heading := re.match(r"### `([\w.]+)`", line):
            fields = found.setdefault(heading[1], {})
        elif row := re.match(r"\| `(\w+)` \| (\w+) \|", line):
            fields[row[1]] = row[2]
    return found


def existing() -> dict[str, set[str]]:
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.label not in NOT_OURS]
    return {model._meta.label: {field.name for field in model._meta.local_fields} for model in models}


def test_every_model_is_in_the_register():
    assert documented().keys() == existing().keys()


def test_every_field_is_in_the_register():
    register = {name: set(fields) for name, fields in documented().items()}

    assert {name: existing()[name] ^ fields for name, fields in register.items() if existing()[name] != fields} == {}


def test_every_field_has_a_known_class():
    assert {kind for fields in documented().values() for kind in fields.values()} <= CLASSES
