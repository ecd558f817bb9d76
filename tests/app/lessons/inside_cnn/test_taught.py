"""Inside a CNN with a last layer that the visitor taught: theirs alone, and with true sentences."""

from typing import Any

import pytest

from app.guide.claims import shown
from app.lessons.cats_vs_dogs.teach.situation import situation as teach
from app.lessons.inside_cnn import misfits as inside_misfits
from app.lessons.inside_cnn.claims import CLAIMS
from app.lessons.inside_cnn.decomposition_view import decomposition_view
from app.lessons.inside_cnn.frame import network_choices, network_facts
from app.lessons.inside_cnn.live import HANDLERS
from app.lessons.inside_cnn.settings import SETTINGS
from app.lessons.inside_cnn.situation import situation
from app.lessons.inside_cnn.unit_steps import steps_of
from app.live.image_store import STORE
from app.live.messages import RefusedError
from app.networks.taught_head import TaughtHead, network_with, taught_head
from cnn_core.errors import CnnCoreError
from cnn_core.networks import explain_unit
from cnn_core.networks.head_files import HeadCard
from cnn_core.samples import load_sample
from tests.app.answering import answer_to
from tests.app.guide.drawn import sample
from tests.app.opening import opened

TAUGHT = {"network": "efficientnet_lite0", "last_layer": "taught"}
MARKUP = "**a** $x$ <b>"


def taught(*names: str) -> TaughtHead:
    on = teach({}, sample("mandrill"))
    card = HeadCard(network="efficientnet_lite0", classes=names or on.names, pictures=on.counts)
    return taught_head(on.head, card)


@pytest.fixture(scope="module")
def token() -> str:
    return STORE.put(load_sample("mandrill"))


def on_page(monkeypatch: pytest.MonkeyPatch, head: TaughtHead | None, **texts: str):
    monkeypatch.setattr(inside_misfits, "kept_head", lambda: head)
    defaults = {key: one.default for key, one in SETTINGS.items()}
    return situation({**defaults, **TAUGHT, **texts}, sample("mandrill"))


def ask(token: str, kind: str, owner: str, **changes: Any) -> dict[str, Any]:
    asked = {"sequence": 4, "token": token, "settings": TAUGHT, "owner": owner, **changes}
    return answer_to(HANDLERS, kind=kind, **asked)[0]


PLACE = {"layer": "dense", "channel": 1}
QUESTIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("maps", {"layers": [["dense", 0, 2]]}),
    ("unit", {"unit": PLACE}),
    ("decomposition", {"unit": PLACE}),
    ("hover", {"unit": PLACE}),
    ("effective_receptive_field", {"unit": PLACE}),
)


@pytest.mark.parametrize(("kind", "changes"), QUESTIONS, ids=[kind for kind, _ in QUESTIONS])
def test_the_taught_layer_answers_to_its_owner_and_to_nobody_else(
    token: str, kind: str, changes: dict[str, Any]
) -> None:
    mine, other = taught(), taught("One", "Two")
    assert ask(token, kind, mine.owner, **changes)["kind"] == kind
    for wrong in ("", "x" * 22, mine.digest, other.owner + "x"):
        with pytest.raises(CnnCoreError, match="teach it again"):
            ask(token, kind, wrong, **changes)


def test_each_owner_gets_the_own_classes(token: str) -> None:
    mine, other = taught(), taught("One", "Two")
    for head in (mine, other):
        scores = ask(token, "maps", head.owner, layers=[])["scores"]
        assert {row["name"] for row in scores["rows"]} == set(head.card.classes)
        assert scores["total"] == ""
        assert "groups" not in scores
    plain = ask(token, "maps", mine.owner, layers=[], settings={"network": TAUGHT["network"]})
    assert len(plain["scores"]["rows"]) == 5


def test_a_taught_layer_of_another_network_and_a_wrong_name_are_refused(token: str) -> None:
    mine, fashion = taught(), {"network": "fashion_cnn", "last_layer": "taught"}
    with pytest.raises(CnnCoreError, match="another network"):
        ask(token, "maps", mine.owner, layers=[], settings=fashion)
    with pytest.raises(RefusedError, match="at most 64 letters"):
        ask(token, "maps", "x" * 65, layers=[])
    with pytest.raises(CnnCoreError, match="as it was trained"):
        ask(token, "maps", "", layers=[], settings={**TAUGHT, "last_layer": "mine"})


