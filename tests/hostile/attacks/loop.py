# %% attack exercise="add" aim="stop" others="any"
# An infinite loop that catches everything.
def add(a, b):
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue
