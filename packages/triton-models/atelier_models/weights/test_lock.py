"""The lock of commits, with several pulls at once."""

import json
import threading

import pytest

from ..errors import SettingsError
from ..settings import Owlv2Settings
from .catalogue import CATALOGUE
from .conftest import Machine
from .lock import Pin, lock, lock_file, locked_revisions, pin_of


def test_pulls_at_once_lose_nothing(machine: Machine):
    with machine.here():
        threads = [threading.Thread(target=lock, args=({f"somebody/{n}": f"{n:040x}"},)) for n in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert locked_revisions() == {f"somebody/{n}": f"{n:040x}" for n in range(16)}
        assert [path.name for path in lock_file().parent.iterdir() if path.is_file()] == ["atelier-weights.json"]


def test_a_spoiled_lock_is_not_overwritten(machine: Machine):
    machine.cache.mkdir(parents=True)
    with machine.here():
        lock_file().write_text("mine")
        with pytest.raises(SettingsError):
            lock({"somebody/x": "0" * 40})
        assert lock_file().read_text() == "mine"


def test_the_settings_before_the_lock_before_the_catalogue(machine: Machine):
    settings = Owlv2Settings()
    with machine.here():
        assert pin_of("owlv2", settings) == Pin(CATALOGUE[settings.model].revision, "catalogue")
        assert pin_of("owlv2", Owlv2Settings(model="somebody/else")) is None
        lock({settings.model: "1" * 40})
        assert pin_of("owlv2", settings) == Pin("1" * 40, "lock")
        assert pin_of("owlv2", Owlv2Settings(revision="2" * 40)) == Pin("2" * 40, "settings")
        assert json.loads(lock_file().read_text()) == {"weights": {settings.model: {"revision": "1" * 40}}}


def test_the_last_confirmed_commit_of_a_repository_stays(machine: Machine):
    with machine.here():
        lock({"somebody/x": "1" * 40, "somebody/y": "3" * 40})
        lock({"somebody/x": "2" * 40})
        assert locked_revisions() == {"somebody/x": "2" * 40, "somebody/y": "3" * 40}
