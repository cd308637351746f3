"""Who handed something in, and what."""

from dataclasses import dataclass

from course.lms.downloads import File


@dataclass(frozen=True)
class Person:
    """Who handed something in, as far as a system tells.

    Attributes:
        system: "canvas", "moodle", "gradescope" or "folders".
        id: the system's number for the person; Moodle's is one for each assignment.
        name: as the system writes it.
        email, sid: address and student number, or "".
    """

    system: str
    id: str
    name: str
    email: str = ""
    sid: str = ""


@dataclass(frozen=True)
class Handed:
    """One file of one person.

    Attributes:
        person: whose it is.
        name: the name that the student gave it.
        file: where it lies.
        late: True where the system calls it late.
        moment: when it was handed in, as text, or "".
    """

    person: Person
    name: str
    file: File
    late: bool = False
    moment: str = ""
