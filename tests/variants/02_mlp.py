# %% wrong exercise="fit_line" misconception="the factor 2 of the squared error's slope is missing"
def fit_line(x, y, lr, steps):
    w, b = 0.0, 0.0
    for _ in range(steps):
        error = w * x + b - y
        dw, db = np.mean(error * x), np.mean(error)
        w, b = w - lr * dw, b - lr * db
    return w, b

# %% wrong exercise="fit_line" misconception="the slopes are summed over the points: take the mean"
def fit_line(x, y, lr, steps):
    w, b = 0.0, 0.0
    for _ in range(steps):
        error = w * x + b - y
        w, b = w - lr * 2 * np.sum(error * x), b - lr * 2 * np.sum(error)
    return w, b

# %% wrong exercise="fit_line" misconception="the step goes uphill: subtract lr times the slope"
def fit_line(x, y, lr, steps):
    w, b = 0.0, 0.0
    for _ in range(steps):
        error = w * x + b - y
        w, b = w + lr * 2 * np.mean(error * x), b + lr * 2 * np.mean(error)
    return w, b

# %% wrong exercise="fit_line" misconception="the offset uses the new slope: compute both slopes of the loss first"
def fit_line(x, y, lr, steps):
    w, b = 0.0, 0.0
    for _ in range(steps):
        w = w - lr * 2 * np.mean((w * x + b - y) * x)
        b = b - lr * 2 * np.mean(w * x + b - y)
    return w, b

# %% wrong exercise="fit_line" misconception="slope and offset are returned in the wrong order"
def fit_line(x, y, lr, steps):
    w, b = 0.0, 0.0
    for _ in range(steps):
        error = w * x + b - y
        w, b = w - lr * 2 * np.mean(error * x), b - lr * 2 * np.mean(error)
    return b, w

# %% wrong exercise="fit_line" misconception="the slope for w lacks the factor x"
def fit_line(x, y, lr, steps):
    w, b = 0.0, 0.0
    for _ in range(steps):
        error = w * x + b - y
        w, b = w - lr * 2 * np.mean(error), b - lr * 2 * np.mean(error)
    return w, b

# %% wrong exercise="fit_line" misconception="this is the exact best line: take steps of gradient descent from 0"
def fit_line(x, y, lr, steps):
    slope, offset = np.polyfit(x, y, 1)
    return slope, offset

# %% wrong exercise="fit_line" misconception="only one step is taken whatever `steps` says"
def fit_line(x, y, lr, steps):
    w, b = 0.0, 0.0
    for _ in range(steps):
        error = w * x + b - y
        w, b = w - lr * 2 * np.mean(error * x), b - lr * 2 * np.mean(error)
        return w, b
    return w, b

# %% wrong exercise="fit_line" misconception="an argument is changed: work on a copy"
def fit_line(x, y, lr, steps):
    y *= -1
    w, b = 0.0, 0.0
    for _ in range(steps):
        error = w * x + b + y
        w, b = w - lr * 2 * np.mean(error * x), b - lr * 2 * np.mean(error)
    return w, b

# %% right exercise="fit_line" note="a matrix with a column of ones"
def fit_line(x, y, lr, steps):
    A = np.column_stack([x, np.ones(len(x))])
    weights = np.zeros(2)
    for _ in range(steps):
        weights -= lr * 2 * A.T @ (A @ weights - y) / len(x)
    return weights

# %% right exercise="fit_line" note="loops over the points"
def fit_line(x, y, lr, steps):
    slope = offset = 0
    for _ in range(steps):
        ds = do = 0
        for xi, yi in zip(x, y):
            ds += (slope * xi + offset - yi) * xi
            do += slope * xi + offset - yi
        slope -= 2 * lr * ds / len(x)
        offset -= 2 * lr * do / len(x)
    return [slope, offset]

# %% wrong exercise="collapse" misconception="the order is reversed: W comes first, so it stands on the left"
def collapse(W, V):
    return V @ W

# %% wrong exercise="collapse" misconception="the result is transposed: examples are rows, so do not transpose"
def collapse(W, V):
    return (W @ V).T

# %% wrong exercise="collapse" misconception="the result is transposed: examples are rows, so do not transpose"
def collapse(W, V):
    return V.T @ W.T

# %% wrong exercise="collapse" misconception="an activation crept in: these two layers are purely linear"
def collapse(W, V):
    return np.maximum(W @ V, 0)

# %% wrong exercise="collapse" misconception="* multiplies number by number: the matrix product is @"
def collapse(W, V):
    return W * V.T

# %% wrong exercise="collapse" misconception="these are still two matrices: multiply them"
def collapse(W, V):
    return W, V

# %% wrong exercise="collapse" misconception="the hidden layer may have any size: sum over all of its units"
def collapse(W, V):
    return sum(np.outer(W[:, h], V[h]) for h in range(3))

# %% right exercise="collapse" note="einsum"
def collapse(W, V):
    return np.einsum("ih,ho->io", W, V)

# %% right exercise="collapse" note="sends the identity through both layers"
def collapse(W, V):
    return (np.eye(len(W)) @ W) @ V

# %% right exercise="collapse" note="three loops, a list of lists"
def collapse(W, V):
    return [[sum(W[i][h] * V[h][o] for h in range(len(V))) for o in range(len(V[0]))] for i in range(len(W))]

# %% wrong exercise="linear_tower" misconception="depth bends nothing by itself: ten matrices multiply to one matrix"
linear_tower = "a"

# %% wrong exercise="linear_tower" misconception="more weights, the same functions: many towers multiply to the same single matrix"
linear_tower = "c"

# %% wrong exercise="linear_tower" misconception="width does not help either: a product of matrices is a matrix, however wide they are"
linear_tower = "d"

# %% wrong exercise="linear_tower" misconception="the answer is not one letter in quotes, such as \"b\""
linear_tower = "b) exactly the same functions"

# %% wrong exercise="linear_tower" misconception="the answer is not one letter in quotes, such as \"b\""
linear_tower = 1

# %% right exercise="linear_tower" note="upper case"
linear_tower = "B"

# %% right exercise="linear_tower" note="spaces around the letter"
linear_tower = " b "

# %% wrong exercise="activations" misconception="the exponent lacks its minus sign: it is exp(-x)"
def sigmoid(x):
    return 1 / (1 + np.exp(x))


def tanh(x):
    return 2 * sigmoid(2 * x) - 1


def relu(x):
    return np.maximum(x, 0)

# %% wrong exercise="activations" misconception="tanh needs sigmoid(2x): double x first"
def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def tanh(x):
    return 2 * sigmoid(x) - 1


def relu(x):
    return np.maximum(x, 0)

# %% wrong exercise="activations" misconception="sigmoid(2x) still runs from 0 to 1: double it and subtract 1"
def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def tanh(x):
    return sigmoid(2 * x)


def relu(x):
    return np.maximum(x, 0)

# %% wrong exercise="activations" misconception="relu returned the size of x: a negative x gives 0"
def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def tanh(x):
    return 2 * sigmoid(2 * x) - 1


def relu(x):
    return np.abs(x)

# %% wrong exercise="activations" misconception="relu returned the step 0 or 1: a positive x passes unchanged"
def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def tanh(x):
    return 2 * sigmoid(2 * x) - 1


def relu(x):
    return np.where(x > 0, 1, 0)

# %% wrong exercise="activations" misconception="relu kept the negative numbers: take the larger of x and 0"
def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def tanh(x):
    return 2 * sigmoid(2 * x) - 1


def relu(x):
    return np.minimum(x, 0)

# %% wrong exercise="activations" misconception="relu leaks: a negative x gives exactly 0"
def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def tanh(x):
    return 2 * sigmoid(2 * x) - 1


def relu(x):
    return np.maximum(x, 0.01 * x)

