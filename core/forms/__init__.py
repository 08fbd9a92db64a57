"""How fields draw themselves, what they accept, and in which words they refuse.

Every text a person types comes in through one of these fields: core/text.py cleans it, core/templates/nhsuk draws it.
"""

from core.forms.base import Form, Renderer
from core.forms.choices import AgreeField, ChoiceField, MultipleChoiceField, SelectField
from core.forms.files import FileField
from core.forms.moments import DateField, MomentField, TimeField
from core.forms.numbers import MoneyField, WholeNumberField
from core.forms.texts import EmailField, LongTextField, OneLineField, PhoneField

__all__ = [
    "AgreeField",
    "ChoiceField",
    "DateField",
    "EmailField",
    "FileField",
    "Form",
    "LongTextField",
    "MomentField",
    "MoneyField",
    "MultipleChoiceField",
    "OneLineField",
    "PhoneField",
    "Renderer",
    "SelectField",
    "TimeField",
    "WholeNumberField",
]
