"""What happens to every request."""

import logging

import pytest

from core.middleware import RequestIdFilter, request_id

pytestmark = pytest.mark.django_db


def test_each_answer_has_its_own_number(client):
    numbers = [client.get("/")["X-Request-ID"] for _ in range(2)]

    assert all(len(number) == 8 for number in numbers)
    assert numbers[0] != numbers[1]


def test_log_lines_carry_the_number():
    token = request_id.set("abcd1234")
    record = logging.LogRecord("x", logging.INFO, "x", 1, "x", None, None)

    assert RequestIdFilter().filter(record)
    request_id.reset(token)

    assert record.request_id == "abcd1234"


@pytest.mark.parametrize("path", ["/?q=%00", "/people/?q=a%00b", "/cohorts/a%00b/"])
def test_nul_bytes_are_a_bad_request_for_everybody(client, signed_in, olive, path):
    assert client.get(path).status_code == 400
    assert signed_in(olive).get(path).status_code == 400


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
def test_methods_that_no_page_has_are_refused(client, method):
    response = client.generic(method, "/")

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST")


def test_pages_are_never_kept_by_a_cache(signed_in, olive):
    response = signed_in(olive).get("/outbox/")

    assert response["Cache-Control"] == "no-store, private"
    assert "Cookie" in response["Vary"]


def test_pages_say_what_the_browser_may_load(client):
    policy = client.get("/")["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example"])
def test_foreign_host_is_refused(client, host):
    assert client.get("/", headers={"host": host}).status_code == 400
