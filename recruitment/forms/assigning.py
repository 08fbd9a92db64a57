"""Who reads what, by hand."""

from collections.abc import Iterable
from typing import Any

from core.forms import Form, LongTextField, SelectField
from people.models import User


class ReviewerForm(Form):
    """One reviewer of the cohort."""

    submit_label = "Give it to this reviewer"
    submit_style = "secondary"
    reviewer = SelectField(label="Reviewer", blank="Choose a reviewer")

    def __init__(self, *args: Any, reviewers: Iterable[tuple[User, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = list(reviewers)
        self.reviewers = {str(reviewer.pk): reviewer for reviewer, _ in known}
        self.fields["reviewer"].choices = [
            (str(user.pk), f"{user} ({note})" if note else str(user)) for user, note in known
        ]

    def clean_reviewer(self) -> User:
        return self.reviewers[self.cleaned_data["reviewer"]]


class NoteConflictForm(ReviewerForm):
    """A reviewer must not read this application, and why."""

    submit_label = "Write down a conflict"
    reason = LongTextField(label="Why", max_length=500, rows=2, count=False, required=False)
