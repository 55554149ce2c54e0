"""A load generator: `python -m tests.benchmarks.load PORT PATH SECONDS` prints the answers per second.

It keeps eight connections and writes to all before it reads from any, so it costs a fraction of what
the server does and never sets the pace.
"""

import socket
import sys
import time

CONNECTIONS = 8


def load(port: int, path: str, seconds: float) -> tuple[float, float]:
    """Ask for *path* again and again; return answers per second and the CPU seconds spent here."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: gzip, br\r\n\r\n".encode()
    open_ones = [socket.create_connection(("127.0.0.1", port)) for _ in range(CONNECTIONS)]
    for one in open_ones:
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    size = _whole_answer(open_ones[0], request)
    buffer = bytearray(size)
    answers, began, used = 0, time.perf_counter(), time.process_time()
    while time.perf_counter() - began < seconds:
        for one in open_ones:
            one.sendall(request)
        for one in open_ones:
            got = one.recv_into(buffer)
            while got < size:
                got += one.recv_into(buffer)
            assert buffer.startswith(b"HTTP/1.1 200 ")
        answers += CONNECTIONS
    result = answers / (time.perf_counter() - began), time.process_time() - used
    for one in open_ones:
        one.close()
    return result


def _whole_answer(connection: socket.socket, request: bytes) -> int:
    """Return the bytes of one answer, headers and body; every later one has as many."""
    connection.sendall(request)
    got = b""
    while b"\r\n\r\n" not in got:
        got += connection.recv(65536)
    head, _, body = got.partition(b"\r\n\r\n")
    fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
    length = int(fields[b"content-length"])
    while len(body) < length:
        body += connection.recv(65536)
    return len(head) + 4 + length


if __name__ == "__main__":
    print(*load(int(sys.argv[1]), sys.argv[2], float(sys.argv[3])))
