"""The same pass through the network as complete programs, with cnn_core and with PyTorch."""

from collections.abc import Sequence

import numpy as np

from app.guide.programs import Program, picture_lines, program_text
from app.lessons.inside_cnn.order_lines import (
    order_imports,
    order_lines,
    order_lines_in_torch,
    order_numbers,
)
from app.lessons.inside_cnn.settings import BY_INDEX
from app.lessons.inside_cnn.situation import InsideCnnSituation
from app.lessons.inside_cnn.taught_lines import network_lines, torch_lines, torch_step
from app.networks.class_scores import SHOWN
from app.networks.settings import PAD_SIDE
from cnn_core.layers import Layer

_WRITTEN_OUT = 40
"""A network of more layers is run in a loop."""


def programs(on: InsideCnnSituation) -> tuple[Program, ...]:
    """Write the network in use; each program prints class probabilities, and what is open."""
    imports, loading = _input_lines(on)

    def printed(open_numbers: Sequence[float]) -> np.ndarray:
        best = np.sort(on.trace.scores)[::-1][:SHOWN]
        return np.array([*np.round(100.0 * best, 1), *open_numbers])

    ours = network_lines(on)
    in_cnn_core = program_text(
        ours.outside,
        [
            *_sorted(
                [
                    f"from cnn_core.networks import {_names(on)}",
                    *imports,
                    *ours.inside,
                    *order_imports(on),
                ]
            )
        ],
        [*loading, *ours.loading],
        [
            "outputs = trace(network, image)  # the output of every layer, by its name",
            f"for name, share in outputs.top({_shown(on)}):",
            '    print(f"{name}: {share:.1%}")',
            *_open_lines(on),
        ],
    )
    theirs = torch_lines(on)
    in_torch = program_text(
        theirs.outside,
        _torch_imports(on),
        [*_sorted(["from cnn_core.networks import load", *imports])],
        [
            *loading,
            *theirs.loading,
            "prepare = network.preparation",
            "x = prepare.tensor(prepare.view(image))  # (1, C, H, W)",
        ],
        _layer_lines(on),
        [
            f'shares, best = outputs["{on.definition.layers[-1].name}"][0].topk({_shown(on)})',
            "for share, at in zip(shares.tolist(), best.tolist()):",
            '    print(f"{classes[at]}: {share:.1%}")',
            *_open_lines_in_torch(on),
        ],
    )
    return (
        Program(title="cnn_core", code=in_cnn_core, prints=lambda: printed(_open_numbers(on))),
        Program(title="PyTorch", code=in_torch, prints=lambda: printed(_open_numbers_in_torch(on))),
    )


def _torch_imports(on: InsideCnnSituation) -> list[str]:
    functions = _is_written_out(on) or on.taught
    return [
        "import torch",
        *(["import torch.nn.functional as F"] if functions else []),
        *(["from safetensors.torch import load_file"] if on.taught else []),
    ]


def _shown(on: InsideCnnSituation) -> int:
    return min(SHOWN, len(on.definition.classes()))


def _sorted(lines: list[str]) -> list[str]:
    """Put imports in the order that a formatter would: NumPy first, a space, then cnn_core."""
    outside = sorted({line for line in lines if line.startswith("import ")})
    inside = sorted({line for line in lines if not line.startswith("import ")})
    return [*outside, *([""] if outside else []), *inside]


def _names(on: InsideCnnSituation) -> str:
    return "explain_unit, load, trace" if _unit(on) else "load, trace"


def _input_lines(on: InsideCnnSituation) -> tuple[list[str], list[str]]:
    """Write how the input is loaded, a photograph, a garment or a drawing."""
    settings = on.settings
    if not settings.uses_pad:
        return picture_lines(on.picture)
    if settings.source == "garment":
        return ["from cnn_core.datasets import load_fashion"], [
            f'image = load_fashion("test").images[{settings.garment}]  # uint8 (28, 28)'
        ]
    if settings.drawing is None or not settings.drawing.any():
        return ["import numpy as np"], [
            f"image = np.zeros(({PAD_SIDE}, {PAD_SIDE}), np.uint8)  # the empty pad"
        ]
    rows = ["".join(f"{gray // 17:x}" for gray in row) for row in settings.drawing.tolist()]
    return ["import numpy as np"], [
        "# one digit per pixel: 0 is black, f is white",
        "rows = [",
        *(f'    "{row}",' for row in rows),
        "]",
        "image = np.array([[17 * int(digit, 16) for digit in row] for row in rows], np.uint8)",
    ]


