"""What the actor is up to, as the lines of a follow-up: chosen, tidied and dated for the day of sending."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from handlers.reading.customs import Customs, write_day
from handlers.writing.hooks import WEEKDAYS
from handlers.writing.news_kinds import begun, comps, is_ahead, kind_of, mediums, without_ahead
from handlers.writing.news_kinds import table as kinds
from handlers.writing.news_titles import made_whole, with_titles
from handlers.writing.openers import of_place, one_line, phrases
from handlers.writing.stale import DATE_WORDS, MONTHS

MOST = 3
"""News lines in one note."""
SOON = 3
"""Days within which an end, to come or just past, is said to the actor."""
FRESH = 90
"""Days for which what has happened is news."""

_NUMBER = r"(?:[0-3]?[0-9])(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"(?i)\b(?P<on>on )?(?:(?:mon|tues?|wed|thu|thurs?|fri|sat|sun|{'|'.join(WEEKDAYS)})\.?,? )?(?:the )?"
    rf"(?:(?P<month>{MONTHS})\.? (?P<day>{_NUMBER})|(?P<day2>{_NUMBER}) (?:of )?(?P<month2>{MONTHS})"
    r"|(?P<one>[01]?[0-9]|[0-3][0-9])/(?P<two>[0-3]?[0-9]))(?:,? 20[0-9]{2}|/[0-9]{2,4})?(?![0-9/])"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_BEFORE_A_DAY = re.compile(r"(?i)\b(?:from|to|til|till|until|through|thru|by|since|before|after|between|and|of)\s*$")
_EMOJI = re.compile(r"[\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\u20e3\U0001f000-\U0001faff]+")
_OFFER = re.compile(r" \((?:comps|there are comps)\b[^()]{0,80}\)$")
_I = re.compile(r"(?<![\w.'’/-])i(?=(?:['’](?:m|ve|ll|d))?(?![\w.'’/-]))")


@dataclass(frozen=True)
class NewsItem:
    """One thing the actor is up to, in the actor's words; `event_on` is its first day, `ends_on` its last."""

    id: int
    words: str
    event_on: date | None = None
    ends_on: date | None = None
    link: str = ""


@dataclass(frozen=True)
class NewsLine:
    """One item as it reads in the note of a day."""

    item: NewsItem
    text: str
    kind: str
    day: date = date.max
    of: str = "other"

    @property
    def bullet(self) -> str:
        """The line as one of several."""
        return f"• {self.text}"


def news_lines(
    items: Iterable[NewsItem], send_on: date, customs: Customs, casts: Collection[str] = ()
) -> list[NewsLine]:
    """Give all that is right to say on a day: the soonest event first, then what the office casts, then the newest."""
    lines = [_line(item, send_on, customs) for item in items]
    told = [line for line in lines if line.text]
    return sorted(told, key=lambda line: (line.day, not mediums([line.item.words]) & set(casts), -line.item.id))


def _line(item: NewsItem, send_on: date, customs: Customs) -> NewsLine:
    read = _as_of(item, send_on)
    return NewsLine(
        item, _text(read, send_on, customs), _kind(read, send_on), _next_day(read, send_on), kind_of(item.words).name
    )


def _as_of(item: NewsItem, send_on: date) -> NewsItem:
    """What has happened is told without its day, for some time: "Booked a co-star", once the shoot is over."""
    kind, last = kind_of(item.words), item.ends_on or item.event_on
    if last is None or not kind.done:
        return item
    is_over = last < send_on
    if (send_on - last).days > FRESH or not (is_over or (kind.past and not is_ahead(item.words))):
        return item
    return replace(item, words=without_ahead(item.words), event_on=None, ends_on=None)


def on_paper(items: Iterable[NewsItem]) -> list[NewsItem]:
    """The news as a postcard tells it: no links, no comps, and what is nothing without its link left out."""
    kept = [
        item for item in items if "://" not in item.words and not (item.link and kind_of(item.words).name == "reel")
    ]
    return [replace(item, words=_OFFER.sub("", comps(item.words)[0]), link="") for item in kept]


def in_order(lines: Sequence[NewsLine], place: int) -> list[NewsLine]:
    """Put the chosen lines in the order of one person of the room; those to come stay in the order of their days."""
    order: list[str] = of_place(place)["order"]
    turned = lines if place % 2 == 0 else lines[::-1]
    return sorted(turned, key=lambda line: (order.index(line.kind), line.day))


