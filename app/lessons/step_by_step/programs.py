"""The numbers on the screen as complete programs in NumPy and PyTorch."""

import numpy as np

from app.guide.programs import Program, program_text
from app.lessons.step_by_step.checks import number_of
from app.lessons.step_by_step.grid_text import short
from app.lessons.step_by_step.operands import kernel_of
from app.lessons.step_by_step.settings import StepByStepSettings
from app.lessons.step_by_step.situation import StepByStepSituation
from cnn_core.activations import activation_of


def programs(on: StepByStepSituation) -> tuple[Program, ...]:
    """Write what is on the screen; each program prints the output, channel by channel."""
    decimals = decimals_shown(on)

    def output_grids() -> np.ndarray:
        return np.array([number_of(text) for grid in on.scene.outputs for text in grid.texts])

    grids = _printing(on, decimals)
    in_numpy = program_text([numpy_lines(on.settings, on.cells)], grids)
    in_torch = program_text([torch_lines(on.settings, on.cells), "output = output.numpy()"], grids)
    if decimals is not None and "import numpy" not in in_torch:
        in_torch = f"import numpy as np\n{in_torch}"
    return (
        Program(title="NumPy", code=in_numpy, prints=output_grids),
        Program(title="PyTorch", code=in_torch, prints=output_grids),
    )


def decimals_shown(on: StepByStepSituation) -> int | None:
    """Count the decimals that outputs are rounded to on the screen, None where they are exact."""
    texts = [text for grid in on.scene.outputs for text in grid.texts]
    shown = np.array([number_of(text) for text in texts])
    exact = np.moveaxis(on.output, 2, 0).ravel()
    if np.allclose(shown, exact, rtol=1e-9, atol=0):
        return None
    return max(len(text.partition(".")[2]) for text in texts)


def _printing(on: StepByStepSituation, decimals: int | None) -> list[str]:
    """Write how `output` is printed, a grid for each channel."""
    lines = []
    if decimals is not None:
        unit = 10**decimals
        scaled = f"output * {unit} + 0.5" if decimals else "output + 0.5"
        back = f" / {unit}" if decimals else ""
        lines.append(f"output = np.floor({scaled}){back}  # rounded as on the page")
    if len(on.scene.outputs) == 1:
        return [*lines, "print(output[:, :, 0])"]
    return [
        *lines,
        "for channel in range(output.shape[2]):",
        "    print(output[:, :, channel])",
    ]


def numpy_lines(settings: StepByStepSettings, cells: np.ndarray) -> str:
    """Write NumPy that makes `output`, (H', W', outputs), from the numbers shown.

    `cells` is the input, float64 (H, W, C).
    """
    lines = ["import numpy as np", "", f"image = {_array(cells)}  # (H, W, C) = {cells.shape}"]
    if settings.pools:
        lines += _pool_lines(settings)
        return "\n".join(lines)
    kernel = kernel_of(settings, cells.shape[2])
    lines.append(f"kernel = {_array(kernel)}  # (kh, kw, C) = {kernel.shape}")
    if settings.flip:
        lines.append("kernel = kernel[::-1, ::-1]  # turned by 180°: convolution as in mathematics")
    pad, stride, step = settings.paddings, settings.strides, settings.dilations
    if settings.padding:
        lines.append(f"image = np.pad(image, (({pad[0]}, {pad[0]}), ({pad[1]}, {pad[1]}), (0, 0)))")
    effective_size = tuple(step[axis] * (kernel.shape[axis] - 1) + 1 for axis in (0, 1))
    cut = _slice("top", effective_size[0], step[0]), _slice("left", effective_size[1], step[1])
    lines += [
        "",
        f"rows = range(0, image.shape[0] - {effective_size[0] - 1}, {stride[0]})",
        f"columns = range(0, image.shape[1] - {effective_size[1] - 1}, {stride[1]})",
        "output = np.empty((len(rows), len(columns), 1))",
        "for i, top in enumerate(rows):",
        "    for j, left in enumerate(columns):",
        f"        window = image[{cut[0]}, {cut[1]}]",
        f"        output[i, j, 0] = (window * kernel).sum(){_signed(settings.bias)}",
    ]
    activation = activation_of(settings.activation)
    if activation.numpy_line != "x":
        if "scipy" in activation.numpy_line:
            lines.insert(1, "import scipy.special")
        lines.append(f"output = {activation.numpy_code('output')}")
    return "\n".join(lines)


