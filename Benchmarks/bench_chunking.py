"""How much of the gold spans the five best chunks hold, by chunk size: recall, precision, IoU in bytes.

The set is that of Chroma's chunking evaluation in the BEIR layout: `metadata.references` of a question
name spans of characters in one long text. The five best chunks of all texts count.
"""
import functools
import itertools
import json
import pathlib
import re
import shutil
import subprocess
import urllib.request

from figures import LORE, run
from peers import WORK, lore_environment

SIZES = (120, 150, 200, 256)
DEPTH = 5


def measure(figures, arguments):
    if not arguments.sets:
        raise SystemExit("scripts/bench chunking --sets FOLDER: the folder that holds the set `chunking`")
    source = pathlib.Path(arguments.sets) / "chunking"
    texts = {row["_id"]: row["text"] for row in rows(source / "corpus.jsonl")}
    questions = [q for q in rows(source / "queries.jsonl") if q["metadata"]["corpus_id"] in texts]
    for size in SIZES:
        env = {**lore_environment("chunking", fresh=True), "LORE_CHUNK_TOKENS": str(size)}
        chunks = index(texts, env)
        with Server(env) as server:
            for mode in ("hybrid", "semantic"):
                scores = [score(server.search(q["text"], mode), q, texts) for q in questions]
                for name, values in zip(("recall", "precision", "IoU"), zip(*scores)):
                    unit = f"of {len(values)} questions, {chunks} chunks"
                    figures.add(f"{size} tokens {mode} {name}", unit, [sum(values) / len(values)])


def rows(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def index(texts, env):
    folder = WORK / "chunking"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text)
    return json.loads(run([LORE, "index", str(folder), "--json", "-q"], env)[2])["chunks"]


def score(hits, question, texts):
    name = question["metadata"]["corpus_id"]
    offsets = byte_offsets(texts[name])
    gold = set()
    for span in question["metadata"]["references"]:
        gold |= set(range(offsets[span["start_index"]], offsets[span["end_index"]]))
    found, elsewhere = set(), 0
    for hit in hits:
        if hit["path"] == f"{name}.md":
            found |= set(range(hit["start_byte"], hit["end_byte"]))
        else:
            elsewhere += hit["end_byte"] - hit["start_byte"]
    shown = len(found) + elsewhere
    both = len(gold & found)
    return both / len(gold), both / max(shown, 1), both / (shown + len(gold) - both)


@functools.cache
def byte_offsets(text):
    return list(itertools.accumulate((len(letter.encode()) for letter in text), initial=0))


class Server:
    def __init__(self, env):
        self.process = subprocess.Popen([LORE, "serve", "--port", "0"], env=env, text=True,
                                        stderr=subprocess.PIPE)
        self.address = next(found.group() for line in self.process.stderr
                            if (found := re.search(r"http://[\w.]+:\d+", line)))

    def search(self, query, mode):
        body = json.dumps({"query": query, "limit": DEPTH, "mode": mode}).encode()
        request = urllib.request.Request(self.address + "/api/search", data=body,
                                         headers={"Content-Type": "application/json"})
        return json.load(urllib.request.urlopen(request))["hits"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
