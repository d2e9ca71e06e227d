"""What a file is, from its bytes: the name and the type it was sent under prove nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

MOST_PARTS = 2000
"""Of a file's head so many parts are looked at; an honest one has some dozens."""
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_BLANK = b"\xef\xbb\xbf \t\r\n"

Size = tuple[int, int]


@dataclass(frozen=True)
class FileKind:
    """One of the kinds that are kept; `size` (width, height in pixels) is of pictures, None where it cannot be read."""

    mime: str
    size: Size | None = None

    @property
    def is_picture(self) -> bool:
        """Whether it has a size in pixels."""
        return self.mime.startswith("image/")


def kind_of(content: bytes) -> FileKind | None:
    """What the bytes are; None where they are nothing that is kept. Nothing is decoded."""
    if content.startswith(b"\xff\xd8\xff"):
        return FileKind("image/jpeg", _real(_jpeg_size(content)))
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind("image/png", _real(_png_size(content)))
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return FileKind("image/heic", _real(_heic_size(content)))
    if content[:64].lstrip(_BLANK).startswith(b"%PDF-"):
        return FileKind("application/pdf")
    return None


def _real(size: Size | None) -> Size | None:
    return size if size and min(size) > 0 else None


def _number(content: bytes, at: int, length: int) -> int:
    return int.from_bytes(content[at : at + length], "big")


def _png_size(content: bytes) -> Size | None:
    is_whole = content[12:16] == b"IHDR" and len(content) > 24
    return (_number(content, 16, 4), _number(content, 20, 4)) if is_whole else None


def _jpeg_size(content: bytes) -> Size | None:
    """The size stands in the frame header, behind any number of other segments."""
    at = 2
    for _ in range(MOST_PARTS):
        if len(content) < at + 9 or content[at] != 0xFF:
            return None
        marker = content[at + 1]
        if marker in _JPEG_FRAMES:
            return _number(content, at + 7, 2), _number(content, at + 5, 2)
        at += _jpeg_step(content, at, marker)
    return None


def _jpeg_step(content: bytes, at: int, marker: int) -> int:
    if marker == 0xFF:  # one more of what may fill the gap before a marker
        return 1
    return 2 if marker in _JPEG_ALONE else 2 + _number(content, at + 2, 2)


def _heic_size(content: bytes) -> Size | None:
    """The largest of the sizes that its boxes tell: a picture is made of tiles, and has a thumbnail."""
    sizes = [
        (_number(content, at + 4, 4), _number(content, at + 8, 4))
        for at, end in _boxes(content, (b"meta", b"iprp", b"ipco", b"ispe"))
        if end - at >= 12
    ]
    return max(sizes, key=lambda size: size[0] * size[1], default=None)


def _boxes(content: bytes, path: tuple[bytes, ...]) -> Iterator[tuple[int, int]]:
    """Where the insides of the boxes of a path begin and end."""
    inside = [(0, len(content))]
    for name in path:
        skipped = 4 if name == b"meta" else 0  # its version and flags
        inside = [
            (at + skipped, end) for outer in inside[:1] for kind, at, end in _level(content, *outer) if kind == name
        ]
    yield from inside


def _level(content: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    for _ in range(MOST_PARTS):
        if at + 8 > end:
            return
        length, head = _number(content, at, 4), 8
        if length == 1:
            length, head = _number(content, at + 8, 8), 16
        stop = end if length == 0 else at + length
        if stop > end or stop < at + head:
            return
        yield content[at + 4 : at + 8], at + head, stop
        at = stop
