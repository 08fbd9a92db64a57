"""How something is measured: processor time, in turn with what it is compared with; queries; one line of the result."""

import statistics
import time
from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

ROUNDS = 7


def cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def in_turn(*works: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """The median processor time of each, run one after the other `rounds` times so that a busy machine hits all alike."""
    for work in works:
        work()
    times = [[cpu(work) for work in works] for _ in range(rounds)]
    return [statistics.median(column) for column in zip(*times, strict=True)]


def queries(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def say(what: str, figure: str, against: str) -> None:
    print(f"{what:<62}{figure:>10}   {against}")


def say_page(what: str, work: Callable[[], object], seconds: float, plain: float, target: str) -> None:
    """A page or file: milliseconds with the ratio to a plain page, and queries, beside the target."""
    say(f"{what}: processor time", f"{seconds * 1000:.0f} ms", f"{seconds / plain:.1f} × a plain page; target {target}")
    say(f"{what}: queries", str(queries(work)), "")
