"""Runs commands, takes medians, prints and writes figures in the form of interface.md."""
import json
import os
import pathlib
import platform
import statistics
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
LORE = os.environ.get("LORE_BINARY", "lore")
MODEL = os.environ.get("LORE_BENCH_MODEL", "")


def run(command, env=None, stdin=None):
    """Runs a command to its end; returns (seconds, peak memory in MB, stdout)."""
    start = time.perf_counter()
    process = subprocess.Popen(command, env=env, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command[:4])} … ended with {process.returncode}")
    return seconds, usage.ru_maxrss / 1024, output


def machine():
    model = platform.processor() or platform.machine()
    flags = ""
    if pathlib.Path("/proc/cpuinfo").exists():
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
        model = next((l.split(":", 1)[1].strip() for l in lines if l.startswith("model name")), model)
        features = next((l for l in lines if l.startswith("flags")), "")
        flags = "AVX-512" if " avx512f" in features else "AVX2" if " avx2" in features else ""
    return f"{model}, {os.cpu_count()} cores{', ' + flags if flags else ''}, {platform.system()} {platform.release()}"


def commit():
    revision = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    dirty = subprocess.run(["git", "status", "--porcelain"], cwd=ROOT, capture_output=True, text=True)
    return revision.stdout.strip() + ("+" if dirty.stdout.strip() else "")


class Figures:
    def __init__(self, name):
        self.name = name
        self.rows = []

    def add(self, name, unit, lore, peer=None, peer_name=None, limit=None, higher_is_better=False):
        """`lore` and `peer` are lists of runs; the ratio is that of the medians, above 1: lore is better."""
        row = {"name": name, "unit": unit, "runs": len(lore), "lore": statistics.median(lore)}
        if peer:
            row["peer"] = statistics.median(peer)
            row["peer_name"] = peer_name
            row["ratio"] = row["lore"] / row["peer"] if higher_is_better else row["peer"] / row["lore"]
        if limit is not None:
            row["limit"] = limit
        self.rows.append(row)
        against = f"  {peer_name} {row['peer']:.4g}  ratio {row['ratio']:.2f}" if peer else ""
        wanted = f"  (limit {limit})" if limit is not None else ""
        print(f"{name}: lore {row['lore']:.4g} {unit}{against}{wanted}  n={len(lore)}", flush=True)

    def write(self, path):
        body = {"machine": machine(), "commit": commit(), "figures": self.rows}
        pathlib.Path(path).write_text(json.dumps(body, indent=2) + "\n")
