"""The published evaluation table and 32 invented forms that add up to it, one string of 32 marks a question."""

from collections.abc import Iterator

from evaluation.services.answering import Form

# - is not answered; the forms F01 to F32 run from left to right.
MARKS = {
    "small_groups": "55555455454543545554555554555545",
    "table_coaches": "5555-44555554-44554555555434-535",
    "patient_leaders": "555554-5444434435-4454554-345424",
    "guest_speakers": "55555445444444335444535444245535",
    "darzi": "54-554-5444-433-5454-3554-345-24",
    "managers": "55555445444543335445545445345535",
    "impact_on_others": "54455555354542445454-45544345534",
    "recommend": "55555455444554335454545555555545",
}
# key, n, average, distribution, share of 4 or 5, Wilson 95 %
TABLE = (
    ("small_groups", 32, "4.7", [0, 0, 1, 8, 23], "0.969", ["0.843", "0.994"]),
    ("table_coaches", 29, "4.6", [0, 0, 2, 8, 19], "0.931", ["0.780", "0.981"]),
    ("patient_leaders", 29, "4.2", [0, 1, 3, 14, 11], "0.862", ["0.694", "0.945"]),
    ("guest_speakers", 32, "4.2", [0, 1, 4, 15, 12], "0.844", ["0.682", "0.931"]),
    ("darzi", 25, "4.1", [0, 1, 4, 11, 9], "0.800", ["0.609", "0.911"]),
    ("managers", 32, "4.3", [0, 0, 5, 12, 15], "0.844", ["0.682", "0.931"]),
    ("impact_on_others", 31, "4.3", [0, 1, 3, 13, 14], "0.871", ["0.711", "0.949"]),
    ("recommend", 32, "4.6", [0, 0, 2, 9, 21], "0.938", ["0.799", "0.983"]),
)
TEXTS = (
    "Working in small groups",
    "Table coaches",
    "Talks from patient leaders",
    "Other guest speakers",
    "Darzi Fellow exercise",
    "Manager case studies",
    "Learning how I impact on others",
    "How likely are you to recommend this course to a friend in the same sort of position as you?",
)


def forms(source: str = "PAPER") -> list[Form]:
    return [Form(form=f"F{number:02d}", source=source, answers=dict(_marks(number))) for number in range(1, 33)]


def _marks(number: int) -> Iterator[tuple[str, int]]:
    for key, marks in MARKS.items():
        if marks[number - 1] != "-":
            yield key, int(marks[number - 1])
