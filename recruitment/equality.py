"""The equality questions, and what may be shown of the answers. Data and arithmetic only: nothing here knows a person.

The rule for what is shown (`publishable`) holds against a reader who knows the total, every shown count and this very
rule: for no answer that fewer than ten people gave can they work out how many it was.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

QUESTION_SET = "2026-1"
SMALLEST = 10
RATHER_NOT = "RATHER_NOT"
RATHER_NOT_WORDS = "Prefer not to say"


@dataclass(frozen=True)
class Question:
    """One question with its answers by code, in the order of the page. `basis` is what the law calls it."""

    key: str
    text: str
    answers: Mapping[str, str]
    basis: str
    hint: str = ""

    def choices(self) -> list[tuple[str, str]]:
        """Every answer, with "prefer not to say" at the end."""
        return [*self.answers.items(), (RATHER_NOT, RATHER_NOT_WORDS)]


YES_NO = {"YES", "NO"}
QUESTIONS: tuple[Question, ...] = (
    Question(
        "age",
        "How old are you?",
        {
            "18_24": "18 to 24",
            "25_34": "25 to 34",
            "35_44": "35 to 44",
            "45_54": "45 to 54",
            "55_64": "55 to 64",
            "65_74": "65 to 74",
            "75_UP": "75 or older",
        },
        "Age",
    ),
    Question(
        "disability",
        "Do you have a health condition that has lasted a year or more, or is likely to?",
        {
            "LIMITS_A_LOT": "Yes, and it limits what I can do a lot",
            "LIMITS_A_LITTLE": "Yes, and it limits what I can do a little",
            "NO_LIMITS": "Yes, and it does not limit what I can do",
            "NO": "No",
        },
        "Disability",
        "It can be of the body or the mind.",
    ),
    Question("sex", "What is your sex?", {"FEMALE": "Female", "MALE": "Male"}, "Sex"),
    Question(
        "gender",
        "Is the gender that you live in the same as your sex when you were born?",
        {"SAME": "Yes", "DIFFERENT": "No"},
        "Gender reassignment",
    ),
    Question(
        "ethnicity",
        "Which of these groups do you belong to?",
        {
            "ASIAN": "Asian or Asian British",
            "BLACK": "Black, Black British, Caribbean or African",
            "MIXED": "Mixed or more than one group",
            "WHITE": "White",
            "OTHER": "Another group",
        },
        "Race",
        "Choose the one that fits you best.",
    ),
    Question(
        "religion",
        "What is your religion or belief?",
        {
            "NONE": "None",
            "BUDDHIST": "Buddhist",
            "CHRISTIAN": "Christian",
            "HINDU": "Hindu",
            "JEWISH": "Jewish",
            "MUSLIM": "Muslim",
            "SIKH": "Sikh",
            "OTHER": "Another religion or belief",
        },
        "Religion or belief",
    ),
    Question(
        "orientation",
        "Which of these describes you best?",
        {
            "STRAIGHT": "Straight",
            "GAY_LESBIAN": "Gay or lesbian",
            "BISEXUAL": "Bisexual",
            "OTHER": "In another way",
        },
        "Sexual orientation",
    ),
    Question(
        "partnership",
        "Are you married or in a civil partnership?",
        {"YES": "Yes", "NO": "No"},
        "Marriage and civil partnership",
    ),
    Question(
        "pregnancy",
        "Are you pregnant, or did you have a baby in the last year?",
        {"YES": "Yes", "NO": "No"},
        "Pregnancy and maternity",
    ),
    Question(
        "carer",
        "Do you look after somebody without being paid for it?",
        {
            "NO": "No",
            "UP_TO_19": "Yes, up to 19 hours a week",
            "20_TO_49": "Yes, 20 to 49 hours a week",
            "50_UP": "Yes, 50 hours a week or more",
        },
        "Caring (not in the Act)",
        "For example a family member, a friend or a neighbour who is ill, disabled or old.",
    ),
    Question(
        "background",
        "When you were about 14, what did the person who earned most at home do?",
        {
            "PROFESSIONAL": "A profession, or a manager: a teacher, a nurse, an accountant",
            "OFFICE": "Office or shop work: a secretary, a sales assistant, a call handler",
            "OWN_BUSINESS": "A small business of their own: a shop, a taxi, a farm",
            "SKILLED": "A skilled trade: an electrician, a hairdresser, a mechanic",
            "OTHER_WORK": "Other work: a driver, a cleaner, a porter, a waiter",
            "NO_WORK": "They had no paid work",
            "NOT_KNOWN": "I do not know",
        },
        "Background (not in the Act)",
        "It says more about people’s chances than what they do now.",
    ),
)
BY_KEY = {question.key: question for question in QUESTIONS}


@dataclass(frozen=True)
class Published:
    """What may be shown of one question: its total and its counts in order, None for a count that is not shown.

    `total` is None when the question as a whole is kept back; then every count is.
    """

    total: int | None
    counts: tuple[int | None, ...]

    @property
    def is_kept_back(self) -> bool:
        return self.total is None

    @property
    def hidden(self) -> int:
        return sum(count is None for count in self.counts)


def publishable(counts: Sequence[int], smallest: int = SMALLEST) -> Published:
    """Only counts of `smallest` or more, and none from which another can be worked out.

    1. Fewer than `smallest` answers in all: nothing is shown.
    2. Every count below `smallest` is hidden, noughts too, so that a hidden one may be anything below it.
    3. The hidden ones together are known by subtraction. Where that would be an aggregate below `smallest`, or leave only
       one possibility (one count hidden; or all as large as hidden counts can be), the next smallest is hidden with them.
    4. Where even that would leave only one possibility, or leave nothing to show, the whole question is kept back; so is
       one with a single count to show that is as small as can be, or nobody could tell it from one with nothing to show.

    Which step applies depends only on what the reader sees, so knowing the rule tells nothing more.
    """
    kept_back = Published(None, (None,) * len(counts))
    if sum(counts) < smallest:
        return kept_back
    small = [place for place, count in enumerate(counts) if count < smallest]
    shown = sorted((count, place) for place, count in enumerate(counts) if count >= smallest)
    hidden_sum = sum(counts[place] for place in small)
    hidden = set(small)
    if not _is_safe(len(small), hidden_sum, smallest):
        if len(shown) < 2:
            return kept_back
        (count, place), next_shown = shown[:2]
        if not _is_safe_with(len(small), hidden_sum + count, place, next_shown, smallest):
            return kept_back
        hidden.add(place)
    elif small and (not shown or [count for count, _ in shown] == [smallest]):
        return kept_back
    return Published(sum(counts), tuple(None if place in hidden else count for place, count in enumerate(counts)))


def _is_safe(number: int, hidden_sum: int, smallest: int) -> bool:
    """Whether `number` hidden counts with this sum, each below `smallest`, can each be at least two different numbers.

    With a sum of nought there is nobody in them to protect.
    """
    return hidden_sum == 0 or (number > 1 and smallest <= hidden_sum < number * (smallest - 1))


def _is_safe_with(number: int, hidden_sum: int, place: int, next_shown: tuple[int, int], smallest: int) -> bool:
    """The same when one count from `smallest` up is hidden with them: the smallest of those, so it is below `next_shown`.

    Counted are the sums that the small ones may have: those for which step 3 would have hidden that count as well.
    """
    possible = [
        small_sum
        for small_sum in range(number * (smallest - 1) + 1)
        if not _is_safe(number, small_sum, smallest)
        and hidden_sum - small_sum >= smallest
        and (hidden_sum - small_sum, place) < next_shown
    ]
    return len(possible) > 1 if number == 1 else any(small_sum < smallest for small_sum in possible)
