"""The autograder: rebuild a submission, run it, score it, record it, and tell the student."""
