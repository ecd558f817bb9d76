"""Curves over the shift, as Plotly reads them; colors of text and lines come from the theme."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.caching import MIB, cached
from app.lessons.translation.picture_frame import INKS, MapsOfAll
from app.lessons.translation.settings import MOST_SHIFT, TranslationSettings
from cnn_core.translation import DOWNSAMPLINGS, Downsampling, Shift, shifts_along

_ON_TOP: Downsampling = "none"
"""Drawn over the others and dashed, as nearly the same errors as the stride's lie below it."""
_CLASSROOM_SCALE = 1.8
"""How much larger lines and points are for the last row."""
_MARK = "#e8308f"
"""The accent, of which one shade is seen on a light page and on a dark one."""
CLASS_INKS = ("#0a84d0", "#d5461e", "#0a9e73", "#d98c00", "#a35db5", "#8a8f98")


@cached(max_bytes=2 * MIB)
def error_curves(
    digest: str, layers: int, moved_along: bool, way: tuple[Shift, ...], _maps: MapsOfAll
) -> dict[Downsampling, list[float]]:
    """Return the errors of every kind of layer along a way of shifts."""
    return {
        kind: [one.error_moved_along(shift) if moved_along else one.error(shift) for shift in way]
        for kind, one in _maps.items()
    }


def way_of(by: Shift) -> tuple[Shift, ...]:
    """List the shifts of the curves: from none to the largest, in the direction of a shift."""
    return shifts_along(by, MOST_SHIFT)


def errors_chart(
    curves: Mapping[Downsampling, Sequence[float]],
    settings: TranslationSettings,
    *,
    classroom: bool,
) -> dict[str, Any]:
    """Describe the errors over the shift; the shift of the picture is marked.

    Filled points: the map is moved by whole cells. Hollow ones: it is not, and so not only moved.
    """
    way, stride = way_of(settings.by), 2**settings.layers
    scale = _CLASSROOM_SCALE if classroom else 1
    data = []
    for kind, errors in sorted(curves.items(), key=lambda pair: pair[0] == _ON_TOP):
        cell = 1 if kind == "none" else stride
        whole = [shift[0] % cell == 0 and shift[1] % cell == 0 for shift in way]
        data.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": DOWNSAMPLINGS[kind],
                "x": list(range(len(way))),
                "y": list(errors),
                "line": {
                    "color": INKS[kind],
                    "width": scale * (3 if kind == settings.downsampling else 1.5),
                    "dash": "dash" if kind == _ON_TOP else "solid",
                },
                "marker": {
                    "color": INKS[kind],
                    "size": 7 * scale,
                    "symbol": ["circle" if one else "circle-open" for one in whole],
                },
                # A point at 0 is drawn whole, over the axis.
                "cliponaxis": False,
                "hovertemplate": "%{y:.4g}",
                "showlegend": False,
            }
        )
    title = f"px {_way_name(settings.by)}; ● whole cells of {stride} px"
    layout = _layout(title, "MSE", classroom=classroom)
    layout["xaxis"]["dtick"] = stride
    layout["shapes"] = _marked(max(map(abs, settings.by)))
    return {"data": data, "layout": layout}


def classes_chart(
    names: Sequence[str],
    curves: Sequence[Sequence[float]],
    by: Shift,
    *,
    classroom: bool,
) -> dict[str, Any]:
    """Describe the class probabilities over the shift; while they grow, the axes stay."""
    scale = _CLASSROOM_SCALE if classroom else 1
    data = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": name,
            "x": list(range(len(curve))),
            "y": [100 * share for share in curve],
            "line": {"color": ink, "width": 2 * scale},
            "marker": {"size": 6 * scale},
            "cliponaxis": False,
            "hovertemplate": "%{y:.3g} %",
        }
        for name, curve, ink in zip(names, curves, CLASS_INKS, strict=False)
    ]
    title = f"input px {_way_name(by)}"
    layout = _layout(title, "percent", classroom=classroom)
    layout["yaxis"] |= _percents(100)
    layout["shapes"] = _marked(max(map(abs, by)))
    return {"data": data, "layout": layout}


