"""What may happen to an application from where it stands, and where it stands then: the one table of it."""

from recruitment.models import Application, Decision

State, Outcome = Application.State, Decision.Outcome

# Outcome → the states it may start from, and the state it leads to. RETURN leads back to where the person came from.
STEPS: dict[str, tuple[tuple[str, ...], str]] = {
    Outcome.ACCEPT: ((State.SUBMITTED, State.RESERVE), State.OFFERED),
    Outcome.RESERVE: ((State.SUBMITTED,), State.RESERVE),
    Outcome.DECLINE: ((State.SUBMITTED, State.RESERVE), State.DECLINED),
    Outcome.CONFIRM: ((State.OFFERED, State.LAPSED), State.ACCEPTED),
    Outcome.TURN_DOWN: ((State.OFFERED,), State.TURNED_DOWN),
    Outcome.LAPSE: ((State.OFFERED,), State.LAPSED),
    Outcome.WITHDRAW: (
        (State.AWAITING, State.SUBMITTED, State.OFFERED, State.ACCEPTED, State.RESERVE),
        State.WITHDRAWN,
    ),
    Outcome.RETURN: ((State.WITHDRAWN, State.TURNED_DOWN), State.SUBMITTED),
    Outcome.REOPEN: (
        (
            State.OFFERED,
            State.ACCEPTED,
            State.RESERVE,
            State.DECLINED,
            State.TURNED_DOWN,
            State.LAPSED,
            State.WITHDRAWN,
        ),
        State.SUBMITTED,
    ),
}
# What a sentence says when something cannot happen from where the application stands.
STANDS: dict[str, str] = {
    State.AWAITING: "still waits for the person’s agreement",
    State.SUBMITTED: "is still to decide",
    State.OFFERED: "has been offered a place",
    State.ACCEPTED: "already has a place",
    State.RESERVE: "is already on the reserve list",
    State.DECLINED: "is already declined",
    State.TURNED_DOWN: "said no to the place",
    State.LAPSED: "did not reply in time",
    State.WITHDRAWN: "has been withdrawn",
    State.MERGED: "was merged into another one",
}
VERBS: dict[str, str] = {
    Outcome.ACCEPT: "offered_place",
    Outcome.RESERVE: "put_on_reserve",
    Outcome.DECLINE: "declined",
    Outcome.REOPEN: "reopened",
    Outcome.CONFIRM: "confirmed_place",
    Outcome.TURN_DOWN: "turned_down_place",
    Outcome.LAPSE: "lapsed",
    Outcome.WITHDRAW: "withdrew_application",
    Outcome.RETURN: "returned",
}
# Who has a place now, for the ranking that leaves the house (contract.md: "accept" means holding a place).
HOLDING = (State.OFFERED, State.ACCEPTED)
# From here reviewers' scores stand still, because a decision rests on them.
SCOREABLE = (State.SUBMITTED,)
# A step as the history tells it.
PAST: dict[str, str] = {
    Outcome.ACCEPT: "Offered a place",
    Outcome.RESERVE: "Put on the reserve list",
    Outcome.DECLINE: "Declined",
    Outcome.REOPEN: "Decision taken back",
    Outcome.CONFIRM: "Said yes to the place",
    Outcome.TURN_DOWN: "Said no to the place",
    Outcome.LAPSE: "Did not reply, place given up",
    Outcome.WITHDRAW: "Withdrew",
    Outcome.RETURN: "Came back",
}
