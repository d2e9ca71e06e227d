"""What a line about a project does not tell: which stage it means, whether it is a booking, which project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.casting import steps
from handlers.casting.line import CastingLine
from handlers.casting.reading import read_casting
from handlers.casting.stages import is_stage, stage, stage_called
from handlers.conversation import Again, NotMine, Option, Prompt, Question, Reading, Talk, View, ask
from handlers.desk import Desk, OpenTalk
from handlers.reading.known_titles import LONGEST_TITLE, KnownProject, close_to, is_title
from handlers.reading.people import fold
from handlers.reading.spelling import titled
from handlers.scripts import Begin

MOST_OFFERED, MOST_WORDS, LONGEST_LABEL = 5, 8, 40
NOTHING = "Nothing"
_NO_STAGE = {"confirm": "Confirmed", "decline": "Declined", "good_read": "A good read"}


@dataclass(frozen=True)
class Named:
    """A project: known, or new by its title; neither where there is none."""

    title: str = ""
    id: int | None = None


class TheLine(Question[CastingLine]):
    """What was told; nobody is asked for it."""

    of = CastingLine
    key = "line"
    optional = True
    skip = CastingLine("")


class WhichStage(Question[str]):
    """The stage that the words mean."""

    of = str
    key = "stage"
    skip = ""

    def __init__(self, line: CastingLine) -> None:
        self.line = line

    def show(self, view: View) -> Prompt:  # noqa: ARG002
        options = [Option(label_of(key), self.fills(key)) for key in (*self.line.maybe, "")]
        about = f"{self.line.project}: " if self.line.project else ""
        return Prompt((f"{about}what is it?" if about else "What is it?",), (tuple(options),))

    def read(self, text: str, view: View) -> Reading:  # noqa: ARG002
        found = stage_called(text)
        return self.fills(found.key) if found else NotMine()


def label_of(key: str) -> str:
    """A stage as a button has it: "Avail check"."""
    if not key:
        return NOTHING
    label = stage(key).label if is_stage(key) else _NO_STAGE.get(key, key.replace("_", " "))
    return label[:1].upper() + label[1:]


class IsBooking(Question[bool]):
    """Whether a loose word means a booking."""

    of = bool
    key = "booking"
    skip = False

    def __init__(self, line: CastingLine) -> None:
        self.line = line

    def show(self, view: View) -> Prompt:  # noqa: ARG002
        options = (Option("A booking", self.fills(True)), Option("Not a booking", self.fills(False)))  # noqa: FBT003
        about = f"{self.line.project}: " if self.line.project else ""
        return Prompt((f"{about}{'a' if about else 'A'} booking, with dates and a contract?",), (options,))

    def read(self, text: str, view: View) -> Reading:  # noqa: ARG002
        word = fold(text).strip(".!")
        if word in ("yes", "y", "yep", "yeah", "booking", "its a booking"):
            return self.fills(True)  # noqa: FBT003
        return self.fills(False) if word in ("no", "n", "nope", "not yet") else NotMine()  # noqa: FBT003


class WhichProject(Question[Named]):
    """The project: one of those that are known, or a new title."""

    of = Named
    key = "project"
    skip = Named()
    needs = frozenset({"people", "projects"})
    needs_to_show = frozenset({"projects"})

    def __init__(self, line: CastingLine) -> None:
        self.line = line

    def show(self, view: View) -> Prompt:
        rows = [(Option(p.title[:LONGEST_LABEL], self.fills(Named(p.title, p.id))),) for p in self._offered(view)]
        return Prompt((f"{label_of(self.line.stage)}: which project?",), tuple(rows))

    def _offered(self, view: View) -> Sequence[KnownProject]:
        if self.line.candidates:
            return [p for p in view.projects if p.id in self.line.candidates][:MOST_OFFERED]
        return list(reversed(view.projects))[:MOST_OFFERED]

    def read(self, text: str, view: View) -> Reading:
        said = " ".join(text.split()).strip(" .!")
        known = next((p for p in view.projects if fold(p.title) == fold(said)), None) or close_to(said, view.projects)
        if known:
            return self.fills(Named(known.title, known.id))
        near = [p for p in self._offered(view) if fold(said) and set(fold(said).split()) <= set(fold(p.title).split())]
        if len(near) == 1:
            return self.fills(Named(near[0].title, near[0].id))
        line = read_casting(text, view)
        if line and (line.project_id or line.days or line.when):
            return NotMine()  # it tells another step
        if not is_title(said) or len(said.split()) > MOST_WORDS or len(said) > LONGEST_TITLE:
            return Again("Just its title, like Copper Falls.")
        return self.fills(Named(titled(said) if said == said.casefold() else said))


def step() -> Talk[CastingLine | None]:
    """One question, seldom two; None where nothing is to be kept."""
    line = yield from ask(TheLine())
    if line.doubt == "stage":
        line = replace(line, stage=(yield from ask(WhichStage(line))))
    elif line.doubt == "booking" and not (yield from ask(IsBooking(line))):
        line = replace(line, stage=line.maybe[0] if line.maybe else "")
    if not line.stage:
        return None
    if line.project_id is None and not line.project and line.stage not in ("away", "good_read"):
        named = yield from ask(WhichProject(line))
        if not named.title:
            return None
        line = replace(line, project=named.title, project_id=named.id)
    return replace(line, doubt="", candidates=(), maybe=())


async def keep(desk: Desk, line: CastingLine | None, talk: OpenTalk) -> Begin | None:  # noqa: ARG001
    """Do what the line tells, now that it is clear."""
    if line is None:
        desk.say("Nothing kept.")
        return None
    return await steps.take(desk, line)
