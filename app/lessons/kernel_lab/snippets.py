"""The same layer in PyTorch, as lines to copy; a test runs them and compares."""

from app.lessons.kernel_lab.settings import KernelLabSettings
from cnn_core.activations import activation_of
from cnn_core.geometry import resolve_padding

_LUMA = "torch.tensor([0.299, 0.587, 0.114]).view(1, 3, 1, 1)"


def torch_lines(settings: KernelLabSettings) -> str:
    """Write PyTorch that maps `x`, float (1, 3, H, W) from 0 to 255, to the pooled map `y`."""
    layer = settings.layer
    weights = layer.weights[::-1, ::-1] if layer.flip else layer.weights
    rows = ",\n                  ".join(
        "[" + ", ".join(_short(value) for value in row) + "]" for row in weights.tolist()
    )
    lines = ["import torch", "import torch.nn.functional as F", "", f"k = torch.tensor([{rows}])"]
    channels = 1
    if layer.combine == "gray":
        lines.append(f"x = (x * {_LUMA}).sum(dim=1, keepdim=True).round()")
        lines.append("w = k.view(1, 1, *k.shape)")
    elif layer.combine == "sum":
        lines.append(
            "w = k.expand(1, 3, *k.shape)                 # one output, three inputs: summed"
        )
    else:
        channels = 3
        lines.append(
            "w = k.expand(3, 1, *k.shape)                 # three outputs, each from its own input"
        )
    size = (int(weights.shape[0]), int(weights.shape[1]))
    (top, bottom), (left, right) = resolve_padding(
        layer.padding, size=size, dilation=(layer.dilation, layer.dilation)
    )
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
    return "\n".join(lines)


def _short(value: float) -> str:
    """Write a weight so that torch reads a float, without a tail of digits nobody needs."""
    text = f"{value:.7g}"
    return text if any(mark in text for mark in ".en") else f"{text}."
