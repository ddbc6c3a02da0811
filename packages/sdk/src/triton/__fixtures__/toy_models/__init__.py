"""What the test models can do: they look at, flood and paint pictures of coloured shapes on a plain background."""
