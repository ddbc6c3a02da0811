"""Cuts out what points and boxes lead to: encodes a picture once, prompts it many times."""

import hashlib
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy
import torch
from PIL import Image

from ..errors import BadInputError, NotCachedError
from ..pictures import decode_picture, encode_png
from ..recently_used import RecentlyUsed
from ..settings import SamSettings
from ..weights.locate import weights_folder
from .embedding import Embedding
from .families import SamFamily, load_family
from .frame import Frame
from .masks import clean, encode_mask
from .prompt_batch import PromptBatch
from .prompts import Prompt, within
from .request import SegmentRequest

# A pass of the decoder copies the embedding for each prompt, and its attention grows with them.
_PROMPTS_AT_ONCE = 32
# Pixels of masks that are upscaled together: as float32 numbers 256 MB.
_PIXELS_AT_ONCE = 64 * 2**20


@dataclass(frozen=True)
class Segmentation:
    """
    One element for each prompt, in their order.

    masks: PNGs of one channel in the picture's size, 255 on the thing and 0 elsewhere.
    scores: [n] float32, the model's own estimates of the masks' IoU.
    """

    masks: list[bytes]
    scores: numpy.ndarray


@dataclass(frozen=True)
class _Job:
    """One prompt of the request number `request`, within its picture, on that picture's embedding."""

    request: int
    prompt: Prompt
    embedding: Embedding


