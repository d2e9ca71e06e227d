"""The button hook: the one sentence that says back, to a person, what was said in that room.

What is told is understood by the kinds of hooks.toml; the sentence is made for the day it is sent. What is not sure
names its topic, or gives no line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from handlers.writing.hook_days import Days, Fact, days_of, when_words
from handlers.writing.hook_kinds import Kind, Match, kinds_table
from handlers.writing.hook_reading import Told, understood
from handlers.writing.hook_words import table
from handlers.writing.private import hushed, private

__all__ = ["WEEKDAYS", "Fact", "fill", "hook_lines", "hushed", "private", "sign_off", "unused"]

PASSED = 14
"""Days after which what has happened is no longer mentioned."""
LONGEST_LINE = 120
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def hook_lines(fact: Fact, send_on: date, said_on: date, name: str = "") -> tuple[str, ...]:
    """The sentences a fact can become, the best first, in the tense of the day of sending.

    `name` is the person's own, as it may stand in the words. Empty when the words are understood for certain in no
    part, are private, or their day is over for more than 14 days.
    """
    if private(fact.words):
        return ()
    told = understood(fact.words, name, dated=bool(fact.first or fact.last))
    days = days_of(fact, told.holiday, said_on, long=told.long)
    if days.over(send_on) > PASSED:
        return ()
    own = _own_day(told, days)
    lines = [
        line
        for match in sorted(
            told.matches, key=lambda each: not (days.named and each in own and "always" not in each.kind.lines)
        )
        if match in own or "always" in match.kind.lines or send_on <= days.first
        for line in _lines_of(match, told, days if match in own else Days(said_on), send_on)
    ]
    if len(lines) < 2 and (send_on - said_on).days <= PASSED:
        lines += [fill(line, {"topic": told.topic}) for line in kinds_table()["topic"]["lines"][: 2 - len(lines)]]
    return tuple(dict.fromkeys(line for line in lines if _may_be_said(line)))


def _own_day(told: Told, days: Days) -> list[Match]:
    """The facts whose day it is: of two told in one breath, the one that is none without a day."""
    of_a_day = [match for match in told.matches if "always" not in match.kind.lines]
    if days.named and told.more_days:
        return []
    if len(of_a_day) < 2 or not days.named:
        return list(told.matches)
    dated = [match for match in of_a_day if match.kind.dated]
    return [match for match in told.matches if match not in of_a_day] + (dated if len(dated) == 1 else [])


def unused(lines: Iterable[str], used: Iterable[str]) -> list[str]:
    """The lines not said to this person before; those that only begin like one that was come last."""
    said = {line.casefold() for line in used}
    begun = {_beginning(line) for line in said}
    fresh = [line for line in lines if line.casefold() not in said]
    return sorted(fresh, key=lambda line: _beginning(line.casefold()) in begun)


def _beginning(line: str) -> str:
    return " ".join(line.split()[:2])


def sign_off(hook: str, *, playful: bool = False) -> str:
    """A sign-off that plays on the line ("Hang ten!"), "" where none fits or the actor wants it plain."""
    spoken = re.findall(r"[\w-]+", hook.casefold())
    words = f" {' '.join(spoken)} "

    def stand(among: Iterable[str]) -> bool:
        return any(f" {word} " in words for word in among)

    rows = kinds_table()["sign_off"] if playful else ()
    return next((row["say"] for row in rows if stand(row["when"]) and not stand(row.get("unless", ()))), "")


def fill(line: str, slots: Mapping[str, str]) -> str:
    """A line with its {words} put in; a [part] that lacks one is left out; a line that lacks one is empty."""

    def part(found: re.Match[str]) -> str:
        return "" if _lacks(found[1], slots) else found[1]

    line = re.sub(r"\[([^\[\]]*)\]", part, line)
    if _lacks(line, slots):
        return ""
    return re.sub(r"\{(\w+)\}", lambda name: slots[name[1]], line)


def _lacks(line: str, slots: Mapping[str, str]) -> bool:
    return any(not slots.get(name) for name in re.findall(r"\{(\w+)\}", line))


def _lines_of(match: Match, told: Told, days: Days, send_on: date) -> list[str]:
    when = when_words(days, send_on)
    slots = {**match.slots, "when": when, "tonight": "tonight" if when == "today" else ""}
    return [fill(line, slots) for line in _frames(match.kind, told, days, send_on)]


def _frames(kind: Kind, told: Told, days: Days, send_on: date) -> tuple[str, ...]:
    """The lines of a kind for the day of sending."""
    lines = kind.lines
    keep = max(kind.keep, PASSED) if "later" in told.times else kind.keep
    fresh = (send_on - days.said_on).days <= keep
    if "always" in lines:
        long_ago = kind.once and "once" in told.times
        return lines["always"] if not long_ago and (fresh or (days.known and not kind.once)) else ()
    if "once" in told.times:
        return ()
    if not days.known:
        return lines.get("undated", lines["before"]) if fresh and not kind.dated else ()
    return _of_day(lines, days, send_on)


def _of_day(lines: Mapping[str, tuple[str, ...]], days: Days, send_on: date) -> tuple[str, ...]:
    if send_on > days.last:
        return lines["since"] if "since" in lines and days.first == days.last else lines["after"]
    if not days.named:
        return lines.get("undated", lines["before"])
    if days.vague and send_on >= days.first:
        return ()
    if send_on < days.first:
        return lines["before"]
    day = lines.get("day", lines["before"])
    return lines.get("during", day) if send_on > days.first else day


@cache
def _never() -> re.Pattern[str]:
    words = [*table()["small"]["banned"], "she", "her", "hers", "he", "him", "his", "they", "them", "their", "theirs"]
    return re.compile(rf"(?i)\b(?:{'|'.join(map(re.escape, words))})\b|[^\w\s'’&.,!-]|[_\n]")


def _may_be_said(line: str) -> bool:
    """The last look at a line, whatever it was made of."""
    return 0 < len(line) <= LONGEST_LINE and not _never().search(line)
