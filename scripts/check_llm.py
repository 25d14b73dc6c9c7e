#!/usr/bin/env python3
"""Drives lore and its provider layer with llama.cpp's server and a small model. What must hold fails the
script; how good the model's answers are is printed and fails nothing."""
import argparse
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

ROOT = pathlib.Path(__file__).resolve().parent.parent
LORE = os.environ["LORE_BINARY"]
PROVIDER_CHECK = os.environ["PROVIDER_CHECK_BINARY"]
CACHE = pathlib.Path(os.environ["LLM_DIR"])
WINDOW = 4096
# US dollars for a million tokens, in the settings that lore is given.
PRICES = {"input": 1.0, "output": 4.0, "cached": 0.5}
MODELS = ["compatible:qwen", "openai:qwen", "anthropic:qwen"]
QUESTION = "Does the chat completions server remember earlier messages?"
failures = []
rows = []


def expect(group, what, holds, seen=""):
    rows.append((group, what, "ok" if holds else "FAILED", str(seen)))
    print(f"{'ok    ' if holds else 'FAILED'} {group}: {what} {seen}", flush=True)
    if not holds:
        failures.append(f"{group}: {what}: {seen}")


def tell(group, what, seen):
    rows.append((group, what, "", str(seen)))
    print(f"       {group}: {what}: {seen}", flush=True)


class Server:
    """llama-server with one slot, on a free port of this machine."""

    def __init__(self, log):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.base = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [CACHE / "llama-server", "-m", CACHE / "model.gguf", "-a", "qwen", "-c", str(WINDOW), "-np", "1", "-t", "2",
             "--temp", "0", "--jinja", "--no-ui", "--metrics", "--slots", "--host", "127.0.0.1", "--port", str(port)],
            stdout=log, stderr=subprocess.STDOUT)
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


def check_provider_layer(server):
    process = subprocess.Popen([PROVIDER_CHECK, server.base, "qwen"], stdout=subprocess.PIPE, text=True)
    for line in process.stdout:
        found = json.loads(line)
        group, what = found.pop("protocol"), found.pop("check")
        expect(group, what, found.pop("ok"), brief(found))
        if what == "stream":
            compare_with_whole(server, group, found)
    expect("provider layer", "ran to its end", process.wait() == 0)


def brief(found):
    shown = {key: value for key, value in found.items() if key not in ("system", "question", "tools", "seconds")}
    return ", ".join(f"{key}: {value if len(str(value)) < 80 else str(value)[:80] + '…'}" for key, value in shown.items())


def compare_with_whole(server, protocol, streamed):
    """What the server says to the same request, whole, and asked without lore."""
    user = {"role": "user", "content": streamed["question"]}
    common = {"model": "qwen", "temperature": 0}
    if protocol == "chat":
        reply = server.post("/v1/chat/completions", {**common, "max_tokens": 60, "messages": [{"role": "system", "content": streamed["system"]}, user]})
        text, usage = reply["choices"][0]["message"]["content"], reply["usage"]
        tokens = (usage["prompt_tokens"], usage["completion_tokens"])
    elif protocol == "responses":
        reply = server.post("/v1/responses", {**common, "max_output_tokens": 60, "instructions": streamed["system"], "input": [user],
                                              "tools": streamed["tools"], "tool_choice": "none"})
        text = "".join(part["text"] for item in reply["output"] if item["type"] == "message" for part in item["content"])
        tokens = (reply["usage"]["input_tokens"], reply["usage"]["output_tokens"])
    else:
        reply = server.post("/v1/messages", {**common, "max_tokens": 60, "system": streamed["system"], "messages": [user]})
        text, usage = "".join(block["text"] for block in reply["content"] if block["type"] == "text"), reply["usage"]
        tokens = (usage["input_tokens"] + usage.get("cache_read_input_tokens", 0), usage["output_tokens"])
    expect(protocol, "streamed text is the whole one", streamed["text"] == text, repr(text))
    expect(protocol, "tokens are the server's", (streamed["input_tokens"], streamed["output_tokens"]) == tokens, tokens)


