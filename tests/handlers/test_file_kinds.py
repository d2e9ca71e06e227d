"""What a file is, from its bytes: the honest ones by their kind and size, and of the others nothing is believed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.files import show_size
from handlers.reading.file_kinds import FileKind, kind_of
from tests import pictures

MEGA = 1024 * 1024
HONEST = {
    "jpeg": (pictures.jpeg(1200, 1600), FileKind("image/jpeg", (1200, 1600))),
    "png": (pictures.png(800, 600), FileKind("image/png", (800, 600))),
    "heic": (pictures.heic(4032, 3024), FileKind("image/heic", (4032, 3024))),
    "heif": (pictures.heic(4032, 3024, brand=b"mif1"), FileKind("image/heic", (4032, 3024))),
    "pdf": (pictures.pdf(), FileKind("application/pdf")),
    "pdf behind a mark": (b"\xef\xbb\xbf\n" + pictures.pdf(), FileKind("application/pdf")),
}


@pytest.mark.parametrize("name", HONEST)
def test_the_kinds_that_are_kept(name: str) -> None:
    content, kind = HONEST[name]
    assert kind_of(content) == kind


@pytest.mark.parametrize(
    "content",
    [
        b"",
        pictures.EXE,
        pictures.HTML,
        pictures.GIF,
        pictures.WEBP,
        pictures.EXE + pictures.jpeg(),
        pictures.heic(brand=b"avif"),
        pictures.heic(brand=b"isom"),
        b"PK\x03\x04" + bytes(100),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"hello %PDF-1.7",
    ],
)
def test_all_else_is_nothing(content: bytes) -> None:
    assert kind_of(content) is None


@pytest.mark.parametrize("name", ["jpeg", "png", "heic"])
@pytest.mark.parametrize("length", [12, 16, 20, 24, 30])
def test_of_a_torn_picture_no_size_is_told(name: str, length: int) -> None:
    kind = kind_of(HONEST[name][0][:length])
    assert kind is not None
    assert kind.is_picture
    assert kind.size in (None, HONEST[name][1].size)


FFD8 = b"\xff\xd8\xff"
HARD = {
    "only fill": FFD8 + b"\xff" * (20 * MEGA),
    "only markers that stand alone": FFD8[:2] + b"\xff\x01" * (10 * MEGA),
    "segments of nothing": FFD8[:2] + b"\xff\xe0\x00\x02" * (5 * MEGA),
    "segments shorter than themselves": FFD8[:2] + b"\xff\xe0\x00\x00" * (5 * MEGA),
    "boxes of nothing": pictures.heic()[:20] + b"\x00\x00\x00\x08free" * (2 * MEGA),
    "boxes shorter than themselves": pictures.heic()[:20] + b"\x00\x00\x00\x04meta" * (2 * MEGA),
    "a box longer than the world": pictures.heic()[:20] + b"\x00\x00\x00\x01meta" + b"\xff" * 100,
}


@pytest.mark.parametrize("name", HARD)
def test_what_is_made_to_be_read_for_ever_is_given_up_soon(name: str) -> None:
    kind = kind_of(HARD[name])
    assert kind is not None
    assert kind.size is None


@given(st.sampled_from(sorted(HONEST)), st.integers(0, 200), st.binary(max_size=200))
def test_whatever_stands_in_it_nothing_is_raised(name: str, at: int, odd: bytes) -> None:
    content = HONEST[name][0]
    kind_of(content[:at] + odd + content[at + len(odd) :])


SIZES = [
    (0, "1 KB"),
    (1, "1 KB"),
    (240 * 1024, "240 KB"),
    (999 * 1024, "999 KB"),
    (1023 * 1024, "1 MB"),
    (MEGA, "1 MB"),
    (3 * MEGA // 2, "1.5 MB"),
    (10 * MEGA, "10 MB"),
    (10 * MEGA + 1, "10.1 MB"),
    (20 * MEGA + 1, "20.1 MB"),
    (2**31, "2048 MB"),
]


@pytest.mark.parametrize(("size", "shown"), SIZES)
def test_sizes_as_people_say_them(size: int, shown: str) -> None:
    assert show_size(size) == shown
