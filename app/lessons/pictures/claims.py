"""What to notice in a picture that is shown as numbers."""

import numpy as np

from app.drawing.numbers import percent_text
from app.guide.claims import Claim, always
from app.lessons.pictures.channels import CHANNELS
from app.lessons.pictures.situation import PicturesSituation as On
from cnn_core.images import grayscale, luma

_LUMA = (0.299, 0.587, 0.114)


def _shape(on: On) -> str:
    height, width = on.size
    return (
        f"The picture is a tensor **X** with height {height}, width {width} and depth 3: "
        f"{height} × {width} × 3 = **{3 * height * width:,}** values, each from 0 to 255."
    )


def _is_shape(on: On) -> bool:
    return f"**{on.image.size:,}**" in _shape(on) and on.image.ndim == 3


def _order(on: On) -> str:
    height, width = on.size
    counted = "X[i, j, k] is row i, column j, channel k, **each counted from 0**."
    if on.size == (1, 1):
        return f"{counted} The only pixel is X[0, 0] = {_values(on.image[0, 0])}."
    return (
        f"{counted} The top left pixel "
        f"is X[0, 0] = {_values(on.image[0, 0])}, the bottom right one is "
        f"X[{height - 1}, {width - 1}] = {_values(on.image[-1, -1])}."
    )


def _values(pixel: np.ndarray) -> str:
    return f"({', '.join(map(str, pixel.tolist()))})"


def _is_order(on: On) -> bool:
    _, width = on.size
    flat = on.image.ravel().tolist()
    last = 3 * ((on.size[0] - 1) * width + width - 1)
    first_values, last_values = tuple(flat[:3]), tuple(flat[last : last + 3])
    return _order(on).endswith(f"= {last_values}.") and f"X[0, 0] = {first_values}" in _order(on)


def _held(on: On) -> str:
    assert on.held is not None
    row, column = on.held
    red, green, blue = on.image[row, column].tolist()
    gray = int(np.rint(luma(on.image[row : row + 1, column : column + 1]))[0, 0])
    return (
        f"The held pixel is X[{row}, {column}] = ({red}, {green}, {blue}). Its gray value is "
        f"0.299 × {red} + 0.587 × {green} + 0.114 × {blue} ≈ **{gray}**."
    )


def _is_held(on: On) -> bool:
    assert on.held is not None
    gray = int(grayscale(on.image)[on.held])
    weighed = float(on.image[on.held] @ np.array(_LUMA))
    return f"**{gray}**" in _held(on) and abs(weighed - gray) <= 0.5 + 1e-3


def _gray_picture(on: On) -> str:
    height, width = on.size
    return (
        "Red, green and blue are **equal at every pixel**, so this picture is gray. A gray picture "
        f"needs one number per pixel: it is a 2-D matrix of {height} × {width}. 0 is darkest, 255 "
        "is brightest."
    )


def _gray_share(on: On) -> float:
    return on.facts.gray_pixels / on.facts.pixels


def _some_gray(on: On) -> str:
    return (
        f"A pixel is gray where red, green and blue are equal: **{percent_text(_gray_share(on))}** "
        "of the pixels here."
    )


def _is_some_gray(on: On) -> bool:
    spread = on.image.max(axis=2) - on.image.min(axis=2)
    share = float((spread == 0).mean())
    return 0 < share < 1 and f"**{percent_text(share)}**" in _some_gray(on)


def _gray_view(on: On) -> str:
    return (
        "The magnifier shows the gray version: a 2-D matrix with one number per pixel. 0 is "
        "darkest, 255 is brightest."
    )


def _is_gray_view(on: On) -> bool:
    black_and_white = np.array([[[0, 0, 0], [255, 255, 255]]], np.uint8)
    gray = grayscale(on.image)
    return gray.shape == on.size and grayscale(black_and_white).tolist() == [[0, 255]]


