# %% wrong exercise="trust" misconception="new animals, but the same habit of standing in snow: a detector of snow passes too"
trust = "a"

# %% wrong exercise="trust" misconception="a shortcut that holds in the test set as well is no overfitting, and still not the true cause"
trust = "b"

# %% wrong exercise="trust" misconception="it does tell how often the network is right on pictures of this kind"
trust = "d"

# %% wrong exercise="trust" misconception="the answer is not one letter in quotes, such as \"b\""
trust = "c) this one"

# %% wrong exercise="trust" misconception="the answer is not one letter in quotes, such as \"b\""
trust = 2

# %% right exercise="trust" note="upper case"
trust = "C"

# %% right exercise="trust" note="spaces around the letter"
trust = " c "

# %% wrong exercise="perturbation_saliency" misconception="the change is divided by delta: up and down lie 2 delta apart"
def perturbation_saliency(model, image, label, deltas):
    saliency = np.zeros(image.shape)
    for place in np.ndindex(*image.shape):
        for delta in deltas:
            up, down = image.copy(), image.copy()
            up[place] += delta
            down[place] -= delta
            p = np.asarray(model(np.stack([up, down])))
            saliency[place] += (p[0, label] - p[1, label]) / delta / len(deltas)
    return saliency

# %% wrong exercise="perturbation_saliency" misconception="the change is not divided by the change of the value"
def perturbation_saliency(model, image, label, deltas):
    saliency = np.zeros(image.shape)
    for place in np.ndindex(*image.shape):
        for delta in deltas:
            up, down = image.copy(), image.copy()
            up[place] += delta
            down[place] -= delta
            p = np.asarray(model(np.stack([up, down])))
            saliency[place] += (p[0, label] - p[1, label]) / len(deltas)
    return saliency

# %% wrong exercise="perturbation_saliency" misconception="the deltas are summed: take their average"
def perturbation_saliency(model, image, label, deltas):
    saliency = np.zeros(image.shape)
    for place in np.ndindex(*image.shape):
        for delta in deltas:
            up, down = image.copy(), image.copy()
            up[place] += delta
            down[place] -= delta
            p = np.asarray(model(np.stack([up, down])))
            saliency[place] += (p[0, label] - p[1, label]) / (2 * delta)
    return saliency

# %% wrong exercise="perturbation_saliency" misconception="the change is down minus up: subtract the lower from the upper"
def perturbation_saliency(model, image, label, deltas):
    saliency = np.zeros(image.shape)
    for place in np.ndindex(*image.shape):
        for delta in deltas:
            up, down = image.copy(), image.copy()
            up[place] += delta
            down[place] -= delta
            p = np.asarray(model(np.stack([up, down])))
            saliency[place] += (p[1, label] - p[0, label]) / (2 * delta) / len(deltas)
    return saliency

# %% wrong exercise="perturbation_saliency" misconception="the sign is lost: a change downwards counts negative"
def perturbation_saliency(model, image, label, deltas):
    saliency = np.zeros(image.shape)
    for place in np.ndindex(*image.shape):
        for delta in deltas:
            up, down = image.copy(), image.copy()
            up[place] += delta
            down[place] -= delta
            p = np.asarray(model(np.stack([up, down])))
            saliency[place] += abs(p[0, label] - p[1, label]) / (2 * delta) / len(deltas)
    return saliency

# %% wrong exercise="perturbation_saliency" misconception="this is the largest output: use the one called label"
def perturbation_saliency(model, image, label, deltas):
    top = int(np.asarray(model(image[None]))[0].argmax())
    saliency = np.zeros(image.shape)
    for place in np.ndindex(*image.shape):
        for delta in deltas:
            up, down = image.copy(), image.copy()
            up[place] += delta
            down[place] -= delta
            p = np.asarray(model(np.stack([up, down])))
            saliency[place] += (p[0, top] - p[1, top]) / (2 * delta) / len(deltas)
    return saliency

# %% wrong exercise="perturbation_saliency" misconception="this is the largest output: use the one called label"
def perturbation_saliency(model, image, label, deltas):
    steps = np.eye(image.size).reshape(-1, *image.shape)
    total = 0
    for delta in deltas:
        up = np.asarray(model((image + delta * steps).astype("float32"))).max(axis=1)
        down = np.asarray(model((image - delta * steps).astype("float32"))).max(axis=1)
        total = total + (up - down) / (2 * delta)
    return (total / len(deltas)).reshape(image.shape)

# %% wrong exercise="perturbation_saliency" misconception="only a step up is taken: step down as well"
def perturbation_saliency(model, image, label, deltas):
    saliency = np.zeros(image.shape)
    for place in np.ndindex(*image.shape):
        for delta in deltas:
            up, down = image.copy(), image.copy()
            up[place] += delta
            pass
            p = np.asarray(model(np.stack([up, down])))
            saliency[place] += (p[0, label] - p[1, label]) / delta / len(deltas)
    return saliency

# %% wrong exercise="perturbation_saliency" misconception="only a step down is taken: step up as well"
def perturbation_saliency(model, image, label, deltas):
    saliency = np.zeros(image.shape)
    for place in np.ndindex(*image.shape):
        for delta in deltas:
            up, down = image.copy(), image.copy()
            pass
            down[place] -= delta
            p = np.asarray(model(np.stack([up, down])))
            saliency[place] += (p[0, label] - p[1, label]) / delta / len(deltas)
    return saliency

# %% wrong exercise="perturbation_saliency" misconception="only the first delta is used: average over all"
def perturbation_saliency(model, image, label, deltas):
    saliency = np.zeros(image.shape)
    for place in np.ndindex(*image.shape):
        for delta in deltas[:1]:
            up, down = image.copy(), image.copy()
            up[place] += delta
            down[place] -= delta
            p = np.asarray(model(np.stack([up, down])))
            saliency[place] += (p[0, label] - p[1, label]) / (2 * delta)
    return saliency

# %% wrong exercise="perturbation_saliency" misconception="only the last delta is used: average over all"
def perturbation_saliency(model, image, label, deltas):
    saliency = np.zeros(image.shape)
    for place in np.ndindex(*image.shape):
        for delta in deltas:
            up, down = image.copy(), image.copy()
            up[place] += delta
            down[place] -= delta
            p = np.asarray(model(np.stack([up, down])))
            saliency[place] = (p[0, label] - p[1, label]) / (2 * delta)
    return saliency

# %% wrong exercise="perturbation_saliency" misconception="the values are cut off at 0 and 1: the change is then no longer delta"
def perturbation_saliency(model, image, label, deltas):
    saliency = np.zeros(image.shape)
    for place in np.ndindex(*image.shape):
        for delta in deltas:
            up, down = image.copy(), image.copy()
            up[place] += delta
            down[place] -= delta
            up, down = up.clip(0, 1), down.clip(0, 1)
            p = np.asarray(model(np.stack([up, down])))
            saliency[place] += (p[0, label] - p[1, label]) / (2 * delta) / len(deltas)
    return saliency