def check_cancellation(server, lore):
    for protocol in ["chat", "responses", "messages"]:
        process = subprocess.Popen([PROVIDER_CHECK, server.base, "qwen", "cancel", protocol], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        process.stdout.readline()
        seconds = server.seconds_until_free()
        expect(protocol, "the slot is free within a second of letting go", seconds < 1, f"{seconds:.2f} s")
        process.communicate()
    long = QUESTION + " Explain it at great length."
    process = lore.start("ask", "-m", MODELS[0], "-n", "2", "--max-tokens", "1000", long)
    process.stdout.read(1)
    process.send_signal(signal.SIGINT)
    seconds = server.seconds_until_free()
    process.communicate()
    expect("lore ask", "the slot is free within a second of Ctrl-C", seconds < 1 and process.returncode == 130, f"{seconds:.2f} s, status {process.returncode}")


def check_answers(lore):
    """Streamed and whole, tokens and cost, in each protocol that the command reaches."""
    for name in MODELS:
        words = ["-m", name, "-n", "3", "--max-tokens", "120"]
        status, streamed, _ = lore.run("ask", "--no-cache", *words, QUESTION)
        _, whole, _ = lore.run("ask", "--no-cache", "--no-stream", *words, QUESTION)
        expect(name, "streamed and whole answer are one", status == 0 and streamed == whole and streamed.strip(), repr(streamed[:60]))
        usage = lore.ask(QUESTION, *words)["usage"]
        plain = usage.get("input_tokens", 0) - usage.get("cached_tokens", 0)
        cost = (plain * PRICES["input"] + usage.get("cached_tokens", 0) * PRICES["cached"] + usage.get("output_tokens", 0) * PRICES["output"]) / 1e6
        expect(name, "usage is told and priced", plain >= 0 and usage.get("output_tokens", 0) > 0 and abs(usage.get("cost_usd", -1) - cost) < 1e-9, usage)


def check_window(server, lore):
    """The settings say that the window is larger than it is."""
    lore.settle(WINDOW * 7 // 4)
    answer = lore.ask(QUESTION, "-m", MODELS[0], "-n", "60", "--max-tokens", "100", "--show-context")
    lore.settle(WINDOW)
    tries = answer["stderr"].count("Question: ")
    used = answer["usage"].get("input_tokens", 0)
    expect("window", "a prompt over it is trimmed, sent again and answered",
           answer["status"] in (0, 3) and tries == 2 and 0 < used < WINDOW and answer["answer"], f"{tries} requests, {used} tokens of {WINDOW}")


def check_ten_at_once(lore):
    start = time.monotonic()
    words = ["-m", MODELS[0], "-n", "1", "--max-tokens", "24"]
    questions = [query["text"] for query in evenly(queries(True), 10)]
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda question: lore.ask(question, *words), questions))
    failed = [answer["stderr"] for answer in answers if answer["status"] not in (0, 3)]
    expect("lore ask", "ten questions at once are answered", not failed, f"{10 - len(failed)} in {time.monotonic() - start:.0f} s {failed[:1] or ''}")


def queries(are_answerable):
    lines = (ROOT / "corpus" / "queries.jsonl").read_text().splitlines()
    return [query for query in map(json.loads, lines) if query["metadata"]["answerable"] == are_answerable]


