"""`python -m miniature.cards` writes the model cards and the table of figures in the package's README."""

from .write import write_cards

if __name__ == "__main__":
    write_cards()
