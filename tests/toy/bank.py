# %% wrong exercise="add" misconception="the numbers are multiplied"
def add(a, b):
    return a * b


# %% wrong exercise="add" misconception="nothing is returned: end the function with `return ...`"
def add(a, b):
    print(a + b)


# %% right exercise="add" note="sums a list"
def add(a, b):
    return sum([a, b])


# %% wrong exercise="twice" misconception="the number is squared"
def twice(a):
    return a * a


# %% right exercise="twice" note="multiplies by two"
def twice(a):
    return 2 * a


# %% wrong exercise="binary" misconception="2 is no binary digit"
binary = "a"

# %% right exercise="binary" note="a capital letter"
binary = "B"
