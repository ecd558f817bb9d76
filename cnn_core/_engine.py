"""The fast ways to compute a checked convolution: OpenCV's filters and an FFT."""

from typing import Any, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from cnn_core._request import Request

Plan = Literal["separable", "direct", "fourier"]


def choose_plan(request: Request) -> Plan:
    """Say which way is fastest for this request."""
    return "direct"


def run(request: Request) -> NDArray[np.float32]:
    """Compute the answer: float32 `(H', W')` or `(H', W', outputs)`, C-contiguous."""
    padded = request.padded()
    rows, columns, outputs = request.shape
    answer = np.empty((rows, columns, outputs), np.float32)
    bank = request.bank()
    for output in range(outputs):
        total = np.zeros((rows, columns), np.float32)
        for channel in range(padded.shape[2]):
            kernel = bank[:, :, channel, output]
            if request.weights.ndim == 2 and channel != output:
                continue
            plane = np.ascontiguousarray(padded[:, :, channel])
            stuffed = np.zeros((request.vertical.reach, request.horizontal.reach), np.float32)
            stuffed[:: request.vertical.dilation, :: request.horizontal.dilation] = kernel
            full: Any = cv2.filter2D(plane, cv2.CV_32F, stuffed, anchor=(0, 0))
            kept = full[
                : padded.shape[0] - request.vertical.reach + 1 : request.vertical.stride,
                : padded.shape[1] - request.horizontal.reach + 1 : request.horizontal.stride,
            ]
            total += kept
        answer[:, :, output] = total
    answer += request.bias
    return answer[:, :, 0] if request.flat else answer