def evenly(items, count):
    return [items[index * len(items) // count] for index in range(min(count, len(items)))]


def check_corpus(server, lore, count):
    """The gate, citations and quotes; 40 answerable and 15 unanswerable questions where `count` is 55."""
    relevant = {}
    for line in (ROOT / "corpus" / "qrels" / "test.tsv").read_text().splitlines()[1:]:
        query, path, score = line.split("\t")
        if int(score) > 0:
            relevant.setdefault(query, set()).add(path)
    answerable = count * 40 // 55
    for are_answerable, number in [(True, answerable), (False, count - answerable)]:
        answers = []
        spent_behind_gate = 0
        for query in evenly(queries(are_answerable), number):
            before = server.tokens()
            answer = lore.ask(query["text"], "-m", MODELS[0], "-n", "4", "--max-tokens", "160")
            answer["query"], answer["is_gated"] = query, answer["state"] == "not_found" and not answer["usage"].get("output_tokens")
            spent_behind_gate += (server.tokens() - before) if answer["is_gated"] else 0
            answers.append(answer)
            print(f"       {answer['state']:10} {query['_id']} {query['text']!r}: {answer['answer']!r}", flush=True)
        group = "answerable" if are_answerable else "unanswerable"
        report(group, answers, relevant)
        expect(group, "nothing is sent where the gate is closed", spent_behind_gate == 0)


def report(group, answers, relevant):
    cited = [(answer, citation) for answer in answers for citation in answer["citations"]]
    false_quotes = [c["quote"] for _, c in cited if c["verified"] and c["quote"] not in (ROOT / "corpus" / c["path"]).read_text()]
    strangers = [c["n"] for a, c in cited if c["path"] not in [passage["path"] for passage in a["passages"]]]
    expect(group, "every question ends in an answer or a refusal", all(a["status"] in (0, 3) for a in answers), [a["stderr"] for a in answers if a["status"] not in (0, 3)][:1] or "")
    expect(group, "every verified quote is in its file", not false_quotes, f"{len(cited)} citations {false_quotes[:1] or ''}")
    expect(group, "every citation is of a passage that was sent", not strangers, strangers or "")
    written = [a for a in answers if a["state"] in ("grounded", "ungrounded")]
    tell(group, "questions", len(answers))
    tell(group, "refused by the gate", sum(a["is_gated"] for a in answers))
    tell(group, "refused by the model", sum(a["state"] == "not_found" and not a["is_gated"] for a in answers))
    tell(group, "grounded", sum(a["state"] == "grounded" for a in answers))
    tell(group, "ungrounded", sum(a["state"] == "ungrounded" for a in answers))
    tell(group, "with a citation", sum(bool(a["citations"]) for a in written))
    tell(group, "citations, verified", f"{len(cited)}, {sum(c['verified'] for _, c in cited)}")
    if group == "answerable":
        right = lambda a: {c["path"] for c in a["citations"]} & relevant.get(a["query"]["_id"], set())
        tell(group, "with a citation in a relevant note", sum(bool(right(a)) for a in written))
        tell(group, "holding a gold answer", sum(any(g.lower() in a["answer"].lower() for g in a["query"]["metadata"]["answers"]) for a in written))
    if written:
        tell(group, "tokens sent and written, on average", " and ".join(str(sum(a["usage"][k] for a in written) // len(written)) for k in ("input_tokens", "output_tokens")))
        tell(group, "seconds, on average", f"{sum(a['took_ms'] for a in written) / len(written) / 1000:.1f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=55, help="of corpus/, answerable and not (default: %(default)s)")
    arguments = parser.parse_args()
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="lore-check-llm-") as work, open(CACHE / "server.log", "w") as log:
        server = Server(log)
        try:
            lore = Lore(pathlib.Path(work), server)
            lore.run("models", "import", os.environ["LORE_CHECK_MODEL"], "--name", "minilm")
            status, _, notes = lore.run("index", str(ROOT / "corpus"))
            expect("lore index", "corpus/ is indexed", status == 0, notes.strip()[-80:] if status else "")
            check_provider_layer(server)
            check_answers(lore)
            check_window(server, lore)
            check_cancellation(server, lore)
            check_ten_at_once(lore)
            if arguments.questions:
                check_corpus(server, lore, arguments.questions)
        finally:
            server.close()
    print("\n| | what | holds | seen |\n|---|---|---|---|")
    for row in rows:
        print("| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |")
    checked = sum(1 for row in rows if row[2])
    print(f"\n{checked - len(failures)} passed, {len(failures)} failed, in {time.monotonic() - start:.0f} s")
    for failure in failures:
        print(f"check-llm: {failure}", file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
