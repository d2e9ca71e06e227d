"""Phrases of a table, found in a line at its words: "(want|wants) [to] see me back"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from handlers.casting.lines import Token

_PIECE = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|(\S+)")
_ANY = "*"
_TO_HER = {"me": "you", "my": "your", "im": "youre", "i": "you", "ive": "youve"}


@dataclass
class Phrases:
    """Phrases by the first word of each, so that few are tried at a word."""

    by_first: dict[str, list[tuple[re.Pattern[str], str, bool]]] = field(default_factory=dict)

    def add(self, phrases: Iterable[str], means: str, *, weak: bool = False) -> None:
        """Add phrases of one meaning."""
        for phrase in phrases:
            pattern = re.compile(pattern_of(phrase))
            for first in firsts(phrase):
                self.by_first.setdefault(first, []).append((pattern, means, weak))

    def at(self, said: str, start: int) -> tuple[int, str, bool] | None:
        """The longest that begins there: where it ends, its meaning, whether it is weak; of two the first told."""
        first = said[start : said.find(" ", start)]
        best: tuple[int, str, bool] | None = None
        for pattern, means, weak in (*self.by_first.get(first, ()), *self.by_first.get(_ANY, ())):
            found = pattern.match(said, start)
            if found and (best is None or found.end() > best[0]):
                best = found.end(), means, weak
        return best


def _pieces(phrase: str) -> Iterator[tuple[list[str], bool]]:
    """Each place of a phrase: what may stand there, and whether it may be left out."""
    for group, option, word in _PIECE.findall(phrase):
        yield (group or option or word).split("|"), bool(option)


def pattern_of(phrase: str) -> str:
    """The pattern of a phrase, in words that are each followed by a blank."""
    made = ""
    for words, may_miss in _pieces(phrase):
        either = "|".join(" ".join(_word(w) for w in option.split()) for option in words)
        made += f"(?:(?:{either}) )" + "?" * may_miss
    return made


def _word(word: str) -> str:
    return {"W": r"[^\s|]{1,40}", "N": r"[0-9]{1,3}"}.get(word) or _either(word)


def _either(word: str) -> str:
    """What an agent writes to her, she tells of herself: "put you on hold"."""
    return f"(?:{word}|{_TO_HER[word]})" if word in _TO_HER else re.escape(word)


def firsts(phrase: str) -> set[str]:
    """The words a phrase may begin with."""
    found: set[str] = set()
    for words, may_miss in _pieces(phrase):
        begun = {option.split()[0] for option in words}
        found |= {_ANY if first in ("W", "N") else first for first in begun}
        found |= {_TO_HER[first] for first in begun if first in _TO_HER}
        if not may_miss:
            break
    return found


def spoken(tokens: Iterable[Token]) -> tuple[str, list[int]]:
    """The words each followed by a blank, a bar where a clause ends; with the place of each token in it."""
    said, places = "", []
    for token in tokens:
        said += "| " if token.breaks else ""
        places.append(len(said))
        said += token.word + " "
    return said, places
