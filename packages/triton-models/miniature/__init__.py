"""Small instances of the served classes, and Blockworld, the world of coloured shapes that they know."""
