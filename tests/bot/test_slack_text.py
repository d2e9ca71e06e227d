"""Any text whatever, wherever Slack lets it be typed: shown as typed, nothing in it fires, a way out stays."""

from __future__ import annotations

import json
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from logging import ERROR

import pytest

from handlers.worker import LONGEST_NAME
from storage.database import Database
from storage.tables import inbox, remark
from storage.text import clean
from tests.bot.slack_stage import Person, SlackStage, slack_stage
from tests.bot.test_slack_messages import ROOM, WHO, assert_all_fits
from tests.corpus import CORPUS, HTML, MARKDOWN, SLACK
from tests.fakes.slack import Delivery
from tests.fakes.slack_shown import read_blocks
from tests.test_any_text import column, of_actors

SEED = 20261120
SAMPLE, AT_ONCE = 8, 50
NO_QUESTION = "No question is open."
MARKUP = (*HTML, *MARKDOWN, *SLACK)


@dataclass
class Case:
    """Somebody, and what they are about to type somewhere."""

    person: Person
    name: str
    text: str


@dataclass
class Crowd:
    """People who all do the same at once, each with a text of their own."""

    stage: SlackStage
    cases: list[Case]

    async def all_do(self, act: Callable[[Case], Delivery | Sequence[Delivery] | None]) -> None:
        await self._do(self.cases, act)

    async def _do(self, cases: list[Case], act: Callable[[Case], Delivery | Sequence[Delivery] | None]) -> None:
        for at_once in batched(cases):
            done = [act(case) for case in at_once]
            given = [one for what in done for one in ([what] if isinstance(what, Delivery) else what or [])]
            await self.stage.takes(*given)

    async def all_write(self, *texts: str) -> None:
        await self.all_do(lambda case: [_writes(case.person, text) for text in texts])

    async def all_leave(self) -> list[str]:
        """Everybody says /cancel until nothing is open; those who cannot get out."""
        still = self.cases
        for _ in range(5):
            await self._do(still, lambda case: case.person.client.slash("/buttonhook", "cancel"))
            still = [case for case in still if case.person.last.text != NO_QUESTION]
        return [case.name for case in still]


def batched(cases: list[Case]) -> list[list[Case]]:
    """So many at a time as are answered within Slack's three seconds on any machine."""
    return [cases[start : start + AT_ONCE] for start in range(0, len(cases), AT_ONCE)]


def as_sent(text: str) -> str:
    """A text behind JSON, which makes one character of two halves."""
    return str(json.loads(json.dumps(text)))


def crowd(stage: SlackStage, lines: Sequence[tuple[str, str]], *, named: bool = False) -> Crowd:
    """A person for each of these lines."""
    people = [
        stage.person(f"U0LINE{number:03}", name=text if named else "Nora Castellane")
        for number, (_, text) in enumerate(lines)
    ]
    return Crowd(stage, [Case(p, name, as_sent(text)) for p, (name, text) in zip(people, lines, strict=True)])


def _writes(person: Person, text: str) -> Delivery:
    if text.startswith("/"):
        return person.client.slash("/buttonhook", text[1:])
    return person.client.write(text)


def shown_to(person: Person) -> str:
    """All that stands before their eyes, without what divides it."""
    return "".join("".join(shown.text.split()) for shown in person.screen)


def assert_nothing_fires(stage: SlackStage) -> None:
    """Beside what the stage looks at by itself: the Home pages."""
    for person in stage.slack.world.people.values():
        view = person.home_view
        assert view is None or not read_blocks(view.blocks, stage.slack.world.name_of).fired
    assert_all_fits(stage)


# The ways in which a text comes


async def as_a_message(crowd: Crowd) -> None:
    await crowd.all_do(lambda case: case.person.client.write(case.text) if case.text else None)


async def behind_a_command(crowd: Crowd) -> None:
    await crowd.all_do(lambda case: case.person.client.slash("/audition", case.text))
    await crowd.all_do(lambda case: case.person.client.closes() if case.person.client.modal else None)


async def behind_our_own_command(crowd: Crowd) -> None:
    await crowd.all_do(lambda case: case.person.client.slash("/buttonhook", case.text))


async def in_a_form_that_is_posted(crowd: Crowd) -> None:
    await crowd.all_do(lambda case: case.person.client.slash("/news", f"payload={case.text}&command=/x"))


async def as_a_name(crowd: Crowd) -> None:
    await crowd.all_write("/audition copper falls, nurse ray")
    await crowd.all_do(lambda case: case.person.client.write(case.text) if case.text else None)


async def as_the_value_of_a_button(crowd: Crowd) -> None:
    await crowd.all_write("/audition copper falls, nurse ray")
    await crowd.all_do(lambda case: case.person.client.tap_data(case.text))