def _unit(on: InsideCnnSituation) -> tuple[int, int, int] | None:
    """The unit whose value is on the page, None if no unit is."""
    settings = on.settings
    if settings.channel is None:
        return None
    if settings.row is None and on.focus.shape[1:] != (1, 1):
        return None
    return settings.channel, settings.row or 0, settings.column or 0


def _open_numbers(on: InsideCnnSituation) -> tuple[float, ...]:
    """What the page shows of the open place: a unit, a map's range, or a layer's shape."""
    if on.open_layer is None:
        return ()
    if unit := _unit(on):
        return (float(on.trace.unit(on.focus.name, *unit).value),)
    if on.settings.channel is None:
        return on.focus.shape if on.shown_order == BY_INDEX else order_numbers(on)
    one = on.trace[on.focus.name][on.settings.channel]
    return float(one.min()), float(one.max())


def _open_numbers_in_torch(on: InsideCnnSituation) -> tuple[float, ...]:
    """What the program in PyTorch prints of it: only the shape for an order over many pictures."""
    return on.focus.shape if on.shown_order == "selectivity" else _open_numbers(on)


def _open_lines(on: InsideCnnSituation) -> list[str]:
    if on.open_layer is None:
        return []
    name, channel = on.focus.name, on.settings.channel
    if unit := _unit(on):
        _, row, column = unit
        place = f"channel={channel}, row={row}, column={column}"
        return [
            f'unit = explain_unit(outputs, "{name}", {place})',
            "print(unit.value)  # also has its inputs, weights and bias",
        ]
    if channel is None and on.shown_order != BY_INDEX:
        return order_lines(on)
    if channel is None:
        return [f'print(outputs["{name}"].shape)  # maps, rows, columns']
    return [f'one_map = outputs["{name}"][{channel}]', "print(one_map.min(), one_map.max())"]


def _open_lines_in_torch(on: InsideCnnSituation) -> list[str]:
    if on.open_layer is None:
        return []
    name, channel = on.focus.name, on.settings.channel
    flat = len(_torch_axes(on.focus)) == 1
    if unit := _unit(on):
        _, row, column = unit
        place = f"{channel}" if flat else f"{channel}, {row}, {column}"
        return [f'print(outputs["{name}"][0, {place}].item())']
    if channel is None and (lines := order_lines_in_torch(on)):
        return lines
    if channel is None:
        shape = f'*outputs["{name}"].shape[1:]' + (", 1, 1" if flat else "")
        return [f"print({shape})  # maps, rows, columns"]
    return [
        f'one_map = outputs["{name}"][0, {channel}]',
        "print(one_map.min().item(), one_map.max().item())",
    ]


def _torch_axes(layer: Layer) -> tuple[int, ...]:
    """The axes of a layer's output in PyTorch, without that of the pictures."""
    is_flat = layer.shape[1:] == (1, 1) and layer.kind not in ("conv", "global_pool", "batch_norm")
    return layer.shape[:1] if is_flat else layer.shape


def _is_written_out(on: InsideCnnSituation) -> bool:
    return len(on.definition.layers) <= _WRITTEN_OUT


def _layer_lines(on: InsideCnnSituation) -> list[str]:
    """Run the layers one by one: each on a line of its own, or all of them in a loop."""
    is_effect = on.shown_order == "effect"
    how = "with torch.enable_grad():" if is_effect else "with torch.inference_mode():"
    begin = ["x.requires_grad_()  # so that gradients are kept"] if is_effect else []
    if not _is_written_out(on):
        return [
            *begin,
            "outputs = {}",
            how,
            "    for layer in network.layers:",
            "        below = [outputs[name] for name in layer.inputs] or [x]",
            *(f"        {line}" for line in torch_step(on)),
        ]
    lines = [*begin, "parts, outputs = network.module.parts, {}", how]
    for layer in on.definition.layers:
        if layer.kind == "dropout":
            lines.append(f'    outputs["{layer.name}"] = x  # dropout is off after the training')
        elif layer.kind == "input":
            lines.append(f'    outputs["{layer.name}"] = x')
        else:
            lines.append(f'    outputs["{layer.name}"] = x = {_call(layer)}')
    return lines


def _call(layer: Layer) -> str:
    """Write what a layer of a plain chain does to `x`.

    >>> _call(Layer(name="p", kind="max_pool", inputs=(), shape=(1, 2, 2), kernel=(2, 2)))
    'F.max_pool2d(x, 2)'
    """
    match layer.kind:
        case "conv" | "dense" | "batch_norm":
            return f'parts["{layer.name}"](x)'
        case "activation":
            return f"F.{layer.function}(x)"
        case "max_pool":
            return f"F.max_pool2d(x, {layer.kernel[0]})"
        case "flatten":
            return "x.flatten(1)"
        case _:
            return "F.softmax(x, dim=1)"
