"""Indexing 2,000 Markdown notes from nothing: lore beside `llm embed-multi`.

`llm` embeds the first 256 word pieces of a note and drops the rest; lore embeds all of it. So the
figure is taken on notes that both read whole, and once more on longer ones. `llm` takes minutes and runs once.
"""
from figures import LORE, run
from peers import LLM, LLM_MODEL, llm_environment, lore_environment
from notes import ROOT, make_notes

SIZES = [("short notes (1 kB)", 900, 5), ("longer notes (4 kB)", 4000, None)]


def measure(figures, arguments):
    for name, size, limit in SIZES:
        folder = make_notes(ROOT / f".cache/bench/notes-{size}", 2000, size)
        lore, peer, memory, peer_memory = [], [], [], []
        for number in range(arguments.runs):
            env = lore_environment(f"indexing-{size}-{number}", fresh=True)
            seconds, peak, _ = run([LORE, "index", str(folder), "--quiet"], env)
            lore.append(seconds)
            memory.append(peak)
            if number == 0:  # minutes long: once is what a person would bear
                env = llm_environment(f"indexing-{size}", fresh=True)
                seconds, peak, _ = run(
                    [*LLM, "embed-multi", "notes", "-m", LLM_MODEL, "--files", str(folder), "**/*.md"], env)
                peer.append(seconds)
                peer_memory.append(peak)
        figures.add(f"indexing 2,000 {name}", "s", lore, peer, "llm embed-multi", limit=limit)
        figures.add(f"peak memory, {name}", "MB", memory, peer_memory, "llm embed-multi", limit=400)
