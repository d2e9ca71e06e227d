"""docs/transcript.md, made by playing the demo: `python -m tests.transcripts` writes it anew."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from bot import demo
from storage.database import Database, sqlite_url
from tests.bot.telegram_stage import TelegramStage, telegram_stage
from tests.readme import ROOT, played
from tests.stage import at

FILE = ROOT / "docs" / "transcript.md"
HEAD = """# A day and the morning after

What an actor reads, as the demo plays it (`./start demo`). A test makes this page and fails when it is not true
any more; `python -m tests.transcripts` writes it anew.
"""
# What the console does by a number or by moving its clock, on Telegram.
TAPS = {"3": "Another line", "1": "Sent", "save": "Save", "monday": "Monday", "sent": "Sent"}
MOMENTS = ("2026-11-20 09:05", "2026-11-21 09:05", "2026-11-23 09:05")


async def on_telegram(database: Database) -> str:
    """The same day over Telegram: what is typed and tapped, and each message as it comes or changes."""
    moments = iter(MOMENTS)
    lines: list[str] = []
    seen: dict[int, tuple[str, str]] = {}
    async with telegram_stage(database, demo.BEGINS) as stage:
        for line in demo.LINES:
            if line.startswith("!"):
                moment = next(moments)
                await stage.comes(moment)
                lines.append(f"-- {moment} --")
            elif label := TAPS.get(line):
                await _tap(stage, label)
                lines.append(f"> [{label}]")
            else:
                await stage.nora.writes(line)
                lines.append("\n".join(f"> {part}" for part in line.split("\n")))
            lines += _came(stage, seen)
    return "\n\n".join(lines)


def _came(stage: TelegramStage, seen: dict[int, tuple[str, str]]) -> list[str]:
    """The messages that are new on the screen, and those that read otherwise than before."""
    came: list[str] = []
    for shown in stage.nora.screen:
        buttons = "\n".join(" ".join(f"[{label}]" for label, _ in row) for row in shown.buttons)
        now = (shown.text, buttons)
        before = seen.get(shown.message_id)
        seen[shown.message_id] = now
        if before is None:
            came.append("\n".join(part for part in now if part))
        elif before[0] != shown.text:
            came.append("\n".join(part for part in ("(same message)", *now) if part))
    return came


async def _tap(stage: TelegramStage, label: str) -> None:
    is_of_tess = label in ("Another line", "Sent") and stage.clock() < at(MOMENTS[1])
    await stage.nora.taps(label, on="Hi Tess" if is_of_tess else "")


def document(phone: str) -> str:
    """The whole page."""
    return f"{HEAD}\n## In the terminal\n\n```text\n{played()}\n```\n\n## On Telegram\n\n```text\n{phone}\n```\n"


async def make() -> str:
    """The page as the code makes it today."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder) / "transcript.db"))
        await database.upgrade()
        phone = await on_telegram(database)
        await database.close()
    return await asyncio.to_thread(document, phone)


if __name__ == "__main__":
    FILE.write_text(asyncio.run(make()), encoding="utf-8")
