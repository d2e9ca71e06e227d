"""E-mail addresses told with people: kept beside the name, never in it, and nothing but an address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.reading.addresses import address_in
from handlers.reading.people import Known, read_room
from tests.corpus import CORPUS

TESS, JO = "tess@quillancasting.example", "jo.fenwick@marsh.example"


def told(text: str) -> list[tuple[str, str]]:
    """Each name with its address."""
    room = read_room(text, ())
    return [(someone.name, someone.email) for someone in room.people] if room else []


@pytest.mark.parametrize(
    "text",
    [
        f"Tess Quillan {TESS}",
        f"tess quillan {TESS}",
        f"Tess Quillan, {TESS}",
        f"Tess Quillan <{TESS}>",
        f"Tess Quillan ({TESS})",
        f"Tess Quillan({TESS})",
        f"Tess Quillan [mailto:{TESS}]",
        f"Tess Quillan '{TESS}'",
        f"Tess Quillan, email: {TESS}",
        f"Tess Quillan, her e-mail is {TESS}.",
        f"Tess Quillan is {TESS}",
        f"Tess Quillan at {TESS}",
        f"Tess Quillan\n{TESS}",
        f"{TESS} Tess Quillan",
        f"{TESS}\nTess Quillan",
        f"{TESS} is Tess Quillan",
        f"{TESS} - Tess Quillan",
    ],
)
def test_an_address_is_kept_beside_the_name(text: str) -> None:
    assert told(text) == [("Tess Quillan", TESS)]


@pytest.mark.parametrize(
    "text",
    [
        f"Tess Quillan {TESS} and Jo Fenwick {JO}",
        f"Tess Quillan <{TESS}>; Jo Fenwick <{JO}>",
        f"Tess Quillan\n{TESS}\nJo Fenwick\n{JO}",
        f"{TESS} Tess Quillan\n{JO} Jo Fenwick",
        f"{TESS}, {JO}: Tess Quillan, Jo Fenwick",
        f"Tess Quillan and Jo Fenwick, {JO} {TESS}",
    ],
)
def test_of_two_each_gets_their_own(text: str) -> None:
    assert told(text) == [("Tess Quillan", TESS), ("Jo Fenwick", JO)]


def test_one_that_looks_like_nobody_is_of_who_stands_beside_it() -> None:
    assert told("Tess Quillan, office@casting.example\nJo Fenwick") == [
        ("Tess Quillan", "office@casting.example"),
        ("Jo Fenwick", ""),
    ]


def test_job_and_office_are_read_round_it() -> None:
    room = read_room(f"Tess Quillan {TESS}, casting director from Marsh Casting", ())
    assert room
    (tess,) = room.people
    assert (tess.name, tess.email, tess.job, tess.office) == (
        "Tess Quillan",
        TESS,
        "casting director",
        "Marsh Casting",
    )


def test_of_somebody_without_a_name_it_is_the_description() -> None:
    room = read_room(f"a casting director {TESS}", ())
    assert room
    assert [(someone.name, someone.description) for someone in room.people] == [("", TESS)]


def test_an_address_alone_is_who_is_known_by_it_and_else_nobody() -> None:
    known = Known(4, "Tess Quillan", "Tess", email=TESS)
    room = read_room(TESS.upper(), (known, Known(5, "Jo Fenwick", "Jo")))
    assert room
    assert [someone.id for someone in room.people] == [4]
    assert read_room("stranger@casting.example", (known,)) is None


def test_of_somebody_known_the_new_address_comes_along() -> None:
    room = read_room(f"Tess Quillan {TESS}", (Known(4, "Tess Quillan", "Tess", email="old@casting.example"),))
    assert room
    assert [(someone.id, someone.email) for someone in room.people] == [(4, TESS)]


NO_ADDRESS = [
    "tess@casting",
    "tess@@casting.example",
    "tess@a@casting.example",
    "@casting.example",
    "tess@",
    "tess@.example",
    "tess@-x.example",
    "tess.@casting.example",
    "te..ss@casting.example",
    "tess quillan@casting.example",
    "tess@casting.example\nBcc: all@casting.example",
    "tess@casting.example, jo@casting.example",
    "tess@casting.example?bcc=all@casting.example",
    "tess@casting.example%0Abcc",
    "tess@casting.example/x",
    "tess@127.0.0.1",
    f"{'a' * 65}@casting.example",
    f"tess@{'casting.' * 40}example",
    "тess@casting.example",
    "tess@cásting.example",
    "javascript:tess@casting.example",
    "",
]


@pytest.mark.parametrize("text", NO_ADDRESS)
def test_these_are_no_address(text: str) -> None:
    assert address_in(text) == ""


@pytest.mark.parametrize("text", [TESS, f" {TESS} ", f"<{TESS}>", f"mailto:{TESS}", f"{TESS}.", f"“{TESS}”"[1:-1]])
def test_these_are_one(text: str) -> None:
    assert address_in(text) == TESS


@pytest.mark.parametrize("name", [*NO_ADDRESS, TESS])
def test_nothing_with_an_at_in_it_gets_into_a_name(name: str) -> None:
    assert not any("@" in kept or "example" in kept for kept, _ in told(f"Tess Quillan {name}"))


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_stands_round_it_what_is_kept_is_an_address(before: str, after: str) -> None:
    for _, email in told(f"{before} {TESS} {after}"):
        assert email in ("", address_in(email))


@pytest.mark.parametrize("text", [text for _, text in CORPUS][:400])
def test_any_text_is_read(text: str) -> None:
    address_in(text)
    read_room(f"Tess Quillan {TESS} {text}", ())
    read_room(f"{text}@casting.example", ())


@pytest.mark.parametrize("text", ["a" * 4000, "a@" * 2000, "a@b." * 1000, "a@b.cd " * 570, "mail is " * 500 + TESS])
def test_a_long_one_is_read_too(text: str) -> None:
    address_in(text)
    read_room(text, ())
