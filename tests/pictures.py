"""`make pictures`: the demo as every role sees it, at two widths, and every page of the report, on contact sheets.

Starts the demo on a port of its own with a database of its own; writes pictures/<role>/<width>/<page>.png, pictures/report/
and one sheet per role and width (pictures/sheet-*.png).
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

os.environ.update({"DEMO": "1", "DJANGO_SETTINGS_MODULE": "laypartner.settings"})
FOLDER = tempfile.mkdtemp(prefix="pictures-")
os.environ["DATA_DIR"] = FOLDER
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

import django  # noqa: E402  after the environment

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from PIL import Image, ImageDraw  # noqa: E402

from people.models import User  # noqa: E402
from people.roles import Role  # noqa: E402
from tests.browser import PHONE, WIDE, Visitor, chromium  # noqa: E402
from tests.crawl import crawl_as  # noqa: E402

ROOT = Path(__file__).parents[1]
OUT = ROOT / "pictures"
THUMB = 420


def people() -> dict[str, User | None]:
    """One account for each role, and nobody."""
    found: dict[str, User | None] = {"NOBODY": None}
    for role in Role:
        found[role] = User.objects.filter(assignments__role=role).order_by("pk").first()
    return {role: user for role, user in found.items() if user or role == "NOBODY"}


def start_server() -> tuple[subprocess.Popen[bytes], str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["-m", "gunicorn", "--config", "gunicorn.conf.py", "--bind", f"127.0.0.1:{port}", "laypartner.wsgi"]
    server = subprocess.Popen([sys.executable, *command], cwd=ROOT, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    for _ in range(100):
        try:
            urllib.request.urlopen(address, timeout=2)
            return server, address
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The server did not start.")


def name_of(path: str) -> str:
    return path.strip("/").replace("/", "_")[:90] or "home"


def photograph(visitor: Visitor, paths: list[str], folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    pictures = []
    for path in paths:
        visitor.open(path)
        picture = folder / f"{name_of(path)}.png"
        visitor.page.screenshot(path=str(picture), full_page=True)
        pictures.append(picture)
    return pictures


def sheet(pictures: list[Path], target: Path, width: int = THUMB) -> None:
    """All pictures small, five in a row, each with its name above and cut after one and a half widths."""
    height, per_row, label = int(width * 1.5), 5, 18
    rows = -(-len(pictures) // per_row)
    board = Image.new("RGB", (per_row * (width + 10), rows * (height + label + 10)), "#d8dde0")
    draw = ImageDraw.Draw(board)
    for number, path in enumerate(pictures):
        image = Image.open(path).convert("RGB")
        image = image.resize((width, max(1, image.height * width // image.width))).crop((0, 0, width, height))
        x, y = (number % per_row) * (width + 10), (number // per_row) * (height + label + 10)
        draw.text((x + 4, y + 3), path.stem[:60], fill="#212b32")
        board.paste(image, (x, y + label))
    board.save(target)


def report_pages() -> list[Path]:
    folder = OUT / "report"
    folder.mkdir(parents=True, exist_ok=True)
    for audience in ("organiser", "commissioner"):
        pdf = folder / f"{audience}.pdf"
        call_command("cohort_report", "london-2017", "--format", "pdf", "--output", str(pdf), "--audience", audience)
        subprocess.run(["pdftoppm", "-r", "60", "-png", str(pdf), str(folder / audience)], check=True)
    return sorted(folder.glob("*.png"))


def main() -> None:
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir()
    call_command("migrate", verbosity=0)
    call_command("load_demo")
    sheet(report_pages(), OUT / "sheet-report.png")
    server, address = start_server()
    try:
        with chromium() as browser:
            for role, user in people().items():
                kinds = crawl_as(user, ["/today/" if user else "/"])
                paths = [met[0][0] for met in kinds.values() if met and met[0][1] == 200]
                for width, viewport in (("1280", WIDE), ("360", PHONE)):
                    visitor = Visitor(browser, address, viewport)
                    if user is not None:
                        client = Client()
                        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
                        visitor.sign_in(client.cookies[settings.SESSION_COOKIE_NAME].value)
                    pictures = photograph(visitor, paths, OUT / str(role).lower() / width)
                    visitor.close()
                    sheet(pictures, OUT / f"sheet-{str(role).lower()}-{width}.png")
                print(f"{role}: {len(paths)} pages")
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(FOLDER, ignore_errors=True)
    print(f"Look at {OUT.relative_to(ROOT)}/sheet-*.png")


if __name__ == "__main__":
    main()
