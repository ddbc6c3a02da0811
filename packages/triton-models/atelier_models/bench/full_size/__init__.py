"""Full-size configurations with random weights: how fast a model is does not depend on what it has learned."""