# %% wrong exercise="activations" misconception="an argument is changed: work on a copy"
def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def tanh(x):
    return 2 * sigmoid(2 * x) - 1


def relu(x):
    x[x < 0] = 0
    return x

# %% wrong exercise="activations" misconception="an argument is changed: work on a copy"
def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def tanh(x):
    x *= 2
    return 2 * sigmoid(x) - 1


def relu(x):
    return np.maximum(x, 0)

# %% right exercise="activations" note="e^x over 1 + e^x, np.tanh, a product with the condition"
def sigmoid(x):
    return np.exp(x) / (1 + np.exp(x))


def tanh(x):
    return np.tanh(x)


def relu(x):
    return x * (x > 0)

# %% right exercise="activations" note="sigmoid by tanh, relu by absolute values"
def tanh(x):
    return (np.exp(2 * x) - 1) / (np.exp(2 * x) + 1)


def sigmoid(x):
    return (tanh(x / 2) + 1) / 2


def relu(x):
    return (x + abs(x)) / 2

# %% right exercise="activations" note="math functions number by number, relu in place on a copy"
import math


def sigmoid(x):
    return np.vectorize(lambda v: 1 / (1 + math.exp(-v)), otypes=[float])(x)


def tanh(x):
    return np.vectorize(lambda v: 2 / (1 + math.exp(-2 * v)) - 1, otypes=[float])(x)


def relu(x):
    x = np.array(x)
    x[x < 0] = 0
    return x

# %% wrong exercise="activation_gradients" misconception="x is not yet squashed: first s = sigmoid(x), then s (1 - s)"
def sigmoid_grad(x):
    return x * (1 - x)


def tanh_grad(x):
    return 1 - np.tanh(x) ** 2


def relu_grad(x):
    return np.where(x > 0, 1.0, 0.0)

# %% wrong exercise="activation_gradients" misconception="this is the sigmoid itself: its slope is s (1 - s)"
def sigmoid_grad(x):
    return 1 / (1 + np.exp(-x))


def tanh_grad(x):
    return 1 - np.tanh(x) ** 2


def relu_grad(x):
    return np.where(x > 0, 1.0, 0.0)

# %% wrong exercise="activation_gradients" misconception="x is not yet squashed: the slope is 1 - tanh(x)**2"
def sigmoid_grad(x):
    s = 1 / (1 + np.exp(-x))
    return s * (1 - s)


def tanh_grad(x):
    return 1 - x**2


def relu_grad(x):
    return np.where(x > 0, 1.0, 0.0)

# %% wrong exercise="activation_gradients" misconception="the square is missing: the slope is 1 - tanh(x)**2"
def sigmoid_grad(x):
    s = 1 / (1 + np.exp(-x))
    return s * (1 - s)


def tanh_grad(x):
    return 1 - np.tanh(x)


def relu_grad(x):
    return np.where(x > 0, 1.0, 0.0)

# %% wrong exercise="activation_gradients" misconception="this is relu itself: its slope is 0 or 1"
def sigmoid_grad(x):
    s = 1 / (1 + np.exp(-x))
    return s * (1 - s)


def tanh_grad(x):
    return 1 - np.tanh(x) ** 2


def relu_grad(x):
    return np.maximum(x, 0)

# %% wrong exercise="activation_gradients" misconception="the slope at exactly 0 is 0 here: ask x > 0"
def sigmoid_grad(x):
    s = 1 / (1 + np.exp(-x))
    return s * (1 - s)


def tanh_grad(x):
    return 1 - np.tanh(x) ** 2


def relu_grad(x):
    return np.where(x >= 0, 1.0, 0.0)

# %% wrong exercise="activation_gradients" misconception="a negative x has slope 0, not -1"
def sigmoid_grad(x):
    s = 1 / (1 + np.exp(-x))
    return s * (1 - s)


def tanh_grad(x):
    return 1 - np.tanh(x) ** 2


def relu_grad(x):
    return np.sign(x)

# %% wrong exercise="activation_gradients" misconception="an argument is changed: work on a copy"
def sigmoid_grad(x):
    s = 1 / (1 + np.exp(-x))
    return s * (1 - s)


def tanh_grad(x):
    return 1 - np.tanh(x) ** 2


def relu_grad(x):
    x[x > 0] = 1
    x[x <= 0] = 0
    return x

# %% right exercise="activation_gradients" note="exponentials, hyperbolic cosine, truth values"
def sigmoid_grad(x):
    return np.exp(-x) / (1 + np.exp(-x)) ** 2


def tanh_grad(x):
    return 1 / np.cosh(x) ** 2


def relu_grad(x):
    return x > 0

# %% right exercise="activation_gradients" note="uses the functions of exercise 3, whole numbers"
def sigmoid_grad(x):
    return sigmoid(x) * sigmoid(-x)


def tanh_grad(x):
    return 4 * sigmoid_grad(2 * x)


def relu_grad(x):
    return np.heaviside(x, 0).astype(int)

# %% wrong exercise="softmax" misconception="the sum runs over the batch: use axis=1"
def softmax(scores):
    weights = np.exp(scores - scores.max(axis=0, keepdims=True))
    return weights / weights.sum(axis=0, keepdims=True)

# %% wrong exercise="softmax" misconception="the sum runs over everything: keep one sum a row"
def softmax(scores):
    weights = np.exp(scores - scores.max())
    return weights / weights.sum()

# %% wrong exercise="softmax" misconception="the division by the row's sum is missing"
def softmax(scores):
    return np.exp(scores)

# %% wrong exercise="softmax" misconception="the shifted exponentials are not divided by their row's sum"
def softmax(scores):
    return np.exp(scores - scores.max(axis=1, keepdims=True))

# %% wrong exercise="softmax" misconception="the exponential is missing: scores are divided by their sum"
def softmax(scores):
    return scores / scores.sum(axis=1, keepdims=True)

# %% wrong exercise="softmax" misconception="this is a sigmoid for each score: softmax compares the scores of a row"
def softmax(scores):
    return 1 / (1 + np.exp(-scores))

# %% wrong exercise="softmax" misconception="the scores are not shifted: subtract each row's largest first"
def softmax(scores):
    weights = np.exp(scores)
    return weights / weights.sum(axis=1, keepdims=True)

# %% wrong exercise="softmax" misconception="one number is subtracted from the whole batch: take each row's own largest"
def softmax(scores):
    weights = np.exp(scores - np.max(scores))
    return weights / weights.sum(axis=1)[:, None]

# %% wrong exercise="softmax" misconception="something other than the row's largest score is subtracted: exp can still overflow"
def softmax(scores):
    weights = np.exp(scores - scores.mean(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)

# %% wrong exercise="softmax" misconception="something other than the row's largest score is subtracted: exp can still overflow"
def softmax(scores):
    weights = np.exp(scores - scores[:, :1])
    return weights / weights.sum(axis=1, keepdims=True)

# %% wrong exercise="softmax" misconception="an argument is changed: work on a copy"
def softmax(scores):
    scores -= scores.max(axis=1, keepdims=True)
    weights = np.exp(scores)
    return weights / weights.sum(axis=1, keepdims=True)

# %% wrong exercise="softmax" misconception="something other than the row's largest score is subtracted, such as the largest size"
def softmax(scores):
    weights = np.exp(scores - np.abs(scores).max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)

# %% right exercise="softmax" note="transposed, so that the batch is the last axis"
def softmax(scores):
    columns = np.exp(scores.T - scores.max(axis=1))
    return (columns / columns.sum(axis=0)).T

# %% right exercise="softmax" note="row by row, then stacked"
def softmax(scores):
    rows = []
    for row in scores:
        weights = np.exp(row - max(row))
        rows.append(weights / sum(weights))
    return np.array(rows)

# %% right exercise="softmax" note="through the logarithm of the sum"
def softmax(scores):
    shifted = (scores.T - scores.max(axis=1)).T
    return np.exp(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))

