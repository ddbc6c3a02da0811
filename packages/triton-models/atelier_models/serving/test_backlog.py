import http.server
import threading
import time

import pytest

from atelier_models.serving.backlog import Backlog, pending_in_triton


@pytest.fixture
def backlog_of():
    made = []

    def make(pending, most=10, most_seconds=1000.0):
        made.append(Backlog(pending, most, most_seconds))
        return made[-1]

    yield make
    for backlog in made:
        backlog.close()


def refused_in_all(backlog, batch=8, seconds=0.5):
    """Batches that follow each other closely, as under load."""
    refused, deadline = 0, time.monotonic() + seconds
    while time.monotonic() < deadline:
        refused += backlog.take_excess(batch)
        time.sleep(0.01)
    return refused


def test_refuses_exactly_what_is_beyond_the_limit(backlog_of):
    looks = iter([35])
    backlog = backlog_of(lambda: next(looks, 0))
    assert backlog.take_excess(8) == 0
    assert refused_in_all(backlog) == 25


def test_refuses_nothing_within_the_limit_or_when_nothing_is_known(backlog_of):
    assert refused_in_all(backlog_of(lambda: 10)) == 0
    assert refused_in_all(backlog_of(lambda: None)) == 0


def test_refuses_what_could_not_be_answered_in_time(backlog_of):
    # At most 10,000 requests a second, of which 0.01 s is worth 100; 500 wait, and 1,000 might.
    looks = iter([500])
    backlog = backlog_of(lambda: next(looks, 0), most=1000, most_seconds=0.01)
    assert 400 <= refused_in_all(backlog, batch=100) <= 499


def test_looks_only_while_it_works(backlog_of):
    looks = []
    backlog = backlog_of(lambda: looks.append(1) or 0)
    time.sleep(0.25)
    assert looks == []
    backlog.take_excess(1)
    time.sleep(0.5)
    assert len(looks) == 1


class Metrics(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = (
            b'nv_inference_pending_request_count{model="owlv2_other",version="1"} 3\n'
            b'nv_inference_pending_request_count{model="owlv2",version="1"} 42\n'
        )
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


def test_reads_the_gauge_of_its_own_model():
    server = http.server.HTTPServer(("127.0.0.1", 0), Metrics)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/metrics"
    assert pending_in_triton("owlv2", url)() == 42
    assert pending_in_triton("sam", url)() is None
    server.shutdown()
    server.server_close()
    assert pending_in_triton("owlv2", url)() is None
