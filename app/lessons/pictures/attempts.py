"""What to try with a picture that is shown as numbers."""

from app.guide.attempts import Attempt
from app.lessons.pictures.situation import PicturesSituation as On
from cnn_core.images import grayscale


def _place(at: tuple[int, int]) -> str:
    return f"{at[0]},{at[1]}"


def _is_brightest(before: On, after: On) -> bool:
    assert after.held is not None
    totals = after.image.astype(int).sum(axis=2)
    return int(totals[after.held]) == int(totals.max())


def _is_last(before: On, after: On) -> bool:
    return after.held == (after.image.shape[0] - 1, after.image.shape[1] - 1)


def _is_matrix_of_the_lecture(before: On, after: On) -> bool:
    gray = grayscale(after.image)
    return after.settings.view == "gray" and gray.shape == (3, 3) and (gray == 0).sum() == 1


def _has_zeros_in_two_channels(before: On, after: On) -> bool:
    return after.settings.view == "red" and after.image[:, :, 0].shape == after.size


def _shows_fewer(before: On, after: On) -> bool:
    return after.enlarged[0] <= 4 and after.enlarged[1] <= 4


ATTEMPTS: tuple[Attempt[On], ...] = (
    Attempt(
        key="pictures_lecture",
        label="Show the 3 × 3 picture of the lecture",
        outcome="Nine numbers, one for each pixel. One of them is 0, the dark pixel.",
        changes=lambda on: {"picture": "lecture_3x3", "look": "gray", "at": "", "cells": ""},
        check=_is_matrix_of_the_lecture,
    ),
    Attempt(
        key="pictures_brightest",
        label="Hold the magnifier at the brightest pixel",
        outcome="No other pixel has a larger sum of red, green and blue.",
        changes=lambda on: {"at": _place(on.facts.brightest)},
        check=_is_brightest,
    ),
    Attempt(
        key="pictures_last",
        label="Hold it at the bottom right pixel",
        outcome="Its row is the height minus 1, its column the width minus 1: counting starts "
        "at 0.",
        changes=lambda on: {"at": _place((on.size[0] - 1, on.size[1] - 1))},
        check=_is_last,
    ),
    Attempt(
        key="pictures_cells",
        label="Show fewer pixels",
        outcome="4 × 4 pixels or less: the squares are larger, and easy to read.",
        changes=lambda on: {"cells": "4"},
        check=_shows_fewer,
        applies=lambda on: on.cells > 4 and max(on.size) > 4,
    ),
    Attempt(
        key="pictures_red",
        label="Show red only",
        outcome="One number per pixel is left: the values of one channel.",
        changes=lambda on: {"look": "red"},
        check=_has_zeros_in_two_channels,
        applies=lambda on: on.settings.view != "red",
    ),
    Attempt(
        key="pictures_tint",
        label="Show the three channels in gray",
        outcome="Each channel is a matrix: where it is bright, the picture has much of that color.",
        changes=lambda on: {"tint": "gray"},
        check=lambda before, after: after.settings.tint == "gray",
        applies=lambda on: on.settings.tint != "gray",
    ),
)
