"""The view "Masks" of Dropout."""
