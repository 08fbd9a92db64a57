"""The page on which one decides about everybody: the order, the mix of the room, and preparing."""

import pytest

from people.models import AccessNeed
from recruitment.models import Application, BulkAction, Decision, PendingDecision
from recruitment.queries.deciding import ranking_of
from recruitment.queries.mix import mix_of
from recruitment.services import offering
from tests import make

DECIDE = "/cohorts/london-2017/applications/decide/"
LETTERS = f"{DECIDE}letters/"


@pytest.fixture
def scored(london, ruth):
    def one(name: str = "", mark: int = 3, **fields):
        application = make.application(london, name=name, **fields)
        make.review(application, ruth, mark)
        return application

    return one


def shrink(cohort, places: int) -> None:
    cohort.capacity = places
    cohort.save()


def ranked(cohort) -> list[tuple[int | None, str]]:
    ranking = ranking_of(cohort, Application.objects.filter(cohort=cohort))
    return [(item.rank, item.application.person.name) for item in ranking.candidates]


# --- the order -----------------------------------------------------------------------------------------------------
def test_order_is_by_total_then_those_without_one_then_those_not_eligible(london, scored):
    scored("Ana", 2, reference="A-1")
    scored("Ben", 4, reference="A-2")
    scored("Cy", 2, reference="A-3", state="RESERVE")
    scored("Di", 4, reference="A-4", eligibility="NOT_ELIGIBLE")
    make.application(london, name="Eli", reference="A-5")

    assert ranked(london) == [(1, "Ben"), (2, "Ana"), (2, "Cy"), (None, "Eli"), (None, "Di")]


@pytest.mark.parametrize("state", ["AWAITING", "OFFERED", "ACCEPTED", "DECLINED", "WITHDRAWN", "LAPSED", "TURNED_DOWN"])
def test_others_are_not_in_the_order(london, scored, state):
    scored("Ana", state=state)

    assert ranked(london) == []


@pytest.mark.parametrize(
    ("places", "tie"),
    [
        (1, ""),
        (
            2,
            "3 people are equal at rank 2 with 21 points, and 1 place is left for them. "
            "The scores cannot choose between them: people do, and write why.",
        ),
        (
            3,
            "3 people are equal at rank 2 with 21 points, and 2 places are left for them. "
            "The scores cannot choose between them: people do, and write why.",
        ),
        (4, ""),
        (40, ""),
    ],
)
def test_a_tie_at_the_last_place_is_said_in_words(london, scored, places, tie):
    shrink(london, places)
    scored("Ana", 4)
    for name in ("Ben", "Cy", "Di"):
        scored(name, 3)
    scored("Eli", 2)

    assert ranking_of(london, Application.objects.all()).tie == tie


def test_the_line_is_drawn_after_the_last_place(london, olive, scored, signed_in):
    shrink(london, 2)
    for mark, name in enumerate(("Ana", "Ben", "Cy"), start=2):
        scored(name, mark)

    ranking = ranking_of(london, Application.objects.all())

    assert [item.application.person.name for item in ranking.candidates if item.ends_the_places] == ["Ben"]
    assert "The 2 free places end here" in signed_in(olive).get(DECIDE).content.decode()


def test_the_top_that_fit_leave_out_who_cannot_be_offered_and_ties_that_do_not_fit(london, olive, ruth, moses, scored):
    shrink(london, 4)
    make.participant(london)
    best = scored("Ana", 4, reference="A-1")
    scored("Out", 4, eligibility="NOT_ELIGIBLE")
    differing = make.application(london, name="Differ")
    make.review(differing, ruth, 4)
    make.review(differing, moses, 2)
    for number in (2, 3, 4):
        scored(f"Equal {number}", 3, reference=f"A-{number}")
    scored("Below the cut", 1)

    ranking = ranking_of(london, Application.objects.all())

    assert (ranking.places_to_prepare, ranking.top_that_fit()) == (3, [best.reference])


