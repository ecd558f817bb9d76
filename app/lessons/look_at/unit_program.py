"""The strongest patches of a map, and what is sent back to them, as a complete program."""

import numpy as np

from app.guide.programs import Program, picture_lines, program_text
from app.lessons.look_at.gathered_pictures import GARMENTS, PATCHES, View
from app.lessons.look_at.situation import AttributionSituation
from app.networks.input_lines import pad_lines
from cnn_core.networks.attribution.unit_methods import UnitMethod, unit_method
from cnn_core.samples import SAMPLES

_PACKAGE = "cnn_core.networks.attribution"


def unit_program(on: AttributionSituation) -> Program:
    """Write what the dossier of a unit computes: the values of its patches, what is sent back."""
    return Program(
        title="cnn_core for one unit", code=_code(on), prints=lambda: np.array(_values(on))
    )


def _values(on: AttributionSituation) -> list[tuple[float, float]]:
    dossier = on.dossier()
    return [
        (place.value, patch.total)
        for place, patch in zip(dossier.places, dossier.patches, strict=True)
    ]


def _code(on: AttributionSituation) -> str:
    layer = on.unit_layer
    method = unit_method(on.network.layers, layer, on.unit["unit_method"])
    imports, loading = _pictures(on)
    function, call = _call(method)
    imports |= {
        "from cnn_core.networks import load",
        f"from {_PACKAGE}.{function}",
        f"from {_PACKAGE}.targets import Target",
        "from cnn_core.networks.tracing import trace_of_input",
        "from cnn_core.networks.visualization.patches import peaks_of, strongest, views_of",
    }
    return program_text(
        sorted(imports, key=lambda line: (line.startswith("from"), line)),
        loading,
        [
            f'network = load("{on.settings.network}")',
            "views = views_of(network, pictures)  # cut and resized for the network",
            f'peaks = peaks_of(network, views, "{layer}")  # the highest places of all its maps',
            f"for at in strongest(peaks, {on.unit_channel}, count={PATCHES}):",
            f'    unit = Target(layer="{layer}", channel={on.unit_channel}, row=at.row, '
            "column=at.column)",
            f"    sent = {call}  # float32 (C, H, W)",
            "    print(at.value, sent.sum(dtype=float))",
        ],
    )


def _call(method: UnitMethod) -> tuple[str, str]:
    """Return a method's import, and its call."""
    inputs = "trace_of_input(network, views[at.picture]), unit"
    if method.key == "deconvnet":
        return "backpropagation import backpropagate", f'backpropagate({inputs}, rule="deconvnet")'
    return f"input_gradients import {method.key}", f"{method.key}({inputs})"


def _pictures(on: AttributionSituation) -> tuple[set[str], list[str]]:
    """Write how a program gets the pictures at hand: imports, and the lines after them."""
    if on.network.subject == "garments":
        imports = {"from cnn_core.datasets import load_fashion"}
        loading = [f'pictures = list(load_fashion("test").images[:{GARMENTS}])']
    else:
        keys = [f'"{one.key}"' for one in SAMPLES.values() if one.path is not None]
        imports = {"from cnn_core.samples import load_sample"}
        loading = [f"pictures = [load_sample(key) for key in ({', '.join(keys)})]"]
    for view in on.pictures.own:
        needed, lines = _lines(on, view)
        imports |= set(needed)
        loading += [*lines, "pictures.append(image)"]
    return imports, loading


def _lines(on: AttributionSituation, view: View) -> tuple[list[str], list[str]]:
    return pad_lines(on.settings) if view.picture is None else picture_lines(view.picture)
