"""The small talk about a cost: what it was, how much, which kind, what a drive brings; most lines need none of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.conversation import Again, NotMine, Option, Prompt, Question, Reading, Talk, View, ask
from handlers.expenses import categories
from handlers.expenses.amounts import find_amounts
from handlers.expenses.drives import has_table, read_rate
from handlers.expenses.expense import Expense, Line, NoAmount, Refused, Told
from handlers.expenses.mileage import unit_of
from handlers.expenses.reading import read_line
from handlers.expenses.showing import show_money
from handlers.reading.spelling import has_letter

LIKE, COST, HOW_FAR = "Like 12 parking.", "What did it cost?", "How far was it?"
NO_AMOUNT = "I read no amount in that."
MORE, OTHER = "more", "other"
KINDS_ON_A_PAGE, MOST_LIKELY = 8, 3
LONGEST_WORD, LONGEST = 40, 500


@dataclass(frozen=True)
class Spent:
    """What was told so far; without expenses, how the amount is asked for and the line to put it before."""

    expenses: tuple[Expense, ...] = ()
    asked: str = ""
    rest: str = ""
    files: tuple[int, ...] = ()
    """The receipts that came with it."""
    rate_of: str = ""
    """The unit that a drive brings something for, where nobody knows the rate yet."""


@dataclass(frozen=True)
class Spending:
    """What is to be kept."""

    expenses: tuple[Expense, ...] = ()
    taught: tuple[tuple[str, str], ...] = ()
    """Words with the category that each means from now on."""
    files: tuple[int, ...] = ()
    rate: int | None = None
    """What a drive brings from now on, 0 for nothing; empty: it was not asked."""


def read(text: str, view: View, *, explicit: bool) -> Line | None:
    """What a line tells, read as this actor's."""
    purse = view.purse
    own_rate = None if has_table(view.customs.country, view.today) else purse.own_rate or None
    return read_line(text, view, explicit=explicit, words=purse.words, currency=purse.currency, own_rate=own_rate)


def on_sight(text: str, view: View) -> tuple[Expense, ...]:
    """Expenses that say so themselves, their categories known; empty where any doubt is left."""
    line = read(text, view, explicit=False)
    is_sure = isinstance(line, Told) and all(e.category for e in line.expenses)
    return line.expenses if isinstance(line, Told) and is_sure else ()


def spent(line: Line, text: str, view: View, files: tuple[int, ...] = ()) -> Spent | None:
    """What a line tells as a talk takes it on; None where it tells nothing to take on."""
    if isinstance(line, Told):
        asks = view.purse.own_rate is None and any(e.trip and e.trip.rate is None for e in line.expenses)
        return Spent(line.expenses, files=files, rate_of=unit_of(view.customs.country) if asks else "")
    if isinstance(line, NoAmount):
        return Spent(asked=f"{line.for_what}: how much?", rest=line.rest, files=files)
    rest = _without_amount(text, view)
    if line.reason.endswith("?") or "Type it like" in line.reason:
        is_drive = line.reason.endswith((HOW_FAR, " mi.", " km."))
        return Spent(asked=HOW_FAR if is_drive else COST, rest=rest, files=files) if has_letter(rest) else None
    return None


def _without_amount(text: str, view: View) -> str:
    """A line without the first of its amounts, which is to be another."""
    found = find_amounts(text[:LONGEST], view.purse.currency, view.customs)
    return " ".join(f"{text[: found[0].start]} {text[found[0].end :]}".split()) if found else text


class WhatItWas(Question[Spent]):
    """A line of a cost, where only the command was said."""

    of = Spent
    key = "spent"
    skip = Spent()
    reads_numbers = True
    needs = frozenset({"people", "projects", "purse"})

    def show(self, view: View) -> Prompt:  # noqa: ARG002
        return Prompt((f"What was it? {LIKE}",))

    def read(self, text: str, view: View) -> Reading:
        line = read(text, view, explicit=True)
        if line is None:
            return Again(NO_AMOUNT)
        told = None if isinstance(line, Refused) else spent(line, text, view)
        return self.fills(told) if told else Again(why_not(line))


class HowMuch(Question[Spent]):
    """The amount of what was told without one; a line that has all of its own stands in its place."""

    of = Spent
    key = "cost"
    skip = Spent()
    reads_numbers = True
    needs = frozenset({"people", "projects", "purse"})

    def __init__(self, before: Spent) -> None:
        self.before = before

    def show(self, view: View) -> Prompt:  # noqa: ARG002
        return Prompt((self.before.asked,))

    def read(self, text: str, view: View) -> Reading:
        whole = on_sight(text, view)
        is_answer = not whole or (len(whole) == 1 and whole[0].is_bare)  # "12 miles" may tell of either
        line = read(f"{text} {self.before.rest}" if is_answer else text, view, explicit=True)
        if isinstance(line, Told):
            told = spent(line, text, view, self.before.files)
            return self.fills(told) if told else Again(NO_AMOUNT)
        return Again(why_not(line))


