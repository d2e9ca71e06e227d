"""A photo or a PDF goes with the expense it came with, answers, or came soon after; its amount is never read off it."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.desk import Desk
from handlers.expenses import categories
from handlers.expenses.rows import told_of
from handlers.expenses.showing import show_distance, show_money
from handlers.expenses.taking import ANSWERED_WITHIN, WHAT_COST, is_fresh
from storage import changes, expenses, files, outbox
from storage.database import Record
from storage.tables import expense as expense_table
from storage.tables import receipt as receipt_table


async def alone(desk: Desk, reply_to: str) -> None:
    """Files without a word go with the expense they are meant for, where there is one."""
    if not desk.came:
        return
    about = await outbox.subject_of(desk.tx, desk.address_id, reply_to) if reply_to else ""
    expense_id = _id(about or "") or _mended(desk) or await _near(desk)
    if expense_id and await expenses.find(desk.tx, desk.actor.id, expense_id):
        await expenses.attach(desk.tx, desk.actor.id, expense_id, desk.came)


def _id(about: str) -> int:
    kind, _, id_ = about.partition(":")
    return int(id_) if kind == "expense" else 0


def _mended(desk: Desk) -> int:
    """The expense whose field is just asked for."""
    if desk.top is None or desk.top.flow != "mend_expense":
        return 0
    return int(desk.top.log[0][1]["about"]["expense"]["record"] or 0)


async def _near(desk: Desk) -> int:
    """The expense that was shown last, else the one that was logged last; neither more than ten minutes ago."""
    last = await outbox.last_said(desk.tx, desk.address_id)
    if last and is_fresh(desk, last.created_at) and (shown := _id(last.subject)):
        return shown
    logged = await expenses.last_logged(desk.tx, desk.actor.id, desk.at - ANSWERED_WITHIN)
    return int(logged.id) if logged else 0


async def kept_words(desk: Desk, file_id: int, name: str, size: str, *, is_picture: bool) -> str:
    """What is said once a file is kept: with what it goes, or the question what it cost."""
    row = await expenses.of_file(desk.tx, desk.actor.id, file_id)
    if row:
        return f"Kept {name} with {_shown(desk, row)}."
    asks = is_picture and desk.top is None and not await files.is_more_coming(desk.tx, desk.address_id)
    return f"Kept {name}, {size}. {WHAT_COST}" if asks else f"Kept {name}, {size}."


def _shown(desk: Desk, row: Record) -> str:
    told = told_of(row)
    money = show_money(told.money, desk.customs)
    return f"{money} · {show_distance(told.trip, desk.customs) if told.trip else categories.label(told.category)}"


async def go_along(desk: Desk, row: Record) -> Record:
    """What goes with expenses that a change wrote is taken back, and put back, with them."""
    ids = [r["id"] for r in row.rows if r["table"] == expense_table.name and r["before"] is None]
    tied: Sequence[Record] = await expenses.rows_of_receipts(desk.tx, desk.actor.id, ids) if ids else ()
    return await changes.take_along(desk.tx, row, receipt_table, tied) if tied else row
