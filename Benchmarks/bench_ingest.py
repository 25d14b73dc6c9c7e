"""Reading, cutting and full text without vectors, and a run in which nothing has changed.

Peers are floors of the system: `find` for the unchanged run, the final size of the file for what is
written. Speed is per second of processor time, so that two cores count as two.
"""
import os
import pathlib
import resource
import shutil
import sqlite3

from figures import LORE, run
from notes import ROOT, make_notes
from peers import lore_environment

FOLDERS = [("40,000 small notes", 40_000, 3_500), ("3,000 large notes", 3_000, 48_000)]


def measure(figures, arguments):
    unchanged(figures, arguments.runs)
    for name, count, size in FOLDERS:
        words_only(figures, name, make_notes(ROOT / f".cache/bench/notes-{count}-{size}", count, size))
    busy(figures)


def unchanged(figures, runs):
    folder = make_notes(ROOT / ".cache/bench/notes-10000-600", 10_000, 600)
    env = lore_environment("unchanged", fresh=True)
    run([LORE, "index", str(folder), "--no-embed", "-q"], env)
    find, lore = [], []
    for _ in range(runs):
        find.append(run(["find", str(folder), "-type", "f", "-printf", "%s %T@\\n"])[0] * 1e3)
        lore.append(run([LORE, "index", "-q", "--no-embed"], env)[0] * 1e3)
    figures.add("10,000 unchanged notes", "ms", lore, find, "find -printf", limit=500)
    process = [run([LORE, "--version"], env)[0] * 1e3 for _ in range(runs)]
    figures.add("of these, the start of the process", "ms", process)


def words_only(figures, name, folder):
    env = lore_environment("words", fresh=True)
    before, blocks = processor_seconds(), blocks_written()
    _, peak, _ = run([LORE, "index", str(folder), "--no-embed", "-q"], env)
    seconds, written = processor_seconds() - before, (blocks_written() - blocks) * 512 / 1e6
    text = sum(path.stat().st_size for path in folder.rglob("*.md")) / 1e6
    database = pathlib.Path(env["XDG_DATA_HOME"]) / "lore/lore.db"
    figures.add(f"{name}: text read, cut and indexed", "MB a core-second", [text / seconds], limit=10)
    figures.add(f"{name}: peak memory", "MB", [peak], limit=400)
    size = database.stat().st_size / 1e6
    figures.add(f"{name}: bytes written", "MB", [written], [size], "final file", limit=4 * size)
    shutil.rmtree(database.parent, ignore_errors=True)


def busy(figures):
    """Tokens a second of `lore index` beside those of `lore embed` over the same texts."""
    folder = make_notes(ROOT / ".cache/bench/notes-900", 2000, 900)
    env = lore_environment("busy", fresh=True)
    run([LORE, "index", str(folder), "--no-embed", "-q"], env)
    seconds, _, _ = run([LORE, "index", "-q"], env)
    texts = ROOT / ".cache/bench/busy.txt"
    with sqlite3.connect(pathlib.Path(env["XDG_DATA_HOME"]) / "lore/lore.db") as database:
        tokens = database.execute("SELECT sum(token_count) FROM vectors").fetchone()[0]
        rows = database.execute("SELECT text FROM chunks").fetchall()
    texts.write_text("".join(row[0].replace("\n", " ") + "\n" for row in rows))
    with texts.open() as lines:
        bare_seconds, _, output = run([LORE, "embed"], env, stdin=lines)
    bare = sum(int(line.split(b'"tokens":')[1].split(b",")[0].strip(b"} \n")) for line in output.splitlines())
    figures.add("embedding while indexing", "tokens/s", [tokens / seconds], [bare / bare_seconds],
                "lore embed", limit=0.85, higher_is_better=True)


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def blocks_written():
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_oublock
