"""What the invented applicants wrote and how they were scored: the same each time, and no two alike."""

from math import prod
from typing import Any

from laypartner.demo.files import words
from people.models import LivedExperience
from programmes.characteristics import Characteristic
from programmes.models import Experience
from recruitment.models import TOP_MARK

# A prime that is no length of a list, so that applicants one after the other take sentences far apart.
STRIDE = 101


def answers(number: int, *, experience: str, lived_experience: str) -> dict[Characteristic, str]:
    """Three sentences to each of the seven questions, for applicant `number`."""
    return {item: _answer(number, _lists(item, experience, lived_experience)) for item in Characteristic}


def _answer(number: int, lists: tuple[list[str], ...]) -> str:
    """One sentence of each list. No two numbers below the product of the lists' lengths give the same three."""
    place, sentences = number * STRIDE % prod(map(len, lists)), []
    for choices in lists:
        place, here = divmod(place, len(choices))
        sentences.append(choices[here])
    return " ".join(sentences)


def _lists(item: Characteristic, experience: str, lived_experience: str) -> tuple[list[str], list[str], list[str]]:
    parts = words("answers")[item]
    if item == Characteristic.LIVED_EXPERIENCE:
        return parts[LivedExperience(lived_experience).name], parts["second"], parts["third"]
    if item == Characteristic.STRATEGIC_LEVEL and experience == Experience.NONE:
        return parts["new"], parts["second"], parts["third"]
    return parts["first"], parts["second"], parts["third"]


def lay_roles(number: int, experience: str) -> str:
    parts = words("answers")["roles"]
    if experience in (Experience.NONE, Experience.UNDER_1):
        return _pick(parts["few"], number)
    years = "two" if experience == Experience.FROM_1_TO_3 else "six"
    return _pick(parts["held"], number).format(years=years)


def access_needs(number: int) -> str:
    """Every fourth applicant asks for something."""
    return _pick(words("answers")["needs"]["list"], number // 4) if number % 4 == 2 else ""


def scores(number: int, *, level: float, reviewer: int) -> dict[Characteristic, tuple[int, str]]:
    """One reviewer's marks around `level`, with reasons. Two reviewers mostly agree, and now and then do not."""
    return {item: _score(number, place, level, reviewer) for place, item in enumerate(Characteristic)}


def _score(number: int, place: int, level: float, reviewer: int) -> tuple[int, str]:
    swing = ((number * 7 + place * 3) % 5 - 2) * 0.5
    differs = (
        1 if reviewer and (number + place * 2) % 6 == 0 else -1 if reviewer and (number * 3 + place) % 7 == 0 else 0
    )
    mark = max(0, min(TOP_MARK, round(level + swing) + differs))
    return mark, _pick(words("answers")["reasons"][str(mark)], number + place + reviewer)


def decision_reason(outcome: str, number: int) -> str:
    return _pick(words("words")["decisions"][outcome], number)


def _pick(sentences: list[Any], number: int) -> Any:
    return sentences[number % len(sentences)]