# %% wrong exercise="perturbation_saliency" misconception="the last change was not undone: start each change from a fresh copy"
def perturbation_saliency(model, image, label, deltas):
    saliency = np.zeros(image.shape)
    x = image.copy()
    for place in np.ndindex(*image.shape):
        for delta in deltas:
            x[place] += delta
            up = np.asarray(model(x[None]))[0, label]
            x[place] -= 2 * delta
            down = np.asarray(model(x[None]))[0, label]
            saliency[place] += (up - down) / (2 * delta) / len(deltas)
    return saliency

# %% wrong exercise="perturbation_saliency" misconception="the image itself was changed: work on a copy"
def perturbation_saliency(model, image, label, deltas):
    saliency = np.zeros(image.shape)
    for place in np.ndindex(*image.shape):
        for delta in deltas:
            image[place] += delta
            up = np.asarray(model(image[None]))[0, label]
            image[place] -= 2 * delta
            down = np.asarray(model(image[None]))[0, label]
            image[place] += delta
            saliency[place] += (up - down) / (2 * delta) / len(deltas)
    return saliency

# %% wrong exercise="perturbation_saliency" misconception="the model runs in training mode: call it without training=True"
def perturbation_saliency(model, image, label, deltas):
    saliency = np.zeros(image.shape)
    for place in np.ndindex(*image.shape):
        for delta in deltas:
            up, down = image.copy(), image.copy()
            up[place] += delta
            down[place] -= delta
            outputs = np.asarray(model(np.stack([up, down]), training=True))
            saliency[place] += (outputs[0, label] - outputs[1, label]) / (2 * delta) / len(deltas)
    return saliency

# %% right exercise="perturbation_saliency" note="one batch for each delta"
def perturbation_saliency(model, image, label, deltas):
    n = image.size
    steps = np.eye(n).reshape(n, *image.shape)
    total = 0
    for delta in deltas:
        up = np.asarray(model((image + delta * steps).astype("float32")))[:, label]
        down = np.asarray(model((image - delta * steps).astype("float32")))[:, label]
        total = total + (up - down) / (2 * delta)
    return (total / len(deltas)).reshape(image.shape)

# %% right exercise="perturbation_saliency" note="three loops, the image changed and put back"
def perturbation_saliency(model, image, label, deltas):
    x = np.array(image)
    result = [[[0.0] * x.shape[2] for _ in range(x.shape[1])] for _ in range(x.shape[0])]
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            for k in range(x.shape[2]):
                old, slopes = x[i, j, k], []
                for delta in deltas:
                    x[i, j, k] = old + delta
                    up = float(model(x[None])[0, label])
                    x[i, j, k] = old - delta
                    down = float(model(x[None])[0, label])
                    slopes.append((up - down) / (2 * delta))
                x[i, j, k] = old
                result[i][j][k] = np.mean(slopes)
    return np.array(result)

# %% wrong exercise="gradient_saliency" misconception="the batch axis is still there: take [0] of the gradient"
def gradient_saliency(model, image, label):
    x = tf.constant(image[None])
    with tf.GradientTape() as tape:
        tape.watch(x)
        output = model(x)[0, label]
    return tape.gradient(output, x).numpy()

# %% wrong exercise="gradient_saliency" misconception="the outputs are summed: pick `[0, label]`"
def gradient_saliency(model, image, label):
    x = tf.constant(image[None])
    with tf.GradientTape() as tape:
        tape.watch(x)
        output = tf.reduce_sum(model(x))
    return tape.gradient(output, x)[0].numpy()

# %% wrong exercise="gradient_saliency" misconception="the outputs are summed: pick `[0, label]`"
def gradient_saliency(model, image, label):
    x = tf.constant(image[None])
    with tf.GradientTape() as tape:
        tape.watch(x)
        output = model(x)
    return tape.gradient(output, x)[0].numpy()

# %% wrong exercise="gradient_saliency" misconception="this is the slope of the likeliest class: use the output called label"
def gradient_saliency(model, image, label):
    x = tf.constant(image[None])
    with tf.GradientTape() as tape:
        tape.watch(x)
        output = tf.reduce_max(model(x)[0])
    return tape.gradient(output, x)[0].numpy()

# %% wrong exercise="gradient_saliency" misconception="this is the slope of the loss: take that of the output"
def gradient_saliency(model, image, label):
    x = tf.constant(image[None])
    with tf.GradientTape() as tape:
        tape.watch(x)
        output = -tf.math.log(model(x)[0, label])
    return tape.gradient(output, x)[0].numpy()

# %% wrong exercise="gradient_saliency" misconception="this is the slope of the logarithm: take that of the output"
def gradient_saliency(model, image, label):
    x = tf.constant(image[None])
    with tf.GradientTape() as tape:
        tape.watch(x)
        output = tf.math.log(model(x)[0, label])
    return tape.gradient(output, x)[0].numpy()

# %% wrong exercise="gradient_saliency" misconception="the sign is lost: return the slopes as they are"
def gradient_saliency(model, image, label):
    x = tf.constant(image[None])
    with tf.GradientTape() as tape:
        tape.watch(x)
        output = model(x)[0, label]
    return np.abs(tape.gradient(output, x)[0].numpy())

# %% wrong exercise="gradient_saliency" misconception="the slopes are multiplied by the image: return the slopes alone"
def gradient_saliency(model, image, label):
    x = tf.constant(image[None])
    with tf.GradientTape() as tape:
        tape.watch(x)
        output = model(x)[0, label]
    return tape.gradient(output, x)[0].numpy() * image

# %% wrong exercise="gradient_saliency" misconception="the slopes are scaled to a largest value of 1: return them as they are"
def gradient_saliency(model, image, label):
    x = tf.constant(image[None])
    with tf.GradientTape() as tape:
        tape.watch(x)
        output = model(x)[0, label]
    slopes = tape.gradient(output, x)[0].numpy()
    return slopes / np.abs(slopes).max()

# %% wrong exercise="gradient_saliency" misconception="the model runs in training mode: call it without training=True"
def gradient_saliency(model, image, label):
    x = tf.constant(image[None])
    with tf.GradientTape() as tape:
        tape.watch(x)
        output = model(x, training=True)[0, label]
    return tape.gradient(output, x)[0].numpy()

# %% wrong exercise="gradient_saliency" misconception="negative slopes are cut off: return them as they are"
def gradient_saliency(model, image, label):
    x = tf.constant(image[None])
    with tf.GradientTape() as tape:
        tape.watch(x)
        output = model(x)[0, label]
    return tf.nn.relu(tape.gradient(output, x))[0].numpy()

