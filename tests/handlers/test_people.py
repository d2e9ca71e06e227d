from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.reading.people import Known, Room, Someone, fold, job_named, pick, read_room, short
from tests.corpus import CORPUS
from tests.patience import patience

OFFICE = "Thornbury Quillan Casting"
MARCUS = Known(1, "Marcus Thornbury", "Marcus", "casting director", OFFICE)
TESS = Known(2, "Tess Quillan", "Tess", "casting director", OFFICE)
JO = Known(3, "Jo Fenwick", "Jo", "associate", OFFICE)
DELPHINE = Known(4, "Delphine Ferrow", "Delphine", "casting director", "Ferrow Casting")
MARK = Known(5, "Mark Thornton", "Mark", "director")
KNOWN = (MARCUS, TESS, JO, DELPHINE, MARK)

CD_TQ = f"casting director, {OFFICE}"
SHOWN_TESS = f"#2 Tess Quillan: {CD_TQ}"
SHOWN_JO = f"#3 Jo Fenwick: associate, {OFFICE}"


def shown(room: Room | None) -> list[str]:
    """In short: "#2 Tess Quillan" is known, "Tess Quilan ?2" close to a known one, "-" has no name."""
    if room is None:
        return ["nothing read"]
    return [*(_shown(someone) for someone in room.people), *(["nobody known"] if room.nobody_known else [])]


def _shown(someone: Someone) -> str:
    who = f"#{someone.id} {someone.name}" if someone.id else someone.name or "-"
    asked = " ?" + " ?".join(map(str, someone.maybe)) if someone.maybe else ""
    told = ", ".join(x for x in (someone.job, someone.office, someone.description) if x)
    return f"{who}{asked}: {told}" if told else f"{who}{asked}"


def read(text: str) -> list[str]:
    return shown(read_room(text, KNOWN))


def one(text: str, known: tuple[Known, ...] = KNOWN) -> Someone:
    room = read_room(text, known)
    assert room is not None
    assert len(room.people) == 1
    return room.people[0]


