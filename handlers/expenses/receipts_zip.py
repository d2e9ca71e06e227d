"""Receipts in one file, or several where one would be too big to send; each named by what it is for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from handlers.documents import safe_name
from handlers.expenses import categories
from handlers.expenses.amounts import exact
from handlers.expenses.books import Paper, Row

MOST = 40 * 1024 * 1024
"""Bytes of receipts in one part; a message carries 45 MB."""
OVERHEAD = 1024
"""Bytes of a file's two entries, at most."""
ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/heic": "heic",
    "image/heif": "heif",
    "image/webp": "webp",
    "image/gif": "gif",
    "image/tiff": "tif",
    "application/pdf": "pdf",
}
_EARLIEST, _LATEST = 1980, 2107  # the years that a ZIP can tell


@dataclass(frozen=True)
class Named:
    """A receipt under the name it has in the file."""

    name: str
    paper: Paper
    row: Row


def named(rows: Sequence[Row], home: str) -> tuple[Named, ...]:
    """Every receipt with a name that no other has: "2026-11-19 parking 12.00 receipt.jpg".

    `home` is the currency that need not be said. A picture of several expenses stands under the first.
    """
    found: list[Named] = []
    taken: set[str] = set()
    seen: set[int] = set()
    for row in rows:
        for paper in row.papers:
            if paper.file_id not in seen:
                seen.add(paper.file_id)
                found.append(Named(_free(_stem(row, home), ENDINGS.get(paper.mime, "bin"), taken), paper, row))
    return tuple(found)


def _stem(row: Row, home: str) -> str:
    money = row.expense.money
    currency = "" if money.currency == home else f" {money.currency}"
    what = categories.label(row.expense.category).lower()
    return f"{row.expense.day:%Y-%m-%d} {what} {exact(money)}{currency} receipt"


def _free(stem: str, ending: str, taken: set[str]) -> str:
    number = 1
    name = safe_name(f"{stem}.{ending}")
    while name.casefold() in taken:
        number += 1
        name = safe_name(f"{stem} {number}.{ending}")
    taken.add(name.casefold())
    return name


def cuts(sizes: Sequence[int], most: int) -> tuple[slice, ...]:
    """Which receipts of these sizes go together, in their order, as many to a part as it may hold."""
    starts: list[int] = []
    held = 0
    for at, size in enumerate(sizes):
        held += size + OVERHEAD
        if not starts or held > most:
            starts.append(at)
            held = size + OVERHEAD
    return tuple(slice(*ends) for ends in pairwise([*starts, len(sizes)]))


def packed(receipts: Sequence[Named], contents: Mapping[int, bytes], beside: Mapping[str, bytes]) -> bytes:
    """A ZIP of those receipts whose content is there, by the id of the file, and of what goes beside them."""
    out = BytesIO()
    with ZipFile(out, "w") as file:
        for one in receipts:
            if content := contents.get(one.paper.file_id):
                day = one.row.expense.day
                entry = ZipInfo(one.name, (min(max(day.year, _EARLIEST), _LATEST), day.month, day.day, 12, 0, 0))
                file.writestr(entry, content, ZIP_STORED)
        for name, content in beside.items():
            file.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return out.getvalue()
