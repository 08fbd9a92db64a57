"""Audit verbs in words."""

WORDS: dict[str, str] = {
    "registered": "Written down for the first time",
    "details_changed": "Details changed",
    "consent_given": "Agreed to how we use personal information",
    "consent_withdrawn": "Took an agreement back",
    "enrolled": "Got a place",
    "withdrawn": "Withdrew",
    "reinstated": "Came back",
}


def words_for(verb: str) -> str:
    """A verb that nobody put into words is shown as it is, readable: "put_on_reserve" → "Put on reserve"."""
    return WORDS.get(verb, verb.replace("_", " ").replace("-", " ").capitalize())
