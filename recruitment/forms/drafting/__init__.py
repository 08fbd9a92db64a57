"""The long application, one form a page. recruitment.steps says in which order they come."""

from recruitment.forms.drafting.about import AboutYouForm, AreaForm, CallingForm
from recruitment.forms.drafting.answering import (
    ModeForm,
    QuestionForm,
    RecordingForm,
    UploadForm,
    WantsForm,
    in_words,
    mode_of,
)
from recruitment.forms.drafting.roles import RolesForm
from recruitment.forms.drafting.step import StepForm
from recruitment.forms.drafting.taking_part import AgreementsForm, DaysForm, TakingPartForm

__all__ = [
    "AboutYouForm",
    "AgreementsForm",
    "AreaForm",
    "CallingForm",
    "DaysForm",
    "ModeForm",
    "QuestionForm",
    "RecordingForm",
    "RolesForm",
    "StepForm",
    "TakingPartForm",
    "UploadForm",
    "WantsForm",
    "in_words",
    "mode_of",
]