THREE_UNNAMED = [
    "-: casting director, red glasses",
    "-: guy from the ad agency",
    "-: one more",
    "nobody known",
]


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        # whole names, however they are joined
        ("tess quillan and her associate jo fenwick", [SHOWN_TESS, SHOWN_JO]),
        ("tess quillan + jo fenwick, associate", [SHOWN_TESS, SHOWN_JO]),
        ("Ann Bell, Bo Carr; Lou Poe\nKim Wick", ["Ann Bell", "Bo Carr", "Lou Poe", "Kim Wick"]),
        ("ann bell / bo carr", ["Ann Bell", "Bo Carr"]),
        ("Ann Bell plus Bo Carr", ["Ann Bell", "Bo Carr"]),
        ("1. Ann Bell\n2. Bo Carr - producer", ["Ann Bell", "Bo Carr: producer"]),
        ("• Ann Bell\n• Bo Carr", ["Ann Bell", "Bo Carr"]),
        ("👥 Ann Bell 🎭", ["Ann Bell"]),
        ("Ann Bell w/ Bo Carr", ["Ann Bell", "Bo Carr"]),
        ("me and ann bell", ["Ann Bell"]),
        ("it was just ann bell", ["Ann Bell"]),
        ("no it was marcus", [f"#1 Marcus Thornbury: {CD_TQ}"]),
        ("Delphine Ferrow today!!!", ["#4 Delphine Ferrow: casting director, Ferrow Casting"]),
        ("Andy Anderson and Sandy Band", ["Andy Anderson", "Sandy Band"]),
        ("Ann Bell, CSA, and Bo Carr CSA", ["Ann Bell", "Bo Carr"]),
        ("Sol Marrick, Jr.", ["Sol Marrick Jr"]),
        ("Dr. Ann Bell and J. Carr.", ["Dr. Ann Bell", "J. Carr"]),
        # jobs, before and after
        ("cd Tess Quillan; dir Bea Hartnell", [f"#2 Tess Quillan: {CD_TQ}", "Bea Hartnell: director"]),
        ("director Bea Hartnell", ["Bea Hartnell: director"]),
        ("Bea Hartnell (director)", ["Bea Hartnell: director"]),
        ("bea hartnell - director", ["Bea Hartnell: director"]),
        ("bea hartnell the producer", ["Bea Hartnell: producer"]),
        ("CD: Ann Bell\nReader: Greg", ["Ann Bell: casting director", "Greg: reader"]),
        ("the cd was ann bell", ["Ann Bell: casting director"]),
        ("Bea's the director", ["Bea: director"]),
        ("the director, Bea Hartnell, and a reader", ["Bea Hartnell: director", "-: reader"]),
        ("producers Ann Bell and Bo Carr", ["Ann Bell: producer", "Bo Carr: producer"]),
        ("Ann Bell and Bo Carr, producers", ["Ann Bell: producer", "Bo Carr: producer"]),
        ("producers: ann bell, bo carr", ["Ann Bell: producer", "Bo Carr: producer"]),
        ("writer/director Sam Hall", ["Sam Hall: writer-director"]),
        ("my agent priya", ["Priya: agent"]),
        # a boss's associate works where the boss works
        ("Tess Rill and her associate Bo Wick", ["Tess Rill", "Bo Wick: associate"]),
        ("tess and her associate bo wick", [f"#2 Tess Quillan: {CD_TQ}", f"Bo Wick: associate, {OFFICE}"]),
        ("tess w/ her associate", [f"#2 Tess Quillan: {CD_TQ}", f"-: associate, {OFFICE}"]),
        # offices
        ("Odette Marsh, Marsh Casting", ["Odette Marsh: Marsh Casting"]),
        ("odette marsh at marsh casting", ["Odette Marsh: Marsh Casting"]),
        ("Ann & Bo from Marsh Casting, plus a reader", ["Ann: Marsh Casting", "Bo: Marsh Casting", "-: reader"]),
        ("Ann and Bo at Telsey", ["Ann: Telsey", "Bo: Telsey"]),
        ("Ann (Telsey), Lou (associate)", ["Ann: Telsey", "Lou: associate"]),
        ("tess, Ann & Bo from that office", [f"#2 Tess Quillan: {CD_TQ}", f"Ann: {OFFICE}", f"Bo: {OFFICE}"]),
        ("tess and Bo from Marsh Casting", [f"#2 Tess Quillan: {CD_TQ}", "Bo: Marsh Casting"]),
        ("tess quillan, Marsh Casting", ["Tess Quillan ?2: Marsh Casting"]),
        ("Ann Bell, director at Larkspur Playhouse", ["Ann Bell: director, Larkspur Playhouse"]),
        ("ann bell at smith & co", ["Ann Bell: Smith & Co"]),
        ("Felix from the ad agency", ["Felix: ad agency"]),
        ("jo from casting", [f"#3 Jo Fenwick: associate, {OFFICE}"]),
        ("Ferrow Casting", ["nothing read"]),
        (
            "cd is odette marsh at marsh casting, odette@marshcasting.example. agency guy is felix",
            ["Odette Marsh: casting director, Marsh Casting", "Felix: ad agency"],
        ),
        # no names
        ("3 ppl in the room no idea who, cd had red glasses, one guy from the ad agency", THREE_UNNAMED),
        (
            (
                "3 ppl in the room no idea who, cd had red glasses, one guy from the ad agency i think?? "
                "wore yellow cardigan. they lost it at my toaster improv"
            ),
            THREE_UNNAMED,
        ),
        ("a reader", ["-: reader"]),
        ("two producers", ["-: producer", "-: producer"]),
        ("the camera guy", ["-: camera operator"]),
        ("someone from the network", ["-: network executive"]),
        ("casting director with a dog, reader in a hat", ["-: casting director, dog", "-: reader, hat"]),
        ("one older lady, one younger guy", ["-: older lady", "-: younger guy"]),
        ("Ann Bell, cd with red glasses", ["Ann Bell", "-: casting director, red glasses"]),
        ("ann bell and two others", ["Ann Bell", "-: one more", "-: one more"]),
        ("two people", ["-: someone", "-: one more"]),
        ("two people, no names", ["-: someone", "-: one more", "nobody known"]),
        ("no names, cd + 2 producers", ["-: casting director", "-: producer", "-: producer", "nobody known"]),
        ("a guy named Greg", ["Greg: guy"]),
        ("no idea", ["nobody known"]),
        ("dunno", ["nobody known"]),
        ("idk", ["nobody known"]),
        ("nobody", ["nobody known"]),
        ("don’t know", ["nobody known"]),
        ("just me", ["nobody known"]),
        ("50 people", ["nobody known"]),
        ("dunno who the other two were, ann bell", ["Ann Bell"]),
        ("ann bell but i forgot the name of the reader", ["Ann Bell"]),
        # talk is nobody
        ("", ["nothing read"]),
        ("🎭🎭", ["nothing read"]),
        ("same people", ["nothing read"]),
        ("she had red glasses", ["nothing read"]),
        ("delphine ferrow, shes got twins", ["#4 Delphine Ferrow: casting director, Ferrow Casting"]),
        (
            (
                "tess + director bea hartnell. same scrubs top, they had warm smile. bea's from duluth like my mom. "
                "tess' dad hurt his knee so shes running it solo"
            ),
            [f"#2 Tess Quillan: {CD_TQ}", "Bea Hartnell: director"],
        ),
    ],
)
def test_who_was_in_the_room(said: str, heard: list[str]) -> None:
    assert read(said) == heard


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("jo hartwell", "Jo Hartwell"),
        ("sean o'neill", "Sean O'Neill"),
        ("o’neill-wu", "O’Neill-Wu"),
        ("DeShawn O'Neill-Wu", "DeShawn O'Neill-Wu"),
        ("jean-luc de la vega", "Jean-Luc de la Vega"),
        ("anna McDonald", "anna McDonald"),
        ("mcdonald", "Mcdonald"),
        ("ANNA BELL", "ANNA BELL"),
        ("李娜", "李娜"),
        ("مريم حسن", "مريم حسن"),
        ("Żółć", "Żółć"),
        ("Ms. Tan", "Ms. Tan"),
        ("J. R. “Buzz” Okonjo-Reyes III", "J. R. “Buzz” Okonjo-Reyes III"),
        ("Tess 🌵 Rill", "Tess Rill"),
        ("X", "X"),
    ],
)
def test_a_name_is_kept_as_typed_and_only_small_letters_get_capitals(typed: str, kept: str) -> None:
    assert one(typed).name == kept


