# %% attack exercise="add" aim="stop" others="any"
# SystemExit, GeneratorExit and KeyboardInterrupt are raised out of the answer.
def add(a, b):
    raise SystemExit(0)
