"""Every question starts from what the user may see."""

from typing import Any, ClassVar, Self

from django.db import models

from people.models.user import cohorts_q
from people.permissions import Permission


class ScopedQuerySet(models.QuerySet):
    """A queryset whose rows belong to a cohort, reached by `cohort_path` ("" for cohorts themselves)."""

    cohort_path: ClassVar[str] = "cohort"
    view_permission: ClassVar[Permission] = Permission.COHORT_VIEW

    def visible_to(self, user: Any, permission: Permission | None = None) -> Self:
        """The rows of cohorts where `user` holds `permission`. Nothing for a stranger. No query of its own."""
        return self.filter(cohorts_q(user, permission or self.view_permission, self.cohort_path))


def scoped(path: str, permission: Permission) -> type[ScopedQuerySet]:
    """A queryset class for rows that reach their cohort by `path` and are seen with `permission`."""
    return type("Scoped", (ScopedQuerySet,), {"cohort_path": path, "view_permission": permission})
