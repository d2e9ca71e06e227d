"""A text as the checker reads it: folded sign by sign, stored names put out of sight, cut into sentences."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice

from handlers.writing.checker_phrases import listed

MOST = 4000
"""Characters; no chat message is longer, and what comes behind is not read."""
MOST_SENTENCES = 60
"""A text with more is no note; the last one takes all the rest."""
QUOTES = ("'", '"')
MASK = "\ue000"
"""Stands for each letter of what is stored; folding takes it out of any text, so it cannot be typed."""

_STRAIGHT = {**dict.fromkeys("‘’ʼ＇´`′", "'"), **dict.fromkeys("“”„«»″", '"'), **dict.fromkeys("–—‐‑‒―−", "-")}
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_NEWLINES = frozenset("\n\r\x0b\x0c\x85\u2028\u2029")
# Letters of other scripts that look like Latin ones; they count only inside a word that has Latin letters too.
_LOOK_ALIKE = str.maketrans("аеорсухіјѕԁһкмнтвαεοριυτνκηω", "aeopcyxijsdhkmhtbaeopiutvknw")
_MIXED = re.compile(r"[^\W\d_]*[а-яіјѕԁһα-ω][^\W\d_]*")
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"\]}]{3,500}"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
    r"|(?<![\w.@-])@[\w.-]{2,60}"
    r"|(?<![\w.@-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,3}\.(?:com|net|org|tv|co|io|me|film|actor|example|uk|ca|info|page)"
    r"(?![\w])(?:/[^\s<>\"\]}]{0,500})?"
)
_ODD = re.compile(r"[^\w ',.&#-]")
"""A name with such signs may look like a link, and is masked before links are."""
_END = re.compile(r"(?:[.!?]+[\"')]*)(?=[ \n]|$)|\n\n")
_SHORTENED = re.compile(r"(?:\b(?:mr|mrs|ms|dr|st|vs|jr|sr|prof|ave|e\.g|i\.e|a\.m|p\.m|no|feat|[a-z]))\.$")
BULLET = re.compile(r"(?:[•·‣◦▪●○*]|-{1,2}|[0-9]{1,2}[.)]) ?(?=\S)")
_GREETING = re.compile(r"(?:hi|hello|hey|dear|hiya|howdy|greetings|good (?:morning|afternoon|evening|day)|to whom)\b")


@dataclass(frozen=True)
class Sentence:
    """A stretch of the folded text; kind is greeting, bullet, lead, text or sign."""

    start: int
    end: int
    kind: str


class Reading:
    """One part of a note with all the checker looks at; `names` are the stored words that are masked."""

    def __init__(self, text: str, names: Sequence[str] = (), sign: str = "", *, is_subject: bool = False) -> None:
        self.text = text
        self.is_subject = is_subject
        self._sign = fold(sign)
        self.folded, self._at = _fold(text[:MOST])
        longest_first = sorted(set(names), key=len, reverse=True)
        odd = self._without(self.folded, [name for name in longest_first if _ODD.search(fold(name))])
        self.links = [_trimmed(found) for found in _LINK.finditer(odd)]
        unlinked = _masked(odd, self.links)
        self.masked = self._without(unlinked, longest_first)

    def _without(self, text: str, names: Sequence[str]) -> str:
        """The text with the names masked; each is looked for as if the others were not there."""
        return _masked(text, [place for name in names for place in self._places(name, text)])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the folded text stands in the text as typed."""
        if not self._at or start >= len(self._at):
            return len(self.text), len(self.text)
        last = self._at[max(start, end - 1)] + 1 if end > start else self._at[start]
        while end > start and last < len(self.text) and not _letters(self.text[last]):
            last += 1
        return self._at[start], last

    def typed(self, start: int, end: int) -> str:
        """The words of a stretch as they were typed."""
        first, last = self.span(start, end)
        return self.text[first:last]

    def is_capital(self, place: int) -> bool:
        """Whether the sign there was typed as a capital."""
        return self.text[self._at[place]].isupper()

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences in order."""
        if self.is_subject:
            return (Sentence(0, len(self.folded), "text"),) if self.folded else ()
        pieces = list(islice(self._pieces(), MOST_SENTENCES))
        if len(pieces) == MOST_SENTENCES:
            pieces[-1] = (pieces[-1][0], len(self.folded))
        return tuple(
            Sentence(start, end, self._kind(n, len(pieces), start, end)) for n, (start, end) in enumerate(pieces)
        )

    def sentence_at(self, place: int) -> Sentence:
        """The sentence a place stands in."""
        number = bisect_right(self.sentences, place, key=lambda sentence: sentence.start) - 1
        found = self.sentences[max(number, 0)] if self.sentences else None
        return found if found and found.start <= place < found.end else Sentence(0, len(self.folded), "text")

    def _pieces(self) -> Iterator[tuple[int, int]]:
        for start, end in self._units():
            first, bullet = start, BULLET.match(self.folded, start, end)
            for found in _END.finditer(self.masked, bullet.end() if bullet else start, end):
                if _SHORTENED.search(self.masked, max(first, found.end() - 6), found.end()):
                    continue
                yield first, found.end()
                first = found.end() + 1
            if first < end:
                yield first, end

    def _units(self) -> Iterator[tuple[int, int]]:
        """The lines, those that were only wrapped put together again."""
        start, place = 0, 0
        for line in self.folded.split("\n"):
            end = place + len(line)
            after = end + 1
            if not line:
                start = after
            elif after >= len(self.folded) or self._ends_here(start, end, after):
                yield start, end
                start = after
            place = after

    def _ends_here(self, start: int, end: int, after: int) -> bool:
        is_short = end - start < 40 or self.folded[end - 1] in ":,"
        return (
            is_short or self.folded[after] == "\n" or self.is_capital(after) or bool(BULLET.match(self.folded, after))
        )

    def _kind(self, number: int, of: int, start: int, end: int) -> str:
        words = self.folded[start:end]
        if BULLET.match(words):
            return "bullet"
        if number == 0 and len(words) < 80 and (_GREETING.match(words) or re.fullmatch(r"[\w.' -]{1,40},", words)):
            return "greeting"
        if words.endswith(":"):
            return "lead"
        return "sign" if number >= of - 3 and number > 0 and self._is_sign(start, end) else "text"

    def _is_sign(self, start: int, end: int) -> bool:
        words = self.folded[start:end].strip(" ,.!-")
        if words in listed("closings") or (self._sign and words in (self._sign, self._sign.split()[0])):
            return True
        bare = self.folded[end - 1] not in ".!?" and len(words.split()) <= 3 and words.replace(" ", "").isalpha()
        firsts = [start + found.start() for found in re.finditer(r"\S+", self.folded[start:end])]
        return bare and end == len(self.folded) and all(map(self.is_capital, firsts))

    def _places(self, name: str, unlinked: str) -> Iterator[tuple[int, int]]:
        """Where a stored name stands, written as one: "Please Hold" is a title, "please hold" is not."""
        folded = fold(name)
        start = unlinked.find(folded) if folded else -1
        while start >= 0:
            end = start + len(folded)
            if _stands_alone(unlinked, start, end) and self._is_named(name, start, end):
                yield start, end
            start = unlinked.find(folded, start + 1)

    def _is_named(self, name: str, start: int, end: int) -> bool:
        typed = self.typed(start, end)
        before = self.folded[max(0, start - 12) : start].split()
        if not all(t[0].isupper() or not s[0].isupper() for t, s in zip(typed.split(), name.split(), strict=False)):
            is_quoted = (
                " " in name.strip()
                and self.folded[start - 1 : start] in QUOTES
                and self.folded[end : end + 1] in QUOTES
            )
            return is_quoted or (bool(before) and before[-1].strip("\"'") in listed("before_a_name"))
        opens = start == 0 or self.folded[start - 1] == "\n" or self.folded[start - 2] in ".!?"
        after = re.match(r" (\w+)", self.folded[end : end + 12])
        return not (opens and " " not in name.strip() and after and after[1] in listed("never_behind_a_name"))


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The text as it is compared."""
    return _fold(text[:MOST])[0]


