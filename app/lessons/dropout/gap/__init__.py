"""The view "What it is for" of Dropout."""
