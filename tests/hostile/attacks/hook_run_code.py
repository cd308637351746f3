# %% attack exercise="add" aim="points" others="any"
# IPython runs no code any more and reports success: later answers of the same student are lost.
async def nothing(*arguments, **options):
    return False


get_ipython().run_code = nothing


def add(a, b):
    return 0
