"""What a browser shows: JupyterLab with nbgrader, the site, and whether all can read it."""
