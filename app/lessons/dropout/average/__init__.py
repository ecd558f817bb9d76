"""The view "Two conventions" of Dropout."""
