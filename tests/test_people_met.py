"""The people in the room: never a twin, never taken for another, kept even without a name."""

from __future__ import annotations

import pytest

from storage.tables import office, person, presence
from tests.once import once
from tests.snippets import FALLS, FERRY, count, log, names_kept, rows, settle_in, tell
from tests.stage import Stage


async def begin(stage: Stage) -> None:
    await settle_in(stage)
    await log(stage, FALLS, "Tess Quillan, casting director, and Mark Thornton, director", "nothing", "nothing")
    await stage.comes("2026-11-20 16:10")
    for shown in stage.nora.screen[-2:]:
        await stage.nora.taps_data(shown.message.choices[0][0].data)


@pytest.fixture
async def met(stage: Stage) -> Stage:
    """Nora, who has met Tess Quillan the casting director and Mark Thornton the director."""
    await once(begin, stage)
    return stage


async def test_a_name_already_known_is_not_asked_about(met: Stage) -> None:
    await met.nora.says(f"/audition {FERRY}")
    (asked,) = await met.nora.says("tess quillan")
    assert asked == "Tess Quillan. What did you talk about?"


async def test_a_close_name_is_asked_about_once_and_makes_no_twin(met: Stage) -> None:
    await met.nora.says(f"/audition {FERRY}")
    (asked,) = await met.nora.says("tess quilan")
    assert "the one you know?" in asked
    assert met.nora.last.labels == ["Tess Quillan, CD", "Someone new"]
    (talk,) = await met.nora.taps("Tess Quillan, CD")
    assert "What did you talk about?" in talk
    await met.nora.taps("Nothing")
    await met.nora.taps("Save")
    assert await names_kept(met) == ["Tess Quillan", "Mark Thornton"]


async def test_someone_new_is_kept_as_somebody_else(met: Stage) -> None:
    await met.nora.says(f"/audition {FERRY}")
    await met.nora.says("tess quilan")
    await met.nora.taps("Someone new")
    await met.nora.taps("Nothing")
    await met.nora.taps("Save")
    assert len(await names_kept(met)) == 3


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("tess", "Tess Quillan"),
        ("the cd", "Tess Quillan"),
        ("1", "Tess Quillan"),
        ("Tess Quillan, CD", "Tess Quillan"),
        ("2", "Tess Quilan"),
        ("new", "Tess Quilan"),
        ("someone new", "Tess Quilan"),
    ],
)
async def test_the_one_is_named_in_words_or_by_its_number_as_well_as_tapped(met: Stage, words: str, who: str) -> None:
    await met.nora.says(f"/audition {FERRY}")
    await met.nora.says("tess quilan")
    (asked,) = await met.nora.says(words)
    assert asked == f"{who}. What did you talk about?"


async def test_each_close_name_of_one_answer_is_asked_in_its_turn(met: Stage) -> None:
    await met.nora.says(f"/audition {FERRY}")
    (first,) = await met.nora.says("tess quilan and mark thornten")
    assert "quilan" in first.casefold()
    (second,) = await met.nora.says("1")
    assert "thornten" in second.casefold()


async def test_two_people_of_one_name_are_told_apart_by_their_jobs(met: Stage) -> None:
    await log(met, FERRY, "Sam Lee, director, and Sam Lee, producer", "banjo", "beagle")
    sams = [row for row in await rows(met, person) if row.name == "Sam Lee"]
    assert [sam.job for sam in sams] == ["director", "producer"]
    await met.nora.says("/audition Harbor Lights")
    (asked,) = await met.nora.says("Sam Lee")
    assert "which one?" in asked
    assert met.nora.last.labels == ["Sam Lee, director", "Sam Lee, producer", "Someone new"]


async def test_of_two_with_one_name_the_job_that_is_typed_decides(met: Stage) -> None:
    await log(met, FERRY, "Sam Lee, director, and Sam Lee, producer", "banjo", "beagle")
    await met.nora.says("/audition Harbor Lights")
    (asked,) = await met.nora.says("Sam Lee the producer")
    assert asked == "Sam Lee. What did you talk about?"


@pytest.mark.parametrize(
    ("first", "second"),
    [("Ann Lee at Marsh Casting", "Ann Lee at Holt Casting"), ("Ann Lee, director", "Ann Lee, producer")],
)
async def test_a_known_name_with_another_job_or_office_is_asked_about(met: Stage, first: str, second: str) -> None:
    await log(met, FERRY, first)
    await met.nora.says("/audition Harbor Lights")
    await met.nora.says(second)
    await met.nora.taps("Someone new")
    await met.nora.taps("Nothing")
    await met.nora.taps("Save")
    assert (await names_kept(met)).count("Ann Lee") == 2


async def test_two_of_one_name_are_offered_with_their_offices(met: Stage) -> None:
    await log(met, FERRY, "Ann Lee at Marsh Casting, Tess Quillan and Ann Lee at Holt Casting", *["nothing"] * 3)
    assert [row.name for row in await rows(met, office)] == ["Marsh Casting", "Holt Casting"]
    await met.nora.says("/audition Harbor Lights")
    await met.nora.says("Ann Lee")
    assert met.nora.last.labels == ["Ann Lee, Marsh Casting", "Ann Lee, Holt Casting", "Someone new"]


@pytest.mark.parametrize("words", ["No idea", "no idea", "idk", "don't know"])
async def test_no_idea_is_an_answer(met: Stage, words: str) -> None:
    await met.nora.says(f"/audition {FERRY}")
    (asked,) = await met.nora.says(words)
    assert asked == "What was said in the room? A line to remember."
    await met.nora.taps("Nothing")
    (card,) = [met.nora.last.text]
    assert "No names yet" in card


async def test_those_without_a_name_keep_their_description(met: Stage) -> None:
    await tell(met, FERRY, "Tess Quillan and a guy with red glasses", "nothing")
    assert "red glasses" in met.nora.last.text
    await met.nora.taps("Save")
    assert [row.description for row in await rows(met, presence)][-1] == "guy with red glasses"


async def test_the_same_person_told_twice_in_one_answer_is_there_once(met: Stage) -> None:
    await met.nora.says(f"/audition {FERRY}")
    await met.nora.says("Tess Quillan, and tess quillan again")
    await met.nora.taps("Nothing")
    assert met.nora.last.text.count("Tess Quillan") == 1


async def test_a_job_learnt_later_is_kept_with_the_person(met: Stage) -> None:
    await log(met, FERRY, "Bea Hartnell")
    await log(met, "Harbor Lights", "Bea Hartnell, director")
    (bea,) = [row for row in await rows(met, person) if row.name == "Bea Hartnell"]
    assert bea.job == "director"


async def test_nobody_sees_the_people_of_another(met: Stage) -> None:
    other = met.person("2", "Ida Fenn")
    await other.says(f"/audition {FERRY}")
    (asked,) = await other.says("tess quilan")
    assert asked == "Tess Quilan. What did you talk about?"
    assert await count(met) == (1, 2)
