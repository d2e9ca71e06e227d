"""The shape of a note: its length, its greeting, what is in it and what is missing: H10, H11 and the warnings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from rapidfuzz import fuzz

from handlers.reading.customs import write_day
from handlers.writing.checker_about import is_meeting, news_in, told_in, what
from handlers.writing.checker_known import BOOKING, POSTCARD, Hit, Knowledge, Sent
from handlers.writing.checker_loud import count_word, loud
from handlers.writing.checker_phrases import listed, phrases, table
from handlers.writing.checker_said import quoted
from handlers.writing.checker_text import Reading, Sentence, fold
from handlers.writing.followup import MOST_SUBJECT, MOST_WORDS
from handlers.writing.newslines import MOST

MOST_ON_A_POSTCARD, MOST_BULLETS_ON_A_POSTCARD = 60, 2
OFTEN, NEAR = 90, 70
_GREETS = re.compile(
    r"(?:hi|hello|hey|dear|hiya|howdy|greetings|good (?:morning|afternoon|evening|day)|to)(?: there(?=[ ,]+\w))?[ ,]+"
    r"(?P<name>(?:(?:mrs?|ms|mx|dr|prof)\. ?)?[^,!:.\n-]{1,60}(?:-\w+)?)"
)


_NAME = re.compile(r"(?P<name>[^,]{1,40}),")


def shape(reading: Reading, known: Knowledge) -> Iterator[Hit]:
    """All that is wrong with the shape of one part."""
    yield from _length(reading, known)
    yield from _copied(reading)
    yield from loud(reading)
    if not reading.is_subject:
        yield from _greeting(reading, known)
        yield from _news(reading, known)
        if reading.folded and not _has_hook(reading, known):
            yield Hit("W2", 0, 0, table()["W2"]["reason"], hard=False)


# Length


def words_in(text: str) -> int:
    """The words of a text as a reader counts them."""
    return sum(any(sign.isalnum() for sign in token) for token in text.split())


def bullets(reading: Reading) -> list[Sentence]:
    """The lines that are bullets."""
    return [s for s in reading.sentences if s.kind == "bullet"]


def _length(reading: Reading, known: Knowledge) -> Iterator[Hit]:
    words, end = table()["H10"], len(reading.folded)
    if reading.is_subject:
        if len(reading.text.strip()) > MOST_SUBJECT:
            yield Hit("H10", 0, end, words["subject"].format(count=len(reading.text.strip()), most=MOST_SUBJECT))
        return
    is_postcard = known.channel.casefold() == POSTCARD
    most = MOST_ON_A_POSTCARD if is_postcard else MOST_WORDS
    lines = bullets(reading)
    most_lines = MOST_BULLETS_ON_A_POSTCARD if is_postcard else MOST
    if len(lines) > most_lines:
        edits = tuple((s.start, s.end, "") for s in lines[most_lines:])
        reason = words["bullets"].format(count=count_word(len(lines)), most=count_word(most_lines).lower())
        yield Hit("H10", lines[most_lines].start, lines[-1].end, reason, edits=edits)
    if (count := words_in(reading.text)) > most:
        channel = "a postcard" if is_postcard else "an e-mail"
        less = _shorter(reading, lines, count - most)
        yield Hit("H10", 0, end, words["words"].format(count=count, most=most, channel=channel), edits=less)


def _shorter(reading: Reading, lines: list[Sentence], over: int) -> tuple[tuple[int, int, str], ...] | None:
    """Leave out bullets from the last one on, until it fits; the first stays."""
    left: list[tuple[int, int, str]] = []
    for line in reversed(lines[1:]):
        left.append((line.start, line.end, ""))
        over -= words_in(reading.folded[line.start : line.end])
        if over <= 0:
            return tuple(left)
    return None


# Whom it greets


def _copied(reading: Reading) -> Iterator[Hit]:
    for start, end in phrases("H11").find(reading.masked):
        yield Hit("H11", start, end, table()["H11"]["copied"].format(words=quoted(reading, start, end)))


def _greeting(reading: Reading, known: Knowledge) -> Iterator[Hit]:
    first = next((s for s in reading.sentences if s.kind == "greeting"), None)
    if first and not _greets_as_stored(reading, first, known):
        found = _GREETS.match(reading.folded, first.start, first.end) or _NAME.match(
            reading.folded, first.start, first.end
        )
        if found and found["name"].strip():
            start, name = found.start("name"), found["name"].rstrip()
            yield from _greets(reading, start, start + len(name), known)
    yield from _with_another_name(reading, known)


def _greets_as_stored(reading: Reading, first: Sentence, known: Knowledge) -> bool:
    """Whether the whole line is a greeting and the stored name, whatever signs that has."""
    line = reading.folded[first.start : first.end]
    for name in (known.greeting, known.name):
        start = line.find(fold(name)) if fold(name) else -1
        if start < 0 or re.sub(r"[ ,!:.-]", "", line[:start] + line[start + len(fold(name)) :]) not in listed("greets"):
            continue
        typed = reading.typed(first.start + start, first.start + start + len(fold(name)))
        if _same(typed, {name}):
            return True
    return False


def _greets(reading: Reading, start: int, end: int, known: Knowledge) -> Iterator[Hit]:
    folded, typed = reading.folded[start:end], reading.typed(start, end).strip()
    right, words = known.first_name, quoted(reading, start, end)
    allowed = {name.strip() for name in (known.greeting, known.name, *known.name.split()[:1]) if name.strip()}
    if _same(typed, allowed) or (known.name and _is_formal(folded, known.name)):
        return
    edits = ((start, end, right),) if right else None
    texts = table()["H11"]
    if _is_a_group(folded) or _is_several(folded, allowed):
        whole = quoted(reading, 0, end)
        reason = texts["group"].format(words=whole, name=right) if right else texts["group_bare"].format(words=whole)
        yield Hit("H11", start, end, reason, edits=edits)
        return
    if not right:
        return
    near = max(fuzz.ratio(folded, fold(name)) for name in allowed) >= NEAR or any(fold(n) == folded for n in allowed)
    is_other = any(folded in (fold(other), *fold(other).split()[:1]) for other in known.others)
    if near and not is_other:
        name = max(allowed, key=lambda n: fuzz.ratio(folded, fold(n)))
        yield Hit("H11", start, end, texts["spelled"].format(words=words, name=name), edits=((start, end, name),))
        return
    yield Hit("H11", start, end, texts["other"].format(words=words, name=right), edits=edits)


def _same(typed: str, allowed: set[str]) -> bool:
    """Spelled as stored; which apostrophe, and what cannot be seen, make no difference."""

    def seen(text: str) -> str:
        plain = unicodedata.normalize("NFC", text.replace("’", "'"))
        return " ".join("".join(c for c in plain if c.isspace() or unicodedata.category(c)[0] != "C").split())

    return seen(typed) in {seen(name) for name in allowed}


def _is_formal(folded: str, name: str) -> bool:
    """Whether it is "Ms. Quillan"."""
    title, _, rest = folded.partition(" ")
    return title.rstrip(".") in listed("honorifics") and rest.strip() in (fold(name), *fold(name).split()[-1:])


def _is_a_group(folded: str) -> bool:
    plain = folded.strip(" ,!.")
    return plain in listed("groups") or plain.split()[-1:] in (["team"], ["casting"], ["all"], ["everyone"], ["office"])


def _is_several(folded: str, allowed: set[str]) -> bool:
    return bool(re.search(r" and | & |/|\+|, ", folded)) and folded not in {fold(name) for name in allowed}


def _with_another_name(reading: Reading, known: Knowledge) -> Iterator[Hit]:
    """Find "Tess Fenwick" where she is Tess Quillan."""
    first, *rest = fold(known.name).split() or [""]
    if not first or not rest:
        return
    others = {fold(name) for name in known.others}
    for found in re.finditer(rf"(?<![\w'-]){re.escape(first)} ([^\W\d_]+(?:['-][^\W\d_]+)*)", reading.folded):
        last = found[1].removesuffix("'s")
        start, end = found.start(1), found.start(1) + len(last)
        is_name = reading.is_capital(found.start()) and reading.is_capital(start) and reading.masked[start].isalpha()
        if is_name and last not in rest and last not in listed("names_of_all") and f"{first} {last}" not in others:
            words = quoted(reading, found.start(), end)
            right = known.name.split()[-1]
            yield Hit(
                "H11",
                found.start(),
                end,
                table()["H11"]["spelled"].format(words=words, name=known.name),
                edits=((start, end, right),),
            )


# What is in it


def _news(reading: Reading, known: Knowledge) -> Iterator[Hit]:
    lines = bullets(reading)
    told = [
        (s, item)
        for s in reading.sentences
        if s.kind in ("bullet", "text") and (item := news_in(reading, s, known.news))
    ]
    ids = {item.id for _, item in told}
    most_told = max(len(lines), len(ids))
    if known.kind != BOOKING and known.channel.casefold() != POSTCARD and most_told < 2 and reading.folded:
        yield Hit("W1", 0, 0, table()["W1"]["one" if most_told else "none"], hard=False)
    if known.send_on is None:
        return
    before = [sent for sent in known.to_person if sent.on <= known.send_on]
    again = [(s, item, sent) for s, item in told for sent in before if item.id in sent.news]
    for sentence, item, sent in again[:1]:
        yield _had(sentence, known, sent, what(item.words))
    recent = [s for s in (*before, *known.to_office) if 0 < (known.send_on - s.on).days < OFTEN]
    if recent and most_told and not again and (known.to_office or any(s.news for s in before)):
        yield _had_office(max(recent, key=lambda s: s.on), known)


def _had(sentence: Sentence, known: Knowledge, sent: Sent, item: str) -> Hit:
    day = write_day(sent.on, known.customs)
    name = known.first_name or "This person"
    return Hit(
        "W3", sentence.start, sentence.end, table()["W3"]["person"].format(name=name, what=item, day=day), hard=False
    )


def _had_office(sent: Sent, known: Knowledge) -> Hit:
    name = sent.to.strip() or known.first_name or "The office"
    return Hit("W3", 0, 0, table()["W3"]["office"].format(name=name, day=write_day(sent.on, known.customs)), hard=False)


def _has_hook(reading: Reading, known: Knowledge) -> bool:
    """Whether a line is left that is neither greeting, opener, news nor a wish for anybody."""
    spoken = [s for s in reading.sentences if s.kind == "text"]
    for sentence in spoken:
        words = reading.folded[sentence.start : sentence.end].strip(" .!,")
        if words in listed("pleasantries"):
            continue
        if is_meeting(reading, sentence) and (
            sentence == spoken[0] or not told_in(reading, sentence, known.open_facts)
        ):
            continue
        if re.match(r"(?:i|i'm|i've|just|we|my|new|wrapped|booked|reel|repped)\b", words) and not re.search(
            r"\byou", words
        ):
            continue
        return True
    return False
