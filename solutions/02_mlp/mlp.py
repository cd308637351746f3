# %% [markdown]
# # 2 · Multi-layer perceptrons and backpropagation
#
# **Goal:** write a neural network and its backpropagation in NumPy, see why it works, then let
# Keras do the same. **Needs:** lesson 1, matrix products, the chain rule. **Runs in** about a
# minute on a 2-core CPU.
#
# After this lesson you can
# - say what a hidden layer adds, and why it needs an activation between the matrices;
# - compute every gradient of a small network on paper, and check code against numerical gradients;
# - train with mini-batches, measure vanishing gradients, and build the same networks in Keras.

# %% tags=["setup"]
start("02_mlp")

# %%
import keras
import matplotlib.pyplot as plt
import numpy as np
from keras import layers

from helpers import budget, check, check_choice, check_model, check_that, play, report_result, show
from helpers.datasets import digits
from helpers.figures import BLUE, GREEN, ORANGE, draw_points, draw_regions, draw_weights
from helpers.figures import image_grid
from helpers.logs import log_scalars
from helpers.networks import draw_network
from helpers.training import LiveCurves, seed_everything, watch

# %% [markdown]
# A perceptron draws one straight line, and no line solves XOR. Minsky and Papert (1969) made that
# limit famous. A layer of units *between* input and output lifts it, but how should the inner
# weights learn? Nobody tells a hidden unit what its right answer is. The answer is the chain
# rule, applied from the output backwards. Werbos described it in his thesis (1974), and it
# changed the field when Rumelhart, Hinton and Williams (1986) showed hidden units that find
# useful features by themselves.

# %% [markdown]
# ## 1 · Warm-up: roll downhill
#
# The perceptron had a rule of its own. From here on there is one recipe for everything: write
# down a **loss** that says how bad the weights are, compute its slope for each weight, and take a
# small step downhill. The smallest model shows all of it: a line $wx + b$, with the mean squared
# error
# $$L = \frac1n \sum_i (w x_i + b - y_i)^2, \qquad
# \frac{\partial L}{\partial w} = \frac2n \sum_i (w x_i + b - y_i)\,x_i, \qquad
# \frac{\partial L}{\partial b} = \frac2n \sum_i (w x_i + b - y_i).$$

# %% [markdown]
# **By hand.** Take the points $(0, 1), (1, 3), (2, 5)$ and start at $w = b = 0$. The errors are
# $-1, -3, -5$, so $\partial L/\partial w = \frac23(0 - 3 - 10) = -8.67$ and $\partial L/\partial
# b = \frac23(-9) = -6$. Both slopes are negative: to go down, make both numbers larger. With the
# learning rate $0.1$ one step leads to $w = 0.867$, $b = 0.6$.

# %% [markdown]
# ### Exercise 1 · fit a line by gradient descent (2 points)
#
# Start at slope 0 and offset 0, and take `steps` steps on the mean squared error above. In each
# step compute **both** slopes of the loss at the current point, then move both numbers: subtract
# `lr` times the slope. Return `slope, offset`. Leave the arguments as they are.


# %% nbgrader={"grade": false, "grade_id": "fit_line", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fit_line(x, y, lr, steps):
    """Fit y = slope * x + offset to arrays of shape (n,) and return slope, offset."""
    ### BEGIN SOLUTION
    slope, offset = 0.0, 0.0
    for _ in range(steps):
        error = slope * x + offset - y  # (n,)
        slope_grad, offset_grad = 2 * np.mean(error * x), 2 * np.mean(error)
        slope, offset = slope - lr * slope_grad, offset - lr * offset_grad
    return slope, offset
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "fit_line-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
x, y = np.array([0.0, 1.0, 2.0]), np.array([1.0, 3.0, 5.0])
check(
    "fit_line(x, y, lr=0.1, steps=1)",
    fit_line(x.copy(), y.copy(), 0.1, 1),
    want=(0.8667, 0.6),
    tolerance=1e-3,
    mistakes={
        "the factor 2 of the squared error's slope is missing": (0.4333, 0.3),
        "the slopes are summed over the points: take the mean": (2.6, 1.8),
        "the step goes uphill: subtract lr times the slope": (-0.8667, -0.6),
        "slope and offset are returned in the wrong order": (0.6, 0.8667),
        "the offset uses the new slope: compute both slopes of the loss first": (0.8667, 0.4267),
        "the slope for w lacks the factor x": (0.6, 0.6),
        "this is the exact best line: take steps of gradient descent from 0": (2.0, 1.0),
    },
)
check(
    "fit_line(x, y, lr=0.1, steps=2)",
    fit_line(x.copy(), y.copy(), 0.1, 2),
    want=(1.3244, 0.9067),
    tolerance=1e-3,
    mistakes={"only one step is taken whatever `steps` says": (0.8667, 0.6)},
)

# %% nbgrader={"grade": true, "grade_id": "fit_line-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: the arguments untouched, noisy points around a known line, no steps at all
### BEGIN HIDDEN TESTS
x, y = np.array([1.0, -2.0, 0.5]), np.array([3.0, 1.0, -1.0])
kept = x.copy(), y.copy()
fit_line(x, y, 0.1, 2)
changed = {"an argument is changed: work on a copy": True}
check("x is untouched", x, want=kept[0], secret=True, mistakes=changed)
check("y is untouched", y, want=kept[1], secret=True, mistakes=changed)
generator = np.random.default_rng(12)
x = generator.uniform(-1, 1, 200)
y = 2 * x + 1 + generator.normal(0, 0.3, 200)
found = fit_line(x.copy(), y.copy(), 0.2, 400)
slips = {"slope and offset are returned in the wrong order": (1.0, 2.0)}
check(
    "it recovers slope 2 and offset 1 from noisy points",
    found,
    want=(2.0, 1.0),
    tolerance=0.06,
    secret=True,
    mistakes=slips,
)
none = fit_line(x.copy(), y.copy(), 0.2, 0)
check("no steps leave 0 and 0", none, want=(0.0, 0.0), secret=True)
a, b = -0.35, 1.7
x, y = np.array([-2.0, 0.5, 1.0, 3.0]), np.array([4.0, 1.0, 0.0, -2.0])
w, c = 0.0, 0.0
for _ in range(3):
    gw = sum(2 * (w * xi + c - yi) * xi for xi, yi in zip(x, y)) / 4
    gc = sum(2 * (w * xi + c - yi) for xi, yi in zip(x, y)) / 4
    w, c = w - 0.05 * gw, c - 0.05 * gc
found = fit_line(x.copy(), y.copy(), 0.05, 3)
check("three steps on four points", found, want=(w, c), tolerance=1e-6, secret=True)
### END HIDDEN TESTS

# %% [markdown]
# Sixty noisy points around $y = 2x + 1$. The right half is a map of the loss: each place is one
# line, dark places are good lines. Drag the learning rate: tiny steps creep, medium ones arrive,
# and beyond about 1 every step jumps across the valley and lands higher than before.

# %%
generator = np.random.default_rng(0)
line_x = generator.uniform(-1, 1, 60)
line_y = 2 * line_x + 1 + generator.normal(0, 0.3, 60)


# %%
def draw_descent(lr):
    path = np.array([fit_line(line_x, line_y, lr, steps) for steps in range(26)])  # (26, 2)
    figure, (left, right) = plt.subplots(1, 2, figsize=(8.4, 3.4))
    left.scatter(line_x, line_y, color=BLUE, s=14)
    slope, offset = path[-1]
    left.plot([-1, 1], [offset - slope, offset + slope], color=ORANGE)
    left.set(xlabel="x", ylabel="y", ylim=(-2, 4), title=f"slope {slope:.2f}, offset {offset:.2f}")
    w, b = np.meshgrid(np.linspace(-0.5, 4, 80), np.linspace(-0.5, 2.5, 80))
    loss = ((w[..., None] * line_x + b[..., None] - line_y) ** 2).mean(-1)
    right.contourf(w, b, np.log(loss), levels=14, cmap="Blues_r")
    right.plot(*path.T, "o-", color=ORANGE, markersize=4, linewidth=1.2)
    right.set(
        xlabel="slope", ylabel="offset", xlim=(-0.5, 4), ylim=(-0.5, 2.5), title="25 steps downhill"
    )
    show(
        figure,
        f"With the learning rate {lr:g}, 25 steps end at slope {slope:.2f} and offset {offset:.2f}; the truth is 2 and 1.",
    )


# %%
play(draw_descent, lr=(0.2, 0.01, 1.2, 0.01))

# %% [markdown]
# ## 2 · A layer is a matrix
#
# One perceptron computes $x \cdot w + b$. Three of them side by side share the inputs: put their
# weight vectors into the **columns** of a matrix and a whole batch goes through in one product,
# $$Z = XW + b, \qquad X: (\text{batch}, \text{in}),\quad W: (\text{in}, \text{out}),\quad b: (\text{out},).$$
# Rows are examples and columns are units, here and in Keras. Read a product's shapes like
# dominoes: `(batch, in) @ (in, out)` gives `(batch, out)`.

# %%
X = np.array([[1.0, 2.0], [0.0, -1.0]])  # 2 examples of 2 inputs
W = np.array([[1.0, 0.0, 2.0], [0.0, 1.0, -1.0]])  # 2 inputs, 3 units
b = np.array([0.0, 10.0, 0.0])
print(X @ W + b)  # unit 2 of example 0: 1 * 2 + 2 * (-1) + 0 = 0

# %% [markdown]
# Two layers, then: $X$ through $W$, the result through $V$. Is that more powerful than one?
# Matrix products can be bracketed as you like, $(XW)V = X(WV)$, and $WV$ is just another matrix.
# (With biases it is the same: $(XW + b)V + c = X(WV) + (bV + c)$.)
#
# ### Exercise 2 · two linear layers are one (2 points)
#
# Return the one matrix that does the work of `W` followed by `V`: for every `X`, `X @ collapse(W,
# V)` equals `(X @ W) @ V`.


# %% nbgrader={"grade": false, "grade_id": "collapse", "locked": false, "schema_version": 3, "solution": true, "task": false}
def collapse(W, V):
    """Return one matrix (in, out) for the layers W (in, hidden) and V (hidden, out)."""
    ### BEGIN SOLUTION
    return W @ V
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "collapse-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
W = np.array([[1.0, 2.0, 0.0], [0.0, -1.0, 3.0]])  # 2 inputs, 3 hidden units
V = np.array([[1.0, 0.0], [2.0, 1.0], [0.0, -1.0]])  # 3 hidden units, 2 outputs
check(
    "collapse(W, V)",
    collapse(W, V),
    want=[[5.0, 2.0], [-2.0, -4.0]],
    mistakes={
        "the order is reversed: W comes first, so it stands on the left": V @ W,
        "the result is transposed: examples are rows, so do not transpose": [
            [5.0, -2.0],
            [2.0, -4.0],
        ],
        "an activation crept in: these two layers are purely linear": [[5.0, 2.0], [0.0, 0.0]],
        "* multiplies number by number: the matrix product is @": [
            [1.0, 4.0, 0.0],
            [0.0, -1.0, -3.0],
        ],
        "these are still two matrices: multiply them": (W, V),
    },
)

# %% nbgrader={"grade": true, "grade_id": "collapse-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: random layers of other sizes, the same outputs on a batch
### BEGIN HIDDEN TESTS
generator = np.random.default_rng(21)
W, V, X = (
    generator.normal(size=(4, 3)),
    generator.normal(size=(3, 5)),
    generator.normal(size=(7, 4)),
)
one = collapse(W, V)
check("a 4-3-5 network collapses to shape (4, 5)", one, shape=(4, 5), secret=True)
check(
    "it gives the outputs of both layers",
    X @ np.asarray(one),
    want=X @ W @ V,
    tolerance=1e-6,
    secret=True,
)
for inputs, hidden, outputs in ((2, 6, 3), (3, 4, 2), (5, 2, 4)):
    W = generator.normal(size=(inputs, hidden))
    V = generator.normal(size=(hidden, outputs))
    any_size = "the hidden layer may have any size: sum over all of its units"
    check(
        "hidden layers of other sizes",
        collapse(W.copy(), V.copy()),
        want=np.einsum("ih,ho->io", W, V),
        secret=True,
        mistakes={
            any_size: W[:, :3] @ V[:3],
            "an activation crept in: these two layers are purely linear": (W @ V).clip(0),
        },
    )
### END HIDDEN TESTS

# %% [markdown]
# ### Question 1 · a tower of linear layers (1 point)
#
# You stack ten linear layers with nothing between them: 784 inputs, nine layers of 500 units and a
# last one of 10. Compared with a single linear layer from 784 to 10, the tower can represent
# - **a** curved boundaries, because it is deep
# - **b** exactly the same functions, at a greater cost
# - **c** more functions, because it has many more weights
# - **d** curved boundaries once its layers are wide enough

# %% nbgrader={"grade": false, "grade_id": "linear_tower", "locked": false, "schema_version": 3, "solution": true, "task": false}
# linear_tower = "a", "b", "c" or "d"
### BEGIN SOLUTION
linear_tower = "b"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "linear_tower-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_choice(
    "a tower of linear layers",
    linear_tower,
    right="b",
    reasons={
        "a": "depth bends nothing by itself: ten matrices multiply to one matrix",
        "c": "more weights, the same functions: many towers multiply to the same single matrix",
        "d": "width does not help either: a product of matrices is a matrix, however wide they are",
    },
)

# %% [markdown]
# ## 3 · The bend
#
# So something must stand between the matrices that is *not* linear: an **activation**, applied to
# each number by itself. Three have made history:
# $$\text{sigmoid}(x) = \frac{1}{1 + e^{-x}}, \qquad \tanh(x) = 2\,\text{sigmoid}(2x) - 1, \qquad
# \text{ReLU}(x) = \max(0, x).$$
# The sigmoid is a soft version of the perceptron's step, from 0 to 1. Tanh is the same curve,
# stretched to run from $-1$ to 1. ReLU is a bend at 0 and nothing else.

# %% [markdown]
# ### Exercise 3 · three activations (2 points)
#
# Write all three by the formulas above, for arrays of any shape. Give tanh by your sigmoid: that
# is the quickest way to believe that they are one curve. Leave `x` as it is.


# %% nbgrader={"grade": false, "grade_id": "activations", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sigmoid(x):
    """Squash an array of any shape into (0, 1)."""
    ### BEGIN SOLUTION
    return 1 / (1 + np.exp(-x))
    ### END SOLUTION


def tanh(x):
    """Squash an array of any shape into (-1, 1)."""
    ### BEGIN SOLUTION
    return 2 * sigmoid(2 * x) - 1
    ### END SOLUTION


