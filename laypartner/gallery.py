"""Every component and every field in all its states, for whoever draws a page. In development and the demo only."""

from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from core import forms
from core.tables import Column, Filter, Table
from people.permissions import Permission

COHORT = SimpleNamespace(slug="sample", title="Sample cohort")
NAMES = ["Ada Okafor", "Bronisław Wójcik", "Catherine O’Brien-Łukasz", "Dev Patel", "Eirlys Ñuñez", "Fatima Begum"]
AREAS = ["Brent", "Camden", "Ealing", "Hammersmith and Fulham", "Westminster"]
STATES = [("Waiting", "grey"), ("In review", "blue"), ("Place offered", "green"), ("On reserve", "yellow")]
ERRORS = ["400", "403", "403_csrf", "404", "500"]
STAGES = [
    {"name": "Recruit", "state": "done", "note": "92 applied"},
    {"name": "Select", "state": "done", "note": "40 places"},
    {"name": "Seat", "state": "current", "note": "8 tables"},
    {"name": "Days", "state": "todo", "note": "from 23 Nov"},
    {"name": "Evaluate", "state": "todo", "note": ""},
    {"name": "Report", "state": "todo", "note": ""},
]
FACTS = [
    ("Name", "Ada Okafor", "/gallery/", "Change"),
    ("Area", "Brent", "/gallery/", "Change"),
    ("Experience", "1 to 3 years"),
]
WRONG = (
    "name=&story=" + "x" * 205 + "&email=a@localhost&phone=12&born_day=31&born_month=2&born_year=26&closes_day=28"
    "&closes_month=3&closes_year=2027&closes_time=1:30&starts=25:00&mark=6&rate=-5&format=&days=&region="
)


class SampleForm(forms.Form):
    """One of each field."""

    submit_label = "Save and go on"
    cancel_url = "/gallery/"

    name = forms.OneLineField(label="Your full name", help_text="As you want it on your badge.")
    story = forms.LongTextField(label="What should change?", help_text="Tell us in your own words.", max_length=200)
    email = forms.EmailField(label="Email address")
    phone = forms.PhoneField(label="Phone number", required=False)
    born = forms.DateField(label="When were you born?", help_text="For example, 27 3 1961.")
    closes = forms.MomentField(label="When does the call close?")
    starts = forms.TimeField(label="When does the day start?", help_text="For example, 9:30am.")
    mark = forms.WholeNumberField(label="Mark", min_value=1, max_value=5)
    rate = forms.MoneyField(label="Day rate")
    format = forms.ChoiceField(
        label="How do you like to get information?",
        choices=[("STANDARD", "Standard print"), ("LARGE", "Large print"), ("AUDIO", "Audio")],
        hints={"LARGE": "At least 16 point"},
    )
    days = forms.MultipleChoiceField(label="Which days can you come?", choices=[("1", "Day 1"), ("2", "Day 2")])
    sure = forms.ChoiceField(label="Are you sure?", choices=[("YES", "Yes"), ("NO", "No")], inline=True, required=False)
    region = forms.SelectField(label="Region", choices=[("LONDON", "London"), ("KENT", "Kent")])
    file = forms.FileField(label="Your cohort folder", endings=[".zip"], required=False)
    agree = forms.AgreeField(label="I have read how you use my information")


@dataclass(frozen=True)
class Row:
    """One line of the sample list."""

    pk: int
    name: str
    area: str
    total: int
    state: str
    colour: str


class SampleTable(Table):
    """The list component over invented rows that are in no database."""

    @cached_property
    def narrowed(self) -> list[Row]:
        found = [row for row in self.rows if self.search_text.lower() in row.name.lower()]
        key = self.sort.removeprefix("-")
        return sorted(found, key=lambda row: getattr(row, key), reverse=self.sort.startswith("-"))


def sample_table(params: QueryDict) -> SampleTable:
    rows = [
        Row(number, f"{NAMES[number % 6]} {number + 1}", AREAS[number % 5], 28 - number % 17, *STATES[number % 4])
        for number in range(92)
    ]
    return SampleTable(
        name="applications",
        caption="Applications",
        columns=[
            Column("name", "Name", lambda row: row.name, ("name",), "gallery/_name.html", is_heading=True),
            Column("area", "Area", lambda row: row.area, ("area",)),
            Column("reviews", "Reviews", lambda row: "2 of 2"),
            Column("total", "Agreed total", lambda row: row.total, ("total",), kind="number"),
            Column("state", "State", lambda row: row.state, ("state",), "gallery/_state.html"),
        ],
        rows=rows,
        params=params,
        search=["name"],
        filters=[Filter("area", "Area", [(area, area) for area in AREAS]), Filter("state", "State", STATES)],
        default_sort="name",
        per_page=20,
        select_name="application",
        select_label=lambda row: row.name,
        exports=True,
    )


def _only_here() -> None:
    if not (settings.DEBUG or settings.DEMO):
        raise Http404


@login_not_required
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    _only_here()
    if request.GET.get("error") in ERRORS:
        return render(request, f"{request.GET['error']}.html")
    for level, words in ((messages.SUCCESS, "The table plan was saved."), (messages.ERROR, "Nothing was changed.")):
        messages.add_message(request, level, words)
    context = {"may": _all(), "cohort": COHORT, "tab": "overview", "stages": STAGES, "rows": FACTS, "errors": ERRORS}
    return render(request, "gallery/components.html", context)


@login_not_required
@require_safe
def fields(request: HttpRequest) -> HttpResponse:
    _only_here()
    form = SampleForm(QueryDict(WRONG), {}) if "wrong" in request.GET else SampleForm()
    return render(request, "gallery/fields.html", {"form": form})


@login_not_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    _only_here()
    table = sample_table(request.GET)
    context = {"table": table, "may": _all(), "cohort": COHORT, "tab": "applications"}
    return render(request, "gallery/list.html", context)


def _all() -> dict[str, bool]:
    return {permission.name.lower(): True for permission in Permission}


urlpatterns = [
    path("gallery/", components, name="gallery"),
    path("gallery/fields/", fields, name="gallery-fields"),
    path("gallery/list/", listing, name="gallery-list"),
]
