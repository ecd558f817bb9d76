"""Training of the Fashion-MNIST networks, and what is recorded of it."""
