"""What an applicant has been told about decisions, and what still waits to go."""

from dataclasses import dataclass

from django.db.models import Q

from core.models import Message
from recruitment.models import Application

WORDS = {
    Message.State.DUE: "waits to go",
    Message.State.SENDING: "is on its way",
    Message.State.SENT: "went",
    Message.State.UNCERTAIN: "went, but we are not sure that it arrived",
    Message.State.FAILED: "could not be sent",
}
BY_PHONE = {Message.State.DUE: "to make", Message.State.SENT: "made"}


@dataclass(frozen=True)
class Heard:
    """One letter about a decision or an offer."""

    letter: Message

    @property
    def words(self) -> str:
        """ "Email went", "Post waits to go", "Phone call made"."""
        way, words = self.letter.get_channel_display(), WORDS
        if self.letter.channel == Message.Channel.PHONE:
            words = WORDS | BY_PHONE
        return f"{way} {words[Message.State(self.letter.state)]}"

    @property
    def is_reminder(self) -> bool:
        return self.letter.key.startswith("offer-reminder:")

    @property
    def is_told(self) -> bool:
        return self.letter.state != Message.State.DUE


def heard(application: Application) -> list[Heard]:
    """The newest first. Two queries beside the decisions, which must be prefetched."""
    keys = [f"decision:{decision.pk}" for decision in application.decisions.all()]
    about = Q(key__in=keys)
    for offer in application.offers.all():
        about |= Q(key__startswith=f"offer-reminder:{offer.pk}:") | Q(key__startswith=f"more-time:{offer.pk}:")
    letters = Message.objects.filter(about).defer("text").order_by("-created_at", "-pk")
    return [Heard(letter) for letter in letters]
