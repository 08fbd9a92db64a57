"""The command that machines and people read results with."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from evaluation.queries import wave_results
from evaluation.services import answering
from evaluation.services.answering import Form

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("wave_results", *arguments, stdout=out)
    return out.getvalue()


def test_json_is_the_contract_and_nothing_else(golden_wave):
    assert json.loads(run("london-2017", "immediate", "--format", "json")) == wave_results(golden_wave).as_dict()


def test_json_names_its_keys_in_order(golden_wave):
    found = json.loads(run("london-2017", "immediate", "--format", "json"))

    assert list(found) == ["cohort", "wave", "forms", "able", "response_rate", "response_rate_attended", "items"]
    assert list(found["items"][0]) == ["key", "text", "n", "average", "distribution", "share_4_5", "suppressed"]


def test_audience_decides_what_is_shown(wave):
    answering.record_forms(wave=wave, forms=[Form(form=str(number), answers={"darzi": 5}) for number in range(7)])

    found = json.loads(run("london-2017", "immediate", "--format", "json", "--audience", "commissioner"))

    assert [item["suppressed"] for item in found["items"] if item["n"]] == ["fewer than 8 answers"]


def test_text_is_the_published_table(golden_wave):
    lines = run("london-2017", "immediate").splitlines()

    assert lines[0] == "london-2017, immediate: 32 forms from 40 people (80.0 %)"
    assert [line.split()[-2:] for line in lines[1:]] == [
        ["32", "4.7"],
        ["29", "4.6"],
        ["29", "4.2"],
        ["32", "4.2"],
        ["25", "4.1"],
        ["32", "4.3"],
        ["31", "4.3"],
        ["32", "4.6"],
    ]


def test_text_shows_a_dash_where_nobody_answered(wave):
    lines = run("london-2017", "immediate").splitlines()

    assert lines[0] == "london-2017, immediate: 0 forms from 0 people (–)"
    assert lines[1].split()[-2:] == ["0", "–"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("paris-2017", "immediate"), "There is no cohort called paris-2017."),
        (("london-2017", "1-month"), "Cohort london-2017 has no wave 1-month yet."),
        (("london-2017", "soon"), "There is no wave called soon."),
        (("london-2017", "immediate", "--audience", "press"), "invalid choice"),
    ],
)
def test_refusals_are_sentences(wave, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(*arguments)
