import pytest

from recruitment.recordings import HEAD, kind_of


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"ID3\x04\x00", "audio/mpeg"),
        (b"\xff\xfb\x90\x64", "audio/mpeg"),
        (b"\xff\xf3\x40\xc0", "audio/mpeg"),
        (b"\x00\x00\x00\x20ftypM4A \x00\x00", "audio/mp4"),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00", "audio/mp4"),
        (b"\x00\x00\x00\x18ftyp3gp4\x00\x00", "audio/3gpp"),
        (b"\x00\x00\x00\x18ftyp3g2a\x00\x00", "audio/3gpp"),
        (b"RIFF\x24\x08\x00\x00WAVEfmt ", "audio/wav"),
        (b"OggS\x00\x02", "audio/ogg"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\x82\x84webm", "audio/webm"),
        (b"#!AMR\n", "audio/amr"),
    ],
)
def test_a_recording_is_known_by_its_first_bytes(head, kind):
    assert kind_of(head.ljust(HEAD, b"\0")) == kind


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\xff",
        b"\xff\xfe\x00\x00",  # a text in UTF-16
        b"\xff\xd8\xff\xe0",  # a picture
        b"\x89PNG\r\n\x1a\n",
        b"%PDF-1.7",
        b"PK\x03\x04",
        b"<script>alert(1)</script>",
        b"MZ\x90\x00",
        b"RIFF\x24\x08\x00\x00AVI LIST",
        b"\x00\x00\x00\x20ftypheic\x00\x00",  # a picture of a phone
        b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\x82\x88matroska",
        b"not ID3",
    ],
)
def test_anything_else_is_no_recording(head):
    assert kind_of(head) == ""
