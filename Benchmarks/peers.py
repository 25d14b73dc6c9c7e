"""The environments that lore and `llm` run in: folders of their own, the same model."""
import json
import os
import pathlib
import shutil
import subprocess
import sys

from figures import LORE, MODEL, run
from notes import ROOT

WORK = ROOT / ".cache/bench"
LLM = [sys.executable, "-m", "llm"]
# The plugin takes a model by its path where its name is one.
LLM_MODEL = f"sentence-transformers/{MODEL}"


def lore_environment(name, fresh=False):
    data = WORK / "lore" / name
    if fresh:
        shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True, exist_ok=True)
    env = {**os.environ, "XDG_DATA_HOME": str(data), "XDG_CACHE_HOME": str(data), "XDG_CONFIG_HOME": str(data)}
    env.pop("LORE_DB", None)
    if not (data / "lore/models/minilm").exists():
        subprocess.run([LORE, "models", "import", MODEL, "--name", "minilm", "--quiet"], env=env, check=True, stdout=subprocess.DEVNULL)
    return env


def llm_environment(name, fresh=False):
    data = WORK / "llm" / name
    if fresh:
        shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True, exist_ok=True)
    (data / "sentence-transformers.json").write_text(json.dumps([{"name": MODEL}]))
    return {**os.environ, "LLM_USER_PATH": str(data), "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "true"}


LORE_ENV = llm_environment("cold")


def lore_index(folder):
    env = lore_environment("cold")
    run([LORE, "index", str(folder), "--quiet"], env)
    return env


def llm_index(folder):
    marker = WORK / "llm/cold/.indexed"
    if not marker.exists():
        run([*LLM, "embed-multi", "notes", "-m", LLM_MODEL, "--files", str(folder), "**/*.md"], LORE_ENV)
        marker.touch()
    return "notes"
