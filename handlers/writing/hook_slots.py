"""The slots of hooks.toml: what reads a {name}."""

from __future__ import annotations

from collections.abc import Callable

from handlers.writing.hook_words import Words

Slots = dict[str, str]
"""The words for the {names} of a line; none where the words are no such thing."""
Reader = Callable[[Words], Slots]

WHOSE = frozenset(["her", "his", "their"])
LONGEST = 9
"""Words in one slot."""
