"""The ten nearest of a million vectors: lore beside exact searches of PyPI's libraries, equal threads.

Synthetic vectors lie in clusters as those of texts do; real ones are the embeddings of sentences of the
labelled sets that --sets names. The floor is a plain sum over the bytes of lore's codes. Every answer
of lore is compared with the order in double precision.
"""
import json
import os
import pathlib
import random
import re
import subprocess
import time

import apsw
import faiss
import hnswlib
import numpy
import sqlite_vec
import usearch.index

from figures import LORE, run
from notes import ROOT
from peers import lore_environment

DRIVER = os.environ.get("SEARCH_BENCH_BINARY", "search-bench")
DIMENSIONS, TOP, QUERIES = 384, 10, 256
REAL = 20_000
KEPT = (1, 10, 50)
WORK = ROOT / ".cache/bench"


def measure(figures, arguments):
    threads = os.cpu_count()
    faiss.omp_set_num_threads(threads)
    Comparison("synthetic", *synthetic(arguments.vectors), threads, figures).measure(arguments.runs)
    if arguments.sets:
        Comparison("MiniLM", *real(pathlib.Path(arguments.sets)), threads, figures).measure(arguments.runs)


def synthetic(count):
    """Unit vectors around 2,000 centres that share a direction, and queries of the same kind."""
    paths = WORK / f"search-{count}.f32", WORK / "search-queries.f32"
    draw = numpy.random.default_rng(7)
    common = 0.5 * draw.standard_normal(DIMENSIONS, dtype=numpy.float32)
    centres = draw.standard_normal((2000, DIMENSIONS), dtype=numpy.float32) + common

    def some(number):
        noise = draw.standard_normal((number, DIMENSIONS), dtype=numpy.float32)
        return unit(centres[draw.integers(0, len(centres), number)] + noise)

    WORK.mkdir(parents=True, exist_ok=True)
    with paths[0].open("wb") as file:
        for start in range(0, count, 50_000):
            file.write(some(min(50_000, count - start)).tobytes())
    paths[1].write_bytes(some(QUERIES).tobytes())
    return paths


def real(sets):
    """Embeddings of sentences, drawn from all passages of the sets."""
    paths = WORK / "search-real.f32", WORK / "search-real-queries.f32"
    found = set()
    for corpus in sorted(sets.glob("*/corpus.jsonl")):
        for line in corpus.read_text(encoding="utf-8").splitlines():
            text = " ".join(json.loads(line)["text"].split())
            found.update(part for part in re.split(r"(?<=[.!?]) ", text) if 30 < len(part) < 300)
    drawn = random.Random(7).sample(sorted(found), min(REAL + QUERIES, len(found)))
    texts = WORK / "search-real.txt"
    texts.write_text("".join(line + "\n" for line in drawn), encoding="utf-8")
    with texts.open() as lines:
        output = run([LORE, "embed"], lore_environment("embedding"), stdin=lines)[2]
    vectors = numpy.array([json.loads(line)["embedding"] for line in output.splitlines()], dtype="<f4")
    paths[0].write_bytes(vectors[QUERIES:].tobytes())
    paths[1].write_bytes(vectors[:QUERIES].tobytes())
    return paths


def unit(vectors):
    return (vectors / numpy.linalg.norm(vectors, axis=1, keepdims=True)).astype("<f4")


