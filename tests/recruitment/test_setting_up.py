"""How a cohort recruits: the rules, the moments of the call, and copying them from another cohort."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from core.models import AuditEvent
from programmes.services.refusals import BadCohort, Changed
from recruitment.models import Channel, LetterWording, RecruitmentSettings
from recruitment.queries.setting_up import clock_change_on
from recruitment.services import setting_up
from tests import make

PAGE = "/cohorts/london-2017/applications/settings/"
COPY = f"{PAGE}copy/"
RULES = {
    "grace_minutes": 15,
    "reviews_per_application": 2,
    "wide_gap": 2,
    "wide_total_gap": 5,
    "cut": 14,
    "reply_days": 7,
    "hours_asked": 8,
    "time_asked": "",
    "needs_experience": False,
}
OPENS = datetime(2017, 9, 1, 8, 0, tzinfo=UTC)
CLOSES = datetime(2017, 10, 29, 23, 59, tzinfo=UTC)


def moment(name, *parts):
    return {f"{name}_{part}": value for part, value in zip(("day", "month", "year", "time"), parts, strict=False)}


def typed(cohort, **changes):
    """The form as a browser sends it, for the versions that were read."""
    rules = {name: str(value) for name, value in RULES.items() if value is not False}
    version = RecruitmentSettings.objects.of(cohort).version
    return (
        rules
        | moment("applications_open_at", "1", "9", "2017", "9am")
        | moment("applications_close_at", "29", "10", "2017", "11:59pm")
        | {"version": str(version), "cohort_version": str(cohort.version)}
        | changes
    )


@pytest.fixture
def second(london):
    """Another cohort of the same programme, with rules, channels and a letter of its own."""
    cohort = make.cohort("second", programme=london.programme, title="London 2018")
    make.settings(cohort, grace_minutes=30, cut=16)
    Channel.objects.create(
        cohort=cohort, code="news", name="CCG newsletter", kind="NEWSLETTER", reached=500, contact="Jo"
    )
    Channel.objects.create(cohort=cohort, code="event", name="Open evening", kind="EVENT")
    LetterWording.objects.create(cohort=cohort, kind="OFFER", subject="A place for you", text="Come.")
    return cohort


# --- the page ------------------------------------------------------------------------------------------------
def test_settings_show_the_usual_rules_of_a_cohort_that_has_none(signed_in, olive, london):
    form = signed_in(olive).get(PAGE).context["form"]

    assert {name: form.initial[name] for name in RULES} == RULES
    assert (form.initial["version"], form.initial["cohort_version"]) == (1, 1)


def test_settings_save_rules_and_moments_and_say_the_day_of_the_week(signed_in, olive, london):
    browser = signed_in(olive)
    saved = browser.post(PAGE, typed(london, grace_minutes="20", time_asked="Three days"))
    page = browser.get(PAGE)

    rules, cohort = RecruitmentSettings.objects.get(), london
    cohort.refresh_from_db()
    assert (saved.status_code, saved["Location"]) == (302, PAGE)
    assert (rules.grace_minutes, rules.time_asked, rules.version, cohort.version) == (20, "Three days", 2, 2)
    assert (cohort.applications_open_at, cohort.applications_close_at) == (OPENS, CLOSES)
    assert page.context["call_in_words"] == (
        "Applications open at 9:00am on Friday 1 September 2017 and close at 11:59pm on Sunday 29 October 2017."
    )
    assert [str(message) for message in page.context["messages"]] == [f"Saved. {page.context['call_in_words']}"]
    assert page.context["clock_change"] == (
        "The clocks go back early that morning. The time is meant as the clock shows it afterwards."
    )


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2017, 10, 29, 0, 30, tzinfo=UTC), "back"),
        (datetime(2017, 10, 29, 23, 59, tzinfo=UTC), "back"),
        (datetime(2017, 10, 28, 22, 59, tzinfo=UTC), ""),  # 11:59pm in summer time
        (datetime(2017, 10, 30, 0, 0, tzinfo=UTC), ""),
        (datetime(2018, 3, 25, 12, 0, tzinfo=UTC), "forward"),
        (None, ""),
    ],
)
def test_clock_change_is_told_on_its_day_only(london, at, words):
    assert clock_change_on(london, at) == (
        words and f"The clocks go {words} early that morning. The time is meant as the clock shows it afterwards."
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        (moment("applications_close_at", "29", "10", "2017", "1:30am"), "applications_close_at"),  # comes twice
        (moment("applications_close_at", "31", "8", "2017", "9am"), "applications_close_at"),
        (moment("applications_close_at", "29", "10", "2017", ""), "applications_close_at"),
        ({"grace_minutes": "1441"}, "grace_minutes"),
        ({"grace_minutes": "-1"}, "grace_minutes"),
        ({"reviews_per_application": "0"}, "reviews_per_application"),
        ({"wide_gap": "5"}, "wide_gap"),
        ({"wide_total_gap": "29"}, "wide_total_gap"),
        ({"cut": "29"}, "cut"),
        ({"reply_days": "0"}, "reply_days"),
        ({"hours_asked": "eight"}, "hours_asked"),
        ({"time_asked": "x" * 301}, "time_asked"),
    ],
)
def test_settings_refuse_what_cannot_be_and_keep_what_was_typed(signed_in, olive, london, changes, field):
    page = signed_in(olive).post(PAGE, typed(london, **{"time_asked": "Typed words", **changes}))

    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert ("Typed words" in page.content.decode()) == ("time_asked" not in changes)
    assert RecruitmentSettings.objects.count() == 0


def test_settings_tell_the_second_of_two_who_saved_first(signed_in, olive, amina, london):
    signed_in(amina).post(PAGE, typed(london, cut="16"))

    page = signed_in(olive).post(PAGE, typed(london, cut="12", version="1"))

    text = page.content.decode()
    assert page.status_code == 409
    assert [(row["label"], row["saved"], row["typed"]) for row in page.context["differences"]] == [
        ("Total from which somebody can have a place", "16", "12")
    ]
    assert "These settings were saved by Amina at " in text
    assert RecruitmentSettings.objects.get().cut == 16


def test_settings_second_may_save_over_it_knowingly(signed_in, olive, amina, london):
    signed_in(amina).post(PAGE, typed(london, cut="16"))
    browser = signed_in(olive)
    conflict = browser.post(PAGE, typed(london, cut="12", version="1"))
    versions = {name: conflict.context["form"].data[name] for name in ("version", "cohort_version")}

    again = browser.post(PAGE, typed(london, cut="12") | versions)

    assert (again.status_code, RecruitmentSettings.objects.get().cut) == (302, 12)


def test_settings_notice_that_somebody_moved_the_call_on_the_other_page(signed_in, olive, london):
    london.version = 2
    london.save()

    page = signed_in(olive).post(PAGE, typed(london, cohort_version="1"))

    assert page.status_code == 409
    assert [row["label"] for row in page.context["differences"]] == ["Applications open", "Applications close"]
    assert RecruitmentSettings.objects.count() == 0


def test_the_same_minutes_leave_the_call_as_it_is(london, olive):
    before = london.applications_open_at, london.applications_close_at
    minutes = [moment.replace(second=0, microsecond=0) for moment in before]

    setting_up.change(
        cohort=london, version=1, cohort_version=99, opens=minutes[0], closes=minutes[1], rules=RULES, by=olive
    )

    london.refresh_from_db()
    assert (london.applications_open_at, london.applications_close_at, london.version) == (*before, 1)


def test_change_refuses_an_old_version_and_a_call_that_ends_first(london, olive):
    with pytest.raises(Changed):
        setting_up.change(cohort=london, version=7, cohort_version=1, opens=OPENS, closes=CLOSES, rules=RULES, by=olive)
    with pytest.raises(BadCohort) as refusal:
        setting_up.change(cohort=london, version=1, cohort_version=1, opens=CLOSES, closes=OPENS, rules=RULES, by=olive)

    assert refusal.value.field == "applications_close_at"
    assert not AuditEvent.objects.filter(verb="recruitment_set_up").exists()


def test_moments_are_on_the_cohorts_own_clock(signed_in, olive, london):
    london.time_zone = "Asia/Kolkata"
    london.save()

    browser = signed_in(olive)
    browser.post(PAGE, typed(london))

    london.refresh_from_db()
    assert london.applications_close_at == datetime(2017, 10, 29, 23, 59, tzinfo=ZoneInfo("Asia/Kolkata"))
    assert browser.get(PAGE).context["call_in_words"].endswith("close at 11:59pm on Sunday 29 October 2017.")


# --- copying -------------------------------------------------------------------------------------------------
def test_copy_shows_what_would_come_and_changes_nothing(signed_in, amina, london, second):
    Channel.objects.create(cohort=london, code="event", name="Our evening")

    page = signed_in(amina).get(f"{COPY}?source=second")

    plan = page.context["plan"]
    assert page.context["rules"] == [
        ("Minutes of grace", "15", "30"),
        ("Total from which somebody can have a place", "14", "16"),
    ]
    assert ([row.name for row in plan.channels], plan.kept_channels) == (["CCG newsletter"], 1)
    assert ([row.subject for row in plan.wordings], plan.kept_wordings) == (["A place for you"], 0)
    assert (Channel.objects.filter(cohort=london).count(), LetterWording.objects.filter(cohort=london).count()) == (
        1,
        0,
    )


def test_copy_brings_rules_channels_without_figures_and_letters(signed_in, amina, london, second):
    browser = signed_in(amina)
    for _ in range(2):
        page = browser.post(COPY, {"source": "second"})

    copied = Channel.objects.filter(cohort=london).order_by("code").values_list("code", "name", "reached", "contact")
    wording = LetterWording.objects.get(cohort=london)
    assert (page.status_code, page["Location"]) == (302, PAGE)
    assert list(copied) == [("event", "Open evening", None, ""), ("news", "CCG newsletter", None, "")]
    assert (wording.kind, wording.subject, wording.text) == ("OFFER", "A place for you", "Come.")
    assert london.recruitment_settings.grace_minutes == 30
    assert AuditEvent.objects.filter(verb="recruitment_copied").first().detail["source"] == second.pk


def test_copy_keeps_the_letters_that_are_there(amina, london, second):
    LetterWording.objects.create(cohort=london, kind="OFFER", subject="Ours", text="Ours.")

    setting_up.copy(source=second, target=london, by=amina)

    assert LetterWording.objects.get(cohort=london).subject == "Ours"


@pytest.mark.parametrize("source", ["kent", "london-2017", "nowhere", ""])
@pytest.mark.parametrize("method", ["get", "post"])
def test_copy_offers_only_what_one_looks_after(signed_in, amina, london, second, kent, method, source):
    page = getattr(signed_in(amina), method)(COPY, {"source": source})

    assert page.status_code == 422
    assert [key for key, _ in page.context["form"].fields["source"].choices] == ["", "second"]
    assert RecruitmentSettings.objects.filter(cohort=london).count() == 0


def test_copy_from_itself_is_refused(london, olive):
    with pytest.raises(setting_up.NothingToCopy):
        setting_up.copy(source=london, target=london, by=olive)


# --- doors -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", [PAGE, COPY, "/cohorts/london-2017/applications/funnel/"])
def test_set_up_opens_to_those_who_recruit_only(request, signed_in, london, path):
    everybody = ["olive", "amina", "alan", "ruth", "moses", "carol", "eve", "connie", "stranger"]

    answers = {who: signed_in(request.getfixturevalue(who)).get(path).status_code for who in everybody}

    assert answers == {who: 200 if who in {"olive", "amina"} else 404 for who in everybody}
