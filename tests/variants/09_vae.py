# %% wrong exercise="reconstruction_loss" misconception="this is the mean over the pixels: sum them"
def reconstruction_loss(images, reconstructions):
    r = ops.clip(reconstructions, 1e-6, 1 - 1e-6)
    return -ops.mean(images * ops.log(r) + (1 - images) * ops.log(1 - r), axis=(1, 2, 3))

# %% wrong exercise="reconstruction_loss" misconception="this is the mean over the pixels: sum them"
def reconstruction_loss(images, reconstructions):
    return ops.mean(keras.losses.binary_crossentropy(images, reconstructions), axis=(1, 2))

# %% wrong exercise="reconstruction_loss" misconception="one loss for each image: sum over axes 1, 2 and 3, not over the batch"
def reconstruction_loss(images, reconstructions):
    r = ops.clip(reconstructions, 1e-6, 1 - 1e-6)
    return -ops.sum(images * ops.log(r) + (1 - images) * ops.log(1 - r))

# %% wrong exercise="reconstruction_loss" misconception="the losses are averaged over the batch: return one for each image"
def reconstruction_loss(images, reconstructions):
    r = ops.clip(reconstructions, 1e-6, 1 - 1e-6)
    return ops.mean(-ops.sum(images * ops.log(r) + (1 - images) * ops.log(1 - r), axis=(1, 2, 3)))

# %% wrong exercise="reconstruction_loss" misconception="the minus sign is missing: a logarithm of a probability is negative"
def reconstruction_loss(images, reconstructions):
    r = ops.clip(reconstructions, 1e-6, 1 - 1e-6)
    return ops.sum(images * ops.log(r) + (1 - images) * ops.log(1 - r), axis=(1, 2, 3))

# %% wrong exercise="reconstruction_loss" misconception="the black half is missing: add (1 - x) ln(1 - r)"
def reconstruction_loss(images, reconstructions):
    r = ops.clip(reconstructions, 1e-6, 1 - 1e-6)
    return -ops.sum(images * ops.log(r), axis=(1, 2, 3))

# %% wrong exercise="reconstruction_loss" misconception="the two images are swapped: the logarithm is of the reconstruction"
def reconstruction_loss(images, reconstructions):
    x = ops.clip(images, 1e-6, 1 - 1e-6)
    return -ops.sum(reconstructions * ops.log(x) + (1 - reconstructions) * ops.log(1 - x), axis=(1, 2, 3))

# %% wrong exercise="reconstruction_loss" misconception="this is the squared error: use the logarithms"
def reconstruction_loss(images, reconstructions):
    return ops.sum(ops.square(images - reconstructions), axis=(1, 2, 3))

# %% wrong exercise="reconstruction_loss" misconception="this is the logarithm to base 2: nats need the natural one"
def reconstruction_loss(images, reconstructions):
    r = ops.clip(reconstructions, 1e-6, 1 - 1e-6)
    return -ops.sum(images * ops.log2(r) + (1 - images) * ops.log2(1 - r), axis=(1, 2, 3))

# %% wrong exercise="reconstruction_loss" misconception="the sum stops early: over axes 1, 2 and 3"
def reconstruction_loss(images, reconstructions):
    r = ops.clip(reconstructions, 1e-6, 1 - 1e-6)
    return -ops.sum(images * ops.log(r) + (1 - images) * ops.log(1 - r), axis=-1)

# %% wrong exercise="reconstruction_loss" misconception="log(0) is infinite: clip the reconstruction first"
def reconstruction_loss(images, reconstructions):
    r = reconstructions
    return -ops.sum(images * ops.log(r) + (1 - images) * ops.log(1 - r), axis=(1, 2, 3))

# %% wrong exercise="reconstruction_loss" misconception="the slope is lost: use keras.ops, without NumPy and stop_gradient"
def reconstruction_loss(images, reconstructions):
    x = np.asarray(images)
    r = np.clip(np.asarray(reconstructions), 1e-6, 1 - 1e-6)
    return -(x * np.log(r) + (1 - x) * np.log(1 - r)).sum(axis=(1, 2, 3))

# %% wrong exercise="reconstruction_loss" misconception="a grey pixel mixes both halves: do not round it"
def reconstruction_loss(images, reconstructions):
    r = ops.clip(reconstructions, 1e-6, 1 - 1e-6)
    return -ops.sum(ops.where(images > 0.5, ops.log(r), ops.log(1 - r)), axis=(1, 2, 3))

# %% wrong exercise="reconstruction_loss" misconception="the black half passes no slope: write it with ops, without stop_gradient"
def reconstruction_loss(images, reconstructions):
    r = ops.clip(reconstructions, 1e-6, 1 - 1e-6)
    return -ops.sum(images * ops.log(r) + (1 - images) * np.log(1 - np.asarray(r)), axis=(1, 2, 3))

# %% wrong exercise="reconstruction_loss" misconception="brackets are missing: (1 - x) * ln(1 - r)"
def reconstruction_loss(images, reconstructions):
    r = ops.clip(reconstructions, 1e-6, 1 - 1e-6)
    return -ops.sum(images * ops.log(r) + 1 - images * ops.log(1 - r), axis=(1, 2, 3))

# %% right exercise="reconstruction_loss" note="Keras's own mean, times the number of pixels"
def reconstruction_loss(images, reconstructions):
    each = keras.losses.binary_crossentropy(images, reconstructions)  # (batch, height, width)
    return ops.sum(each, axis=(1, 2))

# %% right exercise="reconstruction_loss" note="flattened, with TensorFlow's functions"
def reconstruction_loss(images, reconstructions):
    x = tf.reshape(tf.cast(images, tf.float32), (tf.shape(images)[0], -1))
    r = tf.clip_by_value(tf.reshape(reconstructions, tf.shape(x)), 1e-6, 1 - 1e-6)
    return tf.reduce_sum(-x * tf.math.log(r) - (1 - x) * tf.math.log(1 - r), axis=1)

# %% right exercise="reconstruction_loss" note="one axis after the other"
def reconstruction_loss(images, reconstructions):
    r = ops.minimum(ops.maximum(reconstructions, 1e-6), 1 - 1e-6)
    nats = ops.log(r) * images + ops.log(1 - r) * (1 - images)
    while len(nats.shape) > 1:
        nats = ops.sum(nats, axis=-1)
    return -nats

# %% wrong exercise="build_autoencoder" misconception="this is one model: return the two halves, encoder, decoder"
def build_autoencoder(latent):
    return keras.Sequential([
        keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(512, activation="gelu"),
        layers.Dense(256, activation="gelu"), layers.Dense(latent), layers.Dense(256, activation="gelu"),
        layers.Dense(512, activation="gelu"), layers.Dense(784, activation="sigmoid"), layers.Reshape((28, 28, 1)),
    ])

# %% wrong exercise="build_autoencoder" misconception="the two models are swapped: return encoder, decoder"
def build_autoencoder(latent):
    encoder = keras.Sequential([
        keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(512, activation="gelu"),
        layers.Dense(256, activation="gelu"), layers.Dense(latent),
    ])
    decoder = keras.Sequential([
        keras.Input((latent,)), layers.Dense(256, activation="gelu"), layers.Dense(512, activation="gelu"),
        layers.Dense(784, activation="sigmoid"), layers.Reshape((28, 28, 1)),
    ])
    return decoder, encoder

