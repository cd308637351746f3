# %% attack exercise="add" aim="stop"
# Half a surrogate pair, which no file can hold: printed, in the name of an error and in its text.
Half = type("Half\ud800", (Exception,), {})


def add(a, b):
    print("\ud800")
    raise Half("\ud800")
