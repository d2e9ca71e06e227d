"""Whatever is asked in front of others is answered in the direct message; the channel sees nothing of it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from storage.database import Database, sqlite_url
from tests.bot.slack_stage import Person, SlackStage, slack_stage
from tests.fakes.slack import Channel, Delivery, Shown

NORAS, DANAS = "Zubakex", "Zumorux"
TOLD = f"{NORAS} Falls, Nurse {NORAS}, co-star. Read for Tess {NORAS}. the banjo {NORAS}"


def is_private(text: str) -> bool:
    return "zu" in text.casefold()


@pytest.fixture(scope="module")
def told_file(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which Nora has an audition of which nobody must hear."""
    path = Path(shutil.copy(empty_file, tmp_path_factory.mktemp("private") / "told.db"))

    async def play() -> None:
        database = Database(sqlite_url(path))
        async with slack_stage(database) as stage:
            await logs(stage.nora, NORAS)
        await database.close()

    asyncio.run(play())
    return path


@pytest.fixture
async def stage(told_file: Path, tmp_path: Path) -> AsyncIterator[SlackStage]:
    """The bot was started anew since."""
    database = Database(sqlite_url(Path(shutil.copy(told_file, tmp_path / "told.db"))))
    async with slack_stage(database, now="2026-11-19 17:10") as stage:
        stage.slack.world.counted = 1000
        yield stage
        assert stage.slack.public == []
    await database.close()


async def logs(person: Person, word: str) -> None:
    """One audition, each part with a word that nobody else says."""
    await person.writes("/start")
    for words in (f"/audition {word} Falls, Nurse {word}", f"Tess {word}", f"the banjo {word}", "save"):
        await person.writes(words)
    assert "Saved." in person.last.text


@dataclass
class Place:
    """Somewhere with others in it."""

    stage: SlackStage
    channel: Channel
    others: list[Person]

    def whispers(self, person: Person) -> list[Shown]:
        """What the bot shows one person there."""
        return [shown for shown in person.client.sees(self.channel) if shown.by == self.channel.team.bot_user]

    async def takes(self, person: Person, act: Delivery, lines: int = 1) -> str:
        """Let somebody act there: one line for them alone, nothing for the others; returns what the two of us said."""
        before, shown = self._seen(), len(person.screen)
        await person.does(act)
        came = self.whispers(person)[len(before.pop(person.client.id)[0]) :]
        assert len(came) == lines, came
        assert all(one.ephemeral and "\n" not in one.text and not one.buttons for one in came)
        assert not any(is_private(one.text + one.fallback) for one in came)
        after = self._seen()
        assert before == {id_: after[id_] for id_ in before}
        return "\n".join(" ".join([one.text, *(label for label, _ in one.buttons)]) for one in person.screen[shown:])

    def _seen(self) -> dict[str, tuple[list[Shown], list[Shown]]]:
        """What each one sees of us: here, and in the direct message."""
        return {one.client.id: (self.whispers(one), one.screen) for one in (self.stage.nora, *self.others)}


KINDS = ("channel", "group", "mpim")


def place(stage: SlackStage, kind: str = "channel", *, has_bot: bool = True, shared: bool = False) -> Place:
    """A channel with Nora and two others."""
    others = [stage.person("U0DANA", "Dana Vale"), stage.person("U0SOL", "Sol Marrick")]
    members = [stage.nora.client, *(other.client for other in others)]
    name = f"{'D' if kind == 'im' else 'C'}0{kind.upper()}{'' if has_bot else 'NOBOT'}"
    channel = stage.slack.channel(name, kind=kind, members=members, has_bot=has_bot, shared=shared)
    return Place(stage, channel, others)


MENTIONS: dict[str, str] = {
    "with no words": " ",
    "a greeting": "hi there",
    "a command": "followups",
    "a command with its slash": "/auditions",
    "a command with words": f"audition {NORAS} Ferry, Wife",
    "a whole audition": TOLD,
    "the answer to the open question": f"Jo {NORAS}",
}


async def test_a_mention_is_answered_in_the_direct_message(stage: SlackStage) -> None:
    for kind, mentions in ((KINDS[0], MENTIONS), *((kind, {"a command": "auditions"}) for kind in KINDS[1:])):
        there, nora = place(stage, kind), stage.nora
        for name, words in mentions.items():
            assert await there.takes(nora, nora.client.mention(there.channel, words)), name
            assert "direct message" in there.whispers(nora)[-1].text
    assert NORAS in await there.takes(nora, nora.client.mention(there.channel, "followups"))


async def test_a_mention_in_a_thread_is_too(stage: SlackStage) -> None:
    there, nora = place(stage), stage.nora
    sol = there.others[1].client
    sol.write("who has the sides?", channel=there.channel)
    parent = there.channel.seen_by(sol)[-1].ts
    assert NORAS in await there.takes(nora, nora.client.mention(there.channel, "auditions", thread=parent))
    assert nora.last.thread == ""


@pytest.mark.parametrize("has_bot", [True, False], ids=["with the bot", "without it"])
async def test_a_command_is_answered_there_too(stage: SlackStage, has_bot: bool) -> None:
    nora, commands = stage.nora, (("/followups", ""), ("/buttonhook", "auditions"), ("/audition", TOLD))
    for kind, (name, words) in zip(KINDS, commands, strict=True):
        there = place(stage, kind, has_bot=has_bot)
        assert NORAS in await there.takes(nora, nora.client.slash(name, words, channel=there.channel)), name
    await there.takes(nora, nora.client.slash("/audition", channel=there.channel))


