"""Two pictures of how alike reviewers score, with the numbers written in."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.safestring import SafeString

from core.charts import Interval, intervals
from core.markup import ours
from people.models import User
from recruitment.calibration import Agreement, Severity
from recruitment.scoring import TOP_TOTAL

TOTALS = tuple((total / TOP_TOTAL, str(total)) for total in (0, 7, 14, 21, 28))
KAPPAS = tuple((step / 5, f"0.{2 * step}" if step < 5 else "1") for step in range(6))


def severity_picture(reviewers: Sequence[tuple[User, Severity]]) -> SafeString:
    """A dot for each reviewer's mean total, and a line for one spread to both sides."""
    rows = [_severity(str(user), figures) for user, figures in reviewers]
    title = "Mean total of each reviewer, with one standard deviation to both sides"
    return ours(intervals(rows, title=title, ticks=TOTALS)) if rows else ours("")


def _severity(name: str, figures: Severity) -> Interval:
    middle, apart = figures.average, figures.spread or Decimal(0)
    low, high = max(middle - apart, Decimal(0)), min(middle + apart, Decimal(TOP_TOTAL))
    note = f"{middle} (n = {figures.n})"
    return Interval(name, *(float(value / TOP_TOTAL) for value in (middle, low, high)), note=note)


def agreement_picture(agreements: Sequence[tuple[str, Agreement]]) -> SafeString:
    """A dot for the kappa of each characteristic that has one. Below nought stands at nought, with its number."""
    rows = [_agreement(name, found) for name, found in agreements if found.kappa is not None]
    title = "Agreement of reviewers on each characteristic (weighted kappa)"
    return ours(intervals(rows, title=title, ticks=KAPPAS)) if rows else ours("")


def _agreement(name: str, found: Agreement) -> Interval:
    place = float(max(found.kappa or Decimal(0), Decimal(0)))
    return Interval(name, place, place, place, note=f"{found.kappa} (n = {found.n})")