# %% wrong exercise="build_autoencoder" misconception="the code has a fixed size: use the argument latent"
def build_autoencoder(latent):
    encoder = keras.Sequential([
        keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(512, activation="gelu"),
        layers.Dense(256, activation="gelu"), layers.Dense(2),
    ])
    decoder = keras.Sequential([
        keras.Input((2,)), layers.Dense(256, activation="gelu"), layers.Dense(512, activation="gelu"),
        layers.Dense(784, activation="sigmoid"), layers.Reshape((28, 28, 1)),
    ])
    return encoder, decoder

# %% wrong exercise="build_autoencoder" misconception="a dense layer is missing: 512, then 256, then latent"
def build_autoencoder(latent):
    encoder = keras.Sequential([
        keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(512, activation="gelu"), layers.Dense(latent),
    ])
    decoder = keras.Sequential([
        keras.Input((latent,)), layers.Dense(512, activation="gelu"),
        layers.Dense(784, activation="sigmoid"), layers.Reshape((28, 28, 1)),
    ])
    return encoder, decoder

# %% wrong exercise="build_autoencoder" misconception="the units stand the wrong way round: 256, then 512"
def build_autoencoder(latent):
    encoder = keras.Sequential([
        keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(512, activation="gelu"),
        layers.Dense(256, activation="gelu"), layers.Dense(latent),
    ])
    decoder = keras.Sequential([
        keras.Input((latent,)), layers.Dense(512, activation="gelu"), layers.Dense(256, activation="gelu"),
        layers.Dense(784, activation="sigmoid"), layers.Reshape((28, 28, 1)),
    ])
    return encoder, decoder

# %% wrong exercise="build_autoencoder" misconception="the picture stays flat: end with layers.Reshape((28, 28, 1))"
def build_autoencoder(latent):
    encoder = keras.Sequential([
        keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(512, activation="gelu"),
        layers.Dense(256, activation="gelu"), layers.Dense(latent),
    ])
    decoder = keras.Sequential([
        keras.Input((latent,)), layers.Dense(256, activation="gelu"), layers.Dense(512, activation="gelu"),
        layers.Dense(784, activation="sigmoid"),
    ])
    return encoder, decoder

# %% wrong exercise="build_autoencoder" misconception="the channel is missing: Reshape((28, 28, 1))"
def build_autoencoder(latent):
    encoder = keras.Sequential([
        keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(512, activation="gelu"),
        layers.Dense(256, activation="gelu"), layers.Dense(latent),
    ])
    decoder = keras.Sequential([
        keras.Input((latent,)), layers.Dense(256, activation="gelu"), layers.Dense(512, activation="gelu"),
        layers.Dense(784, activation="sigmoid"), layers.Reshape((28, 28)),
    ])
    return encoder, decoder

# %% wrong exercise="build_autoencoder" misconception="the pixels leave [0, 1]: the last dense layer needs a sigmoid"
def build_autoencoder(latent):
    encoder = keras.Sequential([
        keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(512, activation="gelu"),
        layers.Dense(256, activation="gelu"), layers.Dense(latent),
    ])
    decoder = keras.Sequential([
        keras.Input((latent,)), layers.Dense(256, activation="gelu"), layers.Dense(512, activation="gelu"),
        layers.Dense(784), layers.Reshape((28, 28, 1)),
    ])
    return encoder, decoder

# %% wrong exercise="build_autoencoder" misconception="the code has an activation: the encoder's last layer has none"
def build_autoencoder(latent):
    encoder = keras.Sequential([
        keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(512, activation="gelu"),
        layers.Dense(256, activation="gelu"), layers.Dense(latent, activation="relu"),
    ])
    decoder = keras.Sequential([
        keras.Input((latent,)), layers.Dense(256, activation="gelu"), layers.Dense(512, activation="gelu"),
        layers.Dense(784, activation="sigmoid"), layers.Reshape((28, 28, 1)),
    ])
    return encoder, decoder

# %% wrong exercise="build_autoencoder" misconception="the hidden layers use a ReLU: here it is gelu"
def build_autoencoder(latent):
    encoder = keras.Sequential([
        keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(512, activation="relu"),
        layers.Dense(256, activation="relu"), layers.Dense(latent),
    ])
    decoder = keras.Sequential([
        keras.Input((latent,)), layers.Dense(256, activation="relu"), layers.Dense(512, activation="relu"),
        layers.Dense(784, activation="sigmoid"), layers.Reshape((28, 28, 1)),
    ])
    return encoder, decoder

# %% wrong exercise="build_autoencoder" misconception="the hidden layers have no bend: activation=\"gelu\""
def build_autoencoder(latent):
    encoder = keras.Sequential([
        keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(512), layers.Dense(256), layers.Dense(latent),
    ])
    decoder = keras.Sequential([
        keras.Input((latent,)), layers.Dense(256), layers.Dense(512),
        layers.Dense(784, activation="sigmoid"), layers.Reshape((28, 28, 1)),
    ])
    return encoder, decoder

# %% wrong exercise="build_autoencoder" misconception="nothing is returned: end with return encoder, decoder"
def build_autoencoder(latent):
    encoder = keras.Sequential([
        keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(512, activation="gelu"),
        layers.Dense(256, activation="gelu"), layers.Dense(latent),
    ])
    decoder = keras.Sequential([
        keras.Input((latent,)), layers.Dense(256, activation="gelu"), layers.Dense(512, activation="gelu"),
        layers.Dense(784, activation="sigmoid"), layers.Reshape((28, 28, 1)),
    ])

# %% wrong exercise="build_autoencoder" misconception="the code has a fixed size: use the argument latent"
def build_autoencoder(latent):
    encoder = keras.Sequential([
        keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(512, activation="gelu"),
        layers.Dense(256, activation="gelu"), layers.Dense(3),
    ])
    decoder = keras.Sequential([
        keras.Input((3,)), layers.Dense(256, activation="gelu"), layers.Dense(512, activation="gelu"),
        layers.Dense(784, activation="sigmoid"), layers.Reshape((28, 28, 1)),
    ])
    return encoder, decoder

# %% wrong exercise="build_autoencoder" misconception="a layer too many acts in training only: leave out Dropout and noise"
def build_autoencoder(latent):
    encoder = keras.Sequential([
        keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(512, activation="gelu"), layers.Dropout(0.3),
        layers.Dense(256, activation="gelu"), layers.Dense(latent),
    ])
    decoder = keras.Sequential([
        keras.Input((latent,)), layers.Dense(256, activation="gelu"), layers.Dense(512, activation="gelu"), layers.Dropout(0.3),
        layers.Dense(784, activation="sigmoid"), layers.Reshape((28, 28, 1)),
    ])
    return encoder, decoder