def test_the_contributions_are_sorted_and_sum_to_the_logit_that_teach_shows(
    token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    head, on = taught(), teach({}, sample("mandrill"))
    made = ask(token, "decomposition", head.owner, unit=PLACE)["decomposition"]
    terms = on.head.contributions(on.asked.features, 1)
    order = abs(terms).argsort(kind="stable")[::-1]
    assert [row["channel"] for row in made["rows"][:5]] == order[:5].tolist()
    assert made["source"] == "head_relu6"
    assert (made["places"]["height"], made["places"]["width"]) == (7, 7)
    assert made["rows"][0]["strength_text"].startswith("mean\u00a0")
    logit = on.head.logits(on.asked.features)[1]
    assert made["sum_text"].endswith(f"sum {logit:.4g}".replace("-", "−"))
    assert float(explain_unit(on_page(monkeypatch, head).trace, "dense", 1).value) == (
        pytest.approx(logit, abs=1e-5)
    )


def test_maps_that_are_averaged_add_what_their_means_do(monkeypatch: pytest.MonkeyPatch) -> None:
    on = on_page(monkeypatch, taught())
    header, _ = decomposition_view(on.trace, "dense", 0, scope="layer")
    value, weight = header["rows"][0]["strength_text"].split("\u00a0× ")
    number = header["rows"][0]["channel"]
    maps = on.trace["head_relu6"][number]
    assert float(value.removeprefix("mean\u00a0")) == pytest.approx(maps.mean(), rel=5e-3)
    assert float(weight.split(" ")[0]) == pytest.approx(taught().head.weights[0, number], rel=5e-3)


def test_few_classes_leave_no_rest_of_a_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    on = on_page(monkeypatch, taught())
    steps = steps_of(on.trace, explain_unit(on.trace, "softmax", 0))
    assert "more" not in steps[1]["formula"]
    assert steps[1]["name"].endswith("2 classes")


def test_the_menu_has_it_while_the_session_has_one() -> None:
    head = taught()
    assert len(network_choices(head)) == len(network_choices(None)) + 1
    last = network_choices(head)[-1]
    assert last["title"] == "EfficientNet-Lite0, taught by you: Fur, Brick"
    assert last["choice"] == TAUGHT
    long = network_choices(taught("A" * 24, "B" * 24))[-1]
    assert long["title"] == "EfficientNet-Lite0, taught by you: 2 classes"
    assert long["note"] == f"2 classes of your own: {'A' * 24}, {'B' * 24}"
    facts = network_facts(network_with("efficientnet_lite0", head), head)
    other = network_facts(network_with("efficientnet_lite0", None))
    assert facts["name"] != other["name"]
    assert (facts["choice"], facts["classes"]) == (TAUGHT, ["Fur", "Brick"])


def test_a_link_that_names_it_says_so_and_opens_the_network_as_it_was_trained() -> None:
    test = opened("inside_cnn", last_layer="taught", layer="dense", channel="1")
    assert not test.exception
    (said,) = [one.value for one in test.info]
    assert "a layer that you taught is not part of a link" in said
    assert test.session_state["last_layer"] == "trained"
    assert (test.session_state["layer"], test.session_state["channel"]) == ("dense", "")


def test_a_map_below_stays_open_where_the_taught_layer_is_gone() -> None:
    test = opened("inside_cnn", last_layer="taught", layer="head_relu6", channel="726")
    assert len(test.info) == 1
    assert test.session_state["channel"] == "726"


def test_a_class_that_the_taught_layer_does_not_have_does_not_fit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for channel, open_channel in (("1", 1), ("2", None)):
        on = on_page(monkeypatch, taught(), layer="dense", channel=channel)
        assert (on.settings.layer, on.settings.channel) == ("dense", open_channel)
    on = on_page(monkeypatch, taught(), network="fashion_cnn")
    assert on.taught is None


@pytest.mark.parametrize("place", [{}, {"layer": "dense", "channel": "0"}])
def test_names_of_classes_are_no_markup_in_sentences(
    monkeypatch: pytest.MonkeyPatch, place: dict[str, str]
) -> None:
    on = on_page(monkeypatch, taught(MARKUP, "Brick"), **place)
    claims = shown(CLAIMS, on)
    sentences = [one.sentence(on) for one in claims]
    assert not any(MARKUP in one or "<b>" in one.replace("\\<b\\>", "") for one in sentences)
    assert any("\\*\\*a\\*\\*" in one for one in sentences)
    assert all(one.check(on) for one in claims)


def test_the_sentences_of_the_other_classes_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = {one.key for one in shown(CLAIMS, on_page(monkeypatch, taught()))}
    assert "taught_layer" in keys
    assert not keys & {"trained", "hardest"}
    without = {one.key for one in shown(CLAIMS, on_page(monkeypatch, None))}
    assert "trained" in without
    assert not without & {"taught_layer", "taught_contributions"}


def test_following_a_class_opens_it_and_another_session_has_nothing() -> None:
    test = opened("cats_vs_dogs", taught_view="teach")
    test.button(key="taught_follow").click().run()
    assert not test.exception
    wanted = {**TAUGHT, "layer": "dense", "channel": "0", "row": ""}
    assert {key: test.session_state[key] for key in wanted} == wanted
    kept = test.session_state["kept_taught_head"]
    assert kept.card.classes == ("Fur", "Brick")
    assert kept.card.pictures == (8, 8)
    link = {key: "".join(text) for key, text in test.query_params.items()}
    assert link["last_layer"] == "taught"
    assert kept.owner not in link.values()
    assert kept.digest not in link.values()
    other = opened("inside_cnn", **link)
    assert "kept_taught_head" not in other.session_state
    assert len(other.info) == 1
