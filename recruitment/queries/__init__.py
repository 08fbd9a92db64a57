from recruitment.queries.applications import (
    NO_TOTAL,
    ReviewLine,
    Summary,
    access_needs,
    areas_of,
    facts,
    for_the_list,
    marks_in_order,
    review_lines,
    scores_of_row,
    summary,
    with_everything,
)
from recruitment.queries.doing import latest_bulk_actions
from recruitment.queries.public import announced
from recruitment.queries.reviewing import (
    Answered,
    Blind,
    Progress,
    answered,
    blind,
    next_to_score,
    review_queue,
    scores_of,
)
from recruitment.queries.rights import held_in

__all__ = [
    "NO_TOTAL",
    "Answered",
    "Blind",
    "Progress",
    "ReviewLine",
    "Summary",
    "access_needs",
    "announced",
    "answered",
    "areas_of",
    "blind",
    "facts",
    "for_the_list",
    "held_in",
    "latest_bulk_actions",
    "marks_in_order",
    "next_to_score",
    "review_lines",
    "review_queue",
    "scores_of",
    "scores_of_row",
    "summary",
    "with_everything",
]
