# %% [markdown]
# # Toy lesson · one exercise
# **Goal** add numbers. **Needs** nothing. **Runs in** a second.

# %% tags=["setup"]
start("01_toy", keras=False)

# %%

from helpers import check, check_choice

# %% [markdown]
# ## Exercise 1 · add (2 points)


# %% nbgrader={"grade": false, "grade_id": "add", "locked": false, "schema_version": 3, "solution": true, "task": false}
def add(a, b):
    """Return the sum of two numbers."""
    ### BEGIN SOLUTION
    return a + b
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "add-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("add(2, 3)", add(2, 3), want=5, mistakes={"the numbers are multiplied": 6})

# %% nbgrader={"grade": true, "grade_id": "add-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: negative numbers
### BEGIN HIDDEN TESTS
check(
    "add on negative numbers",
    add(-7, -4),
    want=-11,
    mistakes={"the numbers are multiplied": 28},
    secret=True,
)
### END HIDDEN TESTS

# %% [markdown]
# ## Exercise 2 · twice (1 point)
# Use `add`.


# %% nbgrader={"grade": false, "grade_id": "twice", "locked": false, "schema_version": 3, "solution": true, "task": false}
def twice(a):
    """Return twice a number."""
    ### BEGIN SOLUTION
    return add(a, a)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "twice-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("twice(3)", twice(3), want=6, mistakes={"the number is squared": 9})

# %% [markdown]
# ## Question · What is 1 + 1 in binary? (1 point)
# a) 2, b) 10, c) 11

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
# ## Reflection (2 points, graded by hand)
# What did you learn?

# %% [markdown] nbgrader={"grade": true, "grade_id": "reflection", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# Adding is commutative.
# ### END SOLUTION
