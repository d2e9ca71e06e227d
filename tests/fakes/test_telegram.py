"""The look-alike refuses what Telegram refuses, seen through python-telegram-bot."""

from __future__ import annotations

import asyncio
import html
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import (
    Bot,
    BotCommand,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    MessageEntity,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)

from tests import pictures
from tests.fakes.telegram import FakeTelegram, Person
from tests.fakes.telegram_html import parse_html, to_html
from tests.fakes.telegram_wire import utf16

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

NORA = 7
GROUP = -42


class Clock:
    """Seconds that pass when told."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def _timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def telegram(clock: Clock) -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(clock=clock) as fake:
        yield fake


@pytest.fixture
async def bot(telegram: FakeTelegram) -> AsyncIterator[Bot]:
    async with Bot(telegram.token, base_url=telegram.base_url) as bot:
        yield bot


@pytest.fixture
def nora(telegram: FakeTelegram) -> Person:
    person = telegram.person(NORA)
    person.write("/start")
    return person


def keyboard(*rows: tuple[InlineKeyboardButton, ...]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(rows)


def button(label: str = "Sent", data: str = "sent:1:0") -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=data)


async def raw(telegram: FakeTelegram, method: str, body: dict[str, Any], token: str = "") -> tuple[int, dict[str, Any]]:
    """A call as JSON by hand, for what the library would not let through."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{telegram.base_url}{token or telegram.token}/{method}", json=body) as answer,
    ):
        return answer.status, await answer.json()


async def refusal(telegram: FakeTelegram, method: str, **body: Any) -> str:
    status, answer = await raw(telegram, method, {"chat_id": NORA, **body})
    assert (status, answer["ok"], answer["error_code"]) == (400, False, 400), answer
    return str(answer["description"])


# Who may call, and what


async def test_a_wrong_token_is_unauthorized(telegram: FakeTelegram) -> None:
    with pytest.raises(InvalidToken, match="was rejected by the server"):
        async with Bot("123456:WRONG", base_url=telegram.base_url):
            pass
    assert [call.outcome for call in telegram.calls] == ["401 Unauthorized"]


async def test_methods_are_found_whatever_their_case_and_others_are_not(telegram: FakeTelegram) -> None:
    assert (await raw(telegram, "GETME", {}))[1]["result"]["is_bot"] is True
    assert (await raw(telegram, "sendTelepathy", {}))[0] == 404


# A conversation on the phone


async def test_the_phone_shows_the_chat_as_it_reads_now(bot: Bot, nora: Person) -> None:
    asked = await bot.send_message(NORA, "Who was in <b>the room</b>?", parse_mode="HTML",
                                   reply_markup=keyboard((button("Skip", "skip"),)))  # fmt: skip
    nora.write("Dana", reply_to=asked.message_id)
    await bot.edit_message_text("Who was in the room? <i>Dana</i>", NORA, asked.message_id, parse_mode="HTML")
    await bot.send_message(NORA, "Kept.", disable_notification=True)

    assert nora.transcript == "> /start\n  Who was in the room? Dana\n> Dana\n  Kept."
    _, question, _, kept = nora.screen
    assert (question.html, question.buttons, question.edited) == ("Who was in the room? <i>Dana</i>", [], True)
    assert (kept.silent, kept.mine, kept.edited) == (True, False, False)


async def test_a_tap_is_a_callback_query_and_is_answered_once(telegram: FakeTelegram, bot: Bot, nora: Person) -> None:
    shown = await bot.send_message(NORA, "Sent it?", reply_markup=keyboard((button(),)))
    update_id = nora.tap("Sent")
    update = (await bot.get_updates())[-1]
    assert update.update_id == update_id
    query = update.callback_query
    assert query
    assert (query.data, query.message and query.message.message_id) == ("sent:1:0", shown.message_id)

    await query.answer("Noted.")
    assert nora.toasts == ["Noted."]
    for gone in (query.id, "never-was"):
        with pytest.raises(BadRequest, match=r"(?i)query is too old and response timeout expired or query id"):
            await bot.answer_callback_query(gone)


