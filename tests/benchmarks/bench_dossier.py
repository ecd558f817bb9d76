"""All maps of a layer: the one pass over the pictures, and one page of patches; prints seconds.

For an early, a middle and a late layer of each network: the highest places of all its maps in the
bundled pictures, beside a forward pass of one picture; and what is sent back to the nine strongest
patches of twelve maps, by each method that the page offers there.
"""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # as app.server does, before torch is read

import numpy as np

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from app.lessons.look_at.gathered_pictures import bundled_views  # noqa: E402
from app.lessons.look_at.units import MAPS  # noqa: E402
from cnn_core.networks import load, trace  # noqa: E402
from cnn_core.networks.attribution.targets import Target  # noqa: E402
from cnn_core.networks.attribution.unit_methods import UNIT_METHODS, unit_method  # noqa: E402
from cnn_core.networks.tracing import trace_of_input  # noqa: E402
from cnn_core.networks.visualization.patches import peaks_of, strongest  # noqa: E402

LAYERS = {
    "fashion_cnn": ("norm1a", "norm2b", "norm3b"),
    "efficientnet_lite0": ("stem_norm", "block9_expand_norm", "head_norm"),
}


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--maps", type=int, default=MAPS)
    wanted = parser.parse_args(arguments)
    for name, layers in LAYERS.items():
        network, views = load(name), np.stack([view.pixels for view in bundled_views(name)])
        trace(network, views[0])
        began = time.perf_counter()
        trace(network, views[0])
        one = time.perf_counter() - began
        for layer in layers:
            began = time.perf_counter()
            peaks = peaks_of(network, views, layer)
            spent = time.perf_counter() - began
            print(
                f"{name} {layer}: {network.layer(layer).shape[0]} maps in {len(views)} pictures "
                f"{spent:.2f} s, {spent / one / len(views):.2f} x a pass for each"
            )
            for method in {unit_method(network.layers, layer, key) for key in UNIT_METHODS}:
                began = time.perf_counter()
                for channel in range(wanted.maps):
                    for at in strongest(peaks, channel):
                        unit = Target(layer=layer, channel=channel, row=at.row, column=at.column)
                        method.compute(trace_of_input(network, views[at.picture]), unit)
                print(f"  {method.title}, {wanted.maps} maps: {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
