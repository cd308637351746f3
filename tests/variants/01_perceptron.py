# Answers to lesson 1: wrong ones as students write them, and right ones that look different.

# %% wrong exercise="predict" misconception="a score of 0 is class 0: the threshold is strict, use > and not >="
def predict(X, w, b):
    return (X @ w + b >= 0).astype(int)


# %% wrong exercise="predict" misconception="b is left out of the score: add it to X @ w"
def predict(X, w, b):
    return np.where(X @ w > 0, 1, 0)


# %% wrong exercise="predict" misconception="b is subtracted: the score is X @ w + b"
def predict(X, w, b):
    return (X @ w - b > 0).astype(int)


# %% wrong exercise="predict" misconception="the threshold is 0, not 0.5"
def predict(X, w, b):
    return (X @ w + b > 0.5).astype(int)


# %% wrong exercise="predict" misconception="these are scores: compare them with 0"
def predict(X, w, b):
    return X @ w + b


# %% wrong exercise="predict" misconception="these classes are -1 and 1: answer 0 or 1"
def predict(X, w, b):
    return np.where(X @ w + b > 0, 1, -1)


# %% wrong exercise="predict" misconception="the answer is a column: give one number an example, shape (examples,)"
def predict(X, w, b):
    return (X @ w.reshape(-1, 1) + b > 0).astype(int)


# %% wrong exercise="predict" misconception="0 and 1 are swapped"
def predict(X, w, b):
    return (X @ w + b <= 0).astype(int)


# %% wrong exercise="predict" misconception="b is added to each weight: add it to the score"
def predict(X, w, b):
    return (X @ (w + b) > 0).astype(int)


# %% wrong exercise="predict" misconception="an argument is changed: work on a copy"
def predict(X, w, b):
    X *= w
    return (X.sum(axis=1) + b > 0).astype(int)


# %% right exercise="predict" note="a loop over the examples that returns a list"
def predict(X, w, b):
    answers = []
    for x in X:
        score = sum(w_i * x_i for w_i, x_i in zip(w, x)) + b
        answers.append(1 if score > 0 else 0)
    return answers


# %% right exercise="predict" note="truth values by einsum"
def predict(X, w, b):
    return np.einsum("nf,f->n", X, w) + b > 0


# %% right exercise="predict" note="np.heaviside with 0 at 0, as floats"
def predict(X, w, b):
    return np.heaviside(np.dot(X, w) + b, 0)


# %% wrong exercise="strict_threshold" misconception="every score is 0, and 0 > 0 is false; you may have thought of >= 0"
strict_threshold = "a"

# %% wrong exercise="strict_threshold" misconception="nothing here is random: the same weights always give the same answer"
strict_threshold = "c"

# %% wrong exercise="strict_threshold" misconception="the rule says 'otherwise 0', and a score of 0 falls under 'otherwise'"
strict_threshold = "d"

# %% wrong exercise="strict_threshold" misconception="the position instead of the letter"
strict_threshold = 1

# %% wrong exercise="strict_threshold" misconception="a letter with a bracket"
strict_threshold = "b)"

# %% right exercise="strict_threshold" note="a capital letter"
strict_threshold = "B"

# %% right exercise="strict_threshold" note="a blank before the letter"
strict_threshold = " b"

# %% wrong exercise="ten_times" misconception="the distance is |b| / |w|: both grow tenfold, and the ratio stays"
ten_times = "a"

# %% wrong exercise="ten_times" misconception="w only gets longer: its direction, and with it the line's, stays"
ten_times = "b"

# %% wrong exercise="ten_times" misconception="positive scores grow, but negative ones grow downwards too: no sign changes"
ten_times = "d"

# %% wrong exercise="ten_times" misconception="a list instead of a letter"
ten_times = ["c"]

# %% wrong exercise="ten_times" misconception="the choice written out"
ten_times = "c · nothing: each point keeps its class"

# %% right exercise="ten_times" note="a capital letter"
ten_times = "C"

# %% right exercise="ten_times" note="a blank behind the letter"
ten_times = "c "


# %% wrong exercise="add_bias" misconception="the ones stand last: they belong in front, in column 0"
def add_bias(X):
    return np.hstack([X, np.ones((X.shape[0], 1))])


# %% wrong exercise="add_bias" misconception="a row of ones was added: add a column (axis=1)"
def add_bias(X):
    return np.vstack([np.ones((1, X.shape[1])), X])


# %% wrong exercise="add_bias" misconception="the new column holds zeros: it must hold ones"
def add_bias(X):
    return np.pad(X, ((0, 0), (1, 0)))


# %% wrong exercise="add_bias" misconception="1 was added to every value: put a column of ones in front instead"
def add_bias(X):
    return X + 1


# %% wrong exercise="add_bias" misconception="the ones took the place of X's first column: keep all columns of X"
def add_bias(X):
    Z = X.copy()
    Z[:, 0] = 1
    return Z


# %% wrong exercise="add_bias" misconception="only the ones came back: X follows behind them"
def add_bias(X):
    return np.ones((len(X), 1))


# %% wrong exercise="add_bias" misconception="the rows are lost: join a column to a matrix, along axis=1"
def add_bias(X):
    return np.append(np.ones(len(X)), X)


# %% wrong exercise="add_bias" misconception="an argument is changed: work on a copy"
def add_bias(X):
    Z = np.hstack([np.ones((len(X), 1)), X])
    X[:, 0] = 1
    return Z


# %% right exercise="add_bias" note="np.insert at column 0"
def add_bias(X):
    return np.insert(X, 0, 1, axis=1)


