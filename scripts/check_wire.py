#!/usr/bin/env python3
"""Drives the scripted provider of the tests with the providers' own libraries: what they read from it
must be what it was told to say, or the tests of lore would hold lore to a wire that does not exist."""
import json
import subprocess
import sys

import anthropic
import ollama
import openai
from google import genai
from google.genai import errors as genai_errors
from google.genai import types as genai_types
from openai.types.chat import ChatCompletion

TEXT = "Héllo wörld 😀."
SEARCH = {"type": "object", "properties": {"q": {"type": "string"}}}
checks = 0
failures = []


class Provider:
    """The scripted provider, told line by line what to do with the next request."""

    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        self.base = self.process.stdout.readline().strip()

    def next(self, act):
        self.process.stdin.write(act + "\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline().strip() == "ready"

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=10)


def expect(what, found, wanted):
    global checks
    checks += 1
    if found != wanted:
        failures.append(f"{what}: found {found!r}, wanted {wanted!r}")


def expect_error(what, kind, call):
    global checks
    checks += 1
    try:
        call()
    except kind:
        return
    except Exception as error:  # noqa: BLE001, whatever it is, it is the wrong one
        failures.append(f"{what}: {error!r} and not {kind.__name__}")
        return
    failures.append(f"{what}: no error")


def check_openai_chat(provider):
    client = openai.OpenAI(api_key="k", base_url=provider.base + "/v1", max_retries=0)
    ask = {"model": "m", "messages": [{"role": "user", "content": "Hi"}]}
    provider.next("text")
    whole = client.chat.completions.create(**ask)
    expect("chat whole", whole.choices[0].message.content, TEXT)
    expect("chat cached", whole.usage.prompt_tokens_details.cached_tokens, 60)
    provider.next("text")
    chunks = list(client.chat.completions.create(**ask, stream=True, stream_options={"include_usage": True}))
    expect("chat stream", "".join(c.choices[0].delta.content or "" for c in chunks if c.choices), TEXT)
    expect("chat usage", chunks[-1].usage.total_tokens, 120)
    provider.next("tools")
    with client.chat.completions.stream(**ask) as stream:
        final = stream.get_final_completion()
    calls = final.choices[0].message.tool_calls
    expect("chat calls", [(c.id, c.function.arguments) for c in calls], [("call_a", '{"q":"pump"}'), ("call_b", "{}")])
    expect("chat finish", final.choices[0].finish_reason, "tool_calls")
    for act, kind in [("wrongKey", openai.AuthenticationError), ("unknownModel", openai.NotFoundError),
                      ("rateLimited", openai.RateLimitError), ("contextTooLong", openai.BadRequestError),
                      ("serverFailure", openai.InternalServerError)]:
        provider.next(act)
        expect_error(f"chat {act}", kind, lambda: client.chat.completions.create(**ask))


def check_openai_responses(provider):
    client = openai.OpenAI(api_key="k", base_url=provider.base + "/v1", max_retries=0)
    provider.next("text")
    whole = client.responses.create(model="m", input="Hi")
    expect("responses whole", whole.output_text, TEXT)
    expect("responses cached", whole.usage.input_tokens_details.cached_tokens, 60)
    provider.next("tools")
    with client.responses.stream(model="m", input="Hi") as stream:
        deltas = [event.delta for event in stream if event.type == "response.output_text.delta"]
        final = stream.get_final_response()
    expect("responses stream", "".join(deltas), "Looking.")
    calls = [item for item in final.output if item.type == "function_call"]
    expect("responses calls", [(c.call_id, c.arguments) for c in calls], [("call_a", '{"q":"pump"}'), ("call_b", "{}")])
    provider.next("length")
    expect("responses length", client.responses.create(model="m", input="Hi").incomplete_details.reason, "max_output_tokens")


