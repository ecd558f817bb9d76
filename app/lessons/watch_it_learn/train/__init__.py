"""The view train of Watch it learn."""
