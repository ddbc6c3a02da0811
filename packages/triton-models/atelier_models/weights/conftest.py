"""A machine with a small hub beside it, for the tests of pulling."""

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from huggingface_hub import constants

from . import check, pull
from .small_hub import SmallHub

PACKAGE = Path(__file__).resolve().parents[2]


@dataclass
class Machine:
    """A machine with a hub's cache of its own, on which the commands run as a person runs them."""

    hub: SmallHub
    home: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def cache(self) -> Path:
        return self.home / "hub"

    def settings(self, **environment: str) -> dict[str, str]:
        """Nothing of the person who runs the tests: no token, no proxy, no settings."""
        inherited = {key: os.environ[key] for key in ("PATH", "LD_LIBRARY_PATH") if key in os.environ}
        ours = {"HOME": str(self.home), "HF_HOME": str(self.home), "HF_ENDPOINT": self.hub.url}
        fixed = {"HF_HUB_DISABLE_XET": "1", "PYTHONDONTWRITEBYTECODE": "1"}
        return {**inherited, **ours, **fixed, **self.environment, **environment}

    def start(self, command: str, *arguments: str, **environment: str) -> subprocess.Popen:
        """As a process of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", f"atelier_models.weights.{command}", *arguments],
            cwd=PACKAGE,
            env=self.settings(**environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    @contextlib.contextmanager
    def here(self, **environment: str):
        """This process on that machine: the hub's client reads its environment once, when it is imported."""
        settings = self.settings(**environment)
        with pytest.MonkeyPatch.context() as patch:
            for key in list(os.environ):
                patch.delenv(key)
            for key, value in settings.items():
                patch.setenv(key, value)
            patch.setattr(constants, "HF_HUB_CACHE", str(self.cache))
            patch.setattr(constants, "HF_TOKEN_PATH", str(self.home / "token"))
            patch.setattr(constants, "HF_HUB_OFFLINE", settings.get("HF_HUB_OFFLINE") == "1")
            patch.setattr(constants, "HF_HUB_DISABLE_XET", True)
            patch.setattr(constants, "ENDPOINT", settings["HF_ENDPOINT"])
            template = settings["HF_ENDPOINT"] + "/{repo_id}/resolve/{revision}/{filename}"
            patch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
            yield

    def pull(self, *arguments: str, answer: str = "", **environment: str) -> "Pulled":
        status, output = self._run(pull.main, ["--json", *arguments], answer, environment)
        return Pulled(status, [json.loads(line) for line in output.splitlines()])

    def check(self, *arguments: str, **environment: str) -> dict:
        status, output = self._run(check.main, ["--json", *arguments], "", environment)
        (line,) = output.splitlines()
        told = json.loads(line)
        assert status == (0 if told["ok"] else 1)
        return told

    def _run(self, main, arguments: list[str], answer: str, environment: dict[str, str]) -> tuple[int, str]:
        output = io.StringIO()
        terminated = signal.getsignal(signal.SIGTERM)
        try:
            with self.here(**environment), contextlib.redirect_stdout(output), pytest.MonkeyPatch.context() as patch:
                patch.setattr("sys.stdin", io.StringIO(answer))
                return main(arguments), output.getvalue()
        finally:
            signal.signal(signal.SIGTERM, terminated)

    def snapshot(self, id: str) -> Path:
        return self.cache / f"models--{id.replace('/', '--')}" / "snapshots" / self.hub.repos[id].commit

    def files(self, id: str) -> set[str]:
        folder = self.snapshot(id)
        return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}

    def leftovers(self) -> list[str]:
        return [path.name for path in self.cache.rglob("*") if path.name.endswith((".incomplete", ".tmp"))]


@dataclass
class Pulled:
    status: int
    events: list[dict]

    def of(self, kind: str) -> list[dict]:
        return [event for event in self.events if event["event"] == kind]

    @property
    def plan(self) -> dict:
        (plan,) = self.of("plan")
        return plan

    @property
    def codes(self) -> list[tuple[str, str | None]]:
        return [(event["code"], event["model"]) for event in self.of("error")]

    @property
    def states(self) -> dict[str, str]:
        return {model["model"]: model["state"] for model in self.events[-1]["models"]}


@pytest.fixture
def hub():
    hub = SmallHub()
    yield hub
    hub.close()


@pytest.fixture
def machine(hub: SmallHub, tmp_path: Path):
    return Machine(hub, tmp_path / "home")
