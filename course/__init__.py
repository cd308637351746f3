"""The author's and the instructor's command `course`: build, check, grade, report, demo."""