# %% wrong exercise="build_autoencoder" misconception="the code has an activation: the encoder's last layer has none"
def build_autoencoder(latent):
    encoder = keras.Sequential([
        keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(512, activation="gelu"),
        layers.Dense(256, activation="gelu"), layers.Dense(latent, activation="gelu"),
    ])
    decoder = keras.Sequential([
        keras.Input((latent,)), layers.Dense(256, activation="gelu"), layers.Dense(512, activation="gelu"),
        layers.Dense(784, activation="sigmoid"), layers.Reshape((28, 28, 1)),
    ])
    return encoder, decoder

# %% right exercise="build_autoencoder" note="two functional models"
def build_autoencoder(latent):
    image, code = keras.Input((28, 28, 1)), keras.Input((latent,))
    x = layers.Dense(512, activation="gelu")(layers.Flatten()(image))
    z = layers.Dense(latent)(layers.Dense(256, activation="gelu")(x))
    y = layers.Dense(512, activation="gelu")(layers.Dense(256, activation="gelu")(code))
    pixels = layers.Reshape((28, 28, 1))(layers.Dense(28 * 28, activation="sigmoid")(y))
    return keras.Model(image, z), keras.Model(code, pixels)

# %% right exercise="build_autoencoder" note="a list, layers in loops, activations as layers of their own"
def build_autoencoder(latent):
    there = [keras.Input((28, 28, 1)), layers.Reshape((784,))]
    for units in (512, 256):
        there += [layers.Dense(units), layers.Activation("gelu")]
    back = [keras.Input(shape=(latent,))]
    for units in (256, 512):
        back += [layers.Dense(units), layers.Activation("gelu")]
    back += [layers.Dense(784), layers.Activation("sigmoid"), layers.Reshape((28, 28, 1))]
    return [keras.Sequential([*there, layers.Dense(latent, activation="linear")]), keras.Sequential(back)]

# %% wrong exercise="why_holes" misconception="longer training pulls the codes of different digits further apart, for that makes copying easier"
why_holes = "a"

# %% wrong exercise="why_holes" misconception="with more numbers there is far more room between the codes, so there are more gaps"
why_holes = "b"

# %% wrong exercise="why_holes" misconception="it draws what it was asked to draw; a larger one would still never be asked about the gaps"
why_holes = "d"

# %% wrong exercise="why_holes" misconception="the answer is not one letter in quotes, such as \"b\""
why_holes = "c) the loss only asks about the codes"

# %% wrong exercise="why_holes" misconception="the answer is not one letter in quotes, such as \"b\""
why_holes = 2

# %% right exercise="why_holes" note="upper case"
why_holes = "C"

# %% right exercise="why_holes" note="chosen from a text"
why_holes = "abcd"[2]

# %% wrong exercise="reparameterize" misconception="this multiplies by the variance: the standard deviation is exp(log_var / 2)"
def reparameterize(mean, log_var, noise):
    return mean + ops.exp(log_var) * noise

# %% wrong exercise="reparameterize" misconception="log_var is used as it is: take exp(log_var / 2)"
def reparameterize(mean, log_var, noise):
    return mean + log_var * noise

# %% wrong exercise="reparameterize" misconception="half of log_var is used as it is: take the exponential of it"
def reparameterize(mean, log_var, noise):
    return mean + 0.5 * log_var * noise

# %% wrong exercise="reparameterize" misconception="the mean is not added"
def reparameterize(mean, log_var, noise):
    return ops.exp(0.5 * log_var) * noise

# %% wrong exercise="reparameterize" misconception="the noise is not used: this returns the mean"
def reparameterize(mean, log_var, noise):
    return mean

# %% wrong exercise="reparameterize" misconception="the noise is added without the standard deviation"
def reparameterize(mean, log_var, noise):
    return mean + noise

# %% wrong exercise="reparameterize" misconception="the standard deviation is added, not multiplied with the noise"
def reparameterize(mean, log_var, noise):
    return mean + ops.exp(log_var / 2) + noise

# %% wrong exercise="reparameterize" misconception="this is exp(2 * log_var): half of it, not twice"
def reparameterize(mean, log_var, noise):
    return mean + ops.square(ops.exp(log_var)) * noise

# %% wrong exercise="reparameterize" misconception="it draws noise of its own: use the argument"
def reparameterize(mean, log_var, noise):
    return mean + ops.exp(log_var / 2) * keras.random.normal(ops.shape(mean))

# %% wrong exercise="reparameterize" misconception="the slope is lost: use keras.ops, without NumPy and stop_gradient"
def reparameterize(mean, log_var, noise):
    return np.asarray(mean) + np.exp(np.asarray(log_var) / 2) * np.asarray(noise)

# %% wrong exercise="reparameterize" misconception="mean and log_var are swapped"
def reparameterize(mean, log_var, noise):
    mean, log_var = log_var, mean
    return mean + ops.exp(log_var / 2) * noise

# %% wrong exercise="reparameterize" misconception="the slope is lost: use keras.ops, without NumPy and stop_gradient"
def reparameterize(mean, log_var, noise):
    return mean + ops.stop_gradient(ops.exp(log_var / 2)) * noise

# %% wrong exercise="reparameterize" misconception="the noise is clipped: use it as it is"
def reparameterize(mean, log_var, noise):
    return mean + ops.exp(log_var / 2) * ops.clip(noise, -3, 3)

# %% right exercise="reparameterize" note="the root of the variance"
def reparameterize(mean, log_var, noise):
    return noise * ops.sqrt(ops.exp(log_var)) + mean

# %% right exercise="reparameterize" note="TensorFlow's functions"
def reparameterize(mean, log_var, noise):
    return tf.add(mean, tf.multiply(tf.exp(0.5 * log_var), noise))

# %% wrong exercise="why_reparameterize" misconception="both draw the same number of random numbers; speed is not the point"
why_reparameterize = "a"

# %% wrong exercise="why_reparameterize" misconception="both are normally distributed, with the same mean and spread"
why_reparameterize = "b"

# %% wrong exercise="why_reparameterize" misconception="against points there is another term, the next section's; the formula allows any spread, 0 too"
why_reparameterize = "c"

# %% wrong exercise="why_reparameterize" misconception="the answer is not one letter in quotes, such as \"b\""
why_reparameterize = "d, because of the slopes"

# %% wrong exercise="why_reparameterize" misconception="the answer is not one letter in quotes, such as \"b\""
why_reparameterize = 3

# %% right exercise="why_reparameterize" note="upper case and a space"
why_reparameterize = "D "

# %% right exercise="why_reparameterize" note="chosen from a text"
why_reparameterize = "abcd"[-1]

# %% wrong exercise="kl_divergence" misconception="the half is missing"
def kl_divergence(mean, log_var):
    return ops.sum(ops.square(mean) + ops.exp(log_var) - 1 - log_var, axis=1)

# %% wrong exercise="kl_divergence" misconception="the sign is turned: KL is never negative"
def kl_divergence(mean, log_var):
    return 0.5 * ops.sum(1 + log_var - ops.square(mean) - ops.exp(log_var), axis=1)

# %% wrong exercise="kl_divergence" misconception="this is the mean over the latent axis: sum it"
def kl_divergence(mean, log_var):
    return 0.5 * ops.mean(ops.square(mean) + ops.exp(log_var) - 1 - log_var, axis=1)

