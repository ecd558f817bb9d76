"""The pictures that come with the app are there, credited and cannot be spoiled."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from cnn_core import samples
from cnn_core.errors import CnnCoreError, DataMissingError
from cnn_core.images import grayscale
from cnn_core.images.patterns import PATTERNS, draw_pattern
from cnn_core.samples import DEFAULT_SAMPLE, SAMPLES, load_sample

ROOT = Path(__file__).parents[2]
PHOTOGRAPHS = [key for key, sample in SAMPLES.items() if sample.path is not None]


def test_photographs_come_first_and_the_mandrill_is_the_default() -> None:
    assert list(SAMPLES)[: len(PHOTOGRAPHS)] == PHOTOGRAPHS
    assert list(SAMPLES)[len(PHOTOGRAPHS) :] == list(PATTERNS)
    assert PHOTOGRAPHS[0] == DEFAULT_SAMPLE == "mandrill"
    assert "lena" not in SAMPLES
    with pytest.raises(TypeError):
        SAMPLES["new"] = SAMPLES[DEFAULT_SAMPLE]  # type: ignore[index]


@pytest.mark.parametrize("key", SAMPLES)
def test_every_sample_is_a_picture_of_moderate_size(key: str) -> None:
    image = load_sample(key)
    assert image.dtype == np.uint8
    assert image.ndim == 3
    assert image.shape[2] == 3
    assert max(image.shape) <= 512
    assert SAMPLES[key].key == key
    assert SAMPLES[key].note.endswith(".")
    if key in PATTERNS:
        np.testing.assert_array_equal(image, draw_pattern(key))


@pytest.mark.parametrize("key", PHOTOGRAPHS)
def test_photographs_show_something(key: str) -> None:
    image = load_sample(key)
    assert min(image.shape[:2]) >= 300
    assert grayscale(image).std() > 20
    same_channels = (image[..., :1] == image).all()
    assert same_channels == (key in ("camera", "brick"))


def test_a_shared_picture_cannot_be_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        load_sample(DEFAULT_SAMPLE)[0, 0, 0] = 1


def test_every_file_is_credited_and_used() -> None:
    credits = (ROOT / "assets" / "CREDITS.md").read_text(encoding="utf-8")
    files = {path.name for path in samples.FOLDER.iterdir()}
    assert files == {path.name for sample in SAMPLES.values() if (path := sample.path)}
    for name in files:
        assert f"`samples/{name}`" in credits
    assert sum(path.stat().st_size for path in samples.FOLDER.iterdir()) < 3_000_000


def test_an_unknown_sample_is_named() -> None:
    with pytest.raises(CnnCoreError, match=r"'lena'.*mandrill"):
        load_sample("lena")


def test_a_missing_file_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    gone = samples.Sample("gone", "Gone", path=tmp_path / "gone.png", note="Not there.")
    monkeypatch.setattr(samples, "SAMPLES", {"gone": gone})
    with pytest.raises(DataMissingError, match=r"gone\.png"):
        load_sample("gone")


def test_samples_need_no_user_interface() -> None:
    program = "import sys, cnn_core.samples; assert not {'streamlit', 'torch'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT)
