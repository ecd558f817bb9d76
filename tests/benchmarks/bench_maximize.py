"""Does a painted picture excite a unit more than any bundled one? 20 random channels, 256 steps.

Channels are drawn from all layers of `efficientnet_lite0` before their activation. A painted picture
is rounded to whole pixels and laid into the middle of a gray view of the network's own size; its
value is then the highest anywhere on the map. So is that of the bundled pictures: all photographs,
and for comparison the drawn patterns too. `--steps` and `--channels` make it shorter.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from cnn_core.networks import Network, load  # noqa: E402
from cnn_core.networks.attribution.gradients import output_of  # noqa: E402
from cnn_core.networks.attribution.targets import Target  # noqa: E402
from cnn_core.networks.visualization.maximize import STEPS, maximize  # noqa: E402
from cnn_core.samples import SAMPLES, load_sample  # noqa: E402

AT_LEAST = 0.75
"""15 of 20."""


def drawn(network: Network, count: int) -> list[Target]:
    """Draw layers, then channels in them; the same each time."""
    rng = np.random.default_rng(2026)
    norms = [layer for layer in network.layers if layer.kind == "batch_norm"]
    return [
        Target(layer=layer.name, channel=int(rng.integers(layer.shape[0])))
        for layer in (norms[at] for at in rng.integers(0, len(norms), count))
    ]


def highest(network: Network, view: np.ndarray, target: Target) -> float:
    """Give the highest value on a map."""
    with torch.inference_mode():
        maps = output_of(network.module, network.preparation.tensor(view), target.layer)
    return float(maps[0, target.channel].max())


def laid_out(network: Network, picture: np.ndarray) -> np.ndarray:
    """Put a picture into the middle of a gray view."""
    view = np.full((*network.preparation.size, 3), 127, np.uint8)
    # An even number of cells of 32 px above and to the left keeps every stride in step.
    top = (view.shape[0] - picture.shape[0]) // 64 * 32
    view[top : top + picture.shape[0], top : top + picture.shape[1]] = picture
    return view


def main(arguments: Sequence[str]) -> None:
    """Paint and count."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--channels", type=int, default=20)
    wanted = parser.parse_args(arguments)
    network = load("efficientnet_lite0")
    views = {key: network.preparation.view(load_sample(key)) for key in SAMPLES}
    photographs = [key for key, sample in SAMPLES.items() if sample.path is not None]
    won = over_patterns = 0
    for number, target in enumerate(drawn(network, wanted.channels)):
        values = {key: highest(network, view, target) for key, view in views.items()}
        best = max(photographs, key=values.__getitem__)
        began = time.perf_counter()
        *_, last = maximize(network, target, steps=wanted.steps, seed=number)
        spent = time.perf_counter() - began
        value = highest(network, laid_out(network, last.picture), target)
        won += value > values[best]
        over_patterns += value > max(values.values())
        print(
            f"{target.layer:26} {target.channel:5}: painted {value:7.2f} ({last.picture.shape[0]} px, "
            f"{spent:5.1f} s), {best} {values[best]:7.2f}, any pattern {max(values.values()):7.2f}",
            flush=True,
        )
    print(f"above every photograph: {won} of {wanted.channels}")
    print(f"above every photograph and pattern: {over_patterns} of {wanted.channels}")
    if won < AT_LEAST * wanted.channels:
        sys.exit(f"Fewer than {AT_LEAST:.0%} of the channels end above every photograph.")


if __name__ == "__main__":
    main(sys.argv[1:])
