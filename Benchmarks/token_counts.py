#!/usr/bin/env python3
"""token_counts.py SERVER SET…: requests of text from each SET (a BEIR folder, or one of notes) with the
tokens that a running llama-server counts in them. A line each on stdout, for token-bench: the SET's name,
bytes of text, tokens."""
import json
import pathlib
import random
import sys
import urllib.request

REQUESTS = 200  # of each set
PASSAGES = (4, 20)  # of each request, at least and at most
PASSAGE_BYTES = 900

def texts(folder):
    corpus = folder / "corpus.jsonl"
    if corpus.exists():
        with open(corpus, encoding="utf-8") as lines:
            return [json.loads(line)["text"] for line in lines]
    return [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.md"))]

def passages(text):
    """Pieces as long as a chunk, cut between lines."""
    piece = ""
    for line in text.splitlines(keepends=True):
        piece += line
        if len(piece.encode()) >= PASSAGE_BYTES:
            yield piece
            piece = ""
    if piece.strip():
        yield piece

def count(server, text):
    body = json.dumps({"content": text, "add_special": True, "parse_special": True}).encode()
    request = urllib.request.Request(
        f"{server}/tokenize", data=body, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as reply:
        return len(json.load(reply)["tokens"])

def main():
    server, *sets = sys.argv[1:]
    for name in sets:
        chance = random.Random(11)
        pieces = [piece for text in texts(pathlib.Path(name)) for piece in passages(text)]
        for _ in range(REQUESTS):
            chosen = chance.choices(pieces, k=chance.randint(*PASSAGES))
            text = "".join(f"```passage [{n}]\n{piece}\n```\n\n" for n, piece in enumerate(chosen, 1))
            # What a chat template puts around a request of two turns.
            turns = f"<|im_start|>system\n<|im_end|>\n<|im_start|>user\n{text}<|im_end|>\n<|im_start|>assistant\n"
            print(pathlib.Path(name).name, len(text.encode()), count(server, turns), flush=True)

if __name__ == "__main__":
    main()
