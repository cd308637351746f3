"""What comes from and goes to Canvas, Moodle and Gradescope: submissions, and grades."""
