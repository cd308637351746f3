# %% attack exercise="softmax" aim="stop" bound="200 MB"
# An array of 200 MB.
def softmax(scores):
    return np.ones(25_000_000)
