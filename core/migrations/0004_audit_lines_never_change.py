"""The database itself refuses to change an audit line; models.py refuses it in Python."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER core_auditevent_append_only BEFORE UPDATE ON core_auditevent
BEGIN SELECT RAISE(ABORT, 'audit lines are never changed'); END
"""
POSTGRES = """
CREATE FUNCTION core_auditevent_refuse() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'audit lines are never changed' USING ERRCODE = 'integrity_constraint_violation'; END
$$ LANGUAGE plpgsql;
CREATE TRIGGER core_auditevent_append_only BEFORE UPDATE ON core_auditevent
FOR EACH ROW EXECUTE FUNCTION core_auditevent_refuse()
"""


def add(apps, schema_editor):
    schema_editor.execute(SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES)


def remove(apps, schema_editor):
    on_table = "" if schema_editor.connection.vendor == "sqlite" else " ON core_auditevent"
    schema_editor.execute(f"DROP TRIGGER core_auditevent_append_only{on_table}")


class Migration(migrations.Migration):
    dependencies = [("core", "0003_cache_table")]
    operations = [migrations.RunPython(add, remove)]
