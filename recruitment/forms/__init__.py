from recruitment.forms.assigning import NoteConflictForm, ReviewerForm
from recruitment.forms.deciding import (
    MarkForm,
    MoreTimeForm,
    OneLetterForm,
    PrepareForm,
    ReasonForm,
    TickedForm,
    WordsForm,
)
from recruitment.forms.eligibility import EligibilityForm, ManyEligibleForm
from recruitment.forms.entering import EntryForm
from recruitment.forms.following_up import AgreementForm, WriteDownForm
from recruitment.forms.merging import PairForm
from recruitment.forms.moderating import ModerationForm
from recruitment.forms.scoring import ConflictForm, ScoreForm

__all__ = [
    "AgreementForm",
    "ConflictForm",
    "EligibilityForm",
    "EntryForm",
    "ManyEligibleForm",
    "MarkForm",
    "ModerationForm",
    "MoreTimeForm",
    "NoteConflictForm",
    "OneLetterForm",
    "PairForm",
    "PrepareForm",
    "ReasonForm",
    "ReviewerForm",
    "ScoreForm",
    "TickedForm",
    "WordsForm",
    "WriteDownForm",
]
