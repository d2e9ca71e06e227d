"""The console: a chat in a terminal or a pipe, with a clock of its own that `!` moves."""

from __future__ import annotations

import asyncio
import re
import sys
import textwrap
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path, PurePath
from zoneinfo import ZoneInfo

from bot.assembly import Bot
from handlers.messages import Choice, Incoming, Message, Received, Rows, Sender
from handlers.reading.customs import country_of, customs_of, show_time
from handlers.reading.dates import When, read_when, zoned
from scheduler.wire import Document, Parcel, Unreachable

PLATFORM = "console"
WIDTH = 64
FILES = "files"
"""The folder beside the database into which files are written."""
YOU = Sender(PLATFORM, "you", "console")
_STEP = re.compile(r"\+\s*([0-9]{1,4})\s*(m|min|h|d|w)")
_WAITS = re.compile(r"t:|talk:|note:[0-9]+:(sent|show)|audition:[0-9]+:names|link:")
_STEPS = {"m": "minutes", "min": "minutes", "h": "hours", "d": "days", "w": "weeks"}


class MovableClock:
    """A clock that stands still at a given instant, or runs with the real one; both can be moved on."""

    def __init__(self, at: datetime | None, real: Callable[[], datetime]) -> None:
        self._real = real
        self._still = at
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        """Now, in UTC."""
        return self._still if self._still is not None else self._real() + self._ahead

    def move_to(self, moment: datetime) -> None:
        """Go on to an instant (UTC); never back."""
        if moment <= self():
            return
        if self._still is not None:
            self._still = moment
        else:
            self._ahead += moment - self()


class Screen:
    """The wire to the terminal: prints messages, numbers every button that can still be tapped, writes files."""

    def __init__(self, write: Callable[[str], None], folder: Path = Path(FILES)) -> None:
        self._print = write
        self._folder = folder
        self.reader_left: BrokenPipeError | None = None
        self._live: dict[str, dict[int, Choice]] = {}
        self.before_line: Callable[[], None] = lambda: None

    def _write(self, text: str) -> None:
        try:
            self._print(text)
        except BrokenPipeError as error:
            self.reader_left = error
            raise Unreachable from error

    def turn_page(self) -> None:
        """A new line was typed: the numbers of afterthoughts (Undo, lists) lapse, those of what waits stay."""
        self._live = {
            id_: numbers
            for id_, numbers in self._live.items()
            if any(_WAITS.match(choice.data) for choice in numbers.values())
        }

    async def send(self, parcel: Parcel) -> str:
        """Print a message; of a change only what is new, of one that tidies up nothing."""
        before = self._live.pop(parcel.replaces, {})
        if parcel.replaces and parcel.quiet:
            return parcel.replaces
        self.before_line()
        message_id = parcel.replaces or uuid.uuid4().hex
        message = parcel.message
        shown = Message((message.under,)) if parcel.replaces and message.under else message
        self._write("\n".join(_lines(shown)))
        if parcel.document:
            self._write(await asyncio.to_thread(_kept, parcel.document, self._folder))
        if message.choices:
            self._write("\n".join(self._number(message_id, message.choices, before)))
        self._write("")
        return message_id

    def tapped(self, text: str) -> str | None:
        """The data of the button with this number, where one still waits."""
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
        return next((numbers[number].data for numbers in self._live.values() if number in numbers), None)

    def _number(self, message_id: str, choices: Rows, before: dict[int, Choice]) -> list[str]:
        """The buttons with their numbers, which run on; those of a card that only changed its text stay."""
        flat = [choice for row in choices for choice in row]
        first = 1 + max((number for numbers in self._live.values() for number in numbers), default=0)
        if [choice.label for choice in before.values()] == [choice.label for choice in flat]:
            first = min(before)
        self._live[message_id] = dict(enumerate(flat, first))
        lines: list[str] = [""]
        for number, choice in self._live[message_id].items():
            item = f"{number} {choice.label}"
            if len(lines[-1]) + len(item) + 3 > WIDTH:
                lines.append("")
            lines[-1] += f"{'   ' if lines[-1] else ''}{item}"
        return lines


