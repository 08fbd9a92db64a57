"""Who reads which application. Pure: keys in, pairs out, no Django.

Every application is wanted by a number of distinct reviewers; nobody reads where there is a conflict of interest; loads
are as even as they can be. What has been started or was given by hand stays. The rest moves only where that makes the
loads more even, and no more of it than it takes, so that giving out again changes as little as possible.

Evenness is exact: as long as a chain of moves leads from one reviewer to another with at least two fewer, it is taken.
Without such a chain no other way of giving out is more even (Harvey, Ladner, Lovász and Tamir 2006, "Semi-matchings for
bipartite graphs and load balancing", J. Algorithms 59:53-78; the same holds with several reviewers an application).
"""

from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

Pair = tuple[int, int]
# An application, who gives it away, who takes it.
Move = tuple[int, int, int]


@dataclass(frozen=True)
class Wanted:
    """An application: how many reviewers it should have, who has it for good, and who has it but has not started."""

    key: int
    needed: int
    stays: frozenset[int] = frozenset()
    loose: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Reader:
    """A reviewer, and how many reviews they have beside the applications that are given out now."""

    key: int
    load: int = 0


@dataclass(frozen=True)
class Shortage:
    """An application that cannot have as many reviewers as it should. `barred`: reviewers with a conflict of interest."""

    application: int
    has: int
    needed: int
    reviewers: int
    barred: int

    @property
    def why(self) -> str:
        """ "It has 1 of 2 reviewers: 4 of the 5 reviewers have a conflict of interest."."""
        start = f"It has {self.has} of {self.needed} reviewers: "
        if not self.reviewers:
            return f"{start}there are no reviewers yet."
        if self.barred:
            have = "has" if self.barred == 1 else "have"
            return f"{start}{self.barred} of the {_reviewers(self.reviewers)} {have} a conflict of interest."
        return f"{start}there {'is' if self.reviewers == 1 else 'are'} only {_reviewers(self.reviewers)}."


@dataclass(frozen=True)
class Dealt:
    """What to give and to take, and the loads before and after, by reviewer."""

    give: tuple[Pair, ...]
    take: tuple[Pair, ...]
    before: Mapping[int, int]
    after: Mapping[int, int]
    shortages: tuple[Shortage, ...] = ()

    @property
    def moved(self) -> int:
        """Reviews that go from one reviewer to another: given and taken on the same application."""
        given = Counter(application for application, _ in self.give)
        return sum(min(number, given[key]) for key, number in Counter(key for key, _ in self.take).items())

    @property
    def is_nothing(self) -> bool:
        return not self.give and not self.take


def deal(applications: Iterable[Wanted], reviewers: Iterable[Reader], conflicts: Collection[Pair] = ()) -> Dealt:
    """Give every application its reviewers. `conflicts` are pairs (application, reviewer). The same input, the same pairs."""
    state = _State(sorted(applications, key=lambda item: item.key), sorted(reviewers, key=lambda item: item.key))
    state.put_in_order(frozenset(conflicts))
    state.fill()
    state.even_out()
    return state.dealt()


