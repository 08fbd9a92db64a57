from recruitment.forms.applying import ApplicationForm
from recruitment.forms.deciding import BulkForm, ReasonForm
from recruitment.forms.scoring import ScoreForm

__all__ = ["ApplicationForm", "BulkForm", "ReasonForm", "ScoreForm"]