# %% right exercise="add_bias" note="a list comprehension"
def add_bias(X):
    return [[1, *row] for row in X]


# %% right exercise="add_bias" note="fills an empty array"
def add_bias(X):
    Z = np.empty((X.shape[0], X.shape[1] + 1))
    Z[:, 0] = 1
    Z[:, 1:] = X
    return Z


# %% wrong exercise="perceptron_update" misconception="w moves the wrong way: the error is y minus the answer"
def perceptron_update(w, b, x, y, lr):
    answer = int(x @ w + b > 0)
    error = answer - y
    return w + lr * error * x, b + lr * error


# %% wrong exercise="perceptron_update" misconception="the bias stands still: b moves by lr * error"
def perceptron_update(w, b, x, y, lr):
    answer = int(x @ w + b > 0)
    return w + lr * (y - answer) * x, b


# %% wrong exercise="perceptron_update" misconception="lr is left out: multiply the step by it"
def perceptron_update(w, b, x, y, lr):
    error = y - int(x @ w + b > 0)
    return w + error * x, b + error


# %% wrong exercise="perceptron_update" misconception="lr is missing in the step of b"
def perceptron_update(w, b, x, y, lr):
    error = y - int(x @ w + b > 0)
    return w + lr * error * x, b + error


# %% wrong exercise="perceptron_update" misconception="the error uses the score: it is y minus the answer, which is 0 or 1"
def perceptron_update(w, b, x, y, lr):
    error = y - (x @ w + b)
    return w + lr * error * x, b + lr * error


# %% wrong exercise="perceptron_update" misconception="a mistake on class 0 changes nothing: its error is -1"
def perceptron_update(w, b, x, y, lr):
    if int(x @ w + b > 0) != y:
        w = w + lr * y * x
        b = b + lr * y
    return w, b


# %% wrong exercise="perceptron_update" misconception="a mistake on class 0 adds x: its error is -1, so x is subtracted"
def perceptron_update(w, b, x, y, lr):
    if int(x @ w + b > 0) != y:
        w = w + lr * x
        b = b + lr
    return w, b


# %% wrong exercise="perceptron_update" misconception="a right answer moves w: its error is 0, so nothing may change"
def perceptron_update(w, b, x, y, lr):
    sign = 2 * y - 1
    return w + lr * sign * x, b + lr * sign


# %% wrong exercise="perceptron_update" misconception="a score of 0 is class 0: the threshold is strict, use > and not >="
def perceptron_update(w, b, x, y, lr):
    error = y - int(x @ w + b >= 0)
    return w + lr * error * x, b + lr * error


# %% wrong exercise="perceptron_update" misconception="only w came back: return the pair w, b"
def perceptron_update(w, b, x, y, lr):
    error = y - int(x @ w + b > 0)
    return w + lr * error * x


# %% wrong exercise="perceptron_update" misconception="an argument is changed: work on a copy"
def perceptron_update(w, b, x, y, lr):
    error = y - int(x @ w + b > 0)
    x *= lr * error
    return w + x, b + lr * error


# %% wrong exercise="perceptron_update" misconception="an argument is changed: work on a copy"
def perceptron_update(w, b, x, y, lr):
    error = y - int(x @ w + b > 0)
    w += lr * error * x
    return w, b + lr * error


# %% wrong exercise="perceptron_update" misconception="the error uses the score: it is y minus the answer, which is 0 or 1"
def perceptron_update(w, b, x, y, lr):
    error = y - np.clip(x @ w + b, 0, 1)
    return w + lr * error * x, b + lr * error


# %% wrong exercise="perceptron_update" misconception="class 1 begins above a score of 0, not at 0.5 or 1"
def perceptron_update(w, b, x, y, lr):
    error = y - int(x @ w + b > 0.5)
    return w + lr * error * x, b + lr * error


# %% wrong exercise="perceptron_update" misconception="class 1 begins above a score of 0, not at 0.5 or 1"
def perceptron_update(w, b, x, y, lr):
    error = y - int(x @ w + b >= 1)
    return w + lr * error * x, b + lr * error


# %% wrong exercise="perceptron_update" misconception="b is left out of the score: it is x @ w + b"
def perceptron_update(w, b, x, y, lr):
    error = y - int(x @ w > 0)
    return w + lr * error * x, b + lr * error


# %% wrong exercise="perceptron_update" misconception="b is subtracted: the score is x @ w + b"
def perceptron_update(w, b, x, y, lr):
    error = y - int(x @ w - b > 0)
    return w + lr * error * x, b + lr * error


# %% wrong exercise="perceptron_update" misconception="the step is cut to a whole number: w may hold fractions"
def perceptron_update(w, b, x, y, lr):
    error = y - int(x @ w + b > 0)
    new = w.copy()
    for j in range(len(w)):
        new[j] = w[j] + lr * error * x[j]
    return new, b + lr * error


# %% right exercise="perceptron_update" note="three cases written out"
def perceptron_update(w, b, x, y, lr):
    fires = np.dot(w, x) + b > 0
    if fires and y == 0:
        return w - lr * x, b - lr
    if not fires and y == 1:
        return w + lr * x, b + lr
    return w, b


# %% right exercise="perceptron_update" note="with the bias as weight 0"
def perceptron_update(w, b, x, y, lr):
    v, x1 = np.append(b, w), np.append(1.0, x)
    v = v + lr * (y - np.heaviside(v @ x1, 0)) * x1
    return v[1:], v[0]


# %% right exercise="perceptron_update" note="calls predict on a batch of one and returns a list"
def perceptron_update(w, b, x, y, lr):
    step = lr * (y - predict(x.reshape(1, -1), w, b)[0])
    return [w + step * x, b + step]


