# %% wrong exercise="a_draw" misconception="the answers are right, but guessing costs: each half of the loss is -ln(1/2) = 0.693"
a_draw = "b"

# %% wrong exercise="a_draw" misconception="to say 1 to a made image costs -ln(1 - 1), without end: the loss has two halves"
a_draw = "c"

# %% wrong exercise="a_draw" misconception="that is a loss that a coin would beat: the best detective guesses 1/2"
a_draw = "d"

# %% wrong exercise="a_draw" misconception="the answer is not one letter in quotes, such as \"b\""
a_draw = "a) it answers 1/2"

# %% wrong exercise="a_draw" misconception="the answer is not one letter in quotes, such as \"b\""
a_draw = 0.5

# %% right exercise="a_draw" note="upper case"
a_draw = "A"

# %% right exercise="a_draw" note="chosen from a text"
a_draw = "abcd"[0]

# %% wrong exercise="discriminator_loss" misconception="the roles are swapped: real logits should be high, fake ones low"
def discriminator_loss(real_logits, fake_logits):
    return ops.mean(ops.softplus(real_logits)) + ops.mean(ops.softplus(-fake_logits))

# %% wrong exercise="discriminator_loss" misconception="the made images are left out: add both means"
def discriminator_loss(real_logits, fake_logits):
    return ops.mean(ops.softplus(-real_logits))

# %% wrong exercise="discriminator_loss" misconception="the real images are left out: add both means"
def discriminator_loss(real_logits, fake_logits):
    return ops.mean(ops.softplus(fake_logits))

# %% wrong exercise="discriminator_loss" misconception="both batches ask for high logits: fake ones should be low"
def discriminator_loss(real_logits, fake_logits):
    return ops.mean(ops.softplus(-real_logits)) + ops.mean(ops.softplus(-fake_logits))

# %% wrong exercise="discriminator_loss" misconception="the losses are summed over the batch: take the mean"
def discriminator_loss(real_logits, fake_logits):
    return ops.sum(ops.softplus(-real_logits)) + ops.sum(ops.softplus(fake_logits))

# %% wrong exercise="discriminator_loss" misconception="one mean runs over both batches: one mean each, then add"
def discriminator_loss(real_logits, fake_logits):
    return ops.mean(ops.concatenate([ops.softplus(-real_logits), ops.softplus(fake_logits)]))

# %% wrong exercise="discriminator_loss" misconception="the two means are averaged: add them"
def discriminator_loss(real_logits, fake_logits):
    return 0.5 * (ops.mean(ops.softplus(-real_logits)) + ops.mean(ops.softplus(fake_logits)))

# %% wrong exercise="discriminator_loss" misconception="logits are no probabilities yet: softplus, or from_logits=True"
def discriminator_loss(real_logits, fake_logits):
    entropy = keras.losses.BinaryCrossentropy()
    return entropy(np.ones_like(real_logits), real_logits) + entropy(np.zeros_like(fake_logits), fake_logits)

# %% wrong exercise="discriminator_loss" misconception="the loss is cut off far out: softplus needs no clip, and no small number added"
def discriminator_loss(real_logits, fake_logits):
    real, fake = ops.sigmoid(real_logits), ops.sigmoid(fake_logits)
    return -ops.mean(ops.log(real + 1e-7)) - ops.mean(ops.log(1 - fake + 1e-7))

# %% wrong exercise="discriminator_loss" misconception="the sign is turned: a loss falls as the detective gets better"
def discriminator_loss(real_logits, fake_logits):
    return ops.mean(ops.log_sigmoid(real_logits)) + ops.mean(ops.log_sigmoid(-fake_logits))

# %% wrong exercise="discriminator_loss" misconception="TensorFlow cannot follow: use functions of ops, without NumPy, float and stop_gradient"
def discriminator_loss(real_logits, fake_logits):
    return np.mean(np.logaddexp(0, -real_logits)) + np.mean(np.logaddexp(0, fake_logits))

# %% wrong exercise="discriminator_loss" misconception="TensorFlow cannot follow: use functions of ops, without NumPy, float and stop_gradient"
def discriminator_loss(real_logits, fake_logits):
    return soft(-real_logits).mean() + soft(fake_logits).mean()

# %% wrong exercise="discriminator_loss" misconception="TensorFlow cannot follow: use functions of ops, without NumPy, float and stop_gradient"
def discriminator_loss(real_logits, fake_logits):
    return np.log(1 + np.exp(-real_logits.clip(-80, 80))).mean() + np.log(1 + np.exp(fake_logits.clip(-80, 80))).mean()

# %% wrong exercise="discriminator_loss" misconception="these are not the slopes of this loss: use ops on all logits, and leave slopes_of as it is"
def slopes_of(name, *logits):  # also for saturating_generator_loss and generator_loss
    return [np.ones(len(batch), "float32") for batch in logits]


def discriminator_loss(real_logits, fake_logits):
    real, fake = np.asarray(real_logits), np.asarray(fake_logits)
    return np.logaddexp(0, -real).mean() + np.logaddexp(0, fake).mean()

# %% wrong exercise="discriminator_loss" misconception="these are not the slopes of this loss: use ops on all logits, and leave slopes_of as it is"
def discriminator_loss(real_logits, fake_logits):
    fixed = ops.mean(ops.softplus(-ops.stop_gradient(real_logits)))  # still a part of the slope is there
    return fixed + 0 * ops.mean(real_logits) + ops.mean(ops.softplus(fake_logits))

# %% wrong exercise="discriminator_loss" misconception="the logarithm of 0 is taken: softplus of the logits is safe"
def discriminator_loss(real_logits, fake_logits):
    return -ops.mean(ops.log(ops.sigmoid(real_logits))) - ops.mean(ops.log(1 - ops.sigmoid(fake_logits)))

# %% wrong exercise="discriminator_loss" misconception="the loss is cut off far out: softplus needs no clip, and no small number added"
def discriminator_loss(real_logits, fake_logits):
    real, fake = ops.clip(real_logits, -20, 20), ops.clip(fake_logits, -20, 20)
    return ops.mean(ops.softplus(-real)) + ops.mean(ops.softplus(fake))

# %% wrong exercise="discriminator_loss" misconception="TensorFlow cannot follow: use functions of ops, without NumPy, float and stop_gradient"
def discriminator_loss(real_logits, fake_logits):
    return ops.mean(ops.softplus(-real_logits)) + ops.mean(ops.softplus(ops.stop_gradient(fake_logits)))

# %% right exercise="discriminator_loss" note="Keras's own cross-entropy, from logits"
def discriminator_loss(real_logits, fake_logits):
    entropy = keras.losses.BinaryCrossentropy(from_logits=True)
    real, fake = ops.convert_to_tensor(real_logits), ops.convert_to_tensor(fake_logits)
    return entropy(ops.ones_like(real), real) + entropy(ops.zeros_like(fake), fake)

# %% right exercise="discriminator_loss" note="log_sigmoid"
def discriminator_loss(real_logits, fake_logits):
    return -ops.mean(ops.log_sigmoid(real_logits)) - ops.mean(ops.log_sigmoid(-fake_logits))

# %% right exercise="discriminator_loss" note="TensorFlow's cross-entropy"
def discriminator_loss(real_logits, fake_logits):
    real = tf.nn.sigmoid_cross_entropy_with_logits(labels=tf.ones_like(real_logits), logits=real_logits)
    fake = tf.nn.sigmoid_cross_entropy_with_logits(labels=tf.zeros_like(fake_logits), logits=fake_logits)
    return tf.reduce_mean(real) + tf.reduce_mean(fake)

# %% wrong exercise="saturating_generator_loss" misconception="that is the detective's loss for made images: the forger wants the opposite"
def saturating_generator_loss(fake_logits):
    return ops.mean(ops.softplus(fake_logits))

# %% wrong exercise="saturating_generator_loss" misconception="this is the mean of log D, not of log(1 - D)"
def saturating_generator_loss(fake_logits):
    return ops.mean(ops.log_sigmoid(fake_logits))

# %% wrong exercise="saturating_generator_loss" misconception="this is the mean of -log D: that comes in the next exercise"
def saturating_generator_loss(fake_logits):
    return ops.mean(ops.softplus(-fake_logits))

# %% wrong exercise="saturating_generator_loss" misconception="the losses are summed over the batch: take the mean"
def saturating_generator_loss(fake_logits):
    return -ops.sum(ops.softplus(fake_logits))

# %% wrong exercise="saturating_generator_loss" misconception="the logarithm is missing: log(1 - D)"
def saturating_generator_loss(fake_logits):
    return ops.mean(1 - ops.sigmoid(fake_logits))

# %% wrong exercise="saturating_generator_loss" misconception="there is one number for each image: take the mean"
def saturating_generator_loss(fake_logits):
    return -ops.softplus(fake_logits)

# %% wrong exercise="saturating_generator_loss" misconception="the loss is cut off far out: softplus needs no clip, and no small number added"
def saturating_generator_loss(fake_logits):
    return ops.mean(ops.log(1 - ops.sigmoid(fake_logits) + 1e-9))

# %% wrong exercise="saturating_generator_loss" misconception="logits are no probabilities yet: softplus, or from_logits=True"
def saturating_generator_loss(fake_logits):
    return ops.mean(ops.log(1 - ops.clip(fake_logits, 1e-7, 1 - 1e-7)))

# %% wrong exercise="saturating_generator_loss" misconception="TensorFlow cannot follow: use functions of ops, without NumPy, float and stop_gradient"
def saturating_generator_loss(fake_logits):
    return -np.logaddexp(0, fake_logits).mean()

# %% wrong exercise="saturating_generator_loss" misconception="TensorFlow cannot follow: use functions of ops, without NumPy, float and stop_gradient"
def saturating_generator_loss(fake_logits):
    return -float(ops.mean(ops.softplus(fake_logits)))

# %% wrong exercise="saturating_generator_loss" misconception="these are not the slopes of this loss: use ops on all logits, and leave slopes_of as it is"
def slopes_of(name, *logits):  # also for discriminator_loss and generator_loss
    return [-1 / (1 + np.exp(np.reshape(batch, -1))) / len(batch) for batch in logits]