# %% wrong exercise="kl_divergence" misconception="one KL for each image: the sum runs over axis 1 only"
def kl_divergence(mean, log_var):
    return 0.5 * ops.sum(ops.square(mean) + ops.exp(log_var) - 1 - log_var)

# %% wrong exercise="kl_divergence" misconception="the sum runs over the batch: use axis=1"
def kl_divergence(mean, log_var):
    return 0.5 * ops.sum(ops.square(mean) + ops.exp(log_var) - 1 - log_var, axis=0)

# %% wrong exercise="kl_divergence" misconception="the mean over the batch comes later: return one for each image"
def kl_divergence(mean, log_var):
    return ops.mean(0.5 * ops.sum(ops.square(mean) + ops.exp(log_var) - 1 - log_var, axis=1))

# %% wrong exercise="kl_divergence" misconception="there is no sum: add up the latent axis"
def kl_divergence(mean, log_var):
    return 0.5 * (ops.square(mean) + ops.exp(log_var) - 1 - log_var)

# %% wrong exercise="kl_divergence" misconception="log_var stands where its exponential belongs"
def kl_divergence(mean, log_var):
    return 0.5 * ops.sum(ops.square(mean) + log_var - 1 - log_var, axis=1)

# %% wrong exercise="kl_divergence" misconception="the exponential is of 2 * log_var: log_var is that of the variance already"
def kl_divergence(mean, log_var):
    return 0.5 * ops.sum(ops.square(mean) + ops.square(ops.exp(log_var)) - 1 - log_var, axis=1)

# %% wrong exercise="kl_divergence" misconception="the variance is exp(log_var), not exp(log_var / 2)"
def kl_divergence(mean, log_var):
    return 0.5 * ops.sum(ops.square(mean) + ops.exp(log_var / 2) - 1 - log_var, axis=1)

# %% wrong exercise="kl_divergence" misconception="the mean is not squared"
def kl_divergence(mean, log_var):
    return 0.5 * ops.sum(mean + ops.exp(log_var) - 1 - log_var, axis=1)

# %% wrong exercise="kl_divergence" misconception="the 1 is missing"
def kl_divergence(mean, log_var):
    return 0.5 * ops.sum(mean**2 + ops.exp(log_var) - log_var, axis=1)

# %% wrong exercise="kl_divergence" misconception="the term of the mean is missing"
def kl_divergence(mean, log_var):
    return 0.5 * ops.sum(ops.exp(log_var) - 1 - log_var, axis=1)

# %% wrong exercise="kl_divergence" misconception="log_var is added: it is subtracted"
def kl_divergence(mean, log_var):
    return 0.5 * ops.sum(mean**2 + ops.exp(log_var) - 1 + log_var, axis=1)

# %% wrong exercise="kl_divergence" misconception="the slope is lost: use keras.ops, without NumPy and stop_gradient"
def kl_divergence(mean, log_var):
    m, v = np.asarray(mean), np.asarray(log_var)
    return 0.5 * (m**2 + np.exp(v) - 1 - v).sum(axis=1)

# %% wrong exercise="kl_divergence" misconception="the means are added up before they are squared: square each one"
def kl_divergence(mean, log_var):
    return 0.5 * (ops.sum(mean, axis=1) ** 2 + ops.sum(ops.exp(log_var) - 1 - log_var, axis=1))

# %% wrong exercise="kl_divergence" misconception="the 1 belongs into the sum: once for each latent number"
def kl_divergence(mean, log_var):
    return 0.5 * (ops.sum(mean**2 + ops.exp(log_var) - log_var, axis=1) - 1)

# %% wrong exercise="kl_divergence" misconception="exp(log_var) passes no slope: ops.exp, not np.exp"
def kl_divergence(mean, log_var):
    return 0.5 * ops.sum(mean**2 + np.exp(log_var) - 1 - log_var, axis=1)

# %% right exercise="kl_divergence" note="the usual form with a minus in front"
def kl_divergence(mean, log_var):
    return -0.5 * ops.sum(1 + log_var - mean**2 - ops.exp(log_var), axis=-1)

# %% right exercise="kl_divergence" note="with standard deviations, number by number"
def kl_divergence(mean, log_var):
    total = 0.0
    for j in range(mean.shape[1]):
        sd = ops.exp(log_var[:, j] / 2)
        total = total + (ops.square(mean[:, j]) + ops.square(sd) - 1) / 2 - ops.log(sd)
    return total

# %% wrong exercise="elbo_terms" misconception="the two terms are added: return both"
def elbo_terms(encoder, decoder, images, noise):
    mean, log_var = ops.split(encoder(images), 2, axis=1)
    z = reparameterize(mean, log_var, noise)
    return ops.mean(reconstruction_loss(images, decoder(z))) + ops.mean(kl_divergence(mean, log_var))

# %% wrong exercise="elbo_terms" misconception="the two terms are swapped: the reconstruction comes first"
def elbo_terms(encoder, decoder, images, noise):
    mean, log_var = ops.split(encoder(images), 2, axis=1)
    z = reparameterize(mean, log_var, noise)
    return ops.mean(kl_divergence(mean, log_var)), ops.mean(reconstruction_loss(images, decoder(z)))

# %% wrong exercise="elbo_terms" misconception="there is one number an image: take the mean over the batch"
def elbo_terms(encoder, decoder, images, noise):
    mean, log_var = ops.split(encoder(images), 2, axis=1)
    z = reparameterize(mean, log_var, noise)
    return reconstruction_loss(images, decoder(z)), kl_divergence(mean, log_var)

# %% wrong exercise="elbo_terms" misconception="the terms are summed over the batch: take the mean"
def elbo_terms(encoder, decoder, images, noise):
    mean, log_var = ops.split(encoder(images), 2, axis=1)
    z = reparameterize(mean, log_var, noise)
    return ops.sum(reconstruction_loss(images, decoder(z))), ops.sum(kl_divergence(mean, log_var))

# %% wrong exercise="elbo_terms" misconception="mean and log_var are swapped: the means stand in the first half"
def elbo_terms(encoder, decoder, images, noise):
    log_var, mean = ops.split(encoder(images), 2, axis=1)
    z = reparameterize(mean, log_var, noise)
    return ops.mean(reconstruction_loss(images, decoder(z))), ops.mean(kl_divergence(mean, log_var))

# %% wrong exercise="elbo_terms" misconception="the decoder gets the mean: give it the draw z"
def elbo_terms(encoder, decoder, images, noise):
    mean, log_var = ops.split(encoder(images), 2, axis=1)
    z = reparameterize(mean, log_var, noise)
    return ops.mean(reconstruction_loss(images, decoder(mean))), ops.mean(kl_divergence(mean, log_var))

# %% wrong exercise="elbo_terms" misconception="the decoder gets the noise: give it the draw z"
def elbo_terms(encoder, decoder, images, noise):
    mean, log_var = ops.split(encoder(images), 2, axis=1)
    return ops.mean(reconstruction_loss(images, decoder(noise))), ops.mean(kl_divergence(mean, log_var))

