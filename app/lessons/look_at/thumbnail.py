"""The card on the start page: what matters for the best class, over the picture."""

import cv2
import numpy as np

from app.drawing.thumbnail import SIDE
from app.lessons.look_at.attributions import attribution
from app.networks.attribution_drawing import blended
from app.networks.prediction import predicted
from app.networks.settings import NetworkInput
from app.networks.work import Priority, in_turn
from cnn_core.networks.models import registry


def thumbnail(pixels: np.ndarray, digest: str) -> np.ndarray:
    """Draw Grad-CAM of the picture's best class over the picture, uint8 (H, W, 3)."""
    network = next(iter(registry.NETWORKS))
    shown = NetworkInput(pixels=pixels, digest=digest)
    prediction = in_turn(Priority.UNIT, predicted, network, shown)
    best = int(prediction.scores.argmax())
    values = in_turn(Priority.UNIT, attribution, network, shown, best, "grad_cam")
    card = blended(values, prediction.view)
    return np.asarray(cv2.resize(card, (SIDE, SIDE), interpolation=cv2.INTER_AREA))
