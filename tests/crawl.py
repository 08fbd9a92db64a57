"""Walks the product's own links, as each person, and keeps one address for each kind of page."""

from collections import deque
from collections.abc import Callable
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

from people.models import User

# Not pages to look at: files, and addresses whose pages are all alike.
NOT_PAGES = ("/static/", "/account/logout/")
FILES = (".pdf", ".json", ".csv", ".xlsx", ".zip", ".txt", ".html")
ADDRESSES_OF_A_KIND = 2


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        target = dict(attrs).get("href")
        if tag == "a" and target:
            self.found.append(target)


def links(html: str, base: str) -> list[str]:
    """The paths of our own pages that a page links to, without queries and fragments."""
    parser = Links()
    parser.feed(html)
    targets = [urlsplit(urljoin(base, target)) for target in parser.found]
    return [
        target.path
        for target in targets
        if target.netloc in ("", "127.0.0.1") and target.scheme in ("", "http", "https") and is_page(target.path)
    ]


def is_page(path: str) -> bool:
    return path.startswith("/") and not path.startswith(NOT_PAGES) and not path.endswith(FILES)


def kind_of(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def crawl(get: Callable[[str], tuple[int, str]], start: list[str]) -> dict[str, list[tuple[str, int]]]:
    """For each kind of page (its URL name) the first addresses met, with the status of each. Files are left out."""
    kinds: dict[str, list[tuple[str, int]]] = {}
    waiting, seen = deque(start), set(start)
    while waiting:
        path = waiting.popleft()
        met = kinds.setdefault(kind_of(path), [])
        if len(met) >= ADDRESSES_OF_A_KIND:
            continue
        status, html = get(path)
        if html:
            met.append((path, status))
        for link in links(html, path):
            if link not in seen:
                seen.add(link)
                waiting.append(link)
    return kinds


def crawl_as(user: User | None, start: list[str]) -> dict[str, list[tuple[str, int]]]:
    """The crawl with Django's test client, signed in as `user`."""
    client = Client(SERVER_NAME="127.0.0.1")
    if user is not None:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    def get(path: str) -> tuple[int, str]:
        response = client.get(path, follow=True)
        is_html = response.headers.get("Content-Type", "").startswith("text/html")
        return response.status_code, response.content.decode() if is_html else ""

    return crawl(get, start)
