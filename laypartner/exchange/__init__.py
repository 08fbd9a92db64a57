"""Cohort folders in and out: last year's spreadsheets come in, and everything can go out (docs/cohort-folder.md)."""

from laypartner.exchange.exporting import export_cohort
from laypartner.exchange.importing import import_cohort, import_responses, read_cohort
from laypartner.exchange.problems import ImportErrors, Problem

__all__ = ["ImportErrors", "Problem", "export_cohort", "import_cohort", "import_responses", "read_cohort"]
