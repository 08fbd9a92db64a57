"""A report becomes a version: frozen, numbered, and readable by the commissioner."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from core import audit
from core.exceptions import DomainError
from people.models import User
from programmes.models import Cohort
from reports import build, content
from reports.models import Report

AUDIENCE = Report.Audience.COMMISSIONER
# So many new answers must have come in before the next version: fewer could be read off by comparing the two.
FEWEST_NEW = 5


class NothingNew(DomainError):
    def __init__(self, version: int) -> None:
        super().__init__(f"Nothing has changed since version {version}, so there is nothing new to issue.")


class TooFewNewAnswers(DomainError):
    def __init__(self, version: int) -> None:
        super().__init__(
            f"Fewer than {FEWEST_NEW} answers have come in since version {version}. Side by side, the two versions would "
            f"show what those people answered. Wait until {FEWEST_NEW} or more have come."
        )


@transaction.atomic
def issue(*, cohort: Cohort, by: User) -> Report:
    """Freeze today's figures and words as the next version for the commissioner. Raises NothingNew, TooFewNewAnswers."""
    # Two people pressing the button at once: the second waits here and is then told that nothing has changed.
    cohort = Cohort.objects.select_for_update(of=("self",)).select_related("programme__commissioner").get(pk=cohort.pk)
    new = build.cohort_report(cohort, AUDIENCE.value.lower())
    issued = Report.objects.filter(cohort=cohort, audience=AUDIENCE)
    last = issued.order_by("-version").first()
    if last is not None:
        _refuse_unless_new(last, new)
    version = (issued.aggregate(last=Max("version"))["last"] or 0) + 1
    moment = timezone.now()
    report = Report.objects.create(
        cohort=cohort,
        audience=AUDIENCE,
        version=version,
        issued_at=moment,
        issued_by=by,
        snapshot=content.snapshot(new, about(version, moment, cohort)),
        content_hash=content.content_hash(new.as_dict()),
    )
    audit.record("report issued", report, by=by, cohort=cohort, version=version, content_hash=report.content_hash)
    return report


def about(version: int, moment: datetime, cohort: Cohort) -> dict[str, Any]:
    """What is known about the making of a report: version 0 is a draft. Moments are in the cohort's own time."""
    local = moment.astimezone(cohort.zone).replace(microsecond=0)
    return {
        "version": version,
        "status": "issued" if version else "draft",
        "made_at": local.isoformat(),
        "data_cut_off": local.isoformat(),
    }


def draft(cohort: Cohort, audience: str) -> dict[str, Any]:
    """The snapshot of today's figures and words, not stored anywhere."""
    return snapshot_of(build.cohort_report(cohort, audience), cohort)


def snapshot_of(report: content.CohortReport, cohort: Cohort) -> dict[str, Any]:
    return content.snapshot(report, about(0, timezone.now(), cohort))


def _refuse_unless_new(last: Report, new: content.CohortReport) -> None:
    if content.content_hash(new.as_dict()) == last.content_hash:
        raise NothingNew(last.version)
    before, after = _numbers_of_answers(last.snapshot.get("results")), _numbers_of_answers(new.results)
    if any(0 < abs(after[key] - before[key]) < FEWEST_NEW for key in before.keys() & after.keys()):
        raise TooFewNewAnswers(last.version)


def _numbers_of_answers(results: Any) -> dict[str, int]:
    """How many forms there were, and how many answers to each question."""
    if not results:
        return {}
    return {"forms": results["forms"]} | {item["key"]: item["n"] for item in results["items"]}
