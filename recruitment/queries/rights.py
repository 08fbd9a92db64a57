"""What somebody may do in one very cohort, for parts of a page that need more than the page itself."""

from typing import Any

from django.db.models import Q

from people.models import RoleAssignment
from people.permissions import Permission
from people.roles import PERMISSIONS, Role
from programmes.models import Cohort


def held_in(cohort: Cohort, user: Any) -> frozenset[Permission]:
    """What `user` may do in this very cohort, for parts of a page that need more than the page itself. One query."""
    here = RoleAssignment.objects.filter(Q(cohort=cohort) | Q(programme=cohort.programme_id), user=user)
    return frozenset().union(*(PERMISSIONS[Role(role)] for role in here.values_list("role", flat=True)))