async def test_an_old_tap_can_no_longer_be_answered(bot: Bot, nora: Person, clock: Clock) -> None:
    nora.tap_data("forged:99", message_id=4711)
    query = (await bot.get_updates())[-1].callback_query
    assert query
    assert query.message
    assert not query.message.is_accessible
    clock.now += 901
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await query.answer()


async def test_a_tap_on_what_is_not_there_fails_the_test(bot: Bot, nora: Person) -> None:
    await bot.send_message(NORA, "Copy it", reply_markup=keyboard(
        (InlineKeyboardButton("Copy", copy_text=CopyTextButton("Hi Dana")),)))  # fmt: skip
    with pytest.raises(AssertionError, match="no button 'Sent'"):
        nora.tap("Sent")
    with pytest.raises(AssertionError, match="tells the bot nothing"):
        nora.tap("Copy")
    assert nora.copy("Copy") == "Hi Dana"


async def test_a_tap_on_the_reply_keyboard_types_its_label(bot: Bot, nora: Person) -> None:
    place = KeyboardButton("Where I am", request_location=True)
    await bot.send_message(NORA, "Where are you?", reply_markup=ReplyKeyboardMarkup([["Los Angeles"], [place]]))
    assert nora.reply_keyboard == [["Los Angeles"], ["Where I am"]]
    nora.tap("Los Angeles")
    assert nora.screen[-1].text == "Los Angeles"
    with pytest.raises(AssertionError, match="use share_location"):
        nora.tap("Where I am")


async def test_everything_a_person_can_send_is_an_update_the_library_reads(bot: Bot, nora: Person) -> None:
    written = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)
    said = nora.screen[0].message_id
    acts = [
        nora.write("/log@buttonhook_test_bot Harbor 🎭 /x", at=written), nora.edit(said, "/help"),
        nora.share_location(34.05, -118.24), nora.send_sticker(), nora.send_voice(), nora.send_photo("headshot"),
        nora.send_document(), nora.send_contact(), nora.send_poll(), nora.block(), nora.unblock(),
    ]  # fmt: skip
    updates = (await bot.get_updates())[1:]
    assert [update.update_id for update in updates] == acts == list(range(acts[0], acts[0] + len(acts)))

    messages = [update.effective_message for update in updates]
    typed, edited, *others = [message for message in messages if message]
    assert typed.date == written
    assert list(typed.parse_entities(["bot_command"]).values()) == ["/log@buttonhook_test_bot", "/x"]
    assert (updates[1].edited_message is not None, edited.text) == (True, "/help")
    kinds = ["location", "sticker", "voice", "photo", "document", "contact", "poll"]
    assert [kind for message, kind in zip(others, kinds, strict=True) if getattr(message, kind)] == kinds
    assert others[3].caption == "headshot"
    statuses = [u.my_chat_member.new_chat_member.status for u in updates if u.my_chat_member]
    assert statuses == ["kicked", "member"]


# getUpdates


async def test_offsets_confirm_what_is_below_them(telegram: FakeTelegram, bot: Bot, nora: Person) -> None:
    one, two, three = telegram.unconfirmed[0], nora.write("two"), nora.write("three")

    async def ids(offset: int | None = None, limit: int | None = None) -> list[int]:
        return [update.update_id for update in await bot.get_updates(offset=offset, limit=limit, timeout=0)]

    assert await ids() == await ids() == [one, two, three]
    assert await ids(limit=2) == [one, two]
    assert await ids(two) == [two, three]
    assert await ids() == [two, three]
    assert await ids(-1) == [three] == await ids()
    assert await ids(three + 1) == [] == telegram.unconfirmed