# %% wrong exercise="one_update" misconception="the score rises by lr * (x . x + 1); from far below 0 that may not be enough"
one_update = "a"

# %% wrong exercise="one_update" misconception="a larger step helps this example, but a score of -1000 survives a step of lr = 1"
one_update = "b"

# %% wrong exercise="one_update" misconception="one update moves all weights at once; how many updates it takes depends on the score"
one_update = "d"

# %% wrong exercise="one_update" misconception="left open"
one_update = None

# %% wrong exercise="one_update" misconception="two letters"
one_update = "b, c"

# %% right exercise="one_update" note="a capital letter"
one_update = "C"

# %% right exercise="one_update" note="a line break behind the letter"
one_update = "c\n"


# %% wrong exercise="accuracy" misconception="that is the share of wrong answers: count where both agree"
def accuracy(y_true, y_pred):
    return np.mean(y_true != y_pred)


# %% wrong exercise="accuracy" misconception="that is the number of right answers: divide it by how many there are"
def accuracy(y_true, y_pred):
    return np.sum(y_true == y_pred)


# %% wrong exercise="accuracy" misconception="that is in per cent: give a share from 0 to 1"
def accuracy(y_true, y_pred):
    return 100 * np.mean(y_true == y_pred)


# %% wrong exercise="accuracy" misconception="only class 1 is counted: a 0 that is answered with 0 is right too"
def accuracy(y_true, y_pred):
    return np.sum(y_true * y_pred) / len(y_true)


# %% wrong exercise="accuracy" misconception="that is one answer an example: take the mean over all of them"
def accuracy(y_true, y_pred):
    return y_true == y_pred


# %% wrong exercise="accuracy" misconception="that works for 0 and 1 alone: compare with =="
def accuracy(y_true, y_pred):
    return 1 - np.mean(np.abs(y_true - y_pred))


# %% wrong exercise="accuracy" misconception="that is the share right among the 1s alone: count every example"
def accuracy(y_true, y_pred):
    return np.sum((y_true == 1) & (y_pred == 1)) / np.sum(y_true == 1)


# %% wrong exercise="accuracy" misconception="that is the share right among the 1s alone: count every example"
def accuracy(y_true, y_pred):
    return np.mean(y_true[y_pred == 1] == 1)


# %% wrong exercise="accuracy" misconception="the share is rounded: return it as it is"
def accuracy(y_true, y_pred):
    return round(float(np.mean(y_true == y_pred)), 2)


# %% wrong exercise="accuracy" misconception="an argument is changed: work on a copy"
def accuracy(y_true, y_pred):
    y_true -= y_pred
    return np.mean(y_true == 0)


# %% right exercise="accuracy" note="counts in a loop"
def accuracy(y_true, y_pred):
    right = 0
    for t, p in zip(y_true, y_pred):
        if t == p:
            right += 1
    return right / len(y_true)


# %% right exercise="accuracy" note="one minus the share of errors"
def accuracy(y_true, y_pred):
    return 1 - np.count_nonzero(y_true - y_pred) / y_true.size


# %% right exercise="accuracy" note="scikit-learn's function"
def accuracy(y_true, y_pred):
    from sklearn.metrics import accuracy_score

    return accuracy_score(y_true, y_pred)


# %% wrong exercise="train_perceptron" misconception="the clean epoch's 0 is missing: append the count first, then stop"
def train_perceptron(X, y, lr=1.0, epochs=100, seed=0):
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes_per_epoch = []
    for _ in range(epochs):
        mistakes = 0
        for i in rng.permutation(len(X)):
            error = y[i] - int(X[i] @ w + b > 0)
            w, b = w + lr * error * X[i], b + lr * error
            mistakes += abs(error)
        if mistakes == 0:
            break
        mistakes_per_epoch.append(mistakes)
    return w, b, mistakes_per_epoch


# %% wrong exercise="train_perceptron" misconception="it goes on after a clean epoch: stop at the first count of 0"
def train_perceptron(X, y, lr=1.0, epochs=100, seed=0):
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes_per_epoch = []
    for _ in range(epochs):
        mistakes = 0
        for i in rng.permutation(len(X)):
            error = y[i] - int(X[i] @ w + b > 0)
            w, b = w + lr * error * X[i], b + lr * error
            mistakes += abs(error)
        mistakes_per_epoch.append(mistakes)
    return w, b, mistakes_per_epoch


# %% wrong exercise="train_perceptron" misconception="the count runs on from epoch to epoch: set it to 0 at the start of each"
def train_perceptron(X, y, lr=1.0, epochs=100, seed=0):
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes_per_epoch = []
    mistakes = 0
    for _ in range(epochs):
        for i in rng.permutation(len(X)):
            error = y[i] - int(X[i] @ w + b > 0)
            if error != 0:
                w, b, mistakes = w + lr * error * X[i], b + lr * error, mistakes + 1
        mistakes_per_epoch.append(mistakes)
        if mistakes == 0:
            break
    return w, b, mistakes_per_epoch


# %% wrong exercise="train_perceptron" misconception="lr is left out of the update"
def train_perceptron(X, y, lr=1.0, epochs=100, seed=0):
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes_per_epoch = []
    for _ in range(epochs):
        mistakes = 0
        for i in rng.permutation(len(X)):
            error = y[i] - int(X[i] @ w + b > 0)
            w, b = w + error * X[i], b + error
            mistakes += abs(error)
        mistakes_per_epoch.append(mistakes)
        if mistakes == 0:
            break
    return w, b, mistakes_per_epoch


