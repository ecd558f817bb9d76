"""What to try in Max pooling and translation."""

from collections.abc import Callable

import numpy as np

from app.guide.attempts import Attempt
from app.lessons.translation.flips import WorstCase, along, recorded, worst_case
from app.lessons.translation.settings import shift_text
from app.lessons.translation.situation import TranslationSituation as On
from cnn_core.translation import Shift


def _in(view: str) -> Callable[[On], bool]:
    return lambda on: on.view == view


def _x_100(before: On, after: On) -> bool:
    pooled = after.pair.pooled_b.values
    return bool(pooled[0, 0] == 100 and pooled[1, 0] == 112)


def _moves_a_column(before: On, after: On) -> bool:
    one, other = after.pair.pooled_a.values, after.pair.pooled_b.values
    return bool(np.array_equal(other[:, 1], one[:, 0]))


def _shifts_to(by: Shift) -> Callable[[On, On], bool]:
    return lambda before, after: after.view == "picture" and after.by == by


def _is_whole(before: On, after: On) -> bool:
    return after.maps.is_whole(after.by) and after.maps.error_moved_along(after.by) < 1e-6


def _blur_is_closer(on: On, by: Shift) -> bool:
    maps = on.maps_of_all
    return maps["blur"].error_moved_along(by) < maps["max"].error_moved_along(by)


def _is_between_cells(on: On) -> bool:
    return on.view == "picture" and any(on.by) and not on.maps_of_all["max"].is_whole(on.by)


def _keeps_the_pixel(before: On, after: On) -> bool:
    maps = after.maps_of_all
    lost = maps["stride"].at(after.by).max() == 0 < maps["stride"].at((0, 0)).max()
    return maps["max"].error(after.by) == 0 and bool(lost)


def _worst(on: On) -> WorstCase | None:
    recording = recorded(on.input[0])
    return worst_case(recording, along(recording, on.by)) if recording else None


def _worst_changes(on: On) -> dict[str, str]:
    worst = _worst(on)
    return worst.changes if worst else {}


def _is_worst(before: On, after: On) -> bool:
    first, worst = int(after.scores((0, 0)).argmax()), _worst(after)
    assert worst
    lost = float(after.scores((0, 0))[first] - after.scores(after.by)[first])
    changed = first != int(after.scores(after.by).argmax())
    return changed and abs(lost - (worst.before - worst.after)) < 0.01


def _dense_changes_more(before: On, after: On) -> bool:
    dense, cnn = recorded("fashion_mlp"), recorded("fashion_cnn")
    assert dense
    assert cnn
    layers = {one.kind for one in after.network.layers}
    return not layers & {"conv", "max_pool"} and all(
        one.flips.share > cnn.at(down=one.down, right=one.right).flips.share
        for one in dense.shifts
        if one.down or one.right
    )


