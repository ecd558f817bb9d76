"""The camera's pictures through a taught head: its own answers, and nobody else's head."""

import io

import numpy as np
import pytest
from PIL import Image

from app.drawing.frame import unpack
from app.lessons.cats_vs_dogs.collection import TaughtCollection
from app.lessons.cats_vs_dogs.held import taught_picture
from app.lessons.cats_vs_dogs.taught_features import asked_picture
from app.lessons.cats_vs_dogs.teach.frames import answering
from app.lessons.cats_vs_dogs.teach.live import TaughtCameraQuestion, camera_answer
from app.lessons.cats_vs_dogs.teach.situation import situation
from app.live.messages import Reader, RefusedError
from app.networks.settings import as_input
from cnn_core.errors import CnnCoreError
from cnn_core.samples import load_sample
from tests.app.guide.drawn import sample


def question(owner: str, pixels: np.ndarray) -> TaughtCameraQuestion:
    packed = io.BytesIO()
    Image.fromarray(pixels).save(packed, "PNG")
    return TaughtCameraQuestion(sequence=3, token="t", owner=owner, picture=packed.getvalue())


def test_the_answer_is_the_heads():
    on, mine = situation({}, sample("mandrill")), TaughtCollection()
    mine.answering = answering(on)
    pixels = load_sample("brick")[:200, :300]
    header, blobs = unpack(camera_answer(question(mine.owner, pixels)))
    assert header["sequence"] == 3
    asked = asked_picture(as_input(pixels))
    expected = on.head.probabilities(asked.features)
    assert [bar["share"] for bar in header["bars"]] == pytest.approx(expected.tolist(), abs=1e-3)
    assert set(blobs) == {"view", "map"}


def test_without_a_head_only_the_picture_comes_back():
    mine = TaughtCollection()
    header, blobs = unpack(camera_answer(question(mine.owner, np.full((1, 1, 3), 9, np.uint8))))
    assert (header["bars"], set(blobs)) == ([], {"view"})


def test_a_head_is_asked_by_its_owner_only():
    mine = TaughtCollection()
    mine.add("0", taught_picture(load_sample("cat"), "cat"))
    with pytest.raises(CnnCoreError, match="session is gone"):
        camera_answer(question("x" * 22, load_sample("cat")[:9, :9]))


def test_what_is_no_picture_is_refused():
    mine = TaughtCollection()
    wrong = TaughtCameraQuestion(sequence=1, token="t", owner=mine.owner, picture=b"no")
    with pytest.raises(CnnCoreError):
        camera_answer(wrong)


def test_an_owner_is_a_name():
    reader = Reader([TaughtCameraQuestion])
    text = '{"kind": "taught_camera", "sequence": 1, "token": "t", "owner": "short"}'
    with pytest.raises(RefusedError, match="16 to 64 letters"):
        reader.read(text, None)
