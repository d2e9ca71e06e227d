from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.reading.projects import KnownProject, Look, More, What, read_look, read_more, read_what
from tests.corpus import CORPUS
from tests.patience import patience

KNOWN = (
    KnownProject(1, "Copper Falls", "Nurse Ray", "co-star"),
    KnownProject(2, "News"),
    KnownProject(3, "Thank You, Goodnight", "Host", "lead"),
    KnownProject(4, "The Callback"),
    KnownProject(5, "The Long Table"),
)


def shown(what: What | None) -> str:
    """In short: "#1 Copper Falls / Nurse Ray / co-star, callback"."""
    if what is None:
        return "nothing read"
    project = f"#{what.project_id} {what.project}" if what.project_id else what.project
    words = ", ".join(x for x in (what.size, what.kind, what.round, what.mode) if x)
    return f"{project} / {what.role} / {words}".rstrip(" /")


def read(text: str) -> str:
    return shown(read_what(text, KNOWN))


FALLS = "#1 Copper Falls / Nurse Ray / co-star"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        # project, role, size
        ("copper falls, nurse ray, co-star", FALLS),
        ("night ferry, nurse ray, co-star", "Night Ferry / Nurse Ray / co-star"),
        ("Night Ferry\nNurse Ray\nCo-Star", "Night Ferry / Nurse Ray / co-star"),
        ("costar, night ferry, guard", "Night Ferry / Guard / co-star"),
        ("night ferry (the captain)", "Night Ferry / the Captain"),
        ("Night Ferry - Guard - day player", "Night Ferry / Guard / co-star"),
        ("Project: Night Ferry\nRole: the captain\nguest star", "Night Ferry / the Captain / guest star"),
        ("role: Nurse Ray", " / Nurse Ray"),
        ("the role of the captain", " / the Captain"),
        ("Copper Falls", FALLS),
        ("1923, cowboy", "1923 / Cowboy"),
        ("mr. robot, elliot", "Mr. Robot / Elliot"),
        ("李娜的故事, 护士", "李娜的故事 / 护士"),
        ("untitled bell project, best friend, recurring", "Untitled Bell Project / Best Friend / recurring"),
        # the role in or on the project
        ("Nurse Ray in Copper Falls", FALLS),
        ("nurse ray on copper falls", FALLS),
        ("nurse ray in night ferry, co-star", "Night Ferry / Nurse Ray / co-star"),
        ("the captain for night ferry", "Night Ferry / the Captain"),
        ("copper falls as nurse ray", FALLS),
        ("night ferry as the captain", "Night Ferry / the Captain"),
        ("nurse ray, copper falls", FALLS),
        ("Man on Fire", "Man on Fire"),
        # round, mode, kind
        ("Copper Falls – callback", f"{FALLS}, callback"),
        ("copper falls 2nd callback on zoom", f"{FALLS}, 2nd callback, video"),
        ("zoom callback for copper falls", f"{FALLS}, callback, video"),
        ("recall, Night Ferry", "Night Ferry /  / callback"),
        ("Night Ferry chem read", "Night Ferry /  / chemistry"),
        ("self tape for night ferry, the captain", "Night Ferry / the Captain / self-tape"),
        ("self tape for night ferry, the captain, sent it", "Night Ferry / the Captain / self-tape"),
        ("brightside bank natl commercial, mom #2", "Brightside Bank / Mom #2 / commercial"),
        ("commercial for brightside bank, mom", "Brightside Bank / Mom / commercial"),
        ("theatre: hamlet, gertrude", "Hamlet / Gertrude / theatre"),
        ("lead, short film, Salt Year", "Salt Year /  / lead, film"),
        # a general meeting has neither project nor role
        ("GENERAL with Delphine Ferrow", " /  / general"),
        ("GENERAL with Delphine Ferrow today!!! 20 min. she's taking her twins", " /  / general"),
        ("just had a general w delphine ferrow, shes got twins", " /  / general"),
        ("general meeting", " /  / general"),
        ("general, on zoom", " /  / general, video"),
        ("General Hospital, nurse", "General Hospital / Nurse"),
        # plain words of the trade inside titles are left alone
        ("The Video Store, clerk", "The Video Store / Clerk"),
        ("Test Pilots, guard", "Test Pilots / Guard"),
        # titles with marks, and titles that are words of the trade
        ("“Fresh Off The Boat”", "Fresh Off The Boat"),
        ("“Fresh Off The Boat” callback", "Fresh Off The Boat /  / callback"),
        ("“fresh, off the boat”, mom", "fresh, off the boat / Mom"),
        ("mom in “Salt, Smoke”", "Salt, Smoke / Mom"),
        ("“Mom” in “Copper Falls”", "#1 Copper Falls / Mom"),
        ("“The Callback” callback", "#4 The Callback /  / callback"),
        ("the callback", "#4 The Callback"),
        ("callback", "nothing read"),
        ("thank you, goodnight", "#3 Thank You, Goodnight / Host / lead"),
        ("thank you, goodnight, the neighbor", "#3 Thank You, Goodnight / the Neighbor"),
        ("the host in thank you goodnight", "#3 Thank You, Goodnight / the Host"),
        ("news", "#2 News"),
        ("News, anchor", "#2 News / Anchor"),
        ("News at Eleven, anchor", "News at Eleven / Anchor"),
        ("long table", "#5 The Long Table"),
        # typos of a known title; a number makes another title
        ("coper falls", FALLS),
        ("nurse ray, coper falls", FALLS),
        ("copper fals callback", f"{FALLS}, callback"),
        ("Copper Falls 2", "Copper Falls 2"),
        ("Copper Hills", "Copper Hills"),
        # another role has its own size
        ("copper falls, nurse rae", "#1 Copper Falls / Nurse Rae"),
        ("copper falls, guest star", "#1 Copper Falls / Nurse Ray / guest star"),
        # labels, bullets, and what belongs to other questions
        ("📽 Copper Falls – callback", f"{FALLS}, callback"),
        (
            (
                "📽 Copper Falls – callback\n👥 Tess Quillan; dir Bea Hartnell\n👗 same scrubs top 📸 warm smile\n"
                "💬 Bea's from Duluth like my mom\navail check 12/1–12/3 already!!"
            ),
            f"{FALLS}, callback",
        ),
        ("• Night Ferry\n• guard", "Night Ferry / Guard"),
        ("Night Ferry\nwho: Tess Quillan\nwore: blue", "Night Ferry"),
        ("🎬 Night Ferry 🎉", "Night Ferry"),
        (
            (
                "just out of copper falls, co-star, nurse ray. read for tess quillan + her associate jo fenwick. "
                "blue scrubs top hair up. tess is running the turkey trot thurs w her dad"
            ),
            FALLS,
        ),
        ("brightside bank natl commercial, mom #2. 3 ppl in the room", "Brightside Bank / Mom #2 / commercial"),
        # nothing to go on
        ("", "nothing read"),
        ("🎬", "nothing read"),
        ("!!!", "nothing read"),
        ("today", "nothing read"),
        ("an audition", "nothing read"),
        ("co-star, self-tape", "nothing read"),
    ],
)
def test_what_was_it(said: str, told: str) -> None:
    assert read(said) == told.rstrip(" /")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("the long river", "The Long River"),
        ("what we live for", "What We Live For"),
        ("lord of the flies", "Lord of the Flies"),
        ("FBI: most wanted", "FBI: most wanted"),
        ("iZombie", "iZombie"),
        ("young mary-kate o'neill", "Young Mary-Kate O'Neill"),
        ("9-1-1", "9-1-1"),
        ("*Night Ferry*", "Night Ferry"),
    ],
)
def test_a_title_in_small_letters_gets_capitals_and_any_other_is_kept(typed: str, kept: str) -> None:
    what = read_what(typed, ())
    assert what is not None
    assert what.project == kept


