"""Which file is which, by its name; and a kind word for those that do not belong."""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import PurePosixPath

from laypartner.exchange.columns import FILES
from laypartner.exchange.problems import Problems, listed, quoted

ENDINGS = (".csv", ".xlsx")
NOT_READ = "datapackage.json"
LEFTOVERS = {".ds_store", "__macosx", "thumbs.db", "desktop.ini"}
OTHER_SHEETS = {
    ".xls": "an old Excel workbook",
    ".xlsm": "an Excel workbook with macros",
    ".xlsb": "a binary Excel workbook",
    ".ods": "an OpenDocument spreadsheet",
    ".numbers": "a Numbers spreadsheet",
    ".txt": "a text file",
    ".tsv": "a tab-separated file",
}


def known_files(names: Iterable[str], problems: Problems) -> dict[str, str]:
    """{"participants": "participants.csv"} for the files that belong; a problem for every other name."""
    found: dict[str, str] = {}
    for name in sorted(names):
        path = PurePosixPath(name)
        if name == NOT_READ:
            continue
        if path.suffix not in ENDINGS or path.stem not in FILES:
            problems.add(name, why_not(name))
        elif path.stem in found:
            problems.add(name, f"{found[path.stem]} is here too. Keep one of the two.")
        else:
            found[path.stem] = name
    for stem, file in FILES.items():
        if file.required and stem not in found:
            problems.add(file.csv_name, "This file is missing. Every cohort folder needs it.")
    return found


def why_not(name: str) -> str:
    """A sentence for a file that does not belong in the folder."""
    path = PurePosixPath(name.lower())
    if path.parts[0] in LEFTOVERS or path.name in LEFTOVERS or path.name.startswith(("._", "~$")):
        return "This is a leftover of the computer it was made on. Take it out of the folder."
    if path.suffix in OTHER_SHEETS:
        return f"This is {OTHER_SHEETS[path.suffix]}. Save it as CSV UTF-8 or as .xlsx with one sheet."
    known = [f"{stem}{ending}" for stem in FILES for ending in ENDINGS]
    likely = get_close_matches(path.name, known, n=1, cutoff=0.8)
    if likely:
        return f"A cohort folder has no file of this name. Did you mean {likely[0]}?"
    return (
        "A cohort folder has no file of this name. Take it out. The files are "
        + listed([*(f"{stem}.csv" for stem in FILES if not stem.startswith("responses-")), "responses-<wave>.csv"])
        + "."
    )


def wave_named(word: str) -> str:
    """A sentence for a wave that there is not."""
    from_files = [file.wave for file in FILES.values() if file.wave]
    return f"There is no wave called {quoted(word)}. The waves are {listed(from_files)}."
