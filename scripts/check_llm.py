#!/usr/bin/env python3
"""Drives lore and its provider layer with llama.cpp's server and a small model. What must hold fails the
script; how good the model's answers are is printed and fails nothing."""
import argparse
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

import llm_answers
import llm_conversation
from llm_server import CACHE, MODELS, PRICES, ROOT, WINDOW, Lore, Server, evenly, expect, failures, queries, rows

PROVIDER_CHECK = os.environ["PROVIDER_CHECK_BINARY"]
QUESTION = "Does the chat completions server remember earlier messages?"


def check_provider_layer(server):
    process = subprocess.Popen([PROVIDER_CHECK, server.base, "qwen"], stdout=subprocess.PIPE, text=True)
    for line in process.stdout:
        found = json.loads(line)
        group, what = found.pop("protocol"), found.pop("check")
        expect(group, what, found.pop("ok"), brief(found))
        if what == "stream":
            compare_with_whole(server, group, found)
    expect("provider layer", "ran to its end", process.wait() == 0)


def brief(found):
    shown = {key: value for key, value in found.items() if key not in ("system", "question", "tools", "seconds")}
    return ", ".join(f"{key}: {value if len(str(value)) < 80 else str(value)[:80] + '…'}" for key, value in shown.items())


def compare_with_whole(server, protocol, streamed):
    """What the server says to the same request, whole, and asked without lore."""
    user = {"role": "user", "content": streamed["question"]}
    common = {"model": "qwen", "temperature": 0}
    if protocol == "chat":
        reply = server.post("/v1/chat/completions", {**common, "max_tokens": 60, "messages": [{"role": "system", "content": streamed["system"]}, user]})
        text, usage = reply["choices"][0]["message"]["content"], reply["usage"]
        tokens = (usage["prompt_tokens"], usage["completion_tokens"])
    elif protocol == "responses":
        reply = server.post("/v1/responses", {**common, "max_output_tokens": 60, "instructions": streamed["system"], "input": [user],
                                              "tools": streamed["tools"], "tool_choice": "none"})
        text = "".join(part["text"] for item in reply["output"] if item["type"] == "message" for part in item["content"])
        tokens = (reply["usage"]["input_tokens"], reply["usage"]["output_tokens"])
    else:
        reply = server.post("/v1/messages", {**common, "max_tokens": 60, "system": streamed["system"], "messages": [user]})
        text, usage = "".join(block["text"] for block in reply["content"] if block["type"] == "text"), reply["usage"]
        tokens = (usage["input_tokens"] + usage.get("cache_read_input_tokens", 0), usage["output_tokens"])
    expect(protocol, "streamed text is the whole one", streamed["text"] == text, repr(text))
    expect(protocol, "tokens are the server's", (streamed["input_tokens"], streamed["output_tokens"]) == tokens, tokens)