def relu(x):
    """Replace the negative numbers of an array of any shape by 0."""
    ### BEGIN SOLUTION
    return np.maximum(x, 0)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "activations-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
x = np.array([[-2.0, 0.0, 0.5], [1.0, 3.0, -0.5]])
check(
    "sigmoid(x)",
    sigmoid(x.copy()),
    want=[[0.1192, 0.5, 0.6225], [0.7311, 0.9526, 0.3775]],
    tolerance=1e-3,
    mistakes={
        "the exponent lacks its minus sign: it is exp(-x)": [
            [0.8808, 0.5, 0.3775],
            [0.2689, 0.0474, 0.6225],
        ]
    },
)
check(
    "tanh(x)",
    tanh(x.copy()),
    want=[[-0.9640, 0.0, 0.4621], [0.7616, 0.9951, -0.4621]],
    tolerance=1e-3,
    mistakes={
        "tanh needs sigmoid(2x): double x first": [
            [-0.7616, 0.0, 0.2449],
            [0.4621, 0.9051, -0.2449],
        ],
        "sigmoid(2x) still runs from 0 to 1: double it and subtract 1": [
            [0.0180, 0.5, 0.7311],
            [0.8808, 0.9975, 0.2689],
        ],
    },
)
check(
    "relu(x)",
    relu(x.copy()),
    want=[[0.0, 0.0, 0.5], [1.0, 3.0, 0.0]],
    mistakes={
        "relu returned the size of x: a negative x gives 0": np.abs(x),
        "relu returned the step 0 or 1: a positive x passes unchanged": [
            [0.0, 0.0, 1.0],
            [1.0, 1.0, 0.0],
        ],
        "relu kept the negative numbers: take the larger of x and 0": np.minimum(x, 0),
        "relu leaks: a negative x gives exactly 0": np.where(np.array(x) < 0, 0.01 * x, x),
    },
)

# %% nbgrader={"grade": true, "grade_id": "activations-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: x untouched, three axes, large values, whole numbers
### BEGIN HIDDEN TESTS
changed = {"an argument is changed: work on a copy": True}
x = np.array([[-1.5, 0.5, 2.0]])
kept = x.copy()
sigmoid(x)
check("sigmoid leaves x untouched", x, want=kept, secret=True, mistakes=changed)
tanh(x)
check("tanh leaves x untouched", x, want=kept, secret=True, mistakes=changed)
relu(x)
check("relu leaves x untouched", x, want=kept, secret=True, mistakes=changed)
x = np.random.default_rng(31).normal(0, 3, size=(3, 1, 4))
slips = {"the exponent lacks its minus sign: it is exp(-x)": 1 / (1 + np.exp(x))}
check(
    "sigmoid on three axes",
    sigmoid(x.copy()),
    want=np.exp(x) / (1 + np.exp(x)),
    secret=True,
    mistakes=slips,
)
slips = {
    "tanh needs sigmoid(2x): double x first": np.tanh(x / 2),
    "sigmoid(2x) still runs from 0 to 1: double it and subtract 1": (np.tanh(x) + 1) / 2,
}
check("tanh on three axes", tanh(x.copy()), want=np.tanh(x), secret=True, mistakes=slips)
check("relu on three axes", relu(x.copy()), want=x.clip(0, None), secret=True)
check("sigmoid far out", sigmoid(np.array([-30.0, 30.0])), want=[0.0, 1.0], secret=True)
check("tanh far out", tanh(np.array([-30.0, 30.0])), want=[-1.0, 1.0], secret=True)
whole = np.array([-2, 0, 1])
check("sigmoid of whole numbers", sigmoid(whole.copy()), want=1 / (1 + np.exp(-whole)), secret=True)
check("tanh of whole numbers", tanh(whole.copy()), want=np.tanh(whole), secret=True)
check("relu of whole numbers", relu(np.array([-7, 0, 7])), want=[0, 0, 7], secret=True)
### END HIDDEN TESTS

# %% [markdown]
# To learn by gradients we also need each activation's slope:
# $$\text{sigmoid}' = s\,(1 - s) \text{ with } s = \text{sigmoid}(x), \qquad \tanh' = 1 - \tanh(x)^2, \qquad
# \text{ReLU}' = 1 \text{ if } x > 0, \text{ else } 0.$$
# At 0 itself ReLU has a corner. We say slope 0 there, as Keras does.
#
# ### Exercise 4 · their slopes (2 points)
#
# Each function gets $x$, the number *before* the activation, in arrays of any shape. You may use
# `np.exp` and `np.tanh`. Leave `x` as it is.


# %% nbgrader={"grade": false, "grade_id": "activation_gradients", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sigmoid_grad(x):
    """Return the slope of the sigmoid at each number of x, in the shape of x."""
    ### BEGIN SOLUTION
    s = 1 / (1 + np.exp(-x))
    return s * (1 - s)
    ### END SOLUTION


def tanh_grad(x):
    """Return the slope of tanh at each number of x, in the shape of x."""
    ### BEGIN SOLUTION
    return 1 - np.tanh(x) ** 2
    ### END SOLUTION


def relu_grad(x):
    """Return the slope of ReLU at each number of x (0 at 0), in the shape of x."""
    ### BEGIN SOLUTION
    return (x > 0).astype(float)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "activation_gradients-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
x = np.array([[-2.0, 0.0, 0.5], [1.0, 3.0, -0.5]])
check(
    "sigmoid_grad(x)",
    sigmoid_grad(x.copy()),
    want=[[0.1050, 0.25, 0.2350], [0.1966, 0.0452, 0.2350]],
    tolerance=1e-3,
    mistakes={
        "x is not yet squashed: first s = sigmoid(x), then s (1 - s)": x * (1 - x),
        "this is the sigmoid itself: its slope is s (1 - s)": [
            [0.1192, 0.5, 0.6225],
            [0.7311, 0.9526, 0.3775],
        ],
    },
)
check(
    "tanh_grad(x)",
    tanh_grad(x.copy()),
    want=[[0.0707, 1.0, 0.7864], [0.4200, 0.0099, 0.7864]],
    tolerance=1e-3,
    mistakes={
        "x is not yet squashed: the slope is 1 - tanh(x)**2": 1 - x**2,
        "the square is missing: the slope is 1 - tanh(x)**2": [
            [1.9640, 1.0, 0.5379],
            [0.2384, 0.0049, 1.4621],
        ],
    },
)
check(
    "relu_grad(x)",
    relu_grad(x.copy()),
    want=[[0.0, 0.0, 1.0], [1.0, 1.0, 0.0]],
    mistakes={
        "this is relu itself: its slope is 0 or 1": [[0.0, 0.0, 0.5], [1.0, 3.0, 0.0]],
        "the slope at exactly 0 is 0 here: ask x > 0": [[0.0, 1.0, 1.0], [1.0, 1.0, 0.0]],
        "a negative x has slope 0, not -1": np.sign(x),
    },
)

# %% nbgrader={"grade": true, "grade_id": "activation_gradients-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: x untouched, agreement with numerical slopes on three axes, one axis
### BEGIN HIDDEN TESTS
changed = {"an argument is changed: work on a copy": True}
x = np.array([[-1.5, 0.5, 2.0]])
kept = x.copy()
sigmoid_grad(x)
check("sigmoid_grad leaves x untouched", x, want=kept, secret=True, mistakes=changed)
tanh_grad(x)
check("tanh_grad leaves x untouched", x, want=kept, secret=True, mistakes=changed)
relu_grad(x)
check("relu_grad leaves x untouched", x, want=kept, secret=True, mistakes=changed)
x = np.random.default_rng(41).normal(0, 2, size=(2, 3, 2))
step = 1e-5
soft = [1 / (1 + np.exp(-(x + s))) for s in (step, -step)]
check(
    "sigmoid_grad against a numerical slope",
    sigmoid_grad(x.copy()),
    want=(soft[0] - soft[1]) / (2 * step),
    secret=True,
)
slope = (np.tanh(x + step) - np.tanh(x - step)) / (2 * step)
check("tanh_grad against a numerical slope", tanh_grad(x.copy()), want=slope, secret=True)
slope = ((x + step).clip(0) - (x - step).clip(0)) / (2 * step)
check("relu_grad against a numerical slope", relu_grad(x.copy()), want=slope, secret=True)
check(
    "relu_grad at 0",
    relu_grad(np.zeros((1, 2))),
    want=np.zeros((1, 2)),
    secret=True,
    mistakes={"the slope at exactly 0 is 0 here: ask x > 0": np.ones((1, 2))},
)
row = np.array([-1.0, -0.03, 0.04, 2.5])
soft = 1 / (1 + np.exp(-row))
check("sigmoid_grad on one axis", sigmoid_grad(row.copy()), want=soft - soft**2, secret=True)
check("tanh_grad on one axis", tanh_grad(row.copy()), want=1 / np.cosh(row) ** 2, secret=True)
check("relu_grad on one axis", relu_grad(row.copy()), want=[0, 0, 1, 1], secret=True)
### END HIDDEN TESTS

# %%
x = np.linspace(-5, 5, 401)
figure, axes = plt.subplots(1, 2, figsize=(8.4, 3.2))
for name, f, slope in (
    ("sigmoid", sigmoid, sigmoid_grad),
    ("tanh", tanh, tanh_grad),
    ("ReLU", relu, relu_grad),
):
    axes[0].plot(x, f(x), label=name)
    axes[1].plot(x, slope(x), label=name)
axes[0].set(xlabel="x", ylabel="activation", ylim=(-1.2, 2.2), title="Three bends")
axes[1].axhline(0.25, color="grey", linewidth=1, linestyle=":")
axes[1].text(5, 0.27, "1/4", ha="right", color="grey")
axes[1].set(xlabel="x", ylabel="slope", title="The sigmoid's slope never exceeds 1/4")
axes[0].legend()
show(
    figure,
    "Sigmoid and tanh go flat on both sides, where their slope is almost 0; ReLU keeps slope 1 for every positive input.",
)

# %% [markdown]
# **By hand: XOR, solved.** Two hidden ReLU units and one output are enough: $h_1 =
# \text{ReLU}(x_1 + x_2)$, $h_2 = \text{ReLU}(x_1 + x_2 - 1)$, $y = h_1 - 2h_2$.
#
# | $x_1, x_2$ | $h_1$ | $h_2$ | $y$ |
# |---|---|---|---|
# | 0, 0 | 0 | 0 | 0 |
# | 0, 1 and 1, 0 | 1 | 0 | 1 |
# | 1, 1 | 2 | 1 | 0 |

# %%
X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
W1, b1 = np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([0.0, -1.0])
H = np.maximum(X @ W1 + b1, 0)  # (4, 2): where each point lands in the hidden layer
xor = np.array([0, 1, 1, 0])

# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(7.6, 3.4))
draw_regions(
    left,
    lambda p: np.clip(np.maximum(p @ W1 + b1, 0) @ [1, -2], 0, 1),
    limits=(-0.5, 1.5, -0.5, 1.5),
)
draw_points(left, X, xor, size=70).set(
    xlabel="$x_1$", ylabel="$x_2$", title="Input: no line separates"
)
draw_regions(right, lambda h: np.clip(h @ [1, -2], 0, 1), limits=(-0.5, 2.5, -0.5, 1.5))
draw_points(right, H, xor, size=70).set(
    xlabel="$h_1$", ylabel="$h_2$", title="Hidden layer: one line does"
)
right.plot([-0.5, 2.5], [-0.5, 1.0], color="black", linewidth=1.2)
show(
    figure,
    "The hidden layer folds the plane: (0, 1) and (1, 0) land on the same spot, and a straight line separates the classes there.",
)

# %% [markdown]
# That is the whole idea of a hidden layer: **move the points until a straight line is enough**.
# Cybenko (1989) proved that one hidden layer of sigmoids, if large enough, comes as close as you
# like to any continuous function on a bounded region. He did not say how many units it takes, nor
# how to find the weights. Finding them is the rest of this lesson.

# %% [markdown]
# ## 4 · What to minimise
#
# With ten classes the network ends in ten **scores**. Softmax turns a row of scores into
# probabilities: take exponentials, then divide each row by its sum. By hand: the scores $(1, 2,
# 4)$ have exponentials $2.72, 7.39, 54.6$ with sum $64.7$, so the probabilities are $0.042,
# 0.114, 0.844$.
#
# `np.exp(1000)` is infinite. But adding the same number to all scores of a row changes no
# probability (it multiplies numerator and denominator alike), so subtract each row's largest
# score first.

# %% [markdown]
# ### Exercise 5 · a softmax that survives huge scores (2 points)
#
# Turn each row of `scores` into probabilities. Subtract each row's largest score before you take
# exponentials; `axis=1, keepdims=True` keeps one value a row in a shape that can be subtracted.
# Leave `scores` as it is.


# %% nbgrader={"grade": false, "grade_id": "softmax", "locked": false, "schema_version": 3, "solution": true, "task": false}
def softmax(scores):
    """Turn scores (batch, classes) into row probabilities of the same shape."""
    ### BEGIN SOLUTION
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))  # (batch, classes)
    return weights / weights.sum(axis=1, keepdims=True)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "softmax-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
scores = np.array([[1.0, 2.0, 4.0], [0.0, 0.0, 3.0]])
check(
    "softmax(scores)",
    softmax(scores.copy()),
    want=[[0.042, 0.114, 0.844], [0.045, 0.045, 0.909]],
    tolerance=1e-3,
    mistakes={
        "the sum runs over the batch: use axis=1": np.exp(scores) / np.exp(scores).sum(axis=0),
        "the sum runs over everything: keep one sum a row": np.exp(scores) / np.exp(scores).sum(),
        "the division by the row's sum is missing": np.exp(scores),
        "the shifted exponentials are not divided by their row's sum": np.exp(
            scores - [[4.0], [3.0]]
        ),
        "the exponential is missing: scores are divided by their sum": scores / [[7.0], [3.0]],
        "this is a sigmoid for each score: softmax compares the scores of a row": 1
        / (1 + np.exp(-scores)),
    },
)

