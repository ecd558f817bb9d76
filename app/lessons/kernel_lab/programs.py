"""The same layer as complete programs in NumPy and PyTorch."""

import numpy as np

from app.guide.programs import Program, picture_lines, program_text
from app.lessons.kernel_lab.settings import KernelLabSettings
from app.lessons.kernel_lab.situation import KernelLabSituation
from cnn_core.activations import activation_of
from cnn_core.geometry import resolve_padding

_NUMPY_MODES = {
    "zeros": "constant",
    "reflect": "reflect",
    "replicate": "edge",
    "circular": "wrap",
}
_THOUSANDTHS = "[299, 587, 114]"


def programs(on: KernelLabSituation) -> tuple[Program, ...]:
    """Write the layer on screen; each program prints the last map's shape and its extremes."""
    imports, loading = picture_lines(on.picture)

    def last_map() -> np.ndarray:
        last = on.activated if on.pooled is None else on.pooled
        last = last if last.ndim == 3 else last[:, :, None]
        return np.array([*last.shape, last.min(), last.max()])

    in_numpy = program_text(
        ["import numpy as np", *_scipy(on.settings), *imports],
        loading,
        [
            *numpy_lines(on.settings),
            "print(y.shape, y.min(), y.max())  # rows, columns, channels; lowest, highest",
        ],
    )
    in_torch = program_text(
        ["import torch", "import torch.nn.functional as F", *imports],
        [*loading, "x = torch.tensor(image).float().permute(2, 0, 1)[None]  # (1, 3, H, W)"],
        [
            *torch_lines(on.settings),
            "y = y[0].permute(1, 2, 0)  # (rows, columns, channels)",
            "print(tuple(y.shape), y.min().item(), y.max().item())",
        ],
    )
    return (
        Program(title="NumPy", code=in_numpy, prints=last_map),
        Program(title="PyTorch", code=in_torch, prints=last_map),
    )


def numpy_lines(settings: KernelLabSettings) -> list[str]:
    """Write NumPy that makes the last map `y`, (H', W', C), from `image`, uint8 (H, W, 3)."""
    layer = settings.layer
    height, width = layer.windows.effective_size
    (top, bottom), (left, right) = _paddings(settings)
    lines = ["x = image.astype(float)"]
    if layer.combine == "gray":
        lines = [f"x = np.rint(image @ {_THOUSANDTHS} / 1000)[:, :, None]  # gray: one channel"]
    if top or bottom or left or right:
        mode = _NUMPY_MODES[layer.border]
        lines.append(
            f'x = np.pad(x, (({top}, {bottom}), ({left}, {right}), (0, 0)), mode="{mode}")'
        )
    lines.append(f"kernel = np.array({_nested(layer.weights)})")
    if layer.flip:
        lines.append("kernel = kernel[::-1, ::-1]  # turned by 180°")
    every = f"[::{layer.stride}, ::{layer.stride}, :, ::{layer.dilation}, ::{layer.dilation}]"
    lines += [
        "",
        "# windows[i, j, c] holds the pixels under the kernel for output (i, j), channel c",
        f"windows = np.lib.stride_tricks.sliding_window_view(x, ({height}, {width}), axis=(0, 1))",
        *([f"windows = windows{every}"] if (layer.stride, layer.dilation) != (1, 1) else []),
        'y = np.einsum("ijckl,kl->ijc", windows, kernel)  # products, added for each window',
    ]
    if layer.combine == "sum":
        lines.append("y = y.sum(axis=2, keepdims=True)  # red, green and blue added")
    if layer.bias:
        lines.append(f"y = y + {_short(layer.bias)}  # bias")
    activation = activation_of(layer.activation)
    if activation.numpy_line != "x":
        lines.append(f"y = {activation.numpy_code('y')}")
    if layer.pooling != "none":
        size = layer.pool_size
        lines += [
            f"rows, columns = y.shape[0] // {size}, y.shape[1] // {size}",
            f"y = y[: rows * {size}, : columns * {size}]",
            f"y = y.reshape(rows, {size}, columns, {size}, -1)"
            f".{'max' if layer.pooling == 'max' else 'mean'}(axis=(1, 3))",
        ]
    return lines


