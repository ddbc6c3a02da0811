"""For tests: a small Hugging Face hub, the part of its HTTP interface that its client uses, and its faults."""

import contextlib
import hashlib
import json
import socket
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

import numpy
from safetensors.numpy import save

from .catalogue import CATALOGUE

GOOD_TOKEN = "hf_" + "g" * 34


def weights(seed: int = 0, kilobytes: int = 40) -> bytes:
    """A safetensors file."""
    numbers = numpy.random.default_rng(seed).standard_normal(kilobytes * 256).astype(numpy.float32)
    return save({"layer.weight": numbers.reshape(-1, 16)})


def model_files(seed: int = 0, kilobytes: int = 40) -> dict[str, bytes]:
    """A repository as they often are: the same weights in several forms beside what loading needs."""
    return {
        "config.json": b'{"model_type": "small"}',
        "preprocessor_config.json": b"{}",
        "vocab.json": b'{"a": 0}',
        "merges.txt": b"#version: 0.2\n",
        "README.md": b"---\nlicense: apache-2.0\n---\n",
        ".gitattributes": b"*.safetensors filter=lfs\n",
        "model.safetensors": weights(seed, kilobytes),
        "model.fp16.safetensors": weights(seed + 1, kilobytes),
        "pytorch_model.bin": b"pickled" * 100,
        "onnx/model.onnx": b"onnx" * 100,
    }


@dataclass
class Repo:
    """`commit`: what `main` is. `claimed`: sizes that the hub tells instead of the true ones."""

    commit: str
    files: dict[str, bytes]
    gated: bool = False
    licence: str | None = "apache-2.0"
    claimed: dict[str, int] = field(default_factory=dict)


