"""The gray square in the link, and where it may lie."""

import pytest

from app.networks.square import Square, read_square, square_fits
from cnn_core.errors import CnnCoreError


def test_a_square_is_read_from_the_link_or_refused() -> None:
    assert read_square("") is None
    assert read_square("1,2,3") == Square(top=1, left=2, side=3)
    for wrong in ("1,2", "a,b,c", "1,2,0", "-1,2,3"):
        with pytest.raises(CnnCoreError):
            read_square(wrong)


def test_a_square_fits_where_it_covers_nothing_beyond_the_picture() -> None:
    assert square_fits(Square(top=20, left=20, side=8), (28, 28))
    assert not square_fits(Square(top=21, left=20, side=8), (28, 28))
    assert not square_fits(Square(top=0, left=0, side=9), (28, 8))
