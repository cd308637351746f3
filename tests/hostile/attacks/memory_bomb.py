# %% attack exercise="add" aim="stop" others="any" bound="3 GB"
# A little more memory than there may be, and all of it touched.
def add(a, b):
    held = [np.ones(12_500_000) for _ in range(30)]
    return len(held)
