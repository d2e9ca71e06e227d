"""The checker held against notes that were written from the trade alone, without sight of its tables."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handlers.writing.checker import Finding, Knowledge, Note, Sent, Told, check
from handlers.writing.newslines import NewsItem

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("checker_blind.toml").read_text("utf-8"))["case"]
# "My reel, here it is." with no link anywhere is a blank, too.
BESIDE = {"h3-3": ("H8",)}
RUNS = re.compile(r"\b(?:through|until|till)\b")


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def item(number: int, words: str, until: str) -> NewsItem:
    """News; what runs until a day has no first one."""
    first = None if RUNS.search(words) else day(until)
    return NewsItem(number, words, first, day(until))


def told(case: dict[str, Any]) -> tuple[Told, ...]:
    """The small talk, and what is marked private."""
    facts = [
        Told(words, day(dated), day(dated), words in case["private"], day(said))
        for words, said, dated in zip(case["facts"], case["facts_told"], case["facts_dated"], strict=True)
    ]
    return (*facts, *(Told(words, private=True) for words in case["private"] if words not in case["facts"]))


def sent(case: dict[str, Any], news: tuple[NewsItem, ...], earlier: dict[str, Any]) -> Sent:
    """An earlier note; its lines are the news that opens alike."""
    opening = [set(re.findall(r"[A-Z]\w+ [A-Z]\w+", line)) for line in earlier["lines"]]
    ids = (n.id for n in news if any(names & set(re.findall(r"[A-Z]\w+ [A-Z]\w+", n.words)) for names in opening))
    return Sent(date.fromisoformat(earlier["day"]), earlier["to"], tuple(ids))


def known_of(case: dict[str, Any]) -> Knowledge:
    """All that a case says is stored."""
    lines = zip(case["news"], case["news_until"], strict=True)
    news = tuple(item(number, *line) for number, line in enumerate(lines, 1))
    return Knowledge(
        name=case["person"],
        greeting=case["greeting"],
        job=case["job"],
        office=case["office"],
        others=tuple(case["other_people"]),
        titles=tuple(filter(None, [case["project"], *case["pinned"]])),
        roles=tuple(filter(None, [case["role"]])),
        news=news,
        facts=told(case),
        links=tuple(case["links"]),
        words=(case["kind"],),
        sign=case["sign"],
        agent=case["agent"],
        kind=case["kind"],
        channel="e-mail" if case["channel"] == "email" else case["channel"],
        send_on=day(case["day"]),
        met_on=day(case["auditioned_on"]),
        to_person=tuple(sent(case, news, note) for note in case["sent"] if note["to"] == case["person"]),
        to_office=tuple(
            sent(case, news, note)
            for note in case["sent"]
            if note["to"] != case["person"] and note["office"] == case["office"]
        ),
    )


def found_in(case: dict[str, Any]) -> tuple[Finding, ...]:
    return check(Note(case["text"].strip("\n"), case["subject"]), known_of(case))


def points_at(found: Finding, case: dict[str, Any]) -> bool:
    """Whether the words a finding shows are those of the case, in part at least; some findings show none."""
    if not found.words or case["words"] not in (text := part_of(case, found)):
        return not found.words
    start = text.index(case["words"])
    return found.where[0] < start + len(case["words"]) and start < found.where[1]


def part_of(case: dict[str, Any], found: Finding) -> str:
    return str(case["subject"] if found.part == "subject" else case["text"].strip("\n"))


@pytest.mark.parametrize("case", [pytest.param(c, id=c["id"]) for c in CASES if c["must"] == "fail"])
def test_what_must_fail(case: dict[str, Any]) -> None:
    found = found_in(case)
    assert any(f.id == case["rule"] and points_at(f, case) for f in found), found
    allowed = {case["rule"], *case.get("also", ()), *case["warns"], *BESIDE.get(case["id"], ())}
    assert {f.id for f in found} <= allowed, found


@pytest.mark.parametrize("case", [pytest.param(c, id=c["id"]) for c in CASES if c["must"] == "pass"])
def test_what_must_pass(case: dict[str, Any]) -> None:
    found = found_in(case)
    assert {f.id for f in found} <= set(case["warns"]) - {case["rule"]}, found