def check_cancellation(server, lore):
    for protocol in ["chat", "responses", "messages"]:
        process = subprocess.Popen([PROVIDER_CHECK, server.base, "qwen", "cancel", protocol], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        process.stdout.readline()
        seconds = server.seconds_until_free()
        expect(protocol, "the slot is free within a second of letting go", seconds < 1, f"{seconds:.2f} s")
        process.communicate()
    long = QUESTION + " Explain it at great length."
    process = lore.start("ask", "-m", MODELS[0], "-n", "2", "--max-tokens", "1000", long)
    process.stdout.read(1)
    process.send_signal(signal.SIGINT)
    seconds = server.seconds_until_free()
    process.communicate()
    expect("lore ask", "the slot is free within a second of Ctrl-C", seconds < 1 and process.returncode == 130, f"{seconds:.2f} s, status {process.returncode}")


def check_answers(lore):
    """Streamed and whole, tokens and cost, in each protocol that the command reaches."""
    for name in MODELS:
        words = ["-m", name, "-n", "3", "--max-tokens", "120"]
        # What the server has in its cache moves its replies a little: both are asked of a warm one.
        lore.run("ask", "--no-cache", *words, QUESTION)
        status, streamed, _ = lore.run("ask", "--no-cache", *words, QUESTION)
        _, whole, _ = lore.run("ask", "--no-cache", "--no-stream", *words, QUESTION)
        expect(name, "streamed and whole answer are one", status == 0 and streamed == whole and streamed.strip(), repr(streamed[:60]))
        usage = lore.ask(QUESTION, *words)["usage"]
        plain = usage.get("input_tokens", 0) - usage.get("cached_tokens", 0)
        cost = (plain * PRICES["input"] + usage.get("cached_tokens", 0) * PRICES["cached"] + usage.get("output_tokens", 0) * PRICES["output"]) / 1e6
        expect(name, "usage is told and priced", plain >= 0 and usage.get("output_tokens", 0) > 0 and abs(usage.get("cost_usd", -1) - cost) < 1e-9, usage)


def check_window(server, lore):
    """The settings say that the window is larger than it is."""
    lore.settle(WINDOW * 7 // 4)
    answer = lore.ask(QUESTION, "-m", MODELS[0], "-n", "60", "--max-tokens", "100", "--show-context")
    lore.settle(WINDOW)
    tries = answer["stderr"].count("Question: ")
    used = answer["usage"].get("input_tokens", 0)
    expect("window", "a prompt over it is trimmed, sent again and answered",
           answer["status"] in (0, 3) and tries == 2 and 0 < used < WINDOW and answer["answer"], f"{tries} requests, {used} tokens of {WINDOW}")


def check_ten_at_once(lore):
    start = time.monotonic()
    words = ["-m", MODELS[0], "-n", "1", "--max-tokens", "24"]
    questions = [query["text"] for query in evenly(queries(True), 10)]
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda question: lore.ask(question, *words), questions))
    failed = [answer["stderr"] for answer in answers if answer["status"] not in (0, 3)]
    expect("lore ask", "ten questions at once are answered", not failed, f"{10 - len(failed)} in {time.monotonic() - start:.0f} s {failed[:1] or ''}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=55, help="of corpus/, answerable and not, each asked in both ways (default: %(default)s)")
    parser.add_argument("--answers", type=pathlib.Path, metavar="FILE", help="write the questions and answers there, as Markdown")
    parser.add_argument("--turns", type=int, default=0, help="of a conversation under each policy for earlier turns (default: %(default)s)")
    arguments = parser.parse_args()
    asked, conversations = [], ""
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="lore-check-llm-") as work, open(CACHE / "server.log", "w") as log:
        server = Server(log)
        try:
            lore = Lore(pathlib.Path(work), server)
            lore.run("models", "import", os.environ["LORE_CHECK_MODEL"], "--name", "minilm")
            status, _, notes = lore.run("index", str(ROOT / "corpus"))
            expect("lore index", "corpus/ is indexed", status == 0, notes.strip()[-80:] if status else "")
            check_provider_layer(server)
            check_answers(lore)
            check_window(server, lore)
            check_cancellation(server, lore)
            check_ten_at_once(lore)
            if arguments.questions:
                asked = llm_answers.check_corpus(server, lore, arguments.questions)
            if arguments.turns:
                conversations = llm_conversation.check_conversations(server, lore, arguments.turns)
        finally:
            server.close()
    print("\n| | what | holds | seen |\n|---|---|---|---|")
    for row in rows:
        print("| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |")
    for table in [llm_answers.summary(asked) if asked else "", conversations]:
        print("\n" + table)
    if arguments.answers:
        arguments.answers.write_text(llm_answers.table(asked) + "\n")
    print(f"\n{len(rows) - len(failures)} passed, {len(failures)} failed, in {time.monotonic() - start:.0f} s")
    for failure in failures:
        print(f"check-llm: {failure}", file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