# %% wrong exercise="gradient_saliency" misconception="no gradient came: watch x before the model runs, and return the slopes"
def gradient_saliency(model, image, label):
    x = tf.constant(image[None])
    with tf.GradientTape() as tape:
        output = model(x)[0, label]
    return tape.gradient(output, x)[0].numpy()

# %% wrong exercise="gradient_saliency" misconception="this is the slope of another output: use the one called label"
def gradient_saliency(model, image, label):
    x = tf.constant(image[None])
    with tf.GradientTape() as tape:
        tape.watch(x)
        output = model(x)[0, 1]
    return tape.gradient(output, x)[0].numpy()

# %% wrong exercise="gradient_saliency" misconception="an argument is changed: work on a copy"
def gradient_saliency(model, image, label):
    x = tf.constant(image[None])
    with tf.GradientTape() as tape:
        tape.watch(x)
        output = model(x)[0, label]
    image[:] = tape.gradient(output, x)[0].numpy()
    return image

# %% right exercise="gradient_saliency" note="a variable instead of a watched constant"
def gradient_saliency(model, image, label):
    x = tf.Variable(image[None])
    with tf.GradientTape() as tape:
        output = tf.gather(model(x), label, axis=1)
    return tape.gradient(output, x)[0]

# %% right exercise="gradient_saliency" note="the product with a one-hot row"
def gradient_saliency(model, image, label):
    x = tf.convert_to_tensor(image, dtype=tf.float32)
    with tf.GradientTape() as tape:
        tape.watch(x)
        outputs = model(tf.expand_dims(x, 0))
        output = tf.reduce_sum(outputs * tf.one_hot([label], outputs.shape[1]))
    return np.array(tape.gradient(output, x))

# %% wrong exercise="sum_of_outputs" misconception="the other 999 probabilities fall by as much as the likeliest one rises"
sum_of_outputs = "b"

# %% wrong exercise="sum_of_outputs" misconception="what one class gains the others lose: in the sum everything cancels"
sum_of_outputs = "c"

# %% wrong exercise="sum_of_outputs" misconception="the sum is 1 for every picture, and a constant has no slope anywhere"
sum_of_outputs = "d"

# %% wrong exercise="sum_of_outputs" misconception="the answer is not one letter in quotes, such as \"b\""
sum_of_outputs = "a) this one"

# %% wrong exercise="sum_of_outputs" misconception="the answer is not one letter in quotes, such as \"b\""
sum_of_outputs = 0

# %% right exercise="sum_of_outputs" note="upper case"
sum_of_outputs = "A"

# %% right exercise="sum_of_outputs" note="spaces around the letter"
sum_of_outputs = " a "

# %% wrong exercise="to_heat" misconception="negative slopes are lost: take absolute values before the largest"
def to_heat(saliency):
    return saliency.max(axis=-1)

# %% wrong exercise="to_heat" misconception="the absolute value comes too late: take it before the largest"
def to_heat(saliency):
    return np.abs(saliency.max(axis=-1))

# %% wrong exercise="to_heat" misconception="the channels cancel: take absolute values, and the largest instead of the sum"
def to_heat(saliency):
    return np.abs(saliency.sum(axis=-1))

# %% wrong exercise="to_heat" misconception="these are sums over the channels: take the largest"
def to_heat(saliency):
    return np.abs(saliency).sum(axis=-1)

# %% wrong exercise="to_heat" misconception="these are means over the channels: take the largest"
def to_heat(saliency):
    return np.abs(saliency).mean(axis=2)

# %% wrong exercise="to_heat" misconception="the largest runs over the rows: channels are the last axis"
def to_heat(saliency):
    return np.abs(saliency).max(axis=0)

# %% wrong exercise="to_heat" misconception="the map is scaled: return the values as they are"
def to_heat(saliency):
    heat = np.abs(saliency).max(axis=-1)
    return heat / heat.max()

# %% wrong exercise="to_heat" misconception="an argument is changed: work on a copy"
def to_heat(saliency):
    saliency[saliency < 0] *= -1
    return saliency.max(axis=-1)

# %% right exercise="to_heat" note="the larger of the largest and minus the smallest"
def to_heat(saliency):
    return np.maximum(saliency.max(-1), -saliency.min(-1))

# %% right exercise="to_heat" note="loops, a list of lists"
def to_heat(saliency):
    return [[max(abs(v) for v in pixel) for pixel in row] for row in saliency]

# %% wrong exercise="smooth_grad" misconception="the gradients are summed: take their mean"
def smooth_grad(model, image, label, samples, sigma, seed):
    rng = np.random.default_rng(seed)
    noisy = image + rng.normal(0, sigma, (samples, *image.shape))
    return output_gradients(model, noisy, label).sum(axis=0)

# %% wrong exercise="smooth_grad" misconception="there is no noise: the gradient is that of the picture itself"
def smooth_grad(model, image, label, samples, sigma, seed):
    return output_gradients(model, np.stack([image] * samples), label).mean(axis=0)

# %% wrong exercise="smooth_grad" misconception="sigma is taken as the variance: it is the standard deviation"
def smooth_grad(model, image, label, samples, sigma, seed):
    rng = np.random.default_rng(seed)
    noisy = image + rng.normal(0, np.sqrt(sigma), (samples, *image.shape))
    return output_gradients(model, noisy, label).mean(axis=0)

# %% wrong exercise="smooth_grad" misconception="the noise is uniform: draw it with rng.normal"
def smooth_grad(model, image, label, samples, sigma, seed):
    rng = np.random.default_rng(seed)
    noisy = image + rng.uniform(-sigma, sigma, (samples, *image.shape))
    return output_gradients(model, noisy, label).mean(axis=0)

# %% wrong exercise="smooth_grad" misconception="the sign is lost: average the slopes as they are"
def smooth_grad(model, image, label, samples, sigma, seed):
    rng = np.random.default_rng(seed)
    noisy = image + rng.normal(0, sigma, (samples, *image.shape))
    return np.abs(output_gradients(model, noisy, label)).mean(axis=0)

# %% wrong exercise="smooth_grad" misconception="the same noise is used again: draw fresh noise for each sample"
def smooth_grad(model, image, label, samples, sigma, seed):
    total = 0
    for _ in range(samples):
        rng = np.random.default_rng(seed)
        total = total + output_gradients(model, (image + rng.normal(0, sigma, image.shape))[None], label)[0]
    return total / samples

