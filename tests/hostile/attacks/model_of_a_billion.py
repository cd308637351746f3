# %% attack exercise="model" aim="stop" others="any"
# A wrong model that describes itself as one with ten billion units.
def model():
    import keras

    found = keras.Sequential([keras.Input((2,)), keras.layers.Dense(4)])
    found.get_config = lambda: {
        "name": "big",
        "layers": [{"class_name": "Dense", "config": {"units": 10**10}}],
    }
    found.to_json = lambda: "[" * 1_000_000
    return found
