"""What a personal link can still do."""

from enum import StrEnum

from evaluation.models import Invitation


class LinkState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    EARLY = "early"
    UNKNOWN = "unknown"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


# The status of the page that explains the state: a link that will never work again is "gone".
STATUS = {LinkState.UNKNOWN: 404, LinkState.CLOSED: 410, LinkState.WITHDRAWN: 410}


def state_of(invitation: Invitation | None) -> LinkState:
    """Needs the invitation's wave and participant loaded; asks the database nothing."""
    if invitation is None:
        return LinkState.UNKNOWN
    if invitation.participant.withdrawn_at is not None:
        return LinkState.WITHDRAWN
    if invitation.has_answered:
        return LinkState.ANSWERED
    if not invitation.wave.has_opened():
        return LinkState.EARLY
    return LinkState.CLOSED if invitation.wave.is_closed() else LinkState.OPEN
