"""Process start to output, on an index of 2,000 notes: lore beside `llm similar`."""
from figures import LORE, run
from peers import LORE_ENV, LLM, lore_index, llm_index
from notes import ROOT, make_notes

QUERIES = ["how do I keep an API key out of the logs", "retry after a rate limit", "cost of a long context"]


def measure(figures, arguments):
    folder = make_notes(ROOT / ".cache/bench/notes-1k", 2000, 1000)
    env = lore_index(folder)
    collection = llm_index(folder)
    sides = {"status": [], "lexical": [], "semantic": [], "hybrid": [], "llm": []}
    run([LORE, "search", "-n", "10", QUERIES[0]], env)  # fills the file cache
    for number in range(arguments.runs):
        query = QUERIES[number % len(QUERIES)]
        sides["status"].append(run([LORE, "status"], env)[0] * 1e3)
        for mode in ("lexical", "semantic", "hybrid"):
            sides[mode].append(run([LORE, "search", "--mode", mode, "-n", "10", query], env)[0] * 1e3)
        sides["llm"].append(run([*LLM, "similar", collection, "-c", query, "-n", "10"], LORE_ENV)[0] * 1e3)
    figures.add("cold lore status", "ms", sides["status"], limit=50)
    figures.add("cold lexical search", "ms", sides["lexical"], limit=50)
    for mode in ("semantic", "hybrid"):
        figures.add(f"cold {mode} search", "ms", sides[mode], sides["llm"], "llm similar", limit=150)
