"""The lists of hook_words.toml, made ready for looking up."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

Words = tuple[str, ...]
"""The words of a remark, one by one, with "," and "." for its pauses."""


@cache
def table() -> dict[str, Any]:
    """All of hook_words.toml."""
    return tomllib.loads(resources.files(__package__).joinpath("hook_words.toml").read_text("utf-8"))


@cache
def listed(group: str, name: str) -> frozenset[str]:
    """One list, in small letters."""
    return frozenset(word.casefold() for word in table()[group][name])


@cache
def heads(slot: str) -> frozenset[str]:
    """The last words a thing of this kind may have."""
    return frozenset(word.casefold() for word in table()["slots"][slot].get("heads", ()))


@cache
def names(slot: str) -> dict[str, str]:
    """The names of this kind, by their small letters with and without "the"."""
    return _by_small(table()["slots"][slot].get("names", ()))


def _by_small(written: list[str] | tuple[str, ...]) -> dict[str, str]:
    plain = {name.casefold(): name for name in written}
    undotted = {small.replace(".", ""): name for small, name in plain.items()}
    return {small.removeprefix("the "): name for small, name in (plain | undotted).items()} | plain | undotted


@cache
def places(*, near: bool) -> dict[str, str]:
    """Places by their small letters: those a journey goes to, and with `near` those around the corner too."""
    far = _by_small([*_cities(), *table()["places"]["far"]])
    around = _by_small(table()["places"]["near"])
    return far | around if near else {small: name for small, name in far.items() if small not in around}


def _cities() -> list[str]:
    """The names of the table of places where actors work; where two share one, it is the same name here."""
    text = resources.files("handlers.reading").joinpath("places.csv").read_text("utf-8")
    rows = csv.reader(io.StringIO("".join(row for row in text.splitlines(keepends=True) if not row.startswith("#"))))
    cities = [row[0].split(",")[0] for row in rows if row]
    return [city for city in cities[1:] if re.fullmatch(r"[^\W\d_][\w.' -]{2,29}", city) and not city.endswith(" time")]


@cache
def everyday() -> frozenset[str]:
    """Words that are no names and spelled right: the everyday ones, and those of the tables of things."""
    text = resources.files(__package__).joinpath("hook_nouns.toml").read_text("utf-8")
    plain = {word for group in tomllib.loads(text).values() for word in group["words"].split()}
    lists = {
        name: words for name, words in table()["lists"].items() if name not in ("given", "proper", "states", "plays")
    }
    kinds = {
        name: [*slot.get("heads", []), *(said for said in slot.get("names", []) if said == said.casefold())]
        for name, slot in table()["slots"].items()
    }
    told = [*_written(kinds), *_written(lists), *table()["sports"], *_written(table()["sports"])]
    told += [name for name in table()["hobbies"]["names"] if name == name.casefold()]
    return frozenset(plain | {part for word in told for part in word.casefold().replace("-", " ").split()})


def _written(tables: dict[str, Any]) -> list[str]:
    """All that stands in the lists of a table."""
    return [word for words in tables.values() for word in ([words] if isinstance(words, str) else words)]


@cache
def known() -> dict[str, str]:
    """Every name that is one wherever it stands, by its small letters; not those that are plain words too."""
    lists = [table()["slots"][slot].get("names", ()) for slot in table()["slots"] if slot not in ("road", "award")]
    far = table()["places"]["far"] + table()["places"]["near"]
    plain = _by_small([name for names_ in lists for name in names_] + far + table()["lists"]["proper"])
    hobbies = _by_small([name for name in table()["hobbies"]["names"] if name != name.casefold()])
    proper = {small: name for small, name in (plain | hobbies).items() if name != name.casefold()}
    plain_words = listed("lists", "ordinary")
    return {small: name for small, name in proper.items() if not {small, f"the {small}"} & plain_words}
