# %% attack exercise="add" aim="stop"
# A list that holds itself.
def add(a, b):
    value = []
    value.append(value)
    return value
