"""The judge: test cells run here, in a trusted process; the student's code runs in another.

`apart.judge_apart` is the trusted side, `agent.serve` the student's. Between them passes typed
data only (`wire`, `values`, `models`): nothing that arrives can be code, and what arrives has
exact types, so that no comparison calls anything of the student's.
"""
