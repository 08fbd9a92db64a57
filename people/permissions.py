"""What there is to be allowed. Which role may do it stands in roles.py; docs/permissions.md shows both as a table."""

from enum import StrEnum


class Permission(StrEnum):
    COHORT_VIEW = "see a cohort's overview"
    COHORT_CREATE = "make or import a cohort"
    COHORT_EDIT = "change a cohort's settings and sessions"
    COHORT_EXPORT = "take a cohort away as files"
    PEOPLE_VIEW = "see a cohort's participants and how to reach them"
    PEOPLE_EDIT = "change a participant's details"
    ACCESS_NEEDS_VIEW = "see what people need to take part"
    APPLICATION_VIEW = "see applications with names"
    APPLICATION_REVIEW = "score applications, without names"
    APPLICATION_DECIDE = "decide on applications"
    SEATING_VIEW = "see the table plan"
    SEATING_EDIT = "plan tables"
    OWN_TABLE_VIEW = "see who sits at the table one coaches"
    ANSWERS_ENTER = "enter evaluation forms from paper or telephone"
    WAVE_MANAGE = "open and close evaluation waves and send their links"
    RESULTS_VIEW = "see evaluation results"
    REPORT_EDIT = "write and issue the report"
    REPORT_READ_ISSUED = "read issued reports"
    OUTBOX_VIEW = "see the letters of a cohort"
    ROLES_MANAGE = "give and take away roles"