def _kept(document: Document, folder: Path) -> str:
    """Write a file into a folder, under a name that no other has there; returns what became of it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = _unused(folder, PurePath(document.name))
        path.write_bytes(document.content)
    except OSError as error:
        return f"It cannot be written to {folder}: {error.strerror}."
    return f"Written to {path}."


def _unused(folder: Path, name: PurePath) -> Path:
    names = (f"{name.stem} {number}{name.suffix}" if number > 1 else name.name for number in count(1))
    return next(path for path in (folder / one for one in names) if not path.exists())


def _lines(message: Message) -> list[str]:
    lines: list[str] = []
    text = ""
    for piece in (*message.body, f"\n\n{message.under}" if message.under else ""):
        if isinstance(piece, str):
            text += piece
        else:
            lines += _wrapped(text.strip("\n")) if text.strip() else []
            lines += ["", *_wrapped(piece.text, "  ")]
            text = ""
    if text.strip():
        lines += [*([""] if lines else []), *_wrapped(text.strip("\n"))]
    return lines


def _wrapped(text: str, indent: str = "") -> list[str]:
    """Lines no wider than the screen; what hangs under a bullet or a dash stands under its words."""
    lines: list[str] = []
    for line in text.split("\n"):
        hang = indent + ("  " if line.startswith(("• ", "– ")) else "")
        lines += textwrap.wrap(line, WIDTH, initial_indent=indent, subsequent_indent=hang) or [""]
    return lines


class Console:
    """One person at a terminal."""

    def __init__(
        self, bot: Bot, screen: Screen, clock: MovableClock, zone: ZoneInfo, write: Callable[[str], None]
    ) -> None:
        self._bot = bot
        self._screen = screen
        self._clock = clock
        self._zone = zone
        self._write = write
        self._said: datetime | None = None
        self._turn = asyncio.Lock()

    async def take(self, line: str) -> None:
        """One line typed: words, the number of a button, or a move of the clock."""
        async with self._turn:
            data = self._screen.tapped(line.strip())
            self._screen.turn_page()
            if line.startswith("!"):
                await self._move(line[1:].strip())
                return
            incoming = Incoming("tap", self._clock(), text=data) if data else Incoming("text", self._clock(), text=line)
            await self._bot.receive([Received(YOU, uuid.uuid4().hex, incoming)])
            await self._bot.settle()

        if self._screen.reader_left:
            raise self._screen.reader_left

    async def settle(self) -> None:
        """Say all that is owed at this moment of the clock."""
        async with self._turn:
            await self._bot.settle()

    async def _move(self, words: str) -> None:
        target = self._target(words)
        if target is None:
            self._write("Like !tomorrow 9:05, !+2h, !fri 19:00.\n")
        elif target <= self._clock():
            self._write("The clock only goes forward.\n")
        else:
            await self._play_until(target)

    async def _play_until(self, target: datetime) -> None:
        """What falls due on the way comes in order, each at its own moment."""
        came: list[bool] = []
        self._said = None

        def announce() -> None:
            came.append(True)
            if self._said != self._clock():
                self._announce()

        self._screen.before_line = announce
        await self._bot.pass_time(target, self._clock.move_to)
        self._screen.before_line = lambda: None
        if self._said != self._clock():
            self._announce()
        if not came:
            self._write("Nothing due.\n")

    def _announce(self) -> None:
        self._said = self._clock()
        self._write(f"-- {self.now_shown()} --\n")

    def now_shown(self) -> str:
        """The clock as the screen shows it: "Fri, Nov 20, 9:05 am"."""
        wall = self._clock().astimezone(self._zone)
        customs = customs_of(country_of(self._zone.key))
        day = f"{wall:%a} {wall.day} {wall:%b}" if customs.day_first else f"{wall:%a}, {wall:%b} {wall.day}"
        return f"{day}, {show_time(wall.time(), customs)}"

    def _target(self, words: str) -> datetime | None:
        if step := _STEP.fullmatch(words):
            return self._clock() + timedelta(**{_STEPS[step.group(2)]: int(step.group(1))})
        wall = self._clock().astimezone(self._zone).replace(tzinfo=None)
        when = read_when(words, wall, day_first=customs_of(country_of(self._zone.key)).day_first, look="future")
        if not isinstance(when, When):
            return None
        moment = zoned(datetime.combine(when.day, when.time or wall.time()), self._zone)
        is_past_today = moment <= self._clock() and when.day == wall.date()
        return moment + timedelta(days=1) if is_past_today else moment


async def run_piped(console: Console) -> None:
    """A plain line-in, text-out program that ends with its input."""
    while line := await asyncio.to_thread(sys.stdin.readline):
        await console.take(line.rstrip("\n"))
    await console.settle()


async def run_terminal(console: Console, history: str, words: list[str]) -> None:
    """A person at a terminal: history, completion, and nudges that leave the half-typed line whole."""
    from prompt_toolkit import PromptSession  # noqa: PLC0415 - 0.3 s that a pipe does not need
    from prompt_toolkit.completion import WordCompleter  # noqa: PLC0415
    from prompt_toolkit.history import FileHistory  # noqa: PLC0415
    from prompt_toolkit.patch_stdout import patch_stdout  # noqa: PLC0415

    completer = WordCompleter(words, sentence=True)
    session: PromptSession[str] = PromptSession("> ", history=FileHistory(history), completer=completer)
    with patch_stdout():
        ticking = asyncio.create_task(_tick(console))
        try:
            while True:
                await console.take(await session.prompt_async())
        except (EOFError, KeyboardInterrupt):
            ticking.cancel()


async def _tick(console: Console) -> None:
    while True:
        await asyncio.sleep(5)
        await asyncio.shield(console.settle())


def utc_of(at: str, zone: ZoneInfo) -> datetime:
    """`2026-11-19 16:12` on the wall of a zone, as an instant; raises ValueError."""
    return zoned(datetime.fromisoformat(at), zone).astimezone(UTC)