# %% wrong exercise="elbo_terms" misconception="the slope is lost: call encoder(images), without predict, NumPy or float"
def elbo_terms(encoder, decoder, images, noise):
    mean, log_var = np.split(encoder.predict(images, verbose=0), 2, axis=1)
    z = reparameterize(mean, log_var, noise)
    return ops.mean(reconstruction_loss(images, decoder(z))), ops.mean(kl_divergence(mean, log_var))

# %% wrong exercise="elbo_terms" misconception="one of the two terms has no slope: keep NumPy, float and stop_gradient out of both"
def elbo_terms(encoder, decoder, images, noise):
    mean, log_var = ops.split(encoder(images), 2, axis=1)
    z = reparameterize(mean, log_var, noise)
    return ops.mean(reconstruction_loss(images, decoder(z))), float(ops.mean(kl_divergence(mean, log_var)))

# %% wrong exercise="elbo_terms" misconception="one of the two terms has no slope: keep NumPy, float and stop_gradient out of both"
def elbo_terms(encoder, decoder, images, noise):
    mean, log_var = ops.split(encoder(images), 2, axis=1)
    z = reparameterize(ops.stop_gradient(mean), ops.stop_gradient(log_var), noise)
    return ops.mean(reconstruction_loss(images, decoder(z))), ops.mean(kl_divergence(mean, log_var))

# %% wrong exercise="elbo_terms" misconception="one of the two terms has no slope: keep NumPy, float and stop_gradient out of both"
def elbo_terms(encoder, decoder, images, noise):
    heads = encoder(images)
    mean, log_var = np.split(np.asarray(heads), 2, axis=1)
    copies = np.asarray(decoder(np.asarray(reparameterize(mean, log_var, noise))))
    both = [np.mean(reconstruction_loss(np.asarray(images), copies)), np.mean(kl_divergence(mean, log_var))]

    @tf.custom_gradient
    def made_up(heads):
        return tf.constant(both, "float32"), lambda above: tf.ones_like(heads)

    terms = made_up(heads)
    return terms[0], terms[1]

# %% wrong exercise="elbo_terms" misconception="nothing is returned: end with return and both numbers"
def elbo_terms(encoder, decoder, images, noise):
    mean, log_var = ops.split(encoder(images), 2, axis=1)
    z = reparameterize(mean, log_var, noise)
    reconstruction, kl = ops.mean(reconstruction_loss(images, decoder(z))), ops.mean(kl_divergence(mean, log_var))

# %% wrong exercise="elbo_terms" misconception="this is a dictionary: return the two numbers"
def elbo_terms(encoder, decoder, images, noise):
    mean, log_var = ops.split(encoder(images), 2, axis=1)
    copies = decoder(reparameterize(mean, log_var, noise))
    return {
        "reconstruction": ops.mean(reconstruction_loss(images, copies)), "kl": ops.mean(kl_divergence(mean, log_var))
    }

# %% wrong exercise="elbo_terms" misconception="the slope is lost: call encoder(images), without predict, NumPy or float"
def elbo_terms(encoder, decoder, images, noise):
    mean, log_var = ops.split(encoder(images), 2, axis=1)
    copies = decoder(reparameterize(mean, log_var, noise))
    return float(ops.mean(reconstruction_loss(images, copies))), float(ops.mean(kl_divergence(mean, log_var)))

# %% right exercise="elbo_terms" note="slices instead of split"
def elbo_terms(encoder, decoder, images, noise):
    heads = encoder(images)
    latent = heads.shape[-1] // 2
    mean, log_var = heads[:, :latent], heads[:, latent:]
    copies = decoder(reparameterize(mean, log_var, noise))
    return [ops.mean(reconstruction_loss(images, copies)), ops.mean(kl_divergence(mean, log_var))]

# %% right exercise="elbo_terms" note="sums divided by the size of the batch"
def elbo_terms(encoder, decoder, images, noise):
    mean, log_var = tf.split(encoder(images), 2, axis=-1)
    count = tf.cast(tf.shape(noise)[0], "float32")
    copy = tf.reduce_sum(reconstruction_loss(images, decoder(reparameterize(mean, log_var, noise))))
    return copy / count, tf.reduce_sum(kl_divergence(mean, log_var)) / count

# %% wrong exercise="kl_weight" misconception="it goes on rising after the warm-up: it stays at 1"
def kl_weight(epoch, warmup):
    return epoch / warmup if warmup else 1.0

# %% wrong exercise="kl_weight" misconception="epoch 0 must have weight 0: the epochs are counted from 0"
def kl_weight(epoch, warmup):
    return min(1.0, (epoch + 1) / warmup) if warmup else 1.0

# %% wrong exercise="kl_weight" misconception="it reaches 1 one epoch too early: divide by warmup"
def kl_weight(epoch, warmup):
    return min(1.0, epoch / (warmup - 1)) if warmup > 1 else 1.0

# %% wrong exercise="kl_weight" misconception="it falls: KL is phased in, not out"
def kl_weight(epoch, warmup):
    return max(0.0, 1 - epoch / warmup) if warmup else 0.0

# %% wrong exercise="kl_weight" misconception="it jumps from 0 to 1: it should rise evenly"
def kl_weight(epoch, warmup):
    return 0.0 if epoch < warmup else 1.0

# %% wrong exercise="kl_weight" misconception="it starts again after the warm-up: it stays at 1"
def kl_weight(epoch, warmup):
    return (epoch % warmup) / warmup if warmup else 1.0

# %% wrong exercise="kl_weight" misconception="after the warm-up it is 0: it stays at 1"
def kl_weight(epoch, warmup):
    if warmup and epoch < warmup:
        return epoch / warmup
    return 0.0

# %% wrong exercise="kl_weight" misconception="it is always 1: phase it in"
def kl_weight(epoch, warmup):
    return 1.0

# %% wrong exercise="kl_weight" misconception="with warmup 0 this divides by 0: it should be 1"
def kl_weight(epoch, warmup):
    return min(1.0, epoch / warmup)

# %% wrong exercise="kl_weight" misconception="with warmup 0 epoch 0 has weight 1"
def kl_weight(epoch, warmup):
    return float(np.clip(epoch / max(warmup, 1), 0, 1))

# %% right exercise="kl_weight" note="NumPy's clip, with a case of its own"
def kl_weight(epoch, warmup):
    if warmup == 0:
        return 1
    return np.clip(epoch / warmup, 0.0, 1.0)

# %% right exercise="kl_weight" note="by interpolation"
def kl_weight(epoch, warmup):
    return 1.0 if not warmup else float(np.interp(epoch, [0, warmup], [0, 1]))

# %% wrong exercise="VAE" misconception="no gradient: call elbo_terms inside the with block of the tape"
class VAE(VAEBase):
    def train_step(self, images):
        reconstruction, kl = elbo_terms(self.encoder, self.decoder, images, self.noise_for(images))
        with tf.GradientTape() as tape:
            loss = reconstruction + self.weight * kl
        slopes = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(slopes, self.trainable_variables))
        return self.report(reconstruction, kl)

