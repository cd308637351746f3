# %% [markdown]
# # A lesson to attack
# **Goal** earn points without answers. **Needs** nothing. **Runs in** a second.

# %% tags=["setup"]
start("01_toy")

# %%
import numpy as np

from helpers import check, check_choice, check_model

# %% [markdown]
# ## Exercise 1 · a number (2 points)


# %% nbgrader={"grade": false, "grade_id": "add", "locked": false, "schema_version": 3, "solution": true, "task": false}
def add(a, b):
    """Return the sum of two numbers."""
    ### BEGIN SOLUTION
    return a + b  # KEY-SOLUTION
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "add-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("add(2, 3)", add(2, 3), want=5, mistakes={"the numbers are multiplied": 6})

# %% nbgrader={"grade": true, "grade_id": "add-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: negative numbers
### BEGIN HIDDEN TESTS
note = "KEY-HIDDEN"
check("add on negative numbers", add(-7, -4), want=-11, secret=True)
### END HIDDEN TESTS

# %% [markdown]
# ## Exercise 2 · an array (2 points)


# %% nbgrader={"grade": false, "grade_id": "softmax", "locked": false, "schema_version": 3, "solution": true, "task": false}
def softmax(scores):
    """Turn scores (batch, classes) into row probabilities of the same shape."""
    ### BEGIN SOLUTION
    weights = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "softmax-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
scores = np.array([[0.0, 0.0, np.log(2)], [0.0, np.log(3), 0.0]])
check("softmax(scores)", softmax(scores), want=[[0.25, 0.25, 0.5], [0.2, 0.6, 0.2]])

# %% nbgrader={"grade": true, "grade_id": "softmax-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: large scores
### BEGIN HIDDEN TESTS
large = np.array([[1000.0, 1000.0]])
check("softmax on large scores", softmax(large), want=[[0.5, 0.5]], secret=True)
### END HIDDEN TESTS

# %% [markdown]
# ## Question · What is 1 + 1 in binary? (1 point)

# %% nbgrader={"grade": false, "grade_id": "binary", "locked": false, "schema_version": 3, "solution": true, "task": false}
# binary = "a", "b" or "c"
### BEGIN SOLUTION
binary = "b"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "binary-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_choice(
    "1 + 1 in binary", binary, right="b", reasons={"a": "2 is no binary digit", "c": "11 is three"}
)

# %% [markdown]
# ## Exercise 3 · a model (2 points)


# %% nbgrader={"grade": false, "grade_id": "model", "locked": false, "schema_version": 3, "solution": true, "task": false}
def model():
    """Return a Keras model (batch, 2) -> (batch, 3) of one dense layer."""
    ### BEGIN SOLUTION
    import keras

    return keras.Sequential([keras.Input((2,)), keras.layers.Dense(3)])
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "model-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_model("model()", model(), input_shape=(2,), output_shape=(3,), parameters=9)

# %% nbgrader={"grade": true, "grade_id": "model-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: outputs on zeros are the offsets
### BEGIN HIDDEN TESTS
found = model()
found.set_weights([np.ones((2, 3)), np.array([1.0, 2.0, 3.0])])
check("the offsets", found(np.zeros((1, 2))), want=[[1, 2, 3]], secret=True)
### END HIDDEN TESTS