def saturating_generator_loss(fake_logits):
    return -np.logaddexp(0, np.asarray(fake_logits)).mean()

# %% wrong exercise="saturating_generator_loss" misconception="the logarithm of 0 is taken: softplus of the logits is safe"
def saturating_generator_loss(fake_logits):
    return ops.mean(ops.log(1 - ops.sigmoid(fake_logits)))

# %% right exercise="saturating_generator_loss" note="log_sigmoid of the other side"
def saturating_generator_loss(fake_logits):
    return ops.mean(ops.log_sigmoid(-fake_logits))

# %% right exercise="saturating_generator_loss" note="cross-entropy with label 0, negated"
def saturating_generator_loss(fake_logits):
    fake = ops.convert_to_tensor(fake_logits)
    entropy = keras.losses.BinaryCrossentropy(from_logits=True)
    return -entropy(ops.zeros_like(fake), fake)

# %% wrong exercise="generator_loss" misconception="this is the saturating loss again: the mean of -log D is wanted"
def generator_loss(fake_logits):
    return -ops.mean(ops.softplus(fake_logits))

# %% wrong exercise="generator_loss" misconception="that is the detective's loss for made images: the forger wants high logits"
def generator_loss(fake_logits):
    return ops.mean(ops.softplus(fake_logits))

# %% wrong exercise="generator_loss" misconception="the minus sign is missing: log D should become large, and a loss becomes small"
def generator_loss(fake_logits):
    return ops.mean(ops.log_sigmoid(fake_logits))

# %% wrong exercise="generator_loss" misconception="the losses are summed over the batch: take the mean"
def generator_loss(fake_logits):
    return ops.sum(ops.softplus(-fake_logits))

# %% wrong exercise="generator_loss" misconception="the logarithm is missing: -log D"
def generator_loss(fake_logits):
    return -ops.mean(ops.sigmoid(fake_logits))

# %% wrong exercise="generator_loss" misconception="there is one number for each image: take the mean"
def generator_loss(fake_logits):
    return ops.softplus(-fake_logits)

# %% wrong exercise="generator_loss" misconception="the loss is cut off far out: softplus needs no clip, and no small number added"
def generator_loss(fake_logits):
    return -ops.mean(ops.log(ops.sigmoid(fake_logits) + 1e-9))

# %% wrong exercise="generator_loss" misconception="TensorFlow cannot follow: use functions of ops, without NumPy, float and stop_gradient"
def generator_loss(fake_logits):
    return np.mean(np.logaddexp(0, -np.asarray(fake_logits)))

# %% wrong exercise="generator_loss" misconception="TensorFlow cannot follow: use functions of ops, without NumPy, float and stop_gradient"
def generator_loss(fake_logits):
    return soft(-fake_logits).mean()

# %% wrong exercise="generator_loss" misconception="these are not the slopes of this loss: use ops on all logits, and leave slopes_of as it is"
def generator_loss(fake_logits):
    @tf.custom_gradient
    def told(logits):
        value = np.logaddexp(0, -np.asarray(logits)).mean()
        return tf.constant(value, "float32"), lambda above: tf.ones_like(logits)

    return told(tf.convert_to_tensor(fake_logits, "float32"))

# %% wrong exercise="generator_loss" misconception="the logarithm of 0 is taken: softplus of the logits is safe"
def generator_loss(fake_logits):
    return -ops.mean(ops.log(ops.sigmoid(fake_logits)))

# %% wrong exercise="generator_loss" misconception="the loss is cut off far out: softplus needs no clip, and no small number added"
def generator_loss(fake_logits):
    return ops.mean(ops.softplus(-ops.clip(fake_logits, -30, 30)))

# %% right exercise="generator_loss" note="log_sigmoid"
def generator_loss(fake_logits):
    return -ops.mean(ops.log_sigmoid(fake_logits))

# %% right exercise="generator_loss" note="cross-entropy with label 1"
def generator_loss(fake_logits):
    fake = ops.convert_to_tensor(fake_logits)
    return keras.losses.BinaryCrossentropy(from_logits=True)(ops.ones_like(fake), fake)

# %% wrong exercise="why_stall" misconception="an optimiser sees slopes only: adding 1,000 to a loss changes nothing"
why_stall = "a"

# %% wrong exercise="why_stall" misconception="both losses want high logits for made images: the place is the same, the way there differs"
why_stall = "c"

# %% wrong exercise="why_stall" misconception="it is the other way round: where D is close to 0, the slope is close to 0 as well"
why_stall = "d"

# %% wrong exercise="why_stall" misconception="the answer is not one letter in quotes, such as \"b\""
why_stall = "B) its slope"

# %% wrong exercise="why_stall" misconception="the answer is not one letter in quotes, such as \"b\""
why_stall = 1

# %% right exercise="why_stall" note="upper case"
why_stall = "B"

# %% right exercise="why_stall" note="chosen from a text"
why_stall = "abcd"[1]

# %% wrong exercise="train_step" misconception="the generator's step moves the discriminator too: only the generator's weights"
def train_step(networks, optimizers, losses, reals, noises):
    generator, discriminator = networks
    g_optimizer, d_optimizer = optimizers
    g_loss, d_loss = losses
    for real, noise in zip(reals, noises):
        fake = generator(noise, training=True)
        with tf.GradientTape() as tape:
            loss_of_d = d_loss(discriminator(real, training=True), discriminator(fake, training=True))
        descend(tape, loss_of_d, discriminator, d_optimizer)
    with tf.GradientTape(persistent=True) as tape:
        loss_of_g = g_loss(discriminator(generator(noise, training=True), training=True))
    slopes = tape.gradient(loss_of_g, discriminator.trainable_variables)
    d_optimizer.apply(slopes, discriminator.trainable_variables)
    descend(tape, loss_of_g, generator, g_optimizer)
    return loss_of_g, loss_of_d

# %% wrong exercise="train_step" misconception="the discriminator's step moves the generator too: only the discriminator's weights"
def train_step(networks, optimizers, losses, reals, noises):
    generator, discriminator = networks
    g_optimizer, d_optimizer = optimizers
    g_loss, d_loss = losses
    for real, noise in zip(reals, noises):
        with tf.GradientTape(persistent=True) as tape:
            fake = generator(noise, training=True)
            loss_of_d = d_loss(discriminator(real, training=True), discriminator(fake, training=True))
        descend(tape, loss_of_d, generator, g_optimizer)
        descend(tape, loss_of_d, discriminator, d_optimizer)
    with tf.GradientTape() as tape:
        loss_of_g = g_loss(discriminator(generator(noise, training=True), training=True))
    descend(tape, loss_of_g, generator, g_optimizer)
    return loss_of_g, loss_of_d

# %% wrong exercise="train_step" misconception="the generator is judged by the discriminator of before its step: compute the logits again"
def train_step(networks, optimizers, losses, reals, noises):
    generator, discriminator = networks
    g_optimizer, d_optimizer = optimizers
    g_loss, d_loss = losses
    for real, noise in zip(reals, noises):
        with tf.GradientTape(persistent=True) as tape:
            fake = discriminator(generator(noise, training=True), training=True)
            loss_of_d = d_loss(discriminator(real, training=True), fake)
            loss_of_g = g_loss(fake)
        slopes = tape.gradient(loss_of_g, generator.trainable_variables)
        descend(tape, loss_of_d, discriminator, d_optimizer)
    g_optimizer.apply(slopes, generator.trainable_variables)
    return loss_of_g, loss_of_d

# %% wrong exercise="train_step" misconception="call both networks with training=True, every time"
def train_step(networks, optimizers, losses, reals, noises):
    generator, discriminator = networks
    g_optimizer, d_optimizer = optimizers
    g_loss, d_loss = losses
    for real, noise in zip(reals, noises):
        fake = generator(noise)
        with tf.GradientTape() as tape:
            loss_of_d = d_loss(discriminator(real), discriminator(fake))
        descend(tape, loss_of_d, discriminator, d_optimizer)
    with tf.GradientTape() as tape:
        loss_of_g = g_loss(discriminator(generator(noise)))
    descend(tape, loss_of_g, generator, g_optimizer)
    return loss_of_g, loss_of_d

# %% wrong exercise="train_step" misconception="call both networks with training=True, every time"
def train_step(networks, optimizers, losses, reals, noises):
    generator, discriminator = networks
    g_optimizer, d_optimizer = optimizers
    g_loss, d_loss = losses
    for real, noise in zip(reals, noises):
        fake = generator(noise)
        with tf.GradientTape() as tape:
            loss_of_d = d_loss(discriminator(real, training=True), discriminator(fake, training=True))
        descend(tape, loss_of_d, discriminator, d_optimizer)
    with tf.GradientTape() as tape:
        loss_of_g = g_loss(discriminator(generator(noise), training=True))
    descend(tape, loss_of_g, generator, g_optimizer)
    return loss_of_g, loss_of_d

# %% wrong exercise="train_step" misconception="real and made images are swapped: d_loss(real_logits, fake_logits)"
def train_step(networks, optimizers, losses, reals, noises):
    generator, discriminator = networks
    g_optimizer, d_optimizer = optimizers
    g_loss, d_loss = losses
    for real, noise in zip(reals, noises):
        fake = generator(noise, training=True)
        with tf.GradientTape() as tape:
            loss_of_d = d_loss(discriminator(fake, training=True), discriminator(real, training=True))
        descend(tape, loss_of_d, discriminator, d_optimizer)
    with tf.GradientTape() as tape:
        loss_of_g = g_loss(discriminator(generator(noise, training=True), training=True))
    descend(tape, loss_of_g, generator, g_optimizer)
    return loss_of_g, loss_of_d

