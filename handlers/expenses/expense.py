"""One expense as the actor told it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Money:
    """A sum in whole minor units: 1250 USD is $12.50, 500 JPY is ¥500."""

    minor: int
    currency: str


@dataclass(frozen=True)
class Trip:
    """A drive; `distance` with at most two decimals, `rate` in tenths of a minor unit for one `unit` (760 is 76¢).

    A rate is for the unit of its country: of a trip in km in the United States it is for a mile (`mileage.rated`).
    """

    distance: Decimal
    unit: str
    """mi or km."""
    destination: str = ""
    rate: int | None = None
    """Empty: no table has one for this country, and the actor set none."""
    is_provisional: bool = False
    """Priced at the rate of an earlier time, since none is published for its day."""


@dataclass(frozen=True)
class Expense:
    """What was spent, for what, on which day; `money` of a trip without a rate is 0."""

    money: Money
    category: str
    """Its key in the table; empty: the words told none, and it is to be asked."""
    day: date
    project: str = ""
    project_id: int | None = None
    round: str = ""
    payee: str = ""
    person_id: int | None = None
    note: str = ""
    purpose: str = ""
    """Of a meal, why; of a trip, what for."""
    trip: Trip | None = None
    word: str = ""
    """The word that told the category, or that told none and is to be remembered with the answer."""
    basis: str = "unsure"
    """1099, w2 or unsure."""
    record: int | None = None

    @property
    def is_bare(self) -> bool:
        """A drive of which nobody knows where it led."""
        return self.trip is not None and not (self.trip.destination or self.purpose or self.note or self.project)


@dataclass(frozen=True)
class Purse:
    """How an actor's lines are read: the words taught for a category, the currency, what a drive brings."""

    words: Mapping[str, str] = field(default_factory=dict)
    currency: str = "USD"
    own_rate: int | None = None
    """A rate of the actor's own, as in a trip; empty: it was not asked yet, 0: there is none."""


@dataclass(frozen=True)
class Told:
    """A line that tells expenses, at least one."""

    expenses: tuple[Expense, ...]


@dataclass(frozen=True)
class NoAmount:
    """A line that tells what it was for, and not what it cost: `for_what` as it is asked ("Lunch: how much?")."""

    for_what: str
    rest: str
    """The line, to be read again with the amount before it."""


@dataclass(frozen=True)
class Refused:
    """An amount that cannot be; `reason` is the sentence for the actor, with what to type."""

    reason: str


Line = Told | NoAmount | Refused
