"""The view "Masks as doubt" of Dropout."""