def check_anthropic(provider):
    client = anthropic.Anthropic(api_key="k", base_url=provider.base, max_retries=0)
    ask = {"model": "m", "max_tokens": 100, "messages": [{"role": "user", "content": "Hi"}]}
    provider.next("text")
    whole = client.messages.create(**ask)
    expect("anthropic whole", whole.content[0].text, TEXT)
    expect("anthropic usage", (whole.usage.input_tokens, whole.usage.cache_read_input_tokens), (32, 60))
    provider.next("tools")
    with client.messages.stream(**ask) as stream:
        text = "".join(stream.text_stream)
        final = stream.get_final_message()
    expect("anthropic stream", text, "Looking.")
    calls = [block for block in final.content if block.type == "tool_use"]
    expect("anthropic calls", [(c.id, c.input) for c in calls], [("call_a", {"q": "pump"}), ("call_b", {})])
    expect("anthropic finish", final.stop_reason, "tool_use")
    provider.next("thinking")
    with client.messages.stream(**ask) as stream:
        final = stream.get_final_message()
    expect("anthropic thinking", (final.content[0].thinking, final.content[0].signature), ("hm", "Er4="))
    for act, kind in [("wrongKey", anthropic.AuthenticationError), ("rateLimited", anthropic.RateLimitError),
                      ("contextTooLong", anthropic.BadRequestError), ("overloaded", anthropic.InternalServerError)]:
        provider.next(act)
        expect_error(f"anthropic {act}", kind, lambda: client.messages.create(**ask))


def check_gemini(provider):
    client = genai.Client(api_key="k", http_options=genai_types.HttpOptions(base_url=provider.base))
    ask = {"model": "gemini-3.8-flash", "contents": "Hi"}
    provider.next("text")
    whole = client.models.generate_content(**ask)
    expect("gemini whole", whole.text, TEXT)
    usage = whole.usage_metadata
    expect("gemini usage", (usage.prompt_token_count, usage.candidates_token_count, usage.thoughts_token_count), (100, 15, 5))
    provider.next("text")
    expect("gemini stream", "".join(chunk.text for chunk in client.models.generate_content_stream(**ask)), TEXT)
    provider.next("tools")
    parts = [p for chunk in client.models.generate_content_stream(**ask) for p in chunk.candidates[0].content.parts]
    calls = [part.function_call for part in parts if part.function_call]
    expect("gemini calls", [(c.id, c.args) for c in calls], [("call_a", {"q": "pump"}), ("call_b", {})])
    for act in ["wrongKey", "rateLimited", "contextTooLong"]:
        provider.next(act)
        expect_error(f"gemini {act}", genai_errors.ClientError, lambda: client.models.generate_content(**ask))


def check_embeddings(provider):
    texts = ["a", "bc"]
    provider.next("text")
    client = openai.OpenAI(api_key="k", base_url=provider.base + "/v1", max_retries=0)
    reply = client.embeddings.create(model="m", input=texts)
    vectors = [entry.embedding for entry in reply.data]
    expect("openai embeddings", [len(vector) for vector in vectors], [4, 4])
    expect("openai embedding usage", reply.usage.prompt_tokens, 3)
    provider.next("text")
    client = genai.Client(api_key="k", http_options=genai_types.HttpOptions(base_url=provider.base))
    reply = client.models.embed_content(model="gemini-embedding-001", contents=texts)
    expect("gemini embeddings", rounded(entry.values for entry in reply.embeddings), rounded(vectors))
    provider.next("text")
    reply = ollama.Client(host=provider.base).embed(model="m", input=texts)
    expect("ollama embeddings", rounded(reply.embeddings), rounded(vectors))
    expect("ollama embedding usage", reply.prompt_eval_count, 3)


def rounded(vectors):
    return [[round(value, 5) for value in vector] for vector in vectors]


def check_ollama(provider):
    client = ollama.Client(host=provider.base)
    ask = {"model": "m", "messages": [{"role": "user", "content": "Hi"}]}
    provider.next("text")
    whole = client.chat(**ask)
    expect("ollama whole", whole.message.content, TEXT)
    expect("ollama usage", (whole.prompt_eval_count, whole.eval_count), (100, 20))
    provider.next("text")
    chunks = list(client.chat(**ask, stream=True))
    expect("ollama stream", "".join(chunk.message.content or "" for chunk in chunks), TEXT)
    expect("ollama finish", (chunks[-1].done, chunks[-1].done_reason), (True, "stop"))
    provider.next("tools")
    calls = [c for chunk in client.chat(**ask, stream=True) for c in chunk.message.tool_calls or []]
    expect("ollama calls", [c.function.arguments for c in calls], [{"q": "pump"}, {}])
    provider.next("unknownModel")
    expect_error("ollama unknownModel", ollama.ResponseError, lambda: client.chat(**ask))


