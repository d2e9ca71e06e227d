"""`python -m bot check`: what it prints, and how it ends."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from bot.__main__ import parser
from bot.check import check_file

CLEAN = "Hi Tess,\n\nGood to meet you.\n\n• One\n• Two\n\nEnjoy the toaster!\n\nNora"
THANKS = CLEAN.replace("Good to meet you.", "Thanks for seeing me!")


@pytest.mark.parametrize(
    ("text", "code", "said"), [(CLEAN, 0, []), (THANKS, 1, ["H1: “Thanks for seeing me” is a thank-you."])]
)
def test_a_hard_fail_ends_with_one(tmp_path: Path, text: str, code: int, said: list[str]) -> None:
    file = tmp_path / "note.txt"
    file.write_text(text, encoding="utf-8")
    printed: list[str] = []
    assert check_file(str(file), printed.append) == code
    assert printed == said


def test_a_warning_alone_does_not(tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text(CLEAN.replace("\n• Two", ""), encoding="utf-8")
    printed: list[str] = []
    assert check_file(str(file), printed.append) == 0
    assert printed == ["W1: One news line. Two read better."]


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(THANKS.encode())))
    printed: list[str] = []
    assert check_file("-", printed.append) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"\xff\xfe\x00", "is no text in UTF-8."), (b"Day: soon\n\nHi", "soon is no date"), (None, "cannot be read:")],
)
def test_what_cannot_be_read_ends_with_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, said: str
) -> None:
    file = tmp_path / "note.txt"
    if content is not None:
        file.write_bytes(content)
    printed: list[str] = []
    assert check_file(str(file), printed.append) == 2
    assert printed == []
    assert said in capsys.readouterr().err


def test_it_is_one_of_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert parser().parse_args(["check", "note.txt"]).file == "note.txt"
    with pytest.raises(SystemExit):
        parser().parse_args(["check", "--help"])
    assert "What is not given is not held against the note" in capsys.readouterr().out
