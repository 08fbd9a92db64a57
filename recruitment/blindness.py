"""When reviewers may see each other's marks, and so may no longer change their own. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime


def is_revealed(given: Iterable[tuple[int, datetime]], done: Mapping[int, datetime]) -> bool:
    """Whether all reviews of an application are in. `given`: reviewer and since when; `done`: reviewer and when saved.

    It takes two reviews: a single reviewer has nobody to be led by. A reviewer who is added once all were in, for a
    further opinion, does not make the others blind again: they have seen each other's marks.
    """
    if len(done) < 2:
        return False
    last = max(done.values())
    return all(reviewer in done for reviewer, since in given if since <= last)
