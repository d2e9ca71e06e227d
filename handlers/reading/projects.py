"""What was auditioned for: project, role, size, kind, round and mode, as an actor types them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from handlers.reading.card_details import Look, More, read_look, read_more
from handlers.reading.casting_words import all_words, card_words, cut_words, like, tokens, words_in
from handlers.reading.known_titles import (
    ENDS,
    LONGEST_TITLE,
    PART_END,
    SLOT,
    KnownProject,
    Slot,
    close_to,
    is_title,
    settled,
    slot_number,
)
from handlers.reading.spelling import clipped, fold, titled, worded

__all__ = ["KnownProject", "Look", "More", "What", "read_look", "read_more", "read_what"]

_READ = 1000


@dataclass(frozen=True)
class What:
    """What it was; `kind` "general" is a meeting without project and role, `mode` "" was not said."""

    project: str = ""
    project_id: int | None = None
    role: str = ""
    size: str = ""
    kind: str = ""
    round: str = ""
    mode: str = ""


_SENTENCE_END = re.compile(
    r"(?<!\bdr)(?<!\bmr)(?<!\bmrs)(?<!\bms)(?<!\bst)(?<!\bjr)(?<!\bvs)(?<!\b[^\W\d_])[.!?]+(?=\s|$)", re.IGNORECASE
)
_ROLE_IN = re.compile(r"(.+)\s+(?:in|on|for)\s+(.+)", re.IGNORECASE)
_PROJECT_AS = re.compile(r"(.+?)\s+(?:as|playing)\s+(.+)", re.IGNORECASE)
_BEFORE_SLOT = re.compile(r"(?:^|\s+)(?:in|on|for|from|of|at)$", re.IGNORECASE)
_AFTER_SLOT = re.compile(r"^(?:as|playing|for|the role of|role)\s+", re.IGNORECASE)
_WORDS_FIRST = re.compile(r"\s*([^:]{1,40}):\s*(.+)", re.DOTALL)


def read_what(text: str, known: Sequence[KnownProject]) -> What | None:
    """Project and role with what else was said; None where there is neither, nor a general meeting."""
    whole, slots = settled(_lines_about_it(text[:_READ]), known)
    draft = _Draft(slots, known)
    for sentence in _SENTENCE_END.split(whole):
        for part in filter(str.strip, PART_END.split(sentence)):
            draft.read(part)
        if draft.tells():
            break
    return draft.what()


def _lines_about_it(text: str) -> str:
    """Of lines with an emoji or a word as label, only those about project and role."""
    signs = card_words()
    labelled = re.sub(f"[{signs['what_signs']}{signs['other_signs']}]", r"\n\g<0>", text)
    lines = [line for line in map(str.strip, labelled.splitlines()) if line]
    about = [line for line in lines if line[0] in signs["what_signs"]]
    kept = about or [line for line in lines if line[0] not in signs["other_signs"]]
    return "\n".join(line for line in map(worded, kept) if not like(r"\s*<other_labels>\s*[:=]").match(line))


@dataclass
class _Draft:
    """What the parts have told so far."""

    slots: Sequence[Slot]
    known: Sequence[KnownProject]
    words: dict[str, str] = field(default_factory=dict)
    project: Slot | None = None
    role: str = ""
    others: list[str] = field(default_factory=list)
    """Titles or roles, in the order told."""

    def tells(self) -> bool:
        """Whether there is something to go on, so that the next sentence is about something else."""
        return bool(self.project or self.role or self.others or self.words.get("kind") == "general")

    def read(self, part: str) -> None:
        """Take what one part tells."""
        label = like(r"\s*(?:(<what_labels>)|(<role_labels>)|<word_labels>)\s*[:=]\s*(.+)").fullmatch(part)
        rest = _lean(label[3] if label else part)
        if {fold(rest), fold(part)} & words_in("fillers"):
            return
        role = like(r"(?:the )?(?:role|part|character)(?: of| is)?\s+(.+)|(?:as|playing)\s+(.+)").fullmatch(rest)
        rest, said = cut_words((role[1] or role[2]) if role else rest)
        if (first := _WORDS_FIRST.fullmatch(rest)) and (more := all_words(first[1])):
            rest, said = first[2], {**more, **said}
        self.words = {**said, **self.words}
        rest = _lean(rest)
        if not self._is_one(rest):
            return
        if role or (label and label[2]):
            self.role = self.role or self._title(rest, role=True)
        elif not self._takes_slot(rest):
            self.others.append(rest)

    def _takes_slot(self, rest: str) -> bool:
        """A known title wherever it stands, or a quoted one beside its role."""
        found = [m for m in SLOT.finditer(rest) if self._slot(m[0]).known]
        if not found and (len(rest) == 1 or self.others):
            return False
        found = found or list(SLOT.finditer(rest))[-1:]
        if not found or self.project:
            return False
        self.project = self._slot(found[0][0])
        left = _BEFORE_SLOT.sub("", rest[: found[0].start()].strip(ENDS))
        right = _AFTER_SLOT.sub("", rest[found[0].end() :].strip(ENDS))
        beside = cut_words(left)[0] or cut_words(right)[0]
        self.words = {**cut_words(left)[1], **cut_words(right)[1], **self.words}
        if self._is_one(beside):
            self.role = self.role or self._title(beside, role=True)
        return True

    def _is_one(self, words: str) -> bool:
        """A title or a role, not only "a" or a dash."""
        said = {token.folded for token in tokens(words)} - words_in("joints")
        return any(is_title(word) or SLOT.search(word) for word in said)

    def _slot(self, letter: str) -> Slot:
        return self.slots[slot_number(letter)]

    def _title(self, words: str, *, role: bool) -> str:
        """The title or role as it is kept; what was quoted or typed with a capital is kept as typed."""
        if not SLOT.search(words):
            words = _with_capitals(words, role=role)
        return clipped(SLOT.sub(lambda m: self._slot(m[0]).title, words), LONGEST_TITLE)

    def what(self) -> What | None:
        """The answer, with role and size carried over from the project's last round."""
        if self.words.get("kind") == "general":
            return What(kind="general", round=self.words.get("round", ""), mode=self.words.get("mode", ""))
        project = self._named()
        role = self.role or (self._title(self.others[0], role=True) if self.others else "")
        if not project.title and not role:
            return None
        size, kind = self.words.get("size", ""), self.words.get("kind", "")
        how = {"round": self.words.get("round", ""), "mode": self.words.get("mode", "")}
        what = What(project.title, None, role, size, kind, **how)
        return _carried(what, project.known) if project.known else what

    def _named(self) -> Slot:
        """The project, taken out of what was told."""
        if self.project:
            return self.project
        for at, told in enumerate(self.others[:2]):
            if project := close_to(told, self.known):
                del self.others[at]
                return Slot(project.title, project)
        if not self.others:
            return Slot("")
        if len(self.others) == 1 and not self.role:
            self._part_role()
        return Slot(self._title(self.others.pop(0), role=False))

    def _part_role(self) -> None:
        """Part "nurse ray in copper falls", "copper falls as nurse ray"; but "Man on Fire" is one title."""
        alone = self.others[0]
        if split := _PROJECT_AS.fullmatch(alone):
            self.others = [split[1], split[2]]
        elif (split := _ROLE_IN.fullmatch(alone)) and len(alone.split()) > 3:
            self.others = [split[2], split[1]]
            if project := close_to(split[2], self.known):
                self.others[0] = project.title


def _lean(part: str) -> str:
    led = like(r"^(?:<leads>(?=\s)\s*)+").sub("", " ".join(part.split()).strip(ENDS))
    return like(r"(?:\s+<trails>)+$").sub("", led).strip(ENDS)


def _with_capitals(words: str, *, role: bool) -> str:
    """Capitals for what was typed in small letters; "the Captain" as a role, "The Long Table" as a project."""
    if words != words.casefold():
        return words
    front, _, last = words.rpartition(" ")
    whole = " ".join(x for x in (titled(front, words_in("small_words")), titled(last)) if x)
    article = role and front and front.split()[0] in ("the", "a", "an")
    return whole[:1].lower() + whole[1:] if article else whole


def _carried(what: What, known: KnownProject) -> What:
    """A further round of the same role keeps the role's size."""
    same = not what.role or fold(what.role) == fold(known.role)
    size = what.size or (known.size if same else "")
    return replace(what, project_id=known.id, role=known.role if same else what.role, size=size)