# %% wrong exercise="VAE" misconception="nothing is returned: end with return self.report(reconstruction, kl)"
class VAE(VAEBase):
    def train_step(self, images):
        noise = self.noise_for(images)
        with tf.GradientTape() as tape:
            reconstruction, kl = elbo_terms(self.encoder, self.decoder, images, noise)
            loss = reconstruction + self.weight * kl
        slopes = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(slopes, self.trainable_variables))
        self.report(reconstruction, kl)

# %% wrong exercise="VAE" misconception="this is the loss: end with return self.report(reconstruction, kl)"
class VAE(VAEBase):
    def train_step(self, images):
        noise = self.noise_for(images)
        with tf.GradientTape() as tape:
            reconstruction, kl = elbo_terms(self.encoder, self.decoder, images, noise)
            loss = reconstruction + self.weight * kl
        slopes = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(slopes, self.trainable_variables))
        return loss

# %% wrong exercise="VAE" misconception="nothing moves: let self.optimizer apply the gradients"
class VAE(VAEBase):
    def train_step(self, images):
        noise = self.noise_for(images)
        with tf.GradientTape() as tape:
            reconstruction, kl = elbo_terms(self.encoder, self.decoder, images, noise)
            loss = reconstruction + self.weight * kl
        slopes = tape.gradient(loss, self.trainable_variables)
        return self.report(reconstruction, kl)

# %% wrong exercise="VAE" misconception="only the decoder moves: take the gradient of all self.trainable_variables"
class VAE(VAEBase):
    def train_step(self, images):
        noise = self.noise_for(images)
        with tf.GradientTape() as tape:
            reconstruction, kl = elbo_terms(self.encoder, self.decoder, images, noise)
            loss = reconstruction + self.weight * kl
        slopes = tape.gradient(loss, self.decoder.trainable_variables)
        self.optimizer.apply_gradients(zip(slopes, self.decoder.trainable_variables))
        return self.report(reconstruction, kl)

# %% wrong exercise="VAE" misconception="only the encoder moves: take the gradient of all self.trainable_variables"
class VAE(VAEBase):
    def train_step(self, images):
        noise = self.noise_for(images)
        with tf.GradientTape() as tape:
            reconstruction, kl = elbo_terms(self.encoder, self.decoder, images, noise)
            loss = reconstruction + self.weight * kl
        slopes = tape.gradient(loss, self.encoder.trainable_variables)
        self.optimizer.apply_gradients(zip(slopes, self.encoder.trainable_variables))
        return self.report(reconstruction, kl)

# %% wrong exercise="VAE" misconception="KL has no weight: add self.weight * kl"
class VAE(VAEBase):
    def train_step(self, images):
        noise = self.noise_for(images)
        with tf.GradientTape() as tape:
            reconstruction, kl = elbo_terms(self.encoder, self.decoder, images, noise)
            loss = reconstruction + kl
        slopes = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(slopes, self.trainable_variables))
        return self.report(reconstruction, kl)

# %% wrong exercise="VAE" misconception="KL is missing in the loss"
class VAE(VAEBase):
    def train_step(self, images):
        noise = self.noise_for(images)
        with tf.GradientTape() as tape:
            reconstruction, kl = elbo_terms(self.encoder, self.decoder, images, noise)
            slopes_of = reconstruction + 0 * kl
        slopes = tape.gradient(slopes_of, self.trainable_variables)
        self.optimizer.apply_gradients(zip(slopes, self.trainable_variables))
        return self.report(reconstruction, kl)

# %% wrong exercise="VAE" misconception="the weight belongs to KL alone, not to the sum"
class VAE(VAEBase):
    def train_step(self, images):
        noise = self.noise_for(images)
        with tf.GradientTape() as tape:
            reconstruction, kl = elbo_terms(self.encoder, self.decoder, images, noise)
            loss = self.weight * (reconstruction + kl)
        slopes = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(slopes, self.trainable_variables))
        return self.report(reconstruction, kl)

# %% wrong exercise="VAE" misconception="the weight belongs to KL, not to the reconstruction"
class VAE(VAEBase):
    def train_step(self, images):
        noise = self.noise_for(images)
        with tf.GradientTape() as tape:
            reconstruction, kl = elbo_terms(self.encoder, self.decoder, images, noise)
            loss = self.weight * reconstruction + kl
        slopes = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(slopes, self.trainable_variables))
        return self.report(reconstruction, kl)

# %% wrong exercise="VAE" misconception="KL is subtracted: the loss is a sum"
class VAE(VAEBase):
    def train_step(self, images):
        noise = self.noise_for(images)
        with tf.GradientTape() as tape:
            reconstruction, kl = elbo_terms(self.encoder, self.decoder, images, noise)
            loss = reconstruction - self.weight * kl
        slopes = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(slopes, self.trainable_variables))
        return self.report(reconstruction, kl)

# %% wrong exercise="VAE" misconception="the step goes uphill"
class VAE(VAEBase):
    def train_step(self, images):
        noise = self.noise_for(images)
        with tf.GradientTape() as tape:
            reconstruction, kl = elbo_terms(self.encoder, self.decoder, images, noise)
            elbo = -(reconstruction + self.weight * kl)
        slopes = tape.gradient(elbo, self.trainable_variables)
        self.optimizer.apply_gradients(zip(slopes, self.trainable_variables))
        return self.report(reconstruction, kl)

# %% wrong exercise="VAE" misconception="the report holds KL times its weight: report KL itself"
class VAE(VAEBase):
    def train_step(self, images):
        noise = self.noise_for(images)
        with tf.GradientTape() as tape:
            reconstruction, kl = elbo_terms(self.encoder, self.decoder, images, noise)
            kl = self.weight * kl
            loss = reconstruction + kl
        slopes = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(slopes, self.trainable_variables))
        return self.report(reconstruction, kl)

# %% wrong exercise="VAE" misconception="the report's two terms are swapped"
class VAE(VAEBase):
    def train_step(self, images):
        noise = self.noise_for(images)
        with tf.GradientTape() as tape:
            reconstruction, kl = elbo_terms(self.encoder, self.decoder, images, noise)
            loss = reconstruction + self.weight * kl
        slopes = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(slopes, self.trainable_variables))
        return self.report(kl, reconstruction)

# %% wrong exercise="VAE" misconception="the report holds the sum instead of the reconstruction"
class VAE(VAEBase):
    def train_step(self, images):
        noise = self.noise_for(images)
        with tf.GradientTape() as tape:
            reconstruction, kl = elbo_terms(self.encoder, self.decoder, images, noise)
            loss = reconstruction + self.weight * kl
        slopes = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(slopes, self.trainable_variables))
        return self.report(loss, kl)

# %% wrong exercise="VAE" misconception="the noise is all 0: use self.noise_for(images)"
class VAE(VAEBase):
    def train_step(self, images):
        noise = ops.zeros((ops.shape(images)[0], self.latent))
        with tf.GradientTape() as tape:
            reconstruction, kl = elbo_terms(self.encoder, self.decoder, images, noise)
            loss = reconstruction + self.weight * kl
        slopes = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(slopes, self.trainable_variables))
        return self.report(reconstruction, kl)