ATTEMPTS: tuple[Attempt[On], ...] = (
    Attempt(
        key="shift_x_100",
        label="Set x to 100",
        outcome="The upper left maximum of B becomes 100. The lower left one stays 112.",
        changes=lambda on: {"shift_x": "100", "shift_columns": "1", "shift_kind": "max"},
        check=_x_100,
        applies=_in("numbers"),
    ),
    Attempt(
        key="shift_two_columns",
        label="Let 2 columns enter",
        outcome="The pooled matrix is moved by exactly one column: 2 is the stride.",
        changes=lambda on: {"shift_columns": "2"},
        check=_moves_a_column,
        applies=_in("numbers"),
    ),
    Attempt(
        key="shift_average",
        label="Use average pooling",
        outcome="With x = 0, no output stays the same. Yet the MSE after pooling is smaller than "
        "with max.",
        changes=lambda on: {"shift_kind": "average", "shift_x": "0", "shift_columns": "1"},
        check=lambda before, after: after.pair.unchanged == 0 and after.pair.pooled_error < 1008.25,
        applies=_in("numbers"),
    ),
    Attempt(
        key="shift_own",
        label="Shift your own picture",
        outcome="Drag it: the maps before and after, and how much they differ, follow.",
        changes=lambda on: {"shift_view": "picture", "shift_by": "0,1"},
        check=_shifts_to((0, 1)),
        applies=_in("numbers"),
    ),
    Attempt(
        key="shift_whole",
        label="Shift by one whole cell",
        outcome="Compared after moving along, the mean squared error is 0: the map is only moved.",
        changes=lambda on: {
            "shift_by": shift_text((0, 2**on.settings.layers)),
            "shift_compare": "moved",
        },
        check=_is_whole,
        applies=_in("picture"),
    ),
    Attempt(
        key="shift_blur",
        label="Blur before pixels are dropped",
        outcome="Moved along, the mean squared error is smaller than with max pooling.",
        changes=lambda on: {"shift_downsampling": "blur", "shift_compare": "moved"},
        check=lambda before, after: _blur_is_closer(after, after.by),
        applies=lambda on: _is_between_cells(on) and _blur_is_closer(on, on.by),
    ),
    Attempt(
        key="shift_pixel",
        label="Use a single bright pixel, shifted by 1 px",
        outcome="Before and after, it lies in the same window: max pooling gives the same map. A "
        "convolution with stride 2 and a kernel of 1 × 1 drops it.",
        changes=lambda on: {
            "picture": "delta",
            "shift_by": "0,1",
            "shift_layers": "1",
            "shift_downsampling": "max",
            "shift_compare": "place",
        },
        check=_keeps_the_pixel,
        applies=_in("picture"),
    ),
    Attempt(
        key="shift_three_layers",
        label="Pool 3 times in a row",
        outcome="Now a cell is 8 px wide: of the shifts up to 16 px, those by 8 and 16 px move the "
        "map by whole cells.",
        changes=lambda on: {
            "shift_layers": "3",
            "shift_compare": "moved",
            "shift_downsampling": "max",
        },
        check=lambda before, after: (
            after.settings.downsampling == "max"
            and [n for n in range(1, 17) if after.maps.is_whole((0, n))] == [8, 16]
        ),
        applies=lambda on: on.view == "picture" and on.settings.layers != 3,
    ),
    Attempt(
        key="shift_worst",
        label="Show the worst case of this direction",
        outcome="The most probable class changes. Of all recorded pictures whose class changes in "
        "this direction, none loses more probability.",
        changes=_worst_changes,
        check=_is_worst,
        applies=lambda on: on.view == "network" and _worst(on) is not None,
    ),
    Attempt(
        key="shift_dense",
        label="Use the dense network",
        outcome="It has no pooling and no convolution. With every shift that was recorded, its "
        "class changes for more garments than that of the small CNN.",
        changes=lambda on: {"network": "fashion_mlp"},
        check=_dense_changes_more,
        applies=lambda on: on.view == "network" and on.input[0] != "fashion_mlp",
    ),
    Attempt(
        key="shift_cnn",
        label="Use the small CNN",
        outcome="It has three pooling layers: its total stride is 8 px.",
        changes=lambda on: {"network": "fashion_cnn"},
        check=lambda before, after: (
            sum(one.kind == "max_pool" for one in after.network.layers) == 3
        ),
        applies=lambda on: on.view == "network" and on.input[0] != "fashion_cnn",
    ),
    Attempt(
        key="shift_gelu",
        label="Use GELU",
        outcome="GELU decreases somewhere. Now the order matters for max pooling too.",
        changes=lambda on: {"shift_activation": "gelu", "shift_bias": "0"},
        check=lambda before, after: bool(after.both.unequal("max").any()),
        applies=_in("order"),
    ),
    Attempt(
        key="shift_all_positive",
        label="Add 8 to all numbers, with ReLU",
        outcome="No number is negative, so ReLU changes nothing and no order matters.",
        changes=lambda on: {"shift_activation": "relu", "shift_bias": "8"},
        check=lambda before, after: (
            not (after.both.unequal("max").any() or after.both.unequal("average").any())
        ),
        applies=_in("order"),
    ),
)
