"""Which applications may be one person's: several signals, each in words. A person decides; nothing is merged by itself.

A pair is offered when the names are the same or alike and something else agrees. A shared email address, telephone or
home says nothing about people whose names differ: a couple is two people (trust.md 38, journey S2).
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations


class Signal(StrEnum):
    """Something that two applications have in common."""

    SAME_NAME = "Same name"
    ALIKE_NAME = "Names are alike"
    SHARED_NAME = "Same first name"
    EMAIL = "Same email address"
    PHONE = "Same phone number"
    POST_CODE = "Same postcode in the address"
    AREA = "Same area"
    ORGANISATION = "Same organisation"
    ANSWERS = "Answers in the same words"


@dataclass(frozen=True)
class Entry:
    """What one application says about who sent it. `phone` is plain, as core.forms.plain_phone gives it.

    Two entries with the same `person` are one person already and are never compared.
    """

    key: int
    person: int
    name: str
    email: str = ""
    phone: str = ""
    post: str = ""
    area: str = ""
    organisation: str = ""


@dataclass(frozen=True)
class Pair:
    """Two applications that look alike, the one with the lower key first, and why."""

    first: int
    second: int
    signals: tuple[Signal, ...]

    @property
    def keys(self) -> tuple[int, int]:
        return self.first, self.second

    @property
    def words(self) -> str:
        """ "Same name, same email address"."""
        text = ", ".join(str(signal) for signal in self.signals)
        return text[:1] + text[1:].lower()


Answers = Mapping[int, Sequence[str]]
LoadAnswers = Callable[[set[int]], Answers]

# Letters that have no accent to take off, but that people type as these.
PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
TITLES = {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "rev", "revd"}
POST_CODE = re.compile(r"\b([a-z]{1,2}[0-9][a-z0-9]?)\s*([0-9][a-z]{2})\b", re.IGNORECASE)
WORD = re.compile(r"\w+")
# An answer counts from this many different words; three such answers that share four words of five are alike.
LONG_ENOUGH, ALIKE_ANSWERS, ALIKE_SHARE = 6, 3, 0.8
PHONE_DIGITS = 10
# Somebody who changed the name is reached as before.
REACHED_BY = (Signal.EMAIL, Signal.PHONE)


def find(entries: Iterable[Entry], answers: LoadAnswers) -> list[Pair]:
    """Every pair to show to a person, in the order of their keys.

    Only entries that share a key (their whole name; an address; a name and an area or organisation) are compared, so the
    work grows with the number of applications and not with its square. `answers` is asked once, for those that need it.
    """
    cards = {entry.key: _Card.of(entry) for entry in entries}
    pairs = [(cards[one], cards[other]) for one, other in _candidates(cards.values())]
    return _offered(pairs, answers)


def like(entry: Entry, others: Iterable[Entry], answers: LoadAnswers) -> list[Pair]:
    """The pairs of one new entry with those that are there."""
    card = _Card.of(entry)
    return _offered([(card, _Card.of(other)) for other in others], answers)


def fold(text: str) -> str:
    """One form for texts that people read as the same: no case, no accents, no marks, single blanks."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(PLAIN))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(WORD.findall(bare.replace("'", "").replace("’", "").replace("_", " ")))


@dataclass(frozen=True)
class _Card:
    """An entry, folded once."""

    key: int
    person: int
    names: tuple[str, ...]
    whole: str
    facts: Mapping[Signal, str]

    @classmethod
    def of(cls, entry: Entry) -> "_Card":
        words = fold(entry.name).split()
        names = tuple(word for word in words if word not in TITLES) or tuple(words)
        code = POST_CODE.search(entry.post)
        digits = "".join(letter for letter in entry.phone if letter.isdigit())
        facts = {
            Signal.EMAIL: entry.email.strip().casefold(),
            Signal.PHONE: digits[-PHONE_DIGITS:] if len(digits) >= PHONE_DIGITS else "",
            Signal.POST_CODE: "".join(code.groups()).casefold() if code else "",
            Signal.AREA: fold(entry.area),
            Signal.ORGANISATION: fold(entry.organisation),
        }
        return cls(entry.key, entry.person, names, " ".join(sorted(names)), facts)


def _candidates(cards: Iterable[_Card]) -> set[tuple[int, int]]:
    """The keys of those worth comparing, each pair once."""
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for card in cards:
        for block in _blocks(card):
            blocks[block].append(card.key)
    return {pair for keys in blocks.values() for pair in combinations(sorted(keys), 2)}


def _blocks(card: _Card) -> Iterator[tuple[str, ...]]:
    yield ("name", card.whole)
    for signal, value in card.facts.items():
        if not value:
            continue
        if signal in (Signal.AREA, Signal.ORGANISATION):
            yield from ((signal, value, name) for name in set(card.names))
        else:
            yield signal, value


