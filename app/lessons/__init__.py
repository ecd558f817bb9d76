"""One lesson each; `show()` reads from top to bottom."""