# %% nbgrader={"grade": true, "grade_id": "softmax-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: scores untouched, around 1000 and -1000, rows far apart, a batch of one, sums of 1
### BEGIN HIDDEN TESTS
scores = np.array([[1.0, 3.0, -2.0], [0.5, 0.0, 4.0]])
kept = scores.copy()
softmax(scores)
changed = {"an argument is changed: work on a copy": True}
check("scores is untouched", scores, want=kept, secret=True, mistakes=changed)
scores = np.random.default_rng(51).normal(0, 2, size=(5, 4))
want = np.array([[1 / sum(np.exp(other - own) for other in row) for own in row] for row in scores])
check("softmax of random scores", softmax(scores.copy()), want=want, secret=True)
check("a batch of one", softmax(scores[:1].copy()), want=want[:1], secret=True)
for far in (1000.0, -1000.0):
    with np.errstate(all="ignore"):
        got = np.asarray(softmax(scores + far), dtype=float)
    lost = bool(np.isnan(got).any())  # unshifted scores are lost at 1000 already
    slips = {
        "the scores are not shifted: subtract each row's largest first": lost and far > 0,
        "something other than the row's largest score is subtracted, such as the largest size": lost
        and far < 0,
    }
    check(f"scores around {far:g}", got, want=want, secret=True, mistakes=slips)
check("each row sums to 1", got.sum(axis=1), want=np.ones(5), secret=True)
rows = np.array([[1000.0, 999.0, 0.0], [0.0, 1.0, 2.0], [-3000.0, -3001.0, 0.0]])
with np.errstate(all="ignore"):
    got = np.asarray(softmax(rows), dtype=float)
lost = np.isnan(got).any(axis=1)
check(
    "rows far apart",
    got,
    want=[[0.7311, 0.2689, 0.0], [0.0900, 0.2447, 0.6652], [0.0, 0.0, 1.0]],
    tolerance=1e-3,
    secret=True,
    mistakes={
        "one number is subtracted from the whole batch: take each row's own largest": lost[1],
        "something other than the row's largest score is subtracted: exp can still overflow": lost[
            2
        ],
    },
)
### END HIDDEN TESTS

# %% [markdown]
# How bad is a row of probabilities? **Cross-entropy** looks at one number only, the probability
# $p$ that the network gave to the true class, and charges $-\ln p$: nothing for $p = 1$, $0.69$
# for $p = 0.5$, and $4.6$ for $p = 0.01$. The loss of a batch is the mean over its examples. A
# network that knows nothing of 10 classes pays $\ln 10 = 2.30$: remember that number, it is where
# training starts.

# %% [markdown]
# ### Exercise 6 · cross-entropy (2 points)
#
# Return the mean of $-\ln p$ over the batch, with the natural logarithm, as one number. `labels`
# holds the true class of each example, counted from 0. A $p$ below $10^{-12}$ counts as
# $10^{-12}$, so that the loss stays finite. To pick one number a row, give NumPy the rows and the
# columns: `probs[[0, 1], [2, 0]]` holds `probs[0, 2]` and `probs[1, 0]`. All row numbers are
# `np.arange(len(labels))`. Leave the arguments as they are.


# %% nbgrader={"grade": false, "grade_id": "cross_entropy", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cross_entropy(probs, labels):
    """Return the mean loss of probs (batch, classes) for whole-number labels (batch,)."""
    ### BEGIN SOLUTION
    chosen = probs[np.arange(len(labels)), labels]  # (batch,)
    return -np.mean(np.log(np.maximum(chosen, 1e-12)))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "cross_entropy-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
probs = np.array([[0.5, 0.25, 0.25], [0.7, 0.1, 0.2]])
labels = np.array([0, 1])
check(
    "cross_entropy(probs, labels)",
    cross_entropy(probs.copy(), labels.copy()),
    want=1.4979,
    tolerance=1e-3,
    mistakes={
        "the losses are summed: take the mean over the batch": 2.9957,
        "the mean runs over all classes: average over the batch alone": 0.4993,
        "the minus sign is missing: the logarithm of a probability is negative": -1.4979,
        "this is the logarithm to base 2: use np.log": 2.1610,
        "the largest probability is used: use the true label's": 0.5249,
        "the logarithm is missing: this is the mean of 1 - p": 0.7,
        "there is one loss an example: return their mean": [0.6931, 2.3026],
        "probs[:, labels] takes whole columns: pick one number a row": 1.1847,
    },
)

# %% nbgrader={"grade": true, "grade_id": "cross_entropy-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: the arguments untouched, a random batch, probabilities of 0 or nearly, a batch of one
### BEGIN HIDDEN TESTS
probs, labels = np.array([[0.25, 0.75, 0.0], [0.0, 0.5, 0.5]]), np.array([1, 2])
kept = probs.copy(), labels.copy()
cross_entropy(probs, labels)
changed = {"an argument is changed: work on a copy": True}
check(
    "probs is untouched",
    probs,
    want=kept[0],
    tolerance=1e-15,
    secret=True,
    mistakes={"an argument is changed: work on a copy": True},
)
check("labels is untouched", labels, want=kept[1], secret=True, mistakes=changed)
generator = np.random.default_rng(61)
probs = generator.dirichlet(np.ones(4), size=7)
labels = generator.integers(0, 4, size=7)
losses = np.array([-np.log(row[label]) for row, label in zip(probs, labels)])
slips = {
    "the minus sign is missing: the logarithm of a probability is negative": -losses.mean(),
    "the losses are summed: take the mean over the batch": losses.sum(),
    "the mean runs over all classes: average over the batch alone": losses.mean() / 4,
    "the largest probability is used: use the true label's": -np.log(probs.max(axis=1)).mean(),
}
check(
    "a random batch",
    cross_entropy(probs.copy(), labels.copy()),
    want=losses.mean(),
    secret=True,
    mistakes=slips,
)
check(
    "a batch of one",
    cross_entropy(probs[:1].copy(), labels[:1].copy()),
    want=losses[0],
    secret=True,
)
sure = np.array([[1.0, 0.0], [1.0, 0.0]])
with np.errstate(all="ignore"):
    loss = float(cross_entropy(sure, np.array([0, 1])))
slips = {"log(0) is infinite: raise p to at least 1e-12 first": not np.isfinite(loss)}
check(
    "a probability of 0", loss, want=-np.log(1e-12) / 2, tolerance=1e-3, secret=True, mistakes=slips
)
tiny = cross_entropy(np.array([[1e-20, 1.0], [0.5, 0.5]]), np.array([0, 0]))
small = "every p below 1e-12 counts as 1e-12, not only 0"
check(
    "a probability of 1e-20",
    tiny,
    want=-np.log(0.5e-12) / 2,
    tolerance=1e-3,
    secret=True,
    mistakes={small: -np.log(0.5e-20) / 2},
)
### END HIDDEN TESTS

# %% [markdown]
# Why not the squared error, which served the line so well? Take one sigmoid output $p$ with score
# $z$, true class 1. Both losses prefer $p = 1$, but look at their slopes in $z$:
# $$\frac{\partial}{\partial z} (p - 1)^2 = 2(p - 1)\,\underbrace{p(1 - p)}_{\text{sigmoid}'}, \qquad
# \frac{\partial}{\partial z}(-\ln p) = p - 1.$$
# The logarithm cancels the sigmoid's flat tail exactly. What remains is *probability minus
# truth*.

# %%
z = np.linspace(-9, 6, 301)
p = 1 / (1 + np.exp(-z))
figure, (left, right) = plt.subplots(1, 2, figsize=(8.4, 3.2))
for name, loss, slope, colour in (
    ("cross-entropy", -np.log(p), p - 1, BLUE),
    ("squared error", (p - 1) ** 2, 2 * (p - 1) * p * (1 - p), ORANGE),
):
    left.plot(z, loss, color=colour, label=name)
    right.plot(z, slope, color=colour, label=name)
left.set(
    xlabel="score z of the true class",
    ylabel="loss",
    title="Squared error goes flat when wrong",
)
right.set(
    xlabel="score z of the true class",
    ylabel="slope of the loss",
    title="Confidently wrong: one still pulls",
)
right.annotate(
    "no pull",
    (-7.5, -0.005),
    (-8.4, -0.3),
    arrowprops={"arrowstyle": "->", "color": ORANGE},
    color=ORANGE,
)
left.legend()
show(
    figure,
    "At a confidently wrong output (z = -8) cross-entropy still pulls with slope -1, while the squared error's slope is -0.0007.",
)

# %% [markdown]
# ### Question 2 · confidently wrong (1 point)
#
# A sigmoid output gives $p = 0.0003$ to the true class. Which loss corrects it faster, and why?
# - **a** cross-entropy: its slope is about $-1$, the squared error's is multiplied by $p(1-p) \approx 0.0003$
# - **b** the squared error: squaring makes large errors count more
# - **c** both alike: they have their minimum at the same place
# - **d** neither: the sigmoid is flat there, so no loss has a slope

# %% nbgrader={"grade": false, "grade_id": "confidently_wrong", "locked": false, "schema_version": 3, "solution": true, "task": false}
# confidently_wrong = "a", "b", "c" or "d"
### BEGIN SOLUTION
confidently_wrong = "a"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "confidently_wrong-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_choice(
    "confidently wrong",
    confidently_wrong,
    right="a",
    reasons={
        "b": "an error between 0 and 1 does not grow by squaring, and its slope passes through the flat sigmoid",
        "c": "the minimum is the same, but gradient descent goes by the slope on the way there",
        "d": "the sigmoid is flat, but -ln p is so steep there that the product of both slopes is p - 1",
    },
)

# %% [markdown]
# ## 5 · Backpropagation, on paper first
#
# A network with 2 inputs, 2 hidden ReLU units and 1 output. One example: $x = (1, 2)$, target 1, loss
# $L = \frac12 (y - 1)^2$. The weights: $W_1 = \begin{pmatrix}1 & 2\\1 & -1\end{pmatrix}$,
# $b_1 = (0, 1)$, $W_2 = \begin{pmatrix}1\\-2\end{pmatrix}$, $b_2 = 1$. **Forward**, left to right:
# $$z_1 = 1\cdot1 + 2\cdot1 + 0 = 3, \quad z_2 = 1\cdot2 + 2\cdot(-1) + 1 = 1, \quad
# h = (3, 1), \quad y = 3\cdot1 + 1\cdot(-2) + 1 = 2, \quad L = \tfrac12.$$
# Now we ask of *every* number in this calculation: if I raise it a little, how much does $L$ rise?

# %% [markdown]
# **Backward**, from right to left. Each answer is the one to its right times one local slope. (A
# unit that feeds several others adds up what comes back from each.)
# - $\partial L/\partial y = y - 1 = \mathbf{1}$.
# - $h_1$ reaches $y$ with weight 1, $h_2$ with weight $-2$: $\partial L/\partial h = (\mathbf{1}, \mathbf{-2})$.
# - Both $z$ are positive, so ReLU's slope is 1: $\partial L/\partial z = (\mathbf{1}, \mathbf{-2})$.
# - A weight's slope is *what came in times what came back*: for the output weights
#   $h \cdot 1 = (3, 1)$, for the hidden ones $\begin{pmatrix}1\\2\end{pmatrix}(1, -2) = \begin{pmatrix}1 & -2\\2 & -4\end{pmatrix}$.
#   A bias has input 1: $\partial L/\partial b_1 = (1, -2)$ and $\partial L/\partial b_2 = 1$.

# %%
figure, ax = plt.subplots(figsize=(7.2, 4.2))
draw_network(
    ax,
    [["$x_1$ = 1", "$x_2$ = 2"], ["$h_1$ = 3", "$h_2$ = 1"], ["y = 2"]],
    [[["1", "2"], ["1", "−1"]], [["1"], ["−2"]]],
    slopes=[[["1", "−2"], ["2", "−4"]], [["3"], ["1"]]],
    below=[["", ""], ["∂L/∂$h_1$ = 1", "∂L/∂$h_2$ = −2"], ["∂L/∂y = 1"]],
    gap=2.0,
)
ax.set_title("Values go right (blue), slopes come back left (orange)")
show(
    figure,
    "Blue: each unit's value in its circle and the weights on the lines; orange: the slope of the loss for each unit and each weight, found from right to left (the biases 0, 1 and 1 are not drawn).",
)

# %% [markdown]
# Believe it? Nudge one weight, from $x_2$ to the second hidden unit, from $-1$ to $-0.99$. Then
# $z_2 = 1.02$, $y = 3 - 2.04 + 1 = 1.96$, $L = \frac12 \cdot 0.96^2 = 0.4608$: the loss fell by
# $0.0392$ for a nudge of $0.01$. That is a slope of $-3.92$, and the figure above says $-4$. The
# nudge cost a whole forward pass for *one* weight. Backpropagation gave all nine slopes in one
# pass back: that is its point. Here is the same in NumPy:

# %%
x, target = np.array([1.0, 2.0]), 1.0
W1, b1 = np.array([[1.0, 2.0], [1.0, -1.0]]), np.array([0.0, 1.0])
W2, b2 = np.array([1.0, -2.0]), 1.0
z = x @ W1 + b1
h = np.maximum(z, 0)
y = h @ W2 + b2
dy = y - target
dz = dy * W2 * (z > 0)
print("loss", 0.5 * (y - target) ** 2, " dL/dW2 =", h * dy, " dL/dW1 =", np.outer(x, dz).tolist())

# %% [markdown]
# ### Question 3 · a closed gate (1 point)
#
# Change the bias of the second hidden unit from 1 to $-1$, so that $z_2 = -1$ and $h_2 = 0$. For
# this example, which slopes are now 0?
# - **a** none of them: the other weights make up for it
# - **b** all of them: the network is blocked
# - **c** only that of the bias that was changed
# - **d** those of the weights and the bias into unit 2, and that of the weight out of it

# %% nbgrader={"grade": false, "grade_id": "closed_gate", "locked": false, "schema_version": 3, "solution": true, "task": false}
# closed_gate = "a", "b", "c" or "d"
### BEGIN SOLUTION
closed_gate = "d"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "closed_gate-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_choice(
    "a closed gate",
    closed_gate,
    right="d",
    reasons={
        "a": "unit 2 gives 0 and stays at 0 after a small nudge, so the loss does not feel its weights",
        "b": "unit 1 is open: the loss still feels everything that passes through it",
        "c": "the ReLU stops everything that passes through unit 2: its incoming weights, and its outgoing one, which is multiplied by h2 = 0",
    },
)

# %% [markdown]
# ## 6 · The network in NumPy
#
# One hidden ReLU layer, softmax at the end, a whole batch at a time. The weights live in a
# dictionary `params` with `"W1"` (in, hidden), `"b1"` (hidden,), `"W2"` (hidden, classes), `"b2"`
# (classes,):
# $$Z_1 = XW_1 + b_1, \qquad H = \text{ReLU}(Z_1), \qquad Z_2 = HW_2 + b_2, \qquad
# P = \text{softmax}(Z_2).$$
# The way back needs what the way forward computed, so `forward` keeps it in a `cache`.

# %% [markdown]
# ### Exercise 7 · forward (2 points)
#
# Return `probs, cache`. `probs` has shape (batch, classes). `cache` is a dictionary with `"X"`
# (the input), `"Z1"` (before the ReLU), `"H"` (after it) and `"probs"`. For the last step call
# your `softmax` (exercise 5; mend that one first if its check fails). Leave the arguments as they
# are.


