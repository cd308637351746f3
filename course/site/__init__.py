"""The course as web pages that need no network: executed lessons, and the notebooks to solve."""