@pytest.mark.parametrize(
    ("name", "greeting"),
    [("Ann Bell", "Ann"), ("Ms. Tan", "Ms. Tan"), ("Dr Bell", "Dr Bell"), ("李娜", "李娜"), ("J. Carr", "J. Carr")],
)
def test_one_greets_by_the_first_name_unless_there_is_only_a_title(name: str, greeting: str) -> None:
    assert one(name).greeting == greeting


def test_a_greeting_on_file_wins() -> None:
    amy = Known(9, "Amy Jo Berman", "Amy Jo")
    assert one("amy jo berman", (amy,)).greeting == "Amy Jo"
    assert one("amy jo", (amy,)).id == 9


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("mark thornbury", (1, 5)),
        ("tess quilan", (2,)),
        ("Tess Quillan-Rill", (2,)),
        ("tess q", (2,)),
        ("Ms. Quillan", (2,)),
        ("quillan", (2,)),
        ("quillan tess", (2,)),
        ("delphin ferow", (4,)),
    ],
)
def test_a_close_name_is_asked_about(typed: str, asked: tuple[int, ...]) -> None:
    someone = one(typed)
    assert (someone.id, someone.maybe) == (None, asked)


@pytest.mark.parametrize("typed", ["Jo Hartwell", "Tom Fenwick", "Jess", "Mary", "Li Wei", "Bo", "Marsh"])
def test_another_name_is_new_without_a_question(typed: str) -> None:
    someone = one(typed)
    assert (someone.id, someone.maybe) == (None, ())


@pytest.mark.parametrize(
    ("typed", "id_"),
    [
        ("TESS QUILLAN", 2),
        ("tess", 2),
        ("mark", 5),
        ("Te\u200bss Quíllan", 2),
        ("Thornbury, Marcus", 1),
        ("Thornbury, marcus", 1),
    ],
)
def test_the_same_name_is_the_same_person(typed: str, id_: int) -> None:
    assert one(typed).id == id_


def test_last_first_is_one_person_only_where_known() -> None:
    assert read("Thornbury, Marcus") == [f"#1 Marcus Thornbury: {CD_TQ}"]
    assert read("Bell, Ann") == ["Bell", "Ann"]
    turned_round = (*KNOWN, Known(7, "Marcus Tess"))
    assert shown(read_room("tess, marcus", turned_round))[0].startswith("#2 Tess Quillan")


def test_two_known_of_one_name_are_told_apart_by_what_was_typed_or_asked_about() -> None:
    both = (Known(1, "Alex Poe", job="director"), Known(2, "Alex Poe", job="producer", office="Marsh Casting"))
    assert one("alex poe", both).maybe == (1, 2)
    assert one("alex", both).maybe == (1, 2)
    assert one("alex poe the producer", both).id == 2
    assert one("director alex poe", both).id == 1
    assert one("alex poe, Marsh Casting", both).id == 2


def test_a_known_name_with_another_job_may_be_a_namesake() -> None:
    someone = one("tess quillan the producer")
    assert (someone.id, someone.job, someone.maybe) == (None, "producer", (2,))


def test_no_twins_in_one_answer() -> None:
    assert read("Tess Quillan, tess quillan, TESS") == [f"#2 Tess Quillan: {CD_TQ}"]
    assert read("Ann Bell; ann bell the producer") == ["Ann Bell: producer"]
    assert read("Ann Bell and Bo. Ann is the cd") == ["Ann Bell: casting director", "Bo"]


def test_keys_tell_who_is_who() -> None:
    room = read_room("tess quillan, Ann Bell, cd with red glasses, two producers", KNOWN)
    assert room is not None
    assert [p.key for p in room.people] == ["p2", "n:ann bell", "d:red glasses", "d:producer", "d:producer 2"]
    namesakes = read_room("Alex Poe (director) and Alex Poe (reader)", ())
    assert namesakes is not None
    assert [p.key for p in namesakes.people] == ["n:alex poe", "n:alex poe|reader"]


