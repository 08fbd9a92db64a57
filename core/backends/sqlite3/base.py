"""Django's SQLite, with one check left out.

With trusted_schema=OFF (trust.md 3.3) SQLite 3.40 refuses every statement on a table whose CHECK calls JSON_VALID, which
is what Django writes for a JSONField: "unsafe use of JSON_VALID()". Django encodes the value itself, so the check guards
against nothing but other programs. See docs/decisions/0002-sqlite.md.
"""

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    data_type_check_constraints = {
        name: check for name, check in base.DatabaseWrapper.data_type_check_constraints.items() if name != "JSONField"
    }
