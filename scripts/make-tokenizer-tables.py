#!/usr/bin/env python3
"""Writes Sources/LoreEmbedding/BertTables.swift: what the reference tokenizer does to each scalar.

The reference carries Unicode tables of its own, older than Swift's; so they are read off its
behaviour, one scalar at a time. Needs the Python package `tokenizers`.
"""
import pathlib

import tokenizers
from tokenizers import normalizers, pre_tokenizers

ROOT = pathlib.Path(__file__).resolve().parent.parent
HANGUL = range(0xAC00, 0xD7A4)


def normalizer(**settings):
    off = dict(clean_text=False, handle_chinese_chars=False, strip_accents=False, lowercase=False)
    return normalizers.BertNormalizer(**{**off, **settings}).normalize_str


def scalars():
    return (c for c in range(0x110000) if not 0xD800 <= c < 0xE000)


def ranges(values):
    """Maximal runs [first, last] of sorted `values`."""
    out = []
    for value in sorted(values):
        if out and out[-1][1] == value - 1:
            out[-1][1] = value
        else:
            out.append([value, value])
    return out


def mapping(function, skip=()):
    """scalar → scalars that replace it, where that is not itself and not nothing."""
    found = {}
    for c in scalars():
        if c in skip:
            continue
        result = function(chr(c))
        if result and result != chr(c):
            found[c] = [ord(r) for r in result]
    return found


def rows(numbers, width=10):
    texts = [f"0x{n:X}" for n in numbers]
    lines = [texts[i : i + width] for i in range(0, len(texts), width)]
    return "\n".join("        " + ", ".join(line) + "," for line in lines)


def table(name, comment, numbers, width=10):
    return (f"    /// {comment}\n    static let {name}: [UInt32] = [\n"
            f"{rows(numbers, width)}\n    ]\n")


def flat(pairs):
    return [n for pair in pairs for n in pair]


def quadruples(found):
    """[scalar, and up to three that replace it, 0 where there are fewer]"""
    out = []
    for c, to in sorted(found.items()):
        if len(to) > 3:
            raise SystemExit(f"U+{c:04X} becomes {len(to)} scalars")
        out.append([c, *to, *[0] * (3 - len(to))])
    return out


def main():
    clean, strip = normalizer(clean_text=True), normalizer(strip_accents=True)
    split = pre_tokenizers.BertPreTokenizer().pre_tokenize_str
    pieces = {c: len(split(f"a{chr(c)}a")) for c in scalars()}
    dropped = [c for c in scalars() if clean(chr(c)) == ""]
    cleaned = [c for c in scalars() if clean(chr(c)) == " "]
    ideographs = [c for c in scalars() if normalizer(handle_chinese_chars=True)(chr(c)) != chr(c)]
    marks = [c for c in scalars() if strip(chr(c)) == ""]
    tables = [
        table("dropped", "Removed by cleaning: first, last.", flat(ranges(dropped))),
        table("cleanedSpaces", "Made a space by cleaning: first, last.", flat(ranges(cleaned))),
        table("spaces", "Split words: first, last.",
              flat(ranges(c for c, n in pieces.items() if n == 2))),
        table("punctuation", "Words of their own: first, last.",
              flat(ranges(c for c, n in pieces.items() if n == 3))),
        table("ideographs", "Set apart by spaces: first, last.", flat(ranges(ideographs))),
        table("marks", "Removed with the accents: first, last.", flat(ranges(marks))),
        table("decompositions", "Accents off, Hangul apart: scalar, three scalars or 0.",
              flat(quadruples(mapping(strip, HANGUL))), 8),
        table("lowercase", "Lower case: scalar, three scalars or 0.",
              flat(quadruples(mapping(normalizer(lowercase=True)))), 8),
    ]
    head = (f"// Made by scripts/make-tokenizer-tables.py from tokenizers {tokenizers.__version__};"
            " do not edit.\n\n"
            "/// What the reference tokenizer does to each Unicode scalar.\nenum BertTables {\n")
    path = ROOT / "Sources/LoreEmbedding/BertTables.swift"
    path.write_text(head + "\n".join(tables) + "}\n")


if __name__ == "__main__":
    main()
