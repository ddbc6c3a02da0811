import numpy
import pytest
import torch

from miniature.sam.auxiliary import dense_targets
from miniature.sam.batches import sample_batch
from miniature.sam.evaluate import measure, segmenter_of
from miniature.sam.learner import Learner
from miniature.sam.losses import mask_loss
from miniature.sam.model import initial_model, save
from miniature.sam.train import train
from miniature.training import Run, TrainingScenes


@pytest.fixture(scope="module")
def scenes(tmp_path_factory):
    return TrainingScenes("validation", 6, tmp_path_factory.mktemp("scenes"))


def trained(scenes, folder, minutes=1e9) -> torch.Tensor:
    learner = Learner(initial_model(0))
    run = Run("sam", 3, 0, "cpu", folder, minutes, 10)
    train(run, learner, scenes, batch=2)
    return torch.cat([parameter.detach().flatten() for parameter in learner.model.parameters()])


def test_a_seed_decides_and_a_stop_changes_nothing(scenes, tmp_path):
    torch.manual_seed(0)
    whole = trained(scenes, tmp_path / "whole")
    torch.manual_seed(0)
    for _ in range(3):
        stopped = trained(scenes, tmp_path / "stopped", minutes=0)
    assert torch.equal(stopped, whole)


def test_steps_lower_the_loss(scenes):
    learner = Learner(initial_model(0))
    optimiser = torch.optim.AdamW(learner.parameters(), lr=1e-3)
    losses = []
    for _ in range(4):
        loss = learner(sample_batch(scenes, 2, numpy.random.default_rng(0)), 1.0)["loss"]
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
        losses.append(loss.item())
    assert losses[-1] < 0.8 * losses[0]


def test_production_loads_what_is_saved(tmp_path):
    save(initial_model(0), tmp_path)
    found = measure(segmenter_of(tmp_path), "validation", 2)
    assert 0 <= found["box_iou"] < 0.5 and found["things"] > 0


def test_prompts_are_where_they_say(scenes):
    """Also in mirrored pictures; boxes are the exact ones or near them."""
    for seed in range(4):
        batch = sample_batch(scenes, 6, numpy.random.default_rng(seed))
        for group in batch.groups:
            for picture, thing in numpy.ndindex(*group.things.shape):
                mask = batch.instances[picture] == group.things[picture, thing] + 1
                assert mask.any()
                if group.boxes is not None:
                    rows, columns = mask.nonzero(as_tuple=True)
                    exact = torch.stack([columns.min(), rows.min(), columns.max() + 1, rows.max() + 1])
                    assert (group.boxes[picture, thing] - exact).abs().max() < 10
                if group.points is not None:
                    places = group.points[picture, thing].floor().long()
                    on = mask[places[:, 1], places[:, 0]]
                    assert (on == group.labels[picture, thing].bool()).all()


def test_perfect_masks_cost_nothing():
    truth = torch.zeros(2, 16, 16, dtype=torch.bool)
    truth[:, 4:10, 4:12] = True
    logits = 40 * (torch.nn.functional.avg_pool2d(truth[:, None].float(), 2) - 0.5)
    found = mask_loss(logits, torch.ones(2, 1), truth)
    assert found.iou.tolist() == [1, 1]
    assert found.loss < 0.1 < mask_loss(-logits, torch.ones(2, 1), truth).loss


def test_distances_lead_to_the_middle():
    instances = torch.zeros(1, 32, 32, dtype=torch.int64)
    instances[0, 8:16, 4:12] = 1
    thing, edge, right, down = dense_targets(instances)[0]
    assert thing.sum() == 16 and edge[0].sum() == 0 and edge[3:5].sum() > 0
    assert right[4:8, 2:6].mean().abs() < 1e-6 and right[4, 2] > 0 > right[4, 5]
    assert down[4, 2] > 0 > down[7, 2]
