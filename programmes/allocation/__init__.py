"""Who sits where: plain Python that knows no database. README.md says what is in here."""

from programmes.allocation.explain import Check, Goal, checks, goals
from programmes.allocation.problem import Coach, Impossible, Person, Plan, Problem, Rule, Rules, Table
from programmes.allocation.sizes import possible_table_counts, sizes_for, why_not
from programmes.allocation.solve import solve

__all__ = [
    "Check",
    "Coach",
    "Goal",
    "Impossible",
    "Person",
    "Plan",
    "Problem",
    "Rule",
    "Rules",
    "Table",
    "checks",
    "goals",
    "possible_table_counts",
    "sizes_for",
    "solve",
    "why_not",
]
