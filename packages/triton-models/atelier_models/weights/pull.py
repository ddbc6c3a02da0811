"""
Fetches the weights of the models from the Hugging Face hub into its shared cache:

    python -m atelier_models.weights.pull [--models owlv2,sam] [--json] [--yes] [--dry-run] [--verify]

Without `--models`: all five. Which weights: the settings (`ATELIER_OWLV2_MODEL`, `ATELIER_OWLV2_REVISION`; the profile
is ignored, since a pull is always about the full one). The token is the hub's own (`HF_TOKEN` or `hf auth login`); it
is never printed. What is whole in the cache is not asked for again, so a second pull works offline. An interrupted pull
keeps the files that are finished; a broken connection is taken up again in the middle of a file.
`--dry-run`: the plan alone; whether a gated repository lets the token in is not tried. `--verify`: first every byte in
the cache is compared with the hub's checksums, and damaged files are fetched again. Without `--yes` the person is asked
before anything is fetched or thrown away.

Exit status: 0 all is here (or, with `--dry-run`, was planned); 1 something is not, and `error` events said what;
2 wrong arguments; 130 interrupted.

With `--json`, standard output is one JSON object a line, flushed at once; nothing else is written there. Texts are
UTF-8 without control characters, meant to be shown as they are. Sizes are bytes. A field that has no value is null;
none is left out. Readers ignore events and fields that they do not know. The order:

    progress (phase verify)* , error*, plan, [question], (progress* , fetched | error)*, done

{"event": "plan", "models": [PLANNED, ...], "bytes": n, "bytes_to_fetch": n, "free_bytes": n, "cache": path}
    Once, unless a fault of the whole run came before. `bytes`: of all models; `free_bytes`: on the disk of `cache`.
    Models that cannot be fetched (an `error` with their name came before) are not in it.
    PLANNED = {
      "model": "owlv2", "id": "google/owlv2-base-patch16-ensemble",
      "revision": 40 hexadecimal digits, null for a folder of the person's,
      "revision_from": "settings" | "lock" | "catalogue" | "main" (the newest now; locked when confirmed) | null,
      "state": "complete" (nothing to do) | "partial" (some files are here) | "missing" | "damaged" | "folder",
      "bytes": n, "bytes_to_fetch": n (0 when complete), "files": n,
      "bytes_from": "hub" | "cache" | "catalogue" (dry run without the hub: about; `files` is 0) | null (folder),
      "licence": "apache-2.0" or a name or null (unknown), "licence_means": one sentence or null,
      "licence_url": url or null, "gated": bool, "gate_url": url or null (where the licence is accepted),
      "remote_code": bool (Python of the repository runs in the server: worth saying before asking),
      "caution": as `check` has it (worth saying too)
    }
{"event": "question", "text": "Fetch 2.1 GB?"}
    Without `--yes`, when there is something to fetch, or code whose commit nobody has confirmed on this machine. The
    answer is one line on standard input: `yes` or `y` goes on with exactly the commits of the plan; all else, or its
    end, is the error `not-confirmed`.
{"event": "progress", "model": "owlv2", "phase": "fetch" | "verify", "bytes": n, "total": n}
    At most four a second; the last one of a phase that succeeded has bytes = total. `bytes` of `fetch` begins at what
    is here already, never falls, and never passes `total`.
{"event": "fetched", "model": "owlv2", "id": ..., "revision": ..., "folder": path, "bytes": n, "seconds": number}
    This model is here, and was looked through: sizes, headers, every part of the index. Not for complete ones.
{"event": "error", "code": CODE, "message": sentences with what to do, "model": "sd3" | null, "id": ... | null,
 "url": page to open | null, "retryable": bool}
    With a model: the other models go on. Without one: the run ends, and `done` follows. CODE:
    gated-no-token       the licence must be accepted (`url`), and no token is there
    gated-not-accepted   the account of the token has not accepted the licence (`url`), or was not let in yet
    token-wrong          the hub does not know the token (`url`: where tokens are made)
    not-found            no such repository, or it is private
    revision-not-found   no such commit in it
    not-weights          the repository has no weights in a form that is read here, or parts of them are missing
    offline              HF_HUB_OFFLINE is set or the hub cannot be reached: said within 10 seconds
    connection-lost      it could be reached, then not any more; the next pull goes on where this one stopped
    hub-error            the hub answers with a fault of its own, or too many requests
    damaged              files differ from the hub's (`--verify --dry-run`, or still so after fetching)
    disk-full            said before the fetch, or when it happens
    not-writable         the cache folder may not be written to
    settings             a setting cannot be used
    not-confirmed        the question was not answered with yes
    interrupted          Ctrl-C or SIGTERM; the next pull goes on where this one stopped
    unexpected           anything else, with the words of the hub's client
{"event": "done", "ok": bool, "models": [{"model": ..., "id": ..., "revision": ... | null, "folder": path | null,
 "state": "complete" | "folder" | "planned" (dry run, something to fetch) | "failed"}, ...], "seconds": number}
    Always the last line, in the order of `--models`; `ok` is the exit status 0.
"""

import argparse
import os
import signal

from huggingface_hub.utils import disable_progress_bars, logging

from ..settings import SETTINGS
from .chosen import model_names
from .faults import PullError
from .fetch import drop_unfinished
from .report import Report
from .run import Pull


def main(arguments: list[str] | None = None) -> int:
    """The exit status. See the top of this file."""
    parser = argparse.ArgumentParser("atelier_models.weights.pull", description="Fetches the weights of the models.")
    parser.add_argument("--models", type=model_names, default=list(SETTINGS), help="such as owlv2,sam; all if left out")
    parser.add_argument("--json", action="store_true", help="JSON lines instead of sentences")
    parser.add_argument("--yes", action="store_true", help="fetches without asking")
    parser.add_argument("--dry-run", action="store_true", help="says what would be fetched")
    parser.add_argument("--verify", action="store_true", help="compares every byte with the hub's checksums")
    options = parser.parse_args(arguments)
    # Both would write between our lines.
    disable_progress_bars()
    logging.set_verbosity_error()
    signal.signal(signal.SIGTERM, _interrupt)
    pull = Pull(options.models, Report(options.json), options.yes, options.dry_run, options.verify)
    try:
        pull.run()
    except PullError as error:
        pull.error(error)
    except KeyboardInterrupt:
        drop_unfinished()
        text = "Stopped; files that are finished are kept, and the next pull goes on with the others."
        pull.error(PullError("interrupted", text, retryable=True))
        pull.done()
        return 130
    return 0 if pull.done() else 1


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    try:
        status = main()
    except BrokenPipeError:
        # Nobody listens any more.
        drop_unfinished()
        status = 1
    # Not `sys.exit`: that would wait for downloads that were given up.
    os._exit(status)