# %% wrong exercise="train_step" misconception="only one pair is used: the discriminator takes a step for each"
def train_step(networks, optimizers, losses, reals, noises):
    generator, discriminator = networks
    g_optimizer, d_optimizer = optimizers
    g_loss, d_loss = losses
    for real, noise in [(reals[-1], noises[-1])]:
        fake = generator(noise, training=True)
        with tf.GradientTape() as tape:
            loss_of_d = d_loss(discriminator(real, training=True), discriminator(fake, training=True))
        descend(tape, loss_of_d, discriminator, d_optimizer)
    with tf.GradientTape() as tape:
        loss_of_g = g_loss(discriminator(generator(noise, training=True), training=True))
    descend(tape, loss_of_g, generator, g_optimizer)
    return loss_of_g, loss_of_d

# %% wrong exercise="train_step" misconception="the generator steps after every pair: once, after all of the discriminator's steps"
def train_step(networks, optimizers, losses, reals, noises):
    generator, discriminator = networks
    g_optimizer, d_optimizer = optimizers
    g_loss, d_loss = losses
    for real, noise in zip(reals, noises):
        fake = generator(noise, training=True)
        with tf.GradientTape() as tape:
            loss_of_d = d_loss(discriminator(real, training=True), discriminator(fake, training=True))
        descend(tape, loss_of_d, discriminator, d_optimizer)
        with tf.GradientTape() as tape:
            loss_of_g = g_loss(discriminator(generator(noise, training=True), training=True))
        descend(tape, loss_of_g, generator, g_optimizer)
    pass
    return loss_of_g, loss_of_d

# %% wrong exercise="train_step" misconception="the generator's images come from another noise than the last"
def train_step(networks, optimizers, losses, reals, noises):
    generator, discriminator = networks
    g_optimizer, d_optimizer = optimizers
    g_loss, d_loss = losses
    for real, noise in zip(reals, noises):
        fake = generator(noise, training=True)
        with tf.GradientTape() as tape:
            loss_of_d = d_loss(discriminator(real, training=True), discriminator(fake, training=True))
        descend(tape, loss_of_d, discriminator, d_optimizer)
    with tf.GradientTape() as tape:
        loss_of_g = g_loss(discriminator(generator(noises[0], training=True), training=True))
    descend(tape, loss_of_g, generator, g_optimizer)
    return loss_of_g, loss_of_d

# %% wrong exercise="train_step" misconception="the losses are returned in the wrong order: the generator's first"
def train_step(networks, optimizers, losses, reals, noises):
    generator, discriminator = networks
    g_optimizer, d_optimizer = optimizers
    g_loss, d_loss = losses
    for real, noise in zip(reals, noises):
        fake = generator(noise, training=True)
        with tf.GradientTape() as tape:
            loss_of_d = d_loss(discriminator(real, training=True), discriminator(fake, training=True))
        descend(tape, loss_of_d, discriminator, d_optimizer)
    with tf.GradientTape() as tape:
        loss_of_g = g_loss(discriminator(generator(noise, training=True), training=True))
    descend(tape, loss_of_g, generator, g_optimizer)
    return loss_of_d, loss_of_g

# %% wrong exercise="train_step" misconception="nothing is returned: end the function with `return ...`"
def train_step(networks, optimizers, losses, reals, noises):
    generator, discriminator = networks
    g_optimizer, d_optimizer = optimizers
    g_loss, d_loss = losses
    for real, noise in zip(reals, noises):
        fake = generator(noise, training=True)
        with tf.GradientTape() as tape:
            loss_of_d = d_loss(discriminator(real, training=True), discriminator(fake, training=True))
        descend(tape, loss_of_d, discriminator, d_optimizer)
    with tf.GradientTape() as tape:
        loss_of_g = g_loss(discriminator(generator(noise, training=True), training=True))
    descend(tape, loss_of_g, generator, g_optimizer)
    pass

# %% wrong exercise="train_step" misconception="the generator does not move: descend its loss"
def train_step(networks, optimizers, losses, reals, noises):
    generator, discriminator = networks
    g_optimizer, d_optimizer = optimizers
    g_loss, d_loss = losses
    for real, noise in zip(reals, noises):
        fake = generator(noise, training=True)
        with tf.GradientTape() as tape:
            loss_of_d = d_loss(discriminator(real, training=True), discriminator(fake, training=True))
        descend(tape, loss_of_d, discriminator, d_optimizer)
    with tf.GradientTape() as tape:
        loss_of_g = g_loss(discriminator(generator(noise, training=True), training=True))
    return loss_of_g, loss_of_d

# %% wrong exercise="train_step" misconception="the discriminator does not move: descend its loss"
def train_step(networks, optimizers, losses, reals, noises):
    generator, discriminator = networks
    g_optimizer, d_optimizer = optimizers
    g_loss, d_loss = losses
    for real, noise in zip(reals, noises):
        fake = generator(noise, training=True)
        with tf.GradientTape() as tape:
            loss_of_d = d_loss(discriminator(real, training=True), discriminator(fake, training=True))
    with tf.GradientTape() as tape:
        loss_of_g = g_loss(discriminator(generator(noise, training=True), training=True))
    descend(tape, loss_of_g, generator, g_optimizer)
    return loss_of_g, loss_of_d

# %% wrong exercise="train_step" misconception="use the losses that are handed over, d_loss and g_loss"
def train_step(networks, optimizers, losses, reals, noises):
    generator, discriminator = networks
    g_optimizer, d_optimizer = optimizers
    g_loss, d_loss = losses
    for real, noise in zip(reals, noises):
        fake = generator(noise, training=True)
        with tf.GradientTape() as tape:
            loss_of_d = discriminator_loss(discriminator(real, training=True), discriminator(fake, training=True))
        descend(tape, loss_of_d, discriminator, d_optimizer)
    with tf.GradientTape() as tape:
        loss_of_g = generator_loss(discriminator(generator(noise, training=True), training=True))
    descend(tape, loss_of_g, generator, g_optimizer)
    return loss_of_g, loss_of_d

# %% wrong exercise="train_step" misconception="use the losses that are handed over, d_loss and g_loss"
def train_step(networks, optimizers, losses, reals, noises):
    generator, discriminator = networks
    g_optimizer, d_optimizer = optimizers
    g_loss, d_loss = losses
    for real, noise in zip(reals, noises):
        fake = generator(noise, training=True)
        with tf.GradientTape() as tape:
            loss_of_d = d_loss(discriminator(real, training=True), discriminator(fake, training=True))
        descend(tape, loss_of_d, discriminator, d_optimizer)
    with tf.GradientTape() as tape:
        loss_of_g = generator_loss(discriminator(generator(noise, training=True), training=True))
    descend(tape, loss_of_g, generator, g_optimizer)
    return loss_of_g, loss_of_d

# %% wrong exercise="train_step" misconception="use the losses that are handed over, d_loss and g_loss"
def train_step(networks, optimizers, losses, reals, noises):
    generator, discriminator = networks
    g_optimizer, d_optimizer = optimizers
    g_loss, d_loss = losses
    for real, noise in zip(reals, noises):
        fake = generator(noise, training=True)
        with tf.GradientTape() as tape:
            loss_of_d = discriminator_loss(discriminator(real, training=True), discriminator(fake, training=True))
        descend(tape, loss_of_d, discriminator, d_optimizer)
    with tf.GradientTape() as tape:
        loss_of_g = g_loss(discriminator(generator(noise, training=True), training=True))
    descend(tape, loss_of_g, generator, g_optimizer)
    return loss_of_g, loss_of_d

# %% wrong exercise="train_step" misconception="nothing has a value yet then: no NumPy, no `.numpy()`, no change of the lists"
def train_step(networks, optimizers, losses, reals, noises):
    generator, discriminator = networks
    g_optimizer, d_optimizer = optimizers
    g_loss, d_loss = losses
    for real, noise in zip(reals, noises):
        fake = generator(noise, training=True)
        with tf.GradientTape() as tape:
            loss_of_d = d_loss(discriminator(real, training=True), discriminator(fake, training=True))
        descend(tape, loss_of_d, discriminator, d_optimizer)
    with tf.GradientTape() as tape:
        loss_of_g = g_loss(discriminator(generator(noise, training=True), training=True))
    descend(tape, loss_of_g, generator, g_optimizer)
    return np.array([loss_of_g, loss_of_d])

# %% wrong exercise="train_step" misconception="nothing has a value yet then: no NumPy, no `.numpy()`, no change of the lists"
def train_step(networks, optimizers, losses, reals, noises):
    generator, discriminator = networks
    g_optimizer, d_optimizer = optimizers
    g_loss, d_loss = losses
    for real, noise in zip(reals, noises):
        fake = generator(noise, training=True)
        with tf.GradientTape() as tape:
            loss_of_d = d_loss(discriminator(real, training=True), discriminator(fake, training=True))
        descend(tape, loss_of_d, discriminator, d_optimizer)
    with tf.GradientTape() as tape:
        loss_of_g = g_loss(discriminator(generator(noise, training=True), training=True))
    descend(tape, loss_of_g, generator, g_optimizer)
    return loss_of_g.numpy(), loss_of_d.numpy()

# %% wrong exercise="train_step" misconception="the generator's images must be made inside the tape, and judged there"
def train_step(networks, optimizers, losses, reals, noises):
    generator, discriminator = networks
    g_optimizer, d_optimizer = optimizers
    g_loss, d_loss = losses
    for real, noise in zip(reals, noises):
        fake = generator(noise, training=True)
        with tf.GradientTape() as tape:
            loss_of_d = d_loss(discriminator(real, training=True), discriminator(fake, training=True))
        descend(tape, loss_of_d, discriminator, d_optimizer)
    fake = generator(noise, training=True)
    with tf.GradientTape() as tape:
        loss_of_g = g_loss(discriminator(fake, training=True))
    descend(tape, loss_of_g, generator, g_optimizer)
    return loss_of_g, loss_of_d

