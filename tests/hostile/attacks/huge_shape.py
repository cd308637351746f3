# %% attack exercise="softmax" aim="stop"
# An array that claims a billion billion values and holds one.
def softmax(scores):
    return np.broadcast_to(np.float64(1.0), (10**9, 10**9))
