"""Whether the hair they ask for, or had last, is that of the headshot they chose."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from handlers.reading.spelling import fold

_READ = 500
_PLAIN = ("texture", "beard")
"""Groups whose words are of hair wherever they stand."""


@cache
def _groups() -> dict[str, dict[str, re.Pattern[str]]]:
    table = tomllib.loads(files(__package__).joinpath("hair.toml").read_text(encoding="utf-8"))
    return {
        group: {look: re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b") for look, words in looks.items()}
        for group, looks in table.items()
    }


def _looks(text: str, *, of_hair: bool) -> dict[str, set[str]]:
    folded = fold(text[:_READ])
    of_hair = of_hair or "hair" in folded
    groups = {group: looks for group, looks in _groups().items() if of_hair or group in _PLAIN}
    return {group: {look for look, words in looks.items() if words.search(folded)} for group, looks in groups.items()}


def differs(headshot: str, look: str, *, of_hair: bool = False) -> bool:
    """Whether both tell of the same thing, and tell it differently: "straight hair", "hair curly".

    `of_hair`: the look is of the hair, though the word be not in it.
    """
    one, other = _looks(headshot, of_hair=False), _looks(look, of_hair=of_hair)
    return any(one[group] and other.get(group) and not one[group] & other[group] for group in one)
