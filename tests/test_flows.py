"""A flow is a plain generator: it sees values, and from the same answers it always comes to the same end."""

from __future__ import annotations

import ast
import inspect
import json
from dataclasses import asdict, is_dataclass
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from handlers.conversation import replay
from handlers.stage import STAGE

LOGS = Path(__file__).parent / "logs"
FORBIDDEN = {"datetime", "random", "uuid", "os", "open", "desk", "tx", "storage", "environ", "await"}


def plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date | time) else value


def as_known_then(value: Any, kept: Any) -> Any:
    """The value without what came to be told since, which is empty."""
    if isinstance(value, dict) and isinstance(kept, dict):
        return {key: as_known_then(item, kept.get(key)) for key, item in value.items() if key in kept or item}
    if isinstance(value, list) and isinstance(kept, list) and len(value) == len(kept):
        return [as_known_then(*pair) for pair in zip(value, kept, strict=True)]
    return value


@pytest.mark.parametrize("name", STAGE.scripts)
def test_a_flow_reads_no_clock_and_no_storage(name: str) -> None:
    play = STAGE.scripts[name].play
    assert inspect.isgeneratorfunction(play)
    tree = ast.parse(inspect.getsource(play))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert not names & FORBIDDEN
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Await | ast.AsyncFor | ast.AsyncWith)]


@pytest.mark.parametrize("path", sorted(LOGS.glob("*.json")), ids=lambda p: p.stem)
def test_a_log_that_was_once_written_replays_for_ever(path: Path) -> None:
    kept = json.loads(path.read_text(encoding="utf-8"))
    scene = replay(STAGE.scripts[kept["flow"]].play, kept["log"])
    assert as_known_then(plain(scene.decision), kept["decision"]) == kept["decision"]


def test_every_flow_has_a_log_that_is_kept() -> None:
    assert {json.loads(p.read_text(encoding="utf-8"))["flow"] for p in LOGS.glob("*.json")} == set(STAGE.scripts)