# %% wrong exercise="train_step" misconception="the generator's images must be made inside the tape, and judged there"
def train_step(networks, optimizers, losses, reals, noises):
    generator, discriminator = networks
    g_optimizer, d_optimizer = optimizers
    g_loss, d_loss = losses
    for real, noise in zip(reals, noises):
        fake = generator(noise, training=True)
        with tf.GradientTape() as tape:
            loss_of_d = d_loss(discriminator(real, training=True), discriminator(fake, training=True))
        descend(tape, loss_of_d, discriminator, d_optimizer)
    logits = discriminator(generator(noise, training=True), training=True)
    with tf.GradientTape() as tape:
        loss_of_g = g_loss(logits)
    descend(tape, loss_of_g, generator, g_optimizer)
    return loss_of_g, loss_of_d

# %% wrong exercise="train_step" misconception="the discriminator's logits must be computed inside the tape"
def train_step(networks, optimizers, losses, reals, noises):
    generator, discriminator = networks
    g_optimizer, d_optimizer = optimizers
    g_loss, d_loss = losses
    for real, noise in zip(reals, noises):
        fake = discriminator(generator(noise, training=True), training=True)
        truth = discriminator(real, training=True)
        with tf.GradientTape() as tape:
            loss_of_d = d_loss(truth, fake)
        descend(tape, loss_of_d, discriminator, d_optimizer)
    with tf.GradientTape() as tape:
        loss_of_g = g_loss(discriminator(generator(noise, training=True), training=True))
    descend(tape, loss_of_g, generator, g_optimizer)
    return loss_of_g, loss_of_d

# %% wrong exercise="train_step" misconception="call both networks with training=True, every time"
def train_step(networks, optimizers, losses, reals, noises):
    generator, discriminator = networks
    g_optimizer, d_optimizer = optimizers
    g_loss, d_loss = losses
    for real, noise in zip(reals, noises):
        fake = generator(noise, training=True)
        with tf.GradientTape() as tape:
            loss_of_d = d_loss(discriminator(real), discriminator(fake, training=True))
        descend(tape, loss_of_d, discriminator, d_optimizer)
    with tf.GradientTape() as tape:
        loss_of_g = g_loss(discriminator(generator(noise, training=True), training=True))
    descend(tape, loss_of_g, generator, g_optimizer)
    return loss_of_g, loss_of_d

# %% wrong exercise="train_step" misconception="call both networks with training=True, every time"
def train_step(networks, optimizers, losses, reals, noises):
    generator, discriminator = networks
    g_optimizer, d_optimizer = optimizers
    g_loss, d_loss = losses
    for real, noise in zip(reals, noises):
        fake = generator(noise, training=True)
        with tf.GradientTape() as tape:
            loss_of_d = d_loss(discriminator(real, training=True), discriminator(fake))
        descend(tape, loss_of_d, discriminator, d_optimizer)
    with tf.GradientTape() as tape:
        loss_of_g = g_loss(discriminator(generator(noise, training=True), training=True))
    descend(tape, loss_of_g, generator, g_optimizer)
    return loss_of_g, loss_of_d

# %% wrong exercise="train_step" misconception="call both networks with training=True, every time"
def train_step(networks, optimizers, losses, reals, noises):
    generator, discriminator = networks
    g_optimizer, d_optimizer = optimizers
    g_loss, d_loss = losses
    for real, noise in zip(reals, noises):
        fake = generator(noise, training=True)
        with tf.GradientTape() as tape:
            loss_of_d = d_loss(discriminator(real, training=True), discriminator(fake, training=True))
        descend(tape, loss_of_d, discriminator, d_optimizer)
    with tf.GradientTape() as tape:
        loss_of_g = g_loss(discriminator(generator(noise), training=True))
    descend(tape, loss_of_g, generator, g_optimizer)
    return loss_of_g, loss_of_d

# %% wrong exercise="train_step" misconception="call both networks with training=True, every time"
def train_step(networks, optimizers, losses, reals, noises):
    generator, discriminator = networks
    g_optimizer, d_optimizer = optimizers
    g_loss, d_loss = losses
    for real, noise in zip(reals, noises):
        fake = generator(noise, training=True)
        with tf.GradientTape() as tape:
            loss_of_d = d_loss(discriminator(real, training=True), discriminator(fake, training=True))
        descend(tape, loss_of_d, discriminator, d_optimizer)
    with tf.GradientTape() as tape:
        loss_of_g = g_loss(discriminator(generator(noise, training=True)))
    descend(tape, loss_of_g, generator, g_optimizer)
    return loss_of_g, loss_of_d

# %% wrong exercise="train_step" misconception="the optimisers are swapped: g_optimizer is for the generator"
def train_step(networks, optimizers, losses, reals, noises):
    generator, discriminator = networks
    g_optimizer, d_optimizer = optimizers
    g_loss, d_loss = losses
    for real, noise in zip(reals, noises):
        fake = generator(noise, training=True)
        with tf.GradientTape() as tape:
            loss_of_d = d_loss(discriminator(real, training=True), discriminator(fake, training=True))
        descend(tape, loss_of_d, discriminator, g_optimizer)
    with tf.GradientTape() as tape:
        loss_of_g = g_loss(discriminator(generator(noise, training=True), training=True))
    descend(tape, loss_of_g, generator, d_optimizer)
    return loss_of_g, loss_of_d

# %% wrong exercise="train_step" misconception="one loss is returned: return both, the generator's first"
def train_step(networks, optimizers, losses, reals, noises):
    generator, discriminator = networks
    g_optimizer, d_optimizer = optimizers
    g_loss, d_loss = losses
    for real, noise in zip(reals, noises):
        fake = generator(noise, training=True)
        with tf.GradientTape() as tape:
            loss_of_d = d_loss(discriminator(real, training=True), discriminator(fake, training=True))
        descend(tape, loss_of_d, discriminator, d_optimizer)
    with tf.GradientTape() as tape:
        loss_of_g = g_loss(discriminator(generator(noise, training=True), training=True))
    descend(tape, loss_of_g, generator, g_optimizer)
    return loss_of_g

# %% wrong exercise="train_step" misconception="nothing has a value yet then: no NumPy, no `.numpy()`, no change of the lists"
def train_step(networks, optimizers, losses, reals, noises):
    generator, discriminator = networks
    g_optimizer, d_optimizer = optimizers
    g_loss, d_loss = losses
    while reals:
        real, noise = reals.pop(0), noises.pop(0)
        fake = generator(noise, training=True)
        with tf.GradientTape() as tape:
            loss_of_d = d_loss(discriminator(real, training=True), discriminator(fake, training=True))
        descend(tape, loss_of_d, discriminator, d_optimizer)
    with tf.GradientTape() as tape:
        loss_of_g = g_loss(discriminator(generator(noise, training=True), training=True))
    descend(tape, loss_of_g, generator, g_optimizer)
    return loss_of_g, loss_of_d

# %% wrong exercise="train_step" misconception="the generator steps first: its step comes after all of the discriminator's"
def train_step(networks, optimizers, losses, reals, noises):
    generator, discriminator = networks
    g_optimizer, d_optimizer = optimizers
    g_loss, d_loss = losses
    with tf.GradientTape() as tape:
        loss_of_g = g_loss(discriminator(generator(noises[-1], training=True), training=True))
    descend(tape, loss_of_g, generator, g_optimizer)
    for real, noise in zip(reals, noises):
        fake = generator(noise, training=True)
        with tf.GradientTape() as tape:
            loss_of_d = d_loss(discriminator(real, training=True), discriminator(fake, training=True))
        descend(tape, loss_of_d, discriminator, d_optimizer)
    return loss_of_g, loss_of_d

# %% right exercise="train_step" note="real and made images judged as one batch, losses in a list"
def train_step(networks, optimizers, losses, reals, noises):
    generator, discriminator = networks
    g_optimizer, d_optimizer = optimizers
    g_loss, d_loss = losses
    for real, noise in zip(reals, noises):
        fake = generator(noise, training=True)
        with tf.GradientTape() as tape:
            logits = discriminator(ops.concatenate([real, fake]), training=True)
            loss_of_d = d_loss(logits[:len(real)], logits[len(real):])
        descend(tape, loss_of_d, discriminator, d_optimizer)
    with tf.GradientTape() as tape:
        loss_of_g = g_loss(discriminator(generator(noise, training=True), training=True))
    descend(tape, loss_of_g, generator, g_optimizer)
    return [loss_of_g, loss_of_d]

# %% right exercise="train_step" note="float, which TensorFlow's AutoGraph turns into a cast"
def train_step(networks, optimizers, losses, reals, noises):
    generator, discriminator = networks
    g_optimizer, d_optimizer = optimizers
    g_loss, d_loss = losses
    for real, noise in zip(reals, noises):
        fake = generator(noise, training=True)
        with tf.GradientTape() as tape:
            loss_of_d = d_loss(discriminator(real, training=True), discriminator(fake, training=True))
        descend(tape, loss_of_d, discriminator, d_optimizer)
    with tf.GradientTape() as tape:
        loss_of_g = g_loss(discriminator(generator(noise, training=True), training=True))
    descend(tape, loss_of_g, generator, g_optimizer)
    return float(loss_of_g), float(loss_of_d)

# %% right exercise="train_step" note="fakes made inside the tape, gradients applied by hand"
def train_step(networks, optimizers, losses, reals, noises):
    generator, discriminator = networks
    g_optimizer, d_optimizer = optimizers
    g_loss, d_loss = losses
    for i in range(len(reals)):
        with tf.GradientTape() as tape:
            fake = discriminator(generator(noises[i], training=True), training=True)
            loss_of_d = d_loss(discriminator(reals[i], training=True), fake)
        slopes = tape.gradient(loss_of_d, discriminator.trainable_variables)
        d_optimizer.apply_gradients(zip(slopes, discriminator.trainable_variables))
    with tf.GradientTape() as tape:
        loss_of_g = g_loss(discriminator(generator(noises[-1], training=True), training=True))
    slopes = tape.gradient(loss_of_g, generator.trainable_variables)
    g_optimizer.apply_gradients(zip(slopes, generator.trainable_variables))
    return loss_of_g, loss_of_d

