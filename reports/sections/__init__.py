"""Figures → words: the parts of the report, each a pure function of what is known about the cohort."""

from reports.content import CohortReport, Section, numbered
from reports.figures import CohortFigures
from reports.sections.background import limits, references, selection
from reports.sections.cohort import participants, programme
from reports.sections.evaluation import method, results
from reports.sections.page_one import page_one
from reports.sections.words import in_full

SUBTITLES = {
    "organiser": "Impact report for the organisers",
    "commissioner": "Impact report for the commissioner",
    "public": "Impact report",
}


def compose(known: CohortFigures) -> CohortReport:
    """The whole report, in order. A section that has nothing to say is left out."""
    parts = (participants, programme, method, results, selection, in_full, limits, references)
    sections: list[Section] = [section for part in parts if (section := part(known)) is not None]
    return CohortReport(
        cohort=known.slug,
        audience=known.audience,
        title=f"{known.programme}: {known.title}",
        subtitle=SUBTITLES[known.audience],
        page_one=page_one(known),
        sections=numbered(sections),
        figures=_for_machines(known),
        results=known.wave.as_json if known.wave else None,
    )


def _for_machines(known: CohortFigures) -> dict[str, object]:
    return {
        "programme": known.programme,
        "cohort_title": known.title,
        "region": known.region,
        "dates": [day.date.isoformat() for day in known.days],
        "places": known.capacity,
        "applied": known.applied,
        "accepted": known.accepted,
        "withdrawn": known.withdrawn,
        "able": known.able,
        "forms": known.forms,
        "session_minutes": sum(day.minutes() for day in known.days),
    }
