"""From Enter to the first token at some 100,000 chunks, without the model's own time, which is that of a
provider on loopback that answers at once.

Questions are sentences of the notes, so that the gate lets them pass, a pause apart that is longer than lore
remembers which files have changed: it looks at all of them for each question, as it does for a person.
Tokens come a hundredth of a second apart, 20 to a sentence: what lore holds back of them counts as lore's.
Models elsewhere answer in free text and may call tools, those on this machine strictly: the provider is on
this machine, so the form is asked for.
"""
import http.client
import json
import os
import random
import select
import statistics
import subprocess
import time

from bench_large import index
from figures import LORE
from instant_provider import InstantProvider
from notes import sentences

LEAST_QUESTIONS, TURNS, PAUSE, LIMIT = 30, 6, 2.2, 60
# Replies are kept by the model's name, among other things: no run finds those of another.
MODEL = f"compatible:m{time.time_ns()}"
FREE, TOOLS, STRICT = {"strict": False, "tools": False}, {"strict": False, "tools": True}, {"strict": True}


def asked():
    found = sorted({text for text in sentences() if text[0].isalpha() and text[-1] in ".!?" and 40 < len(text) < 120})
    random.Random(3).shuffle(found)
    return iter(found)


class Stopwatch:
    def __init__(self, provider):
        self.provider = provider

    def start(self):
        time.sleep(PAUSE)
        self.provider.take()
        self.started = time.perf_counter()

    def beyond(self, first, requests):
        """Milliseconds until `first` without the provider's; None where the gate had it not asked."""
        times = self.provider.take()
        if len(times) > requests:
            raise SystemExit(f"the model was asked {len(times)} times, not {requests}")
        if first is None or len(times) < requests:
            return None
        return (first - self.started - sum(sent - received for received, sent in times)) * 1e3


class LoreServe:
    """lore serve, asked over one connection for each answer, as a browser would."""

    def __init__(self, env, watch):
        self.watch = watch
        self.process = subprocess.Popen([LORE, "serve", "--port", "0"], env=env, stderr=subprocess.PIPE, text=True)
        line = next(line for line in self.process.stderr if "listening on" in line)
        self.port = int(line.rsplit(":", 1)[1])

    def ask(self, question, conversation=None, form=FREE):
        """(Milliseconds, id of the conversation)."""
        body = {"message": question, "model": MODEL, "stream": True, "no_cache": True, **form}
        if conversation:
            body["conversation_id"] = conversation
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.connect()
        self.watch.start()
        connection.request("POST", "/api/chat", json.dumps(body), {"Content-Type": "application/json"})
        response = connection.getresponse()
        if response.status != 200:
            raise SystemExit(response.read().decode())
        first, event = None, ""
        for line in response:
            if line == b"event: delta\n" and first is None:
                first = time.perf_counter()
            if line.startswith(b"data: {") and event == b"event: start\n":
                began = json.loads(line[6:])["conversation_id"]
            event = line
        connection.close()
        return self.watch.beyond(first, 2 if conversation else 1), began

    def close(self):
        self.process.terminate()
        self.process.wait()


def new_conversations(server, questions, count, form):
    return collect(count, (server.ask(question, form=form)[0] for question in questions))


def follow_ups(server, questions, count):
    def ask():
        while True:
            conversation = server.ask(next(questions))[1]
            for _ in range(TURNS - 1):
                yield server.ask(next(questions), conversation)[0]
    return collect(count, ask())


def chat(env, watch, questions, count):
    """Follow-ups at the prompt of `lore chat`, piped."""
    process = subprocess.Popen([LORE, "chat", "-q", "-m", MODEL, "--no-strict", "--no-tools"], env=env, bufsize=0,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)

    def ask(requests):
        watch.start()
        process.stdin.write(next(questions).encode() + b"\n")
        # A refusal writes nothing.
        select.select([process.stdout], [], [], PAUSE)
        milliseconds = watch.beyond(time.perf_counter(), requests)
        drain(process.stdout)
        return milliseconds

    def turns():
        while True:
            ask(1)
            for _ in range(TURNS - 1):
                yield ask(2)
            process.stdin.write(b"/new\n")
    found = collect(count, turns())
    process.stdin.close()
    process.wait()
    return found


def drain(stream):
    """Reads the rest of an answer, which comes within a third of a second."""
    os.set_blocking(stream.fileno(), False)
    time.sleep(1)
    while stream.read(65536):
        pass
    os.set_blocking(stream.fileno(), True)


def cold(env, watch, questions, count):
    def ask(question):
        watch.start()
        process = subprocess.Popen([LORE, "ask", "-q", "-m", MODEL, "--no-strict", "--no-tools", "--no-cache", question],
                                   env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0)
        process.stdout.read(1)
        milliseconds = watch.beyond(time.perf_counter(), 1)
        process.communicate()
        return milliseconds
    return collect(count, (ask(question) for question in questions))


def collect(count, times):
    """`count` of them behind a warm-up, without those of questions that the model was not asked."""
    next(times)
    found, left_out = [], 0
    for milliseconds in times:
        if milliseconds is None:
            left_out += 1
        else:
            found.append(milliseconds)
        if len(found) == count:
            print(f"{left_out} questions did not pass the gate", flush=True)
            return found
    raise SystemExit("too few of the questions passed the gate")


def report(figures, name, times, limit=None):
    figures.add(name, "ms", times, limit=limit)
    figures.add(f"{name}, 95th percentile", "ms", [statistics.quantiles(times, n=20, method="inclusive")[-1]])


def measure(figures, arguments):
    env, chunks = index()
    print(f"{chunks} chunks", flush=True)
    provider = InstantProvider()
    env = {**env, "OPENAI_BASE_URL": provider.base, "OPENAI_API_KEY": "none", "NO_PROXY": "127.0.0.1"}
    watch, count = Stopwatch(provider), max(arguments.runs, LEAST_QUESTIONS)
    questions = asked()
    server = LoreServe(env, watch)
    report(figures, "serve, a new conversation", new_conversations(server, questions, count, FREE), LIMIT)
    report(figures, "serve, a follow-up", follow_ups(server, questions, count), LIMIT)
    report(figures, "serve, tools offered", new_conversations(server, questions, count, TOOLS))
    report(figures, "serve, a strict answer", new_conversations(server, questions, count, STRICT), LIMIT)
    server.close()
    report(figures, "chat, a follow-up", chat(env, watch, questions, count), LIMIT)
    report(figures, "ask, a process of its own", cold(env, watch, questions, count))
