"""Tells a person, or a program (JSON lines), how a pull goes."""

import json
import sys
import time

from .faults import readable

_PROGRAM_S = 0.25
_PERSON_S = 5.0


class Report:
    """`as_json`: the lines that `pull` describes; else sentences."""

    def __init__(self, as_json: bool):
        self._json = as_json
        self._shown: dict[tuple[str, str], tuple[float, int]] = {}

    def event(self, kind: str, **fields: object) -> None:
        if self._json:
            self._line(json.dumps({"event": kind, **fields}))
        elif text := _SENTENCES[kind](fields):
            self._line(text)

    def progress(self, model: str, phase: str, done: int, total: int) -> None:
        """Shown now and then, and once when it is through."""
        now, key = time.monotonic(), (model, phase)
        # What takes a moment only is not worth a sentence.
        shown_at, shown = self._shown.setdefault(key, (0.0 if self._json else now, -1))
        pause = _PROGRAM_S if self._json else _PERSON_S
        if done == shown or (done < total and now - shown_at < pause):
            return
        self._shown[key] = (now, done)
        self.event("progress", model=model, phase=phase, bytes=done, total=total)

    def _line(self, text: str) -> None:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()


def _plan(fields: dict) -> str:
    lines = [_planned(model) for model in fields["models"]]
    lines.append(
        f"To fetch: {readable(fields['bytes_to_fetch'])} of {readable(fields['bytes'])}; "
        f"free on the disk of {fields['cache']}: {readable(fields['free_bytes'])}."
    )
    return "\n".join(lines)


def _planned(model: dict) -> str:
    if model["state"] == "folder":
        return f"{model['model']:<6} {model['id']}: your folder"
    commit = f"{model['revision'][:12]} ({model['revision_from']})" if model["revision"] else "newest commit"
    size = readable(model["bytes"]) + (" or so" if model["bytes_from"] == "catalogue" else "")
    notes = [f"{model['licence'] or 'unknown licence'}: {model['licence_means'] or 'see its page.'}"]
    if model["gated"]:
        notes.append(f"Gated: accept the licence on {model['gate_url']}.")
    if model["remote_code"]:
        notes.append("Brings Python that runs in the server.")
    if caution := model["caution"]:
        notes.append(f"But {caution['means']} Without that: {caution['setting']} ({readable(caution['bytes'])}).")
    return f"{model['model']:<6} {model['id']} @ {commit}, {size}, {model['state']}\n       {' '.join(notes)}"


def _progress(fields: dict) -> str:
    verb = "verifying" if fields["phase"] == "verify" else "fetching"
    share = 100 * fields["bytes"] // max(fields["total"], 1)
    return f"{fields['model']}: {verb} {readable(fields['bytes'])} of {readable(fields['total'])} ({share} %)"


def _done(fields: dict) -> str:
    here = [model["model"] for model in fields["models"] if model["state"] in ("complete", "folder")]
    if not fields["ok"]:
        return "Not all weights are here."
    return f"Here: {', '.join(here)}." if len(here) == len(fields["models"]) else "Nothing was fetched."


_SENTENCES = {
    "plan": _plan,
    "question": lambda fields: f"{fields['text']} [yes/no]",
    "progress": _progress,
    "fetched": lambda fields: f"{fields['model']}: fetched {readable(fields['bytes'])} in {fields['seconds']:.0f} s",
    "error": lambda fields: f"{fields['model'] or 'error'}: {fields['message']}",
    "done": _done,
}
