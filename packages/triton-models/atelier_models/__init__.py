"""The models of Atelier's Triton repository: what `models/*/1/model.py` call, testable without Triton."""
