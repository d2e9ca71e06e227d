"""The input gate: whatever is typed can be kept, comes back the same, and is not cut through the middle of a letter."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.text import clean
from tests.corpus import CORPUS
from tests.patience import patience

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
CONTROLS_AND_HALVES = "\0\r\n\t\x1b\x85\ud83d\ude00"
MARKS_AND_WHAT_TAKES_THEM = "a\u0301\u0323\u0345\u0344\u0f73\u1100\u1161\u11a8"
PARTS_OF_EMOJI = "\u200d\ufe0f\U0001f468\U0001f1fa\U0001f3fd"
TROUBLE = CONTROLS_AND_HALVES + MARKS_AND_WHAT_TAKES_THEM + PARTS_OF_EMOJI

any_text = st.text(st.sampled_from(TROUBLE) | st.characters(), max_size=60)
fine_text = st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n\t\u0301\u200d\U0001f1fa")).map(
    lambda text: unicodedata.normalize("NFC", text)
)
limits = st.integers(min_value=0, max_value=60)


def forbidden(text: str) -> list[str]:
    return [char for char in text if char not in "\n\t" and unicodedata.category(char) in ("Cc", "Cs")]


def by_the_book(text: str) -> str:
    """The rule in its plainest words, without regard to time or length."""
    kept = "".join(char for char in text if char == "\r" or not forbidden(char))
    return unicodedata.normalize("NFC", re.sub("\r\n?", "\n", kept))


def test_the_corpus_is_large_and_each_line_has_a_name_of_its_own() -> None:
    assert len({name for name, _ in CORPUS}) == len(CORPUS) >= 160


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in CORPUS])
def test_every_line_of_the_corpus_can_be_kept(text: str) -> None:
    kept = clean(text)

    assert kept.encode("utf-8").decode("utf-8") == kept
    assert forbidden(kept) == []
    assert len(kept) <= 4000
    assert clean(kept) == kept
    assert by_the_book(text).startswith(kept)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Te\0ss", "Tess"),
        ("Te\udcffss \ud83d", "Tess "),
        ("\x1b[31mred\x7f\x85", "[31mred"),
        ("one\ttwo\nthree", "one\ttwo\nthree"),
        ("one\r\ntwo\rthree\r\n", "one\ntwo\nthree\n"),
        ("one\r\0\ntwo", "one\ntwo"),
        ("\n\n  Tess  \n", "\n\n  Tess  \n"),
        ("Zoe\u0308", "Zo\u00eb"),
        ("\u202eTe\u200bss\ufeff", "\u202eTe\u200bss\ufeff"),
    ],
)
def test_what_is_dropped_and_what_stays_as_typed(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize(
    ("typed", "limit", "kept"),
    [
        ("Copper Falls", 6, "Copper"),
        ("Copper", 6, "Copper"),
        ("Copper", 0, ""),
        ("ab" + FAMILY, 4, "ab"),
        ("ab" + FAMILY, 5, "ab"),
        ("ab" + FAMILY, 7, "ab" + FAMILY),
        ("ab" + FAMILY + "c", 7, "ab" + FAMILY),
        ("ab\U0001f44b\U0001f3fd", 3, "ab"),
        ("ab1\ufe0f\u20e3", 4, "ab"),
        ("ab" + SCOTLAND, 6, "ab"),
        ("\U0001f1fa\U0001f1f8" * 3, 3, "\U0001f1fa\U0001f1f8"),
        ("\U0001f1fa\U0001f1f8" * 3, 4, "\U0001f1fa\U0001f1f8" * 2),
        ("abx\u0301\u0301", 4, "ab"),
        ("e\u0301" * 5, 3, "\u00e9" * 3),
        ("\u03b1\u0313\u0300\u0345" * 5, 4, "\u1f82" * 4),
    ],
)
def test_a_cut_goes_beside_a_letter_never_through_it(typed: str, limit: int, kept: str) -> None:
    assert clean(typed, limit) == kept


def test_a_stack_of_marks_longer_than_any_letter_is_cut_through() -> None:
    assert clean("Tex" + "\u0301" * 300, 100) == "Tex" + "\u0301" * 97


def test_the_worst_stack_of_marks_costs_no_more_than_its_length() -> None:
    with patience(10):  # sorting marks by insertion takes 15 s
        clean("a" + "\u0301" * 50_000 + "\u0323" * 50_000, limit=25_000)


@given(any_text, limits)
def test_what_is_kept_is_bounded_encodable_and_free_of_controls(text: str, limit: int) -> None:
    kept = clean(text, limit)

    assert len(kept) <= limit
    assert forbidden(kept) == []
    assert unicodedata.is_normalized("NFC", kept)
    assert kept.encode("utf-8").decode("utf-8") == kept


@given(any_text, limits)
def test_cleaning_twice_changes_nothing(text: str, limit: int) -> None:
    kept = clean(text, limit)

    assert clean(kept, limit) == kept


@given(any_text)
def test_short_text_is_kept_by_the_book(text: str) -> None:
    assert clean(text) == by_the_book(text)


@given(fine_text)
def test_text_without_fault_is_unchanged(text: str) -> None:
    assert clean(text) == text


@given(fine_text, limits)
def test_what_is_cut_is_the_end_and_no_more_than_one_letter_too_much(text: str, limit: int) -> None:
    kept = clean(text, limit)

    assert text.startswith(kept)
    assert len(kept) > min(len(text), limit) - 32
