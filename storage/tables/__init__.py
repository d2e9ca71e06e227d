"""Every table; a record belongs to an actor, an address only says where to reach one."""

from storage.tables.actors import actor, address
from storage.tables.casting import appointment, away, booking_step, stage, stage_days, submission
from storage.tables.columns import UtcDateTime, metadata
from storage.tables.history import change
from storage.tables.links import link_code, link_request, link_try
from storage.tables.money import expense, expense_word, receipt
from storage.tables.rooms import audition, news, note, office, person, presence, project, remark
from storage.tables.traffic import document, due, file, inbox, outbox, pulse, talk

__all__ = [
    "UtcDateTime",
    "actor",
    "address",
    "appointment",
    "audition",
    "away",
    "booking_step",
    "change",
    "document",
    "due",
    "expense",
    "expense_word",
    "file",
    "inbox",
    "link_code",
    "link_request",
    "link_try",
    "metadata",
    "news",
    "note",
    "office",
    "outbox",
    "person",
    "presence",
    "project",
    "pulse",
    "receipt",
    "remark",
    "stage",
    "stage_days",
    "submission",
    "talk",
]
