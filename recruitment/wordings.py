"""Words of letters with places for what differs from person to person: "Dear [name]". Pure: plain replacement, no code.

A name in square brackets is replaced once, from the list below and from nothing else, so what somebody wrote into a name
or a letter is never read as a command (trust.md T17). A paragraph in which a name has nothing to say is left out.
"""

import re
from collections.abc import Mapping

# What may stand in brackets, and what it becomes, as the page that edits the words explains it.
NAMES: dict[str, str] = {
    "name": "the person’s name",
    "reference": "the reference of the application",
    "cohort": "the title of the cohort",
    "reply by": "the day and time until which the place is held",
    "dates": "the days of the course, one a line",
    "place": "where it takes place",
    "expenses": "what is paid to participants",
    "criteria": "the characteristics that the decision rests on, one a line",
    "link": "the person’s own link to their page",
    "help": "the phone number and the email address for help",
    "help phone": "the phone number for help",
    "from the reserve list": "a sentence for somebody who was on the reserve list; nothing for others",
    "not eligible": "a sentence for somebody who does not meet what is asked of everybody; nothing for others",
    "body": "the name of the body that runs the programme",
}
# A subject is read by whoever looks over a shoulder or shares the address.
IN_SUBJECTS = frozenset({"cohort", "reference", "reply by"})
# Without these nobody can answer.
OFFERS_NEED = ("link", "reply by")
NO_DAY = "Only an offer has a day to reply by. Take [reply by] out."
NAMED = re.compile(r"\[([^\[\]\n]{1,40})\]")
PARAGRAPHS = re.compile(r"\n[ \t]*\n")


def names_in(text: str) -> list[str]:
    """What stands in brackets, each once, in the order of the text."""
    return list(dict.fromkeys(NAMED.findall(text)))


def problems_with(subject: str, text: str, *, is_offer: bool) -> dict[str, str]:
    """What is wrong with these words: {"subject" or "text": a sentence}. Nothing when they can be used."""
    problems = {}
    if not is_offer:
        problems |= {part: NO_DAY for part, words in (("subject", subject), ("text", text)) if "[reply by]" in words}
    if wrong := [name for name in names_in(subject) if name not in IN_SUBJECTS]:
        problems["subject"] = f"A subject can hold [cohort], [reference] and [reply by] only. Take [{wrong[0]}] out."
    if unknown := [name for name in names_in(text) if name not in NAMES]:
        problems["text"] = (
            f"There is no [{unknown[0]}]. Use the names in brackets from the list, spelt as they are there."
        )
    elif is_offer and (missing := [name for name in OFFERS_NEED if name not in names_in(text)]):
        what = " and ".join(f"[{name}]" for name in missing)
        problems["text"] = f"An offer must hold {what}, so that the person can answer in time. Put it in."
    return problems


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its names replaced by `values`, once. A name without a value there stays as it is.

    A paragraph with a name whose value is empty is left out.
    """
    paragraphs = (_filled(paragraph, values) for paragraph in PARAGRAPHS.split(text.strip()))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph is not None)


def _filled(paragraph: str, values: Mapping[str, str]) -> str | None:
    if any(values.get(name) == "" for name in names_in(paragraph)):
        return None
    return NAMED.sub(lambda found: values.get(found[1], found[0]), paragraph)
