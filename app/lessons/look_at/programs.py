"""The attributions as complete programs, with this project's functions and in PyTorch alone."""

import numpy as np

from app.guide.programs import Program, picture_lines, program_text
from app.lessons.look_at.situation import AttributionSituation
from app.lessons.look_at.unit_program import unit_program
from app.networks.input_lines import pad_lines
from cnn_core.networks.attribution.occlusion import GRAY

_PACKAGE = "cnn_core.networks.attribution"


def programs(on: AttributionSituation) -> tuple[Program, ...]:
    """Write what the page computes: a probability, and the range of each attribution."""
    in_torch = ("grad_cam", "saliency", "occlusion")
    everything = ("grad_cam", "occlusion", "saliency", "deconvnet", "guided")
    return (
        Program(title="cnn_core", code=_with_cnn_core(on), prints=lambda: _ranges(on, everything)),
        Program(title="PyTorch", code=_with_torch(on), prints=lambda: _ranges(on, in_torch)),
        unit_program(on),
    )


def _ranges(on: AttributionSituation, methods: tuple[str, ...]) -> np.ndarray:
    found = (on.attribution(method) for method in methods)
    ranges = [(one.min(), one.max()) for one in found if one is not None]
    return np.array([on.scores[on.number], *np.ravel(ranges)])


def _input_lines(on: AttributionSituation) -> tuple[list[str], list[str]]:
    """Write how a program gets what the network is shown: imports, and the lines after them."""
    if not on.settings.uses_pad:
        return picture_lines(on.picture)
    return pad_lines(on.settings)


def _with_cnn_core(on: AttributionSituation) -> str:
    number, window = on.number, on.window
    imports, loading = _input_lines(on)
    imports = [
        *imports,
        "from cnn_core.networks import load, trace",
        f"from {_PACKAGE}.backpropagation import backpropagate, saliency",
        *([f"from {_PACKAGE}.class_activation import grad_cam"] if on.last_maps else []),
        f"from {_PACKAGE}.occlusion import occlusion",
    ]
    covering = f"window={window.size}, stride={window.stride}"
    return program_text(
        sorted(imports, key=lambda line: (line.startswith("from"), line)),
        [
            *loading,
            f'found = trace(load("{on.settings.network}"), image)  # the output of every layer',
            f"number = {number}  # {on.name}",
            'print("probability", found.scores[number])',
        ],
        [
            "maps = {",
            *(['    "Grad-CAM": grad_cam(found, number).attribution,'] if on.last_maps else []),
            f'    "Occlusion": occlusion(found, number, {covering}).drop,',
            '    "Saliency": saliency(found, number),',
            '    "Deconvnet": backpropagate(found, number, rule="deconvnet"),',
            '    "Guided backpropagation": backpropagate(found, number, rule="guided"),',
            "}",
            "for name, values in maps.items():",
            "    print(name, values.min(), values.max())  # the range below each map",
        ],
    )


def _with_torch(on: AttributionSituation) -> str:
    imports, loading = _input_lines(on)
    last, logits = on.network.layers[-1].name, on.network.layers[-1].inputs[0]
    imports = sorted([*imports, "from cnn_core.networks import load"])
    functional = ["import torch.nn.functional as F"] if on.last_maps else []
    return program_text(
        ["import torch", *functional, *imports],
        [
            *loading,
            f'network = load("{on.settings.network}")',
            "view = network.preparation.view(image)  # cut and resized for the network",
            "x = network.preparation.tensor(view).requires_grad_()  # (1, C, H, W)",
            "outputs = network.module.outputs(x)  # the output of every layer, by its name",
            f"number = {on.number}  # {on.name}",
            f'logit = outputs["{logits}"][0, number]',
            f'print("probability", outputs["{last}"][0, number].item())',
        ],
        _grad_cam_lines(on),
        [
            "# Saliency: the largest absolute gradient of each pixel's channels",
            "(gradient,) = torch.autograd.grad(logit, x)",
            "saliency = gradient[0].abs().amax(dim=0)",
            'print("Saliency", saliency.min().item(), saliency.max().item())',
        ],
        _occlusion_lines(on, logits),
    )


def _grad_cam_lines(on: AttributionSituation) -> list[str]:
    if on.last_maps is None:
        return []
    return [
        "# Grad-CAM: the last maps, each multiplied by its mean gradient, added up",
        f'maps = outputs["{on.last_maps.name}"]',
        "(gradient,) = torch.autograd.grad(logit, maps, retain_graph=True)",
        "weights = gradient.mean(dim=(2, 3), keepdim=True)",
        "cells = F.relu((weights * maps).sum(dim=1, keepdim=True))",
        f'cam = F.interpolate(cells, size={on.size}, mode="bilinear")[0, 0]',
        'print("Grad-CAM", cam.min().item(), cam.max().item())',
    ]


def _occlusion_lines(on: AttributionSituation, logits: str) -> list[str]:
    (height, width), window = on.size, on.window
    size, stride = window.size, window.stride
    prepared = on.network.preparation
    row, column = f"top : top + {size}", f"left : left + {size}"
    return [
        "# Occlusion: by how much the logit falls, the mean over all squares that cover a pixel",
        f"gray = ({GRAY:g} - {prepared.offset:g}) / {prepared.scale:g}",
        f"fall, times = torch.zeros({height}, {width}), torch.zeros({height}, {width})",
        "with torch.no_grad():",
        f"    for top in range(0, {height - size + stride}, {stride}):",
        f"        for left in range(0, {width - size + stride}, {stride}):",
        "            covered = x.clone()",
        f"            covered[:, :, {row}, {column}] = gray",
        f'            after = network.module.outputs(covered)["{logits}"][0, number]',
        f"            fall[{row}, {column}] += logit - after",
        f"            times[{row}, {column}] += 1",
        "fall = fall / times",
        'print("Occlusion", fall.min().item(), fall.max().item())',
    ]
