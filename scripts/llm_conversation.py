"""A conversation with a small model under each policy for earlier turns, so long that not all of it fits
into the window."""
import json
import re
import sqlite3
import statistics

from llm_server import MODELS, WINDOW, evenly, expect, queries

POLICIES = ["trim", "window", "summarize", "retrieve"]
# What rewrites questions and makes summaries: lore without a model, or the one that answers.
UTILITIES = {"no model": "extractive", "the model": MODELS[0]}
PASSAGES, MAX_TOKENS = "4", "200"
FACT = "My daughter is called Ottilie and hazelnuts make her ill."
# Policies that must keep what the user said first.
KEEPS_FACT = ["summarize", "retrieve"]
FOLLOW_UPS = ["Does the same note give any numbers for it?", "Does that note say why?", "What else does the note say about it?"]
PEOPLE = ["Odile Marchand", "Marten Vos", "Ines Falk", "Tobias Rehn", "Wanda Kruk", "Hakim Saidi", "Petra Lind"]
PLACES = ["the quay in Rostock", "our office in Lyon", "the workshop in Gdynia", "the training centre"]


def messages(turns):
    """What the user says: questions of corpus/, and between them statements with names and numbers, which the notes do
    not answer, and follow-ups. The second message states a fact."""
    topics = iter(evenly(queries(True), turns))
    return [message(number, topics) for number in range(1, turns + 1)]


def message(number, topics):
    if number == 2:
        return FACT
    if number == 1 or number % 2 == 0:
        return next(topics)["text"]
    return FOLLOW_UPS[number % len(FOLLOW_UPS)] if number % 6 == 5 else statement(number)


def statement(number):
    person, other, place = PEOPLE[number % len(PEOPLE)], PEOPLE[(number + 3) % len(PEOPLE)], PLACES[number % len(PLACES)]
    return (f"By the way, {person} of {place} is preparing the meeting on {number} March. They have {number * 3 + 4} machines and "
            f"{number + 11} people there and may spend {number * 140} EUR. {other} is not so sure about that: the last time, with "
            f"{number * 2 + 5} machines, it took {number + 6} weeks. I decided that {other.split()[0]} checks the figures, and I promised "
            f"{person.split()[0]} an answer in writing before noon. My own desk is in room {number + 200}, and I work until {number % 4 + 15} h. "
            f"{person.split()[0]} also told me that the {number % 5 + 2} cranes at pier {number} were painted in {1990 + number}, that the "
            f"{number * 7} spare parts lie in hall {number % 6 + 1}, and that nobody but {other} has the key. I would rather have it with "
            f"the porter, who is there from {number % 3 + 5} h on, and I asked for {number % 4 + 2} copies. {other.split()[0]} agreed on "
            f"{number % 28 + 1} February, and we said that it holds for {number % 9 + 3} months.")


def check_conversations(server, lore, turns):
    """Returns the table of all policies."""
    lines = ["| policy | rewrites and summaries by | turns that the model answered | tokens of a request, mean | highest | highest with the reply | "
             "summaries | fact of turn 2 in the last request | seconds |", "|---" * 9 + "|"]
    for utility, name in UTILITIES.items():
        lore.environment["LORE_UTILITY_MODEL"] = name
        lines += [conversation(server, lore, policy, utility, messages(turns)) for policy in POLICIES]
    return "\n".join(lines)


def conversation(server, lore, policy, utility, said):
    """Goes through a conversation, checks it, and returns its row of the table."""
    group, before = f"{policy}, {utility}", server.log_size()
    answers = converse(lore, policy, said)
    finished, refused = server.requests(before)
    highest = max((tokens for tokens, _ in finished), default=0)
    asked = [a for a in answers if a["requests"]]
    sent = [a["usage"].get("input_tokens", 0) for a in asked] or [0]
    failed = [a["stderr"] for a in answers if a["status"] not in (0, 3)]
    expect(group, "no turn fails", not failed, failed[:1] or len(answers))
    expect(group, "no request is too long for the server", refused == 0 and all(a["requests"] < 2 for a in answers), f"{len(finished)} requests")
    expect(group, "each request fits into the window with its reply", highest <= WINDOW and not any(cut for _, cut in finished), f"{highest} tokens at most")
    check_kept(lore, group, said, answers)
    later = [a for a in answers[2:] if a["requests"]]
    has_fact = bool(later) and FACT in later[-1]["stderr"]
    if policy in KEEPS_FACT and later:
        expect(group, "the fact of turn 2 is in the last request", has_fact)
    summaries = check_summaries(lore, group, asked, answers[0]["conversation_id"]) if policy == "summarize" else 0
    return (f"| `{policy}` | {utility} | {len(asked)} of {len(answers)} | {statistics.mean(sent):,.0f} | {max(sent):,} | {highest:,} | "
            f"{summaries} | {'yes' if has_fact else 'no'} | {sum(a.get('took_ms', 0) for a in answers) / 1000:.0f} |")


def converse(lore, policy, said):
    """The answers, each with how many requests were sent for it."""
    answers, going_on = [], []
    for number, message in enumerate(said, 1):
        answer = lore.ask(message, "-m", MODELS[0], "-n", PASSAGES, "--max-tokens", MAX_TOKENS, "--history", policy, "--show-context", *going_on)
        answer["requests"] = answer["stderr"].count("lore: sent to ")
        going_on = going_on or ["--conversation", answer["conversation_id"]]
        answers.append(answer)
        print(f"       {policy} {number} {answer['state']:10} {answer['usage'].get('input_tokens', 0):5} tokens{coverage(answer)}: {answer['answer']!r}", flush=True)
    return answers


def coverage(answer):
    """What lore says of the earlier turns."""
    found = re.search(r"; earlier turns: (.*)", answer["stderr"])
    return f", {found[1]}" if found else ""


def check_kept(lore, group, said, answers):
    _, output, _ = lore.run("conversations", "show", answers[0]["conversation_id"], "--json")
    turns = json.loads(output)["turns"]
    kept = [(turn["question"], turn["answer"]) for turn in turns if not turn["cut"]]
    expect(group, "every turn is in the database", kept == [(message, a["answer"]) for message, a in zip(said, answers)], len(turns))


def check_summaries(lore, group, asked, conversation):
    """Where turns give way, a summary stands for them. Returns how many were made."""
    with_summary = [a for a in asked if "a summary for the rest" in coverage(a)]
    bare = [coverage(a) for a in asked if a not in with_summary and not re.search(r", 0 in the user's words, 0 left out|^$", coverage(a))]
    expect(group, "a summary stands for the turns that give way", not bare, bare[:1] or f"in {len(with_summary)} of {len(asked)} requests")
    with sqlite3.connect(lore.environment["LORE_DB"]) as database:
        rows = database.execute("SELECT model FROM summaries WHERE conversation_id = ?", [conversation]).fetchall()
    return f"{len(rows)}, of them {sum(model != 'extractive' for model, in rows)} by the model"
