"""What a file says of itself beside its pixels: how many frames it has, how many bits a value."""

from PIL import ImageFile

from cnn_core.images.formats import MOST_BLOCKS

_IMAGE, _EXTENSION, _END = 0x2C, 0x21, 0x3B
_TIFF_BITS_PER_SAMPLE = 258


def frame_count(picture: ImageFile.ImageFile, data: bytes) -> int | None:
    """Count the frames of an animation; 1 for a still picture, None for too many pieces to count.

    Pages of a TIFF file and further pictures in a HEIC file are no frames.
    """
    if picture.format == "GIF":
        return _gif_frames(data)
    if picture.format in ("PNG", "WEBP", "AVIF"):
        return int(getattr(picture, "n_frames", 1))
    return 1


def bits_of(picture: ImageFile.ImageFile, data: bytes) -> int:
    """Read how many bits each value has, the largest number where channels differ."""
    if picture.format == "PNG":
        return data[24]
    if picture.format == "TIFF":
        bits = getattr(picture, "tag_v2", {}).get(_TIFF_BITS_PER_SAMPLE, 8)
        given = bits if isinstance(bits, tuple) else (bits,)
        return max((one for one in given if isinstance(one, int)), default=8)
    if picture.format == "HEIF":
        return int(picture.info.get("bit_depth", 8))
    return 8


def _gif_frames(data: bytes) -> int | None:
    """Count image descriptors, passing over what belongs to them; a cut-off file ends the count.

    Pillow would read the whole file again for it, with the time that a decoder is given.
    """
    position, frames, blocks = 13 + _color_table(data[10]), 0, 0
    try:
        while data[position] != _END:
            if data[position] == _IMAGE:
                frames += 1
                position += 11 + _color_table(data[position + 9])
            elif data[position] == _EXTENSION:
                position += 2
            else:
                break
            while length := data[position]:
                position += length + 1
                blocks += 1
                if blocks > MOST_BLOCKS:
                    return None
            position += 1
    except IndexError:
        pass
    return max(1, frames)


def _color_table(flags: int) -> int:
    """Return the length in bytes of the color table that these flags announce."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0