def check_models(provider):
    client = openai.OpenAI(api_key="k", base_url=provider.base + "/v1", max_retries=0)
    expect("openai models", [model.id for model in client.models.list()], ["m", "n"])
    client = anthropic.Anthropic(api_key="k", base_url=provider.base, max_retries=0)
    expect("anthropic models", [model.id for model in client.models.list()], ["m", "n"])
    client = genai.Client(api_key="k", http_options=genai_types.HttpOptions(base_url=provider.base))
    expect("gemini models", [model.name for model in client.models.list()], ["models/m", "models/n"])
    models = ollama.Client(host=provider.base).list().models
    expect("ollama models", [model.model for model in models], ["m", "n"])


def check_openai_batches(provider):
    client = openai.OpenAI(api_key="k", base_url=provider.base + "/v1", max_retries=0)
    lines = [json.dumps({"custom_id": name, "method": "POST", "url": "/v1/chat/completions",
                         "body": {"model": "m", "messages": [{"role": "user", "content": name}]}}) for name in "ab"]
    file = client.files.create(file=("b.jsonl", "\n".join(lines).encode()), purpose="batch")
    made = client.batches.create(input_file_id=file.id, endpoint="/v1/chat/completions", completion_window="24h",
                                 metadata={"lore_batch": "lb"})
    batch = client.batches.retrieve(made.id)
    expect("openai batch", (batch.status, batch.request_counts.total, batch.metadata), ("completed", 2, {"lore_batch": "lb"}))
    expect("openai batches", [entry.id for entry in client.batches.list()], [made.id])
    replies = [json.loads(line) for line in client.files.content(batch.output_file_id).text.splitlines()]
    texts = {line["custom_id"]: ChatCompletion.model_validate(line["response"]["body"]).choices[0].message.content
             for line in replies}
    expect("openai batch replies", texts, {"a": "Echo: a", "b": "Echo: b"})
    expect_error("openai batch missing", openai.NotFoundError, lambda: client.batches.retrieve("none"))


def check_anthropic_batches(provider):
    client = anthropic.Anthropic(api_key="k", base_url=provider.base, max_retries=0)
    requests = [{"custom_id": name, "params": {"model": "m", "max_tokens": 9, "messages": [{"role": "user", "content": name}]}}
                for name in "ab"]
    made = client.messages.batches.create(requests=requests)
    expect("anthropic batch made", (made.processing_status, made.request_counts.processing), ("in_progress", 2))
    batch = client.messages.batches.retrieve(made.id)
    expect("anthropic batch", (batch.processing_status, batch.request_counts.succeeded), ("ended", 2))
    expect("anthropic batches", [entry.id for entry in client.messages.batches.list()], [made.id])
    texts = {line.custom_id: line.result.message.content[0].text for line in client.messages.batches.results(made.id)}
    expect("anthropic batch replies", texts, {"a": "Echo: a", "b": "Echo: b"})
    expect_error("anthropic batch missing", anthropic.NotFoundError, lambda: client.messages.batches.retrieve("none"))


def check_gemini_batches(provider):
    client = genai.Client(api_key="k", http_options=genai_types.HttpOptions(base_url=provider.base))
    requests = [{"contents": [{"role": "user", "parts": [{"text": name}]}], "metadata": {"key": name}} for name in "ab"]
    made = client.batches.create(model="gemini-3.8-flash", src=requests, config={"display_name": "lb"})
    batch = client.batches.get(name=made.name)
    expect("gemini batch", (batch.state.name, batch.display_name), ("JOB_STATE_SUCCEEDED", "lb"))
    expect("gemini batches", [entry.name for entry in client.batches.list()], [made.name])
    texts = {entry.metadata["key"]: entry.response.text for entry in batch.dest.inlined_responses}
    expect("gemini batch replies", texts, {"a": "Echo: a", "b": "Echo: b"})
    expect_error("gemini batch missing", genai_errors.ClientError, lambda: client.batches.get(name="batches/none"))


provider = Provider(sys.argv[1])
for check in [check_openai_chat, check_openai_responses, check_anthropic, check_gemini, check_ollama, check_embeddings,
              check_models, check_openai_batches, check_anthropic_batches, check_gemini_batches]:
    check(provider)
provider.close()
for failure in failures:
    print(f"check-wire: {failure}", file=sys.stderr)
print(f"{checks - len(failures)} passed, {len(failures)} failed")
sys.exit(1 if failures else 0)