# %% wrong exercise="smooth_grad" misconception="the same noise is used again: draw fresh noise for each sample"
def smooth_grad(model, image, label, samples, sigma, seed):
    rng = np.random.default_rng(seed)
    noisy = image + rng.normal(0, sigma, image.shape) + np.zeros((samples, *image.shape))
    return output_gradients(model, noisy, label).mean(axis=0)

# %% wrong exercise="smooth_grad" misconception="all pixels get the same noise: draw it in the shape of the image"
def smooth_grad(model, image, label, samples, sigma, seed):
    rng = np.random.default_rng(seed)
    noisy = image + rng.normal(0, sigma, (samples, 1, 1, 1))
    return output_gradients(model, noisy, label).mean(axis=0)

# %% wrong exercise="smooth_grad" misconception="the noisy pictures are averaged: average their gradients"
def smooth_grad(model, image, label, samples, sigma, seed):
    rng = np.random.default_rng(seed)
    noisy = image + rng.normal(0, sigma, (samples, *image.shape))
    return output_gradients(model, noisy.mean(axis=0)[None], label)[0]

# %% wrong exercise="smooth_grad" misconception="the noise ignores the seed: use np.random.default_rng(seed)"
def smooth_grad(model, image, label, samples, sigma, seed):
    rng = np.random.default_rng()
    noisy = image + rng.normal(0, sigma, (samples, *image.shape))
    return output_gradients(model, noisy, label).mean(axis=0)

# %% wrong exercise="smooth_grad" misconception="the seed is a fixed number: pass the given one"
def smooth_grad(model, image, label, samples, sigma, seed):
    rng = np.random.default_rng(0)
    noisy = image + rng.normal(0, sigma, (samples, *image.shape))
    return output_gradients(model, noisy, label).mean(axis=0)

# %% wrong exercise="smooth_grad" misconception="the noise piles up: start each copy from the picture"
def smooth_grad(model, image, label, samples, sigma, seed):
    rng = np.random.default_rng(seed)
    x, gradients = np.array(image, float), []
    for _ in range(samples):
        x += rng.normal(0, sigma, image.shape)
        gradients.append(output_gradients(model, x[None], label)[0])
    return np.mean(gradients, axis=0)

# %% wrong exercise="smooth_grad" misconception="the noisy pictures are cut off: leave them as they are"
def smooth_grad(model, image, label, samples, sigma, seed):
    rng = np.random.default_rng(seed)
    noisy = np.clip(image + rng.normal(0, sigma, (samples, *image.shape)), 0, 1)
    return output_gradients(model, noisy, label).mean(axis=0)

# %% wrong exercise="smooth_grad" misconception="the noisy pictures are cut off: leave them as they are"
def smooth_grad(model, image, label, samples, sigma, seed):
    rng = np.random.default_rng(seed)
    noisy = np.clip(image + rng.normal(0, sigma, (samples, *image.shape)), -1, 1)
    return output_gradients(model, noisy, label).mean(axis=0)

# %% wrong exercise="smooth_grad" misconception="the model runs in training mode: call it without training=True"
def smooth_grad(model, image, label, samples, sigma, seed):
    noise = np.random.default_rng(seed).normal(0, sigma, (samples, *image.shape))
    x = tf.constant((image + noise).astype("float32"))
    with tf.GradientTape() as tape:
        tape.watch(x)
        output = tf.reduce_sum(model(x, training=True)[:, label])
    return tape.gradient(output, x).numpy().mean(axis=0)

# %% wrong exercise="smooth_grad" misconception="all channels of a pixel get the same noise: draw it in the shape of the image"
def smooth_grad(model, image, label, samples, sigma, seed):
    noise = np.random.default_rng(seed).normal(0, sigma, (samples, *image.shape[:2], 1))
    return np.asarray(output_gradients(model, image + noise, label)).mean(axis=0)

# %% wrong exercise="smooth_grad" misconception="sigma is squared: it is the standard deviation already"
def smooth_grad(model, image, label, samples, sigma, seed):
    noise = np.random.default_rng(seed).normal(0, sigma**2, (samples, *image.shape))
    return np.asarray(output_gradients(model, image + noise, label)).mean(axis=0)

# %% wrong exercise="smooth_grad" misconception="the middle gradient is taken: take their mean"
def smooth_grad(model, image, label, samples, sigma, seed):
    noise = np.random.default_rng(seed).normal(0, sigma, (samples, *image.shape))
    return np.median(np.asarray(output_gradients(model, image + noise, label)), axis=0)

# %% wrong exercise="smooth_grad" misconception="an argument is changed: work on a copy"
def smooth_grad(model, image, label, samples, sigma, seed):
    rng = np.random.default_rng(seed)
    noisy = [image + rng.normal(0, sigma, image.shape) for _ in range(samples)]
    image[:] = output_gradients(model, np.stack(noisy), label).mean(axis=0)
    return image

# %% right exercise="smooth_grad" note="a loop over the samples"
def smooth_grad(model, image, label, samples, sigma, seed):
    rng = np.random.default_rng(seed)
    total = np.zeros(image.shape)
    for _ in range(samples):
        noisy = image + sigma * rng.standard_normal(image.shape)
        total += output_gradients(model, noisy[None], label)[0]
    return total / samples

# %% right exercise="smooth_grad" note="a tape of its own over the whole batch"
def smooth_grad(model, image, label, samples, sigma, seed):
    noise = np.random.default_rng(seed).normal(size=(samples, *image.shape)) * sigma
    x = tf.constant((image[None] + noise).astype("float32"))
    with tf.GradientTape() as tape:
        tape.watch(x)
        output = tf.reduce_mean(model(x)[:, label])
    return tf.reduce_sum(tape.gradient(output, x), axis=0)

# %% wrong exercise="integrated_gradients" misconception="the mean slope is not multiplied by image - baseline"
def integrated_gradients(model, image, label, baseline, steps):
    a = (np.arange(steps) + 0.5) / steps
    path = baseline + a[:, None, None, None] * (image - baseline)
    return output_gradients(model, path, label).mean(axis=0)

# %% wrong exercise="integrated_gradients" misconception="multiply by image - baseline, not by the image"
def integrated_gradients(model, image, label, baseline, steps):
    a = (np.arange(steps) + 0.5) / steps
    path = baseline + a[:, None, None, None] * (image - baseline)
    return image * output_gradients(model, path, label).mean(axis=0)

# %% wrong exercise="integrated_gradients" misconception="the way runs backwards: it is image - baseline"
def integrated_gradients(model, image, label, baseline, steps):
    a = (np.arange(steps) + 0.5) / steps
    path = baseline + a[:, None, None, None] * (image - baseline)
    return (baseline - image) * output_gradients(model, path, label).mean(axis=0)

