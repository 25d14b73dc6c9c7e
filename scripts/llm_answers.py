"""Questions of corpus/ in both ways, free text and --strict, by one model from one index, each answer judged
by the judgements that come with the questions."""
import re
import statistics
import string

from llm_server import MODELS, ROOT, evenly, expect, queries

WAYS = {"free": ["--no-strict"], "strict": ["--strict"]}
PASSAGES, MAX_TOKENS = "4", "300"
OUTCOMES = ["right", "wrong", "unsupported", "no words", "refused", "failed"]
# What is shown of an answer in the table, in characters.
LONGEST = 200


def check_corpus(server, lore, count):
    """Asks `count` questions: 40 answerable and 15 unanswerable ones where it is 55.

    Returns the questions, each with its answer in each way."""
    relevant = relevant_notes()
    answerable = count * 40 // 55
    asked = [{**query, "kind": kind} for kind, number in [("answerable", answerable), ("unanswerable", count - answerable)]
             for query in evenly(queries(kind == "answerable"), number)]
    for query in asked:
        query["answers"] = {way: answer(server, lore, query, way, relevant) for way in WAYS}
    for kind in ["answerable", "unanswerable"]:
        for way in WAYS:
            check_answers_hold(f"{kind}, {way}", [query["answers"][way] for query in asked if query["kind"] == kind])
    return asked


def relevant_notes():
    """The notes that answer each question."""
    relevant = {}
    for line in (ROOT / "corpus" / "qrels" / "test.tsv").read_text().splitlines()[1:]:
        query, path, score = line.split("\t")
        if int(score) > 0:
            relevant.setdefault(query, set()).add(path)
    return relevant


def answer(server, lore, query, way, relevant):
    before = server.tokens()
    found = lore.ask(query["text"], "-m", MODELS[0], "-n", PASSAGES, "--max-tokens", MAX_TOKENS, *WAYS[way])
    found["spent"] = server.tokens() - before
    found["is_gated"] = found["state"] == "not_found" and not found["usage"].get("output_tokens")
    judge(found, query["metadata"].get("answers", []), relevant.get(query["_id"], set()))
    print(f"       {way:6} {found['state']:10} {found['outcome']:11} {query['_id']} {query['text']!r}: {found['answer']!r}", flush=True)
    return found


def judge(found, gold, relevant):
    """Adds what a script can tell of an answer. A gold answer is a piece of a note: an answer that is right in
    other words counts as wrong."""
    found["cites_relevant"] = any(citation["path"] in relevant for citation in found["citations"])
    found["says_gold"] = holds(found["answer"], gold)
    found["cites_gold"] = any(holds(citation["quote"], gold) for citation in found["citations"])
    found["outcome"] = outcome(found)


def outcome(found):
    if found["status"] not in (0, 3):
        return "failed"
    if found["state"] == "not_found":
        return "refused"
    if not re.search(r"\w", re.sub(r"\[\d+\]", "", found["answer"])):
        return "no words"
    if not found["cites_relevant"]:
        return "unsupported"
    return "right" if found["says_gold"] else "wrong"


def holds(text, gold):
    return any(normalized(answer) in normalized(text) for answer in gold)


def normalized(text):
    """As SQuAD's evaluation compares answers, and `lore eval`."""
    words = text.lower().translate(str.maketrans("", "", string.punctuation)).split()
    return " ".join(word for word in words if word not in ("a", "an", "the"))


def check_answers_hold(group, answers):
    cited = [(a, citation) for a in answers for citation in a["citations"]]
    false_quotes = [c["quote"] for _, c in cited if c["verified"] and c["quote"] not in (ROOT / "corpus" / c["path"]).read_text()]
    strangers = [c["n"] for a, c in cited if c["path"] not in [passage["path"] for passage in a["passages"]]]
    failed = [a["stderr"] for a in answers if a["outcome"] == "failed"]
    expect(group, "every question ends in an answer or a refusal", not failed, failed[:1] or len(answers))
    expect(group, "every verified quote is in its file", not false_quotes, f"{len(cited)} citations {false_quotes[:1] or ''}")
    expect(group, "every citation is of a passage that was sent", not strangers, strangers or "")
    expect(group, "nothing is sent where the gate is closed", not any(a["spent"] for a in answers if a["is_gated"]))


def summary(asked):
    """The table of both ways: how many answers are what."""
    columns = [(kind, way) for kind in ["answerable", "unanswerable"] for way in WAYS]
    answers = [[query["answers"][way] for query in asked if query["kind"] == kind] for kind, way in columns]
    lines = ["| | " + " | ".join(f"{len(a)} {kind}, {way}" for (kind, way), a in zip(columns, answers)) + " |", "|---" * 5 + "|"]
    lines += [f"| {what} | " + " | ".join(str(count(a)) for a in answers) + " |" for what, count in counts().items()]
    return "\n".join(lines)


def counts():
    """What is counted of the answers of one way."""
    def those(holds):
        return lambda answers: sum(bool(holds(a)) for a in answers)

    def average(value, digits=0):
        """Of those that the model was asked for."""
        return lambda answers: f"{statistics.mean([value(a) for a in answers if a['spent']] or [0]):.{digits}f}"

    rows = {name: those(lambda a, name=name: a["outcome"] == name) for name in OUTCOMES}
    return {
        **rows,
        "refused by the gate, and nothing sent": those(lambda a: a["is_gated"]),
        "grounded": those(lambda a: a["state"] == "grounded"),
        "ungrounded, which is said": those(lambda a: a["state"] == "ungrounded"),
        "grounded, but wrong or unsupported": those(lambda a: a["state"] == "grounded" and a["outcome"] in ("wrong", "unsupported")),
        "a gold answer in the text": those(lambda a: a["says_gold"]),
        "a gold answer in a cited sentence": those(lambda a: a["cites_gold"]),
        "a citation in a relevant note": those(lambda a: a["cites_relevant"]),
        "citations": lambda answers: sum(len(a["citations"]) for a in answers),
        "citations whose quote is in its file": lambda answers: sum(c["verified"] for a in answers for c in a["citations"]),
        "tokens in, on average": average(lambda a: a["usage"].get("input_tokens", 0)),
        "tokens out, on average": average(lambda a: a["usage"].get("output_tokens", 0), 1),
        "seconds, on average": average(lambda a: a.get("took_ms", 0) / 1000, 1),
    }


def table(asked):
    """Questions and answers as they are, what they cite, and what they are judged to be."""
    lines = ["| question | free | strict |", "|---|---|---|"]
    lines += ["| " + " | ".join([f"{query['_id']} {cell(query['text'])}"] + [shown(query["answers"][way]) for way in WAYS]) + " |" for query in asked]
    return "\n".join(lines)


def shown(found):
    if found["is_gated"]:
        return "*refused by the gate*"
    places = list(dict.fromkeys(place(citation) for citation in found["citations"]))
    return f"{cell(found['answer'])} *{', '.join([found['state'] + ': ' + found['outcome'], *places])}*"


def place(citation):
    lines = sorted({citation["start_line"], citation["end_line"]})
    return f"{citation['path']}:{'-'.join(map(str, lines))}"


def cell(text):
    text = " ".join(text.split())
    text = text if len(text) <= LONGEST else text[:LONGEST] + "…"
    return re.sub(r"([\\|*_<\[\]`#])", r"\\\1", text)
