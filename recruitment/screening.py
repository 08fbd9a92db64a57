"""Reasons that a moderator should read because they may hold something against a person that must not count. Pure.

An access need or a caring role must never lower a mark. The words below find such reasons; people judge them.
"""

import re
from dataclasses import dataclass

from programmes.characteristics import Characteristic
from recruitment.scoring import MEETS_THE_NEED

# What somebody might need is not for a score, whatever the characteristic.
NEEDS = (
    r"too (?:much|many|little) (?:support|help|care|assistance|needs?|adjustments?)",
    r"(?:a lot|lots|plenty) of (?:support|help|care|assistance|adjustments?)",
    r"needs? (?:support|help|care|assistance|looking after|adjustments?|(?:an |a )?(?:interpreter|helper|carer|assistant))",
    r"(?:support|access|care|additional|special|complex|high) needs?",
    r"(?:reasonable )?adjustments?",
    r"(?:can ?not|(?:can|could|will|would)(?:n[’']t|[’']t| not)|won[’']t|unable to|struggles? to) (?:cope|manage|keep up)",
    r"burden",
    r"too (?:ill|sick|frail|disabled|unwell|old|tired|anxious)",
    r"not (?:well|fit|strong|healthy) enough",
    r"(?:hard|difficult|expensive|costly) to (?:accommodate|support|include)",
    r"wheelchair|hearing (?:aid|loop)|interpreter|guide dog|large print|lip.?read\w*",
)
# Illness, disability and caring are part of what people tell us and of what they work for: they stand out where the
# mark is low.
CONDITIONS = (
    r"disab\w*|impair\w*|deaf\w*|blind|autis\w*|dyslex\w*|dementia|fatigue|chronic|illness|unwell|mental health",
    r"health (?:problems?|issues?|conditions?)|depress\w*|anxiety|mobility|pain",
    r"caring|carer|looks? after",
)
_NEEDS = re.compile(rf"\b(?:{'|'.join(NEEDS)})\b", re.IGNORECASE)
_CONDITIONS = re.compile(rf"\b(?:{'|'.join(CONDITIONS)})\b", re.IGNORECASE)
# One of these stands in every text that the two find: a plain search is thirty times quicker than the patterns.
STEMS = (
    *("support", "help", "care", "caring", "assist", "need", "adjust", "cope", "manage", "keep up", "burden", "too "),
    *("enough", "accommodate", "include", "wheelchair", "hearing", "interpret", "guide dog", "large print", "look"),
    *("disab", "impair", "deaf", "blind", "autis", "dyslex", "dementia", "fatigue", "chronic", "ill", "unwell"),
    *("health", "depress", "anxi", "mobility", "pain", "lip"),
)


@dataclass(frozen=True)
class Flag:
    """Words in a reason that a moderator should read."""

    characteristic: Characteristic
    words: str

    @property
    def sentence(self) -> str:
        return f"A reason says “{self.words}”. What somebody needs must not lower a mark."


def flag(characteristic: str, mark: int, reason: str) -> Flag | None:
    """The first words that stand out, or None."""
    small = reason.lower()
    if not any(stem in small for stem in STEMS):
        return None
    found = _NEEDS.search(reason) or (_CONDITIONS.search(reason) if mark < MEETS_THE_NEED else None)
    return Flag(Characteristic(characteristic), found.group(0)) if found else None