# %% nbgrader={"grade": false, "grade_id": "forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def forward(params, X):
    """Send X (batch, in) through the network and return probs (batch, classes), cache."""
    ### BEGIN SOLUTION
    Z1 = X @ params["W1"] + params["b1"]  # (batch, hidden)
    H = np.maximum(Z1, 0)  # (batch, hidden)
    probs = softmax(H @ params["W2"] + params["b2"])  # (batch, classes)
    return probs, {"X": X, "Z1": Z1, "H": H, "probs": probs}
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "forward-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
X = np.array([[1.0, 2.0], [-1.0, 0.0], [2.0, -1.0]])
params = {
    "W1": np.array([[1.0, -1.0, 0.0], [0.0, 1.0, -1.0]]), "b1": np.array([0.0, 0.5, 1.0]),
    "W2": np.array([[1.0, 0.0], [0.0, 1.0], [1.0, -1.0]]), "b2": np.array([0.5, 0.0]),
}  # fmt: skip
result = forward(params, X)
check_that(
    "forward returns two results",
    isinstance(result, tuple | list) and len(result) == 2 and isinstance(result[1], dict),
    "end with `return probs, cache`, where cache is a dictionary",
    mistakes={
        "the cache is not returned: end with return probs, cache": isinstance(result, np.ndarray)
    },
)
probs, cache = result
check(
    "the probabilities",
    probs,
    want=[[0.5, 0.5], [0.731, 0.269], [0.998, 0.002]],
    tolerance=1e-3,
    mistakes={
        "the ReLU is missing: the two layers collapse to one": [
            [0.119, 0.881],
            [0.5, 0.5],
            [1.0, 0.0],
        ],
        "b1 is not added": [[0.622, 0.378], [0.378, 0.622], [0.989, 0.011]],
        "b2 is not added": [[0.378, 0.622], [0.622, 0.378], [0.998, 0.002]],
        "the softmax is missing: these are the scores": [[1.5, 1.5], [1.5, 0.5], [4.5, -2.0]],
        "the ReLU also cut the scores: the last layer has none": [
            [0.5, 0.5],
            [0.731, 0.269],
            [0.989, 0.011],
        ],
        "the hidden layer uses a sigmoid: this network has a ReLU": [
            [0.721, 0.279],
            [0.804, 0.196],
            [0.955, 0.045],
        ],
    },
)
Z1 = np.array([[1.0, 1.5, -1.0], [-1.0, 1.5, 1.0], [2.0, -2.5, 2.0]])
cut = np.array([[1.0, 1.5, 0.0], [0.0, 1.5, 1.0], [2.0, 0.0, 2.0]])
check(
    "the cache",
    cache,
    want={"X": X, "Z1": Z1, "H": cut, "probs": np.array(probs)},
    mistakes={
        "Z1 must be stored before the ReLU": {"Z1": cut, "H": cut},
        "H must be stored after the ReLU": {"Z1": Z1, "H": Z1},
    },
)

# %% nbgrader={"grade": true, "grade_id": "forward-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: the arguments untouched, a random network of other sizes, a batch of one
### BEGIN HIDDEN TESTS
X = np.array([[1.0, -2.0], [0.5, 3.0], [-1.0, 0.25]])
W1, b1 = np.array([[1.0, 0.5, -1.0], [-0.5, 2.0, 1.0]]), np.array([0.5, 0.0, -0.5])
W2, b2 = np.array([[1.0, -1.0], [0.0, 0.5], [2.0, 1.0]]), np.array([0.25, -0.25])
params = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
kept = X.copy(), {name: values.copy() for name, values in params.items()}
forward(params, X)
changed = {"an argument is changed: work on a copy": True}
check("X is untouched", X, want=kept[0], secret=True, mistakes=changed)
check("params are untouched", params, want=kept[1], secret=True, mistakes=changed)
generator = np.random.default_rng(71)
params = {
    "W1": generator.normal(size=(3, 5)),
    "b1": generator.normal(size=5),
    "W2": generator.normal(size=(5, 4)),
    "b2": generator.normal(size=4),
}
X = generator.normal(size=(6, 3))
Z1 = np.einsum("ni,ij->nj", X, params["W1"]) + params["b1"]
weights = np.exp(np.einsum("nj,jk->nk", Z1 * (Z1 > 0), params["W2"]) + params["b2"])
want = weights / weights.sum(axis=1, keepdims=True)
probs, cache = forward(params, X)
check("a random 3-5-4 network", probs, want=want, secret=True)
check("its cache", cache, want={"X": X, "Z1": Z1, "H": Z1 * (Z1 > 0), "probs": want}, secret=True)
probs, cache = forward(params, X[:1].copy())
check("a batch of one", probs, want=want[:1], secret=True)
single = {"X": X[:1], "Z1": Z1[:1], "H": Z1[:1] * (Z1[:1] > 0), "probs": want[:1]}
lost = any(np.ndim(cache[name]) == 1 for name in single)
slips = {"the batch axis of one is lost: leave out squeeze": lost}
check("the cache of a batch of one", cache, want=single, secret=True, mistakes=slips)
### END HIDDEN TESTS

# %% [markdown]
# Now the way back, for a batch of $n$ examples. We write $dZ_2$ for $\partial L/\partial Z_2$, and
# so on. $Y$ holds a row for each example with a single 1 at its true class. For one example with
# scores $z$ and true class $t$ the loss is $-\ln p_t = -z_t + \ln \sum_k e^{z_k}$. Its slope in
# $z_k$ is $p_k$, minus 1 if $k = t$: *probability minus truth* again, as for the single sigmoid
# above. The mean over the batch divides it by $n$:
# $$dZ_2 = \frac{P - Y}{n}, \qquad dW_2 = H^\top dZ_2, \qquad db_2 = \text{column sums of } dZ_2.$$
# $H^\top dZ_2$ is "what came in times what came back", added up over the batch; $dW_2$ has the
# shape of $W_2$, which tells you where the transpose goes.

# %% [markdown]
# One layer further back. The slope goes back through the weights, then through the ReLU's
# **gate**, which lets it pass where $Z_1 > 0$ and stops it elsewhere ($\odot$ is number by
# number). After that the formulas repeat:
# $$dH = dZ_2 W_2^\top, \qquad dZ_1 = dH \odot [Z_1 > 0], \qquad dW_1 = X^\top dZ_1, \qquad
# db_1 = \text{column sums of } dZ_1.$$
# A deeper network only repeats this pair of lines. The average is taken **once**, in $dZ_2$.

# %% [markdown]
# ### Exercise 8 · backward (3 points)
#
# Return a dictionary `grads` with the keys `"W1", "b1", "W2", "b2"` and, under each, the slope of
# the mean cross-entropy in the shape of that parameter. All you need is in `cache` (see exercise
# 7), `labels` and `params`. Work on a copy of `cache["probs"]`: `probs[np.arange(n), labels] -=
# 1` on a copy makes $P - Y$. Leave the arguments as they are.


# %% nbgrader={"grade": false, "grade_id": "backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def backward(params, cache, labels):
    """Return the gradients of the mean cross-entropy for labels (batch,), shaped like params."""
    ### BEGIN SOLUTION
    n = len(labels)
    dZ2 = cache["probs"].copy()  # (batch, classes)
    dZ2[np.arange(n), labels] -= 1
    dZ2 /= n
    dZ1 = (dZ2 @ params["W2"].T) * (cache["Z1"] > 0)  # (batch, hidden)
    return {
        "W1": cache["X"].T @ dZ1, "b1": dZ1.sum(axis=0), "W2": cache["H"].T @ dZ2, "b2": dZ2.sum(axis=0),
    }  # fmt: skip
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "backward-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
params = {
    "W1": np.array([[1.0, -1.0, 2.0], [1.0, 1.0, -1.0]]), "b1": np.array([0.0, 1.0, -1.0]),
    "W2": np.array([[0.5, -0.5], [1.0, 0.0], [0.0, 0.5]]), "b2": np.array([0.0, 0.5]),
}  # fmt: skip
cache = {
    "X": np.array([[1.0, 0.0], [2.0, -1.0], [0.0, 1.0], [-1.0, 2.0]]),
    "Z1": np.array([[1.0, 0.0, 1.0], [1.0, -2.0, 4.0], [1.0, 2.0, -2.0], [1.0, 4.0, -5.0]]),
    "H": np.array([[1.0, 0.0, 1.0], [1.0, 0.0, 4.0], [1.0, 2.0, 0.0], [1.0, 4.0, 0.0]]),
    "probs": np.array([[0.5, 0.5], [0.1824, 0.8176], [0.9241, 0.0759], [0.9890, 0.0110]]),
}
grads = backward(params, cache, np.array([1, 0, 1, 1]))
W2, b2 = (
    np.array([[0.3989, -0.3989], [1.4511, -1.4511], [-0.6926, 0.6926]]),
    np.array([0.3989, -0.3989]),
)
listed = isinstance(grads, tuple | list)
other = isinstance(grads, dict) and not {"W2", "b2"} <= set(grads)
slips = {
    "the gradients come without names: return a dictionary with W1, b1, W2 and b2": listed,
    "the keys are not those of params: W1, b1, W2 and b2": other,
    "the mean over the batch is missing: divide by the number of examples": {
        "W2": 4 * W2,
        "b2": 4 * b2,
    },
    "the mean is taken twice: dZ2 is divided by n already": {"W2": W2 / 4, "b2": b2 / 4},
    "1 is not subtracted at the true class: dZ2 is (P - Y) / n": {
        "W2": [[0.6489, 0.3511], [1.4511, 0.0489], [0.3074, 0.9426]],
        "b2": [0.6489, 0.3511],
    },
    "the sign is turned: dZ2 is P - Y, not Y - P": {"W2": -W2, "b2": -b2},
    "the softmax's slope is counted twice: P - Y contains it already": {
        "W2": [[0.0196, -0.0196], [0.0432, -0.0432], [-0.0905, 0.0905]],
        "b2": [0.0196, -0.0196],
    },
    "the bias is averaged twice: sum dZ2, which is divided by n already": {"W2": W2, "b2": b2 / 4},
}
check(
    "the output layer: W2 and b2",
    grads,
    want={"W2": W2, "b2": b2},
    tolerance=1e-3,
    mistakes=slips,
)

# %% nbgrader={"grade": true, "grade_id": "backward-check2", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
params = {
    "W1": np.array([[1.0, -1.0, 2.0], [1.0, 1.0, -1.0]]), "b1": np.array([0.0, 1.0, -1.0]),
    "W2": np.array([[0.5, -0.5], [1.0, 0.0], [0.0, 0.5]]), "b2": np.array([0.0, 0.5]),
}  # fmt: skip
cache = {
    "X": np.array([[1.0, 0.0], [2.0, -1.0], [0.0, 1.0], [-1.0, 2.0]]),
    "Z1": np.array([[1.0, 0.0, 1.0], [1.0, -2.0, 4.0], [1.0, 2.0, -2.0], [1.0, 4.0, -5.0]]),
    "H": np.array([[1.0, 0.0, 1.0], [1.0, 0.0, 4.0], [1.0, 2.0, 0.0], [1.0, 4.0, 0.0]]),
    "probs": np.array([[0.5, 0.5], [0.1824, 0.8176], [0.9241, 0.0759], [0.9890, 0.0110]]),
}
grads = backward(params, cache, np.array([1, 0, 1, 1]))
W1, b1 = (
    np.array([[-0.5311, -0.2473, 0.1419], [0.9301, 0.7256, -0.1022]]),
    np.array([0.3989, 0.4783, 0.0397]),
)
listed = isinstance(grads, tuple | list)
other = isinstance(grads, dict) and not {"W1", "b1"} <= set(grads)
slips = {
    "the gradients come without names: return a dictionary with W1, b1, W2 and b2": listed,
    "the keys are not those of params: W1, b1, W2 and b2": other,
    "the gate is missing: the slope passes the ReLU only where Z1 > 0": {
        "W1": [[-0.5311, -0.5311, 0.2656], [0.9301, 0.9301, -0.4651]],
        "b1": [0.3989, 0.3989, -0.1995],
    },
    "the gate multiplies by H: the ReLU's slope is 0 or 1": {
        "W1": [[-0.5311, -0.9891, 0.7552], [0.9301, 2.4403, -0.4088]],
        "b1": [0.3989, 1.4511, 0.3463],
    },
    "the mean is taken twice: dZ2 is divided by n already": {"W1": W1 / 4, "b1": b1 / 4},
    "the bias is averaged twice: sum dZ1, which is divided by n already": {"W1": W1, "b1": b1 / 4},
    "the gate asks Z1 >= 0: at exactly 0 the slope is 0 here": {
        "W1": [[-0.5311, -0.1223, 0.1419], [0.9301, 0.7256, -0.1022]],
        "b1": [0.3989, 0.6033, 0.0397],
    },
}
check(
    "the hidden layer: W1 and b1",
    grads,
    want={"W1": W1, "b1": b1},
    tolerance=1e-3,
    mistakes=slips,
)

# %% nbgrader={"grade": true, "grade_id": "backward-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: the arguments untouched, a 3-5-4 network against numerical gradients, a batch of one
### BEGIN HIDDEN TESTS
params = {
    "W1": np.array([[1.0, -1.0, 2.0]]), "b1": np.array([0.0, 1.0, -1.0]),
    "W2": np.array([[0.5, -0.5], [1.0, 0.0], [0.0, 0.5]]), "b2": np.array([0.0, 0.5]),
}  # fmt: skip
cache = {
    "X": np.array([[1.0], [2.0]]),
    "Z1": np.array([[1.0, 0.0, 1.0], [2.0, -1.0, 3.0]]),
    "H": np.array([[1.0, 0.0, 1.0], [2.0, 0.0, 3.0]]),
    "probs": np.array([[0.3775, 0.6225], [0.2689, 0.7311]]),
}
labels = np.array([1, 0])
kept = [{name: values.copy() for name, values in table.items()} for table in (params, cache)]
backward(params, cache, labels)
changed = {"an argument is changed: work on a copy": True}
check("params are untouched", params, want=kept[0], secret=True, mistakes=changed)
check("cache is untouched", cache, want=kept[1], secret=True, mistakes=changed)
check("labels is untouched", labels, want=[1, 0], secret=True, mistakes=changed)
generator = np.random.default_rng(81)
params = {
    "W1": generator.normal(size=(3, 5)),
    "b1": generator.normal(size=5),
    "W2": generator.normal(size=(5, 4)),
    "b2": generator.normal(size=4),
}


