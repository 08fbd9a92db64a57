"""The published instrument as data. Names and texts of items are facts and carry their source; the words at the ends
of a scale are ours, because the source prints only "Marks out of 5".
"""

from dataclasses import dataclass

HELPFUL = "How helpful did you find the following elements of the course? (Marks out of 5)"


@dataclass(frozen=True)
class Question:
    """One item: `key` is the column name in files and stays the same in every later wording."""

    key: str
    text: str
    stem: str = ""
    low_label: str = ""
    high_label: str = ""
    may_be_absent: bool = True


@dataclass(frozen=True)
class Instrument:
    """One frozen wording. To change a word, ship the next `number`; never edit one that was shipped."""

    key: str
    number: int
    title: str
    source: str
    questions: tuple[Question, ...]


def _helpful(key: str, text: str) -> Question:
    return Question(key, text, stem=HELPFUL, low_label="Not helpful at all", high_label="Very helpful")


PUBLISHED = Instrument(
    key="effective-lay-partner",
    number=1,
    title="The Effective Lay Partner: end of the programme",
    source="London Leadership Academy and Lis Paice, “The Effective Lay Partner”: evaluation at the end of day 3",
    questions=(
        _helpful("small_groups", "Working in small groups"),
        _helpful("table_coaches", "Table coaches"),
        _helpful("patient_leaders", "Talks from patient leaders"),
        _helpful("guest_speakers", "Other guest speakers"),
        _helpful("darzi", "Darzi Fellow exercise"),
        _helpful("managers", "Manager case studies"),
        _helpful("impact_on_others", "Learning how I impact on others"),
        Question(
            "recommend",
            "How likely are you to recommend this course to a friend in the same sort of position as you?",
            low_label="Not likely at all",
            high_label="Very likely",
            may_be_absent=False,
        ),
    ),
)
