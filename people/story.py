"""Audit verbs in words."""

WORDS: dict[str, str] = {
    "registered": "Written down for the first time",
    "details_changed": "Details changed",
    "consent_given": "Agreed to how we use personal information",
    "consent_withdrawn": "Took an agreement back",
    "enrolled": "Got a place",
    "withdrawn": "Withdrew",
    "reinstated": "Came back",
    "agreed": "Agreed, and the application went on",
    "discarded_unagreed": "Application deleted after 30 days without agreement",
    "wrote_down_answers": "Spoken answers written down",
    "merged": "Application merged into another one",
    "unmerged": "Merge taken back",
    "told_apart": "Two applications told apart",
    "looks_again": "Two applications compared again",
}


def words_for(verb: str) -> str:
    """A verb that nobody put into words is shown as it is, readable: "put_on_reserve" → "Put on reserve"."""
    return WORDS.get(verb, verb.replace("_", " ").replace("-", " ").capitalize())
