"""A talk is a generator of questions; what is kept of it is its answers, and it is played again from them.

A log is the ordered list of (key, value). Besides answers it holds `given` (what was known at the
start), `open` (a question asked again) and `offered` (words that may be the answer, to be confirmed).
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import TypeAdapter

from handlers.expenses.expense import Purse
from handlers.messages import Text
from handlers.reading.customs import Customs
from handlers.reading.people import Known, fold
from handlers.reading.projects import KnownProject

_NUMBERS = ("1", "2", "3", "4", "5", "6", "7", "8", "9")
T = TypeVar("T")
D = TypeVar("D")
Entry = tuple[str, Any]
Log = tuple[Entry, ...]
GIVEN, OPEN, OFFERED = "given", "open", "offered"


@dataclass(frozen=True)
class View:
    """What a question may know when it is shown or its answer read; `now` is naive, on the actor's wall."""

    now: datetime
    zone: str
    customs: Customs
    name: str = ""
    people: Sequence[Known] = ()
    projects: Sequence[KnownProject] = ()
    purse: Purse = field(default_factory=Purse)
    can_share_place: bool = True
    """Whether the chat can tell where somebody is."""

    @property
    def today(self) -> date:
        """The calendar day of the message."""
        return self.now.date()


@dataclass(frozen=True)
class Fills:
    """The answer: one value, or several that were said in one breath."""

    values: dict[str, Any]


@dataclass(frozen=True)
class Opens:
    """Another question is to be asked (again)."""

    key: str


@dataclass(frozen=True)
class Again:
    """Not an answer; the reason is said, and the question stays."""

    reason: str


@dataclass(frozen=True)
class NotMine:
    """Words that are not meant for this question at all."""


Reading = Fills | Opens | Again | NotMine


@dataclass(frozen=True)
class Option:
    """A button of a question."""

    label: str
    means: Fills | Opens


Options = tuple[tuple[Option, ...], ...]


@dataclass(frozen=True)
class Prompt:
    """How a question reads, with its buttons."""

    body: Text
    options: Options = ()


class Question(Generic[T]):
    """One question: `of` is the type of its value, `skip` the value where it is passed over."""

    of: ClassVar[Any]
    key: str
    skip: Any = None
    optional: bool = False
    """Asked only when it is opened."""
    is_card: bool = False
    reads_numbers: bool = False
    """A number is an answer of its own, so it does not count as a button's."""
    needs: ClassVar[frozenset[str]] = frozenset()
    """What of the actor is loaded to read its answer: "people", "projects", "purse"."""
    needs_to_show: ClassVar[frozenset[str]] = frozenset()

    def show(self, view: View) -> Prompt:
        """How it is asked."""
        raise NotImplementedError

    def read(self, text: str, view: View) -> Reading:
        """What the words mean as its answer."""
        raise NotImplementedError

    def echo(self, value: T, view: View) -> str:  # noqa: ARG002
        """An answer in few words, for the line under the question; empty: it goes without saying."""
        return ""

    def fills(self, value: T) -> Fills:
        """The reading that this value is the answer."""
        return Fills({self.key: value})


Talk = Generator[Question[Any], Any, D]
Flow = Callable[[], Talk[Any]]


def ask(question: Question[T]) -> Generator[Question[Any], Any, T]:
    """Ask within a flow: yields the question and returns its answer."""
    answer: T = yield question
    return answer


@cache
def _codec(of: Any) -> TypeAdapter[Any]:
    return TypeAdapter(of)


@dataclass(frozen=True)
class Scene:
    """Where a talk stands: the open question, or its decision once all is answered."""

    question: Question[Any] | None = None
    decision: Any = None
    asked: tuple[str, ...] = ()
    was: Any = None
    offered: str = ""
    questions: dict[str, Question[Any]] = field(default_factory=dict)

    def _type_of(self, key: str, value: Any) -> Any:
        """What a question takes; of one that is still to be asked, what it is given."""
        return self.questions[key].of if key in self.questions else type(value)

    def entries(self, fills: Fills) -> Log:
        """The values as they stand in a log."""
        return tuple(
            (key, _codec(self._type_of(key, value)).dump_python(value, mode="json"))
            for key, value in fills.values.items()
        )


@dataclass
class _Answers:
    given: dict[str, Any] = field(default_factory=dict)
    said: dict[str, Any] = field(default_factory=dict)
    opened: str = ""
    offered: str = ""

    def note(self, key: str, value: Any) -> None:
        if key == OFFERED:
            self.offered = value
            return
        self.offered = ""
        if key == GIVEN:
            self.given = value
        elif key == OPEN:
            self.opened = value
        else:
            self.said[key] = value
            self.opened = "" if self.opened == key else self.opened

    def of(self, question: Question[Any]) -> tuple[bool, Any]:
        raw = self.said.get(question.key, self.given.get(question.key))
        if raw is None:
            return False, None
        return True, _codec(question.of).validate_python(raw)


def answered(values: dict[str, tuple[Any, Any]]) -> Log:
    """Answers as they stand in a log, from key -> (type, value)."""
    return tuple((key, _codec(of).dump_python(value, mode="json")) for key, (of, value) in values.items())


def given(values: dict[str, tuple[Any, Any]]) -> Log:
    """The first entry of a log: what is known from the start, as key -> (type, value)."""
    return ((GIVEN, dict(answered(values))),)


def replay(flow: Flow, log: Sequence[Sequence[Any]], *, as_it_stands: bool = False) -> Scene:
    """Play a talk from its log to the open question or the decision; as it stands: all the rest is skipped."""
    answers = _Answers()
    for key, said in log:
        answers.note(key, said)
    asked: list[str] = []
    questions: dict[str, Question[Any]] = {}
    talk = flow()
    value: Any = None
    try:
        while True:
            question = talk.send(value)
            questions[question.key] = question
            is_answered, value = answers.of(question)
            is_opened = question.key == answers.opened and not as_it_stands
            if question.key not in answers.given and (is_answered or not question.optional):
                asked.append(question.key)
            if is_answered and not is_opened:
                continue
            if not is_opened and (question.optional or as_it_stands):
                value = question.skip
                continue
            return Scene(question, None, tuple(asked), value, answers.offered, questions)
    except StopIteration as end:
        return Scene(None, end.value, tuple(asked), None, "", questions)


def step_back(scene: Scene) -> Opens | None:
    """The question before the open one; None at the first."""
    if scene.question is None:
        return None
    before = [key for key in scene.asked if key != scene.question.key]
    return Opens(before[-1]) if before else None


def typed_option(text: str, options: Options, *, by_number: bool = False) -> Option | None:
    """The button whose words were typed, or its number where several stand there."""
    said = fold(text)
    flat = [option for row in options for option in row]
    if by_number and len(flat) > 1 and said in _NUMBERS[: len(flat)]:
        return flat[_NUMBERS.index(said)]
    return next((option for option in flat if fold(option.label) == said), None)