def reference(params, X):
    Z1 = X @ params["W1"] + params["b1"]
    H = np.where(Z1 > 0, Z1, 0)
    weights = np.exp(H @ params["W2"] + params["b2"])
    return {"X": X, "Z1": Z1, "H": H, "probs": weights / weights.sum(axis=1, keepdims=True)}


for n in (6, 1):
    X, labels = generator.normal(size=(n, 3)), generator.integers(0, 4, size=n)
    want = {name: np.zeros_like(values) for name, values in params.items()}
    for name, values in params.items():
        for place in np.ndindex(values.shape):
            losses = []
            for step in (1e-5, -1e-5):
                nudged = {key: value.copy() for key, value in params.items()}
                nudged[name][place] += step
                losses.append(-np.log(reference(nudged, X)["probs"][np.arange(n), labels]).mean())
            want[name][place] = (losses[0] - losses[1]) / 2e-5
    slips = {
        "the mean over the batch is missing: divide by the number of examples": {
            name: n * values for name, values in want.items()
        },
        "the mean is taken twice: dZ2 is divided by n already": {
            name: values / n for name, values in want.items()
        },
        "the sign is turned: dZ2 is P - Y, not Y - P": {
            name: -values for name, values in want.items()
        },
        "the bias is averaged twice: sum dZ2, which is divided by n already": {
            "b2": want["b2"] / n,
            "W2": want["W2"],
        },
    }
    check(
        f"numerical gradients, batch of {n}",
        backward(params, reference(params, X), labels.copy()),
        want=want,
        tolerance=1e-5,
        secret=True,
        mistakes=slips,
    )
### END HIDDEN TESTS

# %% [markdown]
# Trust no gradient that you have not seen beside its numerical twin. The next three cells nudge
# **every** weight of a random network up and down by $10^{-5}$ and measure the loss with your
# `forward` and `cross_entropy`. That takes two forward passes a weight, which is why nobody trains
# this way. As a test it is unbeatable: it knows nothing of the chain rule.


# %%
def init_params(inputs, hidden, classes, seed):
    """Draw weights with He's scale sqrt(2 / inputs) (section 8 says why); biases start at 0."""
    generator = np.random.default_rng(seed)
    return {
        "W1": generator.normal(0, np.sqrt(2 / inputs), (inputs, hidden)), "b1": np.zeros(hidden),
        "W2": generator.normal(0, np.sqrt(2 / hidden), (hidden, classes)), "b2": np.zeros(classes),
    }  # fmt: skip


# %%
def numerical_gradients(params, X, labels, step=1e-5):
    """Estimate each slope as (loss a step up - loss a step down) / (2 steps)."""
    grads = {name: np.zeros_like(values) for name, values in params.items()}
    for name, values in params.items():
        for place in np.ndindex(values.shape):
            kept, losses = values[place], []
            for sign in (1, -1):
                values[place] = kept + sign * step
                losses.append(cross_entropy(forward(params, X)[0], labels))
            values[place] = kept
            grads[name][place] = (losses[0] - losses[1]) / (2 * step)
    return grads


# %%
generator = np.random.default_rng(5)
params, X, labels = (
    init_params(4, 8, 3, seed=5),
    generator.normal(size=(12, 4)),
    generator.integers(0, 3, 12),
)
numerical = numerical_gradients(params, X, labels)
analytic = backward(params, forward(params, X)[1], labels)

# %%
figure, ax = plt.subplots(figsize=(4.6, 4.2))
for name, marker in (("W1", "o"), ("b1", "s"), ("W2", "^"), ("b2", "D")):
    ax.scatter(
        numerical[name],
        analytic[name],
        marker=marker,
        s=26,
        label=name,
        edgecolor="white",
        zorder=3,
    )
ax.axline((0, 0), slope=1, color="grey", linewidth=1)
ax.set(
    xlabel="numerical gradient",
    ylabel="your backward",
    title="All on the diagonal?",
    aspect="equal",
)
ax.legend()
worst = max(np.abs(analytic[name] - numerical[name]).max() for name in params)
show(
    figure,
    f"Each mark is one of the {sum(v.size for v in params.values())} weights; the largest gap between the two ways is {worst:.0e}.",
)

# %% [markdown]
# Points off the diagonal would tell you where to look: only the squares off, and it is `b1`;
# everything off by the same factor, and it is the mean; only `W1` and `b1` off, and the slope was
# lost on its way through $W_2$ or the gate. A gap around $10^{-10}$ is rounding. A gap of
# $10^{-3}$ is a bug.

# %% [markdown]
# ## 7 · Learning
#
# ### Exercise 9 · one step downhill (2 points)
#
# Return the parameters after one step: each one minus `lr` times its gradient, biases as well. A
# new dictionary or the old one changed in place are both fine, as long as you return it. Leave
# `grads` as it is.


# %% nbgrader={"grade": false, "grade_id": "sgd_step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sgd_step(params, grads, lr):
    """Return params after one step of gradient descent; both dictionaries have the same keys."""
    ### BEGIN SOLUTION
    return {name: values - lr * grads[name] for name, values in params.items()}
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "sgd_step-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
W, b = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.array([1.0, -1.0])
dW, db = np.array([[1.0, 0.0, -1.0], [2.0, 0.0, 0.0]]), np.array([0.0, 4.0])
check(
    "sgd_step(params, grads, lr=0.1)",
    sgd_step({"W1": W.copy(), "b1": b.copy()}, {"W1": dW.copy(), "b1": db.copy()}, 0.1),
    want={"W1": [[0.9, 2.0, 3.1], [3.8, 5.0, 6.0]], "b1": [1.0, -1.4]},
    mistakes={
        "the step goes uphill: subtract": {"W1": W + 0.1 * dW, "b1": b + 0.1 * db},
        "the learning rate is not used": {"W1": W - dW, "b1": b - db},
        "the biases stay where they are: they learn too": {
            "W1": [[0.9, 2.0, 3.1], [3.8, 5.0, 6.0]],
            "b1": b,
        },
        "this is the step itself: return the parameters after it": {"W1": 0.1 * dW, "b1": 0.1 * db},
        "the learning rate divides: it multiplies the gradient": {
            "W1": W - dW / 0.1,
            "b1": b - db / 0.1,
        },
        "nothing has changed: assign the new values to the dictionary": {"W1": W, "b1": b},
    },
)

# %% nbgrader={"grade": true, "grade_id": "sgd_step-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: grads untouched, other keys and shapes, another order, two steps one after the other
### BEGIN HIDDEN TESTS
params = {"W1": np.array([[1.0, 2.0]]), "b1": np.array([3.0, -1.0])}
grads = {"W1": np.array([[0.5, -4.0]]), "b1": np.array([-2.0, 8.0])}
kept = {name: values.copy() for name, values in grads.items()}
sgd_step(params, grads, 0.25)
changed = {"an argument is changed: work on a copy": True}
check("grads is untouched", grads, want=kept, secret=True, mistakes=changed)
one, two = np.array([1.0, 2.0]), np.array([[0.0, -3.0]])
slope, other = np.array([10.0, -10.0]), np.array([[30.0, 50.0]])
got = sgd_step({"a": one.copy(), "b": two.copy()}, {"b": other.copy(), "a": slope.copy()}, 0.1)
by_place = {"a": one - 0.1 * other, "b": two - 0.1 * slope}
pair = "the values are paired by position: pair them by name"
check(
    "gradients in another order",
    got,
    want={"a": [0.0, 3.0], "b": [[-3.0, -8.0]]},
    secret=True,
    mistakes={pair: by_place},
)
generator = np.random.default_rng(91)
shapes = {"W1": (4, 2), "b1": (2,), "W2": (2, 3), "b2": (3,), "W3": (3, 1)}
params = {name: generator.normal(size=shape) for name, shape in shapes.items()}
grads = {name: generator.normal(size=shape) for name, shape in shapes.items()}


def fresh(table):
    return {name: values.copy() for name, values in table.items()}


want = {name: params[name] + -0.05 * grads[name] for name in shapes}
got = sgd_step(fresh(params), fresh(grads), 0.05)
check("five parameters", got, want=want, secret=True)
want = {name: params[name] - 0.07 * grads[name] for name in shapes}
check("a second step", sgd_step(fresh(got), fresh(grads), 0.02), want=want, secret=True)
### END HIDDEN TESTS

# %% [markdown]
# The gradient of the mean loss needs all examples for *one* step. A few random examples give a rougher
# gradient at a fraction of the price, and it is right on average. That is **stochastic gradient
# descent**, an idea that goes back to Robbins and Monro (1951), with **mini-batches**. An epoch is one
# pass: shuffle, cut into pieces, take a step on each piece. The classic bugs: shuffling `X` and `y`
# apart, so that each image gets a stranger's label, and losing the short last batch.

# %% [markdown]
# ### Exercise 10 · mini-batches (2 points)
#
# Return a **list** of pairs `(X_batch, y_batch)` that holds every example exactly once, in random
# order, each with its own label. All batches have `batch_size` examples but the last, which takes
# what is left (11 examples in batches of 4: 4, 4, 3). `X` and `y` themselves stay as they are. The
# same `seed` gives the same order, another seed another one:
# `np.random.default_rng(seed).permutation(n)` is a random order of `0 .. n-1`.


# %% nbgrader={"grade": false, "grade_id": "minibatches", "locked": false, "schema_version": 3, "solution": true, "task": false}
def minibatches(X, y, batch_size, seed):
    """Cut X (n, ...) and y (n,) into a list of shuffled pairs (X_batch, y_batch)."""
    ### BEGIN SOLUTION
    order = np.random.default_rng(seed).permutation(len(X))
    pieces = [order[i : i + batch_size] for i in range(0, len(X), batch_size)]
    return [(X[piece], y[piece]) for piece in pieces]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "minibatches-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
X, y = np.arange(22.0).reshape(11, 2), 10 * np.arange(11)  # row i is (2i, 2i + 1), its label 10i
kept = X.copy(), y.copy()
batches = minibatches(X, y, 4, seed=3)
check_that(
    "minibatches returns a list",
    isinstance(batches, list | tuple),
    "what came back is no list",
    mistakes={"this is a generator or a zip: make a list of the pairs": True},
)
sizes = [len(batch[1]) for batch in batches]
check(
    "the sizes of the batches",
    sizes,
    want=[4, 4, 3],
    mistakes={
        "the short last batch is missing: slice up to the end": [4, 4],
        "the batches overlap: go on by batch_size each time": len(sizes) > 4,
        "batch_size is the size of a batch, not the number of batches": len(sizes) == 4,
    },
)
numbers = np.concatenate([batch[0] for batch in batches])[:, 0] / 2
check_that(
    "every example comes exactly once",
    sorted(numbers) == list(range(11)),
    f"the examples are {sorted(int(i) for i in numbers)}",
    mistakes={"examples are drawn with replacement: use a permutation": True},
)
check_that(
    "each example keeps its label",
    (np.concatenate([batch[1] for batch in batches]) == 10 * numbers).all(),
    "examples and labels do not belong together any more",
    mistakes={"X and y are shuffled apart: use one order for both": True},
)
check_that(
    "the examples are shuffled",
    not all((np.diff(batch[0][:, 0]) == 2).all() for batch in batches),
    "neighbours are still neighbours",
    mistakes={
        "nothing is shuffled: take the examples in a random order": list(numbers)
        == sorted(numbers),
        "only the batches change places: shuffle the examples": True,
    },
)
check_that(
    "X and y stay as they were",
    np.array_equal(X, kept[0]) and np.array_equal(y, kept[1]),
    "the arrays that you were given have another order now",
    mistakes={"X and y are shuffled in place: X[order] makes a new array": True},
)

# %% nbgrader={"grade": true, "grade_id": "minibatches-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: images, other sizes, one large batch, the seed, who shares a batch with whom
### BEGIN HIDDEN TESTS
X, y = np.arange(72.0).reshape(12, 2, 3), np.arange(12)
batches = list(minibatches(X.copy(), y.copy(), 4, seed=1))
sizes = [len(batch[1]) for batch in batches]
check(
    "12 in batches of 4",
    sizes,
    want=[4, 4, 4],
    secret=True,
    mistakes={"an empty batch comes last": [4, 4, 4, 0]},
)
sizes = [len(batch[1]) for batch in minibatches(X.copy(), y.copy(), 5, seed=1)]
slips = {"the batches are made equal: all but the last have batch_size examples": [4, 4, 4]}
check("12 in batches of 5", sizes, want=[5, 5, 2], secret=True, mistakes=slips)
sizes = [len(batch[1]) for batch in minibatches(X[:9].copy(), y[:9].copy(), 4, seed=1)]
slips = {"the short last batch is missing: slice up to the end": [4, 4]}
check("9 in batches of 4", sizes, want=[4, 4, 1], secret=True, mistakes=slips)
check("images keep their shape", batches[0][0], shape=(4, 2, 3), secret=True)
pairs = [(image[0, 0] / 6, label) for batch in batches for image, label in zip(*batch)]
check_that("images keep their labels", all(a == b for a, b in pairs), "", secret=True)
large = list(minibatches(X.copy(), y.copy(), 100, seed=1))
check("a batch larger than the data", [len(batch[1]) for batch in large], want=[12], secret=True)
orders = [
    np.concatenate([batch[1] for batch in minibatches(X.copy(), y.copy(), 5, seed=seed)]).tolist()
    for seed in (1, 1, 2, 3, 4, 5)
]
slips = {"the seed is not used: pass it to default_rng": True}
check_that(
    "the same seed gives the same order", orders[0] == orders[1], "", secret=True, mistakes=slips
)
slips = {
    "nothing is shuffled: take the examples in a random order": orders[0] == sorted(orders[0]),
    "the order is the same for every seed: pass seed to default_rng": True,
}
check_that(
    "another seed gives another order",
    not orders[1] == orders[2] == orders[3],
    "",
    secret=True,
    mistakes=slips,
)
steps = [set((np.diff(order) % 12).tolist()) for order in orders]
slips = {"the examples are only rotated or turned round: draw a random order": True}
rotated = min(len(step) for step in steps) < 3
check_that("the order is random", not rotated, "", secret=True, mistakes=slips)
slips = {"each batch is shuffled within itself: draw one order of all examples, then cut": True}
check_that(
    "the first batch holds other examples for another seed",
    len({frozenset(order[:5]) for order in orders}) > 1,
    "",
    secret=True,
    mistakes=slips,
)
### END HIDDEN TESTS

# %% [markdown]
# A few lines put your functions together. Everything that trains in this course, up to the GANs,
# is this loop: *forward, backward, step*.


