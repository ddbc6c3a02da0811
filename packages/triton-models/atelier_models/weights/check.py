"""
Says which weights are here, without any network access:

    python -m atelier_models.weights.check [--models owlv2,sam] [--json]

With the same settings as the server: `ATELIER_PROFILE`, `ATELIER_OWLV2_MODEL`, `ATELIER_OWLV2_REVISION`, `HF_HOME`...
Exit status: 0 all are here; 1 some are not; 2 wrong arguments.

With `--json`, standard output is one JSON object on one line:

{"ok": bool, "cache": folder of the hub's cache, "command": "atelier triton pull --models owlv2,sam" | null,
 "models": [{
   "model": "owlv2", "id": "google/owlv2-base-patch16-ensemble",
   "ok": bool,
   "state": "random" (the random profile: weights are made when the model is loaded, if not there yet)
          | "folder" (a folder of the person's) | "complete" | "partial" | "missing" | "damaged" | "settings" (unusable),
   "revision": 40 hexadecimal digits | null, "folder": path | null (where it is, if ok),
   "missing": [file, ...] (what is not here or not whole, as far as it is known),
   "message": one sentence for the person, "" if ok,
   "bytes": about what a pull would fetch, 0 if ok, null if unknown, "gated": bool
 }, ...]}
    `command` fetches what is missing; null if that would not help. In the order of `--models`.
"""
