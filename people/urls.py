from django.urls import path

from people.views import letters, people, roles

app_name = "people"
urlpatterns = [
    path("people/", people.search, name="search"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/edit/", people.edit, name="person-edit"),
    path("cohorts/<slug:slug>/roles/", roles.roles, name="roles"),
    path("cohorts/<slug:slug>/roles/<int:pk>/take/", roles.take, name="role-take"),
    path("outbox/", letters.outbox, name="outbox"),
    path("outbox/<int:pk>/", letters.letter, name="letter"),
    path("outbox/<int:pk>/posted/", letters.posted, name="letter-posted"),
    path("outbox/<int:pk>/arrived/", letters.arrived, name="letter-arrived"),
    path("outbox/<int:pk>/again/", letters.again, name="letter-again"),
]
