"""The process, as whoever runs it meets it: started, asked, stopped."""

from __future__ import annotations

import asyncio
import io
import logging
import os
import re
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import logs
from bot.__main__ import main, parser
from bot.settings import Settings
from tests.bot.telegram_stage import TOKEN
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram

ROOT = Path(__file__).parents[2]
NO_SETTINGS: Mapping[str, str] = {}


@dataclass(frozen=True)
class Ended:
    """How a process ended, and what it wrote."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Place:
    """A home of its own for the processes of one test."""

    folder: Path

    async def start(
        self, *words: str, settings: Mapping[str, str] = NO_SETTINGS, stdin: int = DEVNULL, stdout: int = PIPE
    ) -> Process:
        """`python -m bot …`, with these settings and no others."""
        env = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        env |= {"HOME": str(self.folder), "XDG_DATA_HOME": str(self.folder / "data"), "TZ": "Europe/London"}
        command = (sys.executable, "-m", "bot", *words)
        return await asyncio.create_subprocess_exec(
            *command, stdin=stdin, stdout=stdout, stderr=PIPE, cwd=ROOT, env={**env, **settings}
        )

    async def run(self, *words: str, typed: str = "", settings: Mapping[str, str] = NO_SETTINGS) -> Ended:
        """Run it to its end."""
        return await ended(await self.start(*words, settings=settings, stdin=PIPE), typed)

    @asynccontextmanager
    async def listening(self, telegram: FakeTelegram, file: Path) -> AsyncIterator[Process]:
        """A bot that has begun to listen to Telegram."""
        process = await self.start("--db", str(file), settings=to(telegram))
        try:
            await telegram.until(lambda: telegram.polling.polls > 0, 10)
            yield process
        finally:
            if process.returncode is None:
                process.kill()
                await process.communicate()


async def ended(process: Process, typed: str = "") -> Ended:
    async with asyncio.timeout(20):
        out, err = await process.communicate(typed.encode() if process.stdin else None)
    assert process.returncode is not None
    return Ended(process.returncode, (out or b"").decode(), err.decode())


def to(telegram: FakeTelegram) -> dict[str, str]:
    """The settings that lead there."""
    return {"TELEGRAM_BOT_TOKEN": telegram.token, "TELEGRAM_API_URL": telegram.base_url.removesuffix("/bot")}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


# What is typed behind it


async def test_help_is_shown_and_a_setting_nobody_knows_is_one_line(place: Place) -> None:
    shown, wrong = await asyncio.gather(place.run("--help"), place.run("health", settings={"BUTTONHOOK_X": "1"}))
    assert (shown.code, shown.err) == (0, "")
    for command in ("run", "chat", "demo", "health", "slack-manifest"):
        assert re.search(rf"(?m)^    {command}\s+[a-z]", shown.out), f"{command} is explained"
    assert wrong.code == 2
    assert wrong.err.startswith("BUTTONHOOK_X is no setting")
    assert wrong.err.count("\n") == 1


@pytest.mark.parametrize("command", ["run", "chat", "demo", "health"])
def test_every_command_has_its_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        parser().parse_args([command, "--help"])
    assert end.value.code == 0
    assert "--db FILE" in capsys.readouterr().out


@pytest.fixture
def here(place: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., int]]:
    """`main()` in this process, which is quicker: give it the words, and what is typed."""
    root = logging.getLogger()
    handlers, levels = list(root.handlers), {one: one.level for one in (root, *map(logging.getLogger, logs.QUIET))}
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(place.folder / "data"))

    def run(*words: str, typed: str = "") -> int:
        monkeypatch.setattr("sys.argv", ["bot", *words])
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        return main()

    yield run
    root.handlers[:] = handlers
    for one, level in levels.items():
        one.setLevel(level)


@pytest.mark.parametrize("words", [("--at", "half past four"), ("--at", "2026-02-30 09:00"), ("--zone", "Mars")])
def test_wrong_words_are_one_line(
    here: Callable[..., int], words: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert here("chat", *words) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"{words[0]}: ")
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    "words", [("--db", "{}", "chat"), ("chat", "--db", "{}"), ("--db", "{}"), ("run", "--db", "{}")]
)
def test_the_file_may_stand_before_the_command_or_behind_it(
    here: Callable[..., int], place: Place, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    file = place.folder / "mine.db"
    assert here(*(word.format(file) for word in words), typed="/start\n") == 0
    assert "How do you sign your notes?" in capsys.readouterr().out
    assert file.exists()
    assert not (place.folder / "data").exists(), "nothing is kept anywhere else"


def test_without_a_token_it_is_the_console(here: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert here("run", typed="/start\n") == 0
    shown = capsys.readouterr().out
    assert shown.startswith("No chat token is set, so this is the console.")


@pytest.mark.parametrize("name", ["junk.db", ".", "junk.db/below.db"])
def test_a_file_that_is_no_database_is_one_line(
    here: Callable[..., int], place: Place, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    junk = place.folder / "junk.db"
    junk.write_text("Copper Falls, Nurse Ray\n" * 50)
    assert here("chat", "--db", str(place.folder / name), typed="/start\n") == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert junk.read_text().startswith("Copper Falls"), "it was left as it was"


# The console through a pipe

LOG = """/start
Nora Castellane
la
9
/news Just wrapped a guest star on Harbor Lights
/news Reading of Second Wind tonight at the Elm Room
/news Salt Year, a short I lead, at the Cedar Point Film Festival sat dec 5
/news New headshots by Ada Alder
/news Signed with Fir Talent for commercials
/audition Copper Falls, Nurse Ray, co-star
Tess Quillan and her associate Jo Fenwick
shes running the turkey trot thurs w her dad
just started banjo, neighbors hate it
save
!fri 9:05
1
sent
!sat 12:00
/followups
"""


async def test_a_piped_day_brings_both_follow_ups_and_a_quiet_saturday(place: Place) -> None:
    file = ("--db", str(place.folder / "console.db"))
    found = await place.run(
        "chat", *file, "--at", "2026-11-19 16:12", "--zone", "America/Los_Angeles", "--fresh", typed=LOG
    )
    assert (found.code, found.err) == (0, "")
    thursday, friday, saturday = re.split(r"-- (?:Fri, Nov 20|Sat, Nov 21), [0-9:]+ [ap]m --\n", _whole_days(found.out))
    assert "follow-ups come tomorrow at 9:00 am" in " ".join(thursday.split())

    cards = friday.partition("Sent to")[0]
    tess, jo = cards.split("2 of 2")
    for card, name, hook in ((tess, "Tess", "Turkey Trot"), (jo, "Jo", "banjo")):
        assert card.count("•") <= 3
        card = " ".join(card.split())  # noqa: PLW2901 - as if the screen were wider
        assert f"Hi {name}," in card
        assert "Nurse Ray" in card
        assert "yesterday" in card
        assert hook in card
        assert "Salt Year" in card
        assert "Second Wind" not in card, "that was last night"
        assert "Nora Castellane" in card
    assert "banjo" not in tess
    assert "Turkey" not in jo
    assert re.findall(r"Sent to ([A-Z]\w+)", friday) == ["Tess", "Jo"]

    assert saturday.startswith("\nNothing due.")
    assert "To send" not in saturday


def _whole_days(out: str) -> str:
    """The screen with one head a day: Friday shows 9:00 and then 9:05."""
    return re.sub(r"-- Fri, Nov 20, 9:05 am --\n", "", out)


async def test_who_reads_only_the_first_lines_hears_no_complaint(place: Place) -> None:
    read, write = os.pipe()
    os.close(read)  # as `| head` does when it has had enough
    file = ("--db", str(place.folder / "console.db"))
    process = await place.start("chat", *file, stdin=PIPE, stdout=write)
    os.close(write)
    found = await ended(process, "/start\nNora Castellane\nla\n")
    assert (found.code, found.err) == (0, "")


# Running


async def test_one_process_runs_well_from_its_start_to_sigterm(place: Place) -> None:
    file = place.folder / "bot.db"
    before = await place.run("health", "--db", str(file))
    assert (before.code, before.err) == (1, "Not running yet.\n")
    async with FakeTelegram(TOKEN) as telegram, place.listening(telegram, file) as process:
        nora = telegram.person(7)
        nora.write("/start")
        await telegram.until(lambda: "How do you sign" in nora.transcript)
        await telegram.until(lambda: not telegram.unconfirmed)

        health, second = await asyncio.gather(place.run("health", "--db", str(file)), place.run("--db", str(file)))
        assert (health.code, health.err) == (0, "")
        assert second.code == 2
        assert second.err == f"Another Buttonhook is using {file}. Stop it, or give another --db.\n"

        for _ in range(20):
            nora.write("/help")
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            found = await ended(process)
        assert found.code == 0
        assert TOKEN not in found.out + found.err
        assert "Traceback" not in found.err


async def test_telegram_and_slack_side_by_side_are_one_actor_once_linked(place: Place) -> None:
    file = place.folder / "bot.db"
    async with FakeTelegram(TOKEN) as telegram, FakeSlack() as slack:
        settings = to(telegram) | {
            "SLACK_BOT_TOKEN": slack.home.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_API_URL": slack.api_url,
        }
        process = await place.start("--db", str(file), settings=settings)
        try:
            await slack.until(lambda: slack.connections > 0, 30)
            here, there = telegram.person(7), slack.person("U0NORA")
            here.write("/link")
            await telegram.until(lambda: "/link " in here.transcript, 30)
            code = re.findall(r"/link ([A-Z0-9]{4}-[A-Z0-9]{4})", here.transcript)[-1]
            there.slash("/link", code)
            await telegram.until(lambda: "Is that you?" in here.transcript, 30)
            here.tap("Yes, join")
            await slack.until(lambda: "Joined with Telegram" in there.transcript, 30)
            assert (await place.run("health", "--db", str(file), settings=settings)).code == 0
            process.send_signal(signal.SIGTERM)
            found = await ended(process)
        finally:
            if process.returncode is None:
                process.kill()
                await process.communicate()
    assert found.code == 0
    assert not any(token in found.out + found.err for token in (TOKEN, slack.home.bot_token, slack.app_token))
    assert "Traceback" not in found.err


@pytest.mark.chaos  # the same over Telegram is below
async def test_a_slack_token_that_slack_does_not_know_is_one_line(place: Place) -> None:
    async with FakeSlack() as slack:
        settings = {"SLACK_BOT_TOKEN": "xoxb-nobody-knows", "SLACK_APP_TOKEN": slack.app_token}
        found = await place.run(
            "--db", str(place.folder / "a.db"), settings=settings | {"SLACK_API_URL": slack.api_url}
        )
    assert found.code == 2
    assert found.err.splitlines()[-1].startswith("SLACK_BOT_TOKEN: ")
    assert "xoxb-nobody" not in found.err
    assert "Traceback" not in found.err


async def test_sigterm_ends_it_well_while_it_waits_for_the_network(place: Place) -> None:
    telegram = FakeTelegram(TOKEN)
    await telegram.start()
    await telegram.stop()
    process = await place.start("--db", str(place.folder / "bot.db"), settings=to(telegram))
    assert process.stderr
    async with asyncio.timeout(10):
        while b"not reached" not in await process.stderr.readline():
            pass
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(10):
        found = await ended(process)
    assert found.code == 0
    assert "Traceback" not in found.err


async def test_a_token_that_telegram_does_not_know_is_one_line(place: Place) -> None:
    async with FakeTelegram(TOKEN) as telegram:
        settings = to(telegram) | {"TELEGRAM_BOT_TOKEN": f"{TOKEN[:-1]}x"}
        found = await place.run("--db", str(place.folder / "bot.db"), settings=settings)
    assert found.code == 2
    assert found.err.splitlines()[-1].startswith("TELEGRAM_BOT_TOKEN: ")
    assert TOKEN[:-1] not in found.err
    assert "Traceback" not in found.err