# %% wrong exercise="cross_entropy" misconception="the losses are summed: take the mean over the batch"
def cross_entropy(probs, labels):
    return -np.sum(np.log(np.maximum(probs[np.arange(len(labels)), labels], 1e-12)))

# %% wrong exercise="cross_entropy" misconception="the mean runs over all classes: average over the batch alone"
def cross_entropy(probs, labels):
    one_hot = np.eye(probs.shape[1])[labels]
    return -np.mean(one_hot * np.log(np.maximum(probs, 1e-12)))

# %% wrong exercise="cross_entropy" misconception="the minus sign is missing: the logarithm of a probability is negative"
def cross_entropy(probs, labels):
    return np.mean(np.log(np.maximum(probs[np.arange(len(labels)), labels], 1e-12)))

# %% wrong exercise="cross_entropy" misconception="this is the logarithm to base 2: use np.log"
def cross_entropy(probs, labels):
    return -np.mean(np.log2(np.maximum(probs[np.arange(len(labels)), labels], 1e-12)))

# %% wrong exercise="cross_entropy" misconception="the largest probability is used: use the true label's"
def cross_entropy(probs, labels):
    return -np.mean(np.log(probs.max(axis=1)))

# %% wrong exercise="cross_entropy" misconception="the logarithm is missing: this is the mean of 1 - p"
def cross_entropy(probs, labels):
    return np.mean(1 - probs[np.arange(len(labels)), labels])

# %% wrong exercise="cross_entropy" misconception="there is one loss an example: return their mean"
def cross_entropy(probs, labels):
    return -np.log(np.maximum(probs[np.arange(len(labels)), labels], 1e-12))

# %% wrong exercise="cross_entropy" misconception="probs[:, labels] takes whole columns: pick one number a row"
def cross_entropy(probs, labels):
    return -np.mean(np.log(np.maximum(probs[:, labels], 1e-12)))

# %% wrong exercise="cross_entropy" misconception="log(0) is infinite: raise p to at least 1e-12 first"
def cross_entropy(probs, labels):
    return -np.mean(np.log(probs[np.arange(len(labels)), labels]))

# %% wrong exercise="cross_entropy" misconception="an argument is changed: work on a copy"
def cross_entropy(probs, labels):
    np.clip(probs, 1e-12, 1, out=probs)
    return -np.mean(np.log(probs[np.arange(len(labels)), labels]))

# %% wrong exercise="cross_entropy" misconception="every p below 1e-12 counts as 1e-12, not only 0"
def cross_entropy(probs, labels):
    p = probs[np.arange(len(labels)), labels]
    return -np.mean(np.log(np.where(p == 0, 1e-12, p)))

# %% right exercise="cross_entropy" note="one-hot rows and a small number added"
def cross_entropy(probs, labels):
    one_hot = np.eye(probs.shape[1])[labels]
    return -(one_hot * np.log(probs + 1e-12)).sum() / len(labels)

# %% right exercise="cross_entropy" note="a loop with math.log"
def cross_entropy(probs, labels):
    from math import log

    total = 0.0
    for row, label in zip(probs, labels):
        total -= log(max(row[label], 1e-12))
    return total / len(labels)

# %% wrong exercise="confidently_wrong" misconception="an error between 0 and 1 does not grow by squaring, and its slope passes through the flat sigmoid"
confidently_wrong = "b"

# %% wrong exercise="confidently_wrong" misconception="the minimum is the same, but gradient descent goes by the slope on the way there"
confidently_wrong = "c"

# %% wrong exercise="confidently_wrong" misconception="the sigmoid is flat, but -ln p is so steep there that the product of both slopes is p - 1"
confidently_wrong = "d"

# %% wrong exercise="confidently_wrong" misconception="the answer is not one letter in quotes, such as \"b\""
confidently_wrong = 0

# %% wrong exercise="confidently_wrong" misconception="the answer is not one letter in quotes, such as \"b\""
confidently_wrong = "cross-entropy"

# %% right exercise="confidently_wrong" note="upper case"
confidently_wrong = "A"

# %% right exercise="confidently_wrong" note="a line break behind the letter"
confidently_wrong = "a\n"

# %% wrong exercise="closed_gate" misconception="unit 2 gives 0 and stays at 0 after a small nudge, so the loss does not feel its weights"
closed_gate = "a"

# %% wrong exercise="closed_gate" misconception="unit 1 is open: the loss still feels everything that passes through it"
closed_gate = "b"

# %% wrong exercise="closed_gate" misconception="the ReLU stops everything that passes through unit 2: its incoming weights, and its outgoing one, which is multiplied by h2 = 0"
closed_gate = "c"

# %% wrong exercise="closed_gate" misconception="the answer is not one letter in quotes, such as \"b\""
closed_gate = "d) those of the weights and the bias"

# %% wrong exercise="closed_gate" misconception="the answer is not one letter in quotes, such as \"b\""
closed_gate = ["c", "d"]

# %% right exercise="closed_gate" note="upper case"
closed_gate = "D"

# %% right exercise="closed_gate" note="put together from a variable"
choice = "D"
closed_gate = choice.lower()

# %% wrong exercise="forward" misconception="the ReLU is missing: the two layers collapse to one"
def forward(params, X):
    Z1 = X @ params["W1"] + params["b1"]
    H = Z1
    probs = softmax(H @ params["W2"] + params["b2"])
    return probs, {"X": X, "Z1": Z1, "H": H, "probs": probs}

# %% wrong exercise="forward" misconception="b1 is not added"
def forward(params, X):
    Z1 = X @ params["W1"]
    H = np.maximum(Z1, 0)
    probs = softmax(H @ params["W2"] + params["b2"])
    return probs, {"X": X, "Z1": Z1, "H": H, "probs": probs}

# %% wrong exercise="forward" misconception="b2 is not added"
def forward(params, X):
    Z1 = X @ params["W1"] + params["b1"]
    H = np.maximum(Z1, 0)
    probs = softmax(H @ params["W2"])
    return probs, {"X": X, "Z1": Z1, "H": H, "probs": probs}

# %% wrong exercise="forward" misconception="the softmax is missing: these are the scores"
def forward(params, X):
    Z1 = X @ params["W1"] + params["b1"]
    H = np.maximum(Z1, 0)
    probs = H @ params["W2"] + params["b2"]
    return probs, {"X": X, "Z1": Z1, "H": H, "probs": probs}

# %% wrong exercise="forward" misconception="the ReLU also cut the scores: the last layer has none"
def forward(params, X):
    Z1 = X @ params["W1"] + params["b1"]
    H = np.maximum(Z1, 0)
    probs = softmax(np.maximum(H @ params["W2"] + params["b2"], 0))
    return probs, {"X": X, "Z1": Z1, "H": H, "probs": probs}

# %% wrong exercise="forward" misconception="the hidden layer uses a sigmoid: this network has a ReLU"
def forward(params, X):
    Z1 = X @ params["W1"] + params["b1"]
    H = 1 / (1 + np.exp(-Z1))
    probs = softmax(H @ params["W2"] + params["b2"])
    return probs, {"X": X, "Z1": Z1, "H": H, "probs": probs}

# %% wrong exercise="forward" misconception="Z1 must be stored before the ReLU"
def forward(params, X):
    Z1 = np.maximum(X @ params["W1"] + params["b1"], 0)
    probs = softmax(Z1 @ params["W2"] + params["b2"])
    return probs, {"X": X, "Z1": Z1, "H": Z1, "probs": probs}

# %% wrong exercise="forward" misconception="the cache is not returned: end with return probs, cache"
def forward(params, X):
    Z1 = X @ params["W1"] + params["b1"]
    H = np.maximum(Z1, 0)
    probs = softmax(H @ params["W2"] + params["b2"])
    cache = {"X": X, "Z1": Z1, "H": H, "probs": probs}
    return probs

