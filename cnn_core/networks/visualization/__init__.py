"""Pictures that show what a unit responds to."""
