"""The bytes of files that people send, as far as anybody here reads them: heads of pictures, and whatever lies."""

from __future__ import annotations

import struct
import zlib


def jpeg(width: int = 1200, height: int = 1600, *, size: int = 240 * 1024) -> bytes:
    """A picture with a preview segment before its frame, as phones write it."""
    app = b"\xff\xe1" + struct.pack(">H", 8) + b"Exif\x00\x00"
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 17, 8, height, width, 3) + bytes(9)
    return (b"\xff\xd8" + app + frame).ljust(size - 2, b"\x00") + b"\xff\xd9"


def png(width: int = 800, height: int = 600, *, size: int = 20 * 1024) -> bytes:
    """A whole picture where it is small: one bit a pixel, all black; else the head of one."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    row = bytes(1 + (width + 7) // 8)
    packed = zlib.compressobj(9)
    body = b"".join(packed.compress(row) for _ in range(height)) + packed.flush()
    made = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")
    return made.ljust(size, b"\x00")


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def heic(width: int = 4032, height: int = 3024, *, size: int = 200 * 1024, brand: bytes = b"heic") -> bytes:
    """A picture of tiles, with a thumbnail told first."""
    sizes = b"".join(
        _box(b"ispe", bytes(4) + struct.pack(">II", *s)) for s in ((320, 240), (512, 512), (width, height))
    )
    meta = _box(b"meta", bytes(4) + _box(b"hdlr", bytes(20)) + _box(b"iprp", _box(b"ipco", sizes)))
    return (_box(b"ftyp", brand + bytes(4) + b"mif1heic") + meta + _box(b"mdat", bytes(100))).ljust(size, b"\x00")


def _box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + name + body


def pdf(size: int = 90 * 1024) -> bytes:
    """A document."""
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".ljust(size, b" ")


EXE = b"MZ\x90\x00\x03\x00\x00\x00" + bytes(2000)
HTML = b"<!DOCTYPE html><html><body>Sign in</body></html>"
GIF = b"GIF89a\x20\x03\x58\x02" + bytes(500)
WEBP = b"RIFF\x00\x10\x00\x00WEBPVP8 " + bytes(500)