@dataclass
class _State:
    """The pairs while they are worked out."""

    applications: list[Wanted]
    readers: list[Reader]
    had: frozenset[Pair] = frozenset()
    load: Counter[int] = field(default_factory=Counter)
    before: dict[int, int] = field(default_factory=dict)
    has: dict[int, set[int]] = field(default_factory=dict)
    movable: dict[int, set[int]] = field(default_factory=dict)
    allowed: dict[int, frozenset[int]] = field(default_factory=dict)
    barred: dict[int, int] = field(default_factory=dict)
    shared: Counter[Pair] = field(default_factory=Counter)

    def put_in_order(self, conflicts: frozenset[Pair]) -> None:
        """Take what nobody may keep: from reviewers who are gone, in conflict, or more than the application needs."""
        keys = frozenset(reader.key for reader in self.readers)
        against: dict[int, set[int]] = defaultdict(set)
        for application, reviewer in conflicts:
            against[application].add(reviewer)
        self.had = frozenset((item.key, reviewer) for item in self.applications for reviewer in item.loose)
        self.movable = {key: set() for key in keys}
        for reader in self.readers:
            self.load[reader.key] = reader.load
        for item in self.applications:
            for reviewer in item.stays | item.loose:
                self.load[reviewer] += 1
        self.before = {reader.key: self.load[reader.key] for reader in self.readers}
        for item in self.applications:
            self.allowed[item.key] = keys - against[item.key] - item.stays
            self.barred[item.key] = len((keys & against[item.key]) - item.stays)
            self._keep(item)

    def _keep(self, item: Wanted) -> None:
        kept = sorted(item.loose & self.allowed[item.key], key=lambda reviewer: (self.load[reviewer], reviewer))
        kept = kept[: max(item.needed - len(item.stays), 0)]
        for reviewer in item.loose.difference(kept):
            self.load[reviewer] -= 1
        self.has[item.key] = set(item.stays)
        for reviewer in kept:
            self._pair(item.key, reviewer)

    def fill(self) -> None:
        """Give each application the least loaded reviewers it may have, those with the fewest to choose from first.

        Among equals, those who share the fewest applications with the ones it has: so that each reviewer is compared
        with all others.
        """
        for item in sorted(self.applications, key=lambda item: (len(self.allowed[item.key]), item.key)):
            while len(self.has[item.key]) < item.needed:
                free = self.allowed[item.key] - self.has[item.key]
                if not free:
                    break
                chosen = self._least_loaded(item.key, free)
                self.load[chosen] += 1
                self._pair(item.key, chosen)

    def _least_loaded(self, application: int, free: Collection[int]) -> int:
        return min(free, key=lambda reviewer: (self.load[reviewer], self._together(application, reviewer), reviewer))

    def _together(self, application: int, reviewer: int) -> int:
        return sum(self.shared[_ordered(reviewer, other)] for other in self.has[application])

    def _pair(self, application: int, reviewer: int) -> None:
        for other in self.has[application]:
            self.shared[_ordered(reviewer, other)] += 1
        self.has[application].add(reviewer)
        self.movable[reviewer].add(application)

    def _part(self, application: int, reviewer: int) -> None:
        self.has[application].remove(reviewer)
        self.movable[reviewer].remove(application)
        for other in self.has[application]:
            self.shared[_ordered(reviewer, other)] -= 1

    def even_out(self) -> None:
        """Move along chains from the most loaded, until none leads to a reviewer with at least two fewer.

        Who found no chain is asked again only when nobody else finds one either.
        """
        stuck: set[int] = set()
        while chain := self._next_chain(stuck) or (stuck and self._next_chain(set())):
            self._move_along(chain)

    def _next_chain(self, stuck: set[int]) -> list[Move]:
        """The chain of the most loaded reviewer who has one. Adds those who have none to `stuck`."""
        for reader in sorted(self.readers, key=lambda reader: (-self.load[reader.key], reader.key)):
            if reader.key not in stuck:
                if chain := self._chain(reader.key):
                    return chain
                stuck.add(reader.key)
        return []

    def _move_along(self, chain: list[Move]) -> None:
        for application, giver, taker in chain:
            self._part(application, giver)
            self._pair(application, taker)
        self.load[chain[0][1]] -= 1
        self.load[chain[-1][2]] += 1

    def _chain(self, start: int) -> list[Move]:
        """The shortest chain of moves (application, from, to) from `start` to one who has at least two fewer."""
        if self.load[start] - min(self.load[reader.key] for reader in self.readers) < 2:
            return []
        reached: dict[int, tuple[int, int]] = {}
        queue = deque([start])
        while queue:
            giver = queue.popleft()
            for taker, application in self._takers(giver, reached.keys() | {start}):
                reached[taker] = (application, giver)
                if self.load[start] - self.load[taker] >= 2:
                    return self._back(start, taker, reached)
                queue.append(taker)
        return []

    def _takers(self, giver: int, known: Collection[int]) -> list[tuple[int, int]]:
        """Whom `giver` could hand an application, least loaded first, and which: rather a new one than one they had."""
        found: dict[int, int] = {}
        for application in sorted(self.movable[giver], key=lambda key: ((key, giver) in self.had, key)):
            for taker in self.allowed[application] - self.has[application]:
                if taker not in known:
                    found.setdefault(taker, application)
            if len(found) + len(known) >= len(self.readers):
                break
        return sorted(found.items(), key=lambda item: (self.load[item[0]], item[0]))

    @staticmethod
    def _back(start: int, end: int, reached: Mapping[int, tuple[int, int]]) -> list[Move]:
        chain: list[Move] = []
        while end != start:
            application, giver = reached[end]
            chain.append((application, giver, end))
            end = giver
        return chain[::-1]

    def dealt(self) -> Dealt:
        now = {(key, reviewer) for reviewer, keys in self.movable.items() for key in keys}
        return Dealt(
            give=tuple(sorted(now - self.had)),
            take=tuple(sorted(self.had - now)),
            before=self.before,
            after={reader.key: self.load[reader.key] for reader in self.readers},
            shortages=tuple(
                Shortage(item.key, len(self.has[item.key]), item.needed, len(self.readers), self.barred[item.key])
                for item in self.applications
                if len(self.has[item.key]) < item.needed
            ),
        )


def _ordered(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def _reviewers(count: int) -> str:
    return "1 reviewer" if count == 1 else f"{count} reviewers"