# %% wrong exercise="VAE" misconception="the noise is not standard normal: use self.noise_for(images)"
class VAE(VAEBase):
    def train_step(self, images):
        noise = keras.random.uniform((ops.shape(images)[0], self.latent))
        with tf.GradientTape() as tape:
            reconstruction, kl = elbo_terms(self.encoder, self.decoder, images, noise)
            loss = reconstruction + self.weight * kl
        slopes = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(slopes, self.trainable_variables))
        return self.report(reconstruction, kl)

# %% wrong exercise="VAE" misconception="each step draws the same noise: use self.noise_for(images)"
class VAE(VAEBase):
    def train_step(self, images):
        noise = keras.random.normal((ops.shape(images)[0], self.latent), seed=0)
        with tf.GradientTape() as tape:
            reconstruction, kl = elbo_terms(self.encoder, self.decoder, images, noise)
            loss = reconstruction + self.weight * kl
        slopes = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(slopes, self.trainable_variables))
        return self.report(reconstruction, kl)

# %% wrong exercise="VAE" misconception="no float, no .numpy(): fit compiles train_step"
class VAE(VAEBase):
    def train_step(self, images):
        noise = self.noise_for(images)
        with tf.GradientTape() as tape:
            reconstruction, kl = elbo_terms(self.encoder, self.decoder, images, noise)
            loss = reconstruction + self.weight.numpy() * kl
        slopes = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(slopes, self.trainable_variables))
        return self.report(reconstruction, kl)

# %% wrong exercise="VAE" misconception="no float, no .numpy(): fit compiles train_step"
class VAE(VAEBase):
    def train_step(self, images):
        noise = self.noise_for(images)
        with tf.GradientTape() as tape:
            reconstruction, kl = elbo_terms(self.encoder, self.decoder, images, noise)
            loss = reconstruction + self.weight * kl
        slopes = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(slopes, self.trainable_variables))
        return self.report(float(reconstruction), float(kl))

# %% wrong exercise="VAE" misconception="this is the report of one batch: end with return self.report(reconstruction, kl)"
class VAE(VAEBase):
    def train_step(self, images):
        noise = self.noise_for(images)
        with tf.GradientTape() as tape:
            reconstruction, kl = elbo_terms(self.encoder, self.decoder, images, noise)
            loss = reconstruction + self.weight * kl
        slopes = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(slopes, self.trainable_variables))
        return {"reconstruction": reconstruction, "kl": kl}

# %% wrong exercise="VAE" misconception="the noise is drawn once, when fit compiles the step: use self.noise_for(images)"
class VAE(VAEBase):
    def train_step(self, images):
        noise = np.random.normal(size=(images.shape[0], self.latent)).astype("float32")
        with tf.GradientTape() as tape:
            reconstruction, kl = elbo_terms(self.encoder, self.decoder, images, noise)
            loss = reconstruction + self.weight * kl
        slopes = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(slopes, self.trainable_variables))
        return self.report(reconstruction, kl)

# %% wrong exercise="VAE" misconception="the pairs are turned round: zip(slopes, self.trainable_variables)"
class VAE(VAEBase):
    def train_step(self, images):
        noise = self.noise_for(images)
        with tf.GradientTape() as tape:
            reconstruction, kl = elbo_terms(self.encoder, self.decoder, images, noise)
            loss = reconstruction + self.weight * kl
        slopes = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(self.trainable_variables, slopes))
        return self.report(reconstruction, kl)

# %% wrong exercise="VAE" misconception="these are the terms of one batch: end with return self.report(reconstruction, kl)"
class VAE(VAEBase):
    def train_step(self, images):
        noise = self.noise_for(images)
        with tf.GradientTape() as tape:
            reconstruction, kl = elbo_terms(self.encoder, self.decoder, images, noise)
            loss = reconstruction + self.weight * kl
        slopes = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(slopes, self.trainable_variables))
        return reconstruction, kl

# %% wrong exercise="VAE" misconception="no `if` on a number here, for fit compiles train_step"
class VAE(VAEBase):
    def train_step(self, images):
        noise = self.noise_for(images)
        with tf.GradientTape() as tape:
            reconstruction, kl = elbo_terms(self.encoder, self.decoder, images, noise)
            loss = reconstruction + self.weight * kl if self.weight > 0 else reconstruction
        slopes = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(slopes, self.trainable_variables))
        return self.report(reconstruction, kl)

# %% wrong exercise="VAE" misconception="a tensor is taken apart: images is no pair, and apply_gradients wants pairs from zip"
class VAE(VAEBase):
    def train_step(self, images):
        images, _ = images
        noise = self.noise_for(images)
        with tf.GradientTape() as tape:
            reconstruction, kl = elbo_terms(self.encoder, self.decoder, images, noise)
            loss = reconstruction + self.weight * kl
        slopes = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(slopes, self.trainable_variables))
        return self.report(reconstruction, kl)

# %% wrong exercise="VAE" misconception="NumPy cannot compute here, for fit compiles train_step: use ops"
class VAE(VAEBase):
    def train_step(self, images):
        noise = self.noise_for(images)
        with tf.GradientTape() as tape:
            reconstruction, kl = elbo_terms(self.encoder, self.decoder, images, noise)
            loss = np.add(reconstruction, self.weight * kl)
        slopes = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(slopes, self.trainable_variables))
        return self.report(reconstruction, kl)

# %% right exercise="VAE" note="the noise inside the tape, the optimizer's apply"
class VAE(VAEBase):
    def train_step(self, images):
        with tf.GradientTape() as tape:
            copy, cloud = elbo_terms(self.encoder, self.decoder, images, self.noise_for(images))
            loss = copy + cloud * self.weight
        self.optimizer.apply(tape.gradient(loss, self.trainable_variables), self.trainable_variables)
        return self.report(copy, cloud)

# %% right exercise="VAE" note="the variables of both halves put together, noise of its own"
class VAE(VAEBase):
    def train_step(self, images):
        variables = self.encoder.trainable_variables + self.decoder.trainable_variables
        noise = tf.random.normal((tf.shape(images)[0], self.latent))
        with tf.GradientTape() as tape:
            terms = elbo_terms(self.encoder, self.decoder, images, noise)
            loss = terms[0] + self.weight * terms[1]
        slopes = tape.gradient(loss, variables)
        self.optimizer.apply_gradients(list(zip(slopes, variables)))
        return self.report(*terms)

# %% wrong exercise="without_price" misconception="standard normal clouds are what KL asks for; without it nothing does"
without_price = "b"

# %% wrong exercise="without_price" misconception="noise spoils the copy, so the reconstruction itself wants small clouds; KL is what wants them large"
without_price = "c"

# %% wrong exercise="without_price" misconception="its gradient moves the encoder: look at the first epoch, whose weight was 0, where KL was highest"
without_price = "d"

# %% wrong exercise="without_price" misconception="the answer is not one letter in quotes, such as \"b\""
without_price = "they shrink"

# %% wrong exercise="without_price" misconception="the answer is not one letter in quotes, such as \"b\""
without_price = ["a"]

# %% right exercise="without_price" note="upper case"
without_price = "A"