def sentence(line: NewsLine, lead: str) -> str:
    """Make one line a sentence, for a note that has no other news."""
    said = line.text
    first = re.match(r"(?:[Jj]ust )?([A-Za-z]+)", said)
    begins = first[1].casefold() if first else ""
    before = next((i for i, words in kinds()["sentence"]["before"].items() if begins in words), "")
    if begins in phrases()["news"]["done"]:
        said = f"I {said[0].lower()}{said[1:]}"
    elif before and not _is_sentence(said):
        said = f"{before} {said[0].lower()}{said[1:]}"
    elif line.of in kinds()["sentence"]["have"] and (new := re.match(r"(?:(?:An?|The) )?(?:[Nn]ew|[Uu]pdated) ", said)):
        article = "" if said.startswith(("A", "The ")) else "an " if new[0][0] == "U" else "a "
        said = f"I have {article}{said[0].lower()}{said[1:]}"
    elif not re.match(r"(I|We|My|Our)\b", said) and not _is_sentence(said) and ":" not in said:
        said = f"{lead} {said}"
    link = "/" in said.rsplit(" ", 1)[-1]  # a full stop would become part of it
    return said if link or said.endswith((".", "!", "?", "…")) else f"{said}."


def _is_sentence(text: str) -> bool:
    said = re.findall(r"[a-z]+", text.split(" (", maxsplit=1)[0].casefold())
    return not set(said[1:]).isdisjoint(kinds()["sentence"]["says"])


def news_remarks(items: Iterable[NewsItem], shown: Sequence[NewsLine], send_on: date, customs: Customs) -> list[str]:
    """Tell the actor what ends soon, what just ended, and what could not be dated."""
    words = phrases()["remarks"]
    remarks = []
    for item in items:
        told = _line(item, send_on, customs).text
        if item.ends_on and 0 <= (item.ends_on - send_on).days <= SOON:
            if any(line.item == item for line in shown):
                remarks.append(words["ends"].format(name=_name(item), when=_near(item.ends_on, send_on)))
        elif item.ends_on and 0 < (send_on - item.ends_on).days <= SOON and not told:
            remarks.append(words["ended"].format(name=_name(item), when=_near(item.ends_on, send_on)))
        elif not _over(item, send_on) and item.words.strip() and not told:
            remarks.append(words["unclear"].format(name=_short(_tidy(item.words))))
    return remarks


def _near(day: date, send_on: date) -> str:
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get((day - send_on).days)
    return near or ("on " if day < send_on else "") + WEEKDAYS[day.weekday()]


# The days of an item


def _over(item: NewsItem, send_on: date) -> bool:
    last = item.ends_on or item.event_on
    return last is not None and last < send_on


def _running(item: NewsItem, send_on: date) -> bool:
    return item.ends_on is not None and (item.event_on is None or item.event_on < send_on)


def _kind(item: NewsItem, send_on: date) -> str:
    if _running(item, send_on):
        return "running"
    if item.event_on:
        return "dated"
    return "link" if item.link.strip() or "://" in item.words else "plain"


def _next_day(item: NewsItem, send_on: date) -> date:
    days = [day for day in (item.event_on, item.ends_on) if day and day >= send_on]
    return min(days, default=date.max)


# The words of an item


def _text(item: NewsItem, send_on: date, customs: Customs) -> str:
    """Write the line; "" when it is over, empty, or its day cannot be said for certain."""
    words = _tidy(item.words)
    if not words or _over(item, send_on):
        return ""
    if _running(item, send_on) and item.event_on and _begins(words):
        words = begun(words)
    if not words:
        return ""
    words, has_comps = comps(words)
    text = _dated(made_whole(words), item, send_on, customs)
    if text and has_comps:
        text = f"{text} ({kinds()['comps']['offer']})"
    link = one_line(item.link)
    if not text or not link or link in text:
        return text
    return f"{text} {link}" if text.endswith(":") else f"{text}: {link}"


def _begins(words: str) -> bool:
    return any(word.startswith(tuple(phrases()["news"]["begins"])) for word in words.casefold().split())


def _tidy(words: str) -> str:
    """Put right only what is certain: "i" is I, a line begins with a capital and has no full stop."""
    text = one_line(_EMOJI.sub(" ", words)).lstrip("•*-–— ").rstrip(" .,;–-!")
    text = with_titles(text)
    text = re.sub(r"\bim\b(?= )", "I'm", _I.sub("I", text))
    first = text.split(" ", 1)[0].replace("-", "")
    return text[:1].upper() + text[1:] if first.isalpha() and first.islower() else text