def torch_lines(settings: KernelLabSettings) -> list[str]:
    """Write PyTorch that maps `x`, float (1, 3, H, W) from 0 to 255, to the last map `y`."""
    layer = settings.layer
    weights = layer.weights[::-1, ::-1] if layer.flip else layer.weights
    turned = "  # turned by 180°" if layer.flip else ""
    lines = [f"k = torch.tensor({_nested(weights)}){turned}"]
    channels = 1
    if layer.combine == "gray":
        luma = f"torch.tensor({_THOUSANDTHS}).view(1, 3, 1, 1)"
        lines.append(f"x = (x * {luma}).sum(dim=1, keepdim=True)")
        lines.append("x = (x / 1000).round()  # gray: one channel")
        lines.append("w = k.view(1, 1, *k.shape)")
    elif layer.combine == "sum":
        lines.append("w = k.expand(1, 3, *k.shape)  # one output from three inputs: summed")
    else:
        channels = 3
        lines.append("w = k.expand(3, 1, *k.shape)  # three outputs, each from its own input")
    (top, bottom), (left, right) = _paddings(settings)
    padding = "0"
    if layer.border == "zeros" and top == bottom and left == right:
        padding = f"({top}, {left})" if top != left else str(top)
    elif top or bottom or left or right:
        mode = "constant" if layer.border == "zeros" else layer.border
        lines.append(f'x = F.pad(x, ({left}, {right}, {top}, {bottom}), mode="{mode}")')
    options = [f"stride={layer.stride}", f"padding={padding}"]
    if layer.dilation > 1:
        options.append(f"dilation={layer.dilation}")
    if channels == 3:
        options.append("groups=3")
    if layer.bias:
        lines.append(f"b = torch.full(({channels},), {_short(layer.bias)})")
        options.insert(0, "b")
    lines.append(f"y = F.conv2d(x, w, {', '.join(options)})")
    activation = activation_of(layer.activation)
    if activation.torch_line != "x":
        lines.append(f"y = {activation.torch_code('y')}")
    if layer.pooling != "none":
        kind = {"max": "max_pool2d", "average": "avg_pool2d"}[layer.pooling]
        lines.append(f"y = F.{kind}(y, {layer.pool_size})")
    return lines


def _paddings(settings: KernelLabSettings) -> tuple[tuple[int, int], tuple[int, int]]:
    layer = settings.layer
    size = (int(layer.weights.shape[0]), int(layer.weights.shape[1]))
    return resolve_padding(layer.padding, size=size, dilation=(layer.dilation, layer.dilation))


def _scipy(settings: KernelLabSettings) -> list[str]:
    uses = "scipy" in activation_of(settings.layer.activation).numpy_line
    return ["import scipy.special"] if uses else []


def _nested(weights: np.ndarray) -> str:
    """Write a kernel as nested lists, a line for each row.

    >>> _nested(np.array([[-0.0, 6e-17, 1.0]]))
    '[[0., 0., 1.]]'
    """
    # Rounding leaves 1e-17 where a cosine is 0, and a sign before a 0.
    dust = 1e-12 * np.abs(weights).max(initial=0)
    clean = np.where(np.abs(weights) <= dust, 0.0, weights)
    rows = ["[" + ", ".join(map(_short, row)) + "]" for row in clean.tolist()]
    return "[" + ",\n    ".join(rows) + "]"


def _short(value: float) -> str:
    """Write a weight so that torch reads a float, without a tail of digits nobody needs."""
    text = f"{value:.7g}"
    return text if any(mark in text for mark in ".en") else f"{text}."
