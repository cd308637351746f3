# %% attack exercise="binary" aim="stop" others="any"
# The cell that holds the answer never ends.
import time

binary = "a"
while True:
    time.sleep(1)