# %%
def train_network(params, X, y, *, lr, epochs, batch_size, after_epoch=None):
    """Train by mini-batch gradient descent and return the trained parameters."""
    for epoch in range(epochs):
        for X_batch, y_batch in minibatches(X, y, batch_size, seed=epoch):
            _, cache = forward(params, X_batch)
            params = sgd_step(params, backward(params, cache, y_batch), lr)
        if after_epoch:
            after_epoch(params)
    return params


# %% [markdown]
# Two spiral arms, wound into each other. With **one** hidden ReLU unit the boundary is a straight
# line. Each further unit adds a crease across the whole plane, and the boundary may bend wherever
# it crosses one. Nobody told the network about spirals.


# %%
def spiral(count, seed):
    """Draw points (count, 2) on two arms, and their labels 0 and 1."""
    generator = np.random.default_rng(seed)
    labels, radius = np.arange(count) % 2, np.sqrt(generator.uniform(0.03, 1, count))
    angle = 2.4 * np.pi * radius + np.pi * labels
    points = 3 * radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    return points + generator.normal(0, 0.1, (count, 2)), labels


# %%
def draw_boundary(ax, hidden, seed, epochs):
    X, y = spiral(400, seed=0)
    params = train_network(
        init_params(2, hidden, 2, seed), X, y, lr=0.3, epochs=epochs, batch_size=32
    )
    draw_regions(
        ax,
        lambda points: forward(params, points)[0][:, 1],
        limits=(-3.6, 3.6, -3.6, 3.6),
        steps=120,
    )
    draw_points(ax, X, y, size=9).axis("off")
    right = np.mean(forward(params, X)[0].argmax(axis=1) == y)
    ax.set_title(f"{hidden} hidden: {right:.0%} right")


# %%
figure, axes = plt.subplots(1, 4, figsize=(10.4, 2.9))
for ax, hidden in zip(axes, (1, 3, 8, 32)):
    draw_boundary(ax, hidden, seed=3, epochs=budget(full=500, short=10))
show(
    figure,
    "One hidden unit draws a line, three bend it, and thirty-two follow the spiral: each unit adds a fold to the plane.",
)

# %% [markdown]
# Play with it: how few units can still do it? We tried ten starts of each size: 4 units never
# followed the arms, about half of the starts with 5 did, nearly all with 8, and every one with 12.
# With just enough units training often settles for a poorer arrangement, sometimes because a unit
# has closed its gate for all points and hears nothing any more. A few spare units make it easy: one
# reason why networks are larger than they need to be.


# %%
def play_boundary(hidden, seed):
    figure, ax = plt.subplots(figsize=(4, 3.8))
    draw_boundary(ax, hidden, seed, epochs=budget(full=500, short=10))
    show(figure, f"The boundary that {hidden} hidden units learned from start {seed}.")


play(play_boundary, hidden=(5, 1, 40, 1), seed=(0, 0, 9, 1))

# %% [markdown]
# ### Question 4 · a symmetric start (1 point)
#
# Suppose you start with every weight of `W1` equal to 0.5, every weight of `W2` equal to 0.5 and
# all biases 0. What happens in training?
# - **a** nothing special: the data tell the hidden units apart
# - **b** all gradients are 0, so nothing ever moves
# - **c** all hidden units compute the same, get the same gradient, and stay copies of one another
# - **d** the loss becomes infinite in the first step

# %% nbgrader={"grade": false, "grade_id": "symmetric_start", "locked": false, "schema_version": 3, "solution": true, "task": false}
# symmetric_start = "a", "b", "c" or "d"
### BEGIN SOLUTION
symmetric_start = "c"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "symmetric_start-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_choice(
    "a symmetric start",
    symmetric_start,
    right="c",
    reasons={
        "a": "all units see the same data through the same weights, so the data cannot tell them apart",
        "b": "only those of W1 and b1 are 0, and only in the first step; W2 and b2 move at once, the rest follows, every unit in the same way",
        "d": "nothing is infinite here: equal scores only give equal probabilities, a loss of ln(classes)",
    },
)

# %% [markdown]
# **All at once or in small pieces?** Now the real data: 7,000 handwritten digits. Three runs of
# the same network see the same number of images and differ only in the batch. The loss is
# measured on all training images after each epoch.

# %%
count = budget(full=7000, short=700)
train_images, train_labels = (array[:count] for array in digits("train"))
test_images, test_labels = digits("test")
X_train = train_images.reshape(-1, 784)  # (n, 28, 28) -> (n, 784)
X_test = test_images.reshape(-1, 784)
print(X_train.shape, X_test.shape)


# %%
def losses_by_epoch(batch_size, epochs):
    losses = []

    def measure(params):
        losses.append(cross_entropy(forward(params, X_train)[0], train_labels))

    start_params = init_params(784, 64, 10, seed=0)
    options = {"lr": 0.3, "epochs": epochs, "batch_size": batch_size, "after_epoch": measure}
    train_network(start_params, X_train, train_labels, **options)
    return losses


epochs = budget(full=8, short=1)
curves = {size: losses_by_epoch(size, epochs) for size in (7000, 256, 32)}

# %%
figure, ax = plt.subplots(figsize=(8.4, 3.4))
for (size, losses), colour in zip(curves.items(), (ORANGE, GREEN, BLUE)):
    label = f"batches of {size:,} (steps an epoch: {-(-7000 // size)})"
    ax.plot(7000 * np.arange(1, epochs + 1), losses, "o-", color=colour, label=label)
ax.set(
    xlabel="training images seen",
    ylabel="training loss",
    yscale="log",
    title="Small batches learn more from each image",
)
ax.axhline(np.log(10), color="grey", linewidth=1, linestyle=":")
ax.text(7000 * epochs, np.log(10) * 1.08, "knows nothing: ln 10", color="grey", ha="right")
ax.set_ylim(0.02, 4)
ax.legend(loc="upper left", bbox_to_anchor=(1, 1))
show(
    figure,
    f"After {7000 * epochs:,} images seen, the loss is {curves[32][-1]:.3f} with batches of 32 and {curves[7000][-1]:.2f} with full batches.",
)

# %% [markdown]
# Full-batch descent took one step an epoch, mini-batches of 32 took 219, and 219 rough steps beat
# one exact step by far. Smaller is not always better: tiny batches make noisy steps that need a
# smaller learning rate, and they waste a GPU, which handles 256 images in little more time than 32.

# %% [markdown]
# ## 8 · Why deep networks were hard: vanishing gradients
#
# On the way back every layer multiplies the slope by the activation's slope and by its weights.
# For the sigmoid the first factor is at most $\frac14$. Multiply a few of those and the first
# layers hear nothing: Hochreiter analysed this in his diploma thesis (1991), and it kept networks
# shallow for years. Let us measure it. The next two cells send 32 random inputs through
# `depth` layers of 64 units and keep everything that the way back needs.

# %%
SLOPES = {
    "sigmoid": lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2,
    "tanh": lambda z: 1 - np.tanh(z) ** 2,
    "relu": lambda z: (z > 0).astype(float),
}
BENDS = {
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0),
}


# %%
def deep_forward(depth, activation):
    """Return the lists weights, Z and H of a random deep network, and dH at its end.

    Z[i] = H[i] @ weights[i], H[i + 1] = activation(Z[i]); H[0] is the input, shape (32, 64).
    """
    generator = np.random.default_rng(0)
    scale = np.sqrt((2 if activation == "relu" else 1) / 64)  # He 2015; Glorot and Bengio 2010
    weights, Z, H = [], [], [generator.normal(size=(32, 64))]
    for _ in range(depth):
        weights.append(generator.normal(size=(64, 64)) * scale)
        Z.append(H[-1] @ weights[-1])
        H.append(BENDS[activation](Z[-1]))
    return weights, Z, H, (H[-1] - generator.normal(size=(32, 64))) / 32  # squared error, mean


# %% [markdown]
# ### Exercise 11 · gradient norms by depth (2 points)
#
# Walk back from the last layer to the first. In layer $i$, with the slope $dH$ that arrives at
# its output:
# $$dZ = dH \odot \text{slope}(Z_i), \qquad dW_i = H_i^\top dZ, \qquad dH \leftarrow dZ\, W_i^\top.$$
# Put `np.linalg.norm(dW)` of layer $i$ into `norms[i]`, the first layer at index 0, and return
# `norms`.


# %% nbgrader={"grade": false, "grade_id": "gradient_norms", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gradient_norms(depth, activation):
    """Return the norm of each layer's weight gradient, first layer first, shape (depth,)."""
    weights, Z, H, dH = deep_forward(depth, activation)
    slope = SLOPES[activation]
    norms = np.zeros(depth)
    ### BEGIN SOLUTION
    for i in reversed(range(depth)):
        dZ = dH * slope(Z[i])  # (32, 64)
        norms[i] = np.linalg.norm(H[i].T @ dZ)
        dH = dZ @ weights[i].T
    return norms
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "gradient_norms-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check(
    'gradient_norms(3, "sigmoid")',
    gradient_norms(3, "sigmoid"),
    want=[0.1554, 1.0852, 4.3454],  # measured with numerical gradients
    tolerance=1e-3,
    mistakes={
        "the last layer comes first: norms[0] belongs to the first layer": [4.3454, 1.0852, 0.1554],
        "the activation's slope is missing: dZ is dH times slope(Z)": [13.3069, 19.6849, 18.5035],
        "the slope is taken at H: it belongs to Z, before the activation": [0.1693, 1.0625, 4.2715],
        "the gradient uses the layer's output: dW is H[i].T @ dZ, with its input": [
            0.2183,
            1.1478,
            4.2826,
        ],
        "this is the norm of dZ: take that of the weights' gradient H[i].T @ dZ": [
            0.0191,
            0.0893,
            0.3710,
        ],
        "dH does not go back through the weights: dZ @ weights[i].T": [0.1492, 0.9527, 4.3454],
        "dH goes back through the weights untransposed: use weights[i].T": [0.1513, 0.9840, 4.3454],
    },
)


# %% nbgrader={"grade": true, "grade_id": "gradient_norms-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: other depths, ReLU and tanh, a single layer
### BEGIN HIDDEN TESTS
def reference_norms(depth, activation):
    generator = np.random.default_rng(0)
    bend, slope, gain = {
        "sigmoid": (
            lambda z: 1 / (1 + np.exp(-z)),
            lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2,
            1,
        ),
        "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2, 1),
        "relu": (lambda z: z.clip(0), lambda z: 1.0 * (z > 0), 2),
    }[activation]
    layers_, h = [], generator.normal(size=(32, 64))
    for _ in range(depth):
        w = generator.normal(size=(64, 64)) * np.sqrt(gain / 64)
        layers_.append((h, w, h @ w))
        h = bend(h @ w)
    back, norms = (h - generator.normal(size=(32, 64))) / 32, []
    for h, w, z in layers_[::-1]:
        norms.insert(0, np.sqrt(((h.T @ (back * slope(z))) ** 2).sum()))
        back = np.einsum("nj,ij->ni", back * slope(z), w)
    return norms


for depth, activation in ((6, "relu"), (4, "tanh"), (1, "sigmoid"), (9, "sigmoid")):
    want = reference_norms(depth, activation)
    slips = {"the last layer comes first: norms[0] belongs to the first layer": want[::-1]}
    check(
        f"{depth} layers of {activation}",
        gradient_norms(depth, activation),
        want=want,
        tolerance=1e-5,
        secret=True,
        mistakes=slips,
    )
ratio = np.asarray(gradient_norms(9, "sigmoid"))
check_that("sigmoid gradients vanish", ratio[0] < 1e-3 * ratio[-1], "", secret=True)
### END HIDDEN TESTS


# %%
def draw_norms(depth):
    figure, ax = plt.subplots()
    for name, label, colour in (
        ("relu", "ReLU, He start", GREEN),
        ("tanh", "tanh, Glorot start", ORANGE),
        ("sigmoid", "sigmoid, Glorot start", BLUE),
    ):
        norms = gradient_norms(depth, name)
        ax.plot(np.arange(1, depth + 1), norms, "o-", color=colour, label=label, markersize=4)
    ax.set(
        xlabel="layer (1 is next to the input)",
        ylabel="norm of the weight gradient",
        yscale="log",
        xticks=range(1, depth + 1, 1 + depth // 12),
        title="Sigmoid: about four times weaker with each layer back",
    )
    ax.legend(loc="lower right")
    show(
        figure,
        f"In a {depth}-layer network the first sigmoid layer's gradient is {norms[0] / norms[-1]:.0e} of the last one's; with ReLU and He's start all layers hear about the same.",
    )


# %%
play(draw_norms, depth=(20, 2, 40, 1))

# %% [markdown]
# A straight line on a logarithmic axis is an exponential. Two cures are in the picture. **ReLU**
# multiplies by exactly 1 wherever it is open. And the **scale of the starting weights** keeps
# signals alive: Glorot and Bengio (2010) chose it so that neither values nor gradients grow or
# shrink from layer to layer; He et al. (2015) doubled the variance for ReLU, which closes about
# half of the units, and could train a 30-layer network where the older start stalled.

# %% [markdown]
# ### Question 5 · ten layers of sigmoids (1 point)
#
# Say each layer on the way back multiplies the gradient by $\frac14$ (weights of about the right
# scale). How large is the first layer's gradient, compared with that of the tenth?
# - **a** a quarter: each layer has its own factor, and they do not add up
# - **b** about $\frac1{36}$: nine layers with a factor $\frac14$ each
# - **c** about 4 in a million: $\left(\frac14\right)^9$
# - **d** the same: the learning rate makes up for it

# %% nbgrader={"grade": false, "grade_id": "ten_sigmoids", "locked": false, "schema_version": 3, "solution": true, "task": false}
# ten_sigmoids = "a", "b", "c" or "d"
### BEGIN SOLUTION
ten_sigmoids = "c"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "ten_sigmoids-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_choice(
    "ten layers of sigmoids",
    ten_sigmoids,
    right="c",
    reasons={
        "a": "the way back passes through nine layers, and each one multiplies by 1/4",
        "b": "the factors multiply, they do not add: 1/4 times 1/4 is 1/16",
        "d": "one learning rate serves all layers: it cannot be large for the first and small for the last",
    },
)

# %% [markdown]
# ## 9 · The same in Keras
#
# Keras builds a network from layers. `keras.Input` says what one example looks like, without the
# batch. `layers.Dense` is your $XW + b$ with an activation. Backpropagation needs no line at all:
# Keras differentiates whatever you build. To see that there is no magic, let us copy *our*
# starting weights into Keras, feed both networks the same batches, and watch both losses.