async def test_an_update_comes_again_and_ids_may_jump_back(telegram: FakeTelegram, bot: Bot, nora: Person) -> None:
    first = telegram.unconfirmed[0]
    await bot.get_updates(offset=first + 1)
    telegram.deliver_again(first)
    assert [update.update_id for update in await bot.get_updates(offset=first + 1)] == [first]
    assert await bot.get_updates(offset=first + 1) == ()

    telegram.jump_ids_backwards()
    lower = nora.write("after a quiet week")
    assert lower < first
    assert [update.update_id for update in await bot.get_updates(offset=first + 1)] == [lower]
    assert await bot.get_updates(offset=lower + 1) == ()


async def test_odd_updates_arrive_as_they_are(telegram: FakeTelegram) -> None:
    odd, new = telegram.push_garbage(), telegram.push_raw({"subscription_of_tomorrow": {"x": 1}})
    _, answer = await raw(telegram, "getUpdates", {})
    assert [update["update_id"] for update in answer["result"]] == [odd, new]
    with pytest.raises(TypeError):
        Update.de_json(answer["result"][0], None)


async def test_a_long_poll_waits_for_the_next_update(telegram: FakeTelegram, bot: Bot) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=10))
    await telegram.until(lambda: telegram.polling.polls > 0)
    written = telegram.person(NORA).write("/start")
    assert [update.update_id for update in await waiting] == [written]


async def test_the_newer_of_two_polls_wins(telegram: FakeTelegram, bot: Bot) -> None:
    older = asyncio.create_task(bot.get_updates(timeout=10))
    await telegram.until(lambda: telegram.polling.polls > 0)
    async with Bot(telegram.token, base_url=telegram.base_url) as second:
        assert await second.get_updates(timeout=0) == ()
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await older


async def test_a_webhook_and_polling_exclude_each_other(bot: Bot) -> None:
    await bot.set_webhook("https://example.org/hook")
    with pytest.raises(Conflict, match="while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_kinds_that_were_not_asked_for_do_not_come(telegram: FakeTelegram, bot: Bot, nora: Person) -> None:
    await bot.get_updates(offset=telegram.unconfirmed[-1] + 1, allowed_updates=["message"])
    assert nora.block() == 0
    assert nora.send_sticker() in [0, *telegram.unconfirmed]
    assert [sorted(u.to_dict()) for u in await bot.get_updates()] == [["message", "update_id"]]


# What may be said


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "text must be non-empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "🎭" * 2049}, "message is too long"),
        ({"text": "<b></b>" * 4700, "parse_mode": "HTML"}, "text is too long"),
        ({"text": "a\0b"}, "strings must be encoded in UTF-8"),
        ({"text": "a\ud83db"}, "strings must be encoded in UTF-8"),
        ({"text": "hi", "reply_markup": json.dumps({"force_reply": True, "x": "\ud83d"})}, "strings must be encoded"),
        ({"text": "*hi*", "parse_mode": "MarkdownV3"}, "unsupported parse_mode"),
        ({"text": "hi", "entities": [{"type": "bold", "offset": 1, "length": 2}]}, "after the end of the text"),
        ({"text": "🎭!", "entities": [{"type": "bold", "offset": 1, "length": 2}]}, "in a middle of a UTF-16 symbol"),
        ({"text": "hi", "chat_id": "@nobody"}, "chat not found"),
        ({"text": "hi", "chat_id": 404}, "chat not found"),
        ({"text": "hi", "reply_parameters": {"message_id": 404}}, "message to be replied not found"),
    ],
)
async def test_texts_it_refuses(telegram: FakeTelegram, nora: Person, said: dict[str, Any], why: str) -> None:
    assert why in await refusal(telegram, "sendMessage", **said)
    assert len(nora.screen) == 1


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        ("I <3 it", 'Unsupported start tag "3" at byte offset 2'),
        ("é < b", 'Unsupported start tag "" at byte offset 3'),
        ("<p>one</p>", 'Unsupported start tag "p"'),
        ("one<br>two", 'Unsupported start tag "br"'),
        ("<b>bold", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>x</b></i>", 'Unmatched end tag, expected "</i>", found "</b>", at byte offset 7'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("x <b", "Unclosed start tag at byte offset 2"),
        ('<a href="x', 'Unclosed value of an attribute of the tag "a"'),
        ("<a href>x</a>", "Expected equal sign"),
        ("<b>x</b y>", "Unclosed end tag"),
        ('<span class="big">x</span>', 'Tag "span" must have class "tg-spoiler"'),
        ("&#xD83D;", "Text contains invalid Unicode"),
    ],
)
async def test_html_it_refuses(telegram: FakeTelegram, nora: Person, markup: str, why: str) -> None:
    description = await refusal(telegram, "sendMessage", text=markup, parse_mode="HTML")
    assert description.startswith(f"Bad Request: can't parse entities: {why}")