def test_a_title_is_not_endless() -> None:
    what = read_what("long " * 100, ())
    assert what is not None
    assert 100 < len(what.project) <= 120


SLOW = "they asked me to slow down"


@pytest.mark.parametrize(
    ("said", "more"),
    [
        (f"callback, self-tape, felt 4, {SLOW}", More("callback", "self-tape", "", SLOW, 4)),
        ("callback", More("callback")),
        ("it was a callback on zoom", More("callback", "video")),
        ("second callback in person", More("2nd callback", "room")),
        ("producer session / zoom", More("producer session", "video")),
        ("round: pre-read", More("pre-read")),
        ("co-star", More(size="co-star")),
        ("lead", More(size="lead")),
        ("felt 4", More(felt=4)),
        ("I felt 4/5", More(felt=4)),
        ("felt like a 2 out of 5, guest star", More(size="guest star", felt=2)),
        ("felt: 3", More(felt=3)),
        ("5", More(felt=5)),
        ("4/5", More(felt=4)),
        ("self tape, 3", More(mode="self-tape", felt=3)),
        ("felt 9", More(adjustment="felt 9")),
        ("felt 45", More(adjustment="felt 45")),
        ("took 4 takes", More(adjustment="took 4 takes")),
        ("adjustment: slower", More(adjustment="slower")),
        ("slower please, felt 2", More(adjustment="slower please", felt=2)),
        ("bigger, then smaller", More(adjustment="bigger, then smaller")),
        ("they laughed in the room", More(adjustment="they laughed in the room")),
        ("", None),
        ("🎬 …", None),
    ],
)
def test_the_rest_of_the_card(said: str, more: More | None) -> None:
    assert read_more(said) == more


