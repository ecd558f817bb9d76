"""The largest and the smallest weights that a kernel may have: every number stays one to read."""

import json
import re

import numpy as np
import pytest
import torch

from app.lessons.kernel_lab.frame import lab_frame
from app.lessons.kernel_lab.probe import probe
from app.lessons.kernel_lab.programs import torch_lines
from app.lessons.kernel_lab.settings import SETTINGS, read_settings
from cnn_core.kernels import describe
from cnn_core.kernels.analysis import NORMALIZATIONS, frequency_response, normalize, separate

WHITE = np.full((40, 40, 3), 255, np.uint8)
LONGEST_NUMBER = 10
_NUMBER = re.compile(r"[0-9][0-9.]*(?:e[−+]?[0-9]+)?")


@pytest.mark.parametrize("activation", ["relu", "sigmoid", "softplus", "gelu"])
@pytest.mark.parametrize("view", ["signed", "photo"])
@pytest.mark.parametrize("weight", ["1e6", "-1e6", "1e-30", "-1e-38", "5e-324"])
def test_every_number_is_finite_and_legible(weight: str, view: str, activation: str) -> None:
    texts = {
        **{key: one.default for key, one in SETTINGS.items()},
        "kernel": ";".join([",".join([weight] * 15)] * 15),
        "combine": "sum",
        "bias": "255" if weight.endswith("1e6") else "0",
        "view": view,
        "activation": activation,
    }
    settings = read_settings(texts)
    header, _ = lab_frame(WHITE, settings, texts)
    lines = [
        probe(WHITE, settings, panel=panel, row=9, column=9)
        for panel in ("response", "activated", "pooled")
    ]
    cells = header["kernel"]["cells"]["texts"]
    legends = [text for one in header["panels"] for text in (one["alt"], *one["legend"].values())]
    legends = [text for text in legends if "gradient" not in text]
    for text in (*lines, *cells, *legends):
        assert not re.search(r"\b(inf|nan)\b", text)
        assert all(len(number) <= LONGEST_NUMBER for number in _NUMBER.findall(text)), text
    json.dumps(header, allow_nan=False)
    x = torch.full((1, 3, 40, 40), 255.0)
    scope = {"x": x, "torch": torch, "F": torch.nn.functional}
    exec("\n".join(torch_lines(settings)), scope)
    assert torch.isfinite(scope["y"]).all()


@pytest.mark.parametrize("weight", [1e6, 1e-30, 5e-324])
def test_what_is_said_of_a_kernel_is_finite(weight: float) -> None:
    weights = np.full((15, 15), weight)
    facts = describe(weights)
    said = (facts.total, facts.absolute, facts.norm, *facts.answers)
    assert np.isfinite(said).all()
    assert np.isfinite(frequency_response(weights)).all()
    assert separate(weights) is not None
    for how in NORMALIZATIONS:
        assert np.isfinite(normalize(weights, how)).all()
