"""Applications on paper and by telephone, and people who applied twice."""

from django.urls import URLPattern, path

from recruitment.views import duplicates, entering, writing_down

many = "cohorts/<slug:slug>/applications/"
one = f"{many}<slug:reference>/"
urls: list[URLPattern] = [
    path(f"{many}enter/", entering.enter, name="enter"),
    path(f"{many}recordings/<int:pk>/", writing_down.recording, name="recording"),
    path(f"{many}duplicates/", duplicates.duplicates, name="duplicates"),
    path(f"{many}duplicates/merge/", duplicates.merge, name="duplicates-merge"),
    path(f"{many}duplicates/different/", duplicates.different, name="duplicates-different"),
    path(f"{many}duplicates/<int:pk>/again/", duplicates.look_again, name="duplicates-again"),
    path(f"{one}read-back/", entering.read_back, name="read-back"),
    path(f"{one}agree/", entering.agree, name="agree"),
    path(f"{one}answers/", writing_down.write_down, name="write-down"),
    path(f"{one}unmerge/", duplicates.unmerge, name="unmerge"),
]
