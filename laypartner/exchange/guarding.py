"""Text that a spreadsheet program would run. Exchange files must be harmless and still come back exactly.

Writing puts one apostrophe in front of a text that begins with a risky character, whatever apostrophes already stand
there; reading takes one away from exactly such a text. So "=1+1" is written "'=1+1", "'=1+1" is written "''=1+1", and
each comes back as it was. "O'Brien" and "'tis" are never touched.
"""

import re

from core.exports import RISKY

_ATTACK = "[" + re.escape("".join(RISKY)) + "]"
NEEDS_GUARD = re.compile(f"'*{_ATTACK}")
HAS_GUARD = re.compile(f"'+{_ATTACK}")


def guard(text: str) -> str:
    return f"'{text}" if NEEDS_GUARD.match(text) else text


def unguard(text: str) -> str:
    return text[1:] if HAS_GUARD.match(text) else text
