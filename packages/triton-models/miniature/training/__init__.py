"""What the trainings of all models share: scenes, checkpoints, metrics, and how weights are published."""

from .curves import draw_curves
from .publish import publish
from .release import release_weights
from .run import Run
from .scenes import TrainingScenes

__all__ = ["Run", "TrainingScenes", "draw_curves", "publish", "release_weights"]
