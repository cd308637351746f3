"""Fill in the HTML pages: everything that goes into one is cleaned and escaped on its way."""

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from grading.wording import amount, clean, count, one_line, percent, sentence

_TICKED = re.compile(r"`([^`\n]+)`")


def render(template: str, **values) -> str:
    """Fill in a template of `grading/templates`."""
    return environment().get_template(template).render(**values)


@cache
def environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        finalize=_cleaned,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "amount": amount,
        "count": count,
        "one_line": one_line,
        "percent": percent,
        "sentence": sentence,
        "ticked": ticked,
    }
    return environment


def ticked(text: str) -> Markup:
    """Set what stands between backticks as code, the rest as plain text."""
    return Markup(_TICKED.sub(r"<code>\1</code>", str(escape(clean(text)))))


def _cleaned(value):
    return clean(value) if type(value) is str else value  # our own markup is a subclass of str
