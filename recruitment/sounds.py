"""A recording as a browser plays it, and as nothing else: what somebody uploaded never runs as a page of ours."""

import re

from django.http import HttpResponse

from recruitment.models import Recording

# What is taken in (recruitment.recordings) is played; the ending is for whoever takes the file away. Anything else that
# stands in the column is only a file.
ENDINGS = {
    "audio/mpeg": "mp3",
    "audio/3gpp": "3gp",
    "audio/mp4": "m4a",
    "audio/wav": "wav",
    "audio/ogg": "ogg",
    "audio/webm": "webm",
    "audio/amr": "amr",
}
RANGE = re.compile(r"bytes=([0-9]{0,12})-([0-9]{0,12})")


def sound(recording: Recording, wanted: str = "") -> HttpResponse:
    """The whole recording, or the part that a player asks for (some play nothing without it)."""
    content, size = bytes(recording.content), len(recording.content)
    start, end = _part(wanted, size)
    kind = recording.content_type if recording.content_type in ENDINGS else "application/octet-stream"
    response = HttpResponse(content[start:end], content_type=kind, status=200 if (start, end) == (0, size) else 206)
    if response.status_code == 206:
        response["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    how = "inline" if recording.content_type in ENDINGS else "attachment"
    name = f"answer-{recording.pk}.{ENDINGS.get(recording.content_type, 'bin')}"
    response["Content-Disposition"] = f'{how}; filename="{name}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; media-src 'self'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    response["Accept-Ranges"] = "bytes"
    return response


def _part(wanted: str, size: int) -> tuple[int, int]:
    """From where to where: the whole for no range, or for one that makes no sense."""
    found = RANGE.fullmatch(wanted.strip())
    if not found or not any(found.groups()):
        return 0, size
    first, last = found.groups()
    start, end = (int(first), min(int(last or size), size - 1) + 1) if first else (max(size - int(last), 0), size)
    return (start, end) if start < end else (0, size)