# %% wrong exercise="forward" misconception="an argument is changed: work on a copy"
def forward(params, X):
    params["b1"] += 1
    Z1 = X @ params["W1"] + params["b1"] - 1
    H = np.maximum(Z1, 0)
    probs = softmax(H @ params["W2"] + params["b2"])
    return probs, {"X": X, "Z1": Z1, "H": H, "probs": probs}

# %% wrong exercise="forward" misconception="the batch axis of one is lost: leave out squeeze"
def forward(params, X):
    Z1 = X @ params["W1"] + params["b1"]
    H = np.maximum(Z1, 0)
    probs = softmax(H @ params["W2"] + params["b2"])
    return probs, {"X": X, "Z1": np.squeeze(Z1), "H": np.squeeze(H), "probs": probs}

# %% right exercise="forward" note="einsum, and more in the cache than asked"
def forward(params, X):
    W1, b1, W2, b2 = (params[name] for name in ("W1", "b1", "W2", "b2"))
    Z1 = np.einsum("ni,ih->nh", X, W1) + b1
    H = np.where(Z1 > 0, Z1, 0)
    Z2 = np.einsum("nh,hc->nc", H, W2) + b2
    P = softmax(Z2)
    return P, dict(X=X, Z1=Z1, H=H, Z2=Z2, probs=P)

# %% right exercise="forward" note="one example at a time, its own softmax"
def forward(params, X):
    cache = {"X": X, "Z1": [], "H": [], "probs": []}
    for x in X:
        z = x @ params["W1"] + params["b1"]
        h = z * (z > 0)
        scores = h @ params["W2"] + params["b2"]
        e = np.exp(scores - scores.max())
        for key, value in (("Z1", z), ("H", h), ("probs", e / e.sum())):
            cache[key].append(value)
    cache = {key: np.array(value) for key, value in cache.items()}
    return cache["probs"], cache

# %% wrong exercise="backward" misconception="the mean over the batch is missing: divide by the number of examples"
def backward(params, cache, labels):
    dZ2 = cache["probs"].copy()
    dZ2[np.arange(len(labels)), labels] -= 1
    dZ1 = (dZ2 @ params["W2"].T) * (cache["Z1"] > 0)
    return {"W1": cache["X"].T @ dZ1, "b1": dZ1.sum(axis=0), "W2": cache["H"].T @ dZ2, "b2": dZ2.sum(axis=0)}

# %% wrong exercise="backward" misconception="1 is not subtracted at the true class: dZ2 is (P - Y) / n"
def backward(params, cache, labels):
    dZ2 = cache["probs"] / len(labels)
    dZ1 = (dZ2 @ params["W2"].T) * (cache["Z1"] > 0)
    return {"W1": cache["X"].T @ dZ1, "b1": dZ1.sum(axis=0), "W2": cache["H"].T @ dZ2, "b2": dZ2.sum(axis=0)}

# %% wrong exercise="backward" misconception="the sign is turned: dZ2 is P - Y, not Y - P"
def backward(params, cache, labels):
    one_hot = np.eye(cache["probs"].shape[1])[labels]
    dZ2 = (one_hot - cache["probs"]) / len(labels)
    dZ1 = (dZ2 @ params["W2"].T) * (cache["Z1"] > 0)
    return {"W1": cache["X"].T @ dZ1, "b1": dZ1.sum(axis=0), "W2": cache["H"].T @ dZ2, "b2": dZ2.sum(axis=0)}

# %% wrong exercise="backward" misconception="the softmax's slope is counted twice: P - Y contains it already"
def backward(params, cache, labels):
    P = cache["probs"]
    one_hot = np.eye(P.shape[1])[labels]
    dZ2 = (P - one_hot) * P * (1 - P) / len(labels)
    dZ1 = (dZ2 @ params["W2"].T) * (cache["Z1"] > 0)
    return {"W1": cache["X"].T @ dZ1, "b1": dZ1.sum(axis=0), "W2": cache["H"].T @ dZ2, "b2": dZ2.sum(axis=0)}

# %% wrong exercise="backward" misconception="the gate is missing: the slope passes the ReLU only where Z1 > 0"
def backward(params, cache, labels):
    n = len(labels)
    dZ2 = cache["probs"].copy()
    dZ2[np.arange(n), labels] -= 1
    dZ2 /= n
    dZ1 = dZ2 @ params["W2"].T
    return {"W1": cache["X"].T @ dZ1, "b1": dZ1.sum(axis=0), "W2": cache["H"].T @ dZ2, "b2": dZ2.sum(axis=0)}

# %% wrong exercise="backward" misconception="the gate multiplies by H: the ReLU's slope is 0 or 1"
def backward(params, cache, labels):
    n = len(labels)
    dZ2 = cache["probs"].copy()
    dZ2[np.arange(n), labels] -= 1
    dZ2 /= n
    dZ1 = (dZ2 @ params["W2"].T) * cache["H"]
    return {"W1": cache["X"].T @ dZ1, "b1": dZ1.sum(axis=0), "W2": cache["H"].T @ dZ2, "b2": dZ2.sum(axis=0)}

# %% wrong exercise="backward" misconception="the bias is averaged twice: sum dZ2, which is divided by n already"
def backward(params, cache, labels):
    n = len(labels)
    dZ2 = cache["probs"].copy()
    dZ2[np.arange(n), labels] -= 1
    dZ2 /= n
    dZ1 = (dZ2 @ params["W2"].T) * (cache["Z1"] > 0)
    return {"W1": cache["X"].T @ dZ1, "b1": dZ1.mean(axis=0), "W2": cache["H"].T @ dZ2, "b2": dZ2.mean(axis=0)}

# %% wrong exercise="backward" misconception="the bias is averaged twice: sum dZ1, which is divided by n already"
def backward(params, cache, labels):
    n = len(labels)
    dZ2 = cache["probs"].copy()
    dZ2[np.arange(n), labels] -= 1
    dZ2 /= n
    dZ1 = (dZ2 @ params["W2"].T) * (cache["Z1"] > 0)
    return {"W1": cache["X"].T @ dZ1, "b1": dZ1.mean(axis=0), "W2": cache["H"].T @ dZ2, "b2": dZ2.sum(axis=0)}

# %% wrong exercise="backward" misconception="the mean is taken twice: dZ2 is divided by n already"
def backward(params, cache, labels):
    n = len(labels)
    dZ2 = cache["probs"].copy()
    dZ2[np.arange(n), labels] -= 1
    dZ2 /= n
    dZ1 = (dZ2 @ params["W2"].T) * (cache["Z1"] > 0)
    return {"W1": cache["X"].T @ dZ1 / n, "b1": dZ1.mean(axis=0), "W2": cache["H"].T @ dZ2 / n, "b2": dZ2.mean(axis=0)}

# %% wrong exercise="backward" misconception="the gradients come without names: return a dictionary with W1, b1, W2 and b2"
def backward(params, cache, labels):
    n = len(labels)
    dZ2 = cache["probs"].copy()
    dZ2[np.arange(n), labels] -= 1
    dZ2 /= n
    dZ1 = (dZ2 @ params["W2"].T) * (cache["Z1"] > 0)
    return cache["X"].T @ dZ1, dZ1.sum(axis=0), cache["H"].T @ dZ2, dZ2.sum(axis=0)

# %% wrong exercise="backward" misconception="the keys are not those of params: W1, b1, W2 and b2"
def backward(params, cache, labels):
    n = len(labels)
    dZ2 = cache["probs"].copy()
    dZ2[np.arange(n), labels] -= 1
    dZ2 /= n
    dZ1 = (dZ2 @ params["W2"].T) * (cache["Z1"] > 0)
    return {"dW1": cache["X"].T @ dZ1, "db1": dZ1.sum(axis=0), "dW2": cache["H"].T @ dZ2, "db2": dZ2.sum(axis=0)}

