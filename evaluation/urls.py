from django.urls import path, register_converter

from evaluation.converters import WaveConverter
from evaluation.views import answering, entering, results, waves

register_converter(WaveConverter, "wave")

app_name = "evaluation"

form_urls = [
    path("form/<str:token>/", answering.form, name="form"),
    path("form/<str:token>/sent/", answering.form_sent, name="form-sent"),
]
wave_urls = [
    path("cohorts/<slug:slug>/waves/", waves.board, name="waves"),
    path("cohorts/<slug:slug>/waves/<wave:kind>/", waves.wave, name="wave"),
    path("cohorts/<slug:slug>/waves/<wave:kind>/create/", waves.create, name="wave-create"),
    path("cohorts/<slug:slug>/waves/<wave:kind>/invite/", waves.invite, name="wave-invite"),
    path("cohorts/<slug:slug>/waves/<wave:kind>/people/<int:pk>/resend/", waves.resend, name="wave-resend"),
    path("cohorts/<slug:slug>/waves/<wave:kind>/open/", waves.open_now, name="wave-open"),
    path("cohorts/<slug:slug>/waves/<wave:kind>/close/", waves.close, name="wave-close"),
]
entry_urls = [
    path("cohorts/<slug:slug>/waves/<wave:kind>/enter/", entering.enter, name="wave-enter"),
    path("cohorts/<slug:slug>/waves/<wave:kind>/forms/<uuid:pk>/remove/", entering.remove, name="form-remove"),
]
result_urls = [
    path("cohorts/<slug:slug>/results/", results.latest, name="cohort-results"),
    path("cohorts/<slug:slug>/waves/<wave:kind>/results/", results.results, name="results"),
]
urlpatterns = [*form_urls, *wave_urls, *entry_urls, *result_urls]