def test_at_most_twenty_people_and_no_endless_name() -> None:
    crowd = read_room("\n".join(f"Ann {chr(65 + n)}ell" for n in range(26)), ())
    assert crowd is not None
    assert len(crowd.people) == 20
    assert read_room("Maximiliana " * 20, ()) is None
    assert read_room("x" * 4000, ()) is None


@pytest.mark.parametrize(
    ("typed", "picked"),
    [
        ("the director", MARK),
        ("director", MARK),
        ("cd", MARCUS),
        ("the CD", MARCUS),
        ("marcus", MARCUS),
        ("it was mark", MARK),
        ("no it was marcus", MARCUS),
        ("Thornton", MARK),
        ("thorn", None),
        ("1", MARCUS),
        ("2", MARK),
        ("2.", MARK),
        ("#2", MARK),
        ("the second one", MARK),
        ("3", None),
        ("0", None),
        ("Mark Thornton, director", MARK),
        ("Marcus Thornbury, CD", MARCUS),
        ("the one from thornbury quillan", MARCUS),
        ("marcsu", MARCUS),
        ("not mark", None),
        ("both", None),
        ("someone new", None),
        ("", None),
        ("99999999999999999999", None),
    ],
)
def test_which_one(typed: str, picked: Known | None) -> None:
    assert pick(typed, (MARCUS, MARK)) == picked


@pytest.mark.parametrize(
    ("said", "job"),
    [
        ("CD", "casting director"),
        ("the director", "director"),
        ("Dir.", "director"),
        ("casting associate", "associate"),
        ("producers", "producer"),
        ("camera guy", "camera operator"),
        ("Marsh Casting", ""),
        ("", ""),
        ("s", ""),
    ],
)
def test_job_named(said: str, job: str) -> None:
    assert job_named(said) == job


def test_short_jobs() -> None:
    assert [short(job) for job in ("casting director", "director", "juggler", "")] == ["CD", "director", "juggler", ""]


@pytest.mark.parametrize(
    ("one_way", "another"),
    [
        ("Tess  QUILLAN", "tess quillan"),
        ("Zoë", "zoe"),
        ("Zo\u0308e", "zoe"),
        ("O’Neill", "o'neill"),
        ("Te\u200bss\ufeff", "tess"),
        ("\uff34\uff45\uff53\uff53", "tess"),
        ("co\u2011star", "co-star"),
    ],
)
def test_fold_makes_one_of_what_looks_the_same(one_way: str, another: str) -> None:
    assert fold(one_way) == fold(another) == another


@pytest.mark.parametrize(("ours", "theirs"), [("が", "か"), ("Tess", "Jess"), ("O'Neill", "ONeill")])
def test_fold_keeps_letters_apart(ours: str, theirs: str) -> None:
    assert fold(ours) != fold(theirs)


SAID = """tess quillan mark and & , . ; ( ) : / - her his associate with had w/ from at director producers guy is
the a two 3 ppl one more no idea who Marsh Casting named 's jr. dr. @ O'Neill 李娜 🎭 cd office glasses"""
WORDS = st.sampled_from([*SAID.split(), "\n"])


def holds(room: Room | None) -> bool:
    if room is None:
        return True
    keys = [someone.key for someone in room.people]
    told = all(s.name or s.description or s.job for s in room.people)
    named = all(s.name == s.name.strip() and bool(s.greeting) == bool(s.name) for s in room.people)
    bounded = all(len(text) <= 120 for s in room.people for text in (s.name, s.office, s.description))
    sure = not any(s.id and s.maybe for s in room.people)
    return len(set(keys)) == len(keys) <= 20 and told and named and bounded and sure and bool(keys or room.nobody_known)


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_not(text: str) -> None:
    assert holds(read_room(text, KNOWN))
    assert pick(text, KNOWN) in (None, *KNOWN)


@given(st.lists(WORDS, max_size=40).map(" ".join))
@settings(max_examples=300, deadline=None)
def test_any_answer_about_people_is_read_or_not(text: str) -> None:
    assert holds(read_room(text, KNOWN))


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("text", [text for _, text in CORPUS], ids=[name for name, _ in CORPUS])
def test_odd_texts(text: str) -> None:
    assert holds(read_room(text, KNOWN))
    assert pick(text, KNOWN) in (None, *KNOWN)


@pytest.mark.parametrize("piece", ["a is ", "a@", " ", "\n- ", "tess quillan, ", "w/ ", "no ", "it was ", "(", "'s "])
def test_a_long_text_takes_no_time(piece: str) -> None:
    text = (piece * 4000)[:4000]
    with patience():
        read_room(text, KNOWN)
        pick(text, KNOWN)