def _fold(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its signs where it comes from; blanks squeezed, invisible signs gone."""
    out: list[str] = []
    at: list[int] = []
    blank, lines = -1, 0
    for place, sign in enumerate(text):
        letters = _letters(sign)
        if letters in (" ", "\n"):
            blank = place if blank < 0 else blank
            lines += letters == "\n" and not (sign == "\n" and text[place - 1 : place] == "\r")
            continue
        if not letters:
            continue
        if blank >= 0 and out:
            gap = "\n" * min(lines, 2) or " "
            out.append(gap)
            at += [blank] * len(gap)
        blank, lines = -1, 0
        out.append(letters)
        at += [place] * len(letters)
    folded = "".join(out)
    return folded if folded.isascii() else _MIXED.sub(_unmixed, folded), at


def _masked(text: str, places: Iterable[tuple[int, int]]) -> str:
    signs = list(text)
    for start, end in places:
        signs[start:end] = MASK * (end - start)
    return "".join(signs)


def _unmixed(word: re.Match[str]) -> str:
    return word[0].translate(_LOOK_ALIKE) if re.search("[a-z]", word[0]) else word[0]


@lru_cache(maxsize=4096)
def _letters(sign: str) -> str:
    """What one sign counts as; "" for one that shows nothing or only sits on another."""
    if sign.isspace():
        return "\n" if sign in _NEWLINES else " "
    if sign in _STRAIGHT:
        return _STRAIGHT[sign]
    if (
        sign in _BLANK
        or "\ufe00" <= sign <= "\ufe0f"
        or unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn", "Mn")
    ):
        return ""
    plain = "".join(c for c in unicodedata.normalize("NFKD", sign) if unicodedata.category(c) != "Mn").casefold()
    return plain.translate({ord(k): v for k, v in _STRAIGHT.items()}).replace(" ", "")


def _trimmed(found: re.Match[str]) -> tuple[int, int]:
    return found.start(), found.start() + len(found[0].rstrip(".,;:!?)'"))


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() and text[start].isalnum()) and not (after.isalnum() and text[end - 1].isalnum())


def words_of(text: str) -> Iterable[re.Match[str]]:
    """The words of a folded text, with their places."""
    return re.finditer(r"[^\W_]+(?:['-][^\W_]+)*", text)
