"""ONNX files of the models whose shapes allow it: `python -m atelier_models.export`."""