def _one_channel(on: On) -> str:
    at = CHANNELS.index(on.settings.view)
    others = " and ".join(name for name in CHANNELS if name != on.settings.view)
    return (
        f"Only {on.settings.view} is shown, X[:, :, {at}]; {others} are set to 0. One channel is a "
        "2-D matrix."
    )


def _is_one_channel(on: On) -> bool:
    at = ("red", "green", "blue").index(on.settings.view)
    return f"X[:, :, {at}]" in _one_channel(on) and on.image[:, :, at].shape == on.size


def _extremes(on: On) -> str:
    if on.facts.smallest == on.facts.largest:
        return f"All values are equal: **{on.facts.smallest}**."
    return (
        f"The smallest of all values is **{on.facts.smallest}**, the largest is "
        f"**{on.facts.largest}**."
    )


def _is_extremes(on: On) -> bool:
    numbers = {int(on.image.min()), int(on.image.max())}
    return all(f"**{number}**" in _extremes(on) for number in numbers)


def _means(on: On) -> str:
    red, green, blue = (f"**{mean:.1f}**" for mean in on.facts.means)
    return f"The mean of red is {red}, of green {green}, of blue {blue}."


def _is_means(on: On) -> bool:
    means = on.image.reshape(-1, 3).mean(axis=0)
    return bool(np.allclose(on.facts.means, means))


def _ends(on: On) -> str:
    black, white = percent_text(on.facts.share(0)), percent_text(on.facts.share(255))
    return (
        f"Of all values, **{black}** are 0 and **{white}** are 255. No value can be below 0 or "
        "above 255."
    )


def _is_ends(on: On) -> bool:
    shares = [float((on.image == end).mean()) for end in (0, 255)]
    return all(f"**{percent_text(share)}**" in _ends(on) for share in shares)


def _patch(on: On) -> str:
    rows, columns = on.enlarged
    each = 3 if on.settings.view == "rgb" else 1
    total = f" × {each} = {rows * columns * each}" if each > 1 else f" = {rows * columns}"
    return f"The magnifier shows {rows} × {columns}{total} values of the picture at once."


def _is_patch(on: On) -> bool:
    rows, columns = on.enlarged
    part = on.image[:rows, :columns] if on.settings.view == "rgb" else on.image[:rows, :columns, 0]
    return part.shape[:2] == (rows, columns) and f"= {part.size} values" in _patch(on)


CLAIMS: tuple[Claim[On], ...] = (
    Claim(key="shape", applies=always, sentence=_shape, check=_is_shape),
    Claim(key="order", applies=always, sentence=_order, check=_is_order),
    Claim(key="held", applies=lambda on: on.held is not None, sentence=_held, check=_is_held),
    Claim(
        key="gray_picture",
        applies=lambda on: on.facts.gray_pixels == on.facts.pixels,
        sentence=_gray_picture,
        check=lambda on: bool((on.image == on.image[:, :, :1]).all()),
    ),
    Claim(
        key="some_gray",
        applies=lambda on: 0 < on.facts.gray_pixels < on.facts.pixels,
        sentence=_some_gray,
        check=_is_some_gray,
    ),
    Claim(
        key="gray_view",
        applies=lambda on: on.settings.view == "gray" and on.facts.gray_pixels < on.facts.pixels,
        sentence=_gray_view,
        check=_is_gray_view,
    ),
    Claim(
        key="one_channel",
        applies=lambda on: on.settings.view in CHANNELS,
        sentence=_one_channel,
        check=_is_one_channel,
    ),
    Claim(key="extremes", applies=always, sentence=_extremes, check=_is_extremes),
    Claim(key="means", applies=always, sentence=_means, check=_is_means),
    Claim(
        key="ends",
        applies=lambda on: on.facts.share(0) > 0 or on.facts.share(255) > 0,
        sentence=_ends,
        check=_is_ends,
    ),
    Claim(key="patch", applies=always, sentence=_patch, check=_is_patch),
)
