from django.urls import include, path

from reports import paper, views

app_name = "reports"

cohort_urls = [
    path("", views.report, name="report"),
    path("words/", views.save_words, name="report-words"),
    path("issue/", views.issue, name="report-issue"),
    *(path(f"report.{name}", views.draft_file, {"format": name}, name=f"report-{name}") for name in paper.FORMATS),
]
issued_urls = [
    path("", views.issued, name="issued"),
    path("<int:pk>/", views.issued_report, name="issued-report"),
    *(
        path(f"<int:pk>/report.{name}", views.issued_file, {"format": name}, name=f"issued-{name}")
        for name in paper.FORMATS
    ),
]
urlpatterns = [
    path("cohorts/<slug:slug>/report/", include(cohort_urls)),
    path("reports/", include(issued_urls)),
]