# %% wrong exercise="train_perceptron" misconception="the bias never moves: b changes by lr * error"
def train_perceptron(X, y, lr=1.0, epochs=100, seed=0):
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes_per_epoch = []
    for _ in range(epochs):
        mistakes = 0
        for i in rng.permutation(len(X)):
            answer = 1 if X[i] @ w + b > 0 else 0
            if answer != y[i]:
                w = w + lr * (y[i] - answer) * X[i]
                mistakes += 1
        mistakes_per_epoch.append(mistakes)
        if mistakes == 0:
            break
    return w, b, mistakes_per_epoch


# %% wrong exercise="train_perceptron" misconception="a score of 0 is class 0: the threshold is strict, use > and not >="
def train_perceptron(X, y, lr=1.0, epochs=100, seed=0):
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes_per_epoch = []
    for _ in range(epochs):
        mistakes = 0
        for i in rng.permutation(len(X)):
            error = y[i] - int(X[i] @ w + b >= 0)
            w, b = w + lr * error * X[i], b + lr * error
            mistakes += abs(error)
        mistakes_per_epoch.append(mistakes)
        if mistakes == 0:
            break
    return w, b, mistakes_per_epoch


# %% wrong exercise="train_perceptron" misconception="all examples are judged before the updates: judge each with the w and b of that moment"
def train_perceptron(X, y, lr=1.0, epochs=100, seed=0):
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes_per_epoch = []
    for _ in range(epochs):
        errors = y - (X @ w + b > 0)
        w = w + lr * errors @ X
        b = b + lr * errors.sum()
        mistakes_per_epoch.append(int(np.abs(errors).sum()))
        if mistakes_per_epoch[-1] == 0:
            break
    return w, b, mistakes_per_epoch


# %% wrong exercise="train_perceptron" misconception="one update an epoch: update at once after each mistake"
def train_perceptron(X, y, lr=1.0, epochs=100, seed=0):
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes_per_epoch = []
    for _ in range(epochs):
        errors = y - (X @ w + b > 0)
        w = w + lr * np.mean(errors[:, None] * X, axis=0)
        b = b + lr * np.mean(errors)
        mistakes_per_epoch.append(int(np.abs(errors).sum()))
        if mistakes_per_epoch[-1] == 0:
            break
    return w, b, mistakes_per_epoch


# %% wrong exercise="train_perceptron" misconception="mistakes of opposite sign cancel: count each of them as 1"
def train_perceptron(X, y, lr=1.0, epochs=100, seed=0):
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes_per_epoch = []
    for _ in range(epochs):
        mistakes = 0
        for i in rng.permutation(len(X)):
            error = y[i] - int(X[i] @ w + b > 0)
            w, b = w + lr * error * X[i], b + lr * error
            mistakes += error
        mistakes_per_epoch.append(mistakes)
        if mistakes == 0:
            break
    return w, b, mistakes_per_epoch


# %% wrong exercise="train_perceptron" misconception="it stops after the first epoch: only a clean epoch ends the training"
def train_perceptron(X, y, lr=1.0, epochs=100, seed=0):
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes_per_epoch = []
    for _ in range(epochs):
        mistakes = 0
        for i in rng.permutation(len(X)):
            error = y[i] - int(X[i] @ w + b > 0)
            if error != 0:
                w, b, mistakes = w + lr * error * X[i], b + lr * error, mistakes + 1
        mistakes_per_epoch.append(mistakes)
        return w, b, mistakes_per_epoch


# %% wrong exercise="train_perceptron" misconception="an epoch skips examples: visit each one once, in the order of rng.permutation"
def train_perceptron(X, y, lr=1.0, epochs=100, seed=0):
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes_per_epoch = []
    for _ in range(epochs):
        mistakes = 0
        for _ in range(len(X)):
            i = rng.integers(len(X))
            error = y[i] - int(X[i] @ w + b > 0)
            w, b = w + lr * error * X[i], b + lr * error
            mistakes += abs(error)
        mistakes_per_epoch.append(mistakes)
        if mistakes == 0:
            break
    return w, b, mistakes_per_epoch


# %% wrong exercise="train_perceptron" misconception="the missed 1 is never corrected: visit every example, correct both kinds of mistake"
def train_perceptron(X, y, lr=1.0, epochs=100, seed=0):
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes_per_epoch = []
    for _ in range(epochs):
        mistakes = 0
        for i in rng.permutation(len(X) - 1):
            error = y[i] - int(X[i] @ w + b > 0)
            if error != 0:
                w, b, mistakes = w + lr * error * X[i], b + lr * error, mistakes + 1
        mistakes_per_epoch.append(mistakes)
        if mistakes == 0:
            break
    return w, b, mistakes_per_epoch


# %% wrong exercise="train_perceptron" misconception="the missed 1 is never corrected: visit every example, correct both kinds of mistake"
def train_perceptron(X, y, lr=1.0, epochs=100, seed=0):
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes_per_epoch = []
    for _ in range(epochs):
        mistakes = 0
        for i in rng.permutation(len(X)):
            if X[i] @ w + b > 0 and y[i] == 0:
                w, b, mistakes = w - lr * X[i], b - lr, mistakes + 1
        mistakes_per_epoch.append(mistakes)
        if mistakes == 0:
            break
    return w, b, mistakes_per_epoch


# %% wrong exercise="train_perceptron" misconception="the order is not repeatable: draw it from rng, which the seed determines"
def train_perceptron(X, y, lr=1.0, epochs=100, seed=0):
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes_per_epoch = []
    for _ in range(epochs):
        mistakes = 0
        for i in np.random.permutation(len(X)):
            error = y[i] - int(X[i] @ w + b > 0)
            w, b = w + lr * error * X[i], b + lr * error
            mistakes += abs(error)
        mistakes_per_epoch.append(mistakes)
        if mistakes == 0:
            break
    return w, b, mistakes_per_epoch