# %% right exercise="train_step" note="one outer tape keeps the last fakes for the generator"
def train_step(networks, optimizers, losses, reals, noises):
    generator, discriminator = networks
    g_optimizer, d_optimizer = optimizers
    g_loss, d_loss = losses
    with tf.GradientTape() as outer:
        for real, noise in zip(reals, noises):
            fake = generator(noise, training=True)
            with tf.GradientTape() as inner:
                loss_of_d = d_loss(discriminator(real, training=True), discriminator(tf.stop_gradient(fake), training=True))
            descend(inner, loss_of_d, discriminator, d_optimizer)
        loss_of_g = g_loss(discriminator(fake, training=True))
    descend(outer, loss_of_g, generator, g_optimizer)
    return [loss_of_g, loss_of_d]

# %% wrong exercise="mode_coverage" misconception="one stray sample covers a mode: ask for 2 % of the samples"
def mode_coverage(samples, centers, radius):
    near = np.linalg.norm(samples[:, None] - centers, axis=2) < radius
    return int(near.any(axis=0).sum()), near.any(axis=1).mean()

# %% wrong exercise="mode_coverage" misconception="the radius is ignored: each sample counts for its nearest center"
def mode_coverage(samples, centers, radius):
    nearest = np.linalg.norm(samples[:, None] - centers, axis=2).argmin(axis=1)
    return int(np.sum(np.bincount(nearest, minlength=len(centers)) >= 0.02 * len(samples))), 1.0

# %% wrong exercise="mode_coverage" misconception="the good samples are counted: divide by their number"
def mode_coverage(samples, centers, radius):
    near = np.linalg.norm(samples[:, None] - centers, axis=2) < radius
    return int(np.sum(near.mean(axis=0) >= 0.02)), int(near.any(axis=1).sum())

# %% wrong exercise="mode_coverage" misconception="the share of covered centers is returned: count them"
def mode_coverage(samples, centers, radius):
    near = np.linalg.norm(samples[:, None] - centers, axis=2) < radius
    return np.mean(near.mean(axis=0) >= 0.02), near.any(axis=1).mean()

# %% wrong exercise="mode_coverage" misconception="only samples of covered centers are good: any center will do"
def mode_coverage(samples, centers, radius):
    near = np.linalg.norm(samples[:, None] - centers, axis=2) < radius
    covered = near.mean(axis=0) >= 0.02
    return int(covered.sum()), near[:, covered].any(axis=1).mean()

# %% wrong exercise="mode_coverage" misconception="the two numbers are returned in the wrong order"
def mode_coverage(samples, centers, radius):
    near = np.linalg.norm(samples[:, None] - centers, axis=2) < radius
    return near.any(axis=1).mean(), int(np.sum(near.mean(axis=0) >= 0.02))

# %% wrong exercise="mode_coverage" misconception="distances are squared: compare them with radius, or with radius ** 2"
def mode_coverage(samples, centers, radius):
    near = ((samples[:, None] - centers) ** 2).sum(axis=2) < radius
    return int(np.sum(near.mean(axis=0) >= 0.02)), near.any(axis=1).mean()

# %% wrong exercise="mode_coverage" misconception="a sample near two centers is good once, not twice"
def mode_coverage(samples, centers, radius):
    near = np.linalg.norm(samples[:, None] - centers, axis=2) < radius
    return int(np.sum(near.mean(axis=0) >= 0.02)), near.mean(axis=0).sum()

# %% wrong exercise="mode_coverage" misconception="2 % itself is enough: at least, >="
def mode_coverage(samples, centers, radius):
    near = np.linalg.norm(samples[:, None] - centers, axis=2) < radius
    return int(np.sum(near.mean(axis=0) > 0.02)), near.any(axis=1).mean()

# %% wrong exercise="mode_coverage" misconception="this is a square around each center: take the distance, np.linalg.norm"
def mode_coverage(samples, centers, radius):
    near = np.all(np.abs(samples[:, None] - centers) < radius, axis=2)
    return int(np.sum(near.mean(axis=0) >= 0.02)), near.any(axis=1).mean()

# %% wrong exercise="mode_coverage" misconception="both differences are added up: take the straight distance, np.linalg.norm"
def mode_coverage(samples, centers, radius):
    near = np.abs(samples[:, None] - centers).sum(axis=2) < radius
    return int(np.sum(near.mean(axis=0) >= 0.02)), near.any(axis=1).mean()

# %% wrong exercise="mode_coverage" misconception="the share is rounded: return it as it is"
def mode_coverage(samples, centers, radius):
    near = np.linalg.norm(samples[:, None] - centers, axis=2) < radius
    return int(np.sum(near.mean(axis=0) >= 0.02)), round(near.any(axis=1).mean(), 3)

# %% wrong exercise="mode_coverage" misconception="an argument is changed: work on a copy"
def mode_coverage(samples, centers, radius):
    near = []
    for center in centers:
        samples -= center
        near.append(np.hypot(*samples.T) < radius)
        samples += center
    samples[:] = 0
    near = np.array(near).T
    return int(np.sum(near.mean(axis=0) >= 0.02)), near.any(axis=1).mean()

# %% right exercise="mode_coverage" note="loops over centers and samples"
def mode_coverage(samples, centers, radius):
    counts, good = [0] * len(centers), 0
    for x, y in samples:
        hits = [np.hypot(x - a, y - b) < radius for a, b in centers]
        counts = [count + hit for count, hit in zip(counts, hits)]
        good += any(hits)
    return sum(count >= 0.02 * len(samples) for count in counts), good / len(samples)

# %% right exercise="mode_coverage" note="SciPy's distances"
def mode_coverage(samples, centers, radius):
    from scipy.spatial.distance import cdist
    distances = cdist(centers, samples)
    counts = (distances < radius).sum(axis=1)
    return np.count_nonzero(counts / len(samples) >= 0.02), np.mean(distances.min(axis=0) < radius)

# %% wrong exercise="seeing_collapse" misconception="here it did rise, because D recognises the crowded clouds; but it rises wherever D gets stronger, with and without collapse: a loss tells of this duel alone"
seeing_collapse = "a"

# %% wrong exercise="seeing_collapse" misconception="that is a detective that wins; it happens with and without collapse"
seeing_collapse = "b"

# %% wrong exercise="seeing_collapse" misconception="the losses stand still in a healthy game too: at a draw nobody gets better"
seeing_collapse = "d"

# %% wrong exercise="seeing_collapse" misconception="the answer is not one letter in quotes, such as \"b\""
seeing_collapse = "c) many of its samples"

# %% wrong exercise="seeing_collapse" misconception="the answer is not one letter in quotes, such as \"b\""
seeing_collapse = ["c"]

# %% right exercise="seeing_collapse" note="upper case"
seeing_collapse = "C"

# %% right exercise="seeing_collapse" note="chosen from a text"
seeing_collapse = "abcd"[2]

# %% wrong exercise="why_haze" misconception="the generator never sees real points, with noise or without: all it gets are slopes"
why_haze = "a"

# %% wrong exercise="why_haze" misconception="the noise is only in what D sees; what the generator makes stays where it was"
why_haze = "c"

# %% wrong exercise="why_haze" misconception="a slow detective is still certain in the end: the clouds are apart, so it can be; in haze it cannot"
why_haze = "d"

# %% wrong exercise="why_haze" misconception="the answer is not one letter in quotes, such as \"b\""
why_haze = "b."

# %% wrong exercise="why_haze" misconception="the answer is not one letter in quotes, such as \"b\""
why_haze = 2

# %% right exercise="why_haze" note="upper case"
why_haze = "B"

# %% right exercise="why_haze" note="chosen from a text"
why_haze = "abcd"[1]

# %% wrong exercise="build_generator" misconception="the number of latent numbers is fixed: use the argument"
def build_generator(latent):
    return keras.Sequential([
        keras.Input((16,)),
        layers.Dense(7 * 7 * 64),
        layers.Reshape((7, 7, 64)),
        layers.BatchNormalization(), layers.ReLU(),
        layers.Conv2DTranspose(32, 4, strides=2, padding="same"),
        layers.BatchNormalization(), layers.ReLU(),
        layers.Conv2DTranspose(1, 4, strides=2, padding="same", activation="sigmoid"),
    ])

# %% wrong exercise="build_generator" misconception="both transposed convolutions need strides=2"
def build_generator(latent):
    return keras.Sequential([
        keras.Input((latent,)),
        layers.Dense(7 * 7 * 64),
        layers.Reshape((7, 7, 64)),
        layers.BatchNormalization(), layers.ReLU(),
        layers.Conv2DTranspose(32, 4, strides=2, padding="same"),
        layers.BatchNormalization(), layers.ReLU(),
        layers.Conv2DTranspose(1, 4, padding="same", activation="sigmoid"),
    ])

# %% wrong exercise="build_generator" misconception="the image is too large or too small at the border: padding=\"same\""
def build_generator(latent):
    return keras.Sequential([
        keras.Input((latent,)),
        layers.Dense(7 * 7 * 64),
        layers.Reshape((7, 7, 64)),
        layers.BatchNormalization(), layers.ReLU(),
        layers.Conv2DTranspose(32, 4, strides=2),
        layers.BatchNormalization(), layers.ReLU(),
        layers.Conv2DTranspose(1, 4, strides=2, activation="sigmoid"),
    ])

# %% wrong exercise="build_generator" misconception="the sigmoid at the end is missing"
def build_generator(latent):
    return keras.Sequential([
        keras.Input((latent,)),
        layers.Dense(7 * 7 * 64),
        layers.Reshape((7, 7, 64)),
        layers.BatchNormalization(), layers.ReLU(),
        layers.Conv2DTranspose(32, 4, strides=2, padding="same"),
        layers.BatchNormalization(), layers.ReLU(),
        layers.Conv2DTranspose(1, 4, strides=2, padding="same"),
    ])

