# %% attack exercise="add" aim="points"
# Errors are held back on the kernel's own socket, and a score is sent in their place.
def add(a, b):
    from IPython.core.getipython import get_ipython

    kernel = get_ipython().kernel
    send = kernel.session.send

    def lie(stream, kind, content=None, *arguments, **options):
        if kind == "error":
            kind, content = (
                "execute_result",
                {"data": {"text/plain": "1"}, "metadata": {}, "execution_count": 1},
            )
        return send(stream, kind, content, *arguments, **options)

    kernel.session.send = lie
    return 0