def test_the_top_that_fit_counts_what_is_prepared(london, olive, scored):
    shrink(london, 2)
    first, second = scored("Ana", 4), scored("Ben", 3)
    PendingDecision.objects.create(application=first, outcome="ACCEPT", reason="Good.", by=olive)

    ranking = ranking_of(london, Application.objects.all())

    assert (ranking.top_that_fit(), ranking.prepared["ACCEPT"]) == ([second.reference], 1)


# --- the mix -----------------------------------------------------------------------------------------------------
def test_the_mix_counts_places_offers_prepared_and_ticked_each_once(london, olive, scored):
    shrink(london, 5)
    make.participant(london, area="Camden")
    offering.offer(application=scored("Ana", area="Brent"), reason="Good.", by=olive)
    prepared, ticked = scored("Ben", area="Camden"), scored("Cy", area="")
    PendingDecision.objects.create(application=prepared, outcome="ACCEPT", reason="Good.", by=olive)
    PendingDecision.objects.create(application=scored("Di"), outcome="DECLINE", reason="Bad.", by=olive)
    both = Application.objects.filter(pk__in=[prepared.pk, ticked.pk])

    mix = mix_of(london, both, with_needs=True)

    assert (mix.count, mix.capacity_words, mix.prepared, mix.ticked) == (4, "4 of 5: 1 left", 1, 1)
    assert [(share.label, share.count) for share in mix.areas()] == [("Camden", 2), ("Brent", 1), ("Not given", 1)]


def test_the_counter_warns_beyond_the_places(london, scored):
    shrink(london, 1)
    for name in ("Ana", "Ben", "Cy"):
        scored(name)

    mix = mix_of(london, Application.objects.all(), with_needs=False)

    assert (mix.capacity_words, mix.too_many, mix.needs) == ("3 of 1: 2 too many", 2, None)


@pytest.mark.parametrize(
    ("ours", "others", "sentence"),
    [
        (3, 9, "3 of 12 people come from one organisation: Camden Carers."),
        (3, 10, ""),
        (2, 2, ""),
        (0, 4, ""),
    ],
)
def test_a_body_with_a_quarter_of_the_room_stands_out_in_words(london, ours, others, sentence):
    body = make.organisation("Camden Carers")
    for number in range(ours + others):
        make.participant(london, person=make.person(organisation=body if number < ours else None))

    assert mix_of(london, Application.objects.none(), with_needs=False).dominating == sentence


def test_communities_are_counted_together_and_gaps_are_shown(london, scored):
    scored("Ana", communities=["carers", "faith"])
    scored("Ben", communities=["carers", "carers"])

    shares = mix_of(london, Application.objects.all(), with_needs=False).communities()

    counted = {share.label: share.count for share in shares}
    assert (counted["Carers"], counted["Faith groups"], counted["Rural communities"]) == (2, 1, 0)
    assert [share.count for share in shares][:3] == [2, 1, 0]


def test_needs_are_one_number_and_no_tick_shows_who_has_any(london, olive, scored):
    has_place, ticked = make.participant(london), scored("Ana")
    for person in (has_place.person, has_place.person, ticked.person):
        AccessNeed.objects.create(person=person, description="A hearing loop")

    mix = mix_of(london, Application.objects.all(), with_needs=True)

    assert (mix.needs, mix.count) == (1, 2)


def test_needs_are_shown_to_who_may_know_and_never_which(london, olive, moses, signed_in, scored):
    person = make.participant(london).person
    AccessNeed.objects.create(person=person, description="A hearing loop")
    scored("Ana", communities=["faith"])

    organiser, moderator = (signed_in(who).get(DECIDE).content.decode() for who in (olive, moses))

    assert ("1 person has" in organiser, "1 person has" in moderator) == (True, False)
    assert "hearing loop" not in organiser + moderator
    assert "faith" not in organiser  # nobody's communities stand in a row


def test_the_panel_alone_counts_the_ticked(london, olive, signed_in, scored):
    ana, ben = scored("Ana", area="Brent"), scored("Ben")
    scored("Cy")

    response = signed_in(olive).get(f"{DECIDE}mix/?applications={ana.reference}&applications={ben.reference}")

    assert (response.context["mix"].ticked, response.context["mix"].count) == (2, 2)