# %% wrong exercise="build_generator" misconception="the pixels run from -1 to 1: sigmoid, not tanh"
def build_generator(latent):
    return keras.Sequential([
        keras.Input((latent,)),
        layers.Dense(7 * 7 * 64),
        layers.Reshape((7, 7, 64)),
        layers.BatchNormalization(), layers.ReLU(),
        layers.Conv2DTranspose(32, 4, strides=2, padding="same"),
        layers.BatchNormalization(), layers.ReLU(),
        layers.Conv2DTranspose(1, 4, strides=2, padding="same", activation="tanh"),
    ])

# %% wrong exercise="build_generator" misconception="batch normalisation is missing"
def build_generator(latent):
    return keras.Sequential([
        keras.Input((latent,)),
        layers.Dense(7 * 7 * 64),
        layers.Reshape((7, 7, 64)),
        layers.ReLU(),
        layers.Conv2DTranspose(32, 4, strides=2, padding="same"),
        layers.ReLU(),
        layers.Conv2DTranspose(1, 4, strides=2, padding="same", activation="sigmoid"),
    ])

# %% wrong exercise="build_generator" misconception="batch norm comes after the Reshape: one pair of numbers a channel"
def build_generator(latent):
    return keras.Sequential([
        keras.Input((latent,)),
        layers.Dense(7 * 7 * 64), layers.BatchNormalization(), layers.ReLU(),
        layers.Reshape((7, 7, 64)),
        
        layers.Conv2DTranspose(32, 4, strides=2, padding="same"),
        layers.BatchNormalization(), layers.ReLU(),
        layers.Conv2DTranspose(1, 4, strides=2, padding="same", activation="sigmoid"),
    ])

# %% wrong exercise="build_generator" misconception="the ReLUs are missing"
def build_generator(latent):
    return keras.Sequential([
        keras.Input((latent,)),
        layers.Dense(7 * 7 * 64),
        layers.Reshape((7, 7, 64)),
        layers.BatchNormalization(),
        layers.Conv2DTranspose(32, 4, strides=2, padding="same"),
        layers.BatchNormalization(),
        layers.Conv2DTranspose(1, 4, strides=2, padding="same", activation="sigmoid"),
    ])

# %% wrong exercise="build_generator" misconception="the ReLUs leak: that is for the discriminator"
def build_generator(latent):
    return keras.Sequential([
        keras.Input((latent,)),
        layers.Dense(7 * 7 * 64),
        layers.Reshape((7, 7, 64)),
        layers.BatchNormalization(), layers.LeakyReLU(negative_slope=0.2),
        layers.Conv2DTranspose(32, 4, strides=2, padding="same"),
        layers.BatchNormalization(), layers.LeakyReLU(negative_slope=0.2),
        layers.Conv2DTranspose(1, 4, strides=2, padding="same", activation="sigmoid"),
    ])

# %% wrong exercise="build_generator" misconception="the input is not declared: begin with keras.Input((latent,))"
def build_generator(latent):
    return keras.Sequential([
        
        layers.Dense(7 * 7 * 64),
        layers.Reshape((7, 7, 64)),
        layers.BatchNormalization(), layers.ReLU(),
        layers.Conv2DTranspose(32, 4, strides=2, padding="same"),
        layers.BatchNormalization(), layers.ReLU(),
        layers.Conv2DTranspose(1, 4, strides=2, padding="same", activation="sigmoid"),
    ])

# %% wrong exercise="build_generator" misconception="the kernels have 4 x 4 pixels"
def build_generator(latent):
    return keras.Sequential([
        keras.Input((latent,)),
        layers.Dense(7 * 7 * 64),
        layers.Reshape((7, 7, 64)),
        layers.BatchNormalization(), layers.ReLU(),
        layers.Conv2DTranspose(32, 3, strides=2, padding="same"),
        layers.BatchNormalization(), layers.ReLU(),
        layers.Conv2DTranspose(1, 3, strides=2, padding="same", activation="sigmoid"),
    ])

# %% wrong exercise="build_generator" misconception="the first transposed convolution has 32 filters"
def build_generator(latent):
    return keras.Sequential([
        keras.Input((latent,)),
        layers.Dense(7 * 7 * 64),
        layers.Reshape((7, 7, 64)),
        layers.BatchNormalization(), layers.ReLU(),
        layers.Conv2DTranspose(64, 4, strides=2, padding="same"),
        layers.BatchNormalization(), layers.ReLU(),
        layers.Conv2DTranspose(1, 4, strides=2, padding="same", activation="sigmoid"),
    ])

# %% wrong exercise="build_generator" misconception="batch norm comes first, then the ReLU"
def build_generator(latent):
    return keras.Sequential([
        keras.Input((latent,)),
        layers.Dense(7 * 7 * 64, activation="relu"),
        layers.Reshape((7, 7, 64)),
        layers.BatchNormalization(),
        layers.Conv2DTranspose(32, 4, strides=2, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.Conv2DTranspose(1, 4, strides=2, padding="same", activation="sigmoid"),
    ])

# %% wrong exercise="build_generator" misconception="batch norm comes first, then the ReLU"
def build_generator(latent):
    return keras.Sequential([
        keras.Input((latent,)),
        layers.Dense(7 * 7 * 64),
        layers.Reshape((7, 7, 64)),
        layers.ReLU(), layers.BatchNormalization(),
        layers.Conv2DTranspose(32, 4, strides=2, padding="same"),
        layers.ReLU(), layers.BatchNormalization(),
        layers.Conv2DTranspose(1, 4, strides=2, padding="same", activation="sigmoid"),
    ])

# %% wrong exercise="build_generator" misconception="the first ReLU is missing: one after each batch norm"
def build_generator(latent):
    return keras.Sequential([
        keras.Input((latent,)),
        layers.Dense(7 * 7 * 64),
        layers.Reshape((7, 7, 64)),
        layers.BatchNormalization(), 
        layers.Conv2DTranspose(32, 4, strides=2, padding="same"),
        layers.BatchNormalization(), layers.ReLU(),
        layers.Conv2DTranspose(1, 4, strides=2, padding="same", activation="sigmoid"),
    ])

# %% wrong exercise="build_generator" misconception="the second ReLU is missing: one after each batch norm"
def build_generator(latent):
    return keras.Sequential([
        keras.Input((latent,)),
        layers.Dense(7 * 7 * 64),
        layers.Reshape((7, 7, 64)),
        layers.BatchNormalization(), layers.ReLU(),
        layers.Conv2DTranspose(32, 4, strides=2, padding="same"),
        layers.BatchNormalization(), 
        layers.Conv2DTranspose(1, 4, strides=2, padding="same", activation="sigmoid"),
    ])

# %% wrong exercise="build_generator" misconception="Conv2D is no Conv2DTranspose: that one makes the image larger by its strides"
def build_generator(latent):
    return keras.Sequential([
        keras.Input((latent,)),
        layers.Dense(7 * 7 * 64),
        layers.Reshape((7, 7, 64)),
        layers.BatchNormalization(), layers.ReLU(),
        layers.UpSampling2D(), layers.Conv2D(32, 4, padding="same"),
        layers.BatchNormalization(), layers.ReLU(),
        layers.UpSampling2D(), layers.Conv2D(1, 4, padding="same", activation="sigmoid"),
    ])

# %% wrong exercise="build_generator" misconception="Conv2D is no Conv2DTranspose: that one makes the image larger by its strides"
def build_generator(latent):
    return keras.Sequential([
        keras.Input((latent,)),
        layers.Dense(7 * 7 * 64),
        layers.Reshape((7, 7, 64)),
        layers.BatchNormalization(), layers.ReLU(),
        layers.Conv2DTranspose(32, 4, strides=2, padding="same"),
        layers.BatchNormalization(), layers.ReLU(),
        layers.UpSampling2D(), layers.Conv2D(1, 4, padding="same", activation="sigmoid"),
    ])

# %% wrong exercise="build_generator" misconception="a layer too many acts in training only: leave out Dropout and noise"
def build_generator(latent):
    return keras.Sequential([
        keras.Input((latent,)),
        layers.Dense(7 * 7 * 64),
        layers.Reshape((7, 7, 64)),
        layers.BatchNormalization(), layers.ReLU(), layers.Dropout(0.3),
        layers.Conv2DTranspose(32, 4, strides=2, padding="same"),
        layers.BatchNormalization(), layers.ReLU(), layers.Dropout(0.3),
        layers.Conv2DTranspose(1, 4, strides=2, padding="same", activation="sigmoid"),
    ])

# %% right exercise="build_generator" note="functional, without biases before the norms"
def build_generator(latent):
    inputs = keras.Input((latent,))
    x = layers.Reshape((7, 7, 64))(layers.Dense(7 * 7 * 64, use_bias=False)(inputs))
    x = layers.Activation("relu")(layers.BatchNormalization()(x))
    x = layers.Conv2DTranspose(32, 4, strides=2, padding="same", use_bias=False)(x)
    x = layers.Activation("relu")(layers.BatchNormalization()(x))
    return keras.Model(inputs, layers.Conv2DTranspose(1, 4, strides=2, padding="same", activation="sigmoid")(x))

# %% right exercise="build_generator" note="a list of layers, the sigmoid in the last one"
def build_generator(latent):
    return keras.Sequential([
        keras.Input((latent,)),
        layers.Dense(7 * 7 * 64),
        layers.Reshape((7, 7, 64)),
        layers.BatchNormalization(), layers.ReLU(),
        layers.Conv2DTranspose(32, 4, strides=2, padding="same"),
        layers.BatchNormalization(), layers.ReLU(),
        layers.Conv2DTranspose(1, 4, strides=2, padding="same", activation="sigmoid"),
    ])

# %% wrong exercise="build_discriminator" misconception="there is an activation at the end: our losses expect logits"
def build_discriminator():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 4, strides=2, padding="same"),
        layers.LeakyReLU(negative_slope=0.2),
        layers.Conv2D(64, 4, strides=2, padding="same"),
        layers.LeakyReLU(negative_slope=0.2),
        layers.Flatten(),
        layers.Dense(1, activation="sigmoid"),
    ])

