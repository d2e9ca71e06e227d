"""Which of the steps that a line names it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.casting.line_steps import ACTIONS, NOTHING, Step, stands
from handlers.casting.lines import Line, is_mark
from handlers.casting.stages import is_stage, stage
from handlers.conversation import View

_TURNED = re.compile(r"\b(?:now|turned into|became)\b[^,.!?\ue000-\uefff]{0,20}$")


@dataclass
class Heard:
    """A line whose step is settled, with all the steps it names; `typed` behind a slash."""

    line: Line
    step: Step
    steps: Sequence[Step]
    view: View
    via: str
    typed: bool = False

    @property
    def letter(self) -> str:
        """What stands for the step."""
        return letter_of(self.line, self.step)

    @property
    def whole(self) -> str:
        """The text with the words of its steps in their places."""
        return "".join(f" {thing.text} " if isinstance(thing := self.line.of(c), Step) else c for c in self.line.text)


def letter_of(line: Line, step: Step) -> str:
    """The private letter that stands for a step."""
    return next(c for c in line.text if is_mark(c) and line.of(c) is step)


def choose(line: Line, steps: Sequence[Step], via: str, titles: frozenset[str]) -> Step | None:
    """Of the steps that stand the newest where one is told so, else the action, else the furthest stage."""
    named = [step for step in steps if step.key != NOTHING]
    live = [step for step in named if stands(line, letter_of(line, step), step, via=via, titles=titles)]
    if not live:
        return None
    newest = [step for step in live if _is_newest(line, step)]
    best = max(newest or live, key=lambda step: (_rank(step), not step.weak))
    same = [step for step in live if step.key == best.key]
    chosen = replace(best, number=max(s.number for s in same), weak=all(s.weak for s in same))
    line.marks[next(at for at, mark in enumerate(line.marks) if mark is best)] = chosen
    _give_back(line, named, chosen)
    return chosen


def _is_newest(line: Line, step: Step) -> bool:
    """Whether it is told as the turn: "they passed, but now it's a callback"."""
    return is_stage(step.key) and _TURNED.search(line.text[: line.text.find(letter_of(line, step))]) is not None


def _rank(step: Step) -> int:
    if step.key in ACTIONS:
        return 100 - ACTIONS.index(step.key)
    return stage(step.key).order if is_stage(step.key) else 0


def _give_back(line: Line, steps: Sequence[Step], chosen: Step) -> None:
    """Sides to bring are words again, where the line tells of another step."""
    for step in steps:
        if step.key == "sides" and chosen.key != "sides":
            line.text = line.text.replace(f" {letter_of(line, step)} ", step.text)
