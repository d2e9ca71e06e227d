"""What a stage plays: a flow with what becomes of its decision, and its questions on one form where there is such."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol

from handlers.conversation import Flow, Log, View
from handlers.desk import Desk, OpenTalk
from handlers.messages import Field, Values

FORM = "form"  # in the log of a talk whose form is open: what it held last; no question has this key


@dataclass(frozen=True)
class Begin:
    """Another talk is to follow."""

    flow: str
    given: Log = ()
    lead: str = ""


class Sheet(Protocol):
    """The questions of a talk as the fields of a form; a module with these names is one."""

    TITLE: str

    def values_of(self, log: Log, /) -> Values:
        """What a talk knows already, as it stands in the fields."""

    def fields(self, values: Values, view: View, /) -> tuple[Field, ...]:
        """The fields with what stands in them."""

    def headline(self, log: Log, /) -> str:
        """What the talk is about, in few words."""

    def is_told(self, log: Log, /) -> bool:
        """Whether anything is known but when it was."""

    def told(self, values: Values, log: Log, view: View, /) -> Log:
        """What the filled fields add to the log that the form was opened on."""

    def all_told(self, values: Values, log: Log, view: View, /) -> Log:
        """The whole sheet as answers, to the end of the talk."""

    def wrong(self, values: Values, log: Log, view: View, /) -> dict[str, str]:
        """What cannot be taken as it stands, by its field."""


@dataclass(frozen=True)
class Script:
    """A flow with its name and what becomes of its decision."""

    name: str
    play: Flow
    carry_out: Callable[[Desk, Any, OpenTalk], Awaitable[Begin | None]]
    sheet: Sheet | None = None
    """Its questions on one form, where the chat has such."""
    lasts: bool = False
    """Left alone, it is not lost: asked about once, then saved as it stands."""
    saves: bool = False
    """Left alone, it is saved as it stands as soon as it holds enough; before that it is nothing."""


def kept_on_form(talk: OpenTalk) -> Values | None:
    """What its open form held last, as far as it told us; None where no form is open."""
    return next((value for key, value in talk.log if key == FORM), None)


def on_form(talk: OpenTalk) -> bool:
    """Whether its questions stand on a form, so that none of them is to be asked in the chat."""
    return kept_on_form(talk) is not None


def without_form(log: Log) -> Log:
    """The answers alone: its form is gone, or they came from elsewhere."""
    return tuple(entry for entry in log if entry[0] != FORM)
