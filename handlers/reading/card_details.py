"""The rest of an audition's card: round, mode, size, how it felt; what one wore, hair, headshot, an adjustment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from handlers.reading.casting_words import all_words, card_words, like, words_in
from handlers.reading.spelling import clipped, fold, worded

_READ = 2000
_LONGEST = 500


@dataclass(frozen=True)
class More:
    """What else is told of the audition; `felt` from 1 to 5."""

    round: str = ""
    mode: str = ""
    size: str = ""
    adjustment: str = ""
    felt: int | None = None


@dataclass(frozen=True)
class Look:
    """What was worn, how the hair was, which headshot or reel they had, the adjustment they gave."""

    wore: str = ""
    hair: str = ""
    headshot: str = ""
    adjustment: str = ""


_PART_END = re.compile(r"[,，、;；\n|·…]|[.!?]+(?=\s|$)|(?<=\s)(?:[-–—+&/]+)(?=\s)")
_ENDS = " \t.,!?:;*_~-–—"
_FELT = re.compile(
    r"\b(?:i\s+)?(?:felt|feel|feeling|rate|rated|rating)(?:\s+(?:like|it|about|an?|was|good))*\s*[:=]?\s*([1-5])"
    r"(?:\s*(?:/\s*5|(?:out )?of (?:5|five)|stars?)\b)?(?![\d/.,]*\d)(?!\s*(?:times|takes|minutes|min|people))",
    re.IGNORECASE,
)
_BARE_FELT = re.compile(r"([1-5])(?:\s*/\s*5|\s+(?:out )?of (?:5|five)|\s+stars?)?", re.IGNORECASE)
_STRIPPED = re.compile(r"^(?:the|my|a|an)\s+(?=\S)", re.IGNORECASE)


def read_more(text: str) -> More | None:
    """Round, mode, size and feeling where the words are known; the rest is the adjustment. None if nothing is left."""
    more, rest = More(), list[str]()
    plain = worded(text[:_READ])
    if felt := _FELT.search(plain):
        more = replace(more, felt=int(felt[1]))
        plain = f"{plain[: felt.start()]}, {plain[felt.end() :]}"
    for part in _parts(plain):
        bare = _BARE_FELT.fullmatch(part)
        said = all_words(part) or all_words(like(r"^(?:round|mode|size)\s*[:=]\s*").sub("", part))
        if bare and more.felt is None:
            more = replace(more, felt=int(bare[1]))
        elif said:
            more = _told(more, said)
        else:
            rest.append(_without_label(part))
    more = replace(more, adjustment=clipped(", ".join(rest), _LONGEST))
    return more if more != More() else None


def _told(more: More, said: dict[str, str]) -> More:
    """The first of two words for one thing counts."""
    words = {name: getattr(more, name) or said.get(name, "") for name in ("round", "mode", "size")}
    return replace(more, round=words["round"], mode=words["mode"], size=words["size"])


def _without_label(part: str) -> str:
    return like(r"^<adjustment_labels>\s*[:=]\s*(?=\S)").sub("", part)


def _parts(text: str) -> Iterator[str]:
    for part in _PART_END.split(text):
        if any(char.isalnum() for char in part):
            yield " ".join(part.split()).strip(_ENDS)


def read_look(text: str) -> Look | None:
    """Clothes, hair, headshot and adjustment by their cues; what has no cue was worn. None for a blank text."""
    told: dict[str, list[str]] = {"wore": [], "hair": [], "headshot": [], "adjustment": []}
    for part in _parts(worded(_signs_as_labels(text[:_READ]))):
        for trait, words in _traits(part):
            if bare := words.strip(_ENDS):
                told[trait].append(bare)
    look = Look(**{trait: clipped(", ".join(words), _LONGEST) for trait, words in told.items()})
    return look if look != Look() else None


def _signs_as_labels(text: str) -> str:
    for trait, signs in card_words()["look_signs"].items():
        text = re.sub(f"[{signs}]\ufe0f?", f"\n{trait}: ", text)
    return text


def _traits(part: str) -> Iterator[tuple[str, str]]:
    """Each trait that a part tells, with its words."""
    if label := like(r"(?:<wore>|(<hair>)|(<headshot>)|(<adjustment_labels>)|(reel))\s*[:=]\s*(.+)").fullmatch(part):
        yield _trait(label), f"reel {label[5]}" if label[4] else label[5]
    elif like(r"<adjustment>\b.*").fullmatch(part):
        yield "adjustment", part
    elif like(r"(?:.*\s)?reel(?:\s.*)?").fullmatch(part):
        yield "headshot", _bare("headshot", part)
    elif split := like(r"(?:(.*?)\s+)??<headshot>(?:\s+(.+))?").fullmatch(part):
        yield from _beside_headshot(split[1] or "", split[2] or "")
    else:
        yield from _worn(part)


def _trait(label: re.Match[str]) -> str:
    traits = ("hair", "headshot", "adjustment", "headshot")
    return next((trait for at, trait in enumerate(traits, 1) if label[at]), "wore")


def _beside_headshot(left: str, right: str) -> Iterator[tuple[str, str]]:
    """Read "they had warm smile" and "warm smile headshot"; left of a cue with words after it is what was worn."""
    if right:
        yield "headshot", _bare("headshot", like(r"\s+<headshot>$").sub("", right))
        yield from _worn(_joined(left))
    else:
        yield "headshot", _bare("headshot", left)


def _worn(part: str) -> Iterator[tuple[str, str]]:
    """Clothes, with hair before or after them: "blue scrubs top hair up"."""
    words = part.split()
    if words and _hair_length(words) == len(words):
        yield "hair", part
        return
    split = like(r"(?:(.*?)\s+)??(?:with\s+)?<hair>(?:\s+(.+))?").fullmatch(part)
    if split is None:
        yield "wore", _bare("wore", part)
        return
    left, right = (split[1] or "").split(), (split[2] or "").split()
    if right:
        length = _hair_length(right) or len(right)
        yield "hair", " ".join(right[:length])
        yield "wore", _bare("wore", _joined(" ".join(left)))
        yield "wore", _bare("wore", " ".join(right[length:]))
    else:
        start = _hair_start(left)
        yield "wore", _bare("wore", _joined(" ".join(left[:start])))
        yield "hair", " ".join(left[start:])


def _hair_length(words: list[str]) -> int:
    """How many words from the front tell of hair: "in a bun", but not the "black boots" after it."""
    styles, joints = words_in("hair_styles"), words_in("hair_joints")
    best = 0
    for at, word in enumerate(map(fold, words), 1):
        if word.replace("-", " ").split()[-1:] and set(word.split("-")) & styles:
            best = at
        elif word not in joints:
            break
    return best


def _hair_start(words: list[str]) -> int:
    """Where "curly" or "half up" begins before the word hair; two words at most where none is known."""
    start = len(words)
    while start and set(fold(words[start - 1]).split("-")) & (words_in("hair_styles") | words_in("hair_looks")):
        start -= 1
    return start if start < len(words) else max(0, len(words) - 2) if len(words) < 3 else len(words) - 1


def _joined(words: str) -> str:
    return re.sub(r"(?:\s+|^)(?:and|with|w/)$", "", words.strip(_ENDS), flags=re.IGNORECASE)


def _bare(trait: str, words: str) -> str:
    """Without the cue and the article before it: "wore the yellow cardigan" is the yellow cardigan's."""
    cut = like(rf"^(?:<{trait}>\s+)+(?=\S)").sub("", words.strip())
    return _STRIPPED.sub("", cut)
