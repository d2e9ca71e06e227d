"""Stand-in written by the lead so that others can run: its owner (projects helper) overwrites this file whole."""
from dataclasses import dataclass
@dataclass(frozen=True)
class KnownProject: id:int; title:str; role:str=""; size:str=""
@dataclass(frozen=True)
class What: project: str = ""; project_id: int | None = None; role: str = ""; size: str = ""; kind: str = ""; round: str = ""; mode: str = ""
@dataclass(frozen=True)
class More: round: str = ""; mode: str = ""; size: str = ""; adjustment: str = ""; felt: int | None = None
@dataclass(frozen=True)
class Look: wore: str = ""; hair: str = ""; headshot: str = ""; adjustment: str = ""
def read_what(t, known):
    p=[x.strip().title() for x in t.split(",")]
    return What(p[0], None, p[1] if len(p)>1 else "", p[2].lower() if len(p)>2 else "") if p[0] else None
def read_more(t): return None
def read_look(t): return Look(wore=t)
