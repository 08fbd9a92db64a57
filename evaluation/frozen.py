"""The database itself refuses to change a frozen questionnaire version or its items.

A migration that alters one of the two tables begins with `OFF` and ends with `ON`: SQLite rebuilds altered tables, and
a rebuilt table has lost its triggers. Deleting is left to the keys (PROTECT) and to Item.delete.
"""

from typing import Any

from django.db import migrations

VERSION, ITEM = "evaluation_questionnaireversion", "evaluation_item"
SENTENCE = "a frozen questionnaire version never changes"

# What must not happen, as (trigger, event and table, condition).
RULES = (
    ("evaluation_version_stays_frozen", f"UPDATE ON {VERSION}", "OLD.frozen_at IS NOT NULL"),
    (
        "evaluation_item_stays_as_it_is",
        f"UPDATE ON {ITEM}",
        f"EXISTS (SELECT 1 FROM {VERSION} v WHERE v.id IN (OLD.version_id, NEW.version_id) AND v.frozen_at IS NOT NULL)",
    ),
    (
        "evaluation_item_comes_too_late",
        f"INSERT ON {ITEM}",
        f"EXISTS (SELECT 1 FROM {VERSION} v WHERE v.id = NEW.version_id AND v.frozen_at IS NOT NULL)",
    ),
)


def put_on(apps: Any, schema_editor: Any) -> None:
    for name, event, condition in RULES:
        for statement in _statements(schema_editor.connection.vendor, name, event, condition):
            schema_editor.execute(statement)


def take_off(apps: Any, schema_editor: Any) -> None:
    for name, event, _ in RULES:
        table = event.split()[-1]
        on_table = "" if schema_editor.connection.vendor == "sqlite" else f" ON {table}"
        schema_editor.execute(f"DROP TRIGGER {name}{on_table}")
        if on_table:
            schema_editor.execute(f"DROP FUNCTION {name}()")


def _statements(vendor: str, name: str, event: str, condition: str) -> list[str]:
    if vendor == "sqlite":
        return [f"CREATE TRIGGER {name} BEFORE {event} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"]
    return [
        f"""CREATE FUNCTION {name}() RETURNS trigger AS $$
        BEGIN
            IF {condition} THEN
                RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END
        $$ LANGUAGE plpgsql""",
        f"CREATE TRIGGER {name} BEFORE {event} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


ON = migrations.RunPython(put_on, take_off)
OFF = migrations.RunPython(take_off, put_on)
