"""Run a network again after a small part of its picture changed, computing only what can differ.

A square of 32 px touches 17 of 112 cells of the first layer, a few more of each next one, and only
deep down the whole map. So the early layers, which hold most of the numbers, are computed on small
rectangles. The result is what a full run gives, up to float32 rounding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from cnn_core.layers import Layer
from cnn_core.networks.attribution.targets import needed_for
from cnn_core.networks.folding import Folded, folded
from cnn_core.networks.network import Network

_MOST = 0.6
"""Rectangles that cover more of a map than this are computed as whole maps."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class IncrementalState:
    """A network's outputs for the picture as it was, ready to be changed in places.

    Attributes:
        network: whose outputs these are.
        layer: the last layer that was computed.
        computed: the names of all layers up to it.
        maps: by layer name, (1, C, H, W) or (1, K): those that a later run reads around what
            changed, and the last.
        sources: by name of a convolution whose windows reach beyond the changed cells, where what
            surrounds them comes from.
    """

    network: Network
    layer: str
    computed: frozenset[str]
    maps: Mapping[str, Tensor]
    sources: Mapping[str, _Source]

    @property
    def nbytes(self) -> int:
        """Count the bytes of all that is kept."""
        storages = {
            one.untyped_storage().data_ptr(): one.untyped_storage() for one in self.maps.values()
        }
        return sum(storage.nbytes() for storage in storages.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """Where the cells around a changed rectangle come from: a layer, and steps from it on.

    Steps that treat each cell alone can be done again where they are needed, so of a narrow layer
    and the wide one behind it the narrow one is kept: 5 MB for EfficientNet-Lite0 instead of 21.
    """

    layer: str
    steps: tuple[Layer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Patches:
    """Maps that differ from the base in one rectangle each: (N, C, h, w) and its first cells."""

    values: Tensor
    tops: tuple[int, ...]
    lefts: tuple[int, ...]


_Value = Tensor | _Patches


def prepare_incremental(network: Network, pixels: Tensor, layer: str) -> IncrementalState:
    """Run `network` up to `layer` on pixels (1, C, H, W) and keep what later runs start from."""
    fast = folded(network, layer)
    needed = needed_for(network.layers, layer)
    steps = [step for step in network.layers if step.name in needed]
    maps: dict[str, Tensor] = {}
    with torch.inference_mode():
        for step in steps:
            below = [maps[name] for name in step.inputs] or [pixels]
            maps[step.name] = fast.run(network, step, below)
    sources = _sources(steps)
    kept = _read_again(steps, sources) | {layer}
    return IncrementalState(
        network=network,
        layer=layer,
        computed=frozenset(maps),
        maps={name: values for name, values in maps.items() if name in kept},
        sources=sources,
    )


def _sources(steps: Sequence[Layer]) -> dict[str, _Source]:
    """Find, for each convolution that slides, the narrowest layer its input can be had from."""
    by_name = {step.name: step for step in steps}
    found = {}
    for step in steps:
        if step.kind != "conv" or _per_cell(step):
            continue
        best = _Source(layer=step.inputs[0])
        behind = best
        while _per_cell(below := by_name[behind.layer]):
            behind = _Source(layer=below.inputs[0], steps=(below, *behind.steps))
            if by_name[behind.layer].shape[0] < by_name[best.layer].shape[0]:
                best = behind
        found[step.name] = best
    return found


def _read_again(steps: Sequence[Layer], sources: Mapping[str, _Source]) -> set[str]:
    """Name the layers that others read beyond the cells that changed.

    A convolution of 1 x 1, a batch norm and an activation read only the changed cells themselves.
    """
    whole = {
        name
        for step in steps
        if step.kind == "add"
        or not (step.kind == "input" or step.name in sources or _per_cell(step))
        for name in step.inputs
    }
    return whole | {source.layer for source in sources.values()}


def infer_changed(
    base: IncrementalState, patches: Tensor, tops: Sequence[int], lefts: Sequence[int]
) -> Tensor:
    """Compute the base's last layer for N pictures that differ from it in one rectangle each.

    `patches` (N, C, h, w) replace the pixels from (top, left) on; all lie inside the picture.
    Returns (N, C, H, W) or (N, K).
    """
    network = base.network
    fast = folded(network, base.layer)
    found: dict[str, _Value] = {}
    with torch.inference_mode():
        for step in network.layers:
            if step.name not in base.computed:
                continue
            if step.kind == "input":
                start = patches.contiguous(memory_format=torch.channels_last)
                value: _Value = _Patches(values=start, tops=tuple(tops), lefts=tuple(lefts))
            else:
                value = _step(base, step, [found[name] for name in step.inputs], fast)
            found[step.name] = _unless_large(base, step, value)
        return _materialized(base, base.layer, found[base.layer])


def _step(base: IncrementalState, step: Layer, below: Sequence[_Value], fast: Folded) -> _Value:
    x = below[0]
    if step.name in fast.in_place:
        values = x if isinstance(x, Tensor) else x.values
        values.clamp_(0, 6 if step.function == "relu6" else None)
        return x
    if step.kind == "add" and any(isinstance(values, _Patches) for values in below):
        return _add(base, step, below)
    if not isinstance(x, _Patches):
        return fast.run(base.network, step, [v for v in below if isinstance(v, Tensor)])
    if _per_cell(step):
        return _Patches(values=fast.run(base.network, step, [x.values]), tops=x.tops, lefts=x.lefts)
    if step.kind == "conv":
        return _slide(base, step, x, fast)
    whole = _materialized(base, step.inputs[0], x)
    return fast.run(base.network, step, [whole])


def _per_cell(step: Layer) -> bool:
    """Whether each output cell reads only the cell in its own place."""
    alone = step.kernel == (1, 1) and step.stride == (1, 1) and step.padding == ((0, 0), (0, 0))
    return step.kind in ("batch_norm", "activation", "dropout") or (step.kind == "conv" and alone)


def _slide(base: IncrementalState, step: Layer, x: _Patches, fast: Folded) -> _Value:
    """Convolve around each changed rectangle: every output cell that reads a cell of it."""
    height, width = x.values.shape[2:]
    tall, tops = _outputs(step, 0, x.tops, height)
    wide, lefts = _outputs(step, 1, x.lefts, width)
    down, across = (
        step.stride[axis] * (count - 1) + step.dilation[axis] * (step.kernel[axis] - 1) + 1
        for axis, count in ((0, tall), (1, wide))
    )
    (above, _), (before, _) = step.padding
    rows = [top * step.stride[0] - above for top in tops]
    columns = [left * step.stride[1] - before for left in lefts]
    windows = _surroundings(base, step, rows, columns, down, across, fast)
    for n in range(len(windows)):
        _paste(windows[n], x.values[n], x.tops[n] - rows[n], x.lefts[n] - columns[n])
    return _Patches(values=fast.convolve(step, windows, padded=True), tops=tops, lefts=lefts)


def _surroundings(
    base: IncrementalState,
    step: Layer,
    rows: Sequence[int],
    columns: Sequence[int],
    down: int,
    across: int,
    fast: Folded,
) -> Tensor:
    """Cut windows from what `step` reads, (N, C, down, across), with zeros outside the map."""
    source = base.sources[step.name]
    kept = base.maps[source.layer][0]
    shape = (len(rows), len(kept), down, across)
    windows = torch.empty(shape, memory_format=torch.channels_last).zero_()
    for window, row, column in zip(windows, rows, columns, strict=True):
        _paste(window, kept, -row, -column)
    if not source.steps:
        return windows
    for one in source.steps:
        windows = fast.run(base.network, one, [windows])
    height, width = kept.shape[1:]
    for window, row, column in zip(windows, rows, columns, strict=True):
        # Out there the steps made a bias of the zeros.
        window[:, : max(0, -row)] = 0
        window[:, height - row :] = 0
        window[:, :, : max(0, -column)] = 0
        window[:, :, width - column :] = 0
    return windows


def _outputs(
    step: Layer, axis: int, starts: Sequence[int], length: int
) -> tuple[int, tuple[int, ...]]:
    """Count the outputs along an axis that read a changed cell, as many for all; their starts."""
    stride, before, total = step.stride[axis], step.padding[axis][0], step.shape[1 + axis]
    effective_size = step.dilation[axis] * (step.kernel[axis] - 1)
    firsts = [max(0, -((effective_size - start - before) // stride)) for start in starts]
    ends = [min(total, (start + length - 1 + before) // stride + 1) for start in starts]
    most = max(1, *(end - first for first, end in zip(firsts, ends, strict=True)))
    return most, tuple(max(0, min(first, total - most)) for first in firsts)


def _paste(target: Tensor, patch: Tensor, top: int, left: int) -> None:
    """Lay `patch` (C, h, w) over `target` (C, H, W) from (top, left) on, which may lie outside."""
    rows = slice(max(0, top), max(0, min(target.shape[1], top + patch.shape[1])))
    columns = slice(max(0, left), max(0, min(target.shape[2], left + patch.shape[2])))
    target[:, rows, columns] = patch[
        :, rows.start - top : rows.stop - top, columns.start - left : columns.stop - left
    ]


def _add(base: IncrementalState, step: Layer, below: Sequence[_Value]) -> _Value:
    """Add two changed maps; the sum differs wherever one of them does."""
    if any(isinstance(values, Tensor) for values in below):
        first, second = (
            _materialized(base, name, values)
            for name, values in zip(step.inputs, below, strict=True)
        )
        return first + second
    patches = [values for values in below if isinstance(values, _Patches)]
    _, rows, columns = step.shape
    tall, tops = _union([p.tops for p in patches], [p.values.shape[2] for p in patches], rows)
    wide, lefts = _union([p.lefts for p in patches], [p.values.shape[3] for p in patches], columns)
    one, other = (
        _widened(base.maps[name], patch, tops, lefts, tall, wide)
        for name, patch in zip(step.inputs, patches, strict=True)
    )
    return _Patches(values=one + other, tops=tops, lefts=lefts)


def _union(
    starts: Sequence[tuple[int, ...]], lengths: Sequence[int], total: int
) -> tuple[int, tuple[int, ...]]:
    """Find, along one axis, spans of one length that hold all that `starts` and `lengths` say."""
    firsts = [min(pair) for pair in zip(*starts, strict=True)]
    ends = [
        max(start + length for start, length in zip(pair, lengths, strict=True))
        for pair in zip(*starts, strict=True)
    ]
    most = max(end - first for first, end in zip(firsts, ends, strict=True))
    # All rectangles get one size; those at the end move back to stay inside the map.
    return most, tuple(max(0, min(first, total - most)) for first in firsts)


def _widened(
    source: Tensor, x: _Patches, tops: Sequence[int], lefts: Sequence[int], tall: int, wide: int
) -> Tensor:
    """Enlarge rectangles with the base's cells around them."""
    if x.values.shape[2:] == (tall, wide) and x.tops == tuple(tops) and x.lefts == tuple(lefts):
        return x.values
    count, channels = x.values.shape[:2]
    wider = torch.empty((count, channels, tall, wide), memory_format=torch.channels_last)
    for n in range(count):
        wider[n] = source[0, :, tops[n] : tops[n] + tall, lefts[n] : lefts[n] + wide]
        _paste(wider[n], x.values[n], x.tops[n] - tops[n], x.lefts[n] - lefts[n])
    return wider


def _unless_large(base: IncrementalState, step: Layer, value: _Value) -> _Value:
    if isinstance(value, Tensor) or step.name not in base.maps:
        return value
    area = value.values.shape[2] * value.values.shape[3]
    if area <= _MOST * step.shape[1] * step.shape[2]:
        return value
    return _materialized(base, step.name, value)


def _materialized(base: IncrementalState, name: str, value: _Value) -> Tensor:
    if isinstance(value, Tensor):
        return value
    source = base.maps[name]
    count = len(value.tops)
    (height, width) = source.shape[2:]
    return _widened(source, value, (0,) * count, (0,) * count, height, width)
