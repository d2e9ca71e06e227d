"""The codes of /link: eight letters and digits, none of which is taken for another."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

from handlers.reading.spelling import fold

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LENGTH = 8
LONGEST = 100
_COMMAND = re.compile(r"/?link\b")
_BETWEEN = re.compile(r"[\s\-_.,:'\"`]")
_CODE = re.compile(rf"[{LETTERS}]{{{LENGTH}}}")


def new_code(pick: Callable[[str], str]) -> str:
    """A code, each letter picked by chance."""
    return "".join(pick(LETTERS) for _ in range(LENGTH))


def show_code(code: str) -> str:
    """A code as it is read off a screen: "K7QM-2XRA"."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def read_code(text: str) -> str | None:
    """The code in what was typed or pasted, the command before it or not; None where there is none."""
    if len(text) > LONGEST:
        return None
    folded = fold(text)
    bare = _BETWEEN.sub("", _COMMAND.sub("", folded, count=1) if _COMMAND.match(folded) else folded).upper()
    return bare if _CODE.fullmatch(bare) else None


def hash_code(code: str) -> str:
    """What is kept of a code. Unsalted: it is looked up by this, and dies sooner than it is worked out."""
    return hashlib.sha256(code.encode()).hexdigest()
