"""scripts/bench NAME [--json FILE] [--runs N]: one benchmark, lore and its peers in one run."""
import argparse
import importlib

NAMES = [
    "embedding", "cold", "indexing", "ingest", "chunking", "quality", "search", "large", "rerank",
    "first_token", "providers",
]

parser = argparse.ArgumentParser(prog="scripts/bench")
parser.add_argument("name", choices=NAMES)
parser.add_argument("--json", help="write the figures as JSON")
parser.add_argument("--runs", type=int, default=5, help="runs of each side (default 5)")
parser.add_argument("--sets", help="for quality and chunking: a folder of labelled sets in the BEIR layout")
parser.add_argument("--vectors", type=int, default=1_000_000, help="for search: synthetic vectors (default 1000000)")
arguments = parser.parse_args()

from figures import Figures, commit, machine  # noqa: E402  (after the arguments: help needs no environment)

print(f"machine: {machine()}\ncommit: {commit()}", flush=True)
figures = Figures(arguments.name)
importlib.import_module(f"bench_{arguments.name}").measure(figures, arguments)
if arguments.json:
    figures.write(arguments.json)
