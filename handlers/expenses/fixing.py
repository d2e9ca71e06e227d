"""Fix: a kept expense is opened, each of its fields a tap away; and the other buttons under an expense."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from handlers.conversation import given
from handlers.desk import Desk
from handlers.expenses.drives import priced
from handlers.expenses.expense import Expense
from handlers.expenses.keep import card, change_words, show, shown_receipts, subject, together, words_of
from handlers.expenses.rows import HUNDREDTHS, of_project, told_of
from handlers.expenses.showing import echo
from handlers.messages import Choice, Message, Outgoing, Rows
from handlers.scripts import Begin
from handlers.talks.mend_expense import About, Mended
from storage import changes, expenses
from storage.database import Record
from storage.tables import expense as expense_table
from storage.tables import receipt as receipt_table

GONE = "That one is gone."
_MAIN = (
    (("Amount", "amount"), ("Day", "day"), ("Category", "category")),
    (("Project", "project"), ("Note", "note"), ("More", "more")),
    (("Delete", "delete"), ("Done", "done")),
)
_MORE = (
    (("Who", "who"), ("Why", "why"), ("Where", "where")),
    (("Receipt", "receipt"), ("1099 or W-2", "basis"), ("Done", "done")),
)
FIELDS = ("amount", "day", "category", "project", "note", "who", "why", "where", "basis")
VERBS = ("fix", "open", "more", "done", "delete", "skip", "again", "leave", "receipt", *FIELDS)
SEND_IT = "Send the photo or the PDF within ten minutes."


async def press(desk: Desk, expense_id: int, verb: str) -> Begin | None:
    """Do what a button under an expense says; a field begins its talk."""
    row = await expenses.find(desk.tx, desk.actor.id, expense_id)
    if row is None:
        desk.say(GONE)
        return None
    desk.tapped = "" if verb == "open" else subject(expense_id)  # opened from a list, it comes below the list
    if verb in FIELDS:
        return Begin("mend_expense", given({"about": (About, About(verb, told_of(row)))}))
    await _DO[verb](desk, row)
    return None


async def _fix(desk: Desk, row: Record) -> None:
    """Of several told in one message, which one."""
    rows = await expenses.among(desk.tx, desk.actor.id, await together(desk, row.id))
    if len(rows) < 2:
        await open_one(desk, row)
        return
    choices = tuple((Choice(words_of(desk, [one])[:60], f"expense:{one.id}:open"),) for one in rows)
    desk.show(Message(("Which one?",), choices=choices), subject(row.id))


async def open_one(desk: Desk, row: Record, menu: Any = _MAIN) -> None:
    """One expense with its receipts, and a button for each field."""
    choices: Rows = tuple(
        tuple(Choice(label, f"expense:{row.id}:{verb}") for label, verb in line if verb != "where" or row.distance)
        for line in menu
    )
    desk.show(Message((await _whole(desk, row),), choices=choices), subject(row.id))


async def _whole(desk: Desk, row: Record) -> str:
    lines = [echo(told_of(row), desk.customs, desk.local.date())]
    lines += shown_receipts(await expenses.receipts(desk.tx, desk.actor.id, [row.id]))
    lines += [{"1099": "For work on a 1099", "w2": "For work on a W-2"}[row.basis]] if row.basis != "unsure" else []
    return "\n".join(lines)


async def _done(desk: Desk, row: Record) -> None:
    change = await changes.last_about(desk.tx, desk.actor.id, subject(row.id))
    desk.show(await card(desk, [row], change.id if change else 0, asks=False), subject(row.id))


async def _skip(desk: Desk, row: Record) -> None:
    """What was asked for is not told: the message stands without the question."""
    change = await changes.last_about(desk.tx, desk.actor.id, subject(row.id))
    await show(desk, await together(desk, row.id), change.id if change else 0, asks=False)


async def _delete(desk: Desk, row: Record) -> None:
    change = desk.change()
    for tied in await expenses.rows_of_receipts(desk.tx, desk.actor.id, [row.id]):
        await change.delete(receipt_table, tied.id)
    await change.delete(expense_table, row.id)
    words = words_of(desk, [row])
    change_id = await change.keep(words, subject(row.id), desk.now)
    desk.show(Message((f"Deleted: {words}.",), choices=((Choice("Undo", f"undo:{change_id}"),),)), subject(row.id))


async def _again(desk: Desk, row: Record) -> None:
    """The very same once more, without its receipts."""
    desk.tapped = f"again:{row.id}"
    rows = await expenses.among(desk.tx, desk.actor.id, await together(desk, row.id))
    change, ids = desk.change(), []
    for one in rows:
        values = {name: getattr(one, name) for name in expense_table.c.keys() if name not in ("id", "actor_id")}  # noqa: SIM118
        ids.append(await change.insert(expense_table, **values | {"logged_at": desk.at}))
    copies = await expenses.among(desk.tx, desk.actor.id, ids)
    change_id = await change.keep(words_of(desk, copies), subject(ids[0]), desk.now)
    desk.out.append(Outgoing(subject(ids[0]), await card(desk, copies, change_id), replaces=desk.tapped))


async def _leave(desk: Desk, row: Record) -> None:
    desk.tapped = f"again:{row.id}"
    desk.show(Message(("Left as it was.",)), desk.tapped)


async def _receipt(desk: Desk, row: Record) -> None:
    done = ((Choice("Done", f"expense:{row.id}:done"),),)
    desk.show(Message((f"{await _whole(desk, row)}\n{SEND_IT}",), choices=done), subject(row.id))


_DO = {
    "fix": _fix,
    "open": open_one,
    "more": lambda desk, row: open_one(desk, row, _MORE),
    "done": _done,
    "skip": _skip,
    "delete": _delete,
    "again": _again,
    "leave": _leave,
    "receipt": _receipt,
}


async def keep(desk: Desk, mended: Mended, talk: Any) -> None:
    """Put the new value in its place; the day and the distance of a drive change what it brings."""
    row = await expenses.find(desk.tx, desk.actor.id, mended.about.expense.record or 0)
    if row is None:
        desk.say(GONE)
        return
    if mended.values:
        await change_words(
            desk, row, talk.subject, asks=mended.about.field == "category", **await _columns(desk, row, mended)
        )
        return
    if desk.tapped == talk.subject:
        desk.tidy(talk.subject)
    await open_one(desk, row)


async def _columns(desk: Desk, row: Record, mended: Mended) -> dict[str, Any]:
    values: dict[str, Any] = dict(mended.values)
    if "project_id" in values:
        return await of_project(desk, row, values["project_id"])
    told = told_of(row)
    if "day" in values:
        values["day"] = date.fromisoformat(values["day"])
        told = replace(told, day=values["day"])
    if "distance" in values and told.trip:
        told = replace(told, trip=replace(told.trip, distance=Decimal(values["distance"])))
        values["distance"] = int(Decimal(values["distance"]) * HUNDREDTHS)
    if told.trip and ("day" in values or "distance" in values):
        values |= _price(desk, told)
    return values


def _price(desk: Desk, told: Expense) -> dict[str, Any]:
    new = priced(told, desk.customs.country, desk.actor.distance_rate)
    rate, is_provisional = (new.trip.rate, new.trip.is_provisional) if new.trip else (None, False)
    return {"minor": new.money.minor, "rate": rate, "is_provisional": is_provisional}