def flips_chart(
    shares: Sequence[tuple[int, float, float, float]], by: Shift, *, classroom: bool
) -> dict[str, Any]:
    """Describe how often the class changes.

    `shares` are a shift, the share, and the ends of its interval; without a shift nothing is
    estimated, so there is no interval.
    """
    scale = _CLASSROOM_SCALE if classroom else 1
    bounded = [(one[1], *(one[2:] if one[0] else (one[1], one[1]))) for one in shares]
    data = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": "class changes",
            "x": [n for n, *_ in shares],
            "y": [100 * share for _, share, *_ in shares],
            "error_y": {
                "type": "data",
                "symmetric": False,
                "array": [100 * (high - share) for share, _, high in bounded],
                "arrayminus": [100 * (share - low) for share, low, _ in bounded],
                "thickness": 1.2 * scale,
            },
            "line": {"color": CLASS_INKS[1], "width": 2 * scale},
            "marker": {"size": 6 * scale},
            "cliponaxis": False,
            "hovertemplate": "%{y:.3g} %",
            "showlegend": False,
        }
    ]
    layout = _layout(f"input px {_way_name(by)}", "", classroom=classroom)
    # Above the chart: beside it, it would be longer than the axis.
    layout["title"] = {
        "text": "pictures whose class changes, in %",
        "x": 0,
        "xref": "paper",
        "y": 1,
        "yanchor": "top",
        "font": {"size": layout["font"]["size"], "weight": 400},
    }
    layout["margin"]["t"] = 36 if classroom else 26
    layout["yaxis"] |= _percents(100 * max(high for *_, high in bounded))
    layout["shapes"] = _marked(max(map(abs, by)))
    return {"data": data, "layout": layout}


def _percents(top: float) -> dict[str, Any]:
    """Describe an axis of percents that holds all up to `top`, with at least three labels.

    >>> _percents(100)["dtick"], _percents(57)["range"], _percents(3)["dtick"]
    (50, [-4.0, 104.0], 2)
    """
    step = next((step for step in (2, 5, 10, 20) if top <= 2.5 * step), 50)
    end = max(2 * step, top)
    return {"range": [-0.04 * end, 1.04 * end], "dtick": step}


def _way_name(by: Shift) -> str:
    """Name the direction of a shift.

    >>> _way_name((0, -3)), _way_name((2, 4)), _way_name((0, 0))
    ('to the left', 'down and right', 'to the right')
    """
    down, right = by
    if not down:
        return "to the left" if right < 0 else "to the right"
    vertical = "up" if down < 0 else "down"
    if not right:
        return vertical
    sides = "left" if right < 0 else "right"
    return f"{vertical} and {sides}"


def _marked(at: int) -> list[dict[str, Any]]:
    """Mark where the picture is shifted to."""
    line = {"color": _MARK, "width": 2, "dash": "dot"}
    return [{"type": "line", "x0": at, "x1": at, "y0": 0, "y1": 1, "yref": "paper", "line": line}]


def _layout(across: str, up: str, *, classroom: bool) -> dict[str, Any]:
    return {
        "margin": {"l": 0, "r": 8, "t": 14 if classroom else 8, "b": 0},
        "xaxis": {
            "title": {"text": across, "standoff": 8 if classroom else 4},
            "range": [-0.4, MOST_SHIFT + 0.4],
            "dtick": 2,
            "zeroline": False,
        },
        "yaxis": {"title": {"text": up}, "rangemode": "tozero", "ticklabeloverflow": "allow"},
        "legend": {"x": 1.01, "y": 1, "yanchor": "top"},
        "hovermode": "x unified",
        "font": {"size": 18 if classroom else 12},
    }
