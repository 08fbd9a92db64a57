from programmes.models.coach import Coach
from programmes.models.cohort import Cohort
from programmes.models.day import INTERACTIVE, Day, Slot
from programmes.models.participant import INEXPERIENCED, Experience, Participant
from programmes.models.programme import Aim, DeliveryPrinciple, LearningObjective, Programme
from programmes.models.table import Seat, SeatingRule, Table, TablePlan

__all__ = [
    "INEXPERIENCED",
    "INTERACTIVE",
    "Aim",
    "Coach",
    "Cohort",
    "Day",
    "DeliveryPrinciple",
    "Experience",
    "LearningObjective",
    "Participant",
    "Programme",
    "Seat",
    "SeatingRule",
    "Slot",
    "Table",
    "TablePlan",
]
