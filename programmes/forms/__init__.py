"""Forms hand over clean values; the services act."""

from programmes.forms.cohorts import CohortForm, SettingsForm, WithdrawForm
from programmes.forms.sessions import DayForm, SlotForm
from programmes.forms.tables import MoveForm

__all__ = ["CohortForm", "DayForm", "MoveForm", "SettingsForm", "SlotForm", "WithdrawForm"]