# %% wrong exercise="backward" misconception="the gate asks Z1 >= 0: at exactly 0 the slope is 0 here"
def backward(params, cache, labels):
    n = len(labels)
    dZ2 = cache["probs"].copy()
    dZ2[np.arange(n), labels] -= 1
    dZ2 /= n
    dZ1 = (dZ2 @ params["W2"].T) * (cache["Z1"] >= 0)
    return {"W1": cache["X"].T @ dZ1, "b1": dZ1.sum(axis=0), "W2": cache["H"].T @ dZ2, "b2": dZ2.sum(axis=0)}

# %% wrong exercise="backward" misconception="an argument is changed: work on a copy"
def backward(params, cache, labels):
    Z1 = cache["X"] @ params["W1"] + params["b1"]
    dscores = cache["probs"]
    dscores[range(len(labels)), labels] -= 1
    dscores = dscores / len(labels)
    dZ1 = dscores @ params["W2"].T
    dZ1[Z1 <= 0] = 0
    return {"W1": cache["X"].T @ dZ1, "b1": dZ1.sum(0), "W2": np.maximum(Z1, 0).T @ dscores, "b2": dscores.sum(0)}

# %% wrong exercise="backward" misconception="an argument is changed: work on a copy"
def backward(params, cache, labels):
    n = len(labels)
    dZ2 = (cache["probs"] - np.eye(cache["probs"].shape[1])[labels]) / n
    dZ1 = (dZ2 @ params["W2"].T) * (cache["Z1"] > 0)
    grads = {"W1": cache["X"].T @ dZ1, "b1": dZ1.sum(0), "W2": cache["H"].T @ dZ2, "b2": dZ2.sum(0)}
    for name in grads:
        params[name] -= 0.1 * grads[name]
    return grads

# %% right exercise="backward" note="one-hot rows, einsum, the gate from H"
def backward(params, cache, labels):
    P, H, X = cache["probs"], cache["H"], cache["X"]
    dZ2 = (P - np.eye(P.shape[1])[labels]) / P.shape[0]
    dZ1 = np.einsum("nc,hc->nh", dZ2, params["W2"]) * (H > 0)
    return {
        "b2": np.einsum("nc->c", dZ2),
        "W2": np.einsum("nh,nc->hc", H, dZ2),
        "b1": np.einsum("nh->h", dZ1),
        "W1": np.einsum("ni,nh->ih", X, dZ1),
    }

# %% right exercise="backward" note="example by example, averaged at the end"
def backward(params, cache, labels):
    grads = {name: np.zeros_like(values, dtype=float) for name, values in params.items()}
    for x, z, h, p, label in zip(cache["X"], cache["Z1"], cache["H"], cache["probs"], labels):
        d2 = np.array(p)
        d2[label] -= 1
        d1 = (params["W2"] @ d2) * np.where(z > 0, 1, 0)
        grads["W2"] += np.outer(h, d2)
        grads["b2"] += d2
        grads["W1"] += np.outer(x, d1)
        grads["b1"] += d1
    return {name: values / len(labels) for name, values in grads.items()}

# %% right exercise="backward" note="recomputes the forward pass"
def backward(params, cache, labels):
    Z1 = cache["X"] @ params["W1"] + params["b1"]
    dscores = np.array(cache["probs"])
    dscores[range(len(labels)), labels] -= 1
    dscores = dscores / len(labels)
    dZ1 = dscores @ params["W2"].T
    dZ1[Z1 <= 0] = 0
    return {"W1": cache["X"].T @ dZ1, "b1": dZ1.sum(0), "W2": np.maximum(Z1, 0).T @ dscores, "b2": dscores.sum(0)}

# %% wrong exercise="sgd_step" misconception="the step goes uphill: subtract"
def sgd_step(params, grads, lr):
    return {name: params[name] + lr * grads[name] for name in params}

# %% wrong exercise="sgd_step" misconception="the learning rate is not used"
def sgd_step(params, grads, lr):
    return {name: params[name] - grads[name] for name in params}

# %% wrong exercise="sgd_step" misconception="the biases stay where they are: they learn too"
def sgd_step(params, grads, lr):
    new = dict(params)
    for name in params:
        if name.startswith("W"):
            new[name] = params[name] - lr * grads[name]
    return new

# %% wrong exercise="sgd_step" misconception="this is the step itself: return the parameters after it"
def sgd_step(params, grads, lr):
    return {name: lr * grads[name] for name in params}

# %% wrong exercise="sgd_step" misconception="the learning rate divides: it multiplies the gradient"
def sgd_step(params, grads, lr):
    return {name: params[name] - grads[name] / lr for name in params}

# %% wrong exercise="sgd_step" misconception="nothing has changed: assign the new values to the dictionary"
def sgd_step(params, grads, lr):
    for name, values in params.items():
        values = values - lr * grads[name]
    return params

# %% wrong exercise="sgd_step" misconception="an argument is changed: work on a copy"
def sgd_step(params, grads, lr):
    for name in grads:
        grads[name] *= lr
    return {name: params[name] - grads[name] for name in params}

# %% wrong exercise="sgd_step" misconception="the values are paired by position: pair them by name"
def sgd_step(params, grads, lr):
    return {name: p - lr * g for (name, p), g in zip(params.items(), grads.values())}

# %% right exercise="sgd_step" note="in place, and returned"
def sgd_step(params, grads, lr):
    for name in params:
        params[name] -= lr * grads[name]
    return params

# %% right exercise="sgd_step" note="a new dictionary filled in a loop over the gradients"
def sgd_step(params, grads, lr):
    stepped = {}
    for name, slope in grads.items():
        stepped[name] = np.subtract(params[name], np.multiply(lr, slope))
    return stepped