# %% wrong exercise="integrated_gradients" misconception="the slopes are summed: take their mean"
def integrated_gradients(model, image, label, baseline, steps):
    a = (np.arange(steps) + 0.5) / steps
    path = baseline + a[:, None, None, None] * (image - baseline)
    return (image - baseline) * output_gradients(model, path, label).sum(axis=0)

# %% wrong exercise="integrated_gradients" misconception="this is the slope at the picture alone: average over the way"
def integrated_gradients(model, image, label, baseline, steps):
    return (image - baseline) * output_gradients(model, image[None], label)[0]

# %% wrong exercise="integrated_gradients" misconception="one slope, in the middle, is too few: take `steps` points on the way"
def integrated_gradients(model, image, label, baseline, steps):
    middle = (image + baseline) / 2
    return (image - baseline) * output_gradients(model, middle[None], label)[0]

# %% wrong exercise="integrated_gradients" misconception="two slopes, at the ends, are too few: take `steps` points on the way"
def integrated_gradients(model, image, label, baseline, steps):
    ends = np.stack([baseline, image])
    return (image - baseline) * output_gradients(model, ends, label).mean(axis=0)

# %% wrong exercise="integrated_gradients" misconception="the way begins at black instead of the baseline"
def integrated_gradients(model, image, label, baseline, steps):
    a = (np.arange(steps) + 0.5) / steps
    path = a[:, None, None, None] * image
    return (image - baseline) * output_gradients(model, path, label).mean(axis=0)

# %% wrong exercise="integrated_gradients" misconception="the baseline is left out altogether"
def integrated_gradients(model, image, label, baseline, steps):
    a = (np.arange(steps) + 0.5) / steps
    path = a[:, None, None, None] * image
    return image * output_gradients(model, path, label).mean(axis=0)

# %% wrong exercise="integrated_gradients" misconception="the way is baseline + alpha * image: use the difference"
def integrated_gradients(model, image, label, baseline, steps):
    a = (np.arange(steps) + 0.5) / steps
    path = baseline + a[:, None, None, None] * image
    return (image - baseline) * output_gradients(model, path, label).mean(axis=0)

# %% wrong exercise="integrated_gradients" misconception="an argument is changed: work on a copy"
def integrated_gradients(model, image, label, baseline, steps):
    image -= baseline
    alphas = (np.arange(steps) + 0.5) / steps
    path = baseline + alphas[:, None, None, None] * image
    return image * output_gradients(model, path, label).mean(axis=0)

# %% wrong exercise="integrated_gradients" misconception="the sum is divided by steps - 1: take the mean"
def integrated_gradients(model, image, label, baseline, steps):
    alphas = (np.arange(steps) + 0.5) / steps
    path = baseline + alphas[:, None, None, None] * (image - baseline)
    return (image - baseline) * output_gradients(model, path, label).sum(axis=0) / (steps - 1)

# %% wrong exercise="integrated_gradients" misconception="the model runs in training mode: call it without training=True"
def integrated_gradients(model, image, label, baseline, steps):
    alphas = ((np.arange(steps) + 0.5) / steps)[:, None, None, None]
    x = tf.constant((baseline + alphas * (image - baseline)).astype("float32"))
    with tf.GradientTape() as tape:
        tape.watch(x)
        output = tf.reduce_sum(model(x, training=True)[:, label])
    return (image - baseline) * tape.gradient(output, x).numpy().mean(axis=0)

# %% right exercise="integrated_gradients" note="a loop, steps at the right ends"
def integrated_gradients(model, image, label, baseline, steps):
    total = np.zeros(image.shape)
    for i in range(1, steps + 1):
        picture = baseline + i / steps * (image - baseline)
        total += output_gradients(model, picture[None], label)[0]
    return (image - baseline) * total / steps

# %% right exercise="integrated_gradients" note="the trapezoid rule"
def integrated_gradients(model, image, label, baseline, steps):
    path = np.linspace(baseline, image, steps + 1)
    slopes = output_gradients(model, path, label)
    return (image - baseline) * (slopes[1:] + slopes[:-1]).mean(axis=0) / 2

# %% right exercise="integrated_gradients" note="linspace from 0 to 1"
def integrated_gradients(model, image, label, baseline, steps):
    a = np.linspace(0, 1, steps)
    path = baseline + a[:, None, None, None] * (image - baseline)
    return (image - baseline) * output_gradients(model, path, label).mean(axis=0)

# %% wrong exercise="black_beetle" misconception="they may decide, but they equal the baseline: the factor image - baseline is 0"
black_beetle = "a"

# %% wrong exercise="black_beetle" misconception="the sign comes from slope times difference, and the difference is 0"
black_beetle = "c"

# %% wrong exercise="black_beetle" misconception="0 times the mean slope is 0, however many steps the mean is taken over"
black_beetle = "d"

# %% wrong exercise="black_beetle" misconception="the answer is not one letter in quotes, such as \"b\""
black_beetle = "b) this one"

# %% wrong exercise="black_beetle" misconception="the answer is not one letter in quotes, such as \"b\""
black_beetle = 1

# %% right exercise="black_beetle" note="upper case"
black_beetle = "B"

# %% right exercise="black_beetle" note="spaces around the letter"
black_beetle = " b "

# %% wrong exercise="grad_cam" misconception="the ReLU is missing: what speaks against the class is 0"
def grad_cam(model, image, label, layer_name):
    both = keras.Model(model.inputs[0], [model.get_layer(layer_name).output, model.outputs[0]])
    x = tf.constant(image[None])
    with tf.GradientTape() as tape:
        tape.watch(x)
        maps, outputs = both(x)
        output = outputs[0, label]
    slopes = tape.gradient(output, maps)[0]
    weights = tf.reduce_mean(slopes, axis=(0, 1))
    return tf.reduce_sum(maps[0] * weights, axis=-1)

# %% wrong exercise="grad_cam" misconception="negative values became heat: cut them off at 0 instead of taking the size"
def grad_cam(model, image, label, layer_name):
    both = keras.Model(model.inputs[0], [model.get_layer(layer_name).output, model.outputs[0]])
    x = tf.constant(image[None])
    with tf.GradientTape() as tape:
        tape.watch(x)
        maps, outputs = both(x)
        output = outputs[0, label]
    slopes = tape.gradient(output, maps)[0]
    weights = tf.reduce_mean(slopes, axis=(0, 1))
    return np.abs(tf.reduce_sum(maps[0] * weights, axis=-1))

# %% wrong exercise="grad_cam" misconception="the slopes are not averaged: one weight a map, the mean over height and width"
def grad_cam(model, image, label, layer_name):
    both = keras.Model(model.inputs[0], [model.get_layer(layer_name).output, model.outputs[0]])
    x = tf.constant(image[None])
    with tf.GradientTape() as tape:
        tape.watch(x)
        maps, outputs = both(x)
        output = outputs[0, label]
    slopes = tape.gradient(output, maps)[0]
    weights = slopes
    return np.maximum(tf.reduce_sum(maps[0] * weights, axis=-1), 0)

