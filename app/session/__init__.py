"""What belongs to a visitor: settings and the link, the picture in use, shared pieces of a page."""
