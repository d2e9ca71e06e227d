"""Messages cut where one message of a platform cannot hold them."""

from __future__ import annotations

from handlers.messages import Code, Mail, Message, Piece, Text, words

EMPTY = "·"


def units(text: str) -> int:
    """The length of a text in UTF-16 units: no platform counts more."""
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)


def parts(message: Message, limit: int) -> list[Text]:
    """The text of a message, with the line of news below it, in parts none of which is longer than the limit."""
    pieces: list[Piece] = [*message.body]
    if message.under:
        pieces.append(f"\n\n{message.under}" if any(message.body) else message.under)
    done: list[list[Piece]] = [[]]
    room = limit
    for piece in pieces:
        if isinstance(piece, Mail):  # whole, or it is no address
            if units(piece.to) > room:
                done.append([])
                room = limit
            done[-1].append(piece)
            room -= units(piece.to)
            continue
        text = words(piece)
        while text:
            head, text = _cut(text, room)
            if head:
                done[-1].append(Code(head) if isinstance(piece, Code) else head)
                room -= units(head)
            if text:
                done.append([])
                room = limit
    shown = [tuple(part) for part in done if plain(tuple(part)).strip()]
    return shown or [(EMPTY,)]


def plain(part: Text) -> str:
    """The words of a part."""
    return "".join(map(words, part))


def has_words(message: Message) -> bool:
    """Whether there is anything to read beside the buttons."""
    return bool(plain(message.body).strip() or message.under)


def label(words: str) -> str:
    """What stands on a button; none may look empty."""
    return words if any(char.isprintable() and not char.isspace() for char in words) else EMPTY


def _cut(text: str, room: int) -> tuple[str, str]:
    """As much as fits, at the last line or word where there is one in the second half; never inside a pair."""
    if units(text) <= room:
        return text, ""
    fits = text[:room]
    while units(fits) > room:
        fits = fits[: -max(1, (units(fits) - room) // 2)]
    for mark in ("\n", " "):
        at = fits.rfind(mark)
        if at > len(fits) // 2:
            return text[: at + 1], text[at + 1 :]
    return fits, text[len(fits) :]