# %%
ours = init_params(784, 64, 10, seed=0)
twin = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        layers.Dense(64, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ]
)
twin.set_weights([ours["W1"], ours["b1"], ours["W2"], ours["b2"]])
twin.compile(
    optimizer=keras.optimizers.SGD(learning_rate=0.3), loss="sparse_categorical_crossentropy"
)

# %%
our_losses, keras_losses = [], []
for X_batch, y_batch in minibatches(X_train, train_labels, 32, seed=0)[: budget(full=120, short=5)]:
    probs, cache = forward(ours, X_batch)
    our_losses.append(cross_entropy(probs, y_batch))
    ours = sgd_step(ours, backward(ours, cache, y_batch), 0.3)
    keras_losses.append(float(twin.test_on_batch(X_batch, y_batch)))
    twin.train_on_batch(X_batch, y_batch)

# %%
figure, ax = plt.subplots()
steps = np.arange(1, len(our_losses) + 1)
ax.plot(steps, keras_losses, color=ORANGE, linewidth=5, alpha=0.5, label="Keras")
ax.plot(steps, our_losses, color=BLUE, linewidth=1.2, label="yours, NumPy")
ax.set(xlabel="step", ylabel="loss of the batch", title="One curve on top of the other")
ax.legend()
gap = np.abs(np.subtract(our_losses, keras_losses)).max()
show(
    figure,
    f"From the same start on the same batches your network and Keras's take the same {len(steps)} steps; their losses differ by at most {gap:.0e}.",
)

# %% [markdown]
# Keras computes what you wrote, in 32-bit numbers. From now on we let it.
#
# **The classic exercise.** Here are inputs $x$ and outputs $y$; learn $y = f(x)$. Nobody tells
# you $f$. You will build three networks, train them alike and compare them in one figure. All
# three map one number to one number, and their last layer is `layers.Dense(1)` **without** an
# activation, because $y$ may be any number.


# %%
def f(x):
    return np.sin(3 * x) + 0.5 * x


generator = np.random.default_rng(0)
curve_x = generator.uniform(-2, 2, (200, 1)).astype("float32")
curve_y = (f(curve_x) + generator.normal(0, 0.15, (200, 1))).astype("float32")
figure, ax = plt.subplots(figsize=(6, 3))
ax.scatter(curve_x, curve_y, s=12, color=BLUE)
ax.set(xlabel="x", ylabel="y", title="200 noisy examples of an unknown f")
show(figure, "The points wave around a rising trend, with noise of standard deviation 0.15.")

# %% [markdown]
# ### Exercise 12 · a linear network (2 points)
#
# Return a `keras.Sequential` that begins with `keras.Input(shape=(1,))` and has just one layer,
# `layers.Dense(1)`. Do not compile it. Here and below, build of Keras's own layers, with no class
# or `Lambda` of your own. How many parameters will it have?


# %% nbgrader={"grade": false, "grade_id": "build_linear", "locked": false, "schema_version": 3, "solution": true, "task": false}
def build_linear():
    """Return a Keras model (batch, 1) -> (batch, 1) that can only draw straight lines."""
    ### BEGIN SOLUTION
    return keras.Sequential([keras.Input(shape=(1,)), layers.Dense(1)])
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "build_linear-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
model = build_linear()
unknown = not getattr(model, "built", True)
slips = {"the input is not declared: begin with keras.Input(shape=(1,))": unknown}
check_model("build_linear()", model, mistakes=slips)
count, outputs = model.count_params(), model.output_shape[-1]
check_model(
    "build_linear()",
    model,
    input_shape=(1,),
    output_shape=(1,),
    parameters=2,
    mistakes={
        "the input is a single number: keras.Input(shape=(1,))": model.input_shape[1:] != (1,),
        "the layer has too many units: y is one number": outputs > 1,
        "the bias is missing: leave use_bias as it is": count == 1,
        "there is a hidden layer: a linear network needs none": count > 2,
    },
)

# %% nbgrader={"grade": true, "grade_id": "build_linear-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: a straight line, whatever its weights
### BEGIN HIDDEN TESTS
model = build_linear()
check_model("its sizes", model, input_shape=(1,), output_shape=(1,), parameters=2, secret=True)
model.set_weights(
    [np.full(w.shape, value, "float32") for w, value in zip(model.get_weights(), (-3.0, 0.5))]
)
line = np.asarray(model(np.array([[-1.0], [0.0], [2.0]], "float32")))
slips = {"an activation bends the line: leave it out": True}
want = [[3.5], [0.5], [-5.5]]
check("slope -3 and offset 0.5", line, want=want, tolerance=1e-4, secret=True, mistakes=slips)
line = np.asarray(model(np.array([[-1.0], [0.0], [2.0]], "float32"), training=True))
slips = {"something is drawn at random in training: no Dropout and no noise": True}
check("the same in training", line, want=want, tolerance=1e-4, secret=True, mistakes=slips)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 13 · a shallow network (2 points)
#
# Return a `keras.Sequential` with **one hidden layer of 16 units** and the activation `"tanh"`,
# then the output layer `layers.Dense(1)` without one. Begin with `keras.Input(shape=(1,))`; do
# not compile.


# %% nbgrader={"grade": false, "grade_id": "build_shallow", "locked": false, "schema_version": 3, "solution": true, "task": false}
def build_shallow():
    """Return a Keras model (batch, 1) -> (batch, 1) with one hidden layer of 16 tanh units."""
    ### BEGIN SOLUTION
    return keras.Sequential(
        [keras.Input(shape=(1,)), layers.Dense(16, activation="tanh"), layers.Dense(1)]
    )
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "build_shallow-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
model = build_shallow()
unknown = not getattr(model, "built", True)
slips = {"the input is not declared: begin with keras.Input(shape=(1,))": unknown}
check_model("build_shallow()", model, mistakes=slips)
count, outputs = model.count_params(), model.output_shape[-1]
check_model(
    "build_shallow()",
    model,
    input_shape=(1,),
    output_shape=(1,),
    parameters=49,
    mistakes={
        "the output layer is missing: end with layers.Dense(1)": outputs == 16,
        "the hidden layer is missing: put layers.Dense(16, activation=...) first": count == 2,
        "there is more than one hidden layer": count > 300,
        "a bias is missing: leave use_bias as it is": count in (32, 33, 48) and outputs == 1,
        "the hidden layer does not have 16 units": count not in (2, 32, 33, 48, 49),
    },
)
curve = np.asarray(model(np.array([[-1.0], [0.5], [2.0]], "float32")))[:, 0]
zero = not all(np.any(w) for w in model.get_weights() if w.ndim == 2)
check_that(
    "the network can bend",
    abs(curve[0] + curve[2] - 2 * curve[1]) > 1e-4,
    "its outputs lie on a straight line",
    mistakes={
        "weights start at 0: leave the initialisers as they are": zero,
        "the hidden layer has no activation: the network is one straight line": True,
    },
)

# %% nbgrader={"grade": true, "grade_id": "build_shallow-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: outputs of any size, exact values for given weights
### BEGIN HIDDEN TESTS
model = build_shallow()
check_model("its sizes", model, input_shape=(1,), output_shape=(1,), parameters=49, secret=True)
x = np.linspace(-2, 2, 7, dtype="float32")[:, None]
first = np.asarray(model(x))
weights = model.get_weights()
weights[-1] = weights[-1] - 5
model.set_weights(weights)
slips = {"the output layer has an activation: leave it out, y may be any number": True}
check_that(
    "lowering the output's bias by 5 lowers y by 5",
    np.allclose(np.asarray(model(x)), first - 5, atol=1e-3),
    "",
    secret=True,
    mistakes=slips,
)
weights = [np.linspace(-1, 1, w.size, dtype="float32").reshape(w.shape) for w in weights]
model.set_weights(weights)
inner = x @ weights[0] + weights[1]
by_hand = {
    name: bend(inner) @ weights[2] + weights[3]
    for name, bend in (
        ("tanh", np.tanh),
        ("relu", lambda z: z.clip(0)),
        ("sigmoid", lambda z: 1 / (1 + np.exp(-z))),
    )
}
slips = {
    "the hidden activation is relu: use tanh": by_hand["relu"],
    "the hidden activation is sigmoid: use tanh": by_hand["sigmoid"],
}
check(
    "given weights",
    np.asarray(model(x)),
    want=by_hand["tanh"],
    tolerance=1e-3,
    secret=True,
    mistakes=slips,
)
check(
    "the same in training",
    np.asarray(model(x, training=True)),
    want=by_hand["tanh"],
    tolerance=1e-3,
    secret=True,
    mistakes={"something is drawn at random in training: no Dropout and no noise": True},
)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 14 · a deep network (2 points)
#
# The same with **three** hidden layers of 16 tanh units each, one after the other, and the output
# layer `layers.Dense(1)`.


# %% nbgrader={"grade": false, "grade_id": "build_deep", "locked": false, "schema_version": 3, "solution": true, "task": false}
def build_deep():
    """Return a Keras model (batch, 1) -> (batch, 1) with three hidden layers of 16 tanh units."""
    ### BEGIN SOLUTION
    hidden = [layers.Dense(16, activation="tanh") for _ in range(3)]
    return keras.Sequential([keras.Input(shape=(1,)), *hidden, layers.Dense(1)])
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "build_deep-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
model = build_deep()
unknown = not getattr(model, "built", True)
slips = {"the input is not declared: begin with keras.Input(shape=(1,))": unknown}
check_model("build_deep()", model, mistakes=slips)
count, outputs = model.count_params(), model.output_shape[-1]
check_model(
    "build_deep()",
    model,
    input_shape=(1,),
    output_shape=(1,),
    parameters=593,
    mistakes={
        "the output layer is missing: end with layers.Dense(1)": outputs == 16,
        "there is one hidden layer: three are asked": count == 49,
        "there are two hidden layers: three are asked": count == 321,
        "the output layer counts as a hidden one: there are four": count == 865,
        "a bias is missing: leave use_bias as it is": outputs == 1
        and count in (544, 545, 560, 561, 576, 577, 592),
        "the hidden layers do not have 16 units each": count not in (576, 49, 321, 865, 593),
    },
)
curve = np.asarray(model(np.array([[-1.0], [0.5], [2.0]], "float32")))[:, 0]
zero = not all(np.any(w) for w in model.get_weights() if w.ndim == 2)
check_that(
    "the network can bend",
    abs(curve[0] + curve[2] - 2 * curve[1]) > 1e-4,
    "its outputs lie on a straight line",
    mistakes={
        "weights start at 0: leave the initialisers as they are": zero,
        "the hidden layers have no activation: the network is one straight line": True,
    },
)

# %% nbgrader={"grade": true, "grade_id": "build_deep-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: outputs of any size, exact values for given weights
### BEGIN HIDDEN TESTS
model = build_deep()
check_model("its sizes", model, input_shape=(1,), output_shape=(1,), parameters=593, secret=True)
x = np.linspace(-2, 2, 7, dtype="float32")[:, None]
first = np.asarray(model(x))
weights = model.get_weights()
weights[-1] = weights[-1] - 5
model.set_weights(weights)
slips = {"the output layer has an activation: leave it out, y may be any number": True}
check_that(
    "lowering the output's bias by 5 lowers y by 5",
    np.allclose(np.asarray(model(x)), first - 5, atol=1e-3),
    "",
    secret=True,
    mistakes=slips,
)
generator = np.random.default_rng(141)
weights = [generator.normal(0, 0.4, w.shape).astype("float32") for w in weights]
model.set_weights(weights)


def by_hand(bends, h=x):
    for i, bend in enumerate(bends):
        h = bend(h @ weights[2 * i] + weights[2 * i + 1])
    return h @ weights[6] + weights[7]


flat, soft, cut = (lambda z: z), np.tanh, (lambda z: z.clip(0))
slips = {
    "the hidden activation is relu: use tanh": by_hand([cut] * 3),
    "the hidden activation is sigmoid: use tanh": by_hand([lambda z: 1 / (1 + np.exp(-z))] * 3),
    "only the first hidden layer has an activation: give all three one": by_hand(
        [soft, flat, flat]
    ),
}
check(
    "given weights",
    np.asarray(model(x)),
    want=by_hand([soft] * 3),
    tolerance=1e-3,
    secret=True,
    mistakes=slips,
)
check(
    "the same in training",
    np.asarray(model(x, training=True)),
    want=by_hand([soft] * 3),
    tolerance=1e-3,
    secret=True,
    mistakes={"something is drawn at random in training: no Dropout and no noise": True},
)
### END HIDDEN TESTS

# %% [markdown]
# `compile` attaches a loss and an optimiser, `fit` runs your training loop. The optimiser is
# **Adam** (Kingma and Ba, 2015): gradient descent that keeps a running average of the gradient
# and gives every weight a step size of its own. All three networks get the same data, epochs and
# learning rate. The baseline is the mean of all $y$, whatever $x$ is.

# %%
grid = np.linspace(-2, 2, 201, dtype="float32")[:, None]
fits, epochs = {}, budget(full=120, short=3)
for name, build in (("linear", build_linear), ("shallow", build_shallow), ("deep", build_deep)):
    seed_everything(0)
    model = build()
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=0.01), loss="mse")
    history = model.fit(curve_x, curve_y, batch_size=32, epochs=epochs, verbose=0)
    fits[name] = (model.count_params(), np.asarray(model(grid)), history.history["loss"])

# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(9.4, 3.6), width_ratios=(3, 2))
left.scatter(curve_x, curve_y, s=8, color="#BBBBBB", label="examples")
left.plot(grid, f(grid), color="black", linewidth=1, linestyle="--", label="the true f")
for (name, (count, fitted, losses)), colour in zip(fits.items(), (ORANGE, BLUE, GREEN)):
    left.plot(grid, fitted, color=colour, label=f"{name}, {count} parameters")
    right.plot(np.arange(1, len(losses) + 1), losses, color=colour)
left.set(xlabel="x", ylabel="y", title="One unknown f, three networks")
left.legend(fontsize=8)
right.axhline(0.15**2, color="grey", linewidth=1, linestyle=":")
right.text(len(losses), 0.15**2 * 1.06, "noise alone", ha="right", color="grey")
right.set(
    xlabel="epoch",
    ylabel="training loss (mean squared error)",
    yscale="log",
    title="Deeper learns faster here",
)
show(
    figure,
    "The linear network finds only the trend, the shallow one the rough shape, and the deep one follows f almost to the noise.",
)

# %%
for name, (_, fitted, _) in fits.items():
    spread = {"linear": 0.02, "shallow": 0.03, "deep": 0.03}[name]
    report_result(
        f"mean squared error to the true f, {name}",
        np.mean((fitted - f(grid)) ** 2),
        baseline=np.mean((curve_y.mean() - f(grid)) ** 2),
        baseline_name="the mean of y",
        tolerance=spread,
    )

