"""Names of files that every platform and every computer takes."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handlers.documents import MOST, UnfitFile, fit, safe_name

NAMES = [
    ("calendar.ics", "calendar.ics"),
    ("Übersicht 2026 – Ausgaben.xlsx", "Übersicht 2026 – Ausgaben.xlsx"),
    ("../../etc/passwd", "etc-passwd"),
    ('Copper "Falls": day 1/2?.ics', "Copper -Falls-- day 1-2-.ics"),
    ("CON.txt", "CON_.txt"),
    ("console.txt", "console.txt"),
    ("nul", "nul_"),
    ("a\x00b\n.csv", "a b.csv"),
    ("photo\u202egpj.exe", "photogpj.exe"),
    (".bashrc", "bashrc"),
    ("…", "…"),
    ("...", "file"),
    ("", "file"),
    ("no ending. really", "no ending. really"),
]


@pytest.mark.parametrize(("name", "safe"), NAMES)
def test_a_name_keeps_what_every_file_system_takes(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(max_size=400))
@example("😀" * 400 + ".png")
@example("lpt1." + "x" * 400)
@example("a." + "😀" * 10)
def test_any_name_is_short_of_one_line_and_safe_as_it_is(name: str) -> None:
    safe = safe_name(name)
    assert 0 < len(safe.encode()) <= 255
    assert not set('<>:"/\\|?*%\n\r\0') & set(safe)
    assert safe[0] not in ". -"
    assert safe[-1] not in ". "
    assert safe_name(safe) == safe


@pytest.mark.parametrize("size", [0, MOST + 1])
def test_nothing_and_too_much_is_no_file(size: int) -> None:
    with pytest.raises(UnfitFile):
        fit(bytes(size))