async def in_every_field(crowd: Crowd) -> None:
    await crowd.all_do(lambda case: case.person.client.slash("/audition"))
    for label in ("Project", "Role", "What you wore, hair, headshot", "Anything else"):
        await crowd.all_do(lambda case, label=label: case.person.client.fills(label, case.text[:300]))  # type: ignore[misc]
    await crowd.all_do(lambda case: case.person.client.submits())
    await crowd.all_do(lambda case: case.person.client.closes() if case.person.client.modal else None)


async def as_a_search(crowd: Crowd) -> None:
    await crowd.all_do(lambda case: case.person.client.slash("/audition"))
    await crowd.all_do(lambda case: case.person.client.fills("Project", "Copper Falls"))
    for case in crowd.cases:
        offered = await case.person.client.searches(WHO, case.text)
        await crowd.stage.takes(*case.person.client.picks(WHO, *offered[-1:]))
    await crowd.all_do(lambda case: case.person.client.submits())


async def as_the_words_of_a_message_of_others(crowd: Crowd) -> None:
    channel = crowd.stage.slack.channel("C0NOTES", members=[case.person.client for case in crowd.cases])
    written = [case for case in crowd.cases if case.text]
    for case in written:
        case.person.client.write(case.text, channel=channel)
    posted = dict(zip((case.name for case in written), channel.kept, strict=True))
    await crowd.all_do(
        lambda case: (
            case.person.client.message_shortcut("log_message", posted[case.name], channel=channel)
            if case.name in posted
            else None
        )
    )
    await crowd.all_do(lambda case: case.person.client.closes() if case.person.client.modal else None)


WAYS = (
    as_a_message, behind_a_command, behind_our_own_command, in_a_form_that_is_posted, as_a_name,
    as_the_value_of_a_button, in_every_field, as_a_search, as_the_words_of_a_message_of_others,
)  # fmt: skip


async def meet(database: Database, way: Callable[[Crowd], Awaitable[None]], lines: Sequence[tuple[str, str]]) -> None:
    async with slack_stage(database) as stage:
        everybody = crowd(stage, lines)
        await way(everybody)
        shown = {call.params["trigger_id"] for call in stage.slack.called("views.open", "ok")}
        silent = [case.name for case in everybody.cases if not case.person.screen]
        assert len(silent) <= len(shown), silent
        assert await everybody.all_leave() == []
        assert_nothing_fires(stage)


def some(lines: Sequence[tuple[str, str]] = CORPUS, many: int = SAMPLE) -> list[tuple[str, str]]:
    print(f"seed {SEED}")
    return random.Random(SEED).sample(lines, many)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
async def test_a_sample_of_any_text(
    database: Database, way: Callable[[Crowd], Awaitable[None]], caplog: pytest.LogCaptureFixture
) -> None:
    await meet(database, way, some())
    assert [record.getMessage() for record in caplog.records if record.levelno >= ERROR] == []


@pytest.mark.chaos
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
async def test_any_text(
    database: Database, way: Callable[[Crowd], Awaitable[None]], caplog: pytest.LogCaptureFixture
) -> None:
    await meet(database, way, CORPUS)
    assert [record.getMessage() for record in caplog.records if record.levelno >= ERROR] == []


# What is shown is what was typed


async def kept_as_typed(database: Database, lines: Sequence[tuple[str, str]]) -> None:
    async with slack_stage(database, starts=True) as stage:
        cases = [case for case in crowd(stage, lines).cases if case.text]
        for at_once in batched(cases):
            acts = [case.person.client.write(case.text) for case in at_once]
            await stage.slack.until(lambda acts=acts: all(act.status == "acked" for act in acts))  # type: ignore[misc]
        kept = await column(database, inbox.c.incoming, inbox.c.user, inbox.c.state == "waiting")
        wrong = {case.name: kept[case.person.client.id] for case in cases if _kept(kept, case) != clean(case.text)}
        assert wrong == {}


def _kept(kept: dict[str, dict[str, str]], case: Case) -> str:
    """What was kept; a message of nothing but blanks is a message without words."""
    incoming = kept[case.person.client.id]
    return clean(case.text) if incoming["kind"] == "other" and not case.text.strip() else incoming.get("text", "")


async def test_a_sample_is_kept_as_it_was_typed(database: Database) -> None:
    await kept_as_typed(database, some(many=40))


@pytest.mark.chaos
async def test_all_is_kept_as_it_was_typed(database: Database) -> None:
    await kept_as_typed(database, CORPUS)


BEHIND_A_COMMAND = (
    "payload={}", "a&payload=b", "payload", "x=1&command=/undo", "a+b%20c", "%00", "100% & <b>", "&lt;b&gt;",
    "\u00e4&amp;\u00f6", "<@U0NORA> <!channel>", "so *bold* _it_ `code`", "# title", "a=b;c=d",
)  # fmt: skip


