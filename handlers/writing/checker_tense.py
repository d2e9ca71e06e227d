"""Every day of a note is right for the day it is sent: H9, and the warnings about what is late or old (W4, W6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from handlers.reading.customs import write_day
from handlers.writing.checker_about import is_meeting, known_days, what
from handlers.writing.checker_days import WEEKDAYS, Dated, Spoken, dates, spoken
from handlers.writing.checker_known import BOOKING, Hit, Knowledge, Told
from handlers.writing.checker_phrases import listed, table
from handlers.writing.checker_said import quoted
from handlers.writing.checker_text import Reading, Sentence, fold, words_of
from handlers.writing.newslines import NewsItem
from handlers.writing.openers import day_words

WEEK, OLD = 7, 14
_ABOUT = {"general": "the meeting", "self-tape": "the tape", "callback": "the callback"}


def timely(reading: Reading, known: Knowledge) -> Iterator[Hit]:
    """All that is wrong about the days of one part."""
    if known.send_on is None:
        return
    for sentence in reading.sentences:
        if sentence.kind in ("greeting", "sign"):
            continue
        facts, item = known_days(known, sentence, reading, known.send_on)
        found = list(_written(reading, sentence, known, known.send_on, item))
        yield from found
        if facts:
            # Of two that are equally near, the one that fits is meant.
            yield from min((list(_told(reading, sentence, fact, known, known.send_on)) for fact in facts), key=len)
        elif item and not found:
            yield from _news(reading, sentence, item, known, known.send_on)
        elif sentence.kind == "text" or reading.is_subject:
            yield from _met(reading, sentence, known, known.send_on)


def late(known: Knowledge) -> Iterator[Hit]:
    """W4: how long ago it was."""
    days = (known.send_on - known.met_on).days if known.send_on and known.met_on else 0
    if days > WEEK and known.kind != BOOKING:
        yield Hit("W4", 0, 0, table()["W4"]["reason"].format(days=days), hard=False)


def _h9(key: str, reading: Reading, start: int, end: int, **slots: str) -> Hit:
    return Hit("H9", start, end, table()["H9"][key].format(words=quoted(reading, start, end), **slots))


# Dates written out


def _written(
    reading: Reading, sentence: Sentence, known: Knowledge, today: date, item: NewsItem | None
) -> Iterator[Hit]:
    words = reading.folded[sentence.start : sentence.end]
    for dated in dates(reading.masked, day_first=known.customs.day_first):
        day = dated.nearest(today) if sentence.start <= dated.start < sentence.end else None
        if day is None:
            continue
        if dated.weekday is not None and dated.to == dated.day and dated.weekday != day.weekday():
            yield _wrong_weekday(reading, dated, day, known)
        is_met = known.met_on is not None and dated.is_day(known.met_on)
        is_running = item is not None and item.ends_on is not None and item.ends_on >= today
        if day < today and not is_met and not is_running and not _is_past(words):
            yield _h9("over", reading, dated.start, dated.end, day=_plain(day, known))


def _wrong_weekday(reading: Reading, dated: Dated, day: date, known: Knowledge) -> Hit:
    right = WEEKDAYS[day.weekday()]
    named = re.compile(r"[a-z]+").match(reading.folded, dated.start)
    end = named.end() if named else dated.start
    hit = _h9("weekday", reading, dated.start, dated.end, day=_plain(day, known), weekday=right)
    return Hit(hit.id, hit.start, hit.end, hit.reason, edits=((dated.start, end, right),))


def _plain(day: date, known: Knowledge) -> str:
    return write_day(day, known.customs).split(" ", 1)[1]


def _is_past(words: str) -> bool:
    """Whether a line tells of something that was: "screened", "premiered", "just wrapped"."""
    said = set(re.findall(r"[a-zèé']+", words))
    return bool(said & listed("over_words")) and not said & (
        listed("still_words") - {"through", "until", "is", "are", "i'm", "comps"}
    )


# The meeting


def _met(reading: Reading, sentence: Sentence, known: Knowledge, today: date) -> Iterator[Hit]:
    """A word for the day of the meeting means that day."""
    if known.met_on is None:
        return
    about_it = is_meeting(reading, sentence) or reading.is_subject
    for word in _spoken_in(reading, sentence, today):
        if known.met_on in word.days or any(day in _other_days(known) for day in word.days if not about_it):
            continue
        if about_it or (word.days == {today} and _looks_back(reading, sentence)):
            yield _met_on(reading, word, known, known.met_on, today)


def _met_on(reading: Reading, word: Spoken, known: Knowledge, met_on: date, today: date) -> Hit:
    right = day_words(met_on, today, known.customs)
    if reading.is_capital(word.start):
        right = right[:1].upper() + right[1:]
    day = WEEKDAYS[met_on.weekday()] if 0 < (today - met_on).days < WEEK else _plain(met_on, known)
    key = "was" if word.word in ("today", "tonight") or word.word.startswith("this") else "other"
    about = _ABOUT.get(known.kind, "the audition")
    was = "is" if met_on == today else "was"
    day = "today" if met_on == today else day if key == "was" else day_words(met_on, today, known.customs)
    hit = _h9(key, reading, word.start, word.end, day=day, about=about, was=was)
    return Hit(hit.id, hit.start, hit.end, hit.reason, edits=((word.start, word.end, right),))


def _looks_back(reading: Reading, sentence: Sentence) -> bool:
    words = reading.folded[sentence.start : sentence.end]
    looks = re.search(r"\b(?:was|were|had|loved|enjoyed|great|good|nice|lovely|fun|met|saw|what a)\b", words)
    return bool(looks) and not words.startswith(tuple(listed("wishes")))


def _other_days(known: Knowledge) -> set[date]:
    days = [d for f in known.open_facts for d in (f.first, f.last)] + [
        d for i in known.news for d in (i.event_on, i.ends_on)
    ]
    return {day for day in days if day}


def _spoken_in(reading: Reading, sentence: Sentence, today: date) -> Iterator[Spoken]:
    return (w for w in spoken(reading.masked, today) if sentence.start <= w.start < sentence.end)


# News and small talk


def _news(reading: Reading, sentence: Sentence, item: NewsItem, known: Knowledge, today: date) -> Iterator[Hit]:
    """What is over must be told as past; what is to come, not."""
    last, first = item.ends_on or item.event_on, item.event_on or item.ends_on
    words = reading.folded[sentence.start : sentence.end]
    if last is None or first is None:
        yield from _loose(reading, sentence, item, today)
        return
    if last < today and not _is_past(words):
        yield _h9("over", reading, sentence.start, sentence.end, day=_plain(last, known))
    elif first > today and set(re.findall(r"[a-z]+", words)) & listed("happened_words") and not _is_still(words):
        yield _h9("ahead", reading, sentence.start, sentence.end, what=what(item.words), day=_on(first, today, known))
    else:
        yield from _wrong_days(reading, sentence, (first, last), what(item.words), known, today)


def _loose(reading: Reading, sentence: Sentence, item: NewsItem, today: date) -> Iterator[Hit]:
    """A word for a day that was copied from news whose day nobody knows."""
    told = {word.days for word in spoken(fold(item.words), today)}
    for word in _spoken_in(reading, sentence, today):
        if word.days in told and not re.search(r"week|month", word.word):
            yield _h9("loose", reading, word.start, word.end)


def _is_still(words: str) -> bool:
    return bool(set(re.findall(r"[a-z']+", words)) & listed("still_words"))


def _told(reading: Reading, sentence: Sentence, fact: Told, known: Knowledge, today: date) -> Iterator[Hit]:
    """A line from the room is in the tense of its day."""
    first, last = fact.span
    words = reading.folded[sentence.start : sentence.end]
    about = what(fact.words)
    if first is None or last is None:
        days = (today - fact.said_on).days if fact.said_on else 0
        if days > OLD:
            reason = table()["W6"]["old"].format(words=about.strip("“”"), days=days)
            yield Hit("W6", sentence.start, sentence.end, reason, hard=False)
        return
    if last < today:
        yield from _passed(reading, sentence, fact, known, today)
    elif first > today and _says_it_was(words):
        yield _h9("ahead", reading, sentence.start, sentence.end, what=about, day=_on(first, today, known))
    else:
        yield from _wrong_days(reading, sentence, (first, last), about, known, today)


def _passed(reading: Reading, sentence: Sentence, fact: Told, known: Knowledge, today: date) -> Iterator[Hit]:
    last, about = fact.span[1] or today, what(fact.words)
    words = reading.folded[sentence.start : sentence.end]
    day = _on(last, today, known)
    is_open = _is_to_come(words, fact, is_copied=_is_copied(reading, sentence, fact, today)) and not _says_it_was(words)
    if is_open:
        hit = _h9("passed", reading, sentence.start, sentence.end, what=about, day=day)
        yield Hit(hit.id, hit.start, hit.end, hit.reason)
    if is_open or (today - last).days > OLD:
        reason = table()["W6"]["passed"].format(what=about, day=day)
        yield Hit("W6", sentence.start, sentence.end, reason, hard=False)


def _is_copied(reading: Reading, sentence: Sentence, fact: Told, today: date) -> bool:
    """Whether a line says "tonight" of the night it was said."""
    told = {word.word for word in spoken(fold(fact.words), today)}
    return any(w.word in told and min(w.days, default=date.min) >= today for w in _spoken_in(reading, sentence, today))


def _is_to_come(words: str, fact: Told, *, is_copied: bool) -> bool:
    """Whether a line speaks of it as if it were still to come; what only began on its day goes on."""
    told = fold(fact.words)
    is_once = is_copied or any(phrase in told for phrase in listed("once"))
    if not is_once and {found[0] for found in words_of(told)} & listed("goes_on"):
        return words.startswith(tuple(listed("to_begin")))
    return words.startswith(tuple(listed("to_come"))) or bool(re.match(r"hope .{0,60}\b(?:goes|will)\b", words))


def _says_it_was(words: str) -> bool:
    found = re.search(r"\bhope\b(.{0,80})", words)
    return found is not None and any(word[0] in listed("it_was") for word in words_of(found[1]))


def _wrong_days(
    reading: Reading, sentence: Sentence, days: tuple[date, date], about: str, known: Knowledge, today: date
) -> Iterator[Hit]:
    """A word for a day that is neither that of the thing nor that of the meeting."""
    for word in _spoken_in(reading, sentence, today):
        if known.met_on in word.days and is_meeting(reading, sentence):
            continue
        if not any(days[0] <= day <= days[1] for day in word.days):
            was = "is" if days[1] >= today else "was"
            day = _on(days[0], today, known)
            hit = _h9("other", reading, word.start, word.end, about=about, was=was, day=day)
            edits = ((word.start, word.end, day),) if days[0] == days[1] else None
            yield Hit(hit.id, hit.start, hit.end, hit.reason, edits=edits)


def _on(day: date, today: date, known: Knowledge) -> str:
    """When something is or was: "on Thursday", or the date written out."""
    if -WEEK < (day - today).days < WEEK:
        near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get((day - today).days)
        return near or f"{'last' if (day - today).days < -5 else 'on'} {WEEKDAYS[day.weekday()]}"
    return f"on {write_day(day, known.customs)}"
