"""What can go wrong with a pull, each with a code that does not change and what to do about it."""

import errno

import httpx2
from huggingface_hub.errors import (
    FileMetadataError,
    GatedRepoError,
    HfHubHTTPError,
    LocalEntryNotFoundError,
    OfflineModeIsEnabled,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)

from .catalogue import HUB

_TOKENS = f"{HUB}/settings/tokens"
_LOGIN = "set HF_TOKEN or run `hf auth login`"


class PullError(Exception):
    """`code`: see `pull`. `fatal`: the other models cannot be fetched either."""

    def __init__(self, code: str, message: str, url: str | None = None, fatal: bool = False, retryable: bool = False):
        super().__init__(message)
        self.code = code
        self.url = url
        self.fatal = fatal
        self.retryable = retryable


class UnreachableError(Exception):
    """The hub did not answer in time."""


def pull_error(
    error: BaseException, name: str, id: str, revision: str | None, has_token: bool, started: bool
) -> PullError:
    """What `error`, raised by the hub's client, means for the model. `started`: the hub could be reached before."""
    if isinstance(error, PullError):
        return error
    if isinstance(error, GatedRepoError):
        return not_let_in(id, has_token)
    if isinstance(error, HfHubHTTPError):
        return _answered(error, name, id, revision, has_token)
    if isinstance(error, OfflineModeIsEnabled):
        return offline_mode()
    # The client hides a broken connection behind the files that it then does not find in the cache.
    if isinstance(error, (UnreachableError, httpx2.TransportError, LocalEntryNotFoundError)):
        return _no_connection(error, started)
    if isinstance(error, OSError):
        return _system(error)
    text = str(error).strip().split("\n")[0][:200]
    return PullError("unexpected", f"{id} could not be fetched: {type(error).__name__}: {text}", retryable=True)


def not_let_in(id: str, has_token: bool) -> PullError:
    page = f"{HUB}/{id}"
    if not has_token:
        return PullError(
            "gated-no-token",
            f"{id} is given only to those who accept its licence: accept it on {page}, make a token that may read "
            f"on {_TOKENS}, then {_LOGIN}.",
            page,
        )
    return PullError(
        "gated-not-accepted",
        f"The account of your token may not fetch {id} yet: accept the licence on {page}, and if the token is a "
        "fine-grained one, let it read gated repositories.",
        page,
    )


def offline_mode() -> PullError:
    return PullError(
        "offline",
        "Weights are missing and HF_HUB_OFFLINE is set: unset it, or copy the hub's cache folder from another machine.",
        fatal=True,
    )


def disk_full(needed: int, free: int, folder: object) -> PullError:
    return PullError(
        "disk-full",
        f"The weights need {readable(needed)} and the disk of {folder} has {readable(free)} free: "
        "make room, or set HF_HOME to a folder on another disk.",
        fatal=True,
    )


def readable(size: float) -> str:
    for unit, name in ((1e9, "GB"), (1e6, "MB")):
        if size >= unit / 10:
            return f"{size / unit:.1f} {name}"
    return f"{size / 1e3:.0f} kB"


def _answered(error: HfHubHTTPError, name: str, id: str, revision: str | None, has_token: bool) -> PullError:
    status = error.response.status_code
    if isinstance(error, RevisionNotFoundError):
        return PullError(
            "revision-not-found",
            f"{id} has no commit {revision}: choose one on {HUB}/{id}/commits/main and set "
            f"ATELIER_{name.upper()}_REVISION to it.",
            f"{HUB}/{id}/commits/main",
        )
    if status == 401 and has_token:
        return PullError(
            "token-wrong",
            f"The hub does not know your token: make one that may read on {_TOKENS}, then {_LOGIN}.",
            _TOKENS,
        )
    if isinstance(error, RepositoryNotFoundError) or status in (401, 403, 404):
        hint = "or your token may not read it" if has_token else f"or it is private: then {_LOGIN}"
        return PullError(
            "not-found", f"The hub has no {id}, {hint}. ATELIER_{name.upper()}_MODEL names another one.", f"{HUB}/{id}"
        )
    what = "asks to slow down" if status == 429 else f"answers with an error of its own ({status})"
    return PullError("hub-error", f"The hub {what}: pull again in a few minutes.", retryable=True)


def _no_connection(error: BaseException, started: bool) -> PullError:
    if isinstance(error.__cause__, HfHubHTTPError):
        return PullError("hub-error", "The hub answers with an error of its own: pull again later.", retryable=True)
    if isinstance(error.__cause__, FileMetadataError):
        return PullError("hub-error", "What answers is not a hub: check HF_ENDPOINT and the proxy.", fatal=True)
    if started:
        return PullError(
            "connection-lost",
            "The connection to the hub broke: pull again, files that are finished are kept.",
            fatal=True,
            retryable=True,
        )
    return PullError(
        "offline",
        f"The hub ({HUB}, or what HF_ENDPOINT names) cannot be reached: check the network or the proxy (HTTPS_PROXY).",
        fatal=True,
        retryable=True,
    )


def _system(error: OSError) -> PullError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return PullError(
            "disk-full", "The disk is full: make room, or set HF_HOME to a folder on another disk.", fatal=True
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST):
        where = error.filename or "the cache folder"
        return PullError(
            "not-writable", f"{where} may not be written to: set HF_HOME to a folder of yours.", fatal=True
        )
    if "Consistency check failed" in str(error):
        return PullError(
            "connection-lost", "A file arrived cut off: pull again, files that are finished are kept.", retryable=True
        )
    return PullError("unexpected", f"{type(error).__name__}: {error.strerror or str(error)[:200]}")
