"""What the trainings of all models share: scenes, checkpoints, metrics, and how weights are published."""

from .curves import draw_curves
from .publish import WEIGHTS, publish
from .run import Run
from .scenes import TrainingScenes

__all__ = ["WEIGHTS", "Run", "TrainingScenes", "draw_curves", "publish"]
