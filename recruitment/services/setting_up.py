"""How a cohort recruits: its rules, the moments of its call, its channels, and what it takes over from another one."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from core import audit
from core.exceptions import DomainError
from programmes.models import Cohort
from programmes.services import cohorts
from programmes.services.refusals import Changed
from recruitment.models import Application, Channel, LetterWording, RecruitmentSettings
from recruitment.queries.setting_up import RULES, new_channels, new_wordings

LONGEST_CODE = 40


class CodeTaken(DomainError):
    """Another channel of the cohort has that word in its link."""


class NothingToCopy(DomainError):
    """A cohort cannot take over from itself."""


@transaction.atomic
def change(
    *,
    cohort: Cohort,
    version: int,
    cohort_version: int,
    opens: datetime | None,
    closes: datetime | None,
    rules: Mapping[str, Any],
    by: Any,
) -> RecruitmentSettings:
    """Save the rules over the version that was read, and the moments of the call over the cohort's.

    Raises Changed when somebody saved meanwhile, and BadCohort for a call that ends before it begins.
    """
    assert rules.keys() == set(RULES), f"rules are {RULES}"
    _lock(cohort)
    if RecruitmentSettings.objects.of(cohort).version != version:
        raise Changed("Somebody else saved these settings after you opened this page.")
    cohorts.change_call(cohort=cohort, version=cohort_version, opens=opens, closes=closes, by=by)
    return _save(cohort, rules, version, by)


def _lock(cohort: Cohort) -> None:
    """Until the transaction ends nobody else sets this cohort up."""
    Cohort.objects.select_for_update().get(pk=cohort.pk)


def _save(cohort: Cohort, rules: Mapping[str, Any], version: int, by: Any) -> RecruitmentSettings:
    fields = dict(rules) | {"version": version + 1}
    saved, _ = RecruitmentSettings.objects.update_or_create(cohort=cohort, defaults=fields)
    audit.record("recruitment_set_up", saved, by=by, cohort=cohort, version=saved.version)
    return saved


@transaction.atomic
def copy(*, source: Cohort, target: Cohort, by: Any) -> None:
    """Take over the rules of `source`, and those of its channels and letters that `target` has none of the same.

    Channels come without contact, date and figures: those belong to the other call. Doing it twice changes nothing more.
    Raises NothingToCopy.
    """
    if source.pk == target.pk:
        raise NothingToCopy("Choose another cohort to copy from.")
    _lock(target)
    theirs = RecruitmentSettings.objects.of(source)
    ours = RecruitmentSettings.objects.of(target)
    _save(target, {name: getattr(theirs, name) for name in RULES}, ours.version, by)
    channels = Channel.objects.bulk_create(
        Channel(cohort=target, code=channel.code, name=channel.name, kind=channel.kind)
        for channel in new_channels(source, target)
    )
    wordings = LetterWording.objects.bulk_create(
        LetterWording(cohort=target, kind=wording.kind, subject=wording.subject, text=wording.text)
        for wording in new_wordings(source, target)
    )
    counts = {"channels": len(channels), "letters": len(wordings)}
    audit.record("recruitment_copied", target, by=by, cohort=target, source=source.pk, **counts)


@transaction.atomic
def add_channel(
    *,
    cohort: Cohort,
    name: str,
    kind: str,
    by: Any,
    code: str = "",
    contact: str = "",
    advertised_on: date | None = None,
    reached: int | None = None,
) -> Channel:
    """A way by which people hear of the call, with a link of its own. Without `code` one is made from the name.

    Raises CodeTaken for a code that the cohort has already.
    """
    _lock(cohort)
    taken = set(Channel.objects.filter(cohort=cohort).values_list("code", flat=True))
    if code in taken:
        raise CodeTaken(f"Another channel has “{code}” in its link. Choose another word.")
    channel = Channel.objects.create(
        cohort=cohort,
        code=code or _free_code(name, taken),
        name=name,
        kind=kind,
        contact=contact,
        advertised_on=advertised_on,
        reached=reached,
    )
    audit.record("channel_added", channel, by=by, cohort=cohort)
    return channel


def _free_code(name: str, taken: set[str]) -> str:
    """A word for the link out of a name: "Camden CCG newsletter" is "camden-ccg-newsletter", the second one has a 2."""
    stem = slugify(name)[: LONGEST_CODE - 4].strip("-_") or "channel"
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(code for code in numbered if code not in taken)


@transaction.atomic
def change_channel(*, channel: Channel, by: Any, **fields: Any) -> Channel:
    """Change what is known about a channel. Its code stays, because links with it have been sent out."""
    allowed = {"name", "kind", "contact", "advertised_on", "reached"}
    assert fields.keys() <= allowed, f"a channel keeps its {fields.keys() - allowed}"
    Channel.objects.filter(pk=channel.pk).update(**fields)
    channel.refresh_from_db()
    audit.record("channel_changed", channel, by=by, cohort=channel.cohort)
    return channel


@transaction.atomic
def remove_channel(*, channel: Channel, by: Any) -> int:
    """Remove a channel. Applications that came by it stay, and no longer say so. Returns how many they were."""
    used = Application.objects.filter(channel=channel).count()
    audit.record("channel_removed", channel, by=by, cohort=channel.cohort, applications=used)
    channel.delete()
    return used
