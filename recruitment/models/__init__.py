from recruitment.models.application import OPEN_STATES, Application, CharacteristicAnswer, EligibilityCheck
from recruitment.models.bulk import BulkAction
from recruitment.models.decision import Decision, LetterWording, Offer, PendingDecision
from recruitment.models.draft import Draft, PersonalLink, Recording
from recruitment.models.duplicate import DuplicateVerdict
from recruitment.models.equality import EqualityTally
from recruitment.models.nomination import Nomination, NominationRequest
from recruitment.models.review import (
    AgreedMark,
    AgreedScores,
    Assignment,
    ConflictOfInterest,
    Moderation,
    Review,
    Score,
)
from recruitment.models.settings import Channel, RecruitmentSettings
from recruitment.scoring import TOP_MARK

__all__ = [
    "OPEN_STATES",
    "TOP_MARK",
    "AgreedMark",
    "AgreedScores",
    "Application",
    "Assignment",
    "BulkAction",
    "Channel",
    "CharacteristicAnswer",
    "ConflictOfInterest",
    "Decision",
    "Draft",
    "DuplicateVerdict",
    "EligibilityCheck",
    "EqualityTally",
    "LetterWording",
    "Moderation",
    "Nomination",
    "NominationRequest",
    "Offer",
    "PendingDecision",
    "PersonalLink",
    "Recording",
    "RecruitmentSettings",
    "Review",
    "Score",
]
