#!/usr/bin/env python3
"""Embeds texts with ONNX Runtime f32 (and sentence-transformers), and prints tokens per second.

The weights are those of MODEL, exported from PyTorch. Batches are sorted by length. Tokenisation is
not timed, which favours the peer. Needs torch, transformers, onnxruntime, sentence-transformers.
"""
import argparse
import json
import os
import pathlib
import statistics
import tempfile
import time


def export(model_folder, path):
    import torch
    import transformers

    model = transformers.AutoModel.from_pretrained(model_folder).eval()

    class Hidden(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.model = model

        def forward(self, ids, mask):
            types = torch.zeros_like(ids)
            output = self.model(input_ids=ids, attention_mask=mask, token_type_ids=types)
            return output.last_hidden_state

    sample = torch.ones(2, 8, dtype=torch.long)
    axes = {name: {0: "batch", 1: "tokens"} for name in ("ids", "mask", "hidden")}
    torch.onnx.export(
        Hidden(), (sample, sample), str(path), input_names=["ids", "mask"],
        output_names=["hidden"], dynamic_axes=axes, dynamo=False)


def batches_of(model_folder, texts, size, limit):
    import numpy
    import transformers

    tokenizer = transformers.AutoTokenizer.from_pretrained(model_folder)
    encoded = sorted(
        (tokenizer(text, truncation=True, max_length=limit)["input_ids"] for text in texts),
        key=len)
    for start in range(0, len(encoded), size):
        group = encoded[start : start + size]
        width = max(map(len, group))
        ids = numpy.zeros((len(group), width), dtype=numpy.int64)
        mask = numpy.zeros((len(group), width), dtype=numpy.int64)
        for row, tokens in enumerate(group):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        yield ids, mask


def pooled(hidden, mask):
    import numpy

    weight = mask[:, :, None].astype(numpy.float32)
    mean = (hidden * weight).sum(1) / weight.sum(1)
    return mean / numpy.linalg.norm(mean, axis=1, keepdims=True)


def onnx_runtime(arguments, texts):
    import onnxruntime

    path = arguments.onnx
    if not path.exists():
        export(arguments.model, path)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = arguments.threads
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"])
    batches = list(batches_of(arguments.model, texts, arguments.batch, arguments.limit))

    def run():
        for ids, mask in batches:
            pooled(session.run(None, {"ids": ids, "mask": mask})[0], mask)

    return run, int(sum(mask.sum() for _, mask in batches))


def sentence_transformers(arguments, texts):
    import sentence_transformers
    import torch

    torch.set_num_threads(arguments.threads)
    model = sentence_transformers.SentenceTransformer(str(arguments.model), device="cpu")
    batches = batches_of(arguments.model, texts, arguments.batch, arguments.limit)
    tokens = int(sum(mask.sum() for _, mask in batches))
    return lambda: model.encode(texts, batch_size=arguments.batch), tokens


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=pathlib.Path, required=True)
    parser.add_argument("--texts", type=pathlib.Path, required=True, help="one JSON string a line")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--limit", type=int, default=256, help="word pieces a text")
    parser.add_argument("--peer", choices=["onnxruntime", "sentence-transformers"],
                        default="onnxruntime")
    parser.add_argument("--onnx", type=pathlib.Path,
                        default=pathlib.Path(tempfile.gettempdir()) / "lore-bench-minilm.onnx")
    arguments = parser.parse_args()
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    texts = [json.loads(line) for line in arguments.texts.open(encoding="utf-8")]
    make = onnx_runtime if arguments.peer == "onnxruntime" else sentence_transformers
    run, tokens = make(arguments, texts)
    run()
    rates, busy = [], []
    for _ in range(arguments.runs):
        start, used = time.perf_counter(), time.process_time()
        run()
        rates.append(tokens / (time.perf_counter() - start))
        busy.append(tokens / (time.process_time() - used))
    print(json.dumps({
        "peer": arguments.peer, "threads": arguments.threads, "texts": len(texts),
        "tokens": tokens, "tokens_per_second": round(statistics.median(rates)),
        "tokens_per_cpu_second": round(statistics.median(busy)),
        "runs": [round(rate) for rate in rates]}))


if __name__ == "__main__":
    main()
