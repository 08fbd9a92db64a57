"""By which way a letter reaches a person: one rule for every room."""

from dataclasses import dataclass

from core.models import Message
from people.models import ContactRoute, Person, Route

CHANNELS = {
    Route.EMAIL: Message.Channel.EMAIL,
    Route.POST: Message.Channel.POST,
    Route.PHONE: Message.Channel.PHONE,
}
# Where the preferred way has no address, the next that has one.
OTHERWISE = (Route.EMAIL, Route.POST, Route.PHONE)
ASK = "Ask the person how to reach them"


@dataclass(frozen=True)
class Destination:
    """A channel of the outbox (email, post, phone call) and the address there, on one line."""

    channel: str
    to: str


def destination_of(person: Person) -> Destination:
    """The way the person prefers, or the next that works. Uses prefetched contact routes, else one query.

    Somebody who prefers the phone is phoned: the letter becomes what the caller reads out. Somebody who asked for post
    gets post and no email, even while we lack the address. Nobody is left out: without any address it is a letter by
    post whose address somebody has to ask for.
    """
    routes = {route.kind: route for route in person.contact_routes.all()}
    preferred = next((kind for kind, route in routes.items() if route.is_preferred), Route.EMAIL)
    for kind in (preferred,) if preferred == Route.POST else (preferred, *OTHERWISE):
        route = routes.get(kind)
        if route is not None and route.value:
            return Destination(CHANNELS[Route(kind)], _one_line(route))
    return Destination(Message.Channel.POST, ASK)


def _one_line(route: ContactRoute) -> str:
    return route.value.replace("\n", ", ")[:254]
