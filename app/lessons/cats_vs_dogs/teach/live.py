"""What the live channel answers for taught classes: the camera's pictures, one by one."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from msgspec import Meta

from app.lessons.cats_vs_dogs.collection import COLLECTIONS
from app.lessons.cats_vs_dogs.settings import NETWORK
from app.live.handlers import Handler, Urgency, on_network_thread
from app.live.messages import PictureQuestion
from cnn_core.errors import CnnCoreError
from cnn_core.images import load_image


class TaughtCameraQuestion(PictureQuestion, frozen=True, kw_only=True, tag="taught_camera"):
    """What does my taught head make of this picture of the camera?

    Attributes:
        owner: whose head.
    """

    owner: Annotated[str, Meta(min_length=16, max_length=64)]

    SENTENCES: ClassVar[Mapping[str, str]] = {
        **PictureQuestion.SENTENCES,
        "$.owner": "A taught head belongs to an owner, a name of 16 to 64 letters.",
    }


def camera_answer(question: TaughtCameraQuestion) -> bytes:
    """Compute the features of the picture, and what the owner's head makes of them."""
    # Only now: importing the lesson must not import torch.
    from app.lessons.cats_vs_dogs.taught_features import AskedPicture
    from app.lessons.cats_vs_dogs.teach.frames import camera_frame
    from cnn_core import networks
    from cnn_core.networks.features import feature_maps

    collection = COLLECTIONS.get(question.owner)
    if collection is None:
        raise CnnCoreError("This session is gone; load the page again.")
    network = networks.load(NETWORK)
    view = network.preparation.view(load_image(question.picture))
    maps = feature_maps(network, view)
    asked = AskedPicture(features=maps.mean(axis=(1, 2)), maps=maps, view=view)
    return camera_frame(collection.answering, asked, question.sequence)


HANDLERS = (
    Handler(
        question=TaughtCameraQuestion,
        urgency=Urgency.DRAG,
        answer=on_network_thread(camera_answer),
    ),
)