class SmallHub:
    """
    `accepted`: tokens whose account accepted every licence; others in `tokens` have not. `cuts`: file name to the
    bytes after which the connection breaks, one a request. `held`: file name to the event its second half waits for.
    """

    def __init__(self):
        self.repos: dict[str, Repo] = {}
        self.tokens = {GOOD_TOKEN}
        self.accepted: set[str] = set()
        self.cuts: dict[str, list[int]] = {}
        self.failing = False
        self.held: dict[str, threading.Event] = {}
        self.requests: list[tuple[str, str, dict[str, str]]] = []
        self.connections: list[socket.socket] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Questions,), {"hub": self}))
        # Clients that hang up are what is tested, not worth a stack trace.
        self._server.handle_error = lambda *_: None
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def store(self) -> str:
        """Large files are kept on another host, to which no token may go."""
        return f"http://localhost:{self._server.server_port}/store"

    def add(self, id: str, files: dict[str, bytes], **options) -> Repo:
        known = CATALOGUE.get(id)
        commit = known.revision if known and known.revision else hashlib.sha1(id.encode()).hexdigest()
        self.repos[id] = Repo(options.pop("commit", commit), files, **options)
        return self.repos[id]

    def asked(self, method: str, part: str) -> list[dict[str, str]]:
        """The headers, by lower-case names, of the requests whose path contains `part`."""
        return [headers for verb, path, headers in self.requests if verb == method and part in path]

    def close(self) -> None:
        for event in self.held.values():
            event.set()
        self._server.shutdown()
        self._server.server_close()
        for connection in self.connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Replies(BaseHTTPRequestHandler):
    """What goes over the wire, and how the hub's faults break it."""

    hub: SmallHub
    protocol_version = "HTTP/1.1"

    def setup(self):
        super().setup()
        self.hub.connections.append(self.connection)

    def log_message(self, *_):
        pass

    def _bytes(self, path: str, content: bytes, headers: dict[str, str], body: bool):
        start = int((self.headers.get("Range") or "bytes=0-")[6:].rstrip("-"))
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        rest = content[start:]
        cuts = self.hub.cuts.get(path, [])
        most = cuts.pop(0) if body and cuts else len(rest)
        return self._send(206 if start else 200, rest, headers, body, most, self.hub.held.get(path))

    def _json(self, value):
        return self._send(200, json.dumps(value).encode(), {"Content-Type": "application/json"}, True)

    def _fault(self, status: int, code: str | None, text: str):
        headers = {"X-Error-Message": text} | ({"X-Error-Code": code} if code else {})
        return self._send(status, json.dumps({"error": text}).encode(), headers, self.command != "HEAD")

    def _send(self, status, content, headers, body, most=None, held=None):
        self.send_response(status)
        for key, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(key, value)
        self.end_headers()
        if not body:
            return
        most = len(content) if most is None else most
        self.wfile.write(content[:most] if held is None else content[: most // 2])
        self.wfile.flush()
        if held is not None:
            held.wait(30)
            self.wfile.write(content[most // 2 : most])
        if most < len(content):
            self.close_connection = True


class _Questions(_Replies):
    """What is asked for."""

    def do_HEAD(self):
        self._answer(False)

    def do_GET(self):
        self._answer(True)

    def _answer(self, body: bool):
        path = unquote(urlsplit(self.path).path)
        self.hub.requests.append((self.command, path, {key.lower(): value for key, value in self.headers.items()}))
        token = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        if self.hub.failing:
            return self._fault(503, None, "The hub is ill")
        if token and token not in self.hub.tokens:
            return self._fault(401, None, "Invalid credentials in Authorization header")
        if path.startswith("/store/"):
            return self._content(path.rsplit("/", 1)[1], body)
        parts = path.strip("/").split("/")
        if parts[:2] == ["api", "models"]:
            return self._api("/".join(parts[2:4]), parts[4:], token)
        if len(parts) > 3 and parts[2] == "resolve":
            return self._resolve("/".join(parts[:2]), parts[3], "/".join(parts[4:]), token, body)
        return self._fault(404, None, "Nothing here")

    def _api(self, id: str, rest: list[str], token: str):
        repo = self.hub.repos.get(id)
        if repo is None:
            return self._fault(404 if token else 401, "RepoNotFound", "Repository not found")
        if rest == ["auth-check"]:
            return self._gate(repo, token) or self._json({})
        if rest[1] not in ("main", repo.commit):
            return self._fault(404, "RevisionNotFound", f"Invalid rev id: {rest[1]}")
        if rest[0] == "tree":
            return self._json([_tree_entry(path, repo) for path in repo.files])
        siblings = [_sibling(path, repo) for path in repo.files]
        card = {"license": repo.licence} if repo.licence else {}
        gated = "auto" if repo.gated else False
        return self._json({"id": id, "sha": repo.commit, "siblings": siblings, "gated": gated, "cardData": card})

    def _resolve(self, id: str, revision: str, path: str, token: str, body: bool):
        repo = self.hub.repos.get(id)
        if repo is None or revision != repo.commit:
            return self._fault(404, "RevisionNotFound" if repo else "RepoNotFound", "No such revision")
        if path not in repo.files:
            return self._fault(404, "EntryNotFound", "No such file")
        if self._gate(repo, token):
            return None
        content = repo.files[path]
        headers = {"X-Repo-Commit": repo.commit, "ETag": f'"{_git_name(content)}"'}
        if not _is_large(path):
            return self._bytes(path, content, headers, body)
        name = hashlib.sha256(content).hexdigest()
        headers |= {"X-Linked-Etag": f'"{name}"', "X-Linked-Size": str(len(content))}
        return self._send(302, b"", {**headers, "Location": f"{self.hub.store}/{path}/{name}"}, body)

    def _content(self, name: str, body: bool):
        for repo in list(self.hub.repos.values()):
            for path, content in repo.files.items():
                if hashlib.sha256(content).hexdigest() == name:
                    return self._bytes(path, content, {"ETag": f'"{name}"'}, body)
        return self._fault(404, None, "Nothing here")

    def _gate(self, repo: Repo, token: str) -> bool:
        if not repo.gated or token in self.hub.accepted:
            return False
        self._fault(403 if token else 401, "GatedRepo", "Access to this model is restricted")
        return True


def _is_large(path: str) -> bool:
    return path.endswith((".safetensors", ".bin", ".onnx"))


def _git_name(content: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


def _size(path: str, repo: Repo) -> int:
    return repo.claimed.get(path, len(repo.files[path]))


def _sibling(path: str, repo: Repo) -> dict:
    entry = {"rfilename": path, "size": _size(path, repo), "blobId": _git_name(repo.files[path])}
    if _is_large(path):
        name = hashlib.sha256(repo.files[path]).hexdigest()
        entry["lfs"] = {"sha256": name, "size": _size(path, repo), "pointerSize": 134}
    return entry


def _tree_entry(path: str, repo: Repo) -> dict:
    entry = {"type": "file", "path": path, "size": _size(path, repo), "oid": _git_name(repo.files[path])}
    if _is_large(path):
        name = hashlib.sha256(repo.files[path]).hexdigest()
        entry["lfs"] = {"oid": name, "size": _size(path, repo), "pointerSize": 134}
    return entry
