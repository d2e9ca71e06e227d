"""What an actor types of the way of a project, read."""

from __future__ import annotations

from handlers.casting.line import CastingLine
from handlers.conversation import View


def read_casting(text: str, view: View) -> CastingLine | None:  # noqa: ARG001
    """The step that a line tells of; None where it tells of none."""
    return None


def read_command(stage: str, rest: str, view: View) -> CastingLine:  # noqa: ARG001
    """The step of a command, with the words behind it."""
    return CastingLine(stage, project=rest)
