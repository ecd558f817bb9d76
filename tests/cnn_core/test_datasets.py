import gzip

import numpy as np
import pytest

from cnn_core.datasets import FASHION_CLASSES, load_fashion, read_idx
from cnn_core.errors import DataMissingError


def idx(array: np.ndarray, *, kind: int = 8) -> bytes:
    lengths = b"".join(int(n).to_bytes(4, "big") for n in array.shape)
    return bytes((0, 0, kind, array.ndim)) + lengths + array.astype(np.uint8).tobytes()


def write_fashion(folder, images, labels, *, stem="t10k"):
    (folder / f"{stem}-images-idx3-ubyte").write_bytes(idx(images))
    (folder / f"{stem}-labels-idx1-ubyte").write_bytes(idx(labels))


@pytest.mark.parametrize("shape", [(3,), (2, 3), (2, 3, 4)])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_an_array_comes_back_from_a_plain_or_a_gzipped_file(tmp_path, shape, pack):
    array = np.arange(np.prod(shape), dtype=np.uint8).reshape(shape)
    (tmp_path / "file").write_bytes(pack(idx(array)))
    read = read_idx(tmp_path / "file")
    np.testing.assert_array_equal(read, array)
    assert read.dtype == np.uint8
    assert not read.flags.writeable


whole = idx(np.zeros((2, 3)))


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "nothing"),
        (b"PNG", "not an IDX file"),
        (idx(np.zeros((2, 3)), kind=0x0D), "not an IDX file"),
        (whole[:-1], "damaged"),
        (whole + b"x", "damaged"),
        (whole[:7], "damaged"),
        (bytes((0, 0, 8, 0)), "damaged"),
        (gzip.compress(whole, mtime=0)[:-9], "could not be read"),
        (gzip.compress(whole, mtime=0)[:12] + b"\xff" * 20, "could not be read"),
    ],
)
def test_a_malformed_file_is_refused_with_a_sentence(tmp_path, content, complaint):
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(DataMissingError, match=complaint) as refusal:
        read_idx(tmp_path / "file")
    assert str(refusal.value).endswith(".")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DataMissingError, match="no-such-file"):
        read_idx(tmp_path / "no-such-file")


def test_the_bundled_test_pictures_are_all_ten_thousand_in_ten_equal_classes():
    test = load_fashion("test")
    assert test.images.shape == (10_000, 28, 28)
    np.testing.assert_array_equal(np.bincount(test.labels), [1000] * len(FASHION_CLASSES))


def test_any_directory_with_the_files_will_do(tmp_path):
    images = np.arange(2 * 784, dtype=np.uint8).reshape(2, 28, 28)
    write_fashion(tmp_path, images, np.array([3, 9]), stem="train")
    data = load_fashion("train", directory=tmp_path)
    np.testing.assert_array_equal(data.images, images)
    np.testing.assert_array_equal(data.labels, [3, 9])


def test_an_empty_directory_is_answered_with_what_to_install(tmp_path):
    with pytest.raises(DataMissingError, match="dataset-fashion-mnist") as refusal:
        load_fashion("train", directory=tmp_path)
    assert "any directory with the four IDX files" in str(refusal.value)


@pytest.mark.parametrize(
    ("images", "labels", "complaint"),
    [
        (np.zeros((2, 28, 28)), np.zeros(3), "do not fit together"),
        (np.zeros((2, 28, 27)), np.zeros(2), "do not fit together"),
        (np.zeros((2, 28, 28)), np.array([0, 10]), "go up to 10"),
    ],
)
def test_files_that_do_not_belong_together_are_refused(tmp_path, images, labels, complaint):
    write_fashion(tmp_path, images, labels)
    with pytest.raises(DataMissingError, match=complaint):
        load_fashion("test", directory=tmp_path)
