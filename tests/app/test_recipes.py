"""What CONTRIBUTING promises: a network, a method, an activation is one entry."""

import dataclasses
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
import torch
from streamlit.testing.v1 import AppTest

from app.drawing.frame import unpack
from app.lessons.kernel_lab.programs import torch_lines
from app.lessons.kernel_lab.settings import read_settings as read_kernel_lab
from cnn_core import activations
from cnn_core.activations import Activation
from cnn_core.networks.attribution import methods
from cnn_core.networks.attribution.methods import AttributionMethod
from cnn_core.networks.builder import NetworkBuilder
from cnn_core.networks.definition import Definition
from cnn_core.networks.models import registry
from cnn_core.networks.models.fashion import PREPARATION
from cnn_core.networks.module import LayeredModule
from tests.app.components import component_data
from tests.app.opening import opened


def tiny_network() -> Definition:
    """A network with one convolution and random weights."""
    builder = NetworkBuilder()
    builder.input(1, 28, 28)
    builder.block = "block 1"
    builder.conv("conv", 4, kernel=5, stride=2, padding=2)
    builder.activation("relu")
    builder.block = "classes"
    builder.global_pool("pool")
    builder.flatten("flatten")
    builder.dense("dense", 3)
    builder.softmax("softmax")
    layers = tuple(builder.layers)

    def weights() -> dict[str, torch.Tensor]:
        torch.manual_seed(0)
        return LayeredModule(layers).state_dict()

    return Definition(
        name="fake",
        title="A fake network",
        note="nothing in particular",
        subject="garments",
        layers=layers,
        featured_layer="relu",
        classes=lambda: ("nothing", "something", "anything"),
        preparation=PREPARATION,
        weights=weights,
    )


@pytest.fixture
def fake_network(monkeypatch: pytest.MonkeyPatch) -> Definition:
    fake = tiny_network()
    monkeypatch.setattr(
        registry, "NETWORKS", MappingProxyType({**registry.NETWORKS, fake.name: fake})
    )
    return fake


def explorer_header(test: AppTest) -> dict[str, Any]:
    """The header of the network explorer's frame."""
    for data in component_data(test):
        if isinstance(data, bytes):
            header, _ = unpack(data)
            if "networks" in header:
                return header
    raise AssertionError("There is no network explorer on this page.")


def test_a_network_is_one_entry_and_both_pages_show_it(fake_network: Definition) -> None:
    inside = opened("inside_cnn", network="fake")
    assert not inside.exception
    assert not inside.warning
    header = explorer_header(inside)
    listed = {one["choice"]["network"]: (one["title"], one["note"]) for one in header["networks"]}
    assert listed["fake"] == ("A fake network", "nothing in particular")
    assert header["facts"]["title"] == "A fake network"
    assert header["pad"]["on"]
    look_at = opened("look_at", network="fake")
    assert not look_at.exception
    assert "A fake network" in look_at.selectbox(key="selected_network").options
    assert look_at.selectbox(key="selected_layer").value == "relu"
    assert look_at.query_params["network"] == "fake"


@pytest.fixture
def fake_method(monkeypatch: pytest.MonkeyPatch) -> AttributionMethod:
    fake = AttributionMethod(
        key="fake",
        title="A fake method",
        short_title="Fake",
        shows="Shows the input again.",
        hides="It explains nothing.",
        unit="brightness",
        compute=lambda trace, number: np.abs(trace.input).mean(axis=0),
    )
    monkeypatch.setattr(methods, "METHODS", MappingProxyType({**methods.METHODS, "fake": fake}))
    return fake


def test_an_attribution_method_is_one_entry(fake_method: AttributionMethod) -> None:
    test = opened("look_at", network="fashion_cnn", heat="fake")
    assert not test.exception
    assert test.query_params["heat"] == "fake"
    choice = next(one for one in test.get("button_group") if "Fake" in str(one.proto.options))
    assert choice.value == "fake"
    assert "Shows the input again. It explains nothing." in [c.value for c in test.caption]
    drawn = "".join(one.proto.body for one in test.get("html"))
    assert "<figcaption>A fake method</figcaption>" in drawn
    assert "brightness: " in drawn
    assert drawn.count('data-method="fake"') == 2  # and once from random weights


@pytest.fixture
def fake_activation(monkeypatch: pytest.MonkeyPatch) -> Activation:
    fake = Activation(
        key="cube",
        title="Cube",
        formula="x x x",
        note="Made up for this test.",
        numpy_line="x**3",
        torch_line="x**3",
        function=lambda x: x**3,
    )
    together = MappingProxyType({**activations.ACTIVATIONS, "cube": fake})
    monkeypatch.setattr(activations, "ACTIVATIONS", together)
    return fake


def test_an_activation_is_one_entry(fake_activation: Activation) -> None:
    test = opened("kernel_lab", activation="cube")
    assert not test.exception
    assert not test.warning
    rows = [
        row
        for data in component_data(test)
        if isinstance(data, dict)
        for row in data.get("rows", ())
    ]
    menu = next(row for row in rows if row["key"] == "activation")
    assert ["cube", "Cube"] in menu["options"]
    assert menu["value"] == "cube"
    assert test.query_params["activation"] == "cube"
    assert "y = y**3" in torch_lines(read_kernel_lab({"activation": "cube"}))
    steps = opened("step_by_step", walk_activation="cube")
    assert not steps.exception


def test_an_entry_without_its_lines_cannot_be_made(fake_activation: Activation) -> None:
    fields = {
        field.name: getattr(fake_activation, field.name)
        for field in dataclasses.fields(fake_activation)
    }
    for name in fields:
        with pytest.raises(TypeError, match=name):
            Activation(**{key: value for key, value in fields.items() if key != name})
