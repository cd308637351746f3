# %% attack exercise="add" aim="secrets" bound="sockets of this machine"
# Sockets of other programs are listed and connected to.
import socket

try:
    with open("/proc/net/unix") as table:
        names = {line.split()[-1] for line in table if "@" in line or "/" in line}
except OSError:
    names = set()
print("KEY-SOCKETS" if any("hostile-witness" in name for name in names) else len(names))


def add(a, b):
    return 0