def torch_lines(settings: StepByStepSettings, cells: np.ndarray) -> str:
    """Write PyTorch that makes the same `output` from the same numbers."""
    lines = [
        "import torch",
        "import torch.nn.functional as F",
        "",
        f"image = torch.tensor({_nested(cells)})  # (H, W, C)",
        "x = image.permute(2, 0, 1)[None]  # (N, C, H, W)",
    ]
    if settings.pools:
        name = "max_pool2d" if settings.kind == "max" else "avg_pool2d"
        counting = "" if settings.kind == "max" else f", count_include_pad={settings.count_padding}"
        lines.append(
            f"y = F.{name}(x, {settings.pool_size}, stride={settings.pool_stride}, "
            f"padding={settings.pool_padding}{counting})"
        )
    else:
        kernel = kernel_of(settings, cells.shape[2])
        flat = settings.mode == "line"
        padding = f"(0, {settings.padding})" if flat else str(settings.padding)
        lines += [
            f"kernel = torch.tensor({_nested(kernel)})  # (kh, kw, C)",
            "w = kernel.permute(2, 0, 1)[None]  # (outputs, C, kh, kw)",
            *(["w = w.flip(2, 3)  # turned by 180°"] if settings.flip else []),
            f"b = torch.tensor([{_float(settings.bias)}])",
            f"y = F.conv2d(x, w, b, stride={settings.stride}, padding={padding}, "
            f"dilation={settings.dilation})",
        ]
        activation = activation_of(settings.activation)
        if activation.torch_line != "x":
            lines.append(f"y = {activation.torch_code('y')}")
    lines.append("output = y[0].permute(1, 2, 0)  # (H', W', outputs)")
    return "\n".join(lines)


def _pool_lines(settings: StepByStepSettings) -> list[str]:
    lines = []
    pad, size, stride = settings.pool_padding, settings.pool_size, settings.pool_stride
    if pad:
        filler = "0.0" if settings.count_padding and settings.kind == "average" else "np.nan"
        lines.append(
            f"image = np.pad(image, (({pad}, {pad}), ({pad}, {pad}), (0, 0)), "
            f"constant_values={filler})"
        )
    keep = "nanmax" if settings.kind == "max" else "nanmean"
    return [
        *lines,
        "",
        f"rows = range(0, image.shape[0] - {size - 1}, {stride})",
        f"columns = range(0, image.shape[1] - {size - 1}, {stride})",
        "output = np.empty((len(rows), len(columns), image.shape[2]))",
        "for i, top in enumerate(rows):",
        "    for j, left in enumerate(columns):",
        f"        window = image[top : top + {size}, left : left + {size}]",
        f"        output[i, j] = np.{keep}(window, axis=(0, 1))  # each channel by itself",
    ]


def _slice(start: str, effective_size: int, step: int) -> str:
    behind = f" : {step}" if step > 1 else ""
    return f"{start} : {start} + {effective_size}{behind}"


def _signed(bias: float) -> str:
    return "" if not bias else f" {'-' if bias < 0 else '+'} {short(abs(bias))}"


def _float(value: float) -> str:
    text = short(value)
    return text if "." in text or "e" in text else f"{text}."


def _array(values: np.ndarray) -> str:
    return f"np.array({_nested(values)})"


def _nested(values: np.ndarray) -> str:
    """Write an array (H, W, C) as nested lists of floats, a line for each row."""
    rows = [
        "[" + ", ".join("[" + ", ".join(map(_float, cell)) + "]" for cell in row) + "]"
        for row in values.tolist()
    ]
    return "[" + ",\n    ".join(rows) + "]"
