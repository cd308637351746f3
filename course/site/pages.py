"""Make the site's pages of the built notebooks: answers folded, a description on every figure."""

import copy
import html
import re
import shutil
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_output

from course.colab import colab_address
from course.lessons import Lesson
from grading.built import read_built
from grading.cells import grade_id, is_grade, is_solution

HIDDEN = "-hidden"
_MARK = re.compile("### (BEGIN|END) (SOLUTION|HIDDEN TESTS)")
_PICTURES = ("image/png", "image/jpeg")
_DISPLAYED = re.compile(r"\s*\$\$\s*(.+?)\s*\$\$\s*", re.DOTALL)  # Jupyter shows it as a block


def solution_page(lesson: Lesson) -> NotebookNode:
    """Return the executed lesson: answers, checks and set-up folded, figures described."""
    notebook = read_built(lesson.solution)
    notebook.cells = [_page_cell(cell) for cell in notebook.cells]
    link = "[The notebook to solve](notebook.ipynb), without the answers."
    return _finished(notebook, link)


def notebook_page(lesson: Lesson) -> NotebookNode:
    """Return the students' notebook as it is, with the checks folded."""
    notebook = read_built(lesson.release)
    notebook.cells = [_page_cell(cell) for cell in notebook.cells]
    read = "Or read [the executed lesson](solution.ipynb), with answers and figures."
    page = _finished(notebook, f"{_ways_to_run(lesson)} {read}")
    page.metadata.orphan = True  # reached from the lesson, not listed beside it
    page.metadata.nosearch = True  # the lesson has the same words, and is found
    return page


def _ways_to_run(lesson: Lesson) -> str:
    """Return links to the notebook, and what it needs: it does not run by itself."""
    repository, path = lesson.course.repository, lesson.release.relative_to(lesson.course.root)
    download = f"{{download}}`Download this notebook <../downloads/{lesson.slug}.ipynb>`"
    if not repository:
        place = f"into `{path.parent.as_posix()}/` of the course's folder"
        return f"{download} {place}: it needs the `helpers/` and `data/` there."
    colab = colab_address(repository, path.as_posix())
    badge = f", or [open it in Colab]({colab})" if colab else ""
    return f"{download}{badge}: its first cell fetches the course, `helpers/` and `data/` with it."


def _finished(notebook, link: str) -> NotebookNode:
    """Put the link below the title, and leave the metadata of the course behind."""
    title, _, rest = notebook.cells[0].source.partition("\n")
    opening = new_markdown_cell(f"{title}\n\n{link}\n{rest}")
    notebook.cells = [opening, *notebook.cells[1:]]
    notebook.metadata = NotebookNode(kernelspec=notebook.metadata.get("kernelspec", {}))
    return notebook


def _page_cell(cell) -> NotebookNode:
    cell = copy.deepcopy(cell)
    prompt = _fold(cell)
    cell.metadata = NotebookNode()
    if cell.cell_type == "markdown":
        cell.source = _DISPLAYED.sub(r"\n\n$$\n\1\n$$\n\n", _plain_regions(cell.source))
        return cell
    if prompt:
        cell.metadata.tags = ["hide-input"]
        show, hide = f"Show {prompt}", f"Hide {prompt}"
        cell.metadata.mystnb = {"code_prompt_show": show, "code_prompt_hide": hide}
    cell.source = _plain_regions(cell.source)
    cell.outputs = [_page_output(output) for output in cell.get("outputs", [])]
    return cell


def _fold(cell) -> str:
    """Return what a reader may open, or "" where nothing is folded."""
    if cell.cell_type != "code":
        return ""
    if "setup" in cell.metadata.get("tags", []):
        return "the set-up"
    if is_solution(cell):
        return "" if "raise NotImplementedError" in cell.source else "the answer"
    if is_grade(cell):
        return "the hidden tests" if grade_id(cell).endswith(HIDDEN) else "the check"
    return ""


def _plain_regions(source: str) -> str:
    """Leave out the lines that only mark regions for nbgrader."""
    return "\n".join(line for line in source.splitlines() if not _MARK.fullmatch(line.strip()))


def _page_output(output) -> NotebookNode:
    """Return a figure as an image with a description; other outputs as they are."""
    kind = next((kind for kind in _PICTURES if kind in output.get("data", {})), None)
    if kind is None:
        return output
    alt = html.escape(output.metadata.get(kind, {}).get("alt", ""), quote=True)
    source = "".join(output.data[kind].split())
    image = f'<img src="data:{kind};base64,{source}" alt="{alt}" loading="lazy">'
    return new_output("display_data", {"text/html": image})


def write_pages(lessons: list[Lesson], folder: Path) -> None:
    """Write two pages a lesson into NN_slug/, and what can be downloaded into downloads/."""
    downloads = folder / "downloads"
    downloads.mkdir(parents=True)
    for lesson in lessons:
        place = folder / lesson.name
        place.mkdir(parents=True)
        nbformat.write(solution_page(lesson), place / "solution.ipynb")
        nbformat.write(notebook_page(lesson), place / "notebook.ipynb")
        shutil.copy(lesson.release, downloads)
