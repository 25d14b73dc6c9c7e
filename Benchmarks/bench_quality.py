"""Retrieval quality of `lore eval` on every labelled set below --sets, and on corpus/."""
import json
import pathlib

from figures import LORE, run
from notes import ROOT
from peers import lore_environment


def measure(figures, arguments):
    env = lore_environment("quality")
    sets = sorted(p.parent for p in pathlib.Path(arguments.sets).glob("*/queries.jsonl")) if arguments.sets else []
    for folder in [ROOT / "corpus", *sets]:
        report = json.loads(run([LORE, "eval", str(folder), "--json", "--quiet"], env)[2])
        for mode, values in report["modes"].items():
            for figure in ("ndcg@10", "recall@10"):
                figures.add(f"{report['set']} {mode} {figure}", f"of {report['queries']}", [values[figure]])
