"""The small-number rule, in this one place: what leaves the organiser's office, and what does not.

Organisers see every figure. For a commissioner or the public the figures of a question that 1 to 7 people answered are
withheld: its average, its five counts, and the share of 4 or 5, any of which could give the others away. Eight or more
are shown. The number of answers itself is shown, because it says nothing about any person. The threshold is the one
that NHS England uses for the mean of small groups in its hospital statistics.
"""

from typing import Literal, get_args

Audience = Literal["organiser", "commissioner", "public"]
AUDIENCES: tuple[Audience, ...] = get_args(Audience)

SMALLEST_MEAN = 8
TOO_FEW = f"fewer than {SMALLEST_MEAN} answers"


def reason_to_withhold(n: int, audience: Audience) -> str | None:
    """Why the figures from `n` answers are kept from `audience`; None when they are shown, or when there are none."""
    if audience not in AUDIENCES:
        raise ValueError(f"there is no audience called {audience!r}")
    return TOO_FEW if audience != "organiser" and 0 < n < SMALLEST_MEAN else None
