"""What people may need so that they can take part, as a pick list in plain words: a code in the form, the words kept.

It asks what somebody needs, never what they have. Whatever is not here goes into the free text beside it.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Group:
    """Needs of one kind, under one question of the form."""

    code: str
    question: str
    needs: tuple[tuple[str, str], ...]


GROUPS: tuple[Group, ...] = (
    Group(
        "building",
        "Getting in and around",
        (
            ("step-free", "Step-free way in and around"),
            ("accessible-toilet", "Accessible toilet"),
            ("changing-places", "Changing Places toilet, with a hoist and a bench"),
            ("wheelchair-space", "Space for a wheelchair at the table"),
            ("parking", "Blue Badge parking"),
            ("chair", "A certain kind of chair"),
            ("near-door", "A seat near the door or near the front"),
            ("assistance-dog", "Room and water for an assistance dog"),
            ("evacuation", "A plan for how I get out in an emergency"),
        ),
    ),
    Group(
        "hearing",
        "Hearing, seeing and speaking",
        (
            ("hearing-loop", "Hearing loop"),
            ("microphone", "Everybody speaks into a microphone"),
            ("lip-reading", "A seat from which I can lip-read"),
            ("bsl", "British Sign Language interpreter"),
            ("sse", "Sign Supported English interpreter"),
            ("deafblind-guide", "Deafblind guide"),
            ("speech-to-text", "Speech turned into text on a screen"),
            ("language", "Interpreter for another language"),
            ("lighting", "Certain lighting"),
        ),
    ),
    Group(
        "papers",
        "Papers and slides",
        (
            ("large-print", "Large print"),
            ("braille", "Braille"),
            ("audio", "Audio"),
            ("easy-read", "Easy read"),
            ("coloured-paper", "Coloured paper"),
            ("screen-reader", "Files for a screen reader, five working days before"),
        ),
    ),
    Group(
        "day",
        "During the day",
        (
            ("breaks", "More breaks, or breaks when I need them"),
            ("lying-down", "A room to lie down"),
            ("quiet-room", "A quiet room"),
            ("fridge", "A fridge for medicine"),
            ("low-scent", "People around me wear no scent"),
            ("clear-agenda", "A clear plan of the day, and no surprise role play"),
            ("prayer", "A place and time to pray"),
        ),
    ),
    Group(
        "travel",
        "Travel",
        (
            ("taxi", "Taxi, or somebody who travels with me"),
            ("paid-before", "Travel paid for me before I go"),
            ("overnight", "A night’s stay, also for somebody who comes along"),
            ("online", "Taking part from home, online"),
        ),
    ),
)
LABELS: dict[str, str] = {code: words for group in GROUPS for code, words in group.needs}