def _dated(words: str, item: NewsItem, send_on: date, customs: Customs) -> str:
    days = [day for day in (item.event_on, item.ends_on) if day and day >= send_on]
    span = _span(item, send_on, customs)
    text = words
    for day in days:
        text = _written_out(text, day, customs)
    held = any(_is(found, day) for found in _DATE.finditer(words) for day in days)
    loose = [found for found in DATE_WORDS.finditer(text) if not re.match(r" [A-Z][a-z]", text[found.end() :])]
    if not loose:
        return text if held or not span else _with(text, span)
    if held or len(loose) > 1 or not days or not _may_be(loose[0][0], days[0]):
        return ""
    before, after = text[: loose[0].start()].rstrip(), text[loose[0].end() :]
    return f"{before} {_after(before, span)}{after}".lstrip()


def _span(item: NewsItem, send_on: date, customs: Customs) -> str:
    first = item.event_on if item.event_on and item.event_on >= send_on else None
    last = item.ends_on if item.ends_on != first else None
    if first and last and first.day == 1 and last == _month_end(first):
        return f"in {first:%B}"
    if first and last and last > first:
        return f"from {write_day(first, customs)} through {write_day(last, customs)}"
    if first:
        return f"on {write_day(first, customs)}"
    return f"through {write_day(last, customs)}" if last else ""


def _month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _with(text: str, span: str) -> str:
    """Put the day behind the words, before what stands in brackets at the end."""
    head, bracket, tail = text.rpartition(" (") if text.endswith(")") else (text, "", "")
    head = head.removesuffix(" on").removesuffix(" from").rstrip(" ,:")
    return f"{head} {_after(head, span)}{bracket}{tail}"


def _after(head: str, span: str) -> str:
    """Fit the day to the word before it: "closes on Sunday", "until Sunday"."""
    if head.rsplit(" ", 1)[-1].casefold() in phrases()["news"]["ends"]:
        return f"on {re.split('^on |through ', span)[-1]}"
    if _BEFORE_A_DAY.search(head) and not span.startswith("from "):
        return span.split(" ", 1)[1]
    return span


def _written_out(text: str, day: date, customs: Customs) -> str:
    """Write out a day that the words hold: "sat dec 5" is "on Saturday, December 5"; "dec 5-7" stays."""

    def written(found: re.Match[str]) -> str:
        if not _is(found, day) or re.match(r" ?[-–—]", text[found.end() : found.end() + 2]):
            return found[0]
        bare = not found["on"] and _BEFORE_A_DAY.search(text[max(found.start() - 12, 0) : found.start()])
        return f"{'' if bare else 'on '}{write_day(day, customs)}"

    return _DATE.sub(written, text)


def _is(found: re.Match[str], day: date) -> bool:
    if found["one"]:
        return (int(found["one"]), int(found["two"])) in ((day.month, day.day), (day.day, day.month))
    number = int(re.sub(r"[^0-9]", "", found["day"] or found["day2"]))
    month = (found["month"] or found["month2"]).casefold()[:3]
    return number == day.day and month == _MONTHS[day.month - 1]


def _may_be(word: str, day: date) -> bool:
    """Whether a loose date word can mean that day to come: a weekday must be its own, a weekend hold it."""
    word = word.casefold()
    if word.startswith(("last", "yesterday")):
        return False
    if "weekend" in word:
        return day.weekday() >= 4
    named = [name for name in WEEKDAYS if name.casefold() in word]
    return not named or day.weekday() == WEEKDAYS.index(named[0])


_WORK = re.compile(r" (?:on|in) (?P<name>[A-Z][^,;:(]*?)(?= at | for |[,;:(]|$)")


def name_of(item: NewsItem) -> str:
    """What the item is called among others: "Harbor Lights", "the reel"."""
    words, kind = _tidy(item.words), kind_of(item.words).name
    work = _WORK.search(words) if kind in ("booked", "wrapped") else None
    if kind == "reel":
        return "the site" if re.search(r"(?i)\b(?:web)?site\b", words) else "the reel"
    return _short(work["name"]) if work else _name(item)


def _name(item: NewsItem) -> str:
    """What the item is called: "The Long Table" of "In The Long Table at Larkspur Playhouse, closes"."""
    name = re.split(r" (?:at|through|until|closes|ends|runs) |[,:;(]| [–-] ", _tidy(item.words), maxsplit=1)[0]
    name = re.sub(r"(?i)^(?:I'm |I am |currently |appearing |playing |performing |starring )*in ", "", name)
    return _short(name[:1].upper() + name[1:])


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