@pytest.mark.parametrize("query", ["", "applications=NOBODY", "applications=" + "A" * 3000])
def test_the_panel_takes_any_reference_and_finds_nobody(london, olive, signed_in, query):
    response = signed_in(olive).get(f"{DECIDE}mix/?{query}")

    assert (response.status_code, response.context["mix"].count) == (200, 0)


# --- the page ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("rows", [1, 50])
def test_the_page_asks_as_much_for_one_as_for_fifty(london, olive, signed_in, scored, rows, django_assert_num_queries):
    body = make.organisation("Camden Carers")
    for number in range(rows):
        application = scored("", 3)
        application.person.organisation = body
        application.person.save()
        PendingDecision.objects.create(
            application=application, outcome="ACCEPT" if number < 30 else "DECLINE", reason="Good.", by=olive
        )
    browser = signed_in(olive)
    browser.get(DECIDE)

    with django_assert_num_queries(14):
        page = browser.get(DECIDE)
    with django_assert_num_queries(12):
        letters = browser.get(LETTERS)

    assert (len(page.context["ranking"].candidates), letters.context["count"]) == (rows, rows)


def test_tick_the_top_comes_with_them_ticked(london, olive, signed_in, scored):
    shrink(london, 1)
    best, _ = scored("Ana", 4), scored("Ben", 3)
    browser = signed_in(olive)

    assert "Tick the top 1 that fit" in browser.get(DECIDE).content.decode()
    assert browser.get(f"{DECIDE}?tick=top").context["ticked"] == {best.reference}


def test_count_the_ticked_without_scripts_keeps_what_was_typed(london, olive, signed_in, scored):
    ana = scored("Ana")
    data = {"applications": [ana.reference], "reason": "Half a sent", "criteria": ["TIME"]}

    response = signed_in(olive).post(f"{DECIDE}count/", data)

    assert (response.context["mix"].ticked, response.context["ticked"]) == (1, {ana.reference})
    assert 'value="Half a sent"' in response.content.decode()
    assert PendingDecision.objects.count() == 0


def mark(browser, *applications, **changes):
    data = {"applications": [one.reference for one in applications], "outcome": "ACCEPT"}
    return browser.post(f"{DECIDE}mark/", data | {"criteria": ["LISTENING"], "reason": "Because."} | changes)


def test_mark_prepares_and_can_be_undone_after_a_reload(london, olive, signed_in, scored):
    browser, ana = signed_in(olive), scored("Ana")

    response = mark(browser, ana)
    page = browser.get(DECIDE).content.decode()
    browser.post(f"/cohorts/london-2017/applications/undo/{BulkAction.objects.get().pk}/")

    assert response.headers["Location"] == DECIDE
    assert "1 person prepared to offer a place" in page
    assert (PendingDecision.objects.count(), Decision.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"outcome": ""}, "outcome"),
        ({"outcome": "REOPEN"}, "outcome"),
        ({"applications": []}, "applications"),
        ({"applications": ["NOBODY"]}, "applications"),
        ({"criteria": ["KINDNESS"]}, "criteria"),
        ({"criteria": []}, "__all__"),
    ],
)
def test_mark_that_cannot_be_used_comes_back_with_ticks_and_words(london, olive, signed_in, scored, changes, field):
    ana = scored("Ana")

    response = mark(signed_in(olive), ana, **({"reason": "Because of this."} | changes))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    # Whoever is not on the page cannot be ticked on it.
    assert response.context["ticked"] == (set() if "applications" in changes else {ana.reference})
    assert PendingDecision.objects.count() == 0


def test_mark_before_the_scores_are_settled_asks_at_the_field(london, olive, signed_in):
    ana = make.application(london, name="Ana")
    browser = signed_in(olive)

    refused = mark(browser, ana)
    mark(browser, ana, before_settled="The reviewer is ill.")

    assert list(refused.context["form"].errors) == ["before_settled"]
    assert PendingDecision.objects.count() == 1


def test_mark_of_another_cohorts_people_is_refused(london, kent, olive, signed_in):
    other = make.application(kent)

    response = mark(signed_in(olive), other)

    assert (response.status_code, PendingDecision.objects.count()) == (422, 0)


