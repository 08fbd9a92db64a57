"""Who may do what: the whole of it on one page. A role is given for a programme or for one cohort, never globally."""

from django.db import models

from people.permissions import Permission as P


class Role(models.TextChoices):
    ADMINISTRATOR = "ADMINISTRATOR", "Administrator"
    ORGANISER = "ORGANISER", "Organiser"
    ACCESS_LEAD = "ACCESS_LEAD", "Access lead"
    REVIEWER = "REVIEWER", "Reviewer"
    MODERATOR = "MODERATOR", "Moderator"
    COACH = "COACH", "Table coach"
    EVALUATOR = "EVALUATOR", "Evaluator"
    COMMISSIONER = "COMMISSIONER", "Commissioner"


# (an organiser does everything in a cohort but give roles, score blind, and read as a commissioner does)
ORGANISER = frozenset(P) - {P.ROLES_MANAGE, P.OWN_TABLE_VIEW, P.APPLICATION_REVIEW, P.REPORT_READ_ISSUED}

PERMISSIONS: dict[Role, frozenset[P]] = {
    Role.ADMINISTRATOR: ORGANISER | {P.ROLES_MANAGE},
    Role.ORGANISER: ORGANISER,
    Role.ACCESS_LEAD: frozenset({P.COHORT_VIEW, P.PEOPLE_VIEW, P.ACCESS_NEEDS_VIEW, P.SEATING_VIEW}),
    Role.REVIEWER: frozenset({P.APPLICATION_REVIEW}),
    Role.MODERATOR: frozenset({P.COHORT_VIEW, P.APPLICATION_VIEW, P.APPLICATION_MODERATE, P.APPLICATION_DECIDE}),
    Role.COACH: frozenset({P.OWN_TABLE_VIEW}),
    Role.EVALUATOR: frozenset({P.COHORT_VIEW, P.ANSWERS_ENTER, P.WAVE_MANAGE, P.RESULTS_VIEW, P.REPORT_EDIT}),
    Role.COMMISSIONER: frozenset({P.REPORT_READ_ISSUED}),
}
# Everybody who works on a programme rather than reads its reports; they may be asked for a second step at sign-in.
STAFF_ROLES = frozenset(Role) - {Role.COMMISSIONER}


def roles_with(permission: P) -> list[Role]:
    return [role for role, permissions in PERMISSIONS.items() if permission in permissions]
