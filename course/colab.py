"""Where a notebook of a public repository opens in Google Colab."""

import re

_COLAB = "https://colab.research.google.com"
_GITHUB = re.compile(r"https://github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?")


def colab_badge(repository: str, path: str) -> str:
    """Return a Markdown badge that opens a notebook in Colab, or "" outside GitHub.

    Args:
        repository: the address that the set-up cell fetches the course from.
        path: the notebook's path in that repository, on its branch `main`.
    """
    address = colab_address(repository, path)
    return address and f"[![Open in Colab]({_COLAB}/assets/colab-badge.svg)]({address})"


def colab_address(repository: str, path: str) -> str:
    """Return where a notebook opens in Colab, or "" outside GitHub; see `colab_badge`."""
    found = _GITHUB.fullmatch(repository)
    return f"{_COLAB}/github/{found[1]}/blob/main/{path}" if found else ""