# %% wrong exercise="grad_cam" misconception="the slopes are summed over the map: take their mean"
def grad_cam(model, image, label, layer_name):
    both = keras.Model(model.inputs[0], [model.get_layer(layer_name).output, model.outputs[0]])
    x = tf.constant(image[None])
    with tf.GradientTape() as tape:
        tape.watch(x)
        maps, outputs = both(x)
        output = outputs[0, label]
    slopes = tape.gradient(output, maps)[0]
    weights = tf.reduce_sum(slopes, axis=(0, 1))
    return np.maximum(tf.reduce_sum(maps[0] * weights, axis=-1), 0)

# %% wrong exercise="grad_cam" misconception="the maps are not weighted: multiply each by its mean slope"
def grad_cam(model, image, label, layer_name):
    both = keras.Model(model.inputs[0], [model.get_layer(layer_name).output, model.outputs[0]])
    x = tf.constant(image[None])
    with tf.GradientTape() as tape:
        tape.watch(x)
        maps, outputs = both(x)
        output = outputs[0, label]
    slopes = tape.gradient(output, maps)[0]
    weights = 1.0
    return np.maximum(tf.reduce_sum(maps[0] * weights, axis=-1), 0)

# %% wrong exercise="grad_cam" misconception="the weighted maps are averaged: add them up"
def grad_cam(model, image, label, layer_name):
    both = keras.Model(model.inputs[0], [model.get_layer(layer_name).output, model.outputs[0]])
    x = tf.constant(image[None])
    with tf.GradientTape() as tape:
        tape.watch(x)
        maps, outputs = both(x)
        output = outputs[0, label]
    slopes = tape.gradient(output, maps)[0]
    weights = tf.reduce_mean(slopes, axis=(0, 1))
    return np.maximum(tf.reduce_mean(maps[0] * weights, axis=-1), 0)

# %% wrong exercise="grad_cam" misconception="the heat is scaled to a largest value of 1: return it as it is"
def grad_cam(model, image, label, layer_name):
    both = keras.Model(model.inputs[0], [model.get_layer(layer_name).output, model.outputs[0]])
    x = tf.constant(image[None])
    with tf.GradientTape() as tape:
        tape.watch(x)
        maps, outputs = both(x)
        output = outputs[0, label]
    slopes = tape.gradient(output, maps)[0]
    weights = tf.reduce_mean(slopes, axis=(0, 1))
    heat = np.maximum(tf.reduce_sum(maps[0] * weights, axis=-1), 0)
    return heat / heat.max()

# %% wrong exercise="grad_cam" misconception="this is the heat of another output: use the one called label"
def grad_cam(model, image, label, layer_name):
    both = keras.Model(model.inputs[0], [model.get_layer(layer_name).output, model.outputs[0]])
    x = tf.constant(image[None])
    with tf.GradientTape() as tape:
        tape.watch(x)
        maps, outputs = both(x)
        output = outputs[0, 0]
    slopes = tape.gradient(output, maps)[0]
    weights = tf.reduce_mean(slopes, axis=(0, 1))
    return np.maximum(tf.reduce_sum(maps[0] * weights, axis=-1), 0)

# %% wrong exercise="grad_cam" misconception="the ReLU comes too early: weigh and add first, then cut off"
def grad_cam(model, image, label, layer_name):
    both = keras.Model(model.inputs[0], [model.get_layer(layer_name).output, model.outputs[0]])
    x = tf.constant(image[None])
    with tf.GradientTape() as tape:
        tape.watch(x)
        maps, outputs = both(x)
        output = outputs[0, label]
    slopes = tape.gradient(output, maps)[0]
    weights = tf.reduce_mean(slopes, axis=(0, 1))
    return tf.reduce_sum(tf.nn.relu(maps[0] * weights), axis=-1)

# %% wrong exercise="grad_cam" misconception="negative slopes are cut off: only the final sum goes through the ReLU"
def grad_cam(model, image, label, layer_name):
    both = keras.Model(model.inputs[0], [model.get_layer(layer_name).output, model.outputs[0]])
    x = tf.constant(image[None])
    with tf.GradientTape() as tape:
        tape.watch(x)
        maps, outputs = both(x)
        output = outputs[0, label]
    slopes = tape.gradient(output, maps)[0]
    weights = tf.reduce_mean(tf.nn.relu(slopes), axis=(0, 1))
    return np.maximum(tf.reduce_sum(maps[0] * weights, axis=-1), 0)

# %% wrong exercise="grad_cam" misconception="the batch axis is still there: take [0] of it"
def grad_cam(model, image, label, layer_name):
    both = keras.Model(model.inputs[0], [model.get_layer(layer_name).output, model.outputs[0]])
    x = tf.constant(image[None])
    with tf.GradientTape() as tape:
        tape.watch(x)
        maps, outputs = both(x)
        output = outputs[0, label]
    slopes = tape.gradient(output, maps)[0]
    weights = tf.reduce_mean(slopes, axis=(0, 1))
    return np.maximum(tf.reduce_sum(maps * weights, axis=-1), 0)

# %% wrong exercise="grad_cam" misconception="the model runs in training mode: call it without training=True"
def grad_cam(model, image, label, layer_name):
    both = keras.Model(model.inputs[0], [model.get_layer(layer_name).output, model.outputs[0]])
    x = tf.constant(image[None])
    with tf.GradientTape() as tape:
        tape.watch(x)
        maps, outputs = both(x, training=True)
        output = outputs[0, label]
    weights = tf.reduce_mean(tape.gradient(output, maps), axis=(1, 2))
    return np.maximum(np.asarray(maps)[0] @ np.asarray(weights)[0], 0)

# %% wrong exercise="grad_cam" misconception="nothing was recorded: watch x before the model runs"
def grad_cam(model, image, label, layer_name):
    both = keras.Model(model.inputs[0], [model.get_layer(layer_name).output, model.outputs[0]])
    with tf.GradientTape() as tape:
        maps, outputs = both(tf.constant(image[None]))
        output = outputs[0, label]
    weights = tf.reduce_mean(tape.gradient(output, maps), axis=(1, 2))
    return np.maximum(np.asarray(maps)[0] @ np.asarray(weights)[0], 0)

# %% right exercise="grad_cam" note="einsum and relu"
def grad_cam(model, image, label, layer_name):
    both = keras.Model(model.inputs[0], [model.get_layer(layer_name).output, model.outputs[0]])
    x = tf.constant(image[None])
    with tf.GradientTape() as tape:
        tape.watch(x)
        maps, outputs = both(x)
        output = outputs[0, label]
    slopes = tape.gradient(output, maps)[0]
    weights = np.asarray(slopes).mean(axis=(0, 1))
    return np.einsum("ijk,k->ij", maps[0], weights).clip(0)

