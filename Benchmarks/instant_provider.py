"""A chat model on loopback whose first token comes at once and the others as a model writes them, in OpenAI's
streaming form. It notes its own time."""
import http.server
import json
import threading
import time

# What a rewrite is asked with begins so (RewritePrompt.swift).
REWRITE = "You rewrite the last question"
WORDS = ["The", *[" notes say so, and"] * 18, " more [1]."]
# Seconds between tokens.
PACE = 0.01
STATEMENT = '{"statements":[{"sources":["1.1"],"text":"The notes say so."}]}'


def event(delta, finish=None):
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    body = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1795424900, "model": "m", "choices": [choice]}
    return f"data: {json.dumps(body)}\n\n".encode()


def rewritten(question):
    """The question as a model makes it stand alone: other words than the user's, which lore searches for."""
    return "And " + question.rsplit("Question: ", 1)[1]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        received = time.perf_counter()
        request = json.loads(body)
        is_rewrite = request["messages"][0]["content"].startswith(REWRITE)
        if is_rewrite:
            pieces = [rewritten(request["messages"][-1]["content"])]
        else:
            pieces = [STATEMENT] if "response_format" in request else WORDS
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        first = event({"role": "assistant", "content": pieces[0]})
        sent = time.perf_counter()
        if not is_rewrite:
            # Noted before the client can know of it.
            self.server.times.append((received, sent))
        self.chunk(first)
        for piece in pieces[1:]:
            time.sleep(PACE)
            self.chunk(event({"content": piece}))
        self.chunk(event({}, "stop") + b"data: [DONE]\n\n")
        if is_rewrite:
            self.server.times.append((received, time.perf_counter()))
        self.wfile.write(b"0\r\n\r\n")

    def chunk(self, data):
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))

    def log_message(self, *_):
        pass


class InstantProvider(http.server.ThreadingHTTPServer):
    """`times` has, for each request, when it was there whole and when its first piece went out; of a rewrite,
    which lore needs whole, when its last did."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.times = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def base(self):
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def take(self):
        """The times noted since this was last called."""
        times, self.times = self.times, []
        return times
