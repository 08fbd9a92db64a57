from evaluation.models.questionnaire import Item, Questionnaire, QuestionnaireVersion, Scale
from evaluation.models.response import Answer, Response
from evaluation.models.wave import Invitation, Wave

__all__ = [
    "Answer",
    "Invitation",
    "Item",
    "Questionnaire",
    "QuestionnaireVersion",
    "Response",
    "Scale",
    "Wave",
]