def why_not(line: Line | None) -> str:
    """Why an amount is not taken, without the question that stands behind it: it is asked again anyway."""
    return first_sentence(line.reason if isinstance(line, Refused) else NO_AMOUNT)


def first_sentence(reason: str) -> str:
    """What is wrong, without what to do about it."""
    return f"{reason.partition('. ')[0].rstrip('.')}."


class WhichKind(Question[str]):
    """The category of a word that tells none: the likely ones, and all the others a tap away."""

    of = str
    skip = OTHER
    is_card = reads_numbers = True
    needs = frozenset({"purse"})

    def __init__(self, expense: Expense, page: int = 0) -> None:
        self.expense = expense
        self.page = page
        self.key = f"kind:{expense.word}:{page}"

    def show(self, view: View) -> Prompt:
        word = f" {self.expense.word[:LONGEST_WORD]}" if self.expense.word else ""
        asked = f"{show_money(self.expense.money, view.customs)}{word}: which kind?"
        rows = _rows([Option(categories.categories()[key].button, self.fills(key)) for key in self._keys()])
        more = "More" if self.page else "Something else"
        return Prompt((asked,), (*rows, (Option(more, self.fills(MORE)),)))

    def _keys(self) -> Sequence[str]:
        return (
            page_of_kinds(self.page - 1)
            if self.page
            else categories.offered(categories.folded(self.expense.word))[:MOST_LIKELY]
        )

    def read(self, text: str, view: View) -> Reading:
        kind = kind_said(text, view)
        if kind:
            return self.fills(kind)
        is_line = any(char.isdigit() for char in text)
        return NotMine() if is_line else Again("Tap one, or type its name.")


def _rows(options: Sequence[Option]) -> tuple[tuple[Option, ...], ...]:
    return tuple(tuple(options[at : at + 2]) for at in range(0, len(options), 2))


def page_of_kinds(page: int) -> Sequence[str]:
    """One page of all categories; behind the last comes the first."""
    keys = tuple(key for key in categories.categories() if key != "mileage")  # a drive is told by its distance
    pages = -(-len(keys) // KINDS_ON_A_PAGE)
    at = page % pages * KINDS_ON_A_PAGE
    return keys[at : at + KINDS_ON_A_PAGE]


def kind_said(text: str, view: View) -> str:
    """The category that typed words mean; empty where none."""
    line = read(f"1 {text}", view, explicit=True) if not any(char.isdigit() for char in text) else None
    return line.expenses[0].category if isinstance(line, Told) else ""


class WhatADriveBrings(Question[int]):
    """The rate of a mile or kilometre where no table has one; 0 for none."""

    of = int
    key = "rate"
    skip = 0
    reads_numbers = True

    def __init__(self, unit: str) -> None:
        self.unit = unit

    def show(self, view: View) -> Prompt:  # noqa: ARG002
        each = "a mile? Like 0.45." if self.unit == "mi" else "a kilometre? Like 0.30."
        return Prompt((f"What do you get {each}",), ((Option("No rate", self.fills(0)),),))

    def read(self, text: str, view: View) -> Reading:
        rate = read_rate(text, view.purse.currency, view.customs)
        if rate is None and on_sight(text, view):
            return NotMine()
        return self.fills(rate) if rate else Again("I read no rate in that.")


def sorted_out(expense: Expense, page: int = 0) -> Talk[str]:
    """The category of one expense, over as many pages as are turned; page 0 holds the likely ones."""
    while (kind := (yield from ask(WhichKind(expense, page)))) == MORE:
        page += 1
    return kind


def tell_expense() -> Talk[Spending | None]:
    """What was told may need an amount, a kind, and of the first drive a rate; None where there is nothing to keep."""
    told = yield from ask(WhatItWas())
    if told.rest and not told.expenses:
        told = yield from ask(HowMuch(told))
    kinds: dict[str, str] = {}
    for expense in told.expenses:
        if not expense.category and expense.word not in kinds:
            kinds[expense.word] = yield from sorted_out(expense)
    rate = (yield from ask(WhatADriveBrings(told.rate_of))) if told.rate_of else None
    if not told.expenses:
        return None
    settled = tuple(replace(e, category=e.category or kinds[e.word]) for e in told.expenses)
    taught = tuple((word, kind) for word, kind in kinds.items() if word and kind != OTHER)
    return Spending(settled, taught, told.files, rate)
