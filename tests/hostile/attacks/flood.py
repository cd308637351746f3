# %% attack exercise="add" aim="stop" others="any" bound="100 MB"
# A hundred megabytes of output.
def add(a, b):
    for _ in range(100):
        print("x" * 1_000_000)
    return 0
