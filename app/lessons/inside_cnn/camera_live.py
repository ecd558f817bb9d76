"""What the live channel answers about the camera: its picture goes through the whole network.

Nothing here imports torch before the first question about a network comes.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, TypeAlias

import msgspec
from msgspec import Meta

from app.drawing.frame import Blob, pack
from app.drawing.numbers import number_text
from app.lessons.inside_cnn.frame import view_on
from app.lessons.inside_cnn.overview_live import (
    LARGEST_SIDE,
    MOST_COLUMNS,
    MOST_TILES,
    Column,
    OverviewQuestion,
    check_columns,
)
from app.lessons.inside_cnn.overview_view import RAW, overview_answer
from app.lessons.inside_cnn.questions import ExplorerQuestion, Index, LayerName, QuestionError
from app.lessons.inside_cnn.settings import is_taught, read_settings
from app.live.handlers import Handler, Urgency, on_network_thread
from app.live.image_store import STORE
from app.live.messages import PictureQuestion
from app.networks.attribution_drawing import overlay_levels, overlay_palette
from app.networks.settings import NetworkSettings
from app.networks.taught_head import head_of, with_head
from cnn_core.images import load_image

if TYPE_CHECKING:
    import numpy as np

    from cnn_core.networks import Trace

Held: TypeAlias = Annotated[
    dict[LayerName, Annotated[list[Index], Meta(max_length=MOST_TILES)]],
    Meta(max_length=MOST_COLUMNS),
]

MOST_PROBABLE = -1
_HELD = f"Maps to be held are listed by layer: at most {MOST_TILES}, by number from 0."


class NetworkCameraQuestion(PictureQuestion, frozen=True, kw_only=True, tag="network_camera"):
    """Show the overview of a picture of the camera, the class scores, and where a class is seen.

    Attributes:
        about, owner: as in `ExplorerQuestion`.
        columns, side: as in `OverviewQuestion`.
        held: for some layers the maps to be shown, in this order; the strongest of the others.
        attribution: the class whose Grad-CAM is wanted, -1 for the most probable one; None for
            none.
        keep: whether to keep the picture, and to answer no more than its token.
    """

    about: Annotated[str, Meta(max_length=200)] = ""
    owner: Annotated[str, Meta(max_length=64)] = ""
    columns: Annotated[list[Column], Meta(min_length=1, max_length=MOST_COLUMNS)]
    side: Annotated[int, Meta(ge=1, le=LARGEST_SIDE)]
    held: Held = msgspec.field(default_factory=dict)
    attribution: Annotated[int, Meta(ge=MOST_PROBABLE, lt=10_000)] | None = None
    keep: bool = False

    SENTENCES: ClassVar[Mapping[str, str]] = {
        **PictureQuestion.SENTENCES,
        **OverviewQuestion.SENTENCES,
        **ExplorerQuestion.SENTENCES,
        "$.held": _HELD,
        "$.attribution": "A heat map explains a class by its number from 0, or −1 for the most "
        "probable.",
        "$.keep": "Whether to keep a picture is true or false.",
    }


def answer_camera(question: NetworkCameraQuestion) -> bytes:
    """Send a picture of the camera through the network; nothing of it is kept unless asked to."""
    header: dict[str, Any] = {
        "kind": "network_camera",
        "sequence": question.sequence,
        "about": question.about,
    }
    pixels = load_image(question.picture)
    if question.keep:
        owner = STORE.owner_of(question.token)
        return pack({**header, "kept": STORE.put(pixels, owner=owner)})
    settings, trace = camera_trace(question, pixels)
    check_columns(trace.network, question.columns, question.side)
    overview, blobs = overview_answer(
        trace,
        question.columns,
        side=question.side,
        scope=settings.scope,
        held=_held(question, trace),
    )
    attribution, attribution_blobs = attribution_view(trace, question.attribution)
    view = view_on(trace.network, pixels.shape)
    return pack(
        {**header, **overview, "view": view, "attribution": attribution},
        [*blobs, *attribution_blobs],
    )


def camera_trace(
    question: NetworkCameraQuestion, pixels: "np.ndarray"
) -> "tuple[NetworkSettings, Trace]":
    """Run the network on a picture, uint8 (H, W, 3), that nobody will ask for again.

    Raises:
        CnnCoreError: if a setting or the taught layer is unknown, or the network is shown the pad.
    """
    from cnn_core import networks
    from cnn_core.networks.quick_trace import quick_trace

    settings = read_settings(question.settings)
    if settings.uses_pad:
        raise QuestionError("The network is shown the pad; choose your picture as its input.")
    taught = head_of(question.owner) if is_taught(question.settings) else None
    network = networks.load(settings.network)
    # One color scale for all layers is found from the outputs of all.
    run = networks.trace if settings.scope == "network" else quick_trace
    return settings, with_head(run(network, pixels), taught)


def _held(question: NetworkCameraQuestion, trace: "Trace") -> dict[str, list[int]]:
    """Check the maps to be held: as many as there are places in their column.

    Raises:
        QuestionError: if there are not, or a layer has no such map.
    """
    for name, count in question.columns:
        channels = question.held.get(name, [])
        if channels and len(channels) != count:
            raise QuestionError(
                f"Of layer '{name}' {count} maps are asked for; {len(channels)} are to be held."
            )
        most = trace.network.layer(name).shape[0]
        if any(one >= most for one in channels):
            raise QuestionError(f"Layer '{name}' has {most} maps, counted from 0.")
    return question.held


def attribution_view(trace: "Trace", label: int | None) -> tuple[dict[str, Any] | None, list[Blob]]:
    """Describe Grad-CAM of a class: where the last maps raise its score before softmax.

    Args:
        trace: of the picture.
        label: the number of the class, -1 for the most probable one; None for no heat map.

    Returns:
        A header, None without a class, and the blobs "attribution", uint8 (H, W) in the size of the
        network's input, each pixel a row of "attribution_palette", uint8 (256, 4).

    Raises:
        CnnCoreError: if there is no such class, or the network has no maps.
    """
    from cnn_core.networks.attribution.class_activation import grad_cam

    if label is None:
        return None, []
    number = int(trace.scores.argmax()) if label == MOST_PROBABLE else label
    values = grad_cam(trace, number).attribution
    height, width = values.shape
    most = float(values.max())
    entries = {
        "channel": number,
        "name": trace.network.classes[number],
        "high": number_text(most) if most > 0 else "",
        "height": height,
        "width": width,
    }
    return entries, [
        Blob(name="attribution", type=RAW, data=overlay_levels(values).tobytes()),
        Blob(name="attribution_palette", type=RAW, data=overlay_palette().tobytes()),
    ]


HANDLERS = (
    Handler(
        question=NetworkCameraQuestion,
        urgency=Urgency.DRAG,
        answer=on_network_thread(answer_camera),
    ),
)
