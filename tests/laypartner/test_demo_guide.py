"""What `make demo` prints is true."""

import re

import pytest
from django.core.management import call_command
from django.urls import resolve

from laypartner.demo import team


def test_guide_names_everybody_and_links_to_pages_that_exist(capsys):
    call_command("load_demo", "--guide", "http://127.0.0.1:8000")
    said = capsys.readouterr().out

    assert [member.email for member in team.in_bar() if member.email not in said] == []
    paths = re.findall(r"http://127\.0\.0\.1:8000(/\S*)", said)
    assert len(paths) >= 6
    assert all(resolve(path) for path in paths if not path.startswith("/demo/"))


@pytest.mark.django_db
def test_guide_loads_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        call_command("load_demo", "--guide", "http://127.0.0.1:8000")
