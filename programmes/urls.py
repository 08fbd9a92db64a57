"""Addresses of this room. The cohort's overview asks every room, so it is in laypartner/urls.py."""

from django.urls import path

from programmes.views import cohorts, days, my_table, people, tables

app_name = "programmes"

cohort_urls = [
    path("cohorts/", cohorts.cohorts, name="cohorts"),
    path("cohorts/new/", cohorts.new, name="cohort-new"),
    path("cohorts/<slug:slug>/settings/", cohorts.settings, name="settings"),
]
people_urls = [
    path("cohorts/<slug:slug>/people/", people.people, name="people"),
    path("cohorts/<slug:slug>/people/<int:pk>/withdraw/", people.withdraw, name="participant-withdraw"),
    path("cohorts/<slug:slug>/people/<int:pk>/reinstate/", people.reinstate, name="participant-reinstate"),
]
table_urls = [
    path("cohorts/<slug:slug>/tables/", tables.tables, name="tables"),
    path("cohorts/<slug:slug>/tables/all/", tables.all_days, name="tables-all"),
    path("cohorts/<slug:slug>/tables/export/", tables.export, name="tables-export"),
    path("cohorts/<slug:slug>/tables/day/<int:number>/", tables.day, name="tables-day"),
    path("cohorts/<slug:slug>/tables/day/<int:number>/plan/", tables.plan, name="tables-plan"),
    path("cohorts/<slug:slug>/tables/day/<int:number>/use/", tables.use, name="tables-use"),
    path("cohorts/<slug:slug>/tables/day/<int:number>/undo/", tables.undo, name="tables-undo"),
    path("cohorts/<slug:slug>/tables/day/<int:number>/move/<int:pk>/", tables.move, name="tables-move"),
]
day_urls = [
    path("cohorts/<slug:slug>/days/", days.days, name="days"),
    path("cohorts/<slug:slug>/days/<int:number>/edit/", days.edit, name="day-edit"),
    path("cohorts/<slug:slug>/days/<int:number>/slots/new/", days.add, name="slot-new"),
    path("cohorts/<slug:slug>/slots/<int:pk>/edit/", days.edit_slot, name="slot-edit"),
    path("cohorts/<slug:slug>/slots/<int:pk>/remove/", days.remove_slot, name="slot-remove"),
]
urlpatterns = [
    *cohort_urls,
    *people_urls,
    *table_urls,
    *day_urls,
    path("my-table/", my_table.my_table, name="my-table"),
]
