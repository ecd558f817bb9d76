"""The view epochs of Watch it learn."""