@dataclass(frozen=True)
class _Match:
    """Two cards whose names agree, and what else they share, before anybody has looked at the answers."""

    keys: tuple[int, int]
    name: Signal
    rest: tuple[Signal, ...]

    @property
    def may_be_offered(self) -> bool:
        return self.name != Signal.SHARED_NAME or bool(set(self.rest) & set(REACHED_BY))

    def pair(self, with_answers: bool) -> Pair | None:
        rest = (*self.rest, Signal.ANSWERS) if with_answers else self.rest
        enough = with_answers if self.name == Signal.SHARED_NAME else bool(rest)
        return Pair(*self.keys, (self.name, *rest)) if enough else None


def _offered(pairs: Iterable[tuple[_Card, _Card]], answers: LoadAnswers) -> list[Pair]:
    """Those of the pairs that have enough in common. Answers are loaded only where they may tip the scales."""
    matches = [match for one, other in pairs if (match := _match(one, other)) and match.may_be_offered]
    written = _Words(answers({key for match in matches for key in match.keys}) if matches else {})
    found = [match.pair(written.are_alike(*match.keys)) for match in matches]
    return sorted((pair for pair in found if pair is not None), key=lambda pair: pair.keys)


def _match(one: _Card, other: _Card) -> _Match | None:
    name = None if one.person == other.person else _name(one, other)
    if name is None:
        return None
    first, second = sorted((one.key, other.key))
    rest = (signal for signal, value in one.facts.items() if value and value == other.facts[signal])
    return _Match((first, second), name, tuple(rest))


def _name(one: _Card, other: _Card) -> Signal | None:
    """How the names agree, or None where they are clearly two people's.

    "Novak, Ana" is "Ana Novak"; "Ana Maria Novak", "A. Novak" and "Anna Novack" are like it; "Tom Novak" is not. The same
    first name beside another surname may be one person who married: that counts only with much else.
    """
    if not one.names or not other.names:
        return None
    if one.whole == other.whole:
        return Signal.SAME_NAME
    if _is_part(one.names, other.names) or _is_respelt(one.names, other.names):
        return Signal.ALIKE_NAME
    return Signal.SHARED_NAME if one.names[0] == other.names[0] and len(one.names[0]) > 1 else None


def _is_part(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one name is the other with a name left out: two names agree, or the whole of a single first name."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) == 1:
        return len(longer) > 1 and shorter[0] == longer[0]
    return set(shorter) <= set(longer)


def _is_respelt(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the names agree word by word, counting slips of the pen and initials, with one whole name for certain."""
    if len(one) != len(other):
        return False
    left, right = _without_common(one, other), _without_common(other, one)
    if len(left) == len(one) > 1:
        return all(_is_slip(*words) for words in zip(one, other, strict=True))
    return all(_is_slip(a, b) or _is_initial(a, b) for a, b in zip(left, right, strict=True))


def _without_common(one: Sequence[str], other: Sequence[str]) -> list[str]:
    left = list(other)
    rest = []
    for word in one:
        if word in left:
            left.remove(word)
        else:
            rest.append(word)
    return rest


def _is_initial(one: str, other: str) -> bool:
    return one[0] == other[0] and 1 in (len(one), len(other))


def _is_slip(one: str, other: str) -> bool:
    """One letter more, fewer, other or swapped. In a short name another letter makes another name: Jan is not Jon."""
    shorter, longer = sorted((one, other), key=len)
    if shorter == longer:
        return True
    if len(longer) - len(shorter) == 1 and len(shorter) > 2:
        return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))
    if len(longer) != len(shorter) or len(longer) < 5:
        return False
    differ = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    swapped = len(differ) == 2 and differ[1] == differ[0] + 1
    return len(differ) == 1 or (swapped and one[differ[0]] == other[differ[1]] and one[differ[1]] == other[differ[0]])


class _Words:
    """The words of answers, folded when they are first asked for."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._words: dict[int, list[frozenset[str]]] = {}

    def of(self, key: int) -> list[frozenset[str]]:
        if key not in self._words:
            self._words[key] = [frozenset(WORD.findall(text.casefold())) for text in self._answers.get(key, ())]
        return self._words[key]

    def are_alike(self, one: int, other: int) -> bool:
        """Whether at least three answers to the same questions have nearly the same words."""
        pairs = zip(self.of(one), self.of(other), strict=False)
        return sum(_share(*words) >= ALIKE_SHARE for words in pairs) >= ALIKE_ANSWERS


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """The part of the words of both that they have in common, 0 where an answer is too short to say anything."""
    if min(len(one), len(other)) < LONG_ENOUGH:
        return 0.0
    return len(one & other) / len(one | other)
