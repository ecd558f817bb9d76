"""The kernels that a network learned first, beside the ready-made ones of the Kernel lab."""


def kernels_gallery(network: str) -> None:
    """Show the kernels of the first convolution; each can be tried in the Kernel lab."""
