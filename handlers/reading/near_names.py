"""Whether two names may be one person's: close names are asked about, never taken for one another."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from handlers.reading.people_words import words_in
from handlers.reading.spelling import fold

_MOST_NEAR = 5
_WORTH_A_LOOK = 50
_CLOSE = 70
_FIRST = 0.75  # Mike and Michael 0.78, Odette and Odile 0.76; John and Jane 0.67, Jo and Tom 0.61
_ALONE = 0.9  # Sara and Sarah 0.96; Mary and Mark 0.88, Jess and Tess 0.83
_LAST = 0.88  # Quilan and Quillan 0.97, Miller and Mills 0.89; Jones and Johnson 0.83
_LAST_BEGUN_ALIKE = 0.8  # Thornbury and Thornton 0.84


def nearest(name: str, known: Sequence[str]) -> list[int]:
    """The places of the folded names close to this one, the closest first."""
    said = fold(name)
    if len(said) < 3 and said.isascii():
        return []
    candidates = process.extract(said, known, scorer=fuzz.WRatio, score_cutoff=_WORTH_A_LOOK, limit=50)
    return [place for other, score, place in candidates if _close(said, other, score)][:_MOST_NEAR]


@lru_cache(maxsize=4096)
def name_words(folded: str) -> tuple[str, ...]:
    """The words of a folded name without titles and suffixes."""
    extra = words_in("titles") | words_in("suffixes") | words_in("credentials")
    words = tuple(word.strip(".,") for word in folded.split())
    return tuple(word for word in words if word and word not in extra) or words


def _close(said: str, other: str, score: float) -> bool:
    ours, theirs = name_words(said), name_words(other)
    if not ours or not theirs:
        return False
    if sorted(ours) == sorted(theirs):
        return True
    if len(ours) == 1 or len(theirs) == 1:
        alone, whole = (ours, theirs) if len(ours) == 1 else (theirs, ours)
        return any(_alike(alone[0], word, _ALONE) for word in (whole[0], whole[-1]))
    firsts = _alike(ours[0], theirs[0], _FIRST)
    return firsts and _same_surname(ours[-1], theirs[-1]) and (score >= _CLOSE or ours[0] == theirs[0])


def _alike(ours: str, theirs: str, least: float) -> bool:
    """A typo of the other, or its beginning or a part of it: "Jen" and "Jennifer", "Liz" and "Elizabeth"."""
    brief, long = sorted((ours, theirs), key=len)
    if brief == long or (len(brief) >= 3 and brief in long and (long.startswith(brief) or least == _FIRST)):
        return True
    return len(brief) >= 2 and JaroWinkler.similarity(ours, theirs) >= least


def _same_surname(ours: str, theirs: str) -> bool:
    if min(len(ours), len(theirs)) == 1:
        return ours[0] == theirs[0]  # "Tess Q."
    alike = JaroWinkler.similarity(ours, theirs)
    return alike >= _LAST or (ours[:4] == theirs[:4] and alike >= _LAST_BEGUN_ALIKE)
