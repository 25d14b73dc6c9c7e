"""A cold search of some 100,000 chunks, process start to output, beside `python3 -c 'import numpy'`.

The notes and their words are real files; their vectors are unit vectors around centres, put into the
index by SQL: to embed so many texts takes half an hour and tells nothing of searching them.
"""
import pathlib
import sqlite3
import sys

import numpy

from figures import LORE, run
from notes import ROOT, make_notes
from peers import lore_environment

NOTES, BYTES = 12_000, 3_500
QUERIES = ["retry after a rate limit", "window tokens", "who pays for the ferry"]
FILTERS = {"2.5 %": "path:00/", "50 %": "path:*0.md OR path:*2.md OR path:*4.md OR path:*6.md OR path:*8.md"}


def measure(figures, arguments):
    env, chunks = index()
    print(f"{chunks} chunks in {NOTES} notes", flush=True)
    numpy_runs, sides, memory = [], {mode: [] for mode in ("lexical", "semantic", "hybrid")}, []
    run([LORE, "search", QUERIES[0]], env)
    for number in range(arguments.runs):
        query = QUERIES[number % len(QUERIES)]
        numpy_runs.append(run([sys.executable, "-c", "import numpy"])[0] * 1e3)
        for mode, runs in sides.items():
            seconds, peak, _ = run([LORE, "search", "--mode", mode, query], env)
            runs.append(seconds * 1e3)
            memory.append(peak)
    for mode, runs in sides.items():
        figures.add(f"cold {mode} search", "ms", runs, numpy_runs, "import numpy")
    figures.add("peak memory", "MB", [max(memory)], limit=300)
    for share, text in FILTERS.items():
        filtered, whole = [], []
        for number in range(arguments.runs):
            query = QUERIES[number % len(QUERIES)]
            filtered.append(run([LORE, "search", "--where", text, query], env)[0] * 1e3)
            whole.append(run([LORE, "search", query], env)[0] * 1e3)
        figures.add(f"cold hybrid search, a filter that keeps {share}", "ms", filtered, whole, "no filter")


def index():
    folder = make_notes(ROOT / f".cache/bench/notes-{NOTES}-{BYTES}", NOTES, BYTES)
    env = lore_environment("large")
    database = pathlib.Path(env["XDG_DATA_HOME"]) / "lore/lore.db"
    if not database.exists():
        # One small folder first, for the model's fingerprint.
        small = make_notes(ROOT / ".cache/bench/notes-1-600", 1, 600)
        run([LORE, "index", str(small), "-q"], env)
        run([LORE, "index", str(folder), "--no-embed", "-q"], env)
        add_vectors(database)
    run([LORE, "index", "-q"], env)
    with sqlite3.connect(database) as connection:
        return env, connection.execute("SELECT count(*) FROM chunks").fetchone()[0]


def add_vectors(database):
    connection = sqlite3.connect(database)
    making = connection.execute("SELECT value FROM settings WHERE name = 'active_fingerprint'").fetchone()[0]
    texts = [row[0] for row in connection.execute(
        "SELECT id FROM embedded_texts WHERE id NOT IN (SELECT embedded_text_id FROM vectors)")]
    random = numpy.random.default_rng(1)
    centres = random.standard_normal((200, 384), dtype=numpy.float32)
    for start in range(0, len(texts), 10_000):
        part = texts[start:start + 10_000]
        vectors = random.standard_normal((len(part), 384), dtype=numpy.float32)
        vectors += 0.7 * centres[random.integers(0, len(centres), len(part))]
        vectors /= numpy.linalg.norm(vectors, axis=1, keepdims=True)
        connection.executemany(
            "INSERT INTO vectors VALUES (?, ?, ?, 200, 0, ?)",
            [(making << 40 | text, making, text, vector.tobytes()) for text, vector in zip(part, vectors)])
    connection.execute("UPDATE settings SET value = value + 1 WHERE name = 'generation'")
    connection.commit()
    connection.close()
