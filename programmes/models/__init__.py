from programmes.models.coach import Coach
from programmes.models.cohort import Cohort
from programmes.models.day import Day, Slot
from programmes.models.participant import Experience, Participant
from programmes.models.programme import Aim, DeliveryPrinciple, LearningObjective, Programme
from programmes.models.table import Seat, SeatingRule, Table, TablePlan

__all__ = [
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