# %% wrong exercise="train_perceptron" misconception="right answers are counted: count the mistakes"
def train_perceptron(X, y, lr=1.0, epochs=100, seed=0):
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes_per_epoch = []
    for _ in range(epochs):
        count = 0
        for i in rng.permutation(len(X)):
            error = y[i] - int(X[i] @ w + b > 0)
            w, b = w + lr * error * X[i], b + lr * error
            count += error == 0
        mistakes_per_epoch.append(int(count))
        if count == len(X):
            break
    return w, b, mistakes_per_epoch


# %% wrong exercise="train_perceptron" misconception="the mistakes are counted after the epoch: count each when it happens"
def train_perceptron(X, y, lr=1.0, epochs=100, seed=0):
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes_per_epoch = []
    for _ in range(epochs):
        for i in rng.permutation(len(X)):
            error = y[i] - int(X[i] @ w + b > 0)
            w, b = w + lr * error * X[i], b + lr * error
        mistakes_per_epoch.append(int(np.sum((X @ w + b > 0) != y)))
        if mistakes_per_epoch[-1] == 0:
            break
    return w, b, mistakes_per_epoch


# %% wrong exercise="train_perceptron" misconception="w and b must start at 0"
def train_perceptron(X, y, lr=1.0, epochs=100, seed=0):
    rng = np.random.default_rng(seed)
    w, b = rng.normal(size=X.shape[1]), 0.0
    mistakes_per_epoch = []
    for _ in range(epochs):
        mistakes = 0
        for i in rng.permutation(len(X)):
            error = y[i] - int(X[i] @ w + b > 0)
            w, b = w + lr * error * X[i], b + lr * error
            mistakes += abs(error)
        mistakes_per_epoch.append(mistakes)
        if mistakes == 0:
            break
    return w, b, mistakes_per_epoch


# %% wrong exercise="train_perceptron" misconception="nothing is shuffled: visit the examples in the order of rng.permutation"
def train_perceptron(X, y, lr=1.0, epochs=100, seed=0):
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes_per_epoch = []
    for _ in range(epochs):
        mistakes = 0
        for i in range(len(X)):
            error = y[i] - int(X[i] @ w + b > 0)
            if error != 0:
                w, b = w + lr * error * X[i], b + lr * error
                mistakes += 1
        mistakes_per_epoch.append(mistakes)
        if mistakes == 0:
            break
    return w, b, mistakes_per_epoch


# %% wrong exercise="train_perceptron" misconception="every epoch has the same order: draw a new one from rng in each"
def train_perceptron(X, y, lr=1.0, epochs=100, seed=0):
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes_per_epoch = []
    order = rng.permutation(len(X))
    for _ in range(epochs):
        mistakes = 0
        for i in order:
            error = y[i] - int(X[i] @ w + b > 0)
            if error != 0:
                w, b = w + lr * error * X[i], b + lr * error
                mistakes += 1
        mistakes_per_epoch.append(mistakes)
        if mistakes == 0:
            break
    return w, b, mistakes_per_epoch


# %% wrong exercise="train_perceptron" misconception="every epoch has the same order: draw a new one from rng in each"
def train_perceptron(X, y, lr=1.0, epochs=100, seed=0):
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes_per_epoch = []
    for _ in range(epochs):
        mistakes = 0
        rng = np.random.default_rng(seed)
        for i in rng.permutation(len(X)):
            error = y[i] - int(X[i] @ w + b > 0)
            if error != 0:
                w, b = w + lr * error * X[i], b + lr * error
                mistakes += 1
        mistakes_per_epoch.append(mistakes)
        if mistakes == 0:
            break
    return w, b, mistakes_per_epoch


# %% wrong exercise="train_perceptron" misconception="the order does not follow the seed: draw it from the given rng"
def train_perceptron(X, y, lr=1.0, epochs=100, seed=0):
    rng = np.random.default_rng(0)
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes_per_epoch = []
    for _ in range(epochs):
        mistakes = 0
        for i in rng.permutation(len(X)):
            error = y[i] - int(X[i] @ w + b > 0)
            if error != 0:
                w, b = w + lr * error * X[i], b + lr * error
                mistakes += 1
        mistakes_per_epoch.append(mistakes)
        if mistakes == 0:
            break
    return w, b, mistakes_per_epoch


# %% wrong exercise="train_perceptron" misconception="an epoch ends at its first mistake: visit every example"
def train_perceptron(X, y, lr=1.0, epochs=100, seed=0):
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes_per_epoch = []
    for _ in range(epochs):
        mistakes = 0
        for i in rng.permutation(len(X)):
            error = y[i] - int(X[i] @ w + b > 0)
            if error != 0:
                w, b = w + lr * error * X[i], b + lr * error
                mistakes += 1
                break
        mistakes_per_epoch.append(mistakes)
        if mistakes == 0:
            break
    return w, b, mistakes_per_epoch


# %% wrong exercise="train_perceptron" misconception="an example is repeated until it is right"
def train_perceptron(X, y, lr=1.0, epochs=100, seed=0):
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes_per_epoch = []
    for _ in range(epochs):
        mistakes = 0
        for i in rng.permutation(len(X)):
            error = y[i] - int(X[i] @ w + b > 0)
            while error != 0:
                w, b = w + lr * error * X[i], b + lr * error
                mistakes += 1
                error = y[i] - int(X[i] @ w + b > 0)
        mistakes_per_epoch.append(mistakes)
        if mistakes == 0:
            break
    return w, b, mistakes_per_epoch


