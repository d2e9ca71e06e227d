"""What was spent is kept, and said back in one message: a line each, what to know about it, Undo and Fix."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from handlers.audition import Audition
from handlers.desk import Desk, OpenTalk
from handlers.expenses import categories
from handlers.expenses.drives import priced
from handlers.expenses.expense import Expense
from handlers.expenses.rows import told_of, values_of
from handlers.expenses.showing import echo, show_distance, show_money
from handlers.expenses.warnings import warning
from handlers.messages import Choice, Message, Outgoing
from handlers.reading.customs import show_day
from handlers.reading.spelling import clipped
from handlers.talks.tell_expense import Spending
from storage import actors, auditions, expenses
from storage.changes import Change
from storage.database import Record
from storage.tables import actor as actor_table
from storage.tables import expense as expense_table
from storage.tables import expense_word

FOR_TAX, WHERE = "For tax it needs", "Where to?"
"""How the questions begin that nothing waits for."""
LONGEST_NAME = 60
_AFAR = timedelta(days=3)


def subject(expense_id: int) -> str:
    """The name of an expense's message in the outbox; of several told together, the first one's."""
    return f"expense:{expense_id}"


# Keeping


async def write(desk: Desk, change: Change, spending: Spending) -> list[int]:
    """The rows of a message, and what it taught; returns their ids."""
    if spending.rate is not None:
        await change.update(actor_table, desk.actor.id, distance_rate=spending.rate)
    for word, category in spending.taught:
        await _teach(desk, change, categories.folded(word), category)
    ids = []
    for told in spending.expenses:
        row = await values_of(desk, _with_rate(told, desk.customs.country, spending.rate))
        ids.append(await change.insert(expense_table, **row, logged_at=desk.at))
    if ids:
        await expenses.attach(desk.tx, desk.actor.id, ids[0], {*spending.files, *desk.came})
    return ids


def _with_rate(told: Expense, country: str, rate: int | None) -> Expense:
    """A drive that has no rate yet, at the one that was just told."""
    return priced(told, country, rate) if rate and told.trip and told.trip.rate is None else told


async def write_costs(desk: Desk, change: Change, audition: Audition, audition_id: int) -> None:
    """What was told on the card of an audition: of its day, its project and its round."""
    saved = await auditions.find(desk.tx, desk.actor.id, audition_id)
    for told in audition.costs:
        if saved is None:
            return
        of_it = replace(told, day=saved.on, project_id=saved.project_id, round=saved.round)
        row = await values_of(desk, priced(of_it, desk.customs.country, desk.actor.distance_rate))
        row |= {"audition_id": audition_id, "purpose": row["purpose"] or ("audition" if of_it.trip else "")}
        await change.insert(expense_table, **row, logged_at=desk.at)


async def _teach(desk: Desk, change: Change, folded: str, category: str) -> None:
    known = await expenses.word(desk.tx, desk.actor.id, folded)
    if known is None:
        await change.insert(expense_word, folded=folded, category=category)
    elif known.category != category:
        await change.update(expense_word, known.id, category=category)


async def keep(desk: Desk, spending: Spending, *, instead_of: str = "") -> None:
    """Keep what was spent and say it back, perhaps in the place of the question that was tapped."""
    change = desk.change()
    ids = await write(desk, change, spending)
    rows = await expenses.among(desk.tx, desk.actor.id, ids)
    change_id = await change.keep(words_of(desk, rows), subject(ids[0]), desk.now)
    if spending.rate is not None:
        desk.actor = (await actors.load(desk.tx, [desk.actor.id]))[desk.actor.id]
    message = await card(desk, rows, change_id, lessons=lessons(spending))
    if instead_of and desk.tapped == instead_of:
        desk.out.append(Outgoing(subject(ids[0]), message, replaces=instead_of))
    else:
        desk.say(message, subject(ids[0]))


async def keep_told(desk: Desk, spending: Spending | None, talk: OpenTalk) -> None:
    """Keep what a talk has settled."""
    if spending is None:
        desk.say("Nothing kept.")
    else:
        await keep(desk, spending, instead_of=talk.subject)


def lessons(spending: Spending) -> tuple[str, ...]:
    """What was learnt by it, a sentence each."""
    return tuple(f"From now on {word} is {categories.label(category)}." for word, category in spending.taught)


# Showing


async def card(
    desk: Desk, rows: Sequence[Record], change_id: int, *, lessons: Sequence[str] = (), asks: bool = True
) -> Message:
    """The message about expenses told together, with the one word more that it asks for."""
    told = [told_of(row) for row in rows]
    lines = [echo(e, desk.customs, desk.local.date()) for e in told]
    tied = await expenses.receipts(desk.tx, desk.actor.id, [row.id for row in rows])
    warned = await warnings_of(desk, told, {one.expense_id for one in tied})
    if not asks:
        warned = [line for line in warned if not line.startswith(FOR_TAX)]
    buttons = [Choice("Undo", f"undo:{change_id}"), Choice("Fix", f"expense:{rows[0].id}:fix")]
    bare = next((at for at, e in enumerate(told) if e.is_bare), None) if asks else None
    if bare is not None:
        lines[bare] = f"{lines[bare]}. {WHERE}"
        buttons.insert(0, Choice("Skip", f"expense:{rows[0].id}:skip"))
    is_asked = bare is not None or any(line.startswith(FOR_TAX) for line in warned)
    desk.asks = subject(rows[0].id) if is_asked else ""
    return Message(("\n".join((*lines, *lessons, *shown_receipts(tied), *warned)),), choices=(tuple(buttons),))


def shown_receipts(tied: Sequence[Record]) -> tuple[str, ...]:
    """The receipts that are there, in a line."""
    names = ", ".join(clipped(one.name, LONGEST_NAME) for one in tied if one.state == "kept")
    return (f"Receipt: {names}",) if names else ()


async def warnings_of(desk: Desk, told: Sequence[Expense], with_receipt: Collection[int | None] = ()) -> list[str]:
    """What is easily missed about tax, each once."""
    people_known = (await desk.view({"people"})).people if any(e.category == "gifts" for e in told) else ()
    country = desk.customs.country
    lines = (warning(e, country, people_known, has_receipt=e.record in with_receipt) for e in told)
    return [line for line in dict.fromkeys(lines) if line]


def words_of(desk: Desk, rows: Sequence[Record]) -> str:
    """Expenses in few words, good on any day: "$16.97, 23.4 mi, Tue, Jun 30"."""
    return " and ".join(_words(desk, told_of(row)) for row in rows)


def _words(desk: Desk, told: Expense) -> str:
    today = desk.local.date()
    # Where the day has a name of its own, that changes; its date does not.
    away = today if abs((told.day - today).days) > 1 else told.day + (_AFAR if told.day.month < 12 else -_AFAR)
    what = show_distance(told.trip, desk.customs) if told.trip else categories.label(told.category)
    money = "" if told.trip and told.trip.rate is None else show_money(told.money, desk.customs)
    return ", ".join(x for x in (money, what, show_day(told.day, away, desk.customs)) if x)


async def show(desk: Desk, ids: Sequence[int], change_id: int, *, asks: bool = True, instead_of: str = "") -> None:
    """How expenses now stand, in the place of their message, or of the question about them that was tapped."""
    rows = await expenses.among(desk.tx, desk.actor.id, ids)
    if rows and instead_of and desk.tapped == instead_of:
        desk.tidy(subject(ids[0]))
        desk.out.append(Outgoing(subject(ids[0]), await card(desk, rows, change_id, asks=asks), replaces=instead_of))
    elif rows:
        desk.show(await card(desk, rows, change_id, asks=asks), subject(ids[0]))


async def together(desk: Desk, expense_id: int) -> list[int]:
    """The expenses that were told in one message with this one as the first, as far as they are still there."""
    ids = await expenses.told_together(desk.tx, desk.actor.id, subject(expense_id))
    rows = await expenses.among(desk.tx, desk.actor.id, ids or [expense_id])
    return [int(row.id) for row in rows]


async def change_words(desk: Desk, row: Record, instead_of: str = "", /, *, asks: bool = False, **values: Any) -> None:
    """Change one field or more of a kept expense and show it anew, with Undo."""
    change = desk.change()
    await change.update(expense_table, row.id, **values)
    ids = await together(desk, row.id)
    kept = next(iter(await expenses.among(desk.tx, desk.actor.id, [row.id])))
    change_id = await change.keep(words_of(desk, [kept]), subject(row.id), desk.now)
    await show(desk, ids if row.id in ids else [row.id], change_id, asks=asks, instead_of=instead_of)


# Undo


async def follow(desk: Desk, row: Record, *, undone: bool) -> None:
    """After Undo or Redo: the message shows what is there now."""
    desk.actor = (await actors.load(desk.tx, [desk.actor.id]))[desk.actor.id]
    ids = [r["id"] for r in row.rows if r["table"] == expense_table.name]
    there = await expenses.among(desk.tx, desk.actor.id, ids)
    again = Choice("Redo", f"redo:{row.id}") if undone else Choice("Undo", f"undo:{row.id}")
    if not there:
        words = f"{'Taken back' if undone else 'Deleted'}: {row.words}."
        desk.show(Message((words,), choices=((again,),)), row.subject)
        return
    message = await card(desk, there, row.id, asks=False)
    fix = Choice("Fix", f"expense:{there[0].id}:fix")
    lead = "As before:\n" if undone else ""
    desk.show(replace(message, body=(lead, *message.body), choices=((again, fix),)), row.subject)