@pytest.mark.parametrize(
    ("markup", "text", "shown"),
    [
        ("a &lt;b&gt; &amp; &quot;c&quot; &#39;d&#x27;", "a <b> & \"c\" 'd'", "a &lt;b&gt; &amp; \"c\" 'd'"),
        ("Q & A &copy; &", "Q & A &copy; &", "Q &amp; A &amp;copy; &amp;"),
        ("<STRONG>a</strong><em>b</em>", "ab", "<b>a</b><i>b</i>"),
        ("🎭<u>x<s>🎭</s></u>", "🎭x🎭", "🎭<u>x<s>🎭</s></u>"),
        ('<a href="https://x.org/?a=1&amp;b">x</a>', "x", '<a href="https://x.org/?a=1&amp;b">x</a>'),
        ('<a href="not a link">x</a>', "x", "x"),
        ("<blockquote expandable>x</blockquote>", "x", "<blockquote expandable>x</blockquote>"),
        ('<span class="tg-spoiler">x</span><b></b>', "x", "<tg-spoiler>x</tg-spoiler>"),
        ('<pre><code class="language-python">x</code></pre>', "x", "<pre>x</pre>"),
        (" \n <code> x</code> \n", " x", "<code> x</code>"),
    ],
)
async def test_html_it_reads(bot: Bot, nora: Person, markup: str, text: str, shown: str) -> None:
    await bot.send_message(NORA, markup, parse_mode="HTML")
    assert (nora.screen[-1].text, nora.screen[-1].html) == (text, shown)


@given(st.text(st.characters(codec="utf-8")), st.sampled_from(["b", "code", "blockquote", "tg-spoiler"]))
def test_escaped_text_reads_back_as_it_was(text: str, tag: str) -> None:
    plain, entities = parse_html(f"{html.escape(text)}<{tag}>{html.escape(text)}</{tag}>")
    assert plain == text + text
    assert [entity["length"] for entity in entities] == ([utf16(text)] if text else [])
    assert to_html(text, []) == html.escape(text, quote=False)


async def test_the_longest_text_counts_after_parsing(bot: Bot, nora: Person) -> None:
    longest = "🎭" * 2048
    sent = await bot.send_message(NORA, f"<b>{longest}</b>", parse_mode="HTML")
    assert sent.text == longest == nora.screen[-1].text
    bold = MessageEntity("bold", 0, 4096)
    assert list(sent.entities) == [bold]
    assert list((await bot.send_message(NORA, longest, entities=[bold])).entities) == [bold]


