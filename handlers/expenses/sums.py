"""Which figures of a line are sums: not times, dates, house numbers, phones or counts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from itertools import pairwise

from handlers.expenses.amounts import Amount, find_amounts
from handlers.expenses.categories import find_words, is_known
from handlers.expenses.sheet import LINK, SUM, Sheet
from handlers.expenses.tables import like, words_in
from handlers.expenses.trips import Distance, bare_distance, find_distances
from handlers.reading.customs import Customs

Sum = Amount | Distance
_MOST = 12
_PHONE = re.compile(
    r"(?<![\w.])(?:\+?[0-9]{1,3}[ .-]?)?\(?[0-9]{3}\)?[ .-][0-9]{3}[ .-][0-9]{4}(?!\w)|\+[0-9][0-9 ()-]{7,18}[0-9]"
)
_CLOCK = re.compile(
    r"(?<![\w.$£€])[0-9]{1,2}(?::[0-9]{2})?\s?[ap]\.?m\b\.?|(?<![\w.$£€])[0-9]{1,2}:[0-9]{2}(?!\w)"
    r"|(?<![\w.$£€,])[0-9]{1,2}\s?-\s?[0-9]{1,2}(?![\w.,/])",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:https?://|www\.)\S{1,300}|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,64}", re.IGNORECASE)
_SIZE = re.compile(r"(?<!\w)(?:4x6|5x7|8x10|9x12|11x14)s?(?!\w)", re.IGNORECASE)
_SEPARATOR = re.compile(r"[,;\n|]|\s[+/&]\s?|\band\b|\bplus\b|\bthen\b|\s-\s", re.IGNORECASE)
_EACH = re.compile(r"\s?(?:each|apiece|ea|a pop|a piece)\b(?!\s(?:way|direction))", re.IGNORECASE)
_FREE_BEFORE = re.compile(rf"(?:^|[\s,;:=+&{SUM}{LINK}-]|(?:^|\s)[(\['\"])$")
_FREE_AFTER = re.compile(rf"$|[\s,;:!?)\]{SUM}{LINK}+&'\"-]|\.(?:$|\s)")
_SHARE = re.compile(r"(?<![\w.,])([0-9]{1,2}(?:\.[0-9]{1,2})?)\s?%\s(?:of|on)\s$", re.IGNORECASE)
_COUNT = re.compile(r"(?<![\w.,:/$£€#-])([2-9]|[1-9][0-9])\s(?=[^\W\d])")


@dataclass(frozen=True)
class Segment:
    """A part of the line with one sum."""

    start: int
    end: int
    sum: Sum


def hide_others(sheet: Sheet) -> str:
    """What is left of the line, with blanks where figures are surely no sums; places hold."""
    text = sheet.left
    for pattern in (_LINK, _PHONE, _CLOCK, _SIZE):
        text = pattern.sub(_blank, text)
    return _street().sub(lambda m: m[0] if _is_sum_and_words(m) else _blank(m), text)


def _blank(m: re.Match[str]) -> str:
    return " " * len(m[0])


@cache
def _street() -> re.Pattern[str]:
    return like(r"(?<![\w.,$£€])(?P<n>[0-9]{1,5})(?P<name>(?:\s[^\W\d_]{1,20}\.?){1,3})\s<streets>(?!\w)\.?")


def _is_sum_and_words(m: re.Match[str]) -> bool:
    """Tell "12 parking main st" from an address."""
    words = m["name"].split()
    return any(is_known(word) or word.casefold() in words_in("fillers") | words_in("miles") for word in words)


def _without_names(text: str) -> str:
    """Blank out names with figures in them: "microsoft 365"."""
    for found in find_words(text, {}):
        if any(char.isdigit() for char in found.said) and "%" not in found.said:
            text = text[: found.start] + " " * len(found.said) + text[found.end :]
    return text


def find_sums(sheet: Sheet, home: str, customs: Customs) -> list[Sum]:
    """The sums and distances of a line, in their order; at most a dozen are looked at."""
    text = _without_names(hide_others(sheet))
    distances = find_distances(text, customs)
    for one in distances:
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    amounts = [one for one in find_amounts(text, home, customs) if _may_be_sum(one, text)][:_MOST]
    if not distances and not any(one.is_marked for one in amounts) and (bare := bare_distance(text, customs)):
        distances, amounts = [bare], [one for one in amounts if one.end <= bare.start or one.start >= bare.end]
    each = [_times(one, amounts, text) for one in amounts]
    counted = {id(count) for _, count in each if count}
    kept = [one for (one, _), was in zip(each, amounts, strict=True) if id(was) not in counted]
    return sorted([*distances[:_MOST], *kept], key=lambda one: one.start)


def _may_be_sum(one: Amount, text: str) -> bool:
    if one.is_marked:
        return True
    if not _stands_free(one, text):
        return False
    before = like(r"(?<![^\W_])(?:<numbered>)[\s.:]{0,2}$").search(text[max(0, one.start - 24) : one.start])
    if before or text[max(0, one.start - 1) : one.start] == "#":
        return False
    small = like(r"(?<![^\W_])(?:<numbered_when_small>)\s$").search(text[max(0, one.start - 24) : one.start])
    if small and one.value is not None and one.value < 10 and re.fullmatch(r"[0-9]", one.said):
        return False
    if like(r"\s?-?(?:<counted>)(?![^\W_])").match(text, one.end) is None:
        return True
    # "26 actors access" counts no actors, "95 scene study class" no scenes.
    return any(found.start <= 1 and " " in found.said for found in find_words(text[one.end : one.end + 40], {}))


def _stands_free(one: Amount, text: str) -> bool:
    """Tell "12 parking" from "f(12)" and "{0.a}"."""
    is_begun = _FREE_BEFORE.search(text[max(0, one.start - 2) : one.start]) is not None
    return is_begun and _FREE_AFTER.match(text[one.end :]) is not None


def _times(one: Amount, all_of_them: Sequence[Amount], text: str) -> tuple[Amount, Amount | None]:
    """Multiply the price of "2 classes at $40 each" by its count; take the share of "10% of 1200"."""
    share = _SHARE.search(text[max(0, one.start - 16) : one.start])
    if share and one.value is not None:
        cents = (one.value * Decimal(share[1]) / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
        return replace(one, value=cents), None
    if one.value is None or one.problem or not _EACH.match(text, one.end):
        return one, None
    for other in all_of_them:
        if other.end <= one.start and not other.is_marked and other.value and _COUNT.match(text, other.start):
            return replace(one, value=one.value * other.value), other
    return one, None


def add_up(sheet: Sheet, sums: Sequence[Sum]) -> list[Sum]:
    """The sums, with a tip or a tax added to the one before it: "40 dinner + 8 tip"."""
    kept: list[Sum] = []
    for one in sums:
        before = kept[-1] if kept else None
        if isinstance(one, Amount) and isinstance(before, Amount) and (span := _added(sheet, before, one)):
            sheet.take(*span)
            if before.value is not None and one.value is not None:
                kept[-1] = replace(before, value=before.value + one.value)
            continue
        kept.append(one)
    return kept


def _added(sheet: Sheet, first: Amount, second: Amount) -> tuple[int, int] | None:
    """Where a second sum and its word stand, if it is to be added to the first."""
    if first.problem or second.problem or first.currency != second.currency:
        return None
    between = sheet.left[first.end : second.start]
    if re.fullmatch(r"\s*\+\s*", between):
        after = like(r"\s?(?:<added>)(?![^\W_])").match(sheet.left, second.end)
        return first.end, after.end() if after else second.end
    if after := like(r"\s?(?:<added>)(?![^\W_])").match(sheet.left, second.end):
        return second.start, after.end()
    before = like(r"(?<![^\W_])(?:<added>)(?:\sof)?[\s:]{1,2}$").search(between)
    return (first.end + before.start(), second.end) if before else None


# Several sums


def segments(sheet: Sheet, sums: Sequence[Sum], taught: Mapping[str, str]) -> list[Segment]:
    """The line cut into parts of one sum each; a bare number beside a sum that has the words is only a number."""
    kept = list(sums)
    while len(kept) > 1 and (idle := _idle(sheet, kept, taught)):
        kept.remove(idle)
    starts = [0]
    for one, after in pairwise(kept):
        starts.append(_bound(sheet, (starts[-1], one, after), taught))
    ends = [*starts[1:], len(sheet.text)]
    return [Segment(*each) for each in zip(starts, ends, kept, strict=True)]


def _idle(sheet: Sheet, sums: Sequence[Sum], taught: Mapping[str, str]) -> Amount | None:
    """A bare number for which the line has no word of its own; one that counts or is a year before any other."""
    bare = [one for one in sums if isinstance(one, Amount) and not one.is_marked]
    alone = [one for one in bare if _is_part_alone(sheet, one, sums)]
    others = [one for one in bare if one not in alone]
    told = _told(sheet, sums, taught) + len(alone)
    wordless = [one for one in others if not _has_words(sheet, one, sums, taught)]
    if not others or (told >= len(sums) and not wordless):
        return None
    counting = [one for one in others if _counts_things(sheet, one)]
    is_only_sum = len(others) == len(sums) and len(others) - len(counting) == 1
    return next(iter(counting if is_only_sum else [*counting, *wordless, *others]), None)


def _told(sheet: Sheet, sums: Sequence[Sum], taught: Mapping[str, str]) -> int:
    """How many sums the words speak of; words of one kind speak of one, where nothing parts the sums."""
    found = find_words(sheet.left, taught)
    is_parted = _SEPARATOR.search(sheet.left, sums[0].end, sums[-1].start)
    words = len(found) if is_parted else len({one.word.category for one in found})
    return words + sum(isinstance(one, Distance) for one in sums)


def _counts_things(sheet: Sheet, one: Amount) -> bool:
    """Tell "4 headshots 45" and "2026 dues 120": one counts, the other is a year."""
    if re.fullmatch(r"20[0-3][0-9]", one.said):
        return True
    plural = re.match(r"\s[^\W\d_]{2,20}s\b", sheet.left[one.end :]) is not None
    return plural and re.fullmatch(r"[2-9]|[1-9][0-9]{1,2}", one.said) is not None


def _is_part_alone(sheet: Sheet, one: Amount, sums: Sequence[Sum]) -> bool:
    """A number that is a whole part between separators: "parking 12, 8"."""
    first = min(other.start for other in sums)
    before, after = sheet.left[first : one.start].rstrip(), sheet.left[one.end :].lstrip()
    parted = not before or re.search(r"(?:[,;\n|+&]|\band|\bplus)$", before, re.IGNORECASE) is not None
    return one.start > first and parted and (not after or after[0] in f",;\n|+&{LINK}")


def _has_words(sheet: Sheet, one: Sum, sums: Sequence[Sum], taught: Mapping[str, str]) -> bool:
    start, end = _reach(sheet, one, sums)
    return bool(find_words(sheet.left[start:end], taught))


def _reach(sheet: Sheet, one: Sum, sums: Sequence[Sum]) -> tuple[int, int]:
    """From the separator before a sum to the one after it, and not beyond the sums on both sides."""
    low = max((other.end for other in sums if other.end <= one.start), default=0)
    high = min((other.start for other in sums if other.start >= one.end), default=len(sheet.left))
    before = [m.end() for m in _SEPARATOR.finditer(sheet.left, low, one.start)]
    after = [m.start() for m in _SEPARATOR.finditer(sheet.left, one.end, high)]
    return (before[-1] if before else low), (after[0] if after else high)


def _bound(sheet: Sheet, part: tuple[int, Sum, Sum], taught: Mapping[str, str]) -> int:
    """Where the part that starts there with one sum ends, and that of the next begins."""
    start, one, after = part
    parted = list(_SEPARATOR.finditer(sheet.left, one.end, after.start))
    if parted:
        return parted[-1].end() if find_words(sheet.left[parted[-1].end() : after.start], taught) else parted[0].end()
    words = find_words(sheet.left[start : one.start], taught)
    between = find_words(sheet.left[one.end : after.start], taught)
    if words and between:
        return one.end + between[0].start
    return one.end if words or isinstance(one, Distance) else after.start


def blot(sheet: Sheet, one: Sum) -> None:
    """Take a sum out of the line."""
    sheet.take(one.start, one.end, SUM)
