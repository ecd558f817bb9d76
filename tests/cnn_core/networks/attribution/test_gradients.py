import itertools
import zlib

import numpy as np
import pytest
import torch

from cnn_core.errors import CnnCoreError
from cnn_core.networks import effective_receptive_field
from cnn_core.networks.attribution.gradients import output_of
from cnn_core.receptive_field import receptive_field

PLACES = 2


def visible_mask(field, shape) -> np.ndarray:
    (top, bottom), (left, right) = field.visible
    mask = np.zeros(shape, bool)
    mask[top:bottom, left:right] = True
    return mask


def test_the_field_of_every_layer_holds_every_pixel_with_a_gradient(traced):
    """All channels of a place share a field, so one gradient of their sum looks at all of them."""
    network = traced.network
    pixels = torch.from_numpy(traced.input.copy())[None].requires_grad_()
    with torch.enable_grad():
        outputs = network.module.outputs(pixels)
    for layer, visit in itertools.product(network.layers[1:], range(PLACES)):
        rng = np.random.default_rng((zlib.crc32(layer.name.encode()), visit))
        channel, row, column = rng.integers(0, layer.shape).tolist()
        maps = outputs[layer.name][0].reshape(layer.shape)
        if layer.shape[1:] == (1, 1):
            unit = maps[channel, 0, 0]
        else:
            mix = torch.from_numpy(rng.normal(size=layer.shape[0]).astype(np.float32))
            unit = (maps[:, row, column] * mix).sum()
        (gradient,) = torch.autograd.grad(unit, pixels, retain_graph=True)
        field = receptive_field(
            network.layers, layer=layer.name, channel=channel, row=row, column=column
        )
        sensitivity = gradient[0].abs().sum(0).numpy()
        outside = sensitivity[~visible_mask(field, sensitivity.shape)]
        assert not outside.any(), (layer.name, row, column, field)


def test_the_heat_of_a_first_layer_unit_is_its_kernel(fashion):
    sensitivity = effective_receptive_field(fashion, "conv1a", 5, 10, 20)
    expected = np.zeros((28, 28), np.float32)
    expected[9:12, 19:22] = np.abs(fashion.network.weights("conv1a")[5, 0])
    np.testing.assert_allclose(sensitivity, expected, rtol=1e-5)


def test_the_heat_is_what_a_small_change_of_a_pixel_does(fashion):
    sensitivity = effective_receptive_field(fashion, "norm1b", 3, 12, 12)
    module = fashion.network.module
    row, column = np.unravel_index(int(sensitivity.argmax()), sensitivity.shape)
    values = []
    for change in (-1e-3, 1e-3):
        pixels = torch.from_numpy(fashion.input.copy())[None]
        pixels[0, 0, row, column] += change
        with torch.inference_mode():
            values.append(float(output_of(module, pixels, "norm1b")[0, 3, 12, 12]))
    assert abs(values[1] - values[0]) / 2e-3 == pytest.approx(sensitivity[row, column], rel=0.05)


def test_nothing_is_left_behind_on_the_network(traced):
    before = {name: values.clone() for name, values in traced.network.module.state_dict().items()}
    last = traced.network.layers[-2]
    effective_receptive_field(traced, last.name, 0, 0, 0)
    module = traced.network.module
    assert not any(part.training for part in module.modules())
    assert not any(part._forward_hooks or part._backward_hooks for part in module.modules())
    for values in module.parameters():
        assert values.grad is None
        assert not values.requires_grad
    for name, values in module.state_dict().items():
        torch.testing.assert_close(values, before[name], rtol=0, atol=0)


def test_a_unit_that_does_not_exist_is_refused(fashion):
    with pytest.raises(CnnCoreError, match="no row 28"):
        effective_receptive_field(fashion, "conv1a", 0, 28, 0)
