"""The recorded accuracies of the shuffle experiment, as charts."""

from typing import Any

from app.lessons.dense_layer.recorded_accuracy import mean_of
from app.lessons.dense_layer.settings import CNN, DENSE
from cnn_core.networks.experiments.findings import UNSHUFFLED, ShuffleRecording
from cnn_core.proportion import Proportion

_COLORS = {DENSE: "#2667d8", CNN: "#d62839"}
_NAMES = {DENSE: "dense network", CNN: "CNN"}
_HEIGHT_PX = 360
_CLASSROOM_HEIGHT_PX, _CLASSROOM_FONT_PX = 520, 22


def share_chart(recording: ShuffleRecording, *, classroom: bool = False) -> dict[str, Any]:
    """Describe the accuracy of the bundled networks over the share of shuffled pixels.

    `classroom`: whether it is read from the last row.
    """
    shares = recording.shares
    curves = [
        _curve(
            f"{_NAMES[network]}, trained on pictures as they are",
            [100 * share for share in shares],
            [recording.bundled_accuracy(network, share=share) for share in shares],
            color=_COLORS[network],
        )
        for network in (DENSE, CNN)
    ]
    return {
        "data": curves,
        "layout": _layout("pixels shuffled, in %", {"range": [-3, 103]}, classroom),
    }


def block_chart(recording: ShuffleRecording, *, classroom: bool = False) -> dict[str, Any]:
    """Describe the accuracy over the size of the blocks, all of which are moved.

    Of the networks trained on such pictures, and of those trained on pictures as they are.
    """
    blocks = recording.blocks
    known = [
        (network, [block for block in blocks if block != UNSHUFFLED]) for network in (DENSE, CNN)
    ]
    trained = [
        _curve(
            f"{_NAMES[network]}, trained on shuffled pictures",
            list(range(len(blocks))),
            [mean_of(recording.trained_accuracies(network, block=block)) for block in blocks],
            color=_COLORS[network],
        )
        for network in (DENSE, CNN)
    ]
    bundled = [
        _curve(
            f"{_NAMES[network]}, trained on pictures as they are",
            list(range(len(listed))),
            [recording.bundled_accuracy(network, block=block) for block in listed],
            color=_COLORS[network],
            dashed=True,
        )
        for network, listed in known
    ]
    # Short and upright, so that none is left out where the page is narrow.
    names = ["not<br>shuffled" if block == UNSHUFFLED else str(block) for block in blocks]
    axis = {
        "tickvals": list(range(len(blocks))),
        "ticktext": names,
        "tickangle": 0,
        "range": [-0.3, len(blocks) - 0.6],
    }
    return {
        "data": [*trained, *bundled],
        "layout": _layout("side of the blocks, in pixels", axis, classroom),
    }


def _curve(
    name: str, x: list[float], found: list[Proportion], *, color: str, dashed: bool = False
) -> dict[str, Any]:
    shares = [100 * one.share for one in found]
    ends = [one.interval() for one in found]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": x,
        "y": shares,
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [100 * high - share for (_, high), share in zip(ends, shares, strict=True)],
            "arrayminus": [share - 100 * low for (low, _), share in zip(ends, shares, strict=True)],
            "thickness": 1,
        },
        "line": {"color": color, "width": 2, "dash": "dash" if dashed else "solid"},
        "customdata": [[100 * low, 100 * high] for low, high in ends],
        "hovertemplate": "%{y:.1f} % (%{customdata[0]:.1f} to %{customdata[1]:.1f})",
    }


def _layout(title: str, axis: dict[str, Any], classroom: bool) -> dict[str, Any]:
    return {
        "height": _CLASSROOM_HEIGHT_PX if classroom else _HEIGHT_PX,
        # In a classroom the style sheet sets the size that is seen; lines are as far apart as this.
        **({"font": {"size": _CLASSROOM_FONT_PX}} if classroom else {}),
        "margin": {"l": 0, "r": 16, "t": 8, "b": 0},
        "xaxis": {"title": {"text": title}, **axis},
        "yaxis": {"title": {"text": "accuracy, in %"}, "range": [0, 102]},
        "legend": {"orientation": "h", "x": 0, "xanchor": "left", "y": 1.02, "yanchor": "bottom"},
        "hovermode": "x unified",
    }