# %% right exercise="grad_cam" note="a loop over the maps"
def grad_cam(model, image, label, layer_name):
    both = keras.Model(model.inputs[0], [model.get_layer(layer_name).output, model.outputs[0]])
    x = tf.constant(image[None])
    with tf.GradientTape() as tape:
        tape.watch(x)
        maps, outputs = both(x)
        output = outputs[0, label]
    slopes = tape.gradient(output, maps)[0]
    heat = np.zeros(slopes.shape[:2])
    for k in range(slopes.shape[-1]):
        heat += np.mean(slopes[..., k]) * np.asarray(maps[0, ..., k])
    return np.where(heat > 0, heat, 0)

# %% wrong exercise="survivor" misconception="an explanation of a network must change when the network does"
survivor = "a"

# %% wrong exercise="survivor" misconception="random weights were never trained: they have learned nothing"
survivor = "b"

# %% wrong exercise="survivor" misconception="the random network draws them too, so they say nothing about the trained one"
survivor = "d"

# %% wrong exercise="survivor" misconception="the answer is not one letter in quotes, such as \"b\""
survivor = "c) this one"

# %% wrong exercise="survivor" misconception="the answer is not one letter in quotes, such as \"b\""
survivor = 2

# %% right exercise="survivor" note="upper case"
survivor = "C"

# %% right exercise="survivor" note="spaces around the letter"
survivor = " c "

# %% wrong exercise="pointing_game" misconception="the smallest value is looked up: use argmax"
def pointing_game(saliency, mask):
    return bool(mask.flatten()[saliency.argmin()])

# %% wrong exercise="pointing_game" misconception="the sign is lost: the largest value counts, not the largest size"
def pointing_game(saliency, mask):
    return bool(mask.flatten()[np.abs(saliency).argmax()])

# %% wrong exercise="pointing_game" misconception="hits and misses are swapped"
def pointing_game(saliency, mask):
    return bool(mask.flatten()[saliency.argmax()] == 0)

# %% wrong exercise="pointing_game" misconception="this asks whether most of the heat lies on the mask: only the hottest pixel counts"
def pointing_game(saliency, mask):
    return bool((saliency * mask).sum() > (saliency * (1 - mask)).sum())

# %% wrong exercise="pointing_game" misconception="this compares means inside and outside: only the hottest pixel counts"
def pointing_game(saliency, mask):
    return bool(saliency[mask == 1].mean() > saliency[mask == 0].mean())

# %% wrong exercise="pointing_game" misconception="every picture is a hit: look the place up in the mask"
def pointing_game(saliency, mask):
    return bool(saliency.max() in saliency)

# %% wrong exercise="pointing_game" misconception="this is the value of the heat: look the place up in the mask"
def pointing_game(saliency, mask):
    return saliency.max()

# %% wrong exercise="pointing_game" misconception="an argument is changed: work on a copy"
def pointing_game(saliency, mask):
    largest = saliency.max()
    saliency[mask == 0] = saliency.min() - 1
    return bool(saliency.max() == largest)

# %% wrong exercise="pointing_game" misconception="heat off the mask became 0, the largest of negative values: look the place up"
def pointing_game(saliency, mask):
    return bool((saliency * mask).max() == saliency.max())

# %% wrong exercise="pointing_game" misconception="a neighbour on the mask is taken for a hit: the hottest pixel itself counts"
def pointing_game(saliency, mask):
    i, j = np.unravel_index(saliency.argmax(), saliency.shape)
    return bool(mask[max(i - 1, 0) : i + 2, max(j - 1, 0) : j + 2].any())

# %% right exercise="pointing_game" note="the mask flattened, 1 or 0"
def pointing_game(saliency, mask):
    return int(mask.ravel()[np.argmax(saliency)])

# %% right exercise="pointing_game" note="the largest inside against the largest of all"
def pointing_game(saliency, mask):
    return bool(np.any((saliency == saliency.max()) & (mask == 1)))

# %% right exercise="pointing_game" note="divmod"
def pointing_game(saliency, mask):
    row, column = divmod(int(np.argmax(saliency)), saliency.shape[1])
    return mask[row, column] > 0

# %% wrong exercise="energy_in_mask" misconception="this is the heat on the mask: divide it by all the heat"
def energy_in_mask(saliency, mask):
    total = saliency.sum()
    if total == 0:
        return 0.0
    return (saliency * mask).sum()

# %% wrong exercise="energy_in_mask" misconception="the heat is divided by the mask's area: divide it by all the heat"
def energy_in_mask(saliency, mask):
    total = saliency.sum()
    if total == 0:
        return 0.0
    return saliency[mask == 1].mean()

# %% wrong exercise="energy_in_mask" misconception="the heat is divided by the picture's area: divide it by all the heat"
def energy_in_mask(saliency, mask):
    total = saliency.sum()
    if total == 0:
        return 0.0
    return (saliency * mask).mean()

# %% wrong exercise="energy_in_mask" misconception="this compares mean heats: take sums"
def energy_in_mask(saliency, mask):
    total = saliency.sum()
    if total == 0:
        return 0.0
    return saliency[mask == 1].mean() / saliency.mean()

# %% wrong exercise="energy_in_mask" misconception="this is inside over outside: divide by all the heat"
def energy_in_mask(saliency, mask):
    total = saliency.sum()
    if total == 0:
        return 0.0
    return (saliency * mask).sum() / (saliency * (1 - mask)).sum()

# %% wrong exercise="energy_in_mask" misconception="this is the share outside the mask"
def energy_in_mask(saliency, mask):
    total = saliency.sum()
    if total == 0:
        return 0.0
    return (saliency * (1 - mask)).sum() / total

# %% wrong exercise="energy_in_mask" misconception="the heat is squared: add up the heat itself"
def energy_in_mask(saliency, mask):
    total = saliency.sum()
    if total == 0:
        return 0.0
    return (saliency**2 * mask).sum() / (saliency**2).sum()

# %% wrong exercise="energy_in_mask" misconception="this is the share of the mask that is hot: add up the heat itself"
def energy_in_mask(saliency, mask):
    total = saliency.sum()
    if total == 0:
        return 0.0
    return ((saliency > 0) & (mask == 1)).sum() / mask.sum()

# %% wrong exercise="energy_in_mask" misconception="0 / 0 is not a number: return 0.0 where there is no heat"
def energy_in_mask(saliency, mask):
    with np.errstate(all="ignore"):
        return (saliency * mask).sum() / saliency.sum()