# %% wrong exercise="train_perceptron" misconception="lr shrinks from epoch to epoch"
def train_perceptron(X, y, lr=1.0, epochs=100, seed=0):
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes_per_epoch = []
    for _ in range(epochs):
        mistakes = 0
        for i in rng.permutation(len(X)):
            error = y[i] - int(X[i] @ w + b > 0)
            if error != 0:
                w, b = w + lr * error * X[i], b + lr * error
                mistakes += 1
        mistakes_per_epoch.append(mistakes)
        lr = 0.9 * lr
        if mistakes == 0:
            break
    return w, b, mistakes_per_epoch


# %% wrong exercise="train_perceptron" misconception="the threshold is 0, not 0.5"
def train_perceptron(X, y, lr=1.0, epochs=100, seed=0):
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes_per_epoch = []
    for _ in range(epochs):
        mistakes = 0
        for i in rng.permutation(len(X)):
            error = y[i] - int(X[i] @ w + b > 0.5)
            if error != 0:
                w, b = w + lr * error * X[i], b + lr * error
                mistakes += 1
        mistakes_per_epoch.append(mistakes)
        if mistakes == 0:
            break
    return w, b, mistakes_per_epoch


# %% wrong exercise="train_perceptron" misconception="an argument is changed: work on a copy"
def train_perceptron(X, y, lr=1.0, epochs=100, seed=0):
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes_per_epoch = []
    y[y == 0] = -1
    for _ in range(epochs):
        mistakes = 0
        for i in rng.permutation(len(X)):
            error = (y[i] - (1 if X[i] @ w + b > 0 else -1)) // 2
            if error != 0:
                w, b = w + lr * error * X[i], b + lr * error
                mistakes += 1
        mistakes_per_epoch.append(mistakes)
        if mistakes == 0:
            break
    return w, b, mistakes_per_epoch


# %% wrong exercise="train_perceptron" misconception="an argument is changed: work on a copy"
def train_perceptron(X, y, lr=1.0, epochs=100, seed=0):
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes_per_epoch = []
    for _ in range(epochs):
        mistakes = 0
        for i in rng.permutation(len(X)):
            error = y[i] - int(X[i] @ w + b > 0)
            if error != 0:
                x = X[i]
                x *= lr * error
                w, b = w + x, b + lr * error
                mistakes += 1
        mistakes_per_epoch.append(mistakes)
        if mistakes == 0:
            break
    return w, b, mistakes_per_epoch


# %% right exercise="train_perceptron" note="shuffles copies of X and y with one order"
def train_perceptron(X, y, lr=1.0, epochs=100, seed=0):
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes_per_epoch = []
    for _ in range(epochs):
        mistakes = 0
        order = rng.permutation(np.arange(len(y)))
        for x, label in zip(X[order], y[order]):
            error = label - int(x @ w + b > 0)
            if error != 0:
                w, b = w + lr * error * x, b + lr * error
                mistakes += 1
        mistakes_per_epoch.append(mistakes)
        if mistakes == 0:
            break
    return w, b, mistakes_per_epoch


# %% right exercise="train_perceptron" note="calls perceptron_update and compares before"
def train_perceptron(X, y, lr=1.0, epochs=100, seed=0):
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    mistakes_per_epoch = []
    for epoch in range(epochs):
        wrong = 0
        for i in rng.permutation(len(X)):
            if predict(X[i][None, :], w, b)[0] != y[i]:
                w, b = perceptron_update(w, b, X[i], y[i], lr)
                wrong += 1
        mistakes_per_epoch = mistakes_per_epoch + [wrong]
        if not wrong:
            return w, b, mistakes_per_epoch
    return w, b, mistakes_per_epoch


# %% right exercise="train_perceptron" note="the bias as weight 0, counts as an array"
def train_perceptron(X, y, lr=1.0, epochs=100, seed=0):
    v, Z = np.zeros(X.shape[1] + 1), np.hstack([np.ones((len(X), 1)), X])
    counts, rng = [], np.random.default_rng(seed)
    while len(counts) < epochs and (not counts or counts[-1] > 0):
        before = 0
        order = rng.permutation(len(X))
        for z, label in zip(Z[order], y[order]):
            if (z @ v > 0) != label:
                v = v + lr * (z if label == 1 else -z)
                before += 1
        counts.append(before)
    return v[1:], v[0], np.array(counts)


# %% right exercise="train_perceptron" note="shuffles a list of indices in place"
def train_perceptron(X, y, lr=1.0, epochs=100, seed=0):
    rng = np.random.default_rng(seed)
    order = list(range(len(X)))
    w, b = [0.0] * X.shape[1], 0
    history = []
    for _ in range(epochs):
        rng.shuffle(order)
        errors = []
        for i in order:
            errors.append(int(y[i]) - int(np.dot(X[i], w) + b > 0))
            w = [w_j + lr * errors[-1] * x_j for w_j, x_j in zip(w, X[i])]
            b += lr * errors[-1]
        history.append(sum(map(abs, errors)))
        if history[-1] == 0:
            break
    return np.array(w), b, history


# %% wrong exercise="novikoff_bound" misconception="the ratio is not squared"
def novikoff_bound(X, y, w, b):
    R = np.linalg.norm(add_bias(X), axis=1).max()
    gamma = np.min((2 * y - 1) * (X @ w + b)) / np.sqrt(b**2 + w @ w)
    return R / gamma if gamma > 0 else np.inf


