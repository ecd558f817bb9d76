"""The live channel: the socket, the pictures in use and the processes that draw for it."""
