"""The slots of hooks.toml: the reader of each {name}, found by its name."""

from __future__ import annotations

from collections.abc import Callable

from handlers.writing.hook_words import Words

Slots = dict[str, str]
"""The words for the {names} of a line; none where the words are no such thing."""
Reader = Callable[[Words], Slots]

WHOSE = frozenset(["her", "his", "their"])
READERS: dict[str, Reader] = {}
LONGEST = 9
"""Words in one slot."""


def reads(name: str) -> Callable[[Reader], Reader]:
    """Makes a function the reader of a slot."""

    def register(reader: Reader) -> Reader:
        READERS[name] = reader
        return reader

    return register
