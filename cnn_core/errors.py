"""The errors learners can cause; every message is a full sentence that says what to change."""


class CnnCoreError(ValueError):
    """Something asked of `cnn_core` does not fit; the message tells a learner what to change."""


class ImageError(CnnCoreError):
    """A file cannot be used as a picture."""


class DataMissingError(CnnCoreError):
    """A data set or a weights file is not where it was looked for."""
