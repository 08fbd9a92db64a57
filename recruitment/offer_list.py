"""The list of offers, on the page and as a file to ring people from: those who are silent come first."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from core.tables import Column, Filter, Table
from people.models import Route
from programmes.models import Cohort
from recruitment.models import Offer
from recruitment.queries.offers import STANDING_WORDS
from recruitment.sentences import counted

CELL = "recruitment/cells/"
SILENT_FIRST = ("standing", "reply_by")


def _route(kind: str) -> Callable[[Offer], str]:
    """A person's number or address of this kind, from what was prefetched."""

    def value(row: Offer) -> str:
        return next((r.value for r in row.application.person.contact_routes.all() if r.kind == kind), "")

    return value


def _message(row: Offer) -> str:
    may = row.application.person.may_leave_message
    return "" if may is None else "Yes" if may else "No"


def _answer(row: Offer) -> str:
    return STANDING_WORDS[row.standing]


def days_left(reply_by: datetime, now: datetime) -> str:
    """ "3 days left", "Today", "2 days over", by days of the calendar."""
    days = (timezone.localtime(reply_by).date() - timezone.localtime(now).date()).days
    if reply_by <= now:
        return f"{counted(-days, 'day')} over" if days else "Over"
    return f"{counted(days, 'day')} left" if days else "Today"


NAME = Column(
    "name",
    "Name",
    lambda row: row.application.person.name,
    ("application__person__name",),
    f"{CELL}offer_name.html",
    is_heading=True,
)
REFERENCE = Column("reference", "Reference", lambda row: row.application.reference, ("application__reference",))
REPLY_BY = Column("reply", "Reply by", lambda row: row.reply_by, SILENT_FIRST, f"{CELL}offer_reply.html")
REMINDERS = Column("reminders", "Reminders", lambda row: row.reminders_sent, ("reminders_sent",), kind="number")
ANSWER = Column("answer", "Answer", _answer, ("standing",), f"{CELL}offer_answer.html")
phone_of = _route(Route.PHONE)
PHONE = Column("phone", "Phone", phone_of, template=f"{CELL}offer_phone.html")
ON_THE_PAGE = (NAME, REPLY_BY, REMINDERS, ANSWER)
TO_RING = (
    Column("best", "Best time to call", lambda row: row.application.person.best_time),
    Column("message", "May we leave a message", _message),
    Column("email", "Email", _route(Route.EMAIL)),
)
ACTIONS = Column("actions", "What to do", lambda row: "", template=f"{CELL}offer_actions.html", kind="action")


def offers_table(*, cohort: Cohort, offers: QuerySet[Offer], params: QueryDict, may_reach: bool) -> Table:
    """`offers` must be narrowed to what the reader may see; `may_reach`: they may see phone numbers."""
    phone = (PHONE,) if may_reach else ()
    if params.get("export"):
        columns = (NAME, REFERENCE, *phone, *(TO_RING if may_reach else ()), REPLY_BY, REMINDERS, ANSWER)
    else:
        columns = (NAME, *phone, REPLY_BY, REMINDERS, ANSWER, ACTIONS)
    return Table(
        name="offers",
        caption=f"Offers of {cohort.title}",
        columns=columns,
        rows=offers,
        params=params,
        search=("application__person__name", "application__reference"),
        search_label="Search by name or reference",
        filters=[
            Filter("answer", "Answer", [(str(key), words) for key, words in STANDING_WORDS.items()], "standing"),
        ],
        default_sort="reply",
        empty="No offers yet.",
        empty_next="They appear here when you release the first letters.",
    )
