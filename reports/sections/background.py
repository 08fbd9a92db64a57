"""How applicants were chosen, what the report cannot say, and where things come from."""

from reports.content import Block, Point, Points, Section, Step, Steps, Text
from reports.figures import CohortFigures
from reports.wording import people, plural, share

HEIBERGER = (
    "Heiberger RM, Robbins NB (2014). Design of Diverging Stacked Bar Charts for Likert Scales and Other Applications. "
    "Journal of Statistical Software 57(5):1–32. https://doi.org/10.18637/jss.v057.i05"
)
WILSON = (
    "Wilson EB (1927). Probable Inference, the Law of Succession, and Statistical Inference. Journal of the American "
    "Statistical Association 22(158):209–212. https://doi.org/10.1080/01621459.1927.10502953"
)


def selection(known: CohortFigures) -> Section:
    blocks: list[Block] = []
    if known.applied:
        blocks += [Text(_how_chosen(known)), _steps(known)]
    else:
        blocks.append(Text("The programme looks for seven characteristics of effective lay partners."))
    items = tuple(Point("", text) for text in known.characteristics)
    blocks.append(Points(items, heading="The seven characteristics", is_numbered=True))
    blocks.append(Text(f"Source: {known.source_of_characteristics}"))
    return Section("selection", "How applicants were chosen", tuple(blocks))


def _how_chosen(known: CohortFigures) -> str:
    return (
        "Applicants wrote about each of seven characteristics of effective lay partners. Reviewers gave each answer a "
        "mark from 0 to 4, with a reason, without seeing the name. A decision was then taken and recorded with its "
        f"reason. {people(known.applied)} applied and {known.accepted} {'was' if known.accepted == 1 else 'were'} accepted."
    )


def _steps(known: CohortFigures) -> Steps:
    steps = [Step("Applied", known.applied), Step("Accepted", known.accepted)]
    if known.withdrawn:
        steps.append(Step("Stayed", known.able))
    if known.forms:
        steps.append(Step("Filled in the form", known.forms))
    title = (
        f"From {plural(known.applied, 'application')} to {plural(steps[-1].count, 'form' if known.forms else 'place')}"
    )
    return Steps(title, tuple(steps), note="Shares are of those who applied.")


def limits(known: CohortFigures) -> Section:
    points = [_response(known)] if known.forms else []
    points += [
        Point(
            "What people say about themselves.", "Marks are opinions at one moment. They do not show what people do."
        ),
        Point(
            "No comparison group.",
            "People were not compared with others who did not take part, so we say “reported” and not “caused”.",
        ),
        Point(
            "One course.",
            "The figures describe the people on this course. They are not a sample of lay partners in general.",
        ),
        Point(
            "Small numbers.",
            "With groups of this size one more answer moves a share by several per cent. The intervals show how much.",
        ),
    ]
    if not known.is_for_organisers:
        points.append(
            Point(
                "What is held back.",
                "This version names nobody. Averages from fewer than 8 answers and counts from 1 to 4 in breakdowns are "
                "not shown, and nothing is shown by table or by coach.",
            )
        )
    return Section("limits", "What this report cannot say", (Points(tuple(points)),))


def _response(known: CohortFigures) -> Point:
    missing = known.able - known.forms
    if missing <= 0:
        return Point("Everybody answered.", f"{known.forms} of {known.able} filled in the form.")
    return Point(
        "Not everybody answered.",
        f"{known.forms} of {known.able} filled in the form ({share(known.forms, known.able)}). "
        f"The {people(missing) if missing > 1 else 'one person'} who did not may think differently.",
    )


def references(known: CohortFigures) -> Section:
    sources = [known.source_of_characteristics]
    if known.forms:
        sources += [known.wave.source] if known.wave and known.wave.source else []
        sources += [HEIBERGER, WILSON]
    return Section("references", "References", (Points(tuple(Point("", text) for text in sources), is_numbered=True),))
