from django.urls import path

from people.views import calls, letters, people, posting, roles

app_name = "people"
urlpatterns = [
    path("people/", people.search, name="search"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/edit/", people.edit, name="person-edit"),
    path("cohorts/<slug:slug>/roles/", roles.roles, name="roles"),
    path("cohorts/<slug:slug>/roles/<int:pk>/take/", roles.take, name="role-take"),
    path("outbox/", letters.outbox, name="outbox"),
    path("outbox/print/", posting.to_print, name="letters-print"),
    path("outbox/print/letters.pdf", posting.letters_pdf, name="letters-pdf"),
    path("outbox/print/posted/", posting.all_posted, name="letters-posted"),
    path("outbox/calls/", calls.calls, name="calls"),
    path("outbox/<int:pk>/", letters.letter, name="letter"),
    path("outbox/<int:pk>/letter.pdf", posting.letter_pdf, name="letter-pdf"),
    path("outbox/<int:pk>/posted/", letters.posted, name="letter-posted"),
    path("outbox/<int:pk>/told/", calls.told, name="letter-told"),
    path("outbox/<int:pk>/no-answer/", calls.no_answer, name="letter-no-answer"),
    path("outbox/<int:pk>/arrived/", letters.arrived, name="letter-arrived"),
    path("outbox/<int:pk>/again/", letters.again, name="letter-again"),
]
