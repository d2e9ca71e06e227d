"""What a year's books are read from: nobody else's, in the order of the days, and only what is kept."""

from __future__ import annotations

from datetime import date

from sqlalchemy import insert

from storage import books, files
from storage.database import Database, Transaction
from storage.tables import receipt
from tests.storage.conftest import NOW, new_address, owner
from tests.storage.test_expenses import spend

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


async def came(tx: Transaction, address_id: int, expense_id: int, content: bytes = b"") -> int:
    """A receipt; without content it is still to be fetched."""
    actor_id = await owner(tx, address_id)
    row = {"actor_id": actor_id, "address_id": address_id, "name": "a.png", "size": 9, "reference": "F1"}
    file_id = await files.add(tx, row | {"created_at": NOW})
    if content:
        await files.keep(tx, file_id, content, "image/png", NOW)
    await tx.execute(insert(receipt).values(actor_id=actor_id, expense_id=expense_id, file_id=file_id))
    return file_id


async def test_a_year_of_ones_own(either: Database) -> None:
    async with either.write() as tx:
        at_noras, at_danas = await new_address(tx, "1"), await new_address(tx, "2")
        nora, dana = await owner(tx, at_noras), await owner(tx, at_danas)
        late, early = await spend(tx, nora, 1, day=LAST), await spend(tx, nora, 2, day=FIRST)
        await spend(tx, nora, 3, day=date(2025, 12, 31))
        hers = await came(tx, at_danas, await spend(tx, dana, 4), b"hers")
        second, first = await came(tx, at_noras, late, b"late"), await came(tx, at_noras, early, b"early")
        coming = await came(tx, at_noras, early)
        assert await books.years(tx, nora) == [2026, 2025]
        assert await books.count(tx, nora, FIRST, LAST) == 2
        found = [(row.expense_id, row.file_id, row.size) for row in await books.papers(tx, nora, FIRST, LAST)]
        assert found == [(early, first, 5), (late, second, 4)]
        assert await books.contents(tx, nora, [first, second, hers, coming]) == {first: b"early", second: b"late"}
        assert await books.years(tx, nora + dana + 1) == []
