from recruitment.forms.applying import ApplicationForm
from recruitment.forms.deciding import BulkForm, ReasonForm
from recruitment.forms.eligibility import EligibilityForm, ManyEligibleForm
from recruitment.forms.entering import EntryForm
from recruitment.forms.following_up import AgreementForm, WriteDownForm
from recruitment.forms.merging import PairForm
from recruitment.forms.scoring import ScoreForm

__all__ = [
    "AgreementForm",
    "ApplicationForm",
    "BulkForm",
    "EligibilityForm",
    "EntryForm",
    "ManyEligibleForm",
    "PairForm",
    "ReasonForm",
    "ScoreForm",
    "WriteDownForm",
]
