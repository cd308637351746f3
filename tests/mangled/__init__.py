"""Every way in which a notebook gets mangled between a student's hands and the grader's."""
