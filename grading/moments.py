"""Read when work was handed in, as nbgrader's timestamp.txt and downloads write it."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from dateutil.tz import gettz

EXAMPLE = "2026-03-06 23:59:00 +01:00"
_MOMENT = re.compile(
    r"""\s* (?P<date> \d{4}-\d{1,2}-\d{1,2} | \d{4}/\d{1,2}/\d{1,2})
    (?: (?:T|\s+) (?P<time> \d{1,2}:\d\d (?: :\d\d )?) (?: [.,](?P<part> \d+))? )?
    \s* (?: (?:UTC|GMT)? \s* (?P<hours> [+-]\d{1,2}) (?: :?(?P<minutes> \d\d))?
          | (?P<zone> [A-Z]+ (?: [/_][A-Z_]+)* ) )? \s*""",
    re.VERBOSE | re.ASCII | re.IGNORECASE,
)


def read_moment(text: str) -> datetime | None:
    """Return a moment with its offset, UTC where it names none; None where the text is no moment.

    The year comes first: who reads 06.03.2026 has to guess. nbgrader itself would take the offset
    +0100 for 100 seconds, and UTC+01:00 for the other side of Greenwich.
    """
    found = _MOMENT.fullmatch(text)
    zone = _zone(found) if found else None
    if zone is None:
        return None
    numbers = [int(number) for number in re.findall(r"\d+", f"{found['date']} {found['time']}")]
    part = int((found["part"] or "0")[:6].ljust(6, "0"))
    try:
        moment = datetime(*numbers, tzinfo=zone) + timedelta(microseconds=part)
        moment.astimezone(UTC)  # the first and last days of all years have no such
    except (ValueError, OverflowError):
        return None
    return moment


def in_utc(moment: datetime) -> str:
    """Write a moment as the gradebook does: in UTC, without saying so."""
    return str(moment.astimezone(UTC).replace(tzinfo=None))


def _zone(found: re.Match) -> tzinfo | None:
    """Return the time zone of a moment; None where there is none of that name."""
    name, hours = found["zone"], found["hours"]
    if hours:
        minutes = int(found["minutes"] or 0) * (-1 if hours[0] == "-" else 1)
        offset = timedelta(hours=int(hours), minutes=minutes)
        return timezone(offset) if abs(offset) < timedelta(hours=24) else None
    return UTC if name is None or name.upper() in ("Z", "UTC", "GMT") else gettz(name)
