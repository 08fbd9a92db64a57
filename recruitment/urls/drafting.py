"""Reading the call, filling in the form, sending it, and finding the way back to it."""

from django.urls import URLPattern, path

from recruitment.views import beginning, drafting, getting_back, public

call = "apply/<slug:slug>/"
own = "application/<str:token>/"
urls: list[URLPattern] = [
    path(call, public.call, name="apply"),
    path(f"{call}form/", beginning.apply_form, name="apply-form"),
    path(f"{call}go-on/", beginning.draft_go_on, name="draft-go-on"),
    path(f"{call}lost-link/", getting_back.lost_link, name="lost-link"),
    path(f"{own}form/", drafting.draft, name="draft"),
    path(f"{own}form/send/", drafting.draft_send, name="draft-send"),
    path(f"{own}form/my-answers.txt", drafting.draft_words, name="draft-words"),
    path(f"{own}form/recordings/<int:pk>/remove/", drafting.recording_remove, name="recording-remove"),
    path(f"{own}form/<slug:step>/", drafting.draft_step, name="draft-step"),
    path(f"{own}code/", getting_back.mine_code, name="mine-code"),
    path(f"{own}code/enter/", getting_back.mine_code_enter, name="mine-code-enter"),
    path(f"{own}sent/", drafting.sent, name="sent"),
]
