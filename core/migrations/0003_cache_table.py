"""The table behind the shared cache (limits on sign-in attempts), so that `migrate` is all the set-up there is."""

from django.core.management import call_command
from django.db import migrations


def make_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("core", "0002_audit_line_author")]
    operations = [migrations.RunPython(make_table, migrations.RunPython.noop)]
