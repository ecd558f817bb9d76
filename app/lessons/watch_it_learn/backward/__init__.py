"""The view backward of Watch it learn."""