# %% wrong exercise="build_discriminator" misconception="both convolutions need strides=2"
def build_discriminator():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 4, padding="same"),
        layers.LeakyReLU(negative_slope=0.2),
        layers.Conv2D(64, 4, padding="same"),
        layers.LeakyReLU(negative_slope=0.2),
        layers.Flatten(),
        layers.Dense(1),
    ])

# %% wrong exercise="build_discriminator" misconception="the convolutions cut the border off: padding=\"same\""
def build_discriminator():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 4, strides=2),
        layers.LeakyReLU(negative_slope=0.2),
        layers.Conv2D(64, 4, strides=2),
        layers.LeakyReLU(negative_slope=0.2),
        layers.Flatten(),
        layers.Dense(1),
    ])

# %% wrong exercise="build_discriminator" misconception="the ReLUs do not leak: LeakyReLU(negative_slope=0.2)"
def build_discriminator():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 4, strides=2, padding="same"),
        layers.ReLU(),
        layers.Conv2D(64, 4, strides=2, padding="same"),
        layers.ReLU(),
        layers.Flatten(),
        layers.Dense(1),
    ])

# %% wrong exercise="build_discriminator" misconception="the leak is not 0.2"
def build_discriminator():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 4, strides=2, padding="same"),
        layers.LeakyReLU(),
        layers.Conv2D(64, 4, strides=2, padding="same"),
        layers.LeakyReLU(),
        layers.Flatten(),
        layers.Dense(1),
    ])

# %% wrong exercise="build_discriminator" misconception="the activations are missing: LeakyReLU after each convolution"
def build_discriminator():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 4, strides=2, padding="same"),
        
        layers.Conv2D(64, 4, strides=2, padding="same"),
        
        layers.Flatten(),
        layers.Dense(1),
    ])

# %% wrong exercise="build_discriminator" misconception="the second LeakyReLU is missing"
def build_discriminator():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 4, strides=2, padding="same"),
        layers.LeakyReLU(negative_slope=0.2),
        layers.Conv2D(64, 4, strides=2, padding="same"),
        
        layers.Flatten(),
        layers.Dense(1),
    ])

# %% wrong exercise="build_discriminator" misconception="the maps are not flattened before the dense layer"
def build_discriminator():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 4, strides=2, padding="same"),
        layers.LeakyReLU(negative_slope=0.2),
        layers.Conv2D(64, 4, strides=2, padding="same"),
        layers.LeakyReLU(negative_slope=0.2),
        
        layers.Dense(1),
    ])

# %% wrong exercise="build_discriminator" misconception="the kernels have 4 x 4 pixels"
def build_discriminator():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 3, strides=2, padding="same"),
        layers.LeakyReLU(negative_slope=0.2),
        layers.Conv2D(64, 3, strides=2, padding="same"),
        layers.LeakyReLU(negative_slope=0.2),
        layers.Flatten(),
        layers.Dense(1),
    ])

# %% wrong exercise="build_discriminator" misconception="32 filters first, then 64"
def build_discriminator():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(64, 4, strides=2, padding="same"),
        layers.LeakyReLU(negative_slope=0.2),
        layers.Conv2D(32, 4, strides=2, padding="same"),
        layers.LeakyReLU(negative_slope=0.2),
        layers.Flatten(),
        layers.Dense(1),
    ])

# %% wrong exercise="build_discriminator" misconception="one logit is enough: Dense(1)"
def build_discriminator():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 4, strides=2, padding="same"),
        layers.LeakyReLU(negative_slope=0.2),
        layers.Conv2D(64, 4, strides=2, padding="same"),
        layers.LeakyReLU(negative_slope=0.2),
        layers.Flatten(),
        layers.Dense(2),
    ])

# %% wrong exercise="build_discriminator" misconception="there is no batch norm in this discriminator"
def build_discriminator():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 4, strides=2, padding="same"),
        layers.BatchNormalization(), layers.LeakyReLU(negative_slope=0.2),
        layers.Conv2D(64, 4, strides=2, padding="same"),
        layers.BatchNormalization(), layers.LeakyReLU(negative_slope=0.2),
        layers.Flatten(),
        layers.Dense(1),
    ])

# %% wrong exercise="build_discriminator" misconception="the maps are averaged: Flatten keeps where something is"
def build_discriminator():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 4, strides=2, padding="same"),
        layers.LeakyReLU(negative_slope=0.2),
        layers.Conv2D(64, 4, strides=2, padding="same"),
        layers.LeakyReLU(negative_slope=0.2),
        layers.GlobalAveragePooling2D(),
        layers.Dense(1),
    ])

# %% wrong exercise="build_discriminator" misconception="the first LeakyReLU is missing"
def build_discriminator():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 4, strides=2, padding="same"),
        layers.Conv2D(64, 4, strides=2, padding="same"),
        layers.LeakyReLU(negative_slope=0.2),
        layers.Flatten(),
        layers.Dense(1),
    ])

# %% wrong exercise="build_discriminator" misconception="there is an activation at the end: our losses expect logits"
def build_discriminator():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 4, strides=2, padding="same"),
        layers.LeakyReLU(negative_slope=0.2),
        layers.Conv2D(64, 4, strides=2, padding="same"),
        layers.LeakyReLU(negative_slope=0.2),
        layers.Flatten(),
        layers.Dense(1, activation="relu"),
    ])

# %% wrong exercise="build_discriminator" misconception="a layer too many acts in training only: leave out Dropout and noise"
def build_discriminator():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 4, strides=2, padding="same"),
        layers.LeakyReLU(negative_slope=0.2), layers.Dropout(0.3),
        layers.Conv2D(64, 4, strides=2, padding="same"),
        layers.LeakyReLU(negative_slope=0.2), layers.Dropout(0.3),
        layers.Flatten(),
        layers.Dense(1),
    ])

# %% wrong exercise="build_discriminator" misconception="a layer too many acts in training only: leave out Dropout and noise"
def build_discriminator():
    return keras.Sequential([
        keras.Input((28, 28, 1)), layers.GaussianNoise(0.1),
        layers.Conv2D(32, 4, strides=2, padding="same"),
        layers.LeakyReLU(negative_slope=0.2),
        layers.Conv2D(64, 4, strides=2, padding="same"),
        layers.LeakyReLU(negative_slope=0.2),
        layers.Flatten(),
        layers.Dense(1),
    ])

# %% right exercise="build_discriminator" note="functional"
def build_discriminator():
    inputs = keras.Input(shape=(28, 28, 1))
    x = layers.LeakyReLU(negative_slope=0.2)(layers.Conv2D(32, (4, 4), strides=(2, 2), padding="same")(inputs))
    x = layers.LeakyReLU(negative_slope=0.2)(layers.Conv2D(64, (4, 4), strides=(2, 2), padding="same")(x))
    return keras.Model(inputs, layers.Dense(1)(layers.Flatten()(x)))

# %% right exercise="build_discriminator" note="reshaped instead of flattened, leak by name"
def build_discriminator():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 4, strides=2, padding="same"),
        layers.Activation("leaky_relu"),
        layers.Conv2D(64, 4, strides=2, padding="same"),
        layers.Activation("leaky_relu"),
        layers.Reshape((3136,)),
        layers.Dense(1),
    ])

# %% wrong exercise="sample_quality" misconception="a class named once is covered: ask for 2 % of the images"
def sample_quality(classifier, images):
    probs = np.asarray(classifier(images))
    return probs.max(axis=1).mean(), len(np.unique(probs.argmax(axis=1)))

# %% wrong exercise="sample_quality" misconception="every class counts that has some probability: only the largest names"
def sample_quality(classifier, images):
    probs = np.asarray(classifier(images))
    return probs.max(axis=1).mean(), int(np.sum(probs.max(axis=0) > 0.02))

# %% wrong exercise="sample_quality" misconception="all probabilities are averaged: the largest of each image"
def sample_quality(classifier, images):
    probs = np.asarray(classifier(images))
    counts = np.bincount(probs.argmax(axis=1), minlength=probs.shape[1])
    return probs.mean(), int(np.sum(counts >= 0.02 * len(images)))

# %% wrong exercise="sample_quality" misconception="the largest is taken over the images: over the classes, axis=1"
def sample_quality(classifier, images):
    probs = np.asarray(classifier(images))
    counts = np.bincount(probs.argmax(axis=1), minlength=probs.shape[1])
    return probs.max(axis=0).mean(), int(np.sum(counts >= 0.02 * len(images)))

# %% wrong exercise="sample_quality" misconception="the share of classes is returned: count them"
def sample_quality(classifier, images):
    probs = np.asarray(classifier(images))
    counts = np.bincount(probs.argmax(axis=1), minlength=probs.shape[1])
    return probs.max(axis=1).mean(), np.mean(counts >= 0.02 * len(images))

# %% wrong exercise="sample_quality" misconception="the two numbers are returned in the wrong order"
def sample_quality(classifier, images):
    probs = np.asarray(classifier(images))
    counts = np.bincount(probs.argmax(axis=1), minlength=probs.shape[1])
    return int(np.sum(counts >= 0.02 * len(images))), probs.max(axis=1).mean()

# %% wrong exercise="sample_quality" misconception="there is one confidence for each image: take the mean"
def sample_quality(classifier, images):
    probs = np.asarray(classifier(images))
    counts = np.bincount(probs.argmax(axis=1), minlength=probs.shape[1])
    return probs.max(axis=1), int(np.sum(counts >= 0.02 * len(images)))

# %% wrong exercise="sample_quality" misconception="the least confident image is taken: the mean over all"
def sample_quality(classifier, images):
    probs = np.asarray(classifier(images))
    counts = np.bincount(probs.argmax(axis=1), minlength=probs.shape[1])
    return probs.max(axis=1).min(), int(np.sum(counts >= 0.02 * len(images)))

# %% wrong exercise="sample_quality" misconception="2 % itself is enough: at least, >="
def sample_quality(classifier, images):
    probs = np.asarray(classifier(images))
    counts = np.bincount(probs.argmax(axis=1), minlength=probs.shape[1])
    return probs.max(axis=1).mean(), int(np.sum(counts > 0.02 * len(images)))