# %% wrong exercise="minibatches" misconception="the short last batch is missing: slice up to the end"
def minibatches(X, y, batch_size, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    X, y = X[order], y[order]
    return [(X[i * batch_size : (i + 1) * batch_size], y[i * batch_size : (i + 1) * batch_size]) for i in range(len(X) // batch_size)]

# %% wrong exercise="minibatches" misconception="X and y are shuffled apart: use one order for both"
def minibatches(X, y, batch_size, seed):
    generator = np.random.default_rng(seed)
    X, y = generator.permutation(X), generator.permutation(y)
    return [(X[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(X), batch_size)]

# %% wrong exercise="minibatches" misconception="X and y are shuffled apart: use one order for both"
def minibatches(X, y, batch_size, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    X = X[order]
    return [(X[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(X), batch_size)]

# %% wrong exercise="minibatches" misconception="nothing is shuffled: take the examples in a random order"
def minibatches(X, y, batch_size, seed):
    return [(X[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(X), batch_size)]

# %% wrong exercise="minibatches" misconception="only the batches change places: shuffle the examples"
def minibatches(X, y, batch_size, seed):
    batches = [(X[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(X), batch_size)]
    last = batches.pop()
    return [batches[i] for i in np.random.default_rng(seed).permutation(len(batches))] + [last]

# %% wrong exercise="minibatches" misconception="examples are drawn with replacement: use a permutation"
def minibatches(X, y, batch_size, seed):
    order = np.random.default_rng(seed).integers(0, len(X), len(X))
    return [(X[order[i : i + batch_size]], y[order[i : i + batch_size]]) for i in range(0, len(X), batch_size)]

# %% wrong exercise="minibatches" misconception="the batches overlap: go on by batch_size each time"
def minibatches(X, y, batch_size, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    return [(X[order[i : i + batch_size]], y[order[i : i + batch_size]]) for i in range(len(X))]

# %% wrong exercise="minibatches" misconception="batch_size is the size of a batch, not the number of batches"
def minibatches(X, y, batch_size, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    return [(X[piece], y[piece]) for piece in np.array_split(order, batch_size)]

# %% wrong exercise="minibatches" misconception="the seed is not used: pass it to default_rng"
def minibatches(X, y, batch_size, seed):
    order = np.random.permutation(len(X))
    return [(X[order[i : i + batch_size]], y[order[i : i + batch_size]]) for i in range(0, len(X), batch_size)]

# %% wrong exercise="minibatches" misconception="the order is the same for every seed: pass seed to default_rng"
def minibatches(X, y, batch_size, seed):
    order = np.random.default_rng(0).permutation(len(X))
    return [(X[order[i : i + batch_size]], y[order[i : i + batch_size]]) for i in range(0, len(X), batch_size)]

# %% wrong exercise="minibatches" misconception="each batch is shuffled within itself: draw one order of all examples, then cut"
def minibatches(X, y, batch_size, seed):
    generator = np.random.default_rng(seed)
    batches = []
    for i in range(0, len(X), batch_size):
        order = generator.permutation(len(X[i : i + batch_size]))
        batches.append((X[i : i + batch_size][order], y[i : i + batch_size][order]))
    return batches

# %% wrong exercise="minibatches" misconception="the batches are made equal: all but the last have batch_size examples"
def minibatches(X, y, batch_size, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    pieces = np.array_split(order, int(np.ceil(len(X) / batch_size)))
    return [(X[piece], y[piece]) for piece in pieces]

# %% wrong exercise="minibatches" misconception="X and y are shuffled in place: X[order] makes a new array"
def minibatches(X, y, batch_size, seed):
    np.random.default_rng(seed).shuffle(X)
    np.random.default_rng(seed).shuffle(y)
    return [(X[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(X), batch_size)]

# %% wrong exercise="minibatches" misconception="X and y are shuffled in place: X[order] makes a new array"
def minibatches(X, y, batch_size, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    X[:], y[:] = X[order], y[order]
    return [(X[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(X), batch_size)]

# %% wrong exercise="minibatches" misconception="this is a generator or a zip: make a list of the pairs"
def minibatches(X, y, batch_size, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    for i in range(0, len(X), batch_size):
        piece = order[i : i + batch_size]
        yield X[piece], y[piece]

# %% wrong exercise="minibatches" misconception="this is a generator or a zip: make a list of the pairs"
def minibatches(X, y, batch_size, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    cuts = range(batch_size, len(X), batch_size)
    return zip(np.split(X[order], cuts), np.split(y[order], cuts))

# %% wrong exercise="minibatches" misconception="the short last batch is missing: slice up to the end"
def minibatches(X, y, batch_size, seed):
    order = np.random.default_rng(seed).permutation(len(X))
    pieces = [order[i : i + batch_size] for i in range(0, len(X) - 1, batch_size)]
    return [(X[piece], y[piece]) for piece in pieces]

# %% wrong exercise="minibatches" misconception="the examples are only rotated or turned round: draw a random order"
def minibatches(X, y, batch_size, seed):
    order = np.roll(np.arange(len(X)), np.random.default_rng(seed).integers(1, len(X)))
    return [(X[order[i : i + batch_size]], y[order[i : i + batch_size]]) for i in range(0, len(X), batch_size)]

# %% right exercise="minibatches" note="the old random generator, and array_split at the cuts"
def minibatches(X, y, batch_size, seed):
    order = np.arange(len(y))
    np.random.RandomState(seed).shuffle(order)
    cuts = np.arange(batch_size, len(y), batch_size)
    return list(zip(np.split(X[order], cuts), np.split(y[order], cuts)))

# %% right exercise="minibatches" note="Python's random module and a while loop"
def minibatches(X, y, batch_size, seed):
    import random

    left = list(range(len(X)))
    random.Random(seed).shuffle(left)
    batches = []
    while left:
        now, left = left[:batch_size], left[batch_size:]
        batches.append((X[now], y[now]))
    return batches

# %% wrong exercise="symmetric_start" misconception="all units see the same data through the same weights, so the data cannot tell them apart"
symmetric_start = "a"

# %% wrong exercise="symmetric_start" misconception="only those of W1 and b1 are 0, and only in the first step; W2 and b2 move at once, the rest follows, every unit in the same way"
symmetric_start = "b"

# %% wrong exercise="symmetric_start" misconception="nothing is infinite here: equal scores only give equal probabilities, a loss of ln(classes)"
symmetric_start = "d"

# %% wrong exercise="symmetric_start" misconception="the answer is not one letter in quotes, such as \"b\""
symmetric_start = 3

# %% wrong exercise="symmetric_start" misconception="the answer is not one letter in quotes, such as \"b\""
symmetric_start = "(c)"

# %% right exercise="symmetric_start" note="upper case"
symmetric_start = "C"

# %% right exercise="symmetric_start" note="a space in front"
symmetric_start = " c"

# %% wrong exercise="gradient_norms" misconception="the last layer comes first: norms[0] belongs to the first layer"
def gradient_norms(depth, activation):
    weights, Z, H, dH = deep_forward(depth, activation)
    slope = SLOPES[activation]
    norms = []
    for i in reversed(range(depth)):
        dZ = dH * slope(Z[i])
        norms.append(np.linalg.norm(H[i].T @ dZ))
        dH = dZ @ weights[i].T
    return norms

# %% wrong exercise="gradient_norms" misconception="the activation's slope is missing: dZ is dH times slope(Z)"
def gradient_norms(depth, activation):
    weights, Z, H, dH = deep_forward(depth, activation)
    norms = np.zeros(depth)
    for i in reversed(range(depth)):
        norms[i] = np.linalg.norm(H[i].T @ dH)
        dH = dH @ weights[i].T
    return norms

# %% wrong exercise="gradient_norms" misconception="the slope is taken at H: it belongs to Z, before the activation"
def gradient_norms(depth, activation):
    weights, Z, H, dH = deep_forward(depth, activation)
    slope = SLOPES[activation]
    norms = np.zeros(depth)
    for i in reversed(range(depth)):
        dZ = dH * slope(H[i + 1])
        norms[i] = np.linalg.norm(H[i].T @ dZ)
        dH = dZ @ weights[i].T
    return norms

# %% wrong exercise="gradient_norms" misconception="the gradient uses the layer's output: dW is H[i].T @ dZ, with its input"
def gradient_norms(depth, activation):
    weights, Z, H, dH = deep_forward(depth, activation)
    slope = SLOPES[activation]
    norms = np.zeros(depth)
    for i in reversed(range(depth)):
        dZ = dH * slope(Z[i])
        norms[i] = np.linalg.norm(H[i + 1].T @ dZ)
        dH = dZ @ weights[i].T
    return norms

# %% wrong exercise="gradient_norms" misconception="this is the norm of dZ: take that of the weights' gradient H[i].T @ dZ"
def gradient_norms(depth, activation):
    weights, Z, H, dH = deep_forward(depth, activation)
    slope = SLOPES[activation]
    norms = np.zeros(depth)
    for i in reversed(range(depth)):
        dZ = dH * slope(Z[i])
        norms[i] = np.linalg.norm(dZ)
        dH = dZ @ weights[i].T
    return norms

# %% wrong exercise="gradient_norms" misconception="dH does not go back through the weights: dZ @ weights[i].T"
def gradient_norms(depth, activation):
    weights, Z, H, dH = deep_forward(depth, activation)
    slope = SLOPES[activation]
    norms = np.zeros(depth)
    for i in reversed(range(depth)):
        dH = dH * slope(Z[i])
        norms[i] = np.linalg.norm(H[i].T @ dH)
    return norms

# %% wrong exercise="gradient_norms" misconception="dH goes back through the weights untransposed: use weights[i].T"
def gradient_norms(depth, activation):
    weights, Z, H, dH = deep_forward(depth, activation)
    slope = SLOPES[activation]
    norms = np.zeros(depth)
    for i in reversed(range(depth)):
        dZ = dH * slope(Z[i])
        norms[i] = np.linalg.norm(H[i].T @ dZ)
        dH = dZ @ weights[i]
    return norms

# %% right exercise="gradient_norms" note="zip backwards, a list, the norm by hand"
def gradient_norms(depth, activation):
    weights, Z, H, dH = deep_forward(depth, activation)
    norms = []
    for W, z, h in reversed(list(zip(weights, Z, H))):
        dZ = dH * SLOPES[activation](z)
        norms.insert(0, float(np.sqrt(np.square(h.T @ dZ).sum())))
        dH = dZ @ W.T
    return norms

# %% right exercise="gradient_norms" note="recursion from the first layer"
def gradient_norms(depth, activation):
    weights, Z, H, dH = deep_forward(depth, activation)
    norms = np.zeros(depth)

    def slope_at_output(i):
        if i == depth - 1:
            return dH
        return slope_at_z(i + 1) @ weights[i + 1].T

    def slope_at_z(i):
        return slope_at_output(i) * SLOPES[activation](Z[i])

    for i in range(depth):
        norms[i] = np.linalg.norm(np.einsum("nj,nk->jk", H[i], slope_at_z(i)))
    return norms

# %% wrong exercise="ten_sigmoids" misconception="the way back passes through nine layers, and each one multiplies by 1/4"
ten_sigmoids = "a"

# %% wrong exercise="ten_sigmoids" misconception="the factors multiply, they do not add: 1/4 times 1/4 is 1/16"
ten_sigmoids = "b"

# %% wrong exercise="ten_sigmoids" misconception="one learning rate serves all layers: it cannot be large for the first and small for the last"
ten_sigmoids = "d"

# %% wrong exercise="ten_sigmoids" misconception="the answer is not one letter in quotes, such as \"b\""
ten_sigmoids = 0.25**9

# %% wrong exercise="ten_sigmoids" misconception="the answer is not one letter in quotes, such as \"b\""
ten_sigmoids = "c. about 4 in a million"

# %% right exercise="ten_sigmoids" note="upper case"
ten_sigmoids = "C"

# %% right exercise="ten_sigmoids" note="spaces around the letter"
ten_sigmoids = "  c "

# %% wrong exercise="build_linear" misconception="the input is not declared: begin with keras.Input(shape=(1,))"
def build_linear():
    return keras.Sequential([layers.Dense(1)])

# %% wrong exercise="build_linear" misconception="the layer has too many units: y is one number"
def build_linear():
    return keras.Sequential([keras.Input(shape=(1,)), layers.Dense(16)])

# %% wrong exercise="build_linear" misconception="the bias is missing: leave use_bias as it is"
def build_linear():
    return keras.Sequential([keras.Input(shape=(1,)), layers.Dense(1, use_bias=False)])

# %% wrong exercise="build_linear" misconception="there is a hidden layer: a linear network needs none"
def build_linear():
    return keras.Sequential([keras.Input(shape=(1,)), layers.Dense(16), layers.Dense(1)])

# %% wrong exercise="build_linear" misconception="an activation bends the line: leave it out"
def build_linear():
    return keras.Sequential([keras.Input(shape=(1,)), layers.Dense(1, activation="relu")])

# %% wrong exercise="build_linear" misconception="the input is a single number: keras.Input(shape=(1,))"
def build_linear():
    return keras.Sequential([keras.Input(shape=(200,)), layers.Dense(1)])

# %% wrong exercise="build_linear" misconception="something is drawn at random in training: no Dropout and no noise"
def build_linear():
    return keras.Sequential([keras.Input(shape=(1,)), layers.GaussianNoise(0.1), layers.Dense(1)])

# %% right exercise="build_linear" note="the functional way"
def build_linear():
    inputs = keras.Input(shape=(1,))
    return keras.Model(inputs, layers.Dense(1)(inputs))

# %% right exercise="build_linear" note="layer by layer, activation named linear, compiled"
def build_linear():
    model = keras.Sequential(name="line")
    model.add(keras.Input((1,)))
    model.add(layers.Dense(1, activation="linear"))
    model.compile("sgd", "mse")
    return model

# %% wrong exercise="build_shallow" misconception="the input is not declared: begin with keras.Input(shape=(1,))"
def build_shallow():
    return keras.Sequential([layers.Dense(16, activation="tanh"), layers.Dense(1)])

# %% wrong exercise="build_shallow" misconception="the hidden layer has no activation: the network is one straight line"
def build_shallow():
    return keras.Sequential([keras.Input(shape=(1,)), layers.Dense(16), layers.Dense(1)])

# %% wrong exercise="build_shallow" misconception="the output layer is missing: end with layers.Dense(1)"
def build_shallow():
    return keras.Sequential([keras.Input(shape=(1,)), layers.Dense(16, activation="tanh")])

# %% wrong exercise="build_shallow" misconception="the hidden layer does not have 16 units"
def build_shallow():
    return keras.Sequential([keras.Input(shape=(1,)), layers.Dense(8, activation="tanh"), layers.Dense(1)])

# %% wrong exercise="build_shallow" misconception="the output layer has an activation: leave it out, y may be any number"
def build_shallow():
    return keras.Sequential([keras.Input(shape=(1,)), layers.Dense(16, activation="tanh"), layers.Dense(1, activation="tanh")])

# %% wrong exercise="build_shallow" misconception="the hidden activation is relu: use tanh"
def build_shallow():
    return keras.Sequential([keras.Input(shape=(1,)), layers.Dense(16, activation="relu"), layers.Dense(1)])

# %% wrong exercise="build_shallow" misconception="there is more than one hidden layer"
def build_shallow():
    return keras.Sequential([keras.Input(shape=(1,)), layers.Dense(16, activation="tanh"), layers.Dense(16, activation="tanh"), layers.Dense(1)])

# %% wrong exercise="build_shallow" misconception="something is drawn at random in training: no Dropout and no noise"
def build_shallow():
    return keras.Sequential([keras.Input(shape=(1,)), layers.Dense(16, activation="tanh"), layers.Dropout(0.2), layers.Dense(1)])

# %% wrong exercise="build_shallow" misconception="a bias is missing: leave use_bias as it is"
def build_shallow():
    return keras.Sequential([keras.Input(shape=(1,)), layers.Dense(16, activation="tanh"), layers.Dense(1, use_bias=False)])

# %% wrong exercise="build_shallow" misconception="weights start at 0: leave the initialisers as they are"
def build_shallow():
    return keras.Sequential([keras.Input(shape=(1,)), layers.Dense(16, activation="tanh", kernel_initializer="zeros"), layers.Dense(1, kernel_initializer="zeros")])

# %% right exercise="build_shallow" note="an activation layer of its own"
def build_shallow():
    return keras.Sequential([keras.Input(shape=(1,)), layers.Dense(16), layers.Activation("tanh"), layers.Dense(1)])

# %% right exercise="build_shallow" note="the functional way"
def build_shallow():
    inputs = keras.Input((1,))
    hidden = layers.Dense(units=16, activation=keras.activations.tanh)(inputs)
    return keras.Model(inputs=inputs, outputs=layers.Dense(units=1)(hidden))

# %% wrong exercise="build_deep" misconception="the hidden layers have no activation: the network is one straight line"
def build_deep():
    return keras.Sequential([keras.Input(shape=(1,)), layers.Dense(16), layers.Dense(16), layers.Dense(16), layers.Dense(1)])

# %% wrong exercise="build_deep" misconception="there are two hidden layers: three are asked"
def build_deep():
    return keras.Sequential([keras.Input(shape=(1,)), layers.Dense(16, activation="tanh"), layers.Dense(16, activation="tanh"), layers.Dense(1)])

# %% wrong exercise="build_deep" misconception="there is one hidden layer: three are asked"
def build_deep():
    return keras.Sequential([keras.Input(shape=(1,)), layers.Dense(16, activation="tanh"), layers.Dense(1)])

# %% wrong exercise="build_deep" misconception="the output layer is missing: end with layers.Dense(1)"
def build_deep():
    return keras.Sequential([keras.Input(shape=(1,)), *[layers.Dense(16, activation="tanh") for _ in range(3)]])

# %% wrong exercise="build_deep" misconception="the output layer has an activation: leave it out, y may be any number"
def build_deep():
    return keras.Sequential([keras.Input(shape=(1,)), *[layers.Dense(16, activation="tanh") for _ in range(3)], layers.Dense(1, activation="sigmoid")])

# %% wrong exercise="build_deep" misconception="only the first hidden layer has an activation: give all three one"
def build_deep():
    return keras.Sequential([keras.Input(shape=(1,)), layers.Dense(16, activation="tanh"), layers.Dense(16), layers.Dense(16), layers.Dense(1)])

# %% wrong exercise="build_deep" misconception="the hidden activation is relu: use tanh"
def build_deep():
    return keras.Sequential([keras.Input(shape=(1,)), *[layers.Dense(16, activation="relu") for _ in range(3)], layers.Dense(1)])

# %% wrong exercise="build_deep" misconception="the hidden activation is sigmoid: use tanh"
def build_deep():
    return keras.Sequential([keras.Input(shape=(1,)), *[layers.Dense(16, activation="sigmoid") for _ in range(3)], layers.Dense(1)])

# %% wrong exercise="build_deep" misconception="the hidden layers do not have 16 units each"
def build_deep():
    return keras.Sequential([keras.Input(shape=(1,)), *[layers.Dense(n, activation="tanh") for n in (64, 32, 16)], layers.Dense(1)])

# %% wrong exercise="build_deep" misconception="something is drawn at random in training: no Dropout and no noise"
def build_deep():
    hidden = [layers.Dense(16, activation="tanh") for _ in range(3)]
    return keras.Sequential([keras.Input(shape=(1,)), *hidden, layers.Dropout(0.3), layers.Dense(1)])

# %% wrong exercise="build_deep" misconception="a bias is missing: leave use_bias as it is"
def build_deep():
    hidden = [layers.Dense(16, activation="tanh") for _ in range(3)]
    return keras.Sequential([keras.Input(shape=(1,)), *hidden, layers.Dense(1, use_bias=False)])

# %% right exercise="build_deep" note="layer by layer with add"
def build_deep():
    model = keras.Sequential()
    model.add(keras.Input(shape=(1,)))
    for _ in range(3):
        model.add(layers.Dense(16, activation="tanh"))
    model.add(layers.Dense(1))
    return model

# %% right exercise="build_deep" note="the functional way"
def build_deep():
    x = inputs = keras.Input(shape=(1,))
    for _ in range(3):
        x = layers.Activation("tanh")(layers.Dense(16)(x))
    return keras.Model(inputs, layers.Dense(1)(x))

# %% wrong exercise="build_mlp" misconception="the images are not flattened: put layers.Flatten() after the input"
def build_mlp():
    return keras.Sequential([keras.Input(shape=(28, 28)), layers.Dense(128, activation="relu"), layers.Dense(64, activation="relu"), layers.Dense(10, activation="softmax")])

# %% wrong exercise="build_mlp" misconception="the softmax is missing: the outputs are scores"
def build_mlp():
    return keras.Sequential([keras.Input(shape=(28, 28)), layers.Flatten(), layers.Dense(128, activation="relu"), layers.Dense(64, activation="relu"), layers.Dense(10)])

# %% wrong exercise="build_mlp" misconception="the outputs do not compete: use softmax instead of sigmoid"
def build_mlp():
    return keras.Sequential([keras.Input(shape=(28, 28)), layers.Flatten(), layers.Dense(128, activation="relu"), layers.Dense(64, activation="relu"), layers.Dense(10, activation="sigmoid")])

# %% wrong exercise="build_mlp" misconception="the hidden layers have no activation: the network is linear"
def build_mlp():
    return keras.Sequential([keras.Input(shape=(28, 28)), layers.Flatten(), layers.Dense(128), layers.Dense(64), layers.Dense(10, activation="softmax")])

# %% wrong exercise="build_mlp" misconception="only one hidden layer has an activation: give both a ReLU"
def build_mlp():
    return keras.Sequential([keras.Input(shape=(28, 28)), layers.Flatten(), layers.Dense(128, activation="relu"), layers.Dense(64), layers.Dense(10, activation="softmax")])

# %% wrong exercise="build_mlp" misconception="a hidden layer is missing: 128 units, then 64"
def build_mlp():
    return keras.Sequential([keras.Input(shape=(28, 28)), layers.Flatten(), layers.Dense(128, activation="relu"), layers.Dense(10, activation="softmax")])

# %% wrong exercise="build_mlp" misconception="the hidden layers have changed places: 128 units first, then 64"
def build_mlp():
    return keras.Sequential([keras.Input(shape=(28, 28)), layers.Flatten(), layers.Dense(64, activation="relu"), layers.Dense(128, activation="relu"), layers.Dense(10, activation="softmax")])

# %% wrong exercise="build_mlp" misconception="the input is not declared: begin with keras.Input(shape=(28, 28))"
def build_mlp():
    return keras.Sequential([layers.Flatten(), layers.Dense(128, activation="relu"), layers.Dense(64, activation="relu"), layers.Dense(10, activation="softmax")])

# %% wrong exercise="build_mlp" misconception="something is drawn at random in training: no Dropout and no noise"
def build_mlp():
    return keras.Sequential([keras.Input(shape=(28, 28)), layers.Flatten(), layers.Dense(128, activation="relu"), layers.Dense(64, activation="relu"), layers.Dropout(0.3), layers.Dense(10, activation="softmax")])

# %% wrong exercise="build_mlp" misconception="the input has an axis too many: images come as (28, 28)"
def build_mlp():
    return keras.Sequential([keras.Input(shape=(28, 28, 1)), layers.Flatten(), layers.Dense(128, activation="relu"), layers.Dense(64, activation="relu"), layers.Dense(10, activation="softmax")])

# %% wrong exercise="build_mlp" misconception="the softmax runs over the batch: leave its axis as it is"
def build_mlp():
    return keras.Sequential([keras.Input(shape=(28, 28)), layers.Flatten(), layers.Dense(128, activation="relu"), layers.Dense(64, activation="relu"), layers.Dense(10), layers.Softmax(axis=0)])

# %% right exercise="build_mlp" note="the functional way, Reshape instead of Flatten"
def build_mlp():
    images = keras.Input((28, 28))
    x = layers.Reshape((784,))(images)
    x = layers.Dense(128, activation="relu")(x)
    x = layers.Dense(64, activation="relu")(x)
    return keras.Model(images, layers.Dense(10, activation="softmax")(x))

# %% right exercise="build_mlp" note="activations as layers, compiled"
def build_mlp():
    model = keras.Sequential([keras.Input(shape=(28, 28)), layers.Flatten()])
    for units in (128, 64):
        model.add(layers.Dense(units))
        model.add(layers.ReLU())
    model.add(layers.Dense(10))
    model.add(layers.Softmax())
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    return model

# %% right exercise="build_mlp" note="the shape given to Flatten, which only draws a warning"
def build_mlp():
    return keras.Sequential(
        [
            layers.Flatten(input_shape=(28, 28)),
            layers.Dense(128, activation="relu"),
            layers.Dense(64, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
