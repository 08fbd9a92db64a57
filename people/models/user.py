from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from core.text import fold_email
from people.permissions import Permission
from people.roles import PERMISSIONS, STAFF_ROLES, Role, roles_with


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, **fields: Any) -> "User":
        """An account that signs in by a code sent to `email`; it has no password."""
        user = self.model(email=fold_email(email), **fields)
        user.set_unusable_password()
        user.save()
        return user


class User(AbstractBaseUser):
    """An account. Optional: most people in the records have none. Nobody has a password."""

    email = models.EmailField("email address", unique=True)
    name = models.CharField(max_length=100)
    person = models.OneToOneField("people.Person", models.PROTECT, null=True, blank=True, related_name="user")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="people_user_email_folded")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_permissions(self) -> frozenset[Permission]:
        """Everything this account may do somewhere; one query, kept for the request. Scope is the queryset's affair."""
        if not hasattr(self, "_permissions"):
            roles = self.assignments.values_list("role", flat=True)
            self._permissions = frozenset().union(*(PERMISSIONS[Role(role)] for role in roles))
        return self._permissions

    def get_roles(self) -> list[Role]:
        """The roles held anywhere, in the order of the page that lists them. One query."""
        held = set(self.assignments.values_list("role", flat=True))
        return [role for role in Role if role in held]

    def is_staff_member(self) -> bool:
        """Whether a second step at sign-in may be asked for. One query."""
        return self.assignments.filter(role__in=STAFF_ROLES).exists()


class RoleAssignment(models.Model):
    """One role for one account, in one programme or one cohort.

    The two scopes live in the room above; the keys name them as text, so that no import climbs
    (docs/decisions/0003-roles-and-scope.md).
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="assignments")
    role = models.CharField(max_length=20, choices=Role)
    programme = models.ForeignKey(
        "programmes.Programme", models.CASCADE, null=True, blank=True, related_name="assignments"
    )
    cohort = models.ForeignKey("programmes.Cohort", models.CASCADE, null=True, blank=True, related_name="assignments")
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_role_assignment_one_scope",
                condition=Q(programme=None, cohort__isnull=False) | Q(programme__isnull=False, cohort=None),
            ),
            models.UniqueConstraint(
                name="people_role_assignment_once_per_programme",
                fields=["user", "role", "programme"],
                condition=Q(programme__isnull=False),
            ),
            models.UniqueConstraint(
                name="people_role_assignment_once_per_cohort",
                fields=["user", "role", "cohort"],
                condition=Q(cohort__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} of {self.cohort or self.programme}"


def cohorts_q(user: Any, permission: Permission, path: str) -> Q:
    """Rows whose cohort, reached by `path` ("" for cohorts themselves), lies where `user` holds `permission`.

    No query of its own: it becomes part of the caller's.
    """
    if not getattr(user, "is_authenticated", False):
        return Q(pk__in=[])
    held = RoleAssignment.objects.filter(user=user, role__in=roles_with(permission))
    own = f"{path}__in" if path else "pk__in"
    through = f"{path}__programme__in" if path else "programme__in"
    return Q(**{own: held.filter(cohort__isnull=False).values("cohort")}) | Q(
        **{through: held.filter(programme__isnull=False).values("programme")}
    )
