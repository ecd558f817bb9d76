"""Which pixels of the picture one unit of a deep layer can see.

The receptive field of a unit is found by going down: the cells a window reads, then the cells those
read, until the picture. Where branches meet again (residual additions) the field is the smallest
rectangle around both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cnn_core.errors import CnnCoreError
from cnn_core.geometry import Window, output_length
from cnn_core.layers import Layer, Shape, check_unit

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceptiveField:
    """The rectangle of the picture that one unit can see; all lengths in pixels.

    Attributes:
        size: (height, width) as if the picture had no border; part of it may be padding.
        stride: (vertical, horizontal) by how much the field moves from one unit to the next, also
            called jump; (0, 0) where units have no position (dense layers).
        start: (row, column) of its first pixel; negative inside the padding.
        visible: ((first row, end row), (first column, end column)) of the pixels that really
            count: inside the picture, and not cut off by the padding of a layer between. The end
            is the first one outside. None if the size of the picture is unknown.
    """

    size: tuple[int, int]
    stride: tuple[int, int]
    start: tuple[int, int]
    visible: tuple[Span, Span] | None

    @property
    def center(self) -> tuple[float, float]:
        """(row, column) of its middle; a whole number is the middle of that pixel."""
        return (
            self.start[0] + (self.size[0] - 1) / 2,
            self.start[1] + (self.size[1] - 1) / 2,
        )

    @property
    def end(self) -> tuple[int, int]:
        """(row, column) of the first pixel behind it."""
        return self.start[0] + self.size[0], self.start[1] + self.size[1]


@dataclass(frozen=True, slots=True)
class _Area:
    """Cells of one layer that count: spans of rows and columns, and one channel or all (None)."""

    rows: Span
    columns: Span
    channel: int | None


def receptive_field(
    layers: Sequence[Layer] | Sequence[Window],
    *,
    layer: str | None = None,
    channel: int = 0,
    row: int = 0,
    column: int = 0,
    picture: tuple[int, int] | None = None,
) -> ReceptiveField:
    """Find what the unit at (`channel`, `row`, `column`) of `layer` sees of the picture.

    `layers` describes a network (then `layer` defaults to the last one), or is a plain chain of
    windows, first layer first, each the same along both axes; for a chain, `picture` (height,
    width) makes `visible` known. The channel matters only behind a flatten layer.

    The numbers agree with the recursion of Araujo, Norris and Sim, "Computing Receptive Fields of
    Convolutional Neural Networks", Distill, 2019.

    Raises:
        CnnCoreError: if there is no such layer or unit.

    >>> two = [Window(size=3, padding=1), Window(size=2, stride=2), Window(size=3, padding=1)]
    >>> field = receptive_field(two, row=4, column=0, picture=(28, 28))
    >>> field.size, field.stride, field.start, field.visible
    ((8, 8), (2, 2), (5, -3), ((5, 13), (0, 5)))
    """
    if not layers:
        raise CnnCoreError("A receptive field needs at least one layer.")
    chain = _as_layers(layers, picture)
    bounded = picture is not None or isinstance(layers[0], Layer)
    names = [step.name for step in chain]
    if layer is not None and layer not in names:
        raise CnnCoreError(f"There is no layer '{layer}'; the layers are {', '.join(names)}.")
    by_name = {step.name: step for step in chain}
    target = by_name[names[-1] if layer is None else layer]
    if bounded:
        check_unit(target, channel, row, column)
    unit = _Area((row, row + 1), (column, column + 1), channel)
    whole = _trace_down(chain, target, unit, clip=False)
    seen = _trace_down(chain, target, unit, clip=True) if bounded else None
    return ReceptiveField(
        size=(whole.rows[1] - whole.rows[0], whole.columns[1] - whole.columns[0]),
        stride=_jump(by_name, target),
        start=(whole.rows[0], whole.columns[0]),
        visible=None if seen is None else (seen.rows, seen.columns),
    )


def _as_layers(
    layers: Sequence[Layer] | Sequence[Window], picture: tuple[int, int] | None
) -> list[Layer]:
    """Write a plain chain of windows as layers; sizes are 1 x 1 where the picture is unknown."""
    chain: list[Layer] = []
    height, width = picture or (1, 1)
    for step in layers:
        if isinstance(step, Layer):
            chain.append(step)
            continue
        if not chain:
            chain.append(Layer(name="input", kind="input", inputs=(), shape=(1, height, width)))
        if picture is not None:
            height, width = output_length(height, step), output_length(width, step)
        chain.append(
            Layer(
                name=f"layer {len(chain)}",
                kind="conv",
                inputs=(chain[-1].name,),
                shape=(1, height, width),
                kernel=(step.size, step.size),
                stride=(step.stride, step.stride),
                padding=((step.before, step.after), (step.before, step.after)),
                dilation=(step.dilation, step.dilation),
            )
        )
    return chain


def _trace_down(chain: Sequence[Layer], target: Layer, unit: _Area, *, clip: bool) -> _Area:
    """Follow an area down to the picture; `clip` cuts it to the real cells of every layer."""
    shapes = {step.name: step.shape for step in chain}
    areas: dict[str, _Area] = {target.name: unit}
    for step in reversed(chain):
        area = areas.get(step.name)
        if area is None:
            continue
        if step.kind == "input":
            return area
        for source in step.inputs:
            below = _below(step, area, shapes[source])
            if clip:
                below = _clipped(below, shapes[source])
            areas[source] = _joined(areas[source], below) if source in areas else below
    raise CnnCoreError(f"Layer '{target.name}' is not connected to an input layer.")


def _below(step: Layer, area: _Area, source: Shape) -> _Area:
    """Find which cells of its source a layer reads to fill an area."""
    match step.kind:
        case "conv" | "max_pool" | "avg_pool" | "global_pool":
            vertical, horizontal = step.windows
            return _Area(_read(area.rows, vertical), _read(area.columns, horizontal), None)
        case "dense" | "softmax":
            return _Area((0, source[1]), (0, source[2]), None)
        case "flatten":
            if area.channel is None:
                return _Area((0, source[1]), (0, source[2]), None)
            channel, place = divmod(area.channel, source[1] * source[2])
            row, column = divmod(place, source[2])
            return _Area((row, row + 1), (column, column + 1), channel)
        case _:
            return area


def _read(span: Span, window: Window) -> Span:
    first = span[0] * window.stride - window.before
    last = (span[1] - 1) * window.stride - window.before
    return first, last + window.effective_size


def _clipped(area: _Area, shape: Shape) -> _Area:
    rows, columns = (
        (min(max(0, first), length), min(max(0, end), length))
        for (first, end), length in zip((area.rows, area.columns), shape[1:], strict=True)
    )
    return _Area(rows, columns, area.channel)


def _joined(one: _Area, other: _Area) -> _Area:
    return _Area(
        (min(one.rows[0], other.rows[0]), max(one.rows[1], other.rows[1])),
        (min(one.columns[0], other.columns[0]), max(one.columns[1], other.columns[1])),
        one.channel if one.channel == other.channel else None,
    )


def _jump(by_name: dict[str, Layer], target: Layer) -> tuple[int, int]:
    """Multiply the strides down to the picture, along first inputs: branches that meet agree."""
    vertical = horizontal = 1
    step = target
    while step.kind != "input":
        if step.kind in ("flatten", "dense"):
            return 0, 0
        vertical, horizontal = vertical * step.stride[0], horizontal * step.stride[1]
        step = by_name[step.inputs[0]]
    return vertical, horizontal