# %% [markdown]
# Over eight seeds the error to the true $f$ is about 0.44 for the linear network whatever the start,
# 0.058 to 0.066 for the shallow one and 0.003 to 0.010 for the deep one; the mean of $y$ has 0.52.
# Is depth necessary, then? No: after 1,000 epochs instead of 120 the *shallow* network comes down to
# 0.005 as well. Sixteen units were enough all along, but gradient descent took longer to find the
# weights. (The deep network also has twelve times as many parameters.)

# %% [markdown]
# ## 10 · Digits, side by side
#
# First your own network: 784 pixels, 64 hidden units, 10 classes; 15 epochs with batches of 32
# and learning rate 0.3. The live curves show the loss on the training images and on 1,000
# validation images that no step ever sees.

# %%
validation_images, validation_labels = digits("validation")
X_validation = validation_images.reshape(-1, 784)
epochs = budget(full=15, short=1)
live = LiveCurves(epochs, ylabel="cross-entropy")


def follow(params):
    live.update(
        training=cross_entropy(forward(params, X_train)[0], train_labels),
        validation=cross_entropy(forward(params, X_validation)[0], validation_labels),
    )


start_params = init_params(784, 64, 10, seed=0)

# %%
trained = train_network(
    {k: v.copy() for k, v in start_params.items()},
    X_train,
    train_labels,
    lr=0.3,
    epochs=epochs,
    batch_size=32,
    after_epoch=follow,
)
folder = log_scalars("numpy", {f"loss/{name}": values for name, values in live.curves.items()})
print("For TensorBoard:", folder)

# %%
commonest = np.bincount(test_labels).max() / len(test_labels)
numpy_accuracy = np.mean(forward(trained, X_test)[0].argmax(axis=1) == test_labels)
report_result(
    "NumPy network, test accuracy on 2,000 digits",
    numpy_accuracy,
    baseline=commonest,
    baseline_name="always the commonest digit",
    tolerance=0.012,
)

# %% [markdown]
# The training loss goes on falling while the validation loss stands still or creeps up: the
# network now learns the training images by heart. Lessons 3 and 4 do something about it.
#
# What do the hidden units look at? Each has one weight a pixel, so its weights are an image. We
# draw what training added to the random start: ink on red excites the unit, ink on blue silences
# it.

# %%
change = trained["W1"] - start_params["W1"]  # what training added to the random start, (784, 64)
chosen = np.argsort(-np.linalg.norm(change, axis=0))[:12]
figure, axes = plt.subplots(2, 6, figsize=(8.4, 3.2))
for ax, unit in zip(axes.flat, chosen):
    draw_weights(ax, change[:, unit].reshape(28, 28)).axis("off")
figure.suptitle("What training wrote into twelve hidden units", x=0.01, ha="left", size=12)
show(
    figure,
    "Each unit has learned to want ink in some places (red) and none in others (blue); at the edges, where no digit has ink, nothing was learned.",
)

# %% [markdown]
# ### Exercise 15 · the digits network in Keras (2 points)
#
# Return a `keras.Sequential` for images of shape (28, 28): `keras.Input`, then
# `layers.Flatten()`, which makes 784 numbers of an image, a hidden layer of **128** ReLU units,
# one of **64** ReLU units, and **10** outputs with the activation `"softmax"`. Do not compile it.
# It has 109,386 parameters: can you find that number by hand?


# %% nbgrader={"grade": false, "grade_id": "build_mlp", "locked": false, "schema_version": 3, "solution": true, "task": false}
def build_mlp():
    """Return a Keras model: images (batch, 28, 28) -> probabilities (batch, 10)."""
    ### BEGIN SOLUTION
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28)),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dense(64, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "build_mlp-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
model = build_mlp()
unknown = not getattr(model, "built", True)
slips = {"the input is not declared: begin with keras.Input(shape=(28, 28))": unknown}
check_model("build_mlp()", model, mistakes=slips)
images = np.random.default_rng(0).uniform(size=(3, *model.input_shape[1:])).astype("float32")
count, rows, inputs = model.count_params(), np.asarray(model(images)), model.input_shape[1:]
bounded = rows.min() >= 0 and rows.max() <= 1
sized = count == 109_386 and inputs == (28, 28)
over = sized and bool(np.allclose(rows.sum(axis=0), 1, atol=1e-3))
check_model(
    "build_mlp()",
    model,
    input_shape=(28, 28),
    output_shape=(10,),
    parameters=109_386,
    probabilities=True,
    mistakes={
        "the images are not flattened: put layers.Flatten() after the input": rows.ndim > 2,
        "the input is flattened beforehand: images come as (28, 28), Flatten is a layer": inputs
        == (784,),
        "a hidden layer is missing: 128 units, then 64": count in (101_770, 50_890),
        "the hidden layers have changed places: 128 units first, then 64": count == 59_850,
        "the output layer is missing: end with 10 units": count == 108_736,
        "the input has an axis too many: images come as (28, 28)": len(inputs) == 3,
        "the softmax runs over the batch: leave its axis as it is": over,
        "the softmax is missing: the outputs are scores": sized and not bounded,
        "the outputs do not compete: use softmax instead of sigmoid": sized and bounded,
    },
)
pair = np.random.default_rng(1).uniform(size=(2, 28, 28)).astype("float32")
scores = np.log(np.asarray(model(np.concatenate([pair, pair.mean(axis=0, keepdims=True)]))))
scores -= scores[:, :1]  # differences of scores survive the softmax
check_that(
    "the hidden layers bend",
    abs(scores[0] + scores[1] - 2 * scores[2]).max() > 1e-3,
    "halfway between two images, the scores lie exactly halfway",
    mistakes={"the hidden layers have no activation: the network is linear": True},
)

# %% nbgrader={"grade": true, "grade_id": "build_mlp-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: both hidden layers bend, exact values for given weights, a batch of one
### BEGIN HIDDEN TESTS
model = build_mlp()
check_model(
    "its sizes", model, input_shape=(28, 28), output_shape=(10,), parameters=109_386, secret=True
)
generator = np.random.default_rng(151)
weights = [
    generator.normal(0, np.sqrt(2 / w.shape[0]), w.shape).astype("float32")
    for w in model.get_weights()
]
model.set_weights(weights)
images = generator.uniform(size=(3, 28, 28)).astype("float32")


def by_hand(first, second):
    h = first(images.reshape(3, 784) @ weights[0] + weights[1])
    scores = second(h @ weights[2] + weights[3]) @ weights[4] + weights[5]
    exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


flat, cut = (lambda z: z), (lambda z: z.clip(0))
slips = {
    "the hidden layers have no activation: the network is linear": by_hand(flat, flat),
    "only one hidden layer has an activation: give both a ReLU": by_hand(cut, flat),
    "the hidden activation is sigmoid: use relu": by_hand(*[lambda z: 1 / (1 + np.exp(-z))] * 2),
}
check(
    "given weights",
    np.asarray(model(images)),
    want=by_hand(cut, cut),
    tolerance=1e-3,
    secret=True,
    mistakes=slips,
)
check(
    "the same in training",
    np.asarray(model(images, training=True)),
    want=by_hand(cut, cut),
    tolerance=1e-3,
    secret=True,
    mistakes={"something is drawn at random in training: no Dropout and no noise": True},
)
check(
    "a batch of one",
    np.asarray(model(images[:1])),
    want=by_hand(cut, cut)[:1],
    tolerance=1e-3,
    secret=True,
)
### END HIDDEN TESTS

# %% [markdown]
# Two Keras networks on the same digits: a **linear** one (softmax straight on the pixels), which
# is what lesson 1 could do at its best, and yours. `sparse_categorical_crossentropy` is your
# `cross_entropy` for whole-number labels. `watch` draws live curves and logs to TensorBoard.


# %%
def fit_digits(model, run, lr, epochs):
    """Train a Keras classifier on the digits and return its accuracy on the test digits."""
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=lr),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    model.fit(
        train_images, train_labels, batch_size=64, epochs=epochs, verbose=0,
        validation_data=(validation_images, validation_labels), callbacks=watch(run, epochs),
    )  # fmt: skip
    return model.evaluate(test_images, test_labels, verbose=0)[1]


# %%
seed_everything(0)
linear = keras.Sequential(
    [keras.Input(shape=(28, 28)), layers.Flatten(), layers.Dense(10, activation="softmax")]
)
linear_accuracy = fit_digits(linear, "linear", lr=0.003, epochs=budget(full=15, short=1))

# %%
seed_everything(0)
mlp = build_mlp()
mlp_accuracy = fit_digits(mlp, "mlp", lr=0.001, epochs=budget(full=15, short=1))

# %%
report_result(
    "linear network, test accuracy on 2,000 digits",
    linear_accuracy,
    baseline=commonest,
    baseline_name="always the commonest digit",
    tolerance=0.012,
)
report_result(
    "Keras network, test accuracy on 2,000 digits",
    mlp_accuracy,
    baseline=commonest,
    baseline_name="always the commonest digit",
    tolerance=0.012,
)

# %%
names = ["linear\n784-10", "yours, NumPy\n784-64-10", "Keras\n784-128-64-10"]
errors = [100 * (1 - value) for value in (linear_accuracy, numpy_accuracy, mlp_accuracy)]
figure, ax = plt.subplots(figsize=(5.6, 3.2))
bars = ax.bar(names, errors, color=[ORANGE, BLUE, GREEN], width=0.6)
ax.bar_label(bars, fmt="%.1f %%")
ax.set(
    ylabel="errors on test digits (%)",
    ylim=(0, 10.5),
    title="Hidden layers nearly halve the errors",
)
show(
    figure,
    "Both networks with hidden layers make far fewer errors than the linear one, and the NumPy network keeps up with Keras's.",
)

# %% [markdown]
# Over eight seeds: the linear network gets 0.913 ± 0.002, yours in NumPy 0.952 ± 0.003 and the Keras
# one 0.947 ± 0.004 (mean ± standard deviation); naming every digit a 1 gets 0.113. A hidden layer is
# worth four points here. The second one, and a better optimiser, are worth nothing: both networks know
# the 7,000 training images almost by heart, and 5 % of new ones still fool them. To a network that
# sees 784 numbers in a row, a digit moved by one pixel is a new picture. Lesson 3 cures that.

# %%
probs = np.asarray(mlp(test_images))
guesses = probs.argmax(axis=1)
wrong = np.flatnonzero(guesses != test_labels)
worst = wrong[np.argsort(-probs[wrong, guesses[wrong]])][:16]
figure = image_grid(
    test_images[worst], [f"{guesses[i]}, not {test_labels[i]}" for i in worst], size=1.05
)
show(
    figure,
    f"The {len(worst)} most confident mistakes among {len(wrong)}: some are hard for us too, others show that the network only compares pixels.",
)

# %% [markdown]
# **TensorBoard.** Both trainings are logged in the folder `logs`. In a notebook, run these two
# lines in a new cell and compare the runs `numpy`, `linear` and `mlp`:
# ```
# %load_ext tensorboard
# %tensorboard --logdir logs
# ```
# On your own machine, `tensorboard --logdir logs` in a terminal does the same in a browser.

# %% [markdown]
# ## Reflection (2 points, graded by hand)
#
# Cybenko's theorem says that one hidden layer is enough for any continuous function. Then why
# build deep networks? Answer in four to six sentences. Say what the theorem promises and what it
# does not, and use your own results on $y = f(x)$.

# %% [markdown] nbgrader={"grade": true, "grade_id": "reflection", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# The theorem promises that weights exist with which one hidden layer comes as close as we like to
# a continuous function on a bounded region. It does not say how many units that takes, that
# gradient descent will find the weights, or that the fit holds between the training points. In
# the experiment the shallow network could have drawn a better curve, but in 120 epochs it did not
# find it, while the deep network with the same learning rate did. Layers that build on one
# another can reuse what earlier ones computed, so that some functions need far fewer units. So
# depth is a matter of learning well with few units and little data, not of what is possible at
# all. The deep network had twelve times as many parameters, however, so the experiment alone does
# not separate depth from size. (One point for what the theorem promises and what it does not, one
# for the student's own results.)
# ### END SOLUTION

# %% [markdown]
# ## What you should remember
#
# - A layer is $XW + b$; without an activation in between, any stack of layers is one matrix.
# - A hidden layer moves the points until a straight line separates them.
# - Backpropagation is the chain rule from the output back, over stored values: *what came in times what came back*.
# - Softmax with cross-entropy has the slope $P - Y$, which stays strong where the network is confidently wrong.
# - Check gradients against numerical ones. Shuffle `X` and `y` together. Start with random weights of the right scale.
# - Sigmoids weaken the gradient about fourfold a layer; ReLU with He's start does not.

# %% [markdown]
# ## Go further (not graded)
#
# - Give the shallow network 200 units, which makes 601 parameters against 593, and the same 120 epochs. Does it catch up with the deep one?
# - Train the NumPy network from an all-equal start and look at the columns of `W1`: question 4 in numbers.
# - Add a second hidden layer to `forward` and `backward`; `numerical_gradients` tells you when you are right.
# - Start the deep ReLU network of section 8 with `scale = np.sqrt(1 / 64)`, half of He's variance, 5, 10 and 20 layers deep: now the gradients of *all* layers shrink. How fast, and why alike?
# - Add momentum: `velocity = 0.9 * velocity + grads`, and step along `velocity`.

# %% [markdown]
# ## Sources
#
# - Robbins, Monro: A stochastic approximation method. Annals of Mathematical Statistics, 1951.
# - Minsky, Papert: Perceptrons. MIT Press, 1969.
# - Werbos: Beyond regression: new tools for prediction and analysis in the behavioral sciences. PhD thesis, Harvard, 1974.
# - Rumelhart, Hinton, Williams: Learning representations by back-propagating errors. Nature, 1986.
# - Cybenko: Approximation by superpositions of a sigmoidal function. Mathematics of Control, Signals and Systems, 1989.
# - Hochreiter: Untersuchungen zu dynamischen neuronalen Netzen. Diploma thesis, TU München, 1991.
# - LeCun, Bottou, Bengio, Haffner: Gradient-based learning applied to document recognition. Proceedings of the IEEE, 1998 (the digits).

# %% [markdown]
# - Glorot, Bengio: Understanding the difficulty of training deep feedforward neural networks. AISTATS, 2010.
# - Kingma, Ba: Adam: a method for stochastic optimization. ICLR, 2015.
# - He, Zhang, Ren, Sun: Delving deep into rectifiers: surpassing human-level performance on ImageNet classification. ICCV, 2015.
