from people.models.access import AccessNeed
from people.models.consent import Consent
from people.models.lay_role import LayRole
from people.models.organisation import Organisation
from people.models.person import ContactRoute, InformationFormat, LivedExperience, Person, Route
from people.models.user import RoleAssignment, User

__all__ = [
    "AccessNeed",
    "Consent",
    "ContactRoute",
    "InformationFormat",
    "LayRole",
    "LivedExperience",
    "Organisation",
    "Person",
    "RoleAssignment",
    "Route",
    "User",
]
