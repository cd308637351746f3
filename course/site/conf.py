"""Sphinx's settings for the site; `course site` puts this file beside the pages."""

from pathlib import Path

import jupyter_server_mathjax

project = "Deep learning for computer vision"
copyright = (
    "the authors; text CC BY 4.0, code MIT, "
    "pictures under their own licences, listed in the course's data/README.md"
)
author = "the authors"
extensions = ["myst_nb"]
exclude_patterns = ["downloads"]
suppress_warnings = ["mystnb.unknown_mime_type"]
nitpicky = True

nb_execution_mode = "off"
nb_merge_streams = True
myst_enable_extensions = ["dollarmath", "amsmath"]
myst_heading_anchors = 2

html_theme = "furo"
html_title = project
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False

_MATHJAX = Path(jupyter_server_mathjax.__file__).parent / "static"
html_static_path.append(str(_MATHJAX))
mathjax_path = "MathJax.js?config=TeX-AMS-MML_HTMLorMML-full"
_FONT = "STIX-Web"  # the one that comes with the package
mathjax2_config = {
    "tex2jax": {"inlineMath": [["\\(", "\\)"]], "processClass": "math"},
    "HTML-CSS": {"availableFonts": [_FONT], "preferredFont": _FONT, "webFont": _FONT},
}


def setup(app):
    """Sphinx calls this once: mend each page for those who use a keyboard or a screen reader."""
    app.connect("html-page-context", _for_all_readers)


def _for_all_readers(app, name, template, context, doctree) -> None:
    """Let the keyboard reach code that scrolls, and call folded parts by their own words."""
    body = context.get("body", "").replace(' aria-label="Toggle hidden content"', "")
    context["body"] = body.replace("<pre>", '<pre tabindex="0">')
