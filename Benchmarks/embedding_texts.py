#!/usr/bin/env python3
"""Writes the texts that the embedding benchmark embeds: one JSON string a line.

Words of the notes below FOLDER, in order, cut into texts of 40 to 250 words (seeded).
"""
import argparse
import json
import pathlib
import random


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--count", type=int, default=256)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    notes = sorted(p for p in arguments.folder.rglob("*") if p.suffix in {".md", ".txt"})
    words = [word for note in notes for word in note.read_text(encoding="utf-8").split()]
    if len(words) < 250:
        raise SystemExit(f"{arguments.folder} holds {len(words)} words; 250 are needed")
    source, position = random.Random(arguments.seed), 0
    for _ in range(arguments.count):
        length = source.randint(40, 250)
        picked = [words[(position + i) % len(words)] for i in range(length)]
        position = (position + length) % len(words)
        print(json.dumps(" ".join(picked)))


if __name__ == "__main__":
    main()
