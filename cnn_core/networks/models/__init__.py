"""The networks that can be loaded."""
