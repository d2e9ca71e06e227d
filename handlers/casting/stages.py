"""The stages of a project, as the table beside this module has them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from handlers.reading.spelling import fold

_NTH = {1: "st", 2: "nd", 3: "rd"}


@dataclass(frozen=True)
class Stage:
    """One stage; the table tells what each field is."""

    key: str
    label: str
    says: str
    order: int
    """Its place in the list of the pipeline, the first stage is 1."""
    words: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    slash: tuple[str, ...] = ()
    numbered: bool = False
    asks: bool = False
    days: bool = False
    booking: bool = False
    over: bool = False
    remark: str = ""

    @property
    def said(self) -> tuple[str, ...]:
        """All words for it, as they count behind a slash."""
        return (self.key, self.key.replace("_", " "), *self.words, *self.weak, *self.slash)

    def named(self, number: int = 1) -> str:
        """How it is called: "callback", "2nd callback"."""
        return f"{nth(number)} {self.label}" if self.numbered and number > 1 else self.label

    def of(self, project: str, number: int = 1) -> str:
        """How it reads in a sentence, without its full stop: "Passed: Brightside Bank"."""
        return self.says.replace("{label}", self.named(number)).replace("{project}", project)


def nth(number: int) -> str:
    """A number counted: "2nd"."""
    return f"{number}{_NTH.get(number % 10, 'th') if number % 100 not in (11, 12, 13) else 'th'}"


def _read() -> tuple[Stage, ...]:
    rows = tomllib.loads(files(__package__).joinpath("stages.toml").read_text(encoding="utf-8"))["stage"]
    return tuple(Stage(**{k: _frozen(v) for k, v in row.items()}, order=at) for at, row in enumerate(rows, 1))


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


STAGES: tuple[Stage, ...] = _read()
"""In the order of the list."""
_BY_KEY = {one.key: one for one in STAGES}


def stage(key: str) -> Stage:
    """The stage of this key; KeyError where there is none."""
    return _BY_KEY[key]


def is_stage(key: str) -> bool:
    """Whether it is a stage, and not an answer or a day away."""
    return key in _BY_KEY


@cache
def _words() -> dict[str, Stage]:
    return {fold(word): one for one in STAGES for word in one.said}


def stage_called(words: str) -> Stage | None:
    """The stage of a key or of one of its words ("recall"); None where no stage is called so."""
    return _words().get(fold(words))