def _inline(**fields: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "x", **fields}]]}


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        (_inline(callback_data="é" * 33), "BUTTON_DATA_INVALID"),
        (_inline(callback_data=""), "BUTTON_DATA_INVALID"),
        (_inline(text=" ", callback_data="x"), "Text is empty"),
        (_inline(), "Text buttons are unallowed in the inline keyboard"),
        (_inline(callback_data="x", url="https://example.org"), "exactly one action"),
        (_inline(copy_text={"text": "x" * 257}), "BUTTON_COPY_TEXT_INVALID"),
        (_inline(url="nowhere"), "Wrong HTTP URL"),
        (_inline(callback_data="x", colour="red"), "unknown fields ['colour']"),
        (_inline(callback_data="x", style="red"), "unknown style"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "x"}] * 9]}, "REPLY_MARKUP_TOO_LONG"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "x"}] * 8] * 13}, "REPLY_MARKUP_TOO_LONG"),
        ({"inline_keyboard": None}, "must be an Array"),
        ([], "object expected as reply markup"),
        ("{", "can't parse reply keyboard markup JSON object"),
        ({"keyboard": [["x"]], "input_field_placeholder": "x" * 65}, "input field placeholder"),
    ],
)
async def test_keyboards_it_refuses(telegram: FakeTelegram, nora: Person, markup: Any, why: str) -> None:
    assert why in await refusal(telegram, "sendMessage", text="hi", reply_markup=markup)


async def test_a_place_is_asked_for_in_private_only(telegram: FakeTelegram, bot: Bot, nora: Person) -> None:
    place = ReplyKeyboardMarkup([[KeyboardButton("Here", request_location=True)]])
    await bot.send_message(NORA, "Where?", reply_markup=place)
    telegram.group(GROUP)
    with pytest.raises(BadRequest, match=r"(?i)location can be requested in private chats only"):
        await bot.send_message(GROUP, "Where?", reply_markup=place)


# Changing what was said


async def test_edits_it_refuses(bot: Bot, nora: Person) -> None:
    card = await bot.send_message(NORA, "<b>Card</b>", parse_mode="HTML", reply_markup=keyboard((button(),)))
    asked = await bot.send_message(NORA, "Where?", reply_markup=ReplyKeyboardMarkup([["Here"]]))
    for message_id, why in (
        (card.message_id, "message is not modified: specified new message content and reply markup are exactly"),
        (asked.message_id, "message can't be edited"),
        (nora.screen[0].message_id, "message can't be edited"),
        (4711, "message to edit not found"),
    ):
        with pytest.raises(BadRequest, match=f"(?i){why}"):
            await bot.edit_message_text("<b>Card</b>", NORA, message_id, parse_mode="HTML",
                                        reply_markup=keyboard((button(),)))  # fmt: skip


async def test_an_edit_without_a_keyboard_takes_it_away(bot: Bot, nora: Person) -> None:
    card = await bot.send_message(NORA, "Card", reply_markup=keyboard((button(),)))
    await bot.edit_message_reply_markup(NORA, card.message_id, reply_markup=keyboard((button("Undo", "undo"),)))
    assert nora.screen[-1].buttons == [[("Undo", "undo")]]
    await bot.edit_message_text("Card", NORA, card.message_id)
    assert nora.screen[-1].buttons == []
    with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
        await bot.edit_message_text("Card", NORA, card.message_id)


async def test_messages_are_deleted_within_two_days(bot: Bot, nora: Person) -> None:
    nora.write("old", at=datetime.now(UTC) - timedelta(hours=49))
    young, old = nora.screen
    assert await bot.delete_message(NORA, young.message_id)
    for message_id, why in ((young.message_id, "message to delete not found"), (old.message_id, "can't be deleted")):
        with pytest.raises(BadRequest, match=f"(?i){why}"):
            await bot.delete_message(NORA, message_id)


