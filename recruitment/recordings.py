"""What kind of recording a file is, judged by its first bytes and never by its name."""

from collections.abc import Callable

ENDINGS = (".mp3", ".m4a", ".mp4", ".wav", ".ogg", ".oga", ".opus", ".webm", ".amr", ".3gp")
MOST_MEGABYTES = 10
HEAD = 64


def kind_of(head: bytes) -> str:
    """The content type, or "" for anything that is no recording we take. Needs the first 64 bytes."""
    return next((kind for kind, looks_like in SIGNATURES if looks_like(head)), "")


def _is_mp3(head: bytes) -> bool:
    """A tag of ID3, or a frame: eleven bits set, a known version, layer III, a bit rate that exists."""
    if head.startswith(b"ID3"):
        return True
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    version, layer, rate = (head[1] >> 3) & 3, (head[1] >> 1) & 3, head[2] >> 4
    return version != 1 and layer == 1 and rate not in (0, 15)


def _brand(head: bytes) -> bytes:
    """Which sort of MP4 it is; empty for anything else."""
    return head[8:12] if head[4:8] == b"ftyp" else b""


SIGNATURES: tuple[tuple[str, Callable[[bytes], bool]], ...] = (
    ("audio/mpeg", _is_mp3),
    ("audio/3gpp", lambda head: _brand(head)[:3] in (b"3gp", b"3g2")),
    ("audio/mp4", lambda head: _brand(head) in (b"M4A ", b"M4B ", b"mp41", b"mp42", b"isom", b"iso2", b"dash")),
    ("audio/wav", lambda head: head[:4] == b"RIFF" and head[8:12] == b"WAVE"),
    ("audio/ogg", lambda head: head.startswith(b"OggS")),
    ("audio/webm", lambda head: head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head),
    ("audio/amr", lambda head: head.startswith(b"#!AMR")),
)
