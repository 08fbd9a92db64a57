"""A real Chromium for tests and pictures: nothing leaves the machine, axe looks at every page."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, PHONE = {"width": 1280, "height": 720}, {"width": 360, "height": 740}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOPBACK = ("http://127.0.0.1", "http://localhost", "data:", "about:", "blob:")


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Visitor:
    """Somebody at a screen. Remembers what went wrong: requests that left, scripts that failed, rules that were broken."""

    def __init__(self, browser: Browser, address: str, viewport: dict[str, int]) -> None:
        self.address = address
        self.context = browser.new_context(
            viewport=viewport, reduced_motion="reduce", locale="en-GB", timezone_id="Europe/London"
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.left: list[str] = []
        self.broken: list[str] = []
        self.page.on("request", lambda request: self._saw(request.url))
        self.page.on("pageerror", lambda error: self.broken.append(f"script: {error}"))
        self.page.on("console", lambda message: self._heard(message))

    def _saw(self, url: str) -> None:
        if not url.startswith(LOOPBACK):
            self.left.append(url)

    def _heard(self, message: Any) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.broken.append(message.text)

    def sign_in(self, session_key: str, cookie: str = "session") -> None:
        self.context.add_cookies([{"name": cookie, "value": session_key, "url": self.address}])

    def open(self, path: str) -> int:
        response = self.page.goto(self.address + path)
        return response.status if response else 0

    def faults(self) -> list[str]:
        """What axe finds on this page, what scrolls sideways, and what was broken on the way."""
        self.page.evaluate((ROOT / "node_modules/axe-core/axe.min.js").read_text())
        found = self.page.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES)
        axe = [
            f"{rule['id']}: {rule['help']} – {node['html'][:160]}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]
        sideways = self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
        return [*axe, *(["the page scrolls sideways"] if sideways else []), *self.broken, *self.left]

    def close(self) -> None:
        self.context.close()
