"""Decisions, letters, offers, the reserve list, and undo."""

from django.urls import URLPattern, path

from recruitment.views import decision, decisions, letters, offers, undo

many = "cohorts/<slug:slug>/applications/"
one = f"{many}<slug:reference>/"
urls: list[URLPattern] = [
    path(f"{many}undo/<int:pk>/", undo.undo, name="undo"),
    path(f"{many}decide/", decisions.decisions, name="decisions"),
    path(f"{many}decide/count/", decisions.count, name="decisions-count"),
    path(f"{many}decide/mix/", decisions.mix, name="decisions-mix"),
    path(f"{many}decide/mark/", decisions.mark, name="decisions-mark"),
    path(f"{many}decide/clear/", decisions.clear, name="decisions-clear"),
    path(f"{many}decide/letters/", letters.letters, name="letters"),
    path(f"{many}decide/letters/release/", letters.release, name="release"),
    path(f"{many}decide/letters/words/<slug:kind>/", letters.wording_edit, name="wording-edit"),
    path(f"{many}decide/letters/words/<slug:kind>/back/", letters.wording_back, name="wording-back"),
    path(f"{many}decide/letters/<slug:reference>/", letters.letter_edit, name="letter-edit"),
    path(f"{many}decide/letters/<slug:reference>/back/", letters.letter_back, name="letter-back"),
    path(f"{many}offers/", offers.offers, name="offers"),
    path(f"{many}offers/promote/", offers.promote, name="promote"),
    path(f"{one}offer/", decision.offer, name="application-offer"),
    path(f"{one}reserve/", decision.reserve, name="application-reserve"),
    path(f"{one}decline/", decision.decline, name="application-decline"),
    path(f"{one}reopen/", decision.reopen, name="application-reopen"),
    path(f"{one}confirm/", decision.confirm, name="application-confirm"),
    path(f"{one}turn-down/", decision.turn_down, name="application-turn-down"),
    path(f"{one}lapse/", decision.lapse, name="application-lapse"),
    path(f"{one}withdraw/", decision.withdraw, name="application-withdraw"),
    path(f"{one}more-time/", decision.extend, name="offer-extend"),
    path(f"{one}remind/", offers.remind, name="offer-remind"),
]
