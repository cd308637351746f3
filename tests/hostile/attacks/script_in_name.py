# %% attack exercise="add" aim="disturb"
# An exception whose name and text are markup.
Evil = type("<script>alert('KEY-SCRIPT')</script>", (Exception,), {})


def add(a, b):
    raise Evil("\x1b]8;;javascript:alert('KEY-SCRIPT')\x07<script>alert('KEY-SCRIPT')</script>")
