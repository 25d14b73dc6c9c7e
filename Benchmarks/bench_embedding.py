"""Embedding 256 texts of 40 to 250 words: lore beside ONNX Runtime f32 and sentence-transformers.

Each side is a process of its own, held to the same processors. ONNX Runtime is timed without start
and tokenisation, which favours it; lore with both, less the time of a run over one empty text.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

from figures import LORE, MODEL
from notes import ROOT
from peers import lore_environment

HERE = pathlib.Path(__file__).parent


def measure(figures, arguments):
    work = ROOT / ".cache/bench"
    texts = work / "texts.jsonl"
    with texts.open("w", encoding="utf-8") as file:
        subprocess.run([sys.executable, HERE / "embedding_texts.py", ROOT / "corpus"], stdout=file, check=True)
    lines = work / "texts.txt"
    lines.write_text("".join(json.loads(line) + "\n" for line in texts.open(encoding="utf-8")), encoding="utf-8")
    for threads in sorted({1, os.cpu_count()}):
        rates = {"lore": [], "onnxruntime": [], "sentence-transformers": []}
        for _ in range(arguments.runs):
            rates["lore"].append(lore(lines, threads))
            for peer in ("onnxruntime", "sentence-transformers"):
                rates[peer].append(peer_rate(peer, texts, threads))
        limit = 1.2 if "avx512f" in pathlib.Path("/proc/cpuinfo").read_text() else 1.0
        name = f"embedding, {threads} thread{'s' if threads > 1 else ''}"
        for peer in ("onnxruntime", "sentence-transformers"):
            figures.add(
                name, "tokens/s", rates["lore"], rates[peer], peer, higher_is_better=True,
                limit=limit if peer == "onnxruntime" else None)


def pinned(command, threads):
    if not shutil.which("taskset"):
        raise SystemExit("taskset (util-linux) is needed to hold both sides to the same processors")
    return ["taskset", "-c", ",".join(map(str, range(threads))), *command]


def lore(lines, threads):
    env = lore_environment("embedding")
    command = pinned([LORE, "embed"], threads)

    def run(source):
        start = time.perf_counter()
        output = subprocess.run(command, env=env, stdin=source, stdout=subprocess.PIPE, check=True).stdout
        return time.perf_counter() - start, sum(json.loads(line)["tokens"] for line in output.splitlines())

    with lines.open() as source:
        seconds, tokens = run(source)
    empty = lines.with_name("empty.txt")
    empty.write_text("\n")
    with empty.open() as source:
        start, _ = run(source)
    return tokens / (seconds - start)


def peer_rate(peer, texts, threads):
    command = [
        sys.executable, str(HERE / "embedding_peer.py"), "--model", MODEL, "--texts", str(texts), "--threads",
        str(threads), "--runs", "1", "--peer", peer, "--onnx", str(texts.with_name("minilm.onnx"))]
    output = subprocess.run(pinned(command, threads), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout
    return json.loads(output.splitlines()[-1])["tokens_per_second"]
