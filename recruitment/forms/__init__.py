from recruitment.forms.applying import ApplicationForm
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
from recruitment.forms.scoring import ScoreForm

__all__ = [
    "AgreementForm",
    "ApplicationForm",
    "EligibilityForm",
    "EntryForm",
    "ManyEligibleForm",
    "MarkForm",
    "MoreTimeForm",
    "OneLetterForm",
    "PairForm",
    "PrepareForm",
    "ReasonForm",
    "ScoreForm",
    "TickedForm",
    "WordsForm",
    "WriteDownForm",
]
