"""What `make demo` prints: who can sign in, and what to open first."""

from laypartner.demo import team
from laypartner.demo.files import KENT, LONDON

FIRST = (
    ("/demo/", "where to start; one button turns you into anybody"),
    ("/", "the home page, as an applicant meets it"),
    (f"/apply/{KENT}/", "an open call, and its application form"),
    (f"/cohorts/{KENT}/applications/", "92 applications with their scores"),
    (f"/cohorts/{LONDON}/tables/", "who sits where"),
    (f"/cohorts/{LONDON}/results/", "the published evaluation, to the digit"),
    (f"/cohorts/{LONDON}/report/", "the impact report as page, PDF, HTML and JSON"),
    ("/demo/mail/", "the letters that would have gone"),
)


def guide(address: str) -> str:
    """The guide for a demo served at `address` (no slash at the end)."""
    links = [f"  {address}{path}".ljust(58) + words for path, words in FIRST]
    people = [f"  {member.email}".ljust(42) + f"{member.name}, {member.label.lower()}" for member in team.in_bar()]
    return "\n".join(
        [
            "",
            "Open these first:",
            *links,
            "",
            "Who can sign in (the code is on the mail page, or use the bar):",
            *people,
            "",
        ]
    )
