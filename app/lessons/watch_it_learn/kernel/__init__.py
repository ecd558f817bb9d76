"""The view kernel of Watch it learn."""
