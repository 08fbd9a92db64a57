#!/usr/bin/env python
"""Laypartner's commands: `python manage.py help` lists them."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    try:
        "".join(sys.argv).encode()
    except UnicodeEncodeError:  # no name in the database, and no name that we print, is made of such bytes
        sys.exit("The command holds bytes that are not UTF-8 text. Type it again.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laypartner.settings")
    execute_from_command_line(sys.argv)