def test_clear_takes_away_what_is_prepared_for_the_ticked(london, olive, signed_in, scored):
    browser, ana, ben = signed_in(olive), scored("Ana"), scored("Ben")
    mark(browser, ana, ben)

    browser.post(f"{DECIDE}clear/", {"applications": [ana.reference], "back": "letters"})

    assert list(PendingDecision.objects.values_list("application", flat=True)) == [ben.pk]


def test_letters_are_counted_by_the_way_they_go(london, olive, signed_in, ruth):
    for fields in (
        {},
        {"email": "", "post": "1 High Street", "preferred": "POST", "information_format": "LARGE_PRINT"},
        {"email": "", "post": "2 High Street", "preferred": "POST"},
        {"email": "", "phone": "07700 900982", "preferred": "PHONE"},
    ):
        application = make.application(london, person=make.person(**fields))
        PendingDecision.objects.create(application=application, outcome="DECLINE", reason="Bad.", by=olive)

    context = signed_in(olive).get(LETTERS).context

    assert context["ways"] == [("Email", 1, 0), ("Post", 2, 1), ("Phone call", 1, 0)]


def test_release_by_the_button_and_undo_from_the_same_page(london, olive, signed_in, scored):
    browser, ana = signed_in(olive), scored("Ana")
    mark(browser, ana)
    seen = browser.get(LETTERS).context["seen"]

    released = browser.post(f"{LETTERS}release/", {"seen": seen}, follow=True)
    page = released.content.decode()

    assert Application.objects.get().state == "OFFERED"
    assert "The letters to 1 person go out in 10 minutes." in page
    assert "1 offered a place" in page


def test_release_without_having_seen_the_letters_releases_nothing(london, olive, signed_in, scored):
    browser = signed_in(olive)
    mark(browser, scored("Ana"))

    browser.post(f"{LETTERS}release/")

    assert Application.objects.get().state == "SUBMITTED"


# --- one application -------------------------------------------------------------------------------------------------
ONE = "/cohorts/london-2017/applications/AAA-AAA/"


@pytest.mark.parametrize(("action", "outcome"), [("offer", "ACCEPT"), ("reserve", "RESERVE"), ("decline", "DECLINE")])
def test_one_decision_is_prepared_from_the_persons_page(london, olive, signed_in, scored, action, outcome):
    scored("Ana", reference="AAA-AAA")
    browser = signed_in(olive)

    browser.post(f"{ONE}{action}/", {"criteria": ["TIME"], "reason": "Because."})
    page = browser.get(ONE).content.decode()

    assert PendingDecision.objects.get().outcome == outcome
    assert f"Prepared: {PendingDecision.Outcome(outcome).label.lower()}" in page
    assert "Nobody has been told." in page


def test_one_decision_without_a_reason_keeps_what_is_typed(london, olive, signed_in, scored):
    scored("Ana", reference="AAA-AAA")

    response = signed_in(olive).post(f"{ONE}offer/", {"criteria": [], "reason": "Because of this."})

    assert response.status_code == 422
    assert "Because of this." in response.content.decode()


def test_the_page_says_what_the_person_has_been_told(london, olive, signed_in, scored):
    ana = scored("Ana", reference="AAA-AAA")
    browser = signed_in(olive)
    before = browser.get(ONE).content.decode()
    offering.offer(application=ana, reason="Good.", by=olive)

    after = browser.get(ONE).context["decision"]["heard"]

    assert "Nothing about a decision yet." in before
    assert [(item.words, item.is_told) for item in after] == [("Email waits to go", False)]


@pytest.mark.parametrize("who", ["ruth", "alan", "eve", "connie", "carol", "stranger"])
@pytest.mark.parametrize("path", [DECIDE, f"{DECIDE}mix/", LETTERS, "/cohorts/london-2017/applications/offers/"])
def test_nobody_else_sees_the_pages(london, request, signed_in, who, path):
    assert signed_in(request.getfixturevalue(who)).get(path).status_code == 404
