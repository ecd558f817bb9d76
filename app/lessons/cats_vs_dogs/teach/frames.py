"""What the page sends to the classes and to the answer of the view teach."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.drawing.colors import css_gradient, signed
from app.drawing.encode import encode_jpeg
from app.drawing.frame import Blob, pack
from app.drawing.legend import scale_ends
from app.drawing.numbers import probability_text
from app.lessons.cats_vs_dogs.collection import MOST_PICTURES, Sight, every
from app.lessons.cats_vs_dogs.small_pictures import small_address
from app.lessons.cats_vs_dogs.taught_features import AskedPicture
from app.lessons.cats_vs_dogs.teach.charts import INKS
from app.lessons.cats_vs_dogs.teach.over_gray import over_gray
from app.lessons.cats_vs_dogs.teach.settings import FOLLOWED, MOST_CLASSES, OWN
from app.lessons.cats_vs_dogs.teach.situation import TeachSituation, true_accuracy
from app.lessons.cats_vs_dogs.uploads import UPLOAD_PATH
from cnn_core.networks.attribution.head_map import head_map
from cnn_core.networks.heads import Head

COUNTING = "Each picture is left out once, and a head is fitted to the others …"


def bins_data(sight: Sight, *, owner: str, can_undo: bool, said: str = "") -> dict[str, Any]:
    """Describe the classes with their pictures; `said` is why the last edit was not possible."""
    classes = sight.classes
    return {
        "sight": sight.number,
        "said": said,
        "owner": owner,
        "path": UPLOAD_PATH,
        "is_example": sight.set != OWN,
        "can_undo": can_undo,
        "can_add": len(classes) < MOST_CLASSES,
        "free": MOST_PICTURES - sum(1 for _ in every(classes)),
        "classes": [
            {
                "id": one.id,
                "name": one.name,
                "ink": INKS[at],
                "pictures": [
                    {
                        "name": picture.name,
                        "digest": picture.digest,
                        "address": small_address(picture),
                    }
                    for picture in one.pictures
                ],
            }
            for at, one in enumerate(classes)
        ],
    }


def answer_frame(
    on: TeachSituation,
    *,
    counted: bool = True,
    sight: Sight | None = None,
    owner: str = "",
    settings: Mapping[str, str] | None = None,
) -> bytes:
    """Pack what the head makes of the picture in use: bars, the map of a class, the accuracy.

    Args:
        on: what is on the screen.
        counted: whether it is known how many pictures are right when they are left out.
        sight: what the page shows.
        owner: names the visitor's pictures.
        settings: how it is taught, as texts.
    """
    extra = {
        "accuracy": accuracy_text(on) if counted else COUNTING,
        "alt": _alt(on),
        "settings": {key: (settings or {}).get(key, "") for key in FOLLOWED},
        **_camera(on, sight, owner),
    }
    return _packed(answering(on), on.asked, on.label, extra)


def followed_frame(on: TeachSituation, sequence: int, accuracy: str) -> bytes:
    """Pack the bars and the map while a slider is moved.

    Args:
        on: what is taught, with what the slider shows.
        sequence: of the question.
        accuracy: what is said of the pictures left out; "" while that is not known.
    """
    extra = {
        "kind": "taught_follow",
        "sequence": sequence,
        "accuracy": accuracy,
        "alt": _alt(on),
    }
    return _packed(answering(on), on.asked, on.label, extra)


def _alt(on: TeachSituation) -> str:
    return f"{on.picture.name} with what each place adds to the logit of {on.names[on.label]}"


def unanswered_frame(on: TeachSituation, sight: Sight, *, owner: str) -> bytes:
    """Pack what is there before two classes have pictures: the ways of the camera."""
    nothing: dict[str, Any] = {
        "bars": [],
        "legend": None,
        "accuracy": "",
        "alt": "",
        "settings": {},
    }
    return pack({**nothing, **_camera(on, sight, owner)})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AnsweringHead:
    """A head that answers for the camera: with the names and the colors of its classes."""

    head: Head
    names: tuple[str, ...]
    inks: tuple[str, ...]


def answering(on: TeachSituation) -> AnsweringHead:
    """Return the taught head as the camera asks it."""
    inks = tuple(INKS[on.position(label)] for label in range(len(on.names)))
    return AnsweringHead(head=on.head, names=on.names, inks=inks)


def camera_frame(found: AnsweringHead | None, asked: AskedPicture, sequence: int) -> bytes:
    """Pack what a head makes of a camera's picture; only the picture where there is no head."""
    extra = {"kind": "taught_camera", "sequence": sequence, "alt": "The camera's picture"}
    if found is None:
        return pack({"bars": [], "legend": None, **extra}, [_view(asked)])
    label = int(found.head.probabilities(asked.features).argmax())
    return _packed(found, asked, label, extra)


def _camera(on: TeachSituation, sight: Sight | None, owner: str) -> dict[str, Any]:
    """Describe where the camera's pictures go."""
    return {
        "sight": sight.number if sight else -1,
        "classes": [{"id": one.id, "name": one.name} for one in on.classes],
        "token": on.picture.token,
        "owner": owner,
        "path": UPLOAD_PATH,
    }


def _view(asked: AskedPicture) -> Blob:
    return Blob(name="view", type="image/jpeg", data=encode_jpeg(asked.view))


def _packed(
    found: AnsweringHead, asked: AskedPicture, label: int, extra: Mapping[str, Any]
) -> bytes:
    """Pack the bars, and what each place adds to the logit of a class."""
    shares = found.head.probabilities(asked.features)
    colored = signed(head_map(found.head, asked.maps, label).astype(np.float32))
    ends = scale_ends(colored.scale, colored.limit, bounds=(colored.low, colored.high))
    bars = [
        {
            "name": name,
            "share": round(float(share), 5),
            "text": probability_text(float(share)),
            "ink": ink,
            "key": str(at),
            "pressed": at == label,
        }
        for at, (name, ink, share) in enumerate(zip(found.names, found.inks, shares, strict=True))
    ]
    legend = {
        "title": f"What each place adds to the logit of “{found.names[label]}”",
        "low": ends.low,
        "middle": ends.middle,
        "high": ends.high,
        "gradient": css_gradient(colored.scale),
    }
    drawn = encode_jpeg(over_gray(colored.picture, asked.view))
    return pack(
        {"bars": bars, "legend": legend, **extra},
        [_view(asked), Blob(name="map", type="image/jpeg", data=drawn)],
    )


def accuracy_text(on: TeachSituation) -> str:
    """Say how often a picture that is left out is classified correctly, and how sure that is."""
    if not on.can_leave_out:
        return "Give each class two pictures or more: then each can be left out once."
    found = on.proportion
    return f"Left out once: {found.successes} of {found.trials} correct. {true_accuracy(on)}"
