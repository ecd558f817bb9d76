"""Pictures are numbers."""
