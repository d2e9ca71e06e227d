"""Who makes what takes longer than a turn, by the kind of the due row that asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from handlers.long_work import Maker

MAKERS: Mapping[str, Maker] = MappingProxyType({})