# %% wrong exercise="novikoff_bound" misconception="the ratio is upside down: R stands above, the margin below"
def novikoff_bound(X, y, w, b):
    R = np.sqrt(1 + np.sum(X**2, axis=1)).max()
    gamma = np.min((2 * y - 1) * (X @ w + b)) / np.sqrt(b**2 + w @ w)
    return (gamma / R) ** 2 if gamma > 0 else np.inf


# %% wrong exercise="novikoff_bound" misconception="the length of (b, w) leaves the bias out"
def novikoff_bound(X, y, w, b):
    R = np.sqrt(1 + np.sum(X**2, axis=1)).max()
    gamma = np.min((2 * y - 1) * (X @ w + b)) / np.linalg.norm(w)
    return (R / gamma) ** 2 if gamma > 0 else np.inf


# %% wrong exercise="novikoff_bound" misconception="the margin is not divided by the length of (b, w)"
def novikoff_bound(X, y, w, b):
    R = np.sqrt(1 + np.sum(X**2, axis=1)).max()
    gamma = np.min((2 * y - 1) * (X @ w + b))
    return (R / gamma) ** 2 if gamma > 0 else np.inf


# %% wrong exercise="novikoff_bound" misconception="R leaves out the 1 in front of each x"
def novikoff_bound(X, y, w, b):
    R = np.linalg.norm(X, axis=1).max()
    gamma = np.min((2 * y - 1) * (X @ w + b)) / np.sqrt(b**2 + w @ w)
    return (R / gamma) ** 2 if gamma > 0 else np.inf


# %% wrong exercise="novikoff_bound" misconception="the margin is the smallest value, not the mean"
def novikoff_bound(X, y, w, b):
    R = np.sqrt(1 + np.sum(X**2, axis=1)).max()
    gamma = np.mean((2 * y - 1) * (X @ w + b)) / np.sqrt(b**2 + w @ w)
    return (R / gamma) ** 2 if gamma > 0 else np.inf


# %% wrong exercise="novikoff_bound" misconception="R is the largest length, not the mean"
def novikoff_bound(X, y, w, b):
    R = np.sqrt(1 + np.sum(X**2, axis=1)).mean()
    gamma = np.min((2 * y - 1) * (X @ w + b)) / np.sqrt(b**2 + w @ w)
    return (R / gamma) ** 2 if gamma > 0 else np.inf


# %% wrong exercise="novikoff_bound" misconception="without the signs 2 * y - 1 the margin is never above 0"
def novikoff_bound(X, y, w, b):
    R = np.sqrt(1 + np.sum(X**2, axis=1)).max()
    gamma = np.min(y * (X @ w + b)) / np.sqrt(b**2 + w @ w)
    return (R / gamma) ** 2 if gamma > 0 else np.inf


# %% wrong exercise="novikoff_bound" misconception="a negative margin is no margin: return np.inf"
def novikoff_bound(X, y, w, b):
    R = np.sqrt(1 + np.sum(X**2, axis=1)).max()
    gamma = np.min((2 * y - 1) * (X @ w + b)) / np.sqrt(b**2 + w @ w)
    return (R / gamma) ** 2


# %% wrong exercise="novikoff_bound" misconception="R belongs to the longest row, not to the one with the largest number"
def novikoff_bound(X, y, w, b):
    row = X[np.argmax(np.abs(X).max(axis=1))]
    R = np.sqrt(1 + row @ row)
    gamma = np.min((2 * y - 1) * (X @ w + b)) / np.sqrt(b**2 + w @ w)
    return (R / gamma) ** 2 if gamma > 0 else np.inf


# %% wrong exercise="novikoff_bound" misconception="a margin of exactly 0 proves nothing: return np.inf"
def novikoff_bound(X, y, w, b):
    R = np.sqrt(1 + np.sum(X**2, axis=1)).max()
    gamma = np.min((2 * y - 1) * (X @ w + b)) / np.sqrt(b**2 + w @ w)
    return (R / gamma) ** 2 if gamma > 0 else (np.inf if gamma < 0 else 0.0)


# %% wrong exercise="novikoff_bound" misconception="an argument is changed: work on a copy"
def novikoff_bound(X, y, w, b):
    R = np.sqrt(1 + np.sum(X**2, axis=1)).max()
    y *= 2
    y -= 1
    gamma = np.min(y * (X @ w + b)) / np.sqrt(b**2 + w @ w)
    return (R / gamma) ** 2 if gamma > 0 else np.inf


# %% wrong exercise="novikoff_bound" misconception="an argument is changed: work on a copy"
def novikoff_bound(X, y, w, b):
    gamma = np.min((2 * y - 1) * (X @ w + b)) / np.sqrt(b**2 + w @ w)
    X *= X
    return (1 + X.sum(axis=1)).max() / gamma**2 if gamma > 0 else np.inf


# %% right exercise="novikoff_bound" note="with add_bias and one vector v"
def novikoff_bound(X, y, w, b):
    v = np.concatenate([[b], w])
    Z = np.hstack([np.ones((len(X), 1)), X])
    signed = np.where(y == 1, 1, -1) * (Z @ v) / np.linalg.norm(v)
    if signed.min() <= 0:
        return float("inf")
    return np.sum(Z**2, axis=1).max() / signed.min() ** 2


# %% right exercise="novikoff_bound" note="a loop over the examples"
def novikoff_bound(X, y, w, b):
    size = (float(b) ** 2 + sum(float(v) ** 2 for v in w)) ** 0.5
    radius, gap = 0.0, np.inf
    for x, label in zip(X, y):
        radius = max(radius, (1 + float(x @ x)) ** 0.5)
        score = (float(x @ w) + b) / size
        gap = min(gap, score if label else -score)
    return np.inf if gap <= 0 else (radius / gap) ** 2


