"""A follow-up in a text file: what its header lines say is known, what is found, and how that is printed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.writing.check_file import WrongHeader, findings, line, read

FILE = """Subject: Nora Castellane – Nurse Ray, Copper Falls
Person: Tess Quillan
Sign: Nora Castellane
Day: 2026-11-20
Met: 2026-11-19
Known: Copper Falls; Nurse Ray; https://noracastellane.example/reel
News: Salt Year screens at the Cedar Point Film Festival | 2026-12-05
News: just wrapped a guest star on Harbor Lights
Private: her dad hurt his knee

Hi Tess,

It was great reading Nurse Ray for you yesterday. A little of what I'm up to:

• Just wrapped a guest star on Harbor Lights
• Salt Year screens at the Cedar Point Film Festival on Saturday, December 5

Good luck with the banjo!

Nora Castellane
"""


def printed(text: str) -> list[str]:
    return [line(found) for found in findings(text)]


def test_a_good_note_prints_nothing() -> None:
    assert printed(FILE) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Good luck with the banjo!", "Thank you!", "H1: “Thank you” is a thank-you."),
        ("Nurse Ray, Copper Falls\n", "Thanks!\n", "H1 subject: “Thanks” is a thank-you."),
        ("the banjo", "the banjo at Sundance", "H7: “Sundance” is new to me."),
        ("for you yesterday", "for you today", "H9: “today” was Thursday."),
        ("Hi Tess,", "Hi Tes,", "H11: “Tes”: the name is Tess."),
        ("the banjo!", "your dad's knee!", "H12: “dad's knee” is private and stays out."),
    ],
)
def test_each_finding_is_one_line(old: str, new: str, said: str) -> None:
    assert said in printed(FILE.replace(old, new))


def test_the_header_may_be_missing_and_what_is_not_given_is_not_held_against_the_note() -> None:
    assert printed(
        "Hi Delphine,\n\nIt was great meeting you at Sundance today, on January 12.\n\n• One\n• Two\n\nNora"
    ) == ["W2: No line from the room yet."]


def test_after_a_booking_thanks_are_the_custom() -> None:
    assert (
        printed("Kind: Booking\n\nHi Tess,\n\nThank you for the part. See you and the toaster on Monday!\n\nNora") == []
    )


def test_windows_files_are_read_too() -> None:
    note, known = read("\ufeff" + FILE.replace("\n", "\r\n"))
    assert note.body.startswith("Hi Tess,\n\nIt was great")
    assert (known.name, known.send_on, len(known.news)) == ("Tess Quillan", date(2026, 11, 20), 2)


@pytest.mark.parametrize("header", ["Day: tomorrow", "Met: 11/19", "News: Salt Year | soon"])
def test_a_day_that_is_none_is_said(header: str) -> None:
    with pytest.raises(WrongHeader, match=r"is no date; like 2026-11-20\."):
        findings(f"{header}\n\nHi Tess,")


@settings(deadline=None)
@given(text=st.text(max_size=400) | st.text(alphabet="Day: \n2026-|Nws;Known", max_size=200))
def test_any_file_is_read_or_refused_in_words(text: str) -> None:
    try:
        assert all("\n" not in said for said in printed(text))
    except WrongHeader as error:
        refused = str(error)
    else:
        refused = "like 2026-11-20."
    assert refused.endswith("like 2026-11-20.")
