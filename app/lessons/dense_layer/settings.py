"""The settings of Why not a dense layer? as flat text, and what they mean once read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.networks import settings as networks
from app.networks import square
from app.networks.settings import PAD_SIDE, NetworkSettings
from app.networks.square import Square, square_fits, usual_square
from app.session.settings import Setting, by_key, named, place, read_all, translated, whole
from cnn_core.errors import CnnCoreError
from cnn_core.layer_costs import PictureSize

VIEWS = {
    "unroll": "Unroll",
    "parameters": "Parameters",
    "shuffle": "Shuffle",
    "sides": "Side by side",
}
GRIDS = {"picture": "Your picture", "garment": "A garment", "lecture": "4 × 3 grid"}
LECTURE_GRID = (4, 3)
"""Rows and columns of the lecture's example."""
BLOCKS = (1, 2, 4, 7, 14)
"""Sides of the squares that are shuffled, in pixels: what divides 28, but not all of it."""
DENSE, CNN = "fashion_mlp", "fashion_cnn"
VIEW_SIZE = (PAD_SIDE, PAD_SIDE)
"""Height and width of what both networks are shown."""

_INPUT = ("source", "garment", "drawing")
"""What the networks are shown: the settings of the lessons on networks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DenseLayerSettings:
    """All settings of Why not a dense layer?, read and checked.

    Attributes:
        view: which of the four parts is open.
        grid: what is unrolled.
        pixel: row and column of the pixel that is pointed at, None where nobody pointed.
        neuron: which neuron of the dense network's first layer.
        kernel: which kernel of the convolutional network's first layer.
        network: what the networks are shown; its network is the dense one.
        size: of the picture whose parameters are counted.
        units: of the dense layer, and maps of the convolution.
        side: of the convolution's kernel, in pixels.
        share: of the pixels, or blocks, that are shuffled, in percent.
        block: side of the blocks that are shuffled, in pixels.
        square: the gray square where it was placed; None where nobody placed it.
    """

    view: str
    grid: str
    pixel: tuple[int, int] | None
    neuron: int
    kernel: int
    network: NetworkSettings
    size: PictureSize
    units: int
    side: int
    share: int
    block: int
    square: Square | None

    @property
    def grid_size(self) -> tuple[int, int]:
        """Rows and columns of what is unrolled."""
        return LECTURE_GRID if self.grid == "lecture" else VIEW_SIZE

    @property
    def pointed_at(self) -> tuple[int, int]:
        """The pixel that is pointed at; one in the middle where nobody pointed, or outside."""
        rows, columns = self.grid_size
        if self.pixel and self.pixel[0] < rows and self.pixel[1] < columns:
            return self.pixel
        return rows // 2, columns // 2

    @property
    def covered(self) -> Square:
        """The gray square as it lies on the picture."""
        fits = self.square is not None and square_fits(self.square, VIEW_SIZE)
        return self.square if self.square is not None and fits else usual_square(VIEW_SIZE)


def _odd(low: int, high: int) -> Callable[[str], int]:
    read = whole(low, high)

    def read_odd(text: str) -> int:
        number = read(text)
        if number % 2 == 0:
            raise CnnCoreError(f"it is an odd number, so that the kernel has a middle, not {text}.")
        return number

    return read_odd


MOST_PIXELS, MOST_CHANNELS, MOST_UNITS, MOST_KERNEL = 4096, 512, 4096, 31

SETTINGS: Mapping[str, Setting] = by_key(
    Setting(key="dense_view", name="part of the lesson", default="unroll", read=named(VIEWS)),
    Setting(key="unrolled", name="picture to unroll", default="picture", read=named(GRIDS)),
    Setting(
        key="dense_pixel",
        name="pixel",
        default="",
        read=place(PAD_SIDE - 1, example="12,6"),
    ),
    Setting(key="neuron", name="neuron", default="47", read=whole(0, 127)),
    Setting(key="first_kernel", name="kernel", default="0", read=whole(0, 15)),
    *(networks.SETTINGS[key] for key in _INPUT),
    Setting(key="dense_height", name="height", default="700", read=whole(1, MOST_PIXELS)),
    Setting(key="dense_width", name="width", default="1050", read=whole(1, MOST_PIXELS)),
    Setting(key="dense_channels", name="channels", default="3", read=whole(1, MOST_CHANNELS)),
    Setting(key="dense_units", name="units", default="128", read=whole(1, MOST_UNITS)),
    Setting(key="dense_kernel", name="kernel size", default="3", read=_odd(1, MOST_KERNEL)),
    Setting(key="shuffle_share", name="share of the pixels", default="100", read=whole(0, 100)),
    Setting(
        key="shuffle_block",
        name="block size",
        default="1",
        read=translated({str(side): side for side in BLOCKS}),
    ),
    square.SETTINGS["square"],
)

PARAMETER_KEYS = ("dense_height", "dense_width", "dense_channels", "dense_units", "dense_kernel")


def read_settings(texts: Mapping[str, object]) -> DenseLayerSettings:
    """Read all settings; what is missing takes its default, what is unknown or wrong is refused.

    Raises:
        CnnCoreError: names the setting and says what it may be.

    >>> read_settings({"dense_width": "28"}).size.width
    28
    """
    read = read_all(SETTINGS, texts, owner="Why not a dense layer?")
    shown = {key: str(texts.get(key, SETTINGS[key].default)) for key in _INPUT}
    return DenseLayerSettings(
        view=read["dense_view"],
        grid=read["unrolled"],
        pixel=read["dense_pixel"],
        neuron=read["neuron"],
        kernel=read["first_kernel"],
        network=networks.read_settings({**shown, "network": DENSE}),
        size=PictureSize(
            height=read["dense_height"],
            width=read["dense_width"],
            channels=read["dense_channels"],
        ),
        units=read["dense_units"],
        side=read["dense_kernel"],
        share=read["shuffle_share"],
        block=read["shuffle_block"],
        square=read["square"],
    )