class Segmenter:
    """
    Which of the decoder's masks is given: for one point alone the best of three by the estimate of its IoU, since a
    point on a shirt may mean the shirt or the person. Everything else (a box, several points, both) says clearly
    enough what is meant; there the decoder's single mask is better, as section 3 of the paper ("resolving ambiguity"),
    segment-anything's predictor and the one of SAM 2 recommend. SAM 2 itself falls back to the best of three where its
    single mask is not stable.
    """

    def __init__(self, family: SamFamily, settings: SamSettings) -> None:
        self._family = family
        self.settings = settings
        self._threads = ThreadPoolExecutor(max_workers=min(8, os.cpu_count() or 1), thread_name_prefix="sam")
        self.cache: RecentlyUsed[str, Embedding] = RecentlyUsed(settings.cache_bytes, lambda kept: kept.nbytes)

    def run(self, requests: list[SegmentRequest]) -> list[Segmentation | Exception]:
        """
        The result of each request, or why it has none: `NotCachedError` where a picture is neither sent nor kept,
        `BadInputError` where it cannot be decoded or a prompt lies outside. New pictures of all requests are encoded
        together, each once; all their prompts are decoded together.
        """
        embeddings = self._embeddings(requests)
        outcomes: list[Segmentation | Exception] = []
        jobs: list[_Job] = []
        for index, request in enumerate(requests):
            found = embeddings[request.key]
            try:
                if isinstance(found, Exception):
                    raise found
                fitting = [within(prompt, found.frame.width, found.frame.height) for prompt in request.prompts]
            except (BadInputError, NotCachedError) as error:
                outcomes.append(error)
                continue
            jobs += [_Job(index, prompt, found) for prompt in fitting]
            outcomes.append(Segmentation([], numpy.zeros(0, dtype=numpy.float32)))
        return self._collected(outcomes, jobs, self._segment(jobs))

    def warm_up(self) -> None:
        """
        Runs everything once, and leaves nothing in the cache. With two pictures after one: a compiled encoder then
        knows that their number varies, and no request has to wait for the compiler.
        """
        kept, self.cache = self.cache, RecentlyUsed(0)
        point = Prompt(numpy.full((1, 2), 20, dtype=numpy.float32), numpy.ones(1, dtype=numpy.int64), None)
        box = Prompt(point.points[:0], point.labels[:0], numpy.array([10, 10, 50, 40], dtype=numpy.float32))
        requests = []
        for grey in (0, 255):
            data = encode_png(numpy.full((64, 96, 3), grey, dtype=numpy.uint8))
            requests.append(SegmentRequest(hashlib.sha256(data).hexdigest(), data, [point, box]))
        for outcome in self.run(requests[:1]) + self.run(requests):
            if isinstance(outcome, Exception):
                raise outcome
        self.cache = kept

    def _embeddings(self, requests: list[SegmentRequest]) -> dict[str, Embedding | Exception]:
        """The embedding of each key, kept or new, or why there is none."""
        found: dict[str, Embedding | Exception] = {}
        new: dict[str, bytes] = {}
        for request in requests:
            kept = self.cache.get(request.key)
            if kept is not None:
                found[request.key] = kept
            elif request.data:
                new[request.key] = request.data
        found.update(self._encode(new))
        for request in requests:
            found.setdefault(request.key, _not_cached(request.key))
        return found

    def _encode(self, new: dict[str, bytes]) -> dict[str, Embedding | Exception]:
        found: dict[str, Embedding | Exception] = {}
        ready: list[tuple[str, Frame, numpy.ndarray]] = []
        for key, outcome in zip(new, self._threads.map(self._prepare, new.values()), strict=True):
            if isinstance(outcome, Exception):
                found[key] = outcome
            else:
                ready.append((key, *outcome))
        for chunk in _chunks(ready, self.settings.encode_at_once):
            features = self._family.encode([pixels for _, _, pixels in chunk])
            for (key, frame, _), maps in zip(chunk, features, strict=True):
                found[key] = Embedding(maps, frame)
                self.cache.put(key, found[key])
        return found

    def _prepare(self, data: bytes) -> tuple[Frame, numpy.ndarray] | BadInputError:
        """Decoding and resizing: Pillow's work, which runs in several threads at a time."""
        try:
            picture: Image.Image = decode_picture(data, "IMAGE", self.settings.picture_limits)
        except BadInputError as error:
            return error
        frame = self._family.frame(picture.size)
        return frame, frame.resize(picture)

    def _segment(self, jobs: list[_Job]) -> list[tuple[bytes, float]]:
        """
        (PNG, score) of each job. Only prompts of one shape share a pass: padding tokens would take part in the
        attention, and a mask would depend on what else was asked at the same time.
        """
        results: list[tuple[bytes, float] | None] = [None] * len(jobs)
        shapes: dict[tuple[int, bool], list[int]] = {}
        for index, job in enumerate(jobs):
            shapes.setdefault(job.prompt.shape, []).append(index)
        for shape, members in shapes.items():
            for chunk in _chunks(members, _PROMPTS_AT_ONCE):
                logits, scores = self._decode([jobs[index] for index in chunk], multimask=shape == (1, False))
                pngs = self._pngs(logits, [jobs[index].embedding.frame for index in chunk])
                for index, png, score in zip(chunk, pngs, scores, strict=True):
                    results[index] = (png, score)
        return results

    def _decode(self, jobs: list[_Job], multimask: bool) -> tuple[torch.Tensor, list[float]]:
        """The logits [n, height, width] of the best mask of each job, and its score."""
        frames = [job.embedding.frame for job in jobs]
        prompts = PromptBatch.of([job.prompt for job in jobs], frames, self.settings.device)
        logits, scores = self._family.decode([job.embedding.features for job in jobs], prompts, multimask)
        best = scores.argmax(dim=1)
        rows = torch.arange(len(jobs), device=best.device)
        return logits[rows, best], scores[rows, best].tolist()

    def _pngs(self, logits: torch.Tensor, frames: list[Frame]) -> Iterable[bytes]:
        """Upscaled few at a time; while one is encoded the next are computed."""
        pending = []
        for frame in dict.fromkeys(frames):
            members = [index for index, other in enumerate(frames) if other == frame]
            for chunk in _chunks(members, max(1, _PIXELS_AT_ONCE // (frame.width * frame.height))):
                masks = (self._family.upscale(logits[chunk], frame) > 0).cpu().numpy()
                pending += [
                    (index, self._threads.submit(self._png, mask)) for index, mask in zip(chunk, masks, strict=True)
                ]
        return [future.result() for _, future in sorted(pending, key=lambda entry: entry[0])]

    def _png(self, mask: numpy.ndarray) -> bytes:
        return encode_mask(clean(mask, self.settings.smallest_part))

    def _collected(
        self, outcomes: list[Segmentation | Exception], jobs: list[_Job], results: list[tuple[bytes, float]]
    ) -> list[Segmentation | Exception]:
        of_request: dict[int, list[tuple[bytes, float]]] = {}
        for job, result in zip(jobs, results, strict=True):
            of_request.setdefault(job.request, []).append(result)
        for index, answers in of_request.items():
            masks, scores = zip(*answers, strict=True)
            outcomes[index] = Segmentation(list(masks), numpy.array(scores, dtype=numpy.float32))
        return outcomes


def load(settings: SamSettings) -> Segmenter:
    """The segmenter with the weights of the settings. Raises `SettingsError` when they cannot be used."""
    return Segmenter(load_family(weights_folder("sam", settings), settings), settings)


def _not_cached(key: str) -> NotCachedError:
    return NotCachedError(f"image-not-cached: there is no picture with the key {key}; send it again.")


def _chunks(items: list, size: int) -> Iterable[list]:
    return (items[start : start + size] for start in range(0, len(items), size))
