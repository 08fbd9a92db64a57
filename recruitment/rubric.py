"""The scoring guide: for each characteristic the question people answer, and the words for the marks 0 to 4.

The names and the order of the characteristics come from the paper cited as SOURCE. The questions and the anchors are
our own: plain English, and about evidence, not about writing style or how ill somebody is.
"""

from dataclasses import dataclass

from programmes.characteristics import SHORT_NAMES, SOURCE, Characteristic

__all__ = ["CRITERIA", "HOW_TO_SCORE", "MARK_WORDS", "SOURCE", "WRITING_HINT", "Criterion", "criterion"]

# What each mark means for every characteristic; the anchors say what it looks like for one of them.
MARK_WORDS = ("no evidence", "weak", "some, meets the need", "good", "strong")
WRITING_HINT = "About 150 words is fine. Spelling does not matter."
HOW_TO_SCORE = (
    "Score the evidence, not the writing. Never score how ill someone is or how sad the story is. "
    "Write each reason as if the person will read it, because they may ask to."
)


@dataclass(frozen=True)
class Criterion:
    """One characteristic as applicants and reviewers meet it."""

    characteristic: Characteristic
    question: str
    anchors: tuple[str, str, str, str, str]
    help_for_reviewers: str = ""

    @property
    def name(self) -> str:
        return str(self.characteristic.label)

    @property
    def short_name(self) -> str:
        return SHORT_NAMES[self.characteristic]

    @property
    def number(self) -> int:
        return list(Characteristic).index(self.characteristic) + 1

    def marks(self) -> list[tuple[int, str]]:
        """The five marks with the anchor of each, lowest first."""
        return list(enumerate(self.anchors))


CRITERIA: tuple[Criterion, ...] = (
    Criterion(
        Characteristic.LIVED_EXPERIENCE,
        "Tell us how being a patient or a carer helps you in this work. You do not have to tell us your diagnosis.",
        (
            "None stated",
            "Says patient or carer only",
            "Links own experience to services",
            "Draws general lessons from it",
            "Uses own and others’ experience, with care for what is private",
        ),
        "Score what the person has learnt from it, never how ill they are.",
    ),
    Criterion(
        Characteristic.STRATEGIC_LEVEL,
        "Tell us about a time you helped to plan or decide something for a whole organisation or area. "
        "It can be from any part of your life.",
        (
            "None",
            "Attended, no active part",
            "Took part in decisions for a group or service",
            "Helped to shape a plan across an organisation or area",
            "Led or co-led such work and can say what changed",
        ),
        "In any field: it need not be health. A school, a union, a business or a tenants’ group counts as much.",
    ),
    Criterion(
        Characteristic.SHARED_VISION,
        "Tell us about a time you worked for something that helped many people, not only for one issue.",
        (
            "One issue only, or a complaint",
            "Mostly one issue",
            "Names a wider benefit",
            "Example of putting the wider good first",
            "Built a shared purpose with others",
        ),
        "Not single issue champions. A strong interest in one issue is welcome when the wider good comes first.",
    ),
    Criterion(
        Characteristic.CHALLENGE,
        "Tell us about a time you disagreed with a professional or someone senior. What did you say? What happened?",
        (
            "Avoids it, or hostile",
            "Says they would, no example",
            "One polite challenge",
            "Clear, reasoned challenge, relationship kept",
            "Challenge at senior level that led to change",
        ),
    ),
    Criterion(
        Characteristic.LISTENING,
        "Tell us about a time you changed your mind, or helped a group to agree.",
        (
            "Talks over others, fixed",
            "Says they listen",
            "Example of listening",
            "Changed own view or found common ground",
            "Helped a divided group to agree",
        ),
    ),
    Criterion(
        Characteristic.CONNECTIONS,
        "Which groups or communities are you in touch with? How do you hear what they think?",
        (
            "None",
            "One group, their own",
            "Two or more groups",
            "Regular two-way contact, including people seldom heard",
            "Brings others’ views with evidence, opens doors",
        ),
    ),
    Criterion(
        Characteristic.TIME,
        "What would help you to give this time?",
        (
            "Cannot attend",
            "Under 4 hours a month, or misses days",
            "4 to 7 hours",
            "8 or more hours, all three days",
            "8 or more hours, flexible, and has planned support",
        ),
        "If disability or caring limits the hours, that must not lower the mark: say so and give 2 or more.",
    ),
)
_BY_CHARACTERISTIC = {item.characteristic: item for item in CRITERIA}


def criterion(characteristic: str) -> Criterion:
    return _BY_CHARACTERISTIC[Characteristic(characteristic)]
