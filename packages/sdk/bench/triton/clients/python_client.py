"""The process of one Python client; see ../protocol.ts. Arguments: `http` or `grpc`, host:port.

Each call does what NVIDIA's examples do: InferInput, set_data_from_numpy, infer, as_numpy, over one client whose
connections stay open. In flight at once: over HTTP greenlets, which is how that client runs its own asynchronous calls
(no method of it is thread-safe; with threads, each with a client of its own, it was slower), over gRPC threads.
"""

import json
import sys
import time
from threading import Lock, Thread

import gevent
import numpy as np
import tritonclient.grpc as over_grpc
import tritonclient.http as over_http

IN_FLIGHT_AT_MOST = 16


class Caller:
    """Sends one payload over one wire."""

    def __init__(self, wire, address):
        self.is_http = wire == "http"
        self.library = over_http if self.is_http else over_grpc
        if self.is_http:
            self.client = over_http.InferenceServerClient(address, concurrency=IN_FLIGHT_AT_MOST)
        else:
            self.client = over_grpc.InferenceServerClient(address)

    def load(self, payload):
        """Reads the payload and sends it once, comparing the reply bit for bit."""
        with open(payload["file"], "rb") as file:
            content = file.read()
        self.model = payload["model"]
        self.datatype = payload["datatype"]
        if self.datatype == "BYTES":
            self.tensor = np.array([content], dtype=np.object_)
        else:
            self.tensor = np.frombuffer(content, dtype=np.float32)
        reply = self.call()
        if (reply[0] if self.datatype == "BYTES" else reply.tobytes()) != content:
            raise ValueError(f"the reply to {payload['label']} differs from what was sent")

    def call(self):
        sent = self.library.InferInput("TENSOR", self.tensor.shape, self.datatype)
        if self.is_http:
            sent.set_data_from_numpy(self.tensor, binary_data=True)
            wanted = over_http.InferRequestedOutput("TENSOR", binary_data=True)
        else:
            sent.set_data_from_numpy(self.tensor)
            wanted = over_grpc.InferRequestedOutput("TENSOR")
        return self.client.infer(self.model, [sent], outputs=[wanted]).as_numpy("TENSOR")

    def turn(self, calls, in_flight, warm_up):
        """Runs `calls` calls with `in_flight` at once, after `warm_up` calls that do not count."""
        self.lanes(warm_up, in_flight)
        cpu_before = time.process_time()
        began = time.perf_counter()
        milliseconds = self.lanes(calls, in_flight)
        wall = time.perf_counter() - began
        cpu = time.process_time() - cpu_before
        return {"milliseconds": milliseconds, "wallMs": wall * 1000, "cpuMs": cpu * 1000}

    def lanes(self, calls, in_flight):
        milliseconds = []
        left = calls
        lock = Lock()

        def lane():
            nonlocal left
            while True:
                with lock:
                    if left <= 0:
                        return
                    left -= 1
                before = time.perf_counter()
                self.call()
                milliseconds.append((time.perf_counter() - before) * 1000)

        if in_flight == 1:
            lane()
        elif self.is_http:
            gevent.joinall([gevent.spawn(lane) for _ in range(in_flight)], raise_error=True)
        else:
            threads = [Thread(target=lane) for _ in range(in_flight)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            if len(milliseconds) != calls:
                raise RuntimeError("a call failed; see above")
        return milliseconds


def main():
    caller = Caller(sys.argv[1], sys.argv[2])
    for line in sys.stdin:
        command = json.loads(line)
        try:
            if command["do"] == "load":
                caller.load(command["payload"])
                answer = {}
            else:
                answer = caller.turn(command["calls"], command["inFlight"], command["warmUp"])
        except Exception as error:
            answer = {"error": repr(error)}
        print(json.dumps(answer), flush=True)


main()
