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
    "drafts_discarded": "Forms that were never sent deleted, 90 days after the call closed",
    "discarded_unagreed": "Application deleted after 30 days without agreement",
    "wrote_down_answers": "Spoken answers written down",
    "merged": "Application merged into another one",
    "unmerged": "Merge taken back",
    "told_apart": "Two applications told apart",
    "looks_again": "Two applications compared again",
    "recruitment_set_up": "Changed how the cohort recruits",
    "recruitment_copied": "Copied the set-up from another cohort",
    "call_changed": "Changed when people can apply",
    "channel_added": "Added a channel",
    "channel_changed": "Changed a channel",
    "channel_removed": "Removed a channel",
    "nominations_asked": "Asked an organisation for nominations",
    "nominations_reminded": "Reminded an organisation of nominations",
    "nominations_withdrawn": "Asked an organisation no more",
    "nominated": "Somebody was nominated",
    "nomination_agreed": "A nominated person wants to apply",
    "nomination_declined": "A nominated person said no",
    "nomination_joined": "An application was matched with a nomination",
    "nomination_expired": "A nominated person did not answer",
    "offered_place": "Offered a place",
    "declined": "Declined",
    "reopened": "Decision taken back",
    "confirmed_place": "Said yes to the place",
    "turned_down_place": "Said no to the place",
    "lapsed": "Did not reply; the place was given on",
    "withdrew_application": "Withdrew the application",
    "offer_extended": "Given more time to reply",
    "offer_reminded": "Reminded of the offer",
    "letter_edited": "Letter changed before it went",
}


def words_for(verb: str) -> str:
    """A verb that nobody put into words is shown as it is, readable: "put_on_reserve" → "Put on reserve"."""
    return WORDS.get(verb, verb.replace("_", " ").replace("-", " ").capitalize())