@pytest.mark.parametrize("over_http", [False, True], ids=["socket", "http"])
async def test_words_behind_a_command_arrive_as_typed(database: Database, over_http: bool) -> None:
    async with slack_stage(database, over_http=over_http) as stage:
        said = await stage.nora.does([stage.nora.client.slash("/news", words) for words in BEHIND_A_COMMAND])
        assert [one for one in said if "Slow down" not in one] == [
            f"Kept as news:\n– {words}" for words in BEHIND_A_COMMAND
        ]


async def remarked(database: Database, lines: Sequence[tuple[str, str]]) -> None:
    """Typed on the form, a remark stands on the card and, where it is kept, in the database word for word."""
    async with slack_stage(database) as stage:
        everybody = crowd(stage, lines)
        await everybody.all_do(lambda case: case.person.client.slash("/audition"))
        await everybody.all_do(
            lambda case: [
                *case.person.client.fills("Project", "Copper Falls"),
                *case.person.client.fills(ROOM, case.text[:3000]),
            ]
        )
        await everybody.all_do(lambda case: case.person.client.submits())
        words = await of_actors(database, remark.c.words, remark)
        for case in everybody.cases:
            said = words.get(case.person.client.id, "")
            assert "".join(said.split()) in shown_to(case.person), case.name
            assert "Saved." in case.person.last.text, case.name
        undated = (remark.c.first.is_(None), remark.c.words.is_not(None))
        exact = await of_actors(database, remark.c.words, remark, *undated)
        typed = {case.person.client.id: _without_private(clean(case.text[:3000]).strip()) for case in everybody.cases}
        assert {user: typed[user] for user in exact} == exact
        assert len(exact) > len(lines) * 0.6
        assert await everybody.all_leave() == []
        assert_nothing_fires(stage)


def _without_private(text: str) -> str:
    return text.replace("/private", " ").strip() or text


async def test_a_sample_of_remarks_on_the_form(database: Database) -> None:
    await remarked(database, some(many=16))


@pytest.mark.chaos
async def test_any_remark_on_the_form(database: Database) -> None:
    await remarked(database, CORPUS)


async def signed(database: Database, lines: Sequence[tuple[str, str]]) -> None:
    """A profile's name signs the notes, and stands everywhere as it is."""
    async with slack_stage(database) as stage:
        everybody = crowd(stage, lines, named=True)
        await everybody.all_do(lambda case: case.person.client.opens_home())
        await everybody.all_write("/settings")
        for case in everybody.cases:
            name = clean(case.text, LONGEST_NAME)
            assert "".join(f"Signs as: {name or 'not set'}".split()) in shown_to(case.person), case.name
        await everybody.all_write("/audition general with Tess Quillan", "nothing", "save")
        assert await everybody.all_leave() == []
        await stage.comes("2026-11-20 09:05")
        for case in everybody.cases:
            if name := clean(case.text, LONGEST_NAME).strip():
                assert "".join(name.split()) in "".join(case.person.last.text.split()), case.name
        assert_nothing_fires(stage)


async def test_a_sample_of_profile_names(database: Database) -> None:
    await signed(database, some(MARKUP, many=6))


@pytest.mark.chaos
async def test_any_profile_name(database: Database) -> None:
    await signed(database, CORPUS)


async def named(database: Database, lines: Sequence[tuple[str, str]]) -> None:
    """As people and projects they go through every list, card and page, and nothing fires there."""
    async with slack_stage(database) as stage:
        everybody = crowd(stage, lines)
        await everybody.all_do(lambda case: case.person.client.opens_home())
        await everybody.all_do(lambda case: case.person.client.slash("/audition"))
        await everybody.all_do(
            lambda case: [
                *case.person.client.fills("Project", case.text[:300]),
                *case.person.client.fills("Role", "Ray"),
            ]
        )
        for case in everybody.cases:
            offered = await case.person.client.searches(WHO, case.text)
            await stage.takes(*case.person.client.picks(WHO, *offered[-1:]))
        await everybody.all_do(lambda case: case.person.client.submits())
        await everybody.all_write("/followups", "/auditions", f"/news {lines[0][1]}")
        await stage.comes("2026-11-20 09:05")
        await everybody.all_write("/followups", "/auditions")
        assert await everybody.all_leave() == []
        assert_nothing_fires(stage)
        pages = [case.person.client.home for case in everybody.cases]
        assert all("1 audition" in page for page in pages)


async def test_a_sample_of_markup_as_people_and_projects(database: Database) -> None:
    await named(database, some(MARKUP, many=6))


@pytest.mark.chaos
async def test_any_people_and_projects(database: Database) -> None:
    await named(database, CORPUS)


def test_the_samples_hold_what_fires_elsewhere() -> None:
    texts = [text for _, text in some(MARKUP, many=6)]
    assert any("<!" in text or "<@" in text for text in texts)
    assert any("http" in text for text in texts)
