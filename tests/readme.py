"""What is made from the code in the documents, and Slack's manifest: `python -m tests.readme` writes them anew."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from bot import demo
from bot.settings import Settings
from bot.slack.manifest import manifest_text
from handlers.commands import COMMANDS

ROOT = Path(__file__).parents[1]


def commands_table() -> str:
    rows = [f"| `/{c.word}` | {c.description} |" for c in COMMANDS if c.listed]
    return "\n".join(("| command | what it does |", "| --- | --- |", *rows))


def settings_table() -> str:
    rows = []
    for name, field in Settings.model_fields.items():
        default = f"`{field.default}`" if field.default else ""
        rows.append(f"| `{name.upper()}` | {field.description} | {default} |")
    return "\n".join(("| setting | what it is | default |", "| --- | --- | --- |", *rows))


def played(last: int | None = None, first: int = 0) -> str:
    """The demo as the terminal shows it."""
    lines: list[str] = []
    asyncio.run(demo.play(None, lines.append))
    return "\n".join(lines).strip()


def morning() -> str:
    """The part that the README shows: the log and the follow-ups."""
    day = played()
    begin, end = day.index("> /audition"), day.index("> /followups")
    return f"```text\n{day[begin:end].strip()}\n```"


def filled(text: str) -> str:
    """A document with its made parts as they should be."""
    parts = {"commands": commands_table, "settings": settings_table, "transcript": morning}
    for name, make in parts.items():
        shape = re.compile(rf"<!-- {name} -->\n.*?<!-- /{name} -->", re.DOTALL)
        if shape.search(text):
            begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
            text = text[: text.index(begin) + len(begin)] + make() + "\n" + text[text.index(end) :]
    return text


if __name__ == "__main__":
    (ROOT / "manifest.yaml").write_text(manifest_text(), encoding="utf-8")
    readme = ROOT / "README.md"
    readme.write_text(filled(readme.read_text(encoding="utf-8")), encoding="utf-8")
