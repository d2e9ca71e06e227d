"""What was spent, added up: exactly, by category and currency, and nobody else's."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from storage import changes, expenses, files
from storage.changes import Change
from storage.database import Database, Transaction
from storage.expenses import Cut
from storage.tables import expense, expense_word, file, project, receipt
from tests.storage.conftest import NOW, new_actor, new_address, owner

DAY = date(2026, 11, 19)


async def spend(tx: Transaction, actor_id: int, minor: int, category: str = "parking_tolls", **values: Any) -> int:
    row = {"actor_id": actor_id, "day": DAY, "logged_at": NOW, "minor": minor, "currency": "USD", "category": category}
    return int((await tx.execute(insert(expense).values(row | values).returning(expense.c.id))).scalar_one())


async def test_sums_by_category_and_currency(either: Database) -> None:
    async with either.write() as tx:
        nora, dana = await new_actor(tx), await new_actor(tx)
        for minor in (1200, 850, 1):
            await spend(tx, nora, minor)
        await spend(tx, nora, 500, currency="EUR")
        await spend(tx, nora, 2394, "mileage", distance=3150, unit="mi", rate=760)
        await spend(tx, dana, 99_999)
        sums = await expenses.sums(tx, nora, Cut())
        assert [(r.category, r.currency, r.unit, r.minor, r.distance, r.many) for r in sums] == [
            ("mileage", "USD", "mi", 2394, 3150, 1),
            ("parking_tolls", "EUR", "", 500, 0, 1),
            ("parking_tolls", "USD", "", 2051, 0, 3),
        ]


async def test_a_part_is_cut_by_day_category_and_project(either: Database) -> None:
    async with either.write() as tx:
        nora = await new_actor(tx)
        copper = (
            await tx.execute(insert(project).values(actor_id=nora, title="Copper Falls").returning(project.c.id))
        ).scalar_one()
        today = await spend(tx, nora, 1, project_id=copper)
        before = await spend(tx, nora, 2, "meals", day=DAY - timedelta(days=1))
        old = await spend(tx, nora, 3, day=date(2025, 12, 31))
        cuts = {
            Cut(): [old, before, today],
            Cut(DAY, DAY): [today],
            Cut(last=date(2025, 12, 31)): [old],
            Cut(category="meals"): [before],
            Cut(project_id=copper): [today],
        }
        assert {cut: [row.id for row in await expenses.every(tx, nora, cut)] for cut in cuts} == cuts
        assert [row.title for row in await expenses.every(tx, nora, Cut(project_id=copper))] == ["Copper Falls"]
        pages = [[row.id for row in await expenses.page(tx, nora, Cut(), at, 2)] for at in (0, 2, 4)]
        assert pages == [[today, before], [old], []]
        months = await expenses.sums_by_month(tx, nora, Cut())
        assert [(int(r.year), int(r.month), r.category, r.minor) for r in months] == [
            (2025, 12, "parking_tolls", 3),
            (2026, 11, "meals", 2),
            (2026, 11, "parking_tolls", 1),
        ]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    told=st.lists(
        st.tuples(st.sampled_from(("meals", "gear")), st.sampled_from(("USD", "JPY")), st.integers(1, 10**8)),
        max_size=12,
    )
)
async def test_a_sum_is_exact(database: Database, told: list[tuple[str, str, int]]) -> None:
    wanted: Counter[tuple[str, str]] = Counter()
    async with database.write() as tx:
        actor_id = await new_actor(tx)
        for category, currency, minor in told:
            wanted[category, currency] += minor
            await spend(tx, actor_id, minor, category, currency=currency)
        assert {(r.category, r.currency): r.minor for r in await expenses.sums(tx, actor_id, Cut())} == dict(wanted)


async def test_the_very_same_within_a_while(either: Database) -> None:
    async with either.write() as tx:
        nora, dana = await new_actor(tx), await new_actor(tx)
        values = {"day": DAY, "minor": 1200, "currency": "USD", "category": "parking_tolls", "project_id": None}
        first = await spend(tx, nora, 1200)
        assert await expenses.same(tx, nora, values, NOW) == first
        assert await expenses.same(tx, nora, values | {"minor": 1201}, NOW) is None
        assert await expenses.same(tx, nora, values, NOW + timedelta(seconds=1)) is None
        assert await expenses.same(tx, dana, values, NOW) is None


async def test_words_are_each_actors_own(either: Database) -> None:
    async with either.write() as tx:
        nora, dana = await new_actor(tx), await new_actor(tx)
        await tx.execute(insert(expense_word).values(actor_id=nora, folded="taping", category="rent_space"))
        assert await expenses.words(tx, nora) == {"taping": "rent_space"}
        assert await expenses.words(tx, dana) == {}


async def receipt_file(tx: Transaction, address_id: int, name: str = "receipt.jpg", **values: Any) -> int:
    row = {"actor_id": await owner(tx, address_id), "address_id": address_id, "name": name, "size": 9, "reference": "r"}
    return await files.add(tx, row | {"created_at": NOW, "state": "kept"} | values)


async def test_a_receipt_goes_with_its_expense_and_comes_back_with_it(either: Database) -> None:
    async with either.write() as tx:
        address_id = await new_address(tx, "7")
        nora = await owner(tx, address_id)
        change = Change(tx, nora)
        values = {"day": DAY, "logged_at": NOW, "minor": 1200, "currency": "USD", "category": "parking_tolls"}
        spent = await change.insert(expense, **values)
        row = await changes.find(tx, nora, await change.keep("$12.00", f"expense:{spent}", NOW))
        assert row is not None
        kept = await receipt_file(tx, address_id)
        for _ in range(2):
            await expenses.attach(tx, nora, spent, [kept])
        assert [r.name for r in await expenses.receipts(tx, nora, [spent])] == ["receipt.jpg"]
        tied = await expenses.rows_of_receipts(tx, nora, [spent])
        for _ in range(2):
            row = await changes.take_along(tx, row, receipt, tied)
            await changes.undo(tx, row, NOW)
            assert (await tx.execute(select(receipt))).all() == []
            await changes.redo(tx, row)
            assert [r.id for r in await expenses.rows_of_receipts(tx, nora, [spent])] == [tied[0].id]


async def test_nobody_attaches_anothers_file(either: Database) -> None:
    async with either.write() as tx:
        hers, other = await new_address(tx, "7"), await new_address(tx, "8")
        intruder = await owner(tx, other)
        spent = await spend(tx, intruder, 100)
        await expenses.attach(tx, intruder, spent, [await receipt_file(tx, hers)])
        assert await expenses.receipts(tx, intruder, [spent]) == []


@pytest.mark.parametrize("is_receipt", [True, False])
async def test_what_is_lost_is_forgotten_but_for_receipts(either: Database, is_receipt: bool) -> None:
    async with either.write() as tx:
        address_id = await new_address(tx, "7")
        nora = await owner(tx, address_id)
        lost = await receipt_file(tx, address_id, state="dropped")
        if is_receipt:
            await expenses.attach(tx, nora, await spend(tx, nora, 100), [lost])
        await files.forget(tx, NOW + timedelta(days=1))
        assert (await tx.execute(select(file.c.id))).scalars().all() == ([lost] if is_receipt else [])
        assert await expenses.receipts(tx, nora, [1]) == []
