"""What a person reads on their own page about where their application stands, and what comes next."""

from dataclasses import dataclass

from programmes.characteristics import Characteristic
from recruitment.models import Application

State = Application.State


@dataclass(frozen=True)
class Words:
    """The tag with its colour, the sentence in large type, and what happens next, one step a line."""

    tag: str
    colour: str
    lead: str
    steps: tuple[str, ...] = ()


TOLD: dict[str, Words] = {
    State.AWAITING: Words(
        "We need your agreement",
        "yellow",
        "We have your application, but nobody may read it yet.",
        (
            "Ring us and tell us that you have read how we use what you told us, and that you are 18 or over. "
            "We are glad to read it out to you.",
            "Then reviewers read your answers.",
            "If we do not hear from you within 30 days, we delete what you sent.",
        ),
    ),
    State.SUBMITTED: Words(
        "We are deciding",
        "blue",
        "We have your application. You need do nothing now.",
        (
            "Reviewers read your answers and score them. They do not see your name.",
            "We decide who gets a place.",
            "We write to everybody, whether the answer is yes or no.",
        ),
    ),
    State.OFFERED: Words("We offer you a place", "green", "We would be very glad to have you on the course."),
    State.ACCEPTED: Words(
        "You have a place",
        "green",
        "You have a place on the course. We look forward to meeting you.",
        (
            "Keep the dates below free.",
            "We write to you before the first day and tell you how to get there and what will happen.",
            "If what you need to take part changes, ring us.",
        ),
    ),
    State.RESERVE: Words(
        "You are on the reserve list",
        "purple",
        "We liked your application, but there are fewer places than people whom we would like to have.",
        (
            "If a place becomes free, we ask you whether you still want to come.",
            "Please keep the dates below free if you can.",
        ),
    ),
    State.DECLINED: Words(
        "No place this time",
        "grey",
        "We could not offer you a place this time. We are sorry.",
        (
            "If you would like to hear how your answers were scored, ring us.",
            "You are welcome to apply again for another course.",
        ),
    ),
    State.TURNED_DOWN: Words(
        "You said no to the place",
        "grey",
        "You told us that you do not want the place. Thank you for letting us know.",
    ),
    State.LAPSED: Words(
        "We did not hear from you in time",
        "yellow",
        "The time to reply is over, and we are no longer holding your place for you.",
    ),
    State.WITHDRAWN: Words(
        "You have withdrawn", "grey", "Your application is withdrawn. We do not consider it any more."
    ),
    State.MERGED: Words(
        "Joined with another application",
        "grey",
        "You sent us two applications. We have joined them, and the other one counts. "
        "Its link is in the letter that we sent you about it.",
    ),
}

# The seven characteristics as the public call says them: no word that needs explaining.
LOOKED_FOR: dict[str, str] = {
    Characteristic.LIVED_EXPERIENCE: "What you have learnt as a patient or a carer",
    Characteristic.STRATEGIC_LEVEL: "That you have helped to plan or decide something bigger, in any part of your life",
    Characteristic.SHARED_VISION: "That you care about what helps many people, not only about one issue",
    Characteristic.CHALLENGE: "That you can say so, politely, when you disagree with a professional",
    Characteristic.LISTENING: "That you listen, and help people to agree",
    Characteristic.CONNECTIONS: "That you are in touch with different groups of people",
    Characteristic.TIME: "That you have some time to read, to come to meetings and to talk",
}
