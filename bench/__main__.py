"""`make bench`: what costs what, as ratios of processor time measured in turn in one process (bench/README.md)."""

import logging
import os
import statistics
import tempfile
from pathlib import Path

FOLDER = tempfile.TemporaryDirectory(prefix="bench-")
os.environ.update(
    {
        "DEBUG": "",
        "DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "laypartner.settings",
        "DATA_DIR": FOLDER.name,
        "CACHE_URL": "locmemcache://",
        "EMAIL_URL": "memorymail://",
    }
)
for name in ("DATABASE_URL", "SECRET_KEY", "SITE_URL"):
    os.environ.pop(name, None)

import django  # noqa: E402  after the environment

django.setup()

import weasyprint  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from bench import recruitment  # noqa: E402
from bench.measuring import ROUNDS, cpu, in_turn, queries, say  # noqa: E402
from evaluation import instruments  # noqa: E402
from evaluation.models import Invitation  # noqa: E402
from evaluation.services import waves  # noqa: E402
from laypartner.demo import team  # noqa: E402
from laypartner.exchange import import_cohort  # noqa: E402
from programmes.models import Cohort  # noqa: E402
from reports import paper  # noqa: E402
from reports.services import issuing  # noqa: E402
from tests import make  # noqa: E402


def signed_in(key: str) -> Client:
    client = Client()
    client.force_login(team.account(key), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def recruiting() -> None:
    organiser = signed_in("organiser")
    recruitment.lists(organiser)
    recruitment.sending(organiser)


def answering() -> None:
    cohort = make.cohort("answers", title="Answers")
    for _ in range(ROUNDS + 2):
        make.participant(cohort)
    wave = make.wave(cohort)
    waves.invite(wave=wave, by=None)
    links = tokens(wave.pk)
    visitor, plain = Client(), Client()
    page = lambda: visitor.get(f"/form/{links[0]}/")  # noqa: E731
    a, ping = in_turn(page, lambda: plain.get("/privacy/"))
    posted = [cpu(lambda link=link: visitor.post(f"/form/{link}/", MARKS)) for link in links[1:]]
    say("questionnaire page against a plain page: processor time", f"{a / ping:.1f} ×", "eight questions")
    say("sending it against a plain page: processor time", f"{statistics.median(posted) / ping:.1f} ×", "eight answers")
    say("sending it: queries", str(queries(lambda: visitor.post(f"/form/{links[0]}/", MARKS))), "")


MARKS = dict.fromkeys((question.key for question in instruments.PUBLISHED.questions), "5")


def tokens(wave: int) -> list[str]:
    """The links of a wave, read from its letters as the participants do."""
    keys = Invitation.objects.filter(wave=wave).values_list("pk", flat=True)
    letters = make.Message.objects.filter(text__contains="/form/", key__contains="invitation").order_by("-pk")[
        : len(keys)
    ]
    return [letter.text.split("/form/")[1].split("/")[0] for letter in letters]


def papers() -> None:
    snapshot = issuing.draft(Cohort.objects.get(slug="london-2017"), "organiser")
    page = paper.render(snapshot, "html").decode()
    ours, base = in_turn(
        lambda: paper.render(snapshot, "pdf"), lambda: weasyprint.HTML(string=page).write_pdf(), rounds=3
    )
    say("impact report as PDF: processor time", f"{ours:.2f} s", "8 pages, beyond imports")
    say("the same against WeasyPrint with nothing set", f"{ours / base:.2f} ×", "same report, no tags, one pass")


def imports() -> None:
    def folder(name: str, people: int) -> Path:
        place = Path(FOLDER.name) / name
        place.mkdir()
        (place / "cohort.csv").write_text(
            "slug,programme,commissioner,region,capacity,time_zone,day_1,day_2,day_3\n"
            f"{name},Bench,Bench Body,Nowhere,400,Europe/London,2027-01-05,2027-01-06,2027-02-16\n"
        )
        rows = (f"B{n},Person {n},,,post,standard,,Camden,1-3,patient" for n in range(people))
        head = "ref,name,email,phone,contact_route,information_format,organisation,area,experience,lived_experience"
        (place / "participants.csv").write_text("\n".join([head, *rows]) + "\n")
        return place

    few, many = folder("bench-40", 40), folder("bench-400", 400)
    a, b = cpu(lambda: import_cohort(few)), cpu(lambda: import_cohort(many))
    say("import, time a row, 400 people against 40", f"{b / a / 10:.2f} ×", "1.00 is linear")


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("load_demo", stdout=open(os.devnull, "w"))  # noqa: SIM115  lives as long as the process
    setup_test_environment()
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # the bare run meets styles meant for screens
    for part in (recruiting, answering, imports, papers):
        part()


if __name__ == "__main__":
    main()