async def test_a_file_arrives_with_its_bytes(telegram: FakeTelegram, bot: Bot, nora: Person) -> None:
    sent = await bot.send_document(NORA, b"date,amount\n", filename="expenses.csv", caption="Yours")
    assert (nora.screen[-1].file, nora.screen[-1].text) == ("expenses.csv", "Yours")
    assert sent.document
    assert telegram.world.files[sent.document.file_id] == ("expenses.csv", b"date,amount\n")
    for body, caption, why in ((b"", "", "file must be non-empty"), (b"x", "x" * 1025, "caption is too long")):
        with pytest.raises(BadRequest, match=f"(?i){why}"):
            await bot.send_document(NORA, body, filename="empty.csv", caption=caption)
    with pytest.raises(BadRequest, match=r"(?i)there is no text in the message to edit"):
        await bot.edit_message_text("x", NORA, sent.message_id)
    await bot.edit_message_caption(NORA, sent.message_id, caption="Yours, once more")
    assert nora.screen[-1].text == "Yours, once more"


async def test_a_photo_fits_its_limits_and_a_text_has_no_caption(
    telegram: FakeTelegram, bot: Bot, nora: Person
) -> None:
    sent = await bot.send_photo(NORA, pictures.png(9000, 1000), caption="Your year")
    assert (nora.screen[-1].file, nora.screen[-1].text) == ("photo", "Your year")
    assert sent.photo
    for body, why in (
        (pictures.png(9000, 1001), "PHOTO_INVALID_DIMENSIONS"),
        (pictures.png(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
        (b"no picture", "IMAGE_PROCESS_FAILED"),
    ):
        with pytest.raises(BadRequest, match=f"(?i){why}"):
            await bot.send_photo(NORA, body)
    text = await bot.send_message(NORA, "words")
    with pytest.raises(BadRequest, match=r"(?i)no caption in the message to edit"):
        await bot.edit_message_caption(NORA, text.message_id, caption="x")


# Who can be reached


async def test_people_the_bot_cannot_reach(telegram: FakeTelegram, bot: Bot) -> None:
    person = telegram.person(8, "Iris", "Vance")

    async def said() -> Message:
        return await bot.send_message(8, "Good morning")

    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await said()
    person.write("/start")
    for leave, error, why in (
        (person.block, Forbidden, "bot was blocked by the user"),
        (person.deactivate, Forbidden, "user is deactivated"),
        (person.vanish, BadRequest, "(?i)chat not found"),
    ):
        leave()
        with pytest.raises(error, match=why):
            await said()
        person.write("back again")
        assert (await said()).text == "Good morning"


async def test_a_group_that_moved_says_where(telegram: FakeTelegram, bot: Bot, nora: Person) -> None:
    group = telegram.group(GROUP)
    await bot.send_message(GROUP, "Hi all", reply_markup=keyboard((button(),)))
    group.tap(nora, "Sent")
    group.write(nora, "hello")
    group.migrate(nora, -1001234567890)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(GROUP, "Hi all")
    assert moved.value.new_chat_id == -1001234567890
    assert await bot.send_message(-1001234567890, "Hi all")
    assert all(update.effective_chat for update in await bot.get_updates())


# Too much, too fast, and the network


async def test_a_chat_takes_twenty_at_once_and_then_one_a_second(bot: Bot, nora: Person, clock: Clock) -> None:
    for number in range(20):
        await bot.send_message(NORA, f"{number}")
    with pytest.raises(RetryAfter) as flood:
        await bot.send_message(NORA, "one too many")
    assert flood.value.retry_after == timedelta(seconds=1)
    clock.now += 1
    await bot.send_message(NORA, "20")
    with pytest.raises(RetryAfter):
        await bot.send_message(NORA, "two too many")
    assert nora.said == [f"{number}" for number in range(21)]


async def test_all_chats_together_take_thirty_a_second(telegram: FakeTelegram, bot: Bot, clock: Clock) -> None:
    for user_id in range(1, 32):
        telegram.person(user_id).write("/start")
    for user_id in range(1, 31):
        await bot.send_message(user_id, "Good morning")
    with pytest.raises(RetryAfter):
        await bot.send_message(31, "Good morning")
    clock.now += 0.1
    await bot.send_message(31, "Good morning")


@pytest.mark.parametrize(
    ("kind", "error", "said", "outcome"),
    [
        ("429:3", RetryAfter, False, "429 Too Many Requests: retry after 3"),
        ("502", NetworkError, False, "502"),
        ("400:chat not found", BadRequest, False, "400 Bad Request: chat not found"),
        ("403", Forbidden, False, "403 Forbidden"),
        ("reset", NetworkError, False, "reset"),
        ("lost", NetworkError, True, "lost"),
        ("stall", TimedOut, True, "stall"),
    ],
)
async def test_faults_on_order(
    bot: Bot, nora: Person, telegram: FakeTelegram, *, kind: str, error: type[Exception], said: bool, outcome: str
) -> None:
    telegram.fail_next("sendMessage", 1, kind, after=1)
    await bot.send_message(NORA, "passes")
    with pytest.raises(error):
        await bot.send_message(NORA, "fails", read_timeout=0.2)
    await bot.send_message(NORA, "passes again")
    assert nora.said == ["passes", *(["fails"] if said else []), "passes again"]
    assert len(telegram.called("sendMessage", outcome)) == 1


async def test_a_stopped_server_comes_back_as_it_was(telegram: FakeTelegram, bot: Bot, nora: Person) -> None:
    waiting = telegram.unconfirmed
    await telegram.stop()
    with pytest.raises(NetworkError, match="ConnectError"):
        await bot.send_message(NORA, "anyone?")
    await telegram.start()
    await bot.send_message(NORA, "there you are")
    assert (nora.said, telegram.unconfirmed) == (["there you are"], waiting)


async def test_a_delay_is_half_before_and_half_after_the_work() -> None:
    async with FakeTelegram(delay=0.2) as telegram:
        nora = telegram.person(NORA)
        nora.write("/start")
        calling = asyncio.create_task(raw(telegram, "sendMessage", {"chat_id": NORA, "text": "hi"}))
        await telegram.until(lambda: nora.said == ["hi"])
        assert not calling.done()
        assert (await calling)[0] == 200


async def test_what_the_bot_does_not_bring_about_is_told_with_the_chats(telegram: FakeTelegram, nora: Person) -> None:
    with pytest.raises(AssertionError, match="> /start"):
        await telegram.until(lambda: "Hello" in nora.said, seconds=0.01)


# The bot's face


@pytest.mark.parametrize(
    ("commands", "why"),
    [
        ([("Log", "Log an audition")], "BOT_COMMAND_INVALID"),
        ([("x" * 33, "Log an audition")], "BOT_COMMAND_INVALID"),
        ([("log", "")], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([("log", "x" * 257)], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([(f"log{n}", "Log an audition") for n in range(101)], "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_commands_it_refuses(bot: Bot, commands: list[tuple[str, str]], why: str) -> None:
    await bot.set_my_commands([("log", "Log an audition")])
    with pytest.raises(BadRequest, match=f"(?i){why}"):
        await bot.set_my_commands(commands)
    assert await bot.get_my_commands() == (BotCommand("log", "Log an audition"),)


async def test_the_profile_is_kept_and_bounded(telegram: FakeTelegram, bot: Bot) -> None:
    await bot.set_my_description("d" * 512)
    await bot.set_my_short_description("s" * 120, language_code="es")
    assert (await bot.get_my_short_description("es")).short_description == "s" * 120
    with pytest.raises(BadRequest):
        await bot.set_my_description("d" * 513)
    with pytest.raises(BadRequest):
        await bot.set_my_short_description("s" * 121)
    assert [len(call.params["description"]) for call in telegram.called("setMyDescription", "ok")] == [512]


async def test_chat_actions(bot: Bot, nora: Person) -> None:
    assert await bot.send_chat_action(NORA, "typing")
    with pytest.raises(BadRequest, match=r"(?i)wrong parameter action"):
        await bot.send_chat_action(NORA, "yawning")
