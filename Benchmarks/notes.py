"""Makes a folder of Markdown notes for timing: sentences of corpus/, drawn anew for each note.

No two paragraphs are alike, so that nothing is saved by equal text; the same seed gives the same bytes.
"""
import pathlib
import random
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent


def sentences():
    found = []
    for path in sorted((ROOT / "corpus").rglob("*.md")):
        text = re.sub(r"```.*?```|^---.*?^---", "", path.read_text(encoding="utf-8"), flags=re.S | re.M)
        for line in text.splitlines():
            if line and line[0].isalpha():
                found += [s for s in re.split(r"(?<=[.!?]) ", line) if 30 < len(s) < 300]
    return found


def make_notes(folder, count, size, seed=7):
    """Writes `count` notes of about `size` bytes below `folder`, unless they are there."""
    folder = pathlib.Path(folder)
    done = folder / ".complete"
    if done.exists():
        return folder
    source = sentences()
    random_source = random.Random(seed)
    for number in range(count):
        title = " ".join(random_source.sample(re.findall(r"[a-z]{4,}", random_source.choice(source)) or ["note"], 1)).capitalize()
        lines, length = [f"# {title} {number}", ""], 0
        while length < size:
            if length and random_source.random() < 0.25:
                lines += [f"## {random_source.choice(source)[:40].strip()}", ""]
            paragraph = " ".join(random_source.choice(source) for _ in range(random_source.randint(2, 5)))
            lines += [paragraph, ""]
            length += len(paragraph)
        target = folder / f"{number % 40:02d}" / f"note-{number:05d}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("\n".join(lines), encoding="utf-8")
    done.touch()
    return folder
