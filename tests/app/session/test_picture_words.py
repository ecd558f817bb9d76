"""A file's name and what loading changed, in words that fit beside a picture."""

import pytest

from app.session.picture_words import NAME_LENGTH, changes_text, short_name
from cnn_core.images.changes import (
    FewerBits,
    FirstFrame,
    MiddleKept,
    MissingRows,
    OnWhite,
    Reduced,
)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (Reduced(height=3000, width=4000), "Reduced from 3000 × 4000"),
        (FirstFrame(frames=12), "First frame of an animation of 12"),
        (FirstFrame(frames=None), "First frame of an animation"),
        (MissingRows(rows=40, of=300), "The last 40 of 300 rows are missing from the file"),
        (MissingRows(rows=1, of=300), "The last of 300 rows is missing from the file"),
        (FewerBits(bits=16), "16-bit values reduced to 8-bit"),
        (OnWhite(), "Transparent parts are shown on white"),
        (
            MiddleKept(axis="rows", kept=800, of=20000),
            "The middle 800 of 20000 rows, because the picture is very long",
        ),
    ],
)
def test_each_change_is_a_few_words(change, text: str) -> None:
    assert changes_text((change,)) == text


def test_nothing_changed_is_nothing_said() -> None:
    assert changes_text(()) == ""


@pytest.mark.parametrize("name", ["a.png", "صورة.png", "🏝️ 👍🏽.jpg", "Ünïcödé.webp", "写真.jpg"])
def test_a_short_name_stays_as_it_is(name: str) -> None:
    assert short_name(name) == name


def test_characters_that_turn_or_break_a_line_are_left_out() -> None:
    assert short_name("a\u202egnp\u2067.e\nx\te\u200b.png") == "agnp.exe.png"
    assert short_name("\u202e\n") == "no name"


def test_one_emoji_of_many_parts_is_never_cut() -> None:
    family = "👨\u200d👩\u200d👧\u200d👦"
    short = short_name(family * 60 + ".jpg")
    assert short.replace("…", "").replace(family, "") == ".jpg"


def test_a_pile_of_accents_is_cut() -> None:
    assert len(short_name("a" + "\u0301" * 500 + ".png")) < NAME_LENGTH
