"""Every talk there is, with what becomes of its decision."""

from __future__ import annotations

from handlers import keep_audition
from handlers.expenses import fixing
from handlers.expenses.keep import keep_told
from handlers.scripts import Script
from handlers.talking import Stage
from handlers.talks import (
    audition_form,
    edit_note,
    get_names,
    make_sense,
    mend_expense,
    settle_in,
    tell_expense,
    tell_news,
    which_step,
)
from handlers.talks.log_audition import log_audition

STAGE = Stage(
    (
        Script("welcome", settle_in.welcome, settle_in.keep),
        Script("sign", settle_in.set_sign, settle_in.keep),
        Script("place", settle_in.set_zone, settle_in.keep),
        Script("zone", settle_in.confirm_zone, settle_in.keep),
        Script("moved", settle_in.confirm_move, settle_in.keep),
        Script("morning", settle_in.set_morning, settle_in.keep),
        Script("country", settle_in.set_country, settle_in.keep),
        Script("audition", log_audition, keep_audition.keep, audition_form, lasts=True),
        Script("names", get_names.get_names, get_names.keep),
        Script("news", tell_news.tell_news, tell_news.keep),
        Script("edit", edit_note.edit_note, edit_note.keep),
        Script("place_words", edit_note.place_words, edit_note.keep),
        Script("expense", tell_expense.tell_expense, keep_told, saves=True),
        Script("mend_expense", mend_expense.mend_expense, fixing.keep),
        Script("currency", settle_in.set_currency, settle_in.keep),
        Script("step", which_step.step, which_step.keep),
        Script("sense", make_sense.make_sense, make_sense.keep),
    )
)