# %% wrong exercise="step_gradient" misconception="a slow walk would need a small slope; here the slope is 0 on every stair"
step_gradient = "a"

# %% wrong exercise="step_gradient" misconception="only the edges of the stairs are steep, and a random start does not lie on one"
step_gradient = "b"

# %% wrong exercise="step_gradient" misconception="the rule follows how far wrong points are, not how many of them there are"
step_gradient = "d"

# %% wrong exercise="step_gradient" misconception="a letter that is not offered"
step_gradient = "e"

# %% wrong exercise="step_gradient" misconception="nothing chosen"
step_gradient = ""

# %% right exercise="step_gradient" note="a capital letter"
step_gradient = "C"

# %% right exercise="step_gradient" note="blanks around the letter"
step_gradient = "  c  "


# %% wrong exercise="xor_features" misconception="the new column is a weighted sum of the old ones (on 0 and 1 a square is one too)"
def xor_features(X):
    return np.column_stack([X, X[:, 0] + X[:, 1]])


# %% wrong exercise="xor_features" misconception="the new column is a weighted sum of the old ones (on 0 and 1 a square is one too)"
def xor_features(X):
    return np.column_stack([X, X[:, 0] ** 2 + X[:, 1] ** 2])


# %% wrong exercise="xor_features" misconception="a column of ones is a bias, no new feature"
def xor_features(X):
    return np.hstack([X, np.ones((len(X), 1))])


# %% wrong exercise="xor_features" misconception="the new column came back alone: X's own columns stay in front"
def xor_features(X):
    return X[:, 0] * X[:, 1]


# %% wrong exercise="xor_features" misconception="nothing was added: X needs a third column"
def xor_features(X):
    return X**2


# %% wrong exercise="xor_features" misconception="the new column fails for points up to 0.2 away from the corners"
def xor_features(X):
    return np.column_stack([X, X[:, 0] != X[:, 1]])


# %% wrong exercise="xor_features" misconception="the new column fails for points up to 0.2 away from the corners"
def xor_features(X):
    return np.column_stack([X, np.logical_and(X[:, 0], X[:, 1])])


# %% wrong exercise="xor_features" misconception="the new column fails for points up to 0.2 away from the corners"
def xor_features(X):
    return np.column_stack([X, np.hypot(X[:, 0], X[:, 1])])


# %% wrong exercise="xor_features" misconception="the new column fails for points up to 0.2 away from the corners"
def xor_features(X):
    return np.column_stack([X, np.sqrt(np.abs(X[:, 0] * X[:, 1]))])


# %% wrong exercise="xor_features" misconception="some values are not numbers (NaN): inputs may be 0 or negative"
def xor_features(X):
    return np.column_stack([X, X[:, 0] ** X[:, 1]])


# %% wrong exercise="xor_features" misconception="some values are not numbers (NaN): inputs may be 0 or negative"
def xor_features(X):
    with np.errstate(all="ignore"):
        return np.column_stack([X, X[:, 0] / X[:, 1]])


# %% wrong exercise="xor_features" misconception="the new column depends on the whole batch: compute each row's from that row"
def xor_features(X):
    centred = X - X.mean(axis=0)
    return np.column_stack([X, centred[:, 0] * centred[:, 1]])


# %% wrong exercise="xor_features" misconception="the first two columns are X itself, fractions and all"
def xor_features(X):
    Z = np.round(X)
    return np.column_stack([Z, Z[:, 0] * Z[:, 1]])


# %% wrong exercise="xor_features" misconception="an argument is changed: work on a copy"
def xor_features(X):
    new = X[:, 0] * X[:, 1]
    X[:] = np.round(X)
    return np.column_stack([X, new])


# %% right exercise="xor_features" note="the distance of the two inputs"
def xor_features(X):
    return np.column_stack([X, np.abs(X[:, 0] - X[:, 1])])


# %% right exercise="xor_features" note="a squared difference, row by row"
def xor_features(X):
    return np.array([[a, b, (a - b) ** 2] for a, b in X])


# %% right exercise="xor_features" note="the smaller of the two inputs"
def xor_features(X):
    return np.hstack([X, X.min(axis=1, keepdims=True)])


# %% right exercise="xor_features" note="the power of the absolute values"
def xor_features(X):
    return np.column_stack([X, np.abs(X[:, 0]) ** np.abs(X[:, 1])])


# %% right exercise="xor_features" note="a curve over the sum"
def xor_features(X):
    return np.column_stack([X, np.exp(X.sum(axis=1))])


# %% right exercise="xor_features" note="rounds to the corner first"
def xor_features(X):
    corner = X > 0.5
    return np.column_stack([X, corner[:, 0] ^ corner[:, 1]])


# %% wrong exercise="no_clean_epoch" misconception="only a clean epoch proves something; Novikoff's bound may lie far beyond 100 epochs"
no_clean_epoch = "a"

# %% wrong exercise="no_clean_epoch" misconception="from zero weights, lr only stretches w and b: the answers are the same for any lr"
no_clean_epoch = "b"

# %% wrong exercise="no_clean_epoch" misconception="with a narrow gap a clean epoch may still come, after 150 or 1,500 epochs"
no_clean_epoch = "d"

# %% wrong exercise="no_clean_epoch" misconception="the number of the choice"
no_clean_epoch = 3

# %% wrong exercise="no_clean_epoch" misconception="a letter with a full stop"
no_clean_epoch = "c."

# %% right exercise="no_clean_epoch" note="a capital letter"
no_clean_epoch = "C"

# %% right exercise="no_clean_epoch" note="a tab before the letter"
no_clean_epoch = "\tc"
