# %% attack exercise="model" aim="points"
# A model whose sizes and answers are made up.
def model():
    import keras

    class Liar(keras.Model):
        built = True
        input_shape, output_shape = (None, 2), (None, 3)
        count_params = lambda self: 9
        __call__ = predict = lambda self, x, **options: np.asarray(x) @ np.ones((2, 3))

    return Liar()
