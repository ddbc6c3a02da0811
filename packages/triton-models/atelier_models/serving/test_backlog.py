import http.server
import threading
import time

import pytest

from atelier_models.serving.backlog import Backlog, count_instances, pending_in_triton


@pytest.fixture
def backlog_of():
    made = []

    def make(pending, most=10, most_seconds=1000.0, instances=1):
        made.append(Backlog(pending, most, most_seconds, instances))
        return made[-1]

    yield make
    for backlog in made:
        backlog.close()


def refused_in_all(backlog, batch=8, seconds=0.5, takes=0.01):
    """Batches that follow each other closely, as under load. Refusing costs no time."""
    refused, deadline = 0, time.monotonic() + seconds
    while time.monotonic() < deadline:
        with backlog.batch(batch) as some:
            refused += some
            if some < batch:
                time.sleep(takes)
    return refused


def once(pending):
    """That many wait at the first look, then nobody."""
    looks = iter([pending])
    return lambda: next(looks, 0)


def test_refuses_exactly_what_is_beyond_the_limit(backlog_of):
    assert refused_in_all(backlog_of(once(35))) == 25


def test_refuses_nothing_within_the_limit_or_when_nothing_is_known(backlog_of):
    assert refused_in_all(backlog_of(lambda: 10)) == 0
    assert refused_in_all(backlog_of(lambda: None)) == 0


def test_refuses_what_could_not_be_answered_in_time(backlog_of):
    # At most 10,000 requests a second, of which 0.01 s is worth 100; 500 wait, and 1,000 might.
    backlog = backlog_of(once(500), most=1000, most_seconds=0.01)
    assert 400 <= refused_in_all(backlog, batch=100) <= 499


def test_knows_the_speed_of_batches_that_are_slower_than_its_looks(backlog_of):
    # 8 requests in 0.3 s, so at most 14 in half a second; 40 wait.
    backlog = backlog_of(lambda: 40, most=1000, most_seconds=0.5)
    assert refused_in_all(backlog, batch=8, seconds=1.2, takes=0.3) >= 20


def test_what_was_too_much_before_a_rest_is_forgotten(backlog_of):
    backlog = backlog_of(lambda: 50)
    with backlog.batch(1):
        time.sleep(0.25)
    time.sleep(1.2)
    with backlog.batch(8) as refused:
        assert refused == 0


def test_what_was_refused_does_not_count_as_answered(backlog_of):
    # Without an answer nothing is known of the speed, and the number alone counts.
    backlog = backlog_of(lambda: 1000, most=500, most_seconds=0.001)
    with backlog.batch(8):
        time.sleep(0.25)
    for _ in range(40):
        with backlog.batch(8) as refused:
            if refused < 8:
                break
    assert backlog._rate() < 8 / 0.2


def test_instances_share_what_is_refused(backlog_of):
    pair = [backlog_of(once(35), instances=2) for _ in range(2)]
    assert sum(refused_in_all(backlog) for backlog in pair) in (25, 26)


def test_counts_the_instances_of_a_configuration():
    assert count_instances({}) == 1
    assert count_instances({"instance_group": [{"count": 2, "gpus": []}]}) == 2
    assert count_instances({"instance_group": [{"count": 2, "gpus": [0, 1]}, {"count": 1, "gpus": [2]}]}) == 5


def test_looks_only_while_it_works(backlog_of):
    looks = []
    backlog = backlog_of(lambda: looks.append(1) or 0)
    time.sleep(0.25)
    assert looks == []
    with backlog.batch(1):
        pass
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
