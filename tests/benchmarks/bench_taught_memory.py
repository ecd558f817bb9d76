"""What thirty visitors with fifty pictures each take of the memory, and what they give back.

Counted as the app counts it, and as the system sees the process. Prints MiB; nothing here is a
test.
"""

import ctypes
import gc
import io
import platform
import sys
from pathlib import Path

import numpy as np
from PIL import Image

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from app.caching import MIB  # noqa: E402
from app.lessons.cats_vs_dogs.collection import (  # noqa: E402
    MAX_BYTES,
    MOST_PICTURES,
    TaughtCollection,
    example_classes,
)
from app.lessons.cats_vs_dogs.held import bytes_of_all, taught_picture  # noqa: E402
from cnn_core.errors import CnnCoreError  # noqa: E402
from cnn_core.images import load_image  # noqa: E402

VISITORS, EACH = 30, 50


def resident() -> float:
    """Read the memory of this process, in MiB, once what is freed is given back."""
    gc.collect()
    if platform.libc_ver()[0] == "glibc":
        ctypes.CDLL(None).malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / MIB


def put(into: TaughtCollection, number: int) -> None:
    """Add a photograph of 480 x 480 pixels, each another, as it is uploaded."""
    draw, packed = np.random.default_rng(number), io.BytesIO()
    small = draw.integers(0, 256, (30, 30, 3), dtype=np.uint8)
    Image.fromarray(small).resize((480, 480)).save(packed, "JPEG", quality=90)
    into.add(number % 2, taught_picture(load_image(packed), f"{number}.jpg"))


def say(what: str, before: float) -> None:
    """Print both counts."""
    held, grown = bytes_of_all() / MIB, resident() - before
    print(f"{what}: {held:.0f} MiB are counted, the process has grown by {grown:.0f} MiB")


def main() -> None:
    """Fill, go over, and leave."""
    put(TaughtCollection(), 0)  # what is imported at the first picture
    example_classes("textures")
    before = resident()
    print(f"the bound is {MAX_BYTES / MIB:.0f} MiB")
    visitors = [TaughtCollection() for _ in range(VISITORS)]
    for at, one in enumerate(visitors):
        for number in range(EACH):
            put(one, at * EACH + number)
    say(f"{VISITORS} visitors with {EACH} pictures each", before)
    greedy = TaughtCollection()
    try:
        for number in range(MOST_PICTURES):
            put(greedy, VISITORS * EACH + number)
    except CnnCoreError as error:
        print(f"one more visitor's picture {number + 1} is refused: {error}")
    say("full", before)
    del visitors, greedy, one
    say("when all have left", before)


if __name__ == "__main__":
    main()
