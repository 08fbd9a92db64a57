"""What the services of this room refuse. Each carries a sentence for the person who asked."""

from core.exceptions import DomainError


class CohortFull(DomainError):
    """No place is left."""


class AlreadyHasPlace(DomainError):
    """The person takes part already."""


class BadCohort(DomainError):
    """Dates, places, name or clock of a cohort do not hold together. `field` is where the person can put it right."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class Changed(DomainError):
    """Somebody else saved first; nothing was overwritten."""


class BadSlot(DomainError):
    """A slot that overlaps another or runs past midnight."""


class NoPlan(DomainError):
    """No table plan can be made as asked. `newcomer_rules_are_in_the_way` tells that leaving them out may help."""

    def __init__(self, sentence: str, *, newcomer_rules_are_in_the_way: bool = False) -> None:
        super().__init__(sentence)
        self.newcomer_rules_are_in_the_way = newcomer_rules_are_in_the_way


class BreaksRule(DomainError):
    """A move that would break a rule that holds now."""
