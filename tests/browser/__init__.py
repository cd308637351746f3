"""What a browser shows: lessons in JupyterLab, nbgrader in it, the site, and whether all can read them."""