class Comparison:
    def __init__(self, name, vectors, queries, threads, figures):
        self.figures, self.threads = figures, threads
        self.vectors = numpy.fromfile(vectors, dtype="<f4").reshape(-1, DIMENSIONS)
        self.queries = numpy.fromfile(queries, dtype="<f4").reshape(-1, DIMENSIONS)
        self.name = f"{len(self.vectors):,} {name}"
        self.driver = subprocess.Popen([DRIVER, vectors, queries, str(DIMENSIONS), str(threads)], text=True,
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        ready = json.loads(self.driver.stdout.readline())["ready"]
        self.figures.add(f"{self.name}: making the codes", "ms", [ready])

    def measure(self, runs):
        single = self.singles(runs)
        self.filters(runs, single)
        self.batches(max(2, runs // 2), single)
        self.driver.stdin.close()
        self.driver.wait()

    def lore(self, *command):
        self.driver.stdin.write(" ".join(map(str, command)) + "\n")
        self.driver.stdin.flush()
        answer = json.loads(self.driver.stdout.readline())
        return answer["ms"], answer["rows"]

    def singles(self, runs):
        """One query at a time; each round asks every side in turn. Returns lore's times."""
        peers = {**self.scans(), **self.heavy()}
        times = {name: [] for name in ("lore", "floor", "f32 products", *peers)}
        for number in range(runs + 1):
            query = self.queries[number]
            first = {}
            first["lore"], rows = self.lore("single", number)
            first["floor"], _ = self.lore("floor")
            first["f32 products"], _ = self.lore("f32", number)
            for name, search in peers.items():
                start = time.perf_counter()
                search(query)
                first[name] = (time.perf_counter() - start) * 1e3
            self.check(query, rows, numpy.arange(len(self.vectors)))
            if number:  # the first round warms every side up
                for name, value in first.items():
                    times[name].append(value)
        lore = times["lore"]
        for name in peers:
            limit = 6 if name == "FAISS flat" else None
            self.figures.add(f"{self.name}: one query", "ms", lore, times[name], name, limit=limit)
        self.figures.add(f"{self.name}: one query", "ms", lore, times["f32 products"], "sgemv of the f32 vectors")
        self.figures.add(f"{self.name}: one query", "ms", lore, times["floor"], "sum of the codes' bytes", limit=1 / 1.5)
        for name, width in (("lore", 1), ("floor", 1), ("FAISS flat", 4), ("f32 products", 4)):
            speed = [len(self.vectors) * DIMENSIONS * width / t / 1e6 for t in times[name]]
            self.figures.add(f"{self.name}: bytes read by {name}", "GB/s", speed)
        return lore

    def scans(self):
        flat = faiss.IndexFlatIP(DIMENSIONS)
        flat.add(self.vectors)
        eight = faiss.IndexScalarQuantizer(DIMENSIONS, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT)
        eight.train(self.vectors[:100_000])
        eight.add(self.vectors)
        self.flat = flat
        return {
            "FAISS flat": lambda query: flat.search(query[None], TOP),
            "FAISS 8 bit (inexact)": lambda query: eight.search(query[None], TOP),
            "numpy": self.numpy_search,
            "usearch exact": lambda query: usearch.index.search(
                self.vectors, query, TOP, usearch.index.MetricKind.IP, exact=True, threads=self.threads),
        }

    def heavy(self):
        brute = hnswlib.BFIndex(space="ip", dim=DIMENSIONS)
        brute.init_index(max_elements=len(self.vectors))
        brute.add_items(self.vectors)
        database = apsw.Connection(":memory:")  # Python's own may be built without extensions
        database.enable_load_extension(True)
        database.load_extension(sqlite_vec.loadable_path())
        database.execute(f"CREATE VIRTUAL TABLE v USING vec0(e float[{DIMENSIONS}] distance_metric=cosine)")
        with database:
            database.executemany("INSERT INTO v(rowid, e) VALUES (?, ?)",
                                 ((row, vector.tobytes()) for row, vector in enumerate(self.vectors)))
        statement = f"SELECT rowid FROM v WHERE e MATCH ? AND k = {TOP}"
        return {
            "hnswlib brute force": lambda query: brute.knn_query(query, TOP),
            "sqlite-vec": lambda query: database.execute(statement, (query.tobytes(),)).fetchall(),
        }

    def numpy_search(self, query):
        scores = self.vectors @ query
        best = numpy.argpartition(scores, -TOP)[-TOP:]
        return best[numpy.argsort(-scores[best])]

    def filters(self, runs, unfiltered):
        everything = numpy.arange(len(self.vectors), dtype=numpy.uint64)
        for percent in KEPT:
            kept = everything[everything * 2_654_435_761 % 2**32 < percent * 2**32 // 100].astype(int)
            times = []
            for number in range(1, runs + 1):
                milliseconds, rows = self.lore("filter", percent, number)
                times.append(milliseconds)
                self.check(self.queries[number], rows, kept)
            self.figures.add(f"{self.name}: a filter that keeps {percent} %", "ms", times, unfiltered,
                             "without filter", limit=1)

    def batches(self, runs, single):
        lore, flat, products = [], [], []
        for _ in range(runs):
            milliseconds, rows = self.lore("batch")
            lore.append(len(self.queries) / milliseconds * 1e3)
            start = time.perf_counter()
            self.flat.search(self.queries, TOP)
            flat.append(len(self.queries) / (time.perf_counter() - start))
            start = time.perf_counter()
            self.queries @ self.vectors.T
            products.append(len(self.queries) / (time.perf_counter() - start))
        for number in (0, len(self.queries) - 1):
            self.check(self.queries[number], rows[number * TOP:(number + 1) * TOP], numpy.arange(len(self.vectors)))
        name = f"{self.name}: {len(self.queries)} queries at once"
        self.figures.add(name, "queries/s", lore, flat, "FAISS flat", limit=1, higher_is_better=True)
        self.figures.add(name, "queries/s", lore, products, "numpy's product alone", higher_is_better=True)
        alone = [1e3 / time for time in single]
        self.figures.add(name, "queries/s", lore, alone, "lore one by one", limit=10, higher_is_better=True)

    def check(self, query, rows, allowed):
        """Whether `rows` are the best of `allowed` in double precision, ties by row."""
        scores = self.vectors[allowed] @ query if len(allowed) < len(self.vectors) else self.vectors @ query
        near = allowed[scores >= numpy.partition(scores, -TOP)[-TOP] - 1e-4]
        exact = self.vectors[near].astype(float) @ query.astype(float)
        expected = near[numpy.lexsort((near, -exact))][:TOP].tolist()
        if rows != expected:
            raise SystemExit(f"lore found {rows}, the order in double precision is {expected}")
