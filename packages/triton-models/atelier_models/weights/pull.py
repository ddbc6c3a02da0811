"""
Fetches the weights of the models from the Hugging Face hub into its shared cache:

    python -m atelier_models.weights.pull [--models owlv2,sam] [--json] [--yes] [--dry-run] [--verify]

Without `--models`: all five. Which weights: the settings (`ATELIER_OWLV2_MODEL`, `ATELIER_OWLV2_REVISION`; the profile
is ignored, since a pull is always about the full one). The token is the hub's own (`HF_TOKEN` or `hf auth login`); it
is never printed. What is whole in the cache is not asked for again, so a second pull works offline.
`--dry-run`: the plan alone. `--verify`: first every byte in the cache is compared with the hub's checksums, and damaged
files are fetched again. Without `--yes` the person is asked before anything is fetched or thrown away.

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
      "bytes": n, "bytes_to_fetch": n (0 when complete), "files": n, "bytes_from": "hub" | "cache" | "catalogue",
      "licence": "apache-2.0" or a name or null (unknown), "licence_means": one sentence,
      "licence_url": url, "gated": bool, "gate_url": url or null (where the licence is accepted),
      "remote_code": bool (Python of the repository runs in the server: worth saying before asking)
    }
{"event": "question", "text": "Fetch 2.1 GB?"}
    Without `--yes`, when there is something to fetch. The answer is one line on standard input: `yes` or `y` goes on
    with exactly the commits of the plan; all else, or its end, is the error `not-confirmed`.
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
{"event": "done", "ok": bool, "models": [{"model": ..., "id": ..., "revision": ... | null, "folder": path | null,
 "state": "complete" | "folder" | "planned" (dry run, something to fetch) | "failed"}, ...], "seconds": number}
    Always the last line, in the order of `--models`; `ok` is the exit status 0.
"""