@pytest.mark.parametrize(
    ("said", "look"),
    [
        ("blue scrubs top hair up", Look("blue scrubs top", "up")),
        ("hair up blue scrubs top", Look("blue scrubs top", "up")),
        ("hair: curly", Look(hair="curly")),
        ("curly hair", Look(hair="curly")),
        ("navy dress curly hair", Look("navy dress", "curly")),
        ("navy dress, hair half up, she had headshot #2", Look("navy dress", "half up", "#2")),
        ("wore my navy dress and hair down", Look("navy dress", "down")),
        ("jeans, white tee, hair in a bun", Look("jeans, white tee", "in a bun")),
        ("hair in a bun black boots", Look("black boots", "in a bun")),
        ("in my red dress, red hair", Look("red dress", "red")),
        ("wore the yellow cardigan", Look("yellow cardigan")),
        ("I wore jeans", Look("jeans")),
        ("outfit: jeans", Look("jeans")),
        ("same scrubs top", Look("same scrubs top")),
        ("hairy coat", Look("hairy coat")),
        ("they had warm smile", Look(headshot="warm smile")),
        ("they had my headshot #2", Look(headshot="#2")),
        ("headshot warm smile", Look(headshot="warm smile")),
        ("warm smile headshot", Look(headshot="warm smile")),
        ("headshot: warm smile", Look(headshot="warm smile")),
        ("reel: comedy", Look(headshot="reel comedy")),
        ("comedy reel", Look(headshot="comedy reel")),
        ("👗 same scrubs top 📸 warm smile", Look("same scrubs top", headshot="warm smile")),
        ("adjustment: slower", Look(adjustment="slower")),
        (SLOW, Look(adjustment=SLOW)),
        (f"blue top. {SLOW}", Look("blue top", adjustment=SLOW)),
        ("they had me do it twice", Look(adjustment="they had me do it twice")),
        ("hgfdsa", Look("hgfdsa")),
        ("", None),
        ("📸", None),
    ],
)
def test_the_look(said: str, look: Look | None) -> None:
    assert read_look(said) == look


SAID = """copper falls , . ; – in on for as the a callback zoom self-tape co-star “ ” 2nd role: project: general with
commercial lead test nurse ray #2 news thank you, goodnight 📽 👥 📸 today hair up wore headshot they had asked
reel: felt 4 / 5 my"""
WORDS = st.sampled_from([*SAID.split(), "\n"])


def holds(text: str) -> bool:
    what, more, look = read_what(text, KNOWN), read_more(text), read_look(text)
    titles = [what.project, what.role] if what else []
    told = what is None or bool(what.project or what.role or what.kind == "general")
    bounded = all(title == title.strip() and len(title) <= 120 for title in titles)
    settled = not any("\ue000" <= char <= "\uf8ff" for title in titles for char in title)
    known = what is None or what.project_id in {None, *(project.id for project in KNOWN)}
    felt = more is None or more.felt in (None, 1, 2, 3, 4, 5)
    return told and bounded and settled and known and felt and more != More() and look != Look()


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_not(text: str) -> None:
    assert holds(text)


@given(st.lists(WORDS, max_size=40).map(" ".join))
@settings(max_examples=300, deadline=None)
def test_any_answer_about_the_work_is_read_or_not(text: str) -> None:
    assert holds(text)


@given(st.text(alphabet="abc ,-'", min_size=1, max_size=30).filter(lambda title: title[0].isalpha()))
@settings(max_examples=500, deadline=None)
def test_a_known_title_is_found_whatever_commas_it_holds(title: str) -> None:
    what = read_what(f"{title}\nNurse Ray", (KnownProject(7, title), KnownProject(8, "Copper Falls")))
    assert what is not None
    assert (what.project, what.project_id) == (title, 7)


@pytest.mark.parametrize("text", [text for _, text in CORPUS], ids=[name for name, _ in CORPUS])
def test_odd_texts(text: str) -> None:
    assert holds(text)


@pytest.mark.parametrize(
    "piece", ["a in ", "as a ", "“a” ", "today ", "zoom ", "hair ", "they had ", "felt ", ",", "ﷺ", "🎭"]
)
def test_a_long_text_takes_no_time(piece: str) -> None:
    text = (piece * 4000)[:4000]
    known = [KnownProject(n, f"Copper Falls {n}") for n in range(300)]
    with patience():
        read_what(text, known)
        read_more(text)
        read_look(text)
