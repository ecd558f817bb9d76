"""A link made today opens the same thing tomorrow: ten of them, kept as they were shared."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import streamlit as st

import app
from app import catalogue
from app.catalogue import BY_KEY
from app.lesson import Lesson
from app.lessons.kernel_lab.settings import read_settings as read_kernel_lab
from app.lessons.step_by_step.settings import read_settings as read_step_by_step
from app.live.image_store import STORE
from app.networks.settings import DEPTHS, SCOPES, SOURCES
from app.networks.settings import read_settings as read_network
from app.session import link, state
from app.session.settings import Setting, by_key, merged, whole
from tests.app.opening import opened
from tests.app.picker import choose, listed

LINKS = {
    "pictures": "look=green&cells=12&at=120,64&tint=gray",
    "pictures#2": "picture=zone_plate&look=gray&classroom=1",
    "dense_layer": "dense_view=shuffle&garment=18&shuffle_share=40&shuffle_block=7",
    "kernel_lab": "kernel=gabor(angle=45,wavelength=6)&stride=2&padding=valid&activation=identity",
    "kernel_lab#2": "kernel=-1,0,1;-2,0,2;-1,0,1&dilation=2&border=reflect&combine=sum&bias=-12.5",
    "kernel_lab#3": "kernel=emboss&convention=convolution&pooling=average&pool_size=4&view=signed",
    "step_by_step": "walk_source=patch&walk_weights=sobel_x&walk_channels=3&walk_patch=20,30,4",
    "step_by_step#2": "walk_mode=max&walk_source=lecture_4x4&walk_pool_stride=1&walk_speed=4",
    "step_by_step#3": "walk_mode=line&walk_line=1,2,1&walk_flip=1&walk_at=0,3",
    "inside_cnn": "network=fashion_cnn&garment=18&layer=relu1b&channel=3&row=1&column=2&scope=map",
    "look_at": "network=fashion_cnn&class=5&heat=saliency&square=2,2,8&layer=relu2b&channel=7",
    "translation": "shift_view=picture&shift_by=3,-4&shift_downsampling=blur&shift_layers=2",
    "cats_vs_dogs": "taught_view=teach&taught_set=noise&taught_decay=0.1&taught_copies=1",
    "dropout": "drop_keep=0.4&drop_mask=12&drop_convention=scale_at_eval&drop_neuron=2,3",
}
"""The lesson ("#" only tells several apart) and the query."""


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> None:
    """A session of its own, as a plain dictionary."""
    monkeypatch.setattr(st, "session_state", {})


def words(query: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in query.split("&"))


@pytest.mark.parametrize(("lesson", "query"), LINKS.items(), ids=LINKS)
def test_every_setting_of_the_link_is_taken_over_and_stays_in_the_address(
    lesson: str, query: str
) -> None:
    key = lesson.partition("#")[0]
    test = opened(key, **words(query))
    assert not test.exception
    assert not test.info
    assert {name: test.session_state[name] for name in words(query)} == words(query)
    assert {name: "".join(text) for name, text in test.query_params.items()} == words(query)


def test_what_the_links_mean_stays_the_same() -> None:
    lab = read_kernel_lab(words(LINKS["kernel_lab#2"]))
    assert lab.kernel.weights.tolist() == [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
    assert (lab.layer.dilation, lab.layer.border, lab.layer.bias) == (2, "reflect", -12.5)
    gabor = read_kernel_lab(words(LINKS["kernel_lab"])).kernel
    assert (gabor.formula, gabor.values["angle"], gabor.values["wavelength"]) == ("gabor", 45, 6)
    line = read_step_by_step(words(LINKS["step_by_step#3"]))
    assert line.mode == "line"
    assert np.array_equal(line.line, [[[1.0], [2.0], [1.0]]])
    assert (line.flip, line.at) == (True, (0, 3))
    unit = read_network(words(LINKS["inside_cnn"]))
    assert (unit.garment, unit.layer, unit.channel) == (18, "relu1b", 3)
    assert (unit.row, unit.column) == (1, 2)


SETTINGS_OF_TODAY = {
    "dense_layer": "classroom dense_channels dense_height dense_kernel dense_pixel dense_units "
    "dense_view dense_width drawing first_kernel garment neuron picture shuffle_block "
    "shuffle_share source square unrolled",
    "pictures": "at cells classroom look picture tint",
    "step_by_step": "classroom picture walk_activation walk_at walk_bias walk_cells walk_channels "
    "walk_count walk_dilation walk_flip walk_letters walk_line walk_mode walk_padding walk_patch "
    "walk_pool walk_pool_padding walk_pool_stride walk_side walk_signal walk_source walk_speed "
    "walk_stride walk_weights",
    "kernel_lab": "activation bias border classroom combine convention dilation kernel padding "
    "picture pool_size pooling stride view",
    "inside_cnn": "channel classroom column depth drawing garment layer network picture row scope "
    "source",
    "look_at": "channel class classroom column depth drawing garment heat layer network picture "
    "row scope source square",
    "dropout": "classroom drop_convention drop_count drop_doubt_count drop_doubt_keep drop_keep "
    "drop_maps drop_mask drop_mode drop_neuron drop_seed drop_share drop_view garment picture",
    "translation": "classroom garment network picture shift_activation shift_bias shift_by "
    "shift_columns shift_compare shift_downsampling shift_kind shift_layers shift_view shift_x",
    "cats_vs_dogs": "animal_threshold classroom picture starts_count starts_shown starts_side "
    "taught_class taught_copies taught_decay taught_most taught_set taught_view",
}


@pytest.mark.parametrize(("lesson", "names"), SETTINGS_OF_TODAY.items(), ids=SETTINGS_OF_TODAY)
def test_no_setting_of_a_link_is_renamed_or_forgotten(lesson: str, names: str) -> None:
    assert set(names.split()) <= {*BY_KEY[lesson].settings, *link.EVERYWHERE}


def test_two_different_settings_of_one_name_are_an_error() -> None:
    one, other = (Setting(key="stride", name="stride", default=d, read=str) for d in "12")
    with pytest.raises(ValueError, match="stride"):
        by_key(one, other)
    with pytest.raises(ValueError, match="stride"):
        merged([by_key(one), by_key(other)])
    assert list(merged([by_key(one), by_key(one)])) == ["stride"]


def test_a_setting_that_no_lesson_has_is_an_error_and_changes_nothing(session: None) -> None:
    state.put({"stride": "2"})
    with pytest.raises(LookupError, match="colour"):
        state.put({"stride": "3", "colour": "red"})
    assert state.text("stride") == "2"


def test_a_value_that_cannot_be_used_is_noted_and_the_old_one_stays(session: None) -> None:
    state.put({"stride": "2"})
    state.put({"stride": "100", "bias": "3"})
    assert (state.text("stride"), state.text("bias")) == ("2", "3")
    (notice,) = state.take_notices()
    assert "whole number" in notice


def test_a_lesson_more_is_one_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = []
    glow = Setting(key="glow", name="glow", default="1", read=whole(1, 9))
    fake = Lesson(
        key="fake",
        title="A fake lesson",
        section="Lab",
        icon=":material/science:",
        promise="Nothing to see.",
        settings=by_key(glow),
        thumbnail=lambda pixels, digest: np.zeros((256, 256, 3), np.uint8),
        show=lambda: drawn.append(state.text("glow")),
    )
    monkeypatch.setattr(catalogue, "LESSONS", (*catalogue.LESSONS, fake))
    catalogue.register()
    try:
        test = opened("fake", glow="7", picture="cat")
    finally:
        monkeypatch.undo()
        catalogue.register()
    assert not test.exception
    assert test.title[0].value == "A fake lesson"
    assert drawn == ["7"]
    assert dict(test.query_params) == {"glow": "7", "picture": "cat"}


def test_the_address_is_written_also_where_the_browser_still_tells_an_older_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written: list[dict[str, str]] = []
    told: dict[str, str] = {}  # what the browser says its address is, with every rerun
    address = SimpleNamespace(to_dict=lambda: told, from_dict=written.append)
    session = {key: one.default for key, one in link.known().items()}
    monkeypatch.setattr(link, "st", SimpleNamespace(session_state=session, query_params=address))
    link.publish("pictures")
    assert written == []
    session["look"] = "gray"
    link.publish("pictures")
    session["look"] = link.setting("look").default  # clicked before the address has arrived
    link.publish("pictures")
    assert written == [{"look": "gray"}, {}]
    link.publish("pictures")
    assert len(written) == 2


MISFITS = {
    ("pictures", "at=9999,9999"): ("held pixel", "rows 0 to 511"),
    ("step_by_step", "walk_at=99,99"): ("pinned place", "rows 0 to 1 and columns 0 to 2"),
    ("step_by_step", "walk_source=patch&walk_patch=9999,9999,9"): ("patch", "512 × 512"),
    ("look_at", "class=9999"): ("class", "0 to 999"),
    ("look_at", "network=fashion_cnn&class=500"): ("class", "0 to 9"),
    ("look_at", "square=0,0,4096"): ("gray square", "224 × 224"),
    ("look_at", "network=fashion_cnn&square=20,20,9"): ("gray square", "28 × 28"),
    ("look_at", "layer=abc&channel=3"): ("layer", "no layer 'abc'"),
    ("look_at", "network=fashion_cnn&layer=flatten"): ("layer", "conv1a"),
    ("look_at", "network=fashion_cnn&layer=relu2b&channel=32"): ("map", "0 to 31"),
    ("inside_cnn", "layer=abc&channel=3&row=1&column=1"): ("layer", "no layer 'abc'"),
    ("inside_cnn", "network=fashion_cnn&layer=conv1a&channel=16"): ("map", "0 to 15"),
    ("inside_cnn", "network=fashion_cnn&layer=pool1&channel=3&row=14"): ("row", "0 to 13"),
    ("inside_cnn", "network=fashion_cnn&layer=pool1&channel=3&row=1&column=99"): ("column", "13"),
    ("inside_cnn", "network=fashion_cnn&channel=3"): ("map", "no layer"),
    ("inside_cnn", "network=fashion_cnn&layer=pool1&column=3"): ("column", "no map"),
}
"""What means nothing in what the page shows, and the setting and the limit that the line names."""


@pytest.mark.parametrize(("link_", "told"), MISFITS.items(), ids=lambda value: str(value))
def test_what_the_page_has_no_place_for_is_noted_once_and_leaves_the_address(
    link_: tuple[str, str], told: tuple[str, str]
) -> None:
    lesson, query = link_
    test = opened(lesson, **words(query))
    assert not test.exception
    (line,) = [one.value for one in test.info]
    assert line.startswith("One setting in this link cannot be used, so the usual setting is used")
    assert f" {told[0].capitalize()}: " in line.replace("\\", "")
    assert told[1] in line.replace("\\", "")
    kept = {name: "".join(text) for name, text in test.query_params.items()}
    fine = {
        "network": "fashion_cnn",
        "layer": words(query).get("layer", ""),
        "walk_source": "patch",
    }
    assert kept.items() <= {**words(query), **fine}.items()
    changed = set(words(query)) - set(kept)
    assert changed
    assert all(test.session_state[key] == link.setting(key).default for key in changed)
    test.run()
    assert not test.exception
    assert not test.info


def test_a_network_chosen_by_hand_is_no_reason_for_a_line_and_the_address_follows() -> None:
    test = opened("look_at", **{"class": "500", "layer": "relu1b", "network": "efficientnet_lite0"})
    assert len(test.info) == 1  # its layer is another network's
    test = opened("look_at", **{"class": "500"})
    assert not test.info
    test.selectbox(key="selected_network").set_value("fashion_cnn").run()
    assert not test.exception
    assert not test.info
    assert {key: "".join(text) for key, text in test.query_params.items()} == {
        "network": "fashion_cnn"
    }
    # A number of the one is no class of the other, also on the way back.
    test.selectbox(key="selected_network").set_value("efficientnet_lite0").run()
    assert test.session_state["class"] == ""
    assert "class" not in test.query_params


def test_a_picture_chosen_by_hand_is_no_reason_for_a_line() -> None:
    test = opened("pictures", at="400,400")
    choose(test, "lecture_3x3")
    assert not test.exception
    assert not test.info
    assert "at" not in test.query_params
    choose(test, "mandrill")
    assert "".join(test.query_params["at"]) == "400,400"


def test_what_belongs_to_another_lesson_is_not_judged_here() -> None:
    test = opened("kernel_lab", **{"class": "9999", "at": "9999,9999", "unknown": "1"})
    assert not test.exception
    assert not test.info


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"pooling": "mean"}, "Pooling: it is one of none, max, average, not 'mean'."),
        ({"stride": "99"}, "Stride: it is a whole number from 1 to 8, not '99'."),
        ({"kernel": "1e308,0;0,1"}, "Kernel: A weight can be from -1000000 to 1000000"),
        ({"bias": "nan"}, "Bias: it is a number from -255 to 255, not 'nan'."),
        ({"look": ["gray", "red"]}, "View: it is in the link 2 times."),
        (
            {"heat": "abc"},
            "Attribution over the picture: it is one of Grad-CAM (grad_cam), occlusion, saliency, "
            "deconvnet, guided, none, not 'abc'.",
        ),
        (
            {"source": "abc"},
            "Input of the network: it is one of garment, drawing (drawn), your picture (picture), "
            "not 'abc'.",
        ),
        (
            {"depth": "x"},
            "Choice of layers: it is one of one screen (screen), steps (outcomes), every layer "
            "(all), not",
        ),
        (
            {"combine": "x"},
            "Channels: it is one of separate (channels), added (sum), gray, not 'x'.",
        ),
        ({"classroom": "yes"}, "Classroom mode: it is one of off (0), on (1), not 'yes'."),
    ],
    ids=str,
)
def test_one_setting_that_cannot_be_read_is_named_with_what_is_allowed(
    query: dict[str, str], told: str
) -> None:
    test = opened("kernel_lab", **query)
    assert not test.exception
    (line,) = [one.value.replace("\\", "") for one in test.info]
    assert line.startswith(
        f"One setting in this link cannot be used, so the usual setting is used instead. {told}"
    )
    assert test.session_state[next(iter(query))] == link.setting(next(iter(query))).default
    assert not dict(test.query_params)
    test.run()
    assert not test.info


def test_several_settings_are_counted_and_a_long_list_is_cut() -> None:
    names = ["kernel", "stride", "padding", "dilation", "bias", "pool_size"]
    names += ["combine", "activation", "pooling", "border"]
    (two,) = opened("kernel_lab", **dict.fromkeys(names[1:3], "?")).info
    assert two.value.startswith(
        "Two settings in this link cannot be used, so the usual settings are used instead. Stride: "
    )
    (ten,) = opened("kernel_lab", **dict.fromkeys(names, "?")).info
    assert ten.value == (
        "Ten settings in this link cannot be used, so the usual settings are used instead: "
        "kernel, stride, padding, dilation, bias, pool size and 4 more."
    )


def test_what_a_link_says_is_shown_as_it_is_and_not_as_markdown() -> None:
    (line,) = opened("kernel_lab", pooling="[x](//a.org) **b**").info
    assert r"not '\[x\](//a.org) \*\*b\*\*'" in line.value


def test_a_picture_that_a_link_opened_stays_in_the_list() -> None:
    pixels = np.full((8, 8, 3), 90, np.uint8)
    setting = f"upload-{STORE.put(pixels, owner='somebody else')}"
    test = opened("step_by_step", picture=setting)
    assert any("Picture from the link · " in one.proto.body for one in test.get("html"))
    choose(test, "coffee")
    assert "Picture from the link" in listed(test)[setting]
    choose(test, setting)
    assert test.session_state["picture"] == setting
    assert not test.exception


@pytest.mark.parametrize(
    ("script", "names"),
    [
        ("inside_cnn/network_explorer/top_bar.js", SCOPES),
        ("inside_cnn/network_explorer/top_bar.js", DEPTHS),
        ("inside_cnn/network_explorer/top_bar.js", {"picture": SOURCES["picture"]}),
    ],
    ids=["scope", "depth", "source"],
)
def test_a_refusal_calls_choices_by_the_names_of_their_menu(
    script: str, names: dict[str, str]
) -> None:
    written = (Path(app.__file__).parent / "lessons" / script).read_text(encoding="utf-8")
    assert [f'{word}: "{name}"' in written for word, name in names.items()] == [True] * len(names)