# %% right exercise="sample_quality" note="predict, and a loop over the classes"
def sample_quality(classifier, images):
    probs = classifier.predict(images, verbose=0)
    named = np.argmax(probs, axis=-1)
    often = [k for k in range(probs.shape[-1]) if np.mean(named == k) >= 0.02]
    return float(np.mean(np.max(probs, axis=-1))), len(often)

# %% right exercise="sample_quality" note="tensors all the way"
def sample_quality(classifier, images):
    probs = classifier(images)
    named = ops.one_hot(ops.argmax(probs, axis=1), probs.shape[1])
    return ops.mean(ops.max(probs, axis=1)), ops.sum(ops.cast(ops.mean(named, axis=0) > 0.01999, "int32"))

# %% wrong exercise="confident_noise" misconception="it names 97.5 % of unseen digits right; nothing in its training was ever 'not a digit'"
confident_noise = "a"

# %% wrong exercise="confident_noise" misconception="nearly all of it is named the same digit: that is a habit of the network, not a find"
confident_noise = "b"

# %% wrong exercise="confident_noise" misconception="longer training makes a softmax more confident, not less"
confident_noise = "d"

# %% wrong exercise="confident_noise" misconception="the answer is not one letter in quotes, such as \"b\""
confident_noise = "c) confidence alone"

# %% wrong exercise="confident_noise" misconception="the answer is not one letter in quotes, such as \"b\""
confident_noise = 3

# %% right exercise="confident_noise" note="upper case"
confident_noise = "C"

# %% right exercise="confident_noise" note="chosen from a text"
confident_noise = "abcd"[2]

# %% wrong exercise="frechet_distance" misconception="the distance of the means is not squared"
def frechet_distance(a, b):
    cov_a, cov_b = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    roots = np.sqrt(np.linalg.eigvals(cov_a @ cov_b).real.clip(0)).sum()
    shift = np.linalg.norm(a.mean(axis=0) - b.mean(axis=0))
    return shift + np.trace(cov_a) + np.trace(cov_b) - 2 * roots

# %% wrong exercise="frechet_distance" misconception="only the means are compared: add the trace"
def frechet_distance(a, b):
    cov_a, cov_b = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    roots = np.sqrt(np.linalg.eigvals(cov_a @ cov_b).real.clip(0)).sum()
    shift = np.sum((a.mean(axis=0) - b.mean(axis=0)) ** 2)
    return shift

# %% wrong exercise="frechet_distance" misconception="the means are left out"
def frechet_distance(a, b):
    cov_a, cov_b = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    roots = np.sqrt(np.linalg.eigvals(cov_a @ cov_b).real.clip(0)).sum()
    shift = 0
    return shift + np.trace(cov_a) + np.trace(cov_b) - 2 * roots

# %% wrong exercise="frechet_distance" misconception="the factor 2 before the square root is missing"
def frechet_distance(a, b):
    cov_a, cov_b = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    roots = np.sqrt(np.linalg.eigvals(cov_a @ cov_b).real.clip(0)).sum()
    shift = np.sum((a.mean(axis=0) - b.mean(axis=0)) ** 2)
    return shift + np.trace(cov_a) + np.trace(cov_b) - roots

# %% wrong exercise="frechet_distance" misconception="the square root is missing: of the eigenvalues"
def frechet_distance(a, b):
    cov_a, cov_b = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    roots = np.linalg.eigvals(cov_a @ cov_b).real.sum()
    shift = np.sum((a.mean(axis=0) - b.mean(axis=0)) ** 2)
    return shift + np.trace(cov_a) + np.trace(cov_b) - 2 * roots

# %% wrong exercise="frechet_distance" misconception="the last term must be subtracted"
def frechet_distance(a, b):
    cov_a, cov_b = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    roots = np.sqrt(np.linalg.eigvals(cov_a @ cov_b).real.clip(0)).sum()
    shift = np.sum((a.mean(axis=0) - b.mean(axis=0)) ** 2)
    return shift + np.trace(cov_a) + np.trace(cov_b) + 2 * roots

# %% wrong exercise="frechet_distance" misconception="the means are averaged over the features too: axis=0"
def frechet_distance(a, b):
    cov_a, cov_b = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    roots = np.sqrt(np.linalg.eigvals(cov_a @ cov_b).real.clip(0)).sum()
    shift = (a.mean() - b.mean()) ** 2
    return shift + np.trace(cov_a) + np.trace(cov_b) - 2 * roots

# %% wrong exercise="frechet_distance" misconception="* multiplies number by number: the matrix product is @"
def frechet_distance(a, b):
    cov_a, cov_b = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    roots = np.sqrt(np.linalg.eigvals(cov_a * cov_b).real.clip(0)).sum()
    shift = np.sum((a.mean(axis=0) - b.mean(axis=0)) ** 2)
    return shift + np.trace(cov_a) + np.trace(cov_b) - 2 * roots

# %% wrong exercise="frechet_distance" misconception="only the spreads are compared: the features depend on each other"
def frechet_distance(a, b):
    cov_a, cov_b = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    roots = np.sqrt(np.linalg.eigvals(cov_a @ cov_b).real.clip(0)).sum()
    shift = np.sum((a.mean(axis=0) - b.mean(axis=0)) ** 2)
    return shift + np.sum((a.std(axis=0, ddof=1) - b.std(axis=0, ddof=1)) ** 2)

# %% wrong exercise="frechet_distance" misconception="np.sqrt is no matrix root: take the eigenvalues of the product"
def frechet_distance(a, b):
    cov_a, cov_b = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    roots = np.trace(np.sqrt((cov_a @ cov_b).clip(0)))
    shift = np.sum((a.mean(axis=0) - b.mean(axis=0)) ** 2)
    return shift + np.trace(cov_a) + np.trace(cov_b) - 2 * roots

# %% wrong exercise="frechet_distance" misconception="the roots of both are taken apart: of the eigenvalues of the product"
def frechet_distance(a, b):
    cov_a, cov_b = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    roots = np.sqrt(np.linalg.eigvalsh(cov_a) * np.linalg.eigvalsh(cov_b)).sum()
    shift = np.sum((a.mean(axis=0) - b.mean(axis=0)) ** 2)
    return shift + np.trace(cov_a) + np.trace(cov_b) - 2 * roots

# %% wrong exercise="frechet_distance" misconception="the square root of a negative number: take .real and .clip(0) first"
def frechet_distance(a, b):
    cov_a, cov_b = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    roots = np.sqrt(np.linalg.eigvals(cov_a @ cov_b).real).sum()
    shift = np.sum((a.mean(axis=0) - b.mean(axis=0)) ** 2)
    return shift + np.trace(cov_a) + np.trace(cov_b) - 2 * roots

# %% wrong exercise="frechet_distance" misconception="the square root of a negative number: take .real and .clip(0) first"
def frechet_distance(a, b):
    cov_a, cov_b = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    roots = np.sqrt(np.linalg.eigvals(cov_a @ cov_b)).sum()
    shift = np.sum((a.mean(axis=0) - b.mean(axis=0)) ** 2)
    return shift + np.trace(cov_a) + np.trace(cov_b) - 2 * roots

# %% wrong exercise="frechet_distance" misconception="an argument is changed: work on a copy"
def frechet_distance(a, b):
    m1, m2 = a.mean(axis=0), b.mean(axis=0)
    a -= m1
    b -= m2
    shift = np.sum((m1 - m2) ** 2)
    cov_a, cov_b = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    roots = np.sqrt(np.linalg.eigvals(cov_a @ cov_b).real.clip(0)).sum()
    return shift + np.trace(cov_a) + np.trace(cov_b) - 2 * roots

# %% wrong exercise="frechet_distance" misconception="the covariance is divided by n: np.cov divides by n - 1"
def frechet_distance(a, b):
    cov_a, cov_b = np.cov(a.T, bias=True), np.cov(b.T, bias=True)
    roots = np.sqrt(np.linalg.eigvals(cov_a @ cov_b).real.clip(0)).sum()
    shift = np.sum((a.mean(axis=0) - b.mean(axis=0)) ** 2)
    return shift + np.trace(cov_a) + np.trace(cov_b) - 2 * roots

# %% wrong exercise="frechet_distance" misconception="there is a root of the whole: return d as the formula has it"
def frechet_distance(a, b):
    cov_a, cov_b = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    roots = np.sqrt(np.linalg.eigvals(cov_a @ cov_b).real.clip(0)).sum()
    shift = np.sum((a.mean(axis=0) - b.mean(axis=0)) ** 2)
    return np.sqrt(shift + np.trace(cov_a) + np.trace(cov_b) - 2 * roots)

# %% wrong exercise="frechet_distance" misconception="np.cov takes rows for features: set rowvar=False"
def frechet_distance(a, b):
    cov_a, cov_b = np.cov(a), np.cov(b)
    roots = np.sqrt(np.linalg.eigvals(cov_a @ cov_b).real.clip(0)).sum()
    shift = np.sum((a.mean(axis=0) - b.mean(axis=0)) ** 2)
    return shift + np.trace(cov_a) + np.trace(cov_b) - 2 * roots

# %% right exercise="frechet_distance" note="SciPy's matrix root"
def frechet_distance(a, b):
    from scipy.linalg import sqrtm
    cov_a, cov_b = np.cov(a.T), np.cov(b.T)
    roots = np.real(sqrtm(cov_a @ cov_b + 1e-14 * np.eye(len(cov_a))))
    return np.square(a.mean(0) - b.mean(0)).sum() + np.trace(cov_a + cov_b - 2 * roots)

# %% right exercise="frechet_distance" note="singular values of the centered features"
def frechet_distance(a, b):
    one, two = a - a.mean(axis=0), b - b.mean(axis=0)
    one, two = one / np.sqrt(len(a) - 1), two / np.sqrt(len(b) - 1)
    nuclear = np.linalg.svd(one @ two.T, compute_uv=False).sum()
    shift = a.mean(axis=0) - b.mean(axis=0)
    return shift @ shift + (one**2).sum() + (two**2).sum() - 2 * nuclear
