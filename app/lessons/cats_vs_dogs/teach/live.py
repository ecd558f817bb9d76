"""What the live channel answers for taught classes: the camera's pictures, and moved sliders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, ClassVar, TypeAlias

from msgspec import Meta

from app.lessons.cats_vs_dogs.collection import COLLECTIONS, TaughtCollection
from app.lessons.cats_vs_dogs.settings import NETWORK
from app.lessons.cats_vs_dogs.teach.settings import FOLLOWED, read_settings
from app.live.handlers import Handler, Urgency, on_network_thread
from app.live.messages import PictureQuestion, Question
from cnn_core.errors import CnnCoreError
from cnn_core.images import load_image

if TYPE_CHECKING:
    from app.lessons.cats_vs_dogs.teach.situation import TeachSituation

Owner: TypeAlias = Annotated[str, Meta(min_length=16, max_length=64)]
_OWNER = "A taught head belongs to an owner, a name of 16 to 64 letters."
LATER = "Let go of the slider: then each picture is left out once."


class TaughtCameraQuestion(PictureQuestion, frozen=True, kw_only=True, tag="taught_camera"):
    """What does my taught head make of this picture of the camera?

    Attributes:
        owner: whose head.
    """

    owner: Owner

    SENTENCES: ClassVar[Mapping[str, str]] = {**PictureQuestion.SENTENCES, "$.owner": _OWNER}


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


class TaughtFollowQuestion(Question, frozen=True, kw_only=True, tag="taught_follow"):
    """What would my head be with other settings, those of a slider that is being moved?

    Attributes:
        owner: whose head.
    """

    owner: Owner

    SENTENCES: ClassVar[Mapping[str, str]] = {**Question.SENTENCES, "$.owner": _OWNER}


def followed(question: TaughtFollowQuestion) -> bytes:
    """Fit the head; what is said of the pictures left out comes later, unless it is known."""
    from app.lessons.cats_vs_dogs.teach.frames import accuracy_text, answering, followed_frame
    from app.lessons.cats_vs_dogs.teach.heads import left_out

    collection, on = _moved(question)
    collection.answering = answering(on)
    known = not on.can_leave_out or left_out.known(*on.leaving_out) is not None
    return followed_frame(on, question.sequence, accuracy_text(on) if known else "")


def completed(question: TaughtFollowQuestion) -> bytes:
    """Leave each picture out too, where that is a matter of a moment."""
    from app.lessons.cats_vs_dogs.teach.frames import accuracy_text, followed_frame
    from app.lessons.cats_vs_dogs.teach.heads import is_soon_left_out

    _, on = _moved(question)
    is_soon = not on.can_leave_out or is_soon_left_out(*on.leaving_out)
    return followed_frame(on, question.sequence, accuracy_text(on) if is_soon else LATER)


def _moved(question: TaughtFollowQuestion) -> tuple[TaughtCollection, TeachSituation]:
    """Find what the owner teaches, with the settings of the slider.

    Raises:
        CnnCoreError: if there is nothing, or a setting is wrong.
    """
    collection = COLLECTIONS.get(question.owner)
    if collection is None or collection.taught is None:
        raise CnnCoreError("This session is gone; load the page again.")
    on: TeachSituation = collection.taught
    texts = {key: str(text) for key, text in question.settings.items() if key in FOLLOWED}
    if texts.keys() != set(FOLLOWED):
        raise CnnCoreError(f"These settings are needed: {', '.join(FOLLOWED)}.")
    wanted = read_settings(texts)
    settings = replace(on.settings, decay=wanted.decay, dropout=wanted.dropout)
    return collection, replace(on, settings=settings)


HANDLERS = (
    Handler(
        question=TaughtCameraQuestion,
        urgency=Urgency.DRAG,
        answer=on_network_thread(camera_answer),
    ),
    Handler(
        question=TaughtFollowQuestion,
        urgency=Urgency.DRAG,
        answer=on_network_thread(followed, completed),
    ),
)
