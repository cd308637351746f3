"""Where the course can be fetched from: one address, in the settings and in the README's badges."""

import re

from course.colab import colab_badge
from course.lessons import Course
from grading.errors import UserError
from grading.files import write_whole

_SETTING = re.compile(r'(?m)^(\[tool\.course\]\n(?:[^\[\n].*\n|\n)*?repository = )"[^"\n]*"$')
_ADDRESS = re.compile(r"(https|file)://[^\s\"'\\]+")


def set_address(course: Course, address: str) -> None:
    """Write an address into pyproject.toml, and badges for Colab into the README's table.

    Args:
        course: the tree to change.
        address: what `git clone` takes without a password; "" where there is none.

    Raises:
        UserError: that is no such address, or pyproject.toml has no place for it. Nothing is
            changed then.
    """
    if address and not _ADDRESS.fullmatch(address):
        raise UserError(f"{address!r} is no address such as https://github.com/you/course")
    place = course.root / "pyproject.toml"
    text, found = _SETTING.subn(rf'\1"{address}"', place.read_text("utf-8"))
    if not found:
        raise UserError(f"{place} has no line `repository = ...` under [tool.course]")
    write_whole(place, text)
    readme = course.root / "README.md"
    if readme.is_file():
        write_whole(readme, with_badges(readme.read_text("utf-8"), course, address))


def with_badges(text: str, course: Course, address: str) -> str:
    """Return a README with a badge after each row's link to a lesson, or none without GitHub."""
    for lesson in course.lessons():
        path = lesson.release.relative_to(course.root).as_posix()
        link = re.compile(rf"(?m)^(\| \[[^\]]+\]\({re.escape(path)}\)).*?( \|)")
        badge = colab_badge(address, path)
        mark = f" {badge}" if badge else ""
        text = link.sub(lambda row, mark=mark: f"{row[1]}{mark}{row[2]}", text)
    return text
