"""A streamed answer of 2,000 tokens from a loopback server: lore beside curl -N and the openai library.

The server sends each token as an event of its own, as fast as it is taken or every millisecond. The
clock runs from the request to the first text and to the end, without the start of a process.
"""
import os
import socketserver
import subprocess
import threading
import time

import httpx
import openai

DRIVER = os.environ.get("PROVIDER_BENCH_BINARY", "provider-bench")
TOKENS = 2000
EVENT = (
    'data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1795424900,"model":"m","choices":'
    '[{"index":0,"delta":{"content":" token"},"logprobs":null,"finish_reason":null}],"usage":null}\n\n'
)
END = (
    'data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1795424900,"model":"m","choices":'
    '[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}],"usage":null}\n\n'
    'data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1795424900,"model":"m","choices":[],'
    '"usage":{"prompt_tokens":1,"completion_tokens":2000,"total_tokens":2001}}\n\ndata: [DONE]\n\n'
)


def chunk(text):
    return f"{len(text):x}\r\n{text}\r\n".encode()


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        self.request.setsockopt(6, 1, 1)  # TCP_NODELAY
        pending = b""
        while True:
            while b"\r\n\r\n" not in pending:
                piece = self.request.recv(65536)
                if not piece:
                    return
                pending += piece
            head, pending = pending.split(b"\r\n\r\n", 1)
            length = next((int(l.split(b":")[1]) for l in head.split(b"\r\n") if l.lower().startswith(b"content-length")), 0)
            while len(pending) < length:
                pending += self.request.recv(65536)
            pending = pending[length:]
            self.answer()

    def answer(self):
        self.request.sendall(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
        event, end = chunk(EVENT), chunk(END) + b"0\r\n\r\n"
        start = time.perf_counter()
        for token in range(TOKENS):
            if self.server.pace:
                time.sleep(max(0, start + token * self.server.pace - time.perf_counter()))
            self.request.sendall(event)
        self.request.sendall(end)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, pace):
        super().__init__(("127.0.0.1", 0), Handler)
        self.pace = pace
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def base(self):
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


def lore(base, runs):
    output = subprocess.run([DRIVER, base, str(runs)], check=True, capture_output=True, text=True).stdout
    rows = [[float(field) for field in line.split()] for line in output.splitlines()]
    if any(row[2] != TOKENS for row in rows):
        raise SystemExit("lore did not read every token")
    return rows


def curl(base, runs):
    command = ["curl", "-sN", "--noproxy", "*", "-o", "/dev/null", "-w", "%{time_starttransfer} %{time_total}",
               "-H", "Content-Type: application/json", "-d", '{"model":"m","stream":true}', base + "/chat/completions"]
    return [[float(field) for field in subprocess.check_output(command, text=True).split()] for _ in range(runs)]


def sdk(base, runs):
    client = openai.OpenAI(api_key="k", base_url=base, http_client=httpx.Client(trust_env=False))
    rows = []
    for _ in range(runs):
        start, first = time.perf_counter(), None
        for event in client.chat.completions.create(model="m", messages=[{"role": "user", "content": "Hi"}], stream=True):
            if first is None and event.choices and event.choices[0].delta.content:
                first = time.perf_counter() - start
        rows.append([first, time.perf_counter() - start])
    return rows


def measure(figures, arguments):
    runs = max(arguments.runs, 5)
    for label, pace in [("at once", 0), ("1 ms apart", 0.001)]:
        server = Server(pace)
        lore(server.base, 1)
        ours, theirs, library = lore(server.base, runs), curl(server.base, runs), sdk(server.base, runs)
        for column, name in enumerate(["first token", "total"]):
            times = [[row[column] * 1000 for row in rows] for rows in (ours, theirs, library)]
            figures.add(f"{name}, tokens {label}", "ms", times[0], times[1], "curl")
            figures.add(f"{name}, tokens {label}", "ms", times[0], times[2], "openai")
        server.shutdown()
    server = Server(0)
    rows = lore(server.base, 1000)
    figures.add("peak memory after 100 answers", "MB", [rows[99][3] / 1024])
    figures.add("peak memory after 1000 answers", "MB", [rows[-1][3] / 1024])