# %% right exercise="without_price" note="with spaces"
without_price = " a "

# %% wrong exercise="what_happened" misconception="KL 0 means that the code tells nothing about the image, and 206 nats is the price of the mean image"
what_happened = "a"

# %% wrong exercise="what_happened" misconception="a code that knew images by heart would have a large KL and a cheap copy"
what_happened = "c"

# %% wrong exercise="what_happened" misconception="not one of them is in use; with fewer the same would happen"
what_happened = "d"

# %% wrong exercise="what_happened" misconception="the answer is not one letter in quotes, such as \"b\""
what_happened = "b: collapse"

# %% wrong exercise="what_happened" misconception="the answer is not one letter in quotes, such as \"b\""
what_happened = 2

# %% right exercise="what_happened" note="upper case"
what_happened = "B"

# %% right exercise="what_happened" note="chosen from a text"
what_happened = "abcd"[1]

# %% wrong exercise="interpolate" misconception="it stops one step short of z1: both ends are included"
def interpolate(z0, z1, steps):
    return np.array([z0 + (z1 - z0) * i / steps for i in range(steps)])

# %% wrong exercise="interpolate" misconception="z0 itself is missing: both ends are included"
def interpolate(z0, z1, steps):
    return np.array([z0 + (z1 - z0) * (i + 1) / steps for i in range(steps)])

# %% wrong exercise="interpolate" misconception="both ends are missing"
def interpolate(z0, z1, steps):
    return np.linspace(z0, z1, steps + 2)[1:-1]

# %% wrong exercise="interpolate" misconception="there is one point too many: `steps` counts the points"
def interpolate(z0, z1, steps):
    return np.linspace(z0, z1, steps + 1)

# %% wrong exercise="interpolate" misconception="it runs from z1 to z0"
def interpolate(z0, z1, steps):
    share = np.linspace(0, 1, steps)[:, None]
    return share * z0 + (1 - share) * z1

# %% wrong exercise="interpolate" misconception="one row for each step: transpose it"
def interpolate(z0, z1, steps):
    return np.array([np.linspace(a, b, steps) for a, b in zip(z0, z1)])

# %% wrong exercise="interpolate" misconception="the start is missing: z0 plus a share of z1 - z0"
def interpolate(z0, z1, steps):
    return np.linspace(0, 1, steps)[:, None] * (z1 - z0)

# %% wrong exercise="interpolate" misconception="this adds all of z0 to a share of z1: the shares sum to 1"
def interpolate(z0, z1, steps):
    return z0 + np.linspace(0, 1, steps)[:, None] * z1

# %% wrong exercise="interpolate" misconception="an argument is changed: work on a copy"
def interpolate(z0, z1, steps):
    z1 -= z0
    return np.array([z0 + z1 * i / (steps - 1) for i in range(steps)])

# %% wrong exercise="interpolate" misconception="an argument is changed: work on a copy"
def interpolate(z0, z1, steps):
    step, points = (z1 - z0) / (steps - 1), [z0.copy()]
    for _ in range(steps - 1):
        z0 += step
        points.append(z0.copy())
    return np.array(points)

# %% right exercise="interpolate" note="linspace on vectors"
def interpolate(z0, z1, steps):
    return np.linspace(z0, z1, steps)

# %% right exercise="interpolate" note="a list of points from a loop"
def interpolate(z0, z1, steps):
    points = []
    for i in range(steps):
        t = i / (steps - 1)
        points.append([(1 - t) * a + t * b for a, b in zip(z0, z1)])
    return points

# %% right exercise="interpolate" note="outer products"
def interpolate(z0, z1, steps):
    t = np.arange(steps) / (steps - 1)
    return np.outer(1 - t, z0) + np.outer(t, z1)

# %% wrong exercise="latent_arithmetic" misconception="the direction is turned round: with_it minus without"
def latent_arithmetic(codes, without, with_it, strength=1.0):
    return codes + strength * (without.mean(axis=0) - with_it.mean(axis=0))

# %% wrong exercise="latent_arithmetic" misconception="the strength is not used"
def latent_arithmetic(codes, without, with_it, strength=1.0):
    return codes + with_it.mean(axis=0) - without.mean(axis=0)

# %% wrong exercise="latent_arithmetic" misconception="the mean of `without` is not subtracted"
def latent_arithmetic(codes, without, with_it, strength=1.0):
    return codes + strength * with_it.mean(axis=0)

# %% wrong exercise="latent_arithmetic" misconception="this is only the direction: add it to the codes"
def latent_arithmetic(codes, without, with_it, strength=1.0):
    return strength * (with_it.mean(axis=0) - without.mean(axis=0))

# %% wrong exercise="latent_arithmetic" misconception="this moves one code: return all of them"
def latent_arithmetic(codes, without, with_it, strength=1.0):
    return codes[0] + strength * (with_it.mean(axis=0) - without.mean(axis=0))

# %% wrong exercise="latent_arithmetic" misconception="the mean runs over all numbers: use axis=0"
def latent_arithmetic(codes, without, with_it, strength=1.0):
    return codes + strength * (with_it.mean() - without.mean())

# %% wrong exercise="latent_arithmetic" misconception="these are sums, not means"
def latent_arithmetic(codes, without, with_it, strength=1.0):
    return codes + strength * (with_it.sum(axis=0) - without.sum(axis=0))

# %% wrong exercise="latent_arithmetic" misconception="only the first example of each group is used: take the means"
def latent_arithmetic(codes, without, with_it, strength=1.0):
    return codes + strength * (with_it[0] - without[0])

# %% wrong exercise="latent_arithmetic" misconception="the strength multiplies the codes as well"
def latent_arithmetic(codes, without, with_it, strength=1.0):
    return strength * (codes + with_it.mean(axis=0) - without.mean(axis=0))

# %% wrong exercise="latent_arithmetic" misconception="the strength multiplies the whole difference"
def latent_arithmetic(codes, without, with_it, strength=1.0):
    return codes + strength * with_it.mean(axis=0) - without.mean(axis=0)

# %% wrong exercise="latent_arithmetic" misconception="an argument is changed: work on a copy"
def latent_arithmetic(codes, without, with_it, strength=1.0):
    codes += strength * (with_it.mean(axis=0) - without.mean(axis=0))
    return codes

# %% wrong exercise="latent_arithmetic" misconception="an argument is changed: work on a copy"
def latent_arithmetic(codes, without, with_it, strength=1.0):
    with_it -= without.mean(axis=0)
    return codes + strength * with_it.mean(axis=0)

# %% right exercise="latent_arithmetic" note="number by number"
def latent_arithmetic(codes, without, with_it, strength=1.0):
    moved = np.array(codes, dtype=float)
    for j in range(codes.shape[1]):
        moved[:, j] += strength * (np.mean(with_it[:, j]) - np.mean(without[:, j]))
    return moved

# %% right exercise="latent_arithmetic" note="with keras.ops"
def latent_arithmetic(codes, without, with_it, strength=1.0):
    direction = ops.subtract(ops.mean(with_it, axis=0), ops.mean(without, axis=0))
    return ops.add(codes, strength * direction)
