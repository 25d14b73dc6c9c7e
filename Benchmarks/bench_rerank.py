"""What a cross-encoder of the size of ms-marco-MiniLM-L6 adds to a search: 30 passages a query.

Its weights are random, for its time does not depend on them. A cold search with it and without,
alternating; beside the difference, sentence-transformers' CrossEncoder on the same pairs, warm.
"""
import json
import os
import shutil
import time

from figures import LORE, MODEL, run
from notes import ROOT, make_notes
from peers import lore_environment

DEPTH = 30
QUERIES = ["how do I keep an API key out of the logs", "retry after a rate limit", "cost of a long context"]


def measure(figures, arguments):
    folder = make_notes(ROOT / ".cache/bench/notes-60-3500", 60, 3500)
    env = lore_environment("rerank")
    model = make_model(ROOT / ".cache/bench/random-cross-encoder")
    run([LORE, "models", "import", str(model), "--name", "random", "--quiet"], env)
    run([LORE, "index", str(folder), "--quiet"], env)
    off = {**env, "LORE_RERANK": "off"}
    predict, tokens = peer(model)
    sides = {"with": [], "without": [], "pair": [], "peer": []}
    run([LORE, "search", QUERIES[0]], env)
    for number in range(arguments.runs):
        query = QUERIES[number % len(QUERIES)]
        judged, _, output = run([LORE, "search", "-n", str(DEPTH), "--json", query], env)
        plain, _, _ = run([LORE, "search", "-n", str(DEPTH), "--json", query], off)
        pairs = [(query, " > ".join([hit["title"], *hit["heading"]]) + "\n\n" + hit["text"])
                 for hit in json.loads(output)["hits"]]
        start = time.perf_counter()
        predict(pairs)
        sides["peer"].append((time.perf_counter() - start) * 1e3 / len(pairs))
        sides["pair"].append((judged - plain) * 1e3 / DEPTH)
        sides["with"].append(judged * 1e3)
        sides["without"].append(plain * 1e3)
    print(f"{tokens(pairs):.0f} tokens a pair, {os.cpu_count()} cores", flush=True)
    figures.add("reranking, a pair", "ms", sides["pair"], sides["peer"], "sentence-transformers")
    figures.add("cold hybrid search, reranked", "ms", sides["with"], sides["without"], "not reranked")


def make_model(folder):
    """A BERT of 6 layers of 384 with one logit, and the vocabulary of the embedding model."""
    import torch
    import transformers
    shutil.rmtree(folder, ignore_errors=True)
    torch.manual_seed(1)
    tokenizer = transformers.AutoTokenizer.from_pretrained(MODEL, model_max_length=512)
    config = transformers.BertConfig(
        vocab_size=len(tokenizer), hidden_size=384, num_hidden_layers=6, num_attention_heads=12,
        intermediate_size=1536, max_position_embeddings=512, num_labels=1)
    transformers.BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def peer(folder):
    """How long pairs are, and the reference that scores them."""
    import sentence_transformers
    model = sentence_transformers.CrossEncoder(str(folder), device="cpu")

    def tokens(pairs):
        return sum(len(model.tokenizer(*pair)["input_ids"]) for pair in pairs) / len(pairs)

    model.predict([("warm", "up")])
    return model.predict, tokens