async def test_a_command_in_the_direct_message_of_two_others_too(stage: SlackStage) -> None:
    there, nora = place(stage, "im", has_bot=False), stage.nora
    await nora.writes("hi")
    assert NORAS in await there.takes(nora, nora.client.slash("/followups", channel=there.channel))


async def test_even_after_a_restart_before_anything_was_said(stage: SlackStage) -> None:
    there, nora = place(stage, "im", has_bot=False), stage.nora
    assert NORAS in await there.takes(nora, nora.client.slash("/followups", channel=there.channel))


async def test_the_modal_and_the_shortcuts_are_seen_by_the_one_who_asked(stage: SlackStage) -> None:
    there, nora = place(stage), stage.nora
    await there.takes(nora, nora.client.slash("/audition", channel=there.channel))
    await nora.does(nora.client.fills("Project", f"{NORAS} Ferry"))
    await nora.does(nora.client.submits())
    assert "Saved." in nora.last.text
    there.others[0].client.write(f"{DANAS} Lights, Dana, guest star", channel=there.channel)
    words = f"{DANAS} Lights, Dana, guest star"
    await there.takes(nora, nora.client.message_shortcut("log_message", words, channel=there.channel), lines=0)
    assert nora.client.modal
    assert nora.client.modal.value("Project") == f"{DANAS} Lights"
    await there.takes(nora, nora.client.submits(), lines=0)
    await there.takes(nora, nora.client.shortcut("log_audition"), lines=0)
    assert nora.client.modal
    assert not any(other.client.modal for other in there.others)


async def test_a_button_in_a_channel_is_no_way_in(stage: SlackStage) -> None:
    there, nora = place(stage), stage.nora
    for data in ("note:1:show", "undo:1", "audition:1:open", "do:auditions", "t:1:1:0"):
        assert await there.takes(nora, nora.client.tap_data(data, channel=there.channel)) == ""


async def test_what_others_write_there_is_no_business_of_ours(stage: SlackStage) -> None:
    there, before = place(stage), len(stage.slack.deliveries)
    stage.slack.subscriptions.update({"message.channels", "message.groups", "message.mpim"})  # a manifest of their own
    acts: list[Callable[[], Delivery]] = [
        lambda: there.others[0].client.write("followups", channel=there.channel),
        lambda: stage.nora.client.write(TOLD, channel=there.channel),
    ]
    for act in acts:
        assert await there.takes(stage.nora, act(), lines=0) == ""
    assert len(stage.slack.deliveries) == before + 2


async def test_somebody_of_another_workspace_finds_no_door_in_a_shared_channel(stage: SlackStage) -> None:
    there, elsewhere = place(stage, shared=True), stage.slack.team("T0ELSE", name="Elsewhere")
    ida = stage.person("U0IDA", "Ida Fenn", team=elsewhere)
    there.channel.members.append(ida.client.id)
    there.others.append(ida)
    for words in ("followups", TOLD, " "):
        assert await there.takes(ida, ida.client.mention(there.channel, words)) == ""
    assert NORAS in await there.takes(stage.nora, stage.nora.client.mention(there.channel, "followups"))


async def test_two_in_one_channel_under_one_name_each_get_their_own(stage: SlackStage) -> None:
    there, nora = place(stage), stage.nora
    twin = stage.person("U0TWIN", "Nora Castellane")
    there.channel.members.append(twin.client.id)
    there.others.append(twin)
    await logs(twin, DANAS)
    for asks, own, other in ((nora, NORAS, DANAS), (twin, DANAS, NORAS)):
        told = await there.takes(asks, asks.client.mention(there.channel, "followups"))
        told += await there.takes(asks, asks.client.slash("/auditions", channel=there.channel))
        assert own in told
        assert other not in told
    both = nora.client.mention(there.channel, "auditions"), twin.client.mention(there.channel, "auditions")
    await stage.takes(*both)
    assert not any(DANAS in shown.text for shown in nora.client.screen)
    assert not any(NORAS in shown.text for shown in twin.client.screen)


async def test_one_id_in_two_workspaces_is_two_people(database: Database) -> None:
    async with slack_stage(database, teams=["T0STUDIO"]) as stage:
        here, there = stage.nora, stage.person("U0NORA", "Nora Vale", team=stage.slack.team("T0STUDIO"))
        assert here.client.dm.id != there.client.dm.id
        await logs(here, NORAS)
        await logs(there, DANAS)
        for person in (here, there):
            await person.does(person.client.opens_home())
            await person.writes("/auditions")
            await person.does(person.client.slash("/audition"))
            await person.client.searches("Who was in the room?", "tess")
        await stage.comes("2026-11-20 09:05")
        for person, foreign in ((here, DANAS), (there, NORAS)):
            found = [option["text"]["text"] for options in person.client.stack[-1].found.values() for option in options]
            read = "\n".join([person.client.transcript, person.client.home, *found])
            assert read.count("Hi Tess") == 1
            assert foreign not in read
            assert len(found) == 2
