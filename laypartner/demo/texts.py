"""What the invented applicants wrote and how they were scored: the same each time, and no two alike."""

from math import prod
from typing import Any

from laypartner.demo.files import words
from people.models import LivedExperience
from programmes.characteristics import Characteristic
from programmes.models import Experience
from recruitment.communities import COMMUNITIES
from recruitment.equality import Question
from recruitment.models import TOP_MARK
from recruitment.services.applying import RoleHeld

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


def roles_held(number: int, experience: str, year: int) -> list[RoleHeld]:
    """One or two lay roles that fit the experience; none for who has none yet."""
    if experience == Experience.NONE:
        return []
    since = year - {Experience.UNDER_1: 0, Experience.FROM_1_TO_3: 2}.get(Experience(experience), 4 + number % 7)
    first = _role(number, from_year=since, hours_a_month=2 + number % 7)
    if experience != Experience.OVER_3 or number % 2:
        return [first]
    return [first, _role(number + 3, from_year=since - 3, to_year=since)]


def _role(number: int, **years: int) -> RoleHeld:
    return RoleHeld(**_pick(words("answers")["roles"]["held"], number), **years)


def communities(number: int) -> list[str]:
    """Whom the applicant is in touch with: one to four groups, some of them seldom."""
    codes = [code for code, _ in COMMUNITIES]
    return sorted({codes[(number * stride) % len(codes)] for stride in (1, 4, 7, 11)[: 1 + number % 4]})


def wants(number: int) -> str:
    return _pick(words("answers")["wants"]["list"], number)


def remarks(number: int, reviewer: int) -> dict[str, Any]:
    """What a reviewer notes beside the marks: now and then a single issue, or support that would help."""
    needs = [str(_pick(list(Characteristic), number + reviewer))] if number % 5 == 1 else []
    note = _pick(words("answers")["support"]["list"], number) if needs else ""
    return {"is_single_issue": number % 17 == 4, "development_needs": tuple(needs), "development_note": note}


def criteria(number: int) -> list[str]:
    """Two characteristics that a decision rests on."""
    items = list(Characteristic)
    return [str(item) for item in items if items.index(item) in {number % 7, (number + 3) % 7}]


def sheet_answer(question: Question, number: int) -> str:
    """One answer of an equality sheet; every ninth is left empty, and common answers come more often than rare ones."""
    if (number + len(question.key)) % 9 == 0:
        return ""
    codes = [code for code, _ in question.choices()]
    return codes[min(number * number * 7 % (3 * len(codes)), (number * 5 + len(question.key)) % len(codes))]


def access_needs(number: int) -> str:
    """Every fourth applicant asks for something."""
    return _pick(words("answers")["needs"]["list"], number // 4) if number % 4 == 2 else ""


def scores(
    number: int, *, level: float, reviewer: int, is_apart: bool = False
) -> dict[Characteristic, tuple[int, str]]:
    """One reviewer's marks around `level`, with reasons. Two mostly agree; with `is_apart` the second is far below."""
    below = 1.5 if is_apart and reviewer else 0
    return {
        item: _score(number, place, level - below * (place % 2), reviewer) for place, item in enumerate(Characteristic)
    }


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