# %% wrong exercise="energy_in_mask" misconception="an argument is changed: work on a copy"
def energy_in_mask(saliency, mask):
    total = saliency.sum()
    saliency *= mask
    return saliency.sum() / total if total > 0 else 0.0

# %% right exercise="energy_in_mask" note="np.where and two sums"
def energy_in_mask(saliency, mask):
    total = saliency.sum()
    if total == 0:
        return 0.0
    return np.where(mask == 1, saliency, 0).sum() / np.sum(saliency)

# %% right exercise="energy_in_mask" note="an index, a small guard"
def energy_in_mask(saliency, mask):
    return saliency[np.asarray(mask) > 0].sum() / max(saliency.sum(), 1e-12)

# %% wrong exercise="swap_background" misconception="the roles are swapped: the mask marks what is kept"
def swap_background(images, masks, backgrounds):
    return images * (1 - masks) + backgrounds * masks

# %% wrong exercise="swap_background" misconception="the animal is added on top: blank its place in the background first"
def swap_background(images, masks, backgrounds):
    return images * masks + backgrounds

# %% wrong exercise="swap_background" misconception="the old background is still there: blank it with the mask"
def swap_background(images, masks, backgrounds):
    return images + backgrounds * (1 - masks)

# %% wrong exercise="swap_background" misconception="the surroundings are black: add the background there"
def swap_background(images, masks, backgrounds):
    return images * masks

# %% wrong exercise="swap_background" misconception="the animal is missing: only the background is left"
def swap_background(images, masks, backgrounds):
    return backgrounds * (1 - masks)

# %% wrong exercise="swap_background" misconception="the two pictures are mixed everywhere: the mask decides pixel by pixel"
def swap_background(images, masks, backgrounds):
    return 0.5 * images + 0.5 * backgrounds

# %% wrong exercise="swap_background" misconception="nothing has changed"
def swap_background(images, masks, backgrounds):
    result = images.copy()
    result[masks[..., 0] > 1] = 0
    return result

# %% wrong exercise="swap_background" misconception="an argument is changed: work on a copy"
def swap_background(images, masks, backgrounds):
    where = masks[..., 0] == 1
    backgrounds[where] = images[where]
    return backgrounds

# %% wrong exercise="swap_background" misconception="black parts of the animal became background: ask the mask alone"
def swap_background(images, masks, backgrounds):
    animals = images * masks
    return np.where(animals > 0, animals, backgrounds)

# %% right exercise="swap_background" note="np.where"
def swap_background(images, masks, backgrounds):
    return np.where(masks == 1, images, backgrounds)

# %% right exercise="swap_background" note="a copy with the animals written in"
def swap_background(images, masks, backgrounds):
    result = backgrounds.copy()
    animal = masks[..., 0] > 0.5
    result[animal] = images[animal]
    return result

# %% right exercise="swap_background" note="the difference on the mask"
def swap_background(images, masks, backgrounds):
    return backgrounds + masks * (images - backgrounds)

# %% wrong exercise="accuracy_by_group" misconception="rows and columns are swapped: rows are labels, columns places"
def accuracy_by_group(labels, guesses, snow):
    right = guesses == labels
    return np.array([[right[(labels == k) & (snow == s)].mean() for k in (0, 1)] for s in (0, 1)])

# %% wrong exercise="accuracy_by_group" misconception="grass and snow are swapped: column 1 is snow"
def accuracy_by_group(labels, guesses, snow):
    right = guesses == labels
    return np.array([[right[(labels == k) & (snow == s)].mean() for s in (1, 0)] for k in (0, 1)])

# %% wrong exercise="accuracy_by_group" misconception="the counts are divided by all pictures: divide by those of the group"
def accuracy_by_group(labels, guesses, snow):
    right = guesses == labels
    return np.array([[(right & (labels == k) & (snow == s)).mean() for s in (0, 1)] for k in (0, 1)])

# %% wrong exercise="accuracy_by_group" misconception="these are counts: divide by the size of the group"
def accuracy_by_group(labels, guesses, snow):
    right = guesses == labels
    return np.array([[(right & (labels == k) & (snow == s)).sum() for s in (0, 1)] for k in (0, 1)])

# %% wrong exercise="accuracy_by_group" misconception="the counts are divided by the size of the class: divide by that of the group"
def accuracy_by_group(labels, guesses, snow):
    right = guesses == labels
    return np.array([[right[labels == k][snow[labels == k] == s].sum() / (labels == k).sum() for s in (0, 1)] for k in (0, 1)])

# %% wrong exercise="accuracy_by_group" misconception="these are errors: count the right guesses"
def accuracy_by_group(labels, guesses, snow):
    right = guesses == labels
    return 1 - np.array([[right[(labels == k) & (snow == s)].mean() for s in (0, 1)] for k in (0, 1)])

# %% wrong exercise="accuracy_by_group" misconception="this is the share of mammals guessed: compare the guesses with the labels"
def accuracy_by_group(labels, guesses, snow):
    right = guesses == labels
    return np.array([[guesses[(labels == k) & (snow == s)].mean() for s in (0, 1)] for k in (0, 1)])

# %% wrong exercise="accuracy_by_group" misconception="the groups are made by the guesses: make them by the labels"
def accuracy_by_group(labels, guesses, snow):
    right = guesses == labels
    return np.array([[right[(guesses == k) & (snow == s)].mean() for s in (0, 1)] for k in (0, 1)])

# %% wrong exercise="accuracy_by_group" misconception="an argument is changed: work on a copy"
def accuracy_by_group(labels, guesses, snow):
    guesses -= labels
    return [[np.mean(guesses[(labels == k) & (snow == s)] == 0) for s in (0, 1)] for k in (0, 1)]

# %% right exercise="accuracy_by_group" note="not snow is grass"
def accuracy_by_group(labels, guesses, snow):
    right = guesses == labels
    rows = [[right[(labels == k) & ~snow], right[(labels == k) & snow]] for k in (0, 1)]
    return np.array([[group.mean() for group in row] for row in rows])

# %% right exercise="accuracy_by_group" note="counts with np.add.at"
def accuracy_by_group(labels, guesses, snow):
    hits, counts = np.zeros((2, 2)), np.zeros((2, 2))
    np.add.at(hits, (labels, snow.astype(int)), guesses == labels)
    np.add.at(counts, (labels, snow.astype(int)), 1)
    return hits / counts

# %% right exercise="accuracy_by_group" note="a loop over the pictures"
def accuracy_by_group(labels, guesses, snow):
    table = [[[], []], [[], []]]
    for label, guess, white in zip(labels, guesses, snow):
        table[int(label)][int(white)].append(guess == label)
    return [[sum(cell) / len(cell) for cell in row] for row in table]
