"""llama.cpp's server with a small model, lore beside it, and what the checks of both have found."""
import json
import os
import pathlib
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
LORE = os.environ["LORE_BINARY"]
CACHE = pathlib.Path(os.environ["LLM_DIR"])
WINDOW = 4096
# US dollars for a million tokens, in the settings that lore is given.
PRICES = {"input": 1.0, "output": 4.0, "cached": 0.5}
MODELS = ["compatible:qwen", "openai:qwen", "anthropic:qwen"]
failures = []
rows = []


def expect(group, what, holds, seen=""):
    rows.append((group, what, "ok" if holds else "FAILED", str(seen)))
    print(f"{'ok    ' if holds else 'FAILED'} {group}: {what} {seen}", flush=True)
    if not holds:
        failures.append(f"{group}: {what}: {seen}")


class Server:
    """llama-server with one slot, on a free port of this machine."""

    def __init__(self, log):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.log = pathlib.Path(log.name)
        self.base = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [CACHE / "llama-server", "-m", CACHE / "model.gguf", "-a", "qwen", "-c", str(WINDOW), "-np", "1", "-t", "2",
             "--temp", "0", "--jinja", "--no-ui", "--metrics", "--slots", "--host", "127.0.0.1", "--port", str(port)],
            stdout=log, stderr=subprocess.STDOUT,
            # Its threads wait for each other by spinning, which other work on the same cores makes twenty times slower.
            env=dict(os.environ, OMP_WAIT_POLICY="passive"))
        for _ in range(600):
            if self.process.poll() is not None:
                raise SystemExit(f"check-llm: llama-server ended; see {log.name}")
            try:
                self.get("/health")
                return
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.2)
        raise SystemExit("check-llm: llama-server is not ready after two minutes")

    def get(self, path):
        return urllib.request.urlopen(self.base + path, timeout=60).read().decode()

    def post(self, path, body):
        request = urllib.request.Request(self.base + path, json.dumps(body).encode(), {"Content-Type": "application/json"})
        return json.loads(urllib.request.urlopen(request, timeout=600).read())

    def tokens(self):
        """How many it has read and written so far."""
        lines = self.get("/metrics").splitlines()
        return sum(float(l.split()[-1]) for l in lines if l.startswith(("llamacpp:prompt_tokens_total", "llamacpp:tokens_predicted_total")))

    def log_size(self):
        return self.log.stat().st_size

    def requests(self, since):
        """Of each request that its log tells of from that byte on, the tokens with the reply, and whether they were cut;
        and how many it refused as too long."""
        text = self.log.read_bytes()[since:].decode(errors="replace")
        finished = re.findall(r"stop processing: n_tokens = (\d+), truncated = (\d)", text)
        return [(int(tokens), cut == "1") for tokens, cut in finished], text.count("exceeds the available context size")

    def is_busy(self):
        return any(slot["is_processing"] for slot in json.loads(self.get("/slots")))

    def seconds_until_free(self, limit=30):
        start = time.monotonic()
        while self.is_busy() and time.monotonic() - start < limit:
            time.sleep(0.02)
        return time.monotonic() - start

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=30)


class Lore:
    """The release binary with an index, a model folder and settings of its own."""

    def __init__(self, folder, server):
        config = folder / "config" / "lore"
        config.mkdir(parents=True)
        self.config = config / "config.yaml"
        self.environment = dict(
            os.environ, LORE_DB=str(folder / "lore.db"), XDG_DATA_HOME=str(folder / "data"), XDG_CACHE_HOME=str(folder / "cache"),
            XDG_CONFIG_HOME=str(folder / "config"), OPENAI_BASE_URL=server.base + "/v1", OPENAI_API_KEY="none",
            ANTHROPIC_BASE_URL=server.base, ANTHROPIC_API_KEY="none", LORE_TEMPERATURE="0", LORE_IDLE_TIMEOUT="600")
        self.folder = folder
        self.settle(WINDOW)

    def settle(self, window):
        prices = ", ".join(f"{kind}_usd: {price}" for kind, price in PRICES.items())
        entries = [f"  {name}: {{window: {window}, max_output: 1024, {prices}}}" for name in MODELS]
        self.config.write_text("models:\n" + "\n".join(entries) + "\n")

    def start(self, *words, **options):
        return subprocess.Popen([LORE, *words], env=self.environment, cwd=self.folder, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)

    def run(self, *words):
        process = self.start(*words)
        output, notes = process.communicate()
        return process.returncode, output, notes

    def ask(self, question, *words):
        """The answer as JSON, with `status` and `stderr` beside it."""
        status, output, notes = self.run("ask", "--no-cache", "--json", *words, question)
        found = {"state": "error", "answer": "", "citations": [], "passages": [], "usage": {}}
        return {**found, **json.loads(output or "{}"), "status": status, "stderr": notes}


def queries(are_answerable):
    lines = (ROOT / "corpus" / "queries.jsonl").read_text().splitlines()
    return [query for query in map(json.loads, lines) if query["metadata"]["answerable"] == are_answerable]


def evenly(items, count):
    return [items[index * len(items) // count] for index in range(min(count, len(items)))]
