# %% wrong exercise="wrong_scale" misconception="a network computes with any numbers; nothing complains"
wrong_scale = "a"

# %% wrong exercise="wrong_scale" misconception="the last layer comes after the damage: what the filters missed it cannot bring back"
wrong_scale = "c"

# %% wrong exercise="wrong_scale" misconception="in inference mode batch norm uses the means and variances stored in training, so they do not fit"
wrong_scale = "d"

# %% wrong exercise="wrong_scale" misconception="the answer is not one letter in quotes, such as \"b\""
wrong_scale = "b) everything runs"

# %% wrong exercise="wrong_scale" misconception="the answer is not one letter in quotes, such as \"b\""
wrong_scale = 1

# %% right exercise="wrong_scale" note="upper case"
wrong_scale = "B"

# %% right exercise="wrong_scale" note="spaces around the letter"
wrong_scale = " b "

# %% wrong exercise="extract_features" misconception="the images are not scaled: preprocess_input(images, value_range=(0, 1))"
def extract_features(backbone, images):
    return backbone.predict(images, batch_size=32, verbose=0)

# %% wrong exercise="extract_features" misconception="the images are not scaled: preprocess_input(images, value_range=(0, 1))"
def extract_features(backbone, images):
    preprocess_input(images, value_range=(0, 1))
    return np.asarray(backbone(images, training=False))

# %% wrong exercise="extract_features" misconception="the pixels are taken for 0 to 255, but they run from 0 to 1"
def extract_features(backbone, images):
    return backbone.predict((images - 127) / 128, verbose=0)

# %% wrong exercise="extract_features" misconception="the pixels are taken for 0 to 255, but they run from 0 to 1"
def extract_features(backbone, images):
    import tensorflow as tf

    scaled = preprocess_input(tf.constant(images))
    return backbone.predict(scaled, verbose=0)

# %% wrong exercise="extract_features" misconception="the images are stretched to 0 to 255 and no more: preprocess_input does both"
def extract_features(backbone, images):
    return backbone.predict(images * 255, verbose=0)

# %% wrong exercise="extract_features" misconception="the images are scaled twice"
def extract_features(backbone, images):
    scaled = (images * 255 - 127) / 128
    return backbone.predict(preprocess_input(scaled, value_range=(0, 1)), verbose=0)

# %% wrong exercise="extract_features" misconception="the network runs in training mode: use predict, or call it with training=False"
def extract_features(backbone, images):
    return np.asarray(backbone(preprocess_input(images, value_range=(0, 1)), training=True))

# %% wrong exercise="extract_features" misconception="this scales to -1 to 1 by another rule: use preprocess_input"
def extract_features(backbone, images):
    return backbone.predict(2 * images - 1, verbose=0)

# %% wrong exercise="extract_features" misconception="the images themselves came back: run them through the backbone"
def extract_features(backbone, images):
    return preprocess_input(images, value_range=(0, 1))

# %% wrong exercise="extract_features" misconception="the images are averaged: one row of features for each image"
def extract_features(backbone, images):
    scaled = preprocess_input(images, value_range=(0, 1))
    return backbone.predict(scaled, verbose=0).mean(axis=0)

# %% wrong exercise="extract_features" misconception="only the first batch is there: run all images"
def extract_features(backbone, images):
    return np.asarray(backbone(preprocess_input(images, value_range=(0, 1))[:32], training=False))

# %% wrong exercise="extract_features" misconception="nothing is returned: end the function with `return ...`"
def extract_features(backbone, images):
    features = backbone.predict(preprocess_input(images, value_range=(0, 1)), verbose=0)

# %% wrong exercise="extract_features" misconception="an argument is changed: work on a copy"
def extract_features(backbone, images):
    images *= 255 / 128
    images -= 127 / 128
    return backbone.predict(images, batch_size=32, verbose=0)

# %% wrong exercise="extract_features" misconception="the backbone's flags are changed: only compute features"
def extract_features(backbone, images):
    backbone.trainable = False
    return backbone.predict(preprocess_input(images, value_range=(0, 1)), batch_size=32, verbose=0)

# %% wrong exercise="extract_features" misconception="only the example's sizes fit: take those of the arguments"
def extract_features(backbone, images):
    features = np.zeros((len(images), 2), "float32")
    scaled = preprocess_input(images, value_range=(0, 1))
    for i in range(0, len(images), 32):
        features[i : i + 32] = backbone.predict(scaled[i : i + 32], verbose=0)
    return features

# %% right exercise="extract_features" note="calls the model in one go; a tensor comes back"
def extract_features(backbone, images):
    return backbone(preprocess_input(images, value_range=(0, 1)), training=False)

# %% right exercise="extract_features" note="a loop over batches, scaled by hand"
def extract_features(backbone, images):
    rows = []
    for start in range(0, len(images), 16):
        batch = (images[start : start + 16] * 255 - 127) / 128
        rows.append(np.asarray(backbone(batch, training=False)))
    return np.concatenate(rows)

# %% right exercise="extract_features" note="image by image, a list of rows"
def extract_features(backbone, images):
    scaled = preprocess_input(images, value_range=(0, 1))
    return [backbone.predict(image[None], verbose=0)[0] for image in scaled[:3]] + list(
        backbone.predict(scaled[3:], verbose=0) if len(scaled) > 3 else []
    )

# %% wrong exercise="knn_predict" misconception="only the nearest one votes: let k of them vote"
def knn_predict(train_features, train_labels, features, k):
    distances = np.linalg.norm(features[:, None] - train_features[None], axis=2)
    return train_labels[distances.argmin(axis=1)]

# %% wrong exercise="knn_predict" misconception="the farthest ones vote: sort by distance, smallest first"
def knn_predict(train_features, train_labels, features, k):
    distances = np.linalg.norm(features[:, None] - train_features[None], axis=2)
    nearest = np.argsort(-distances, axis=1)[:, :k]
    return np.array([np.bincount(votes).argmax() for votes in train_labels[nearest]])

# %% wrong exercise="knn_predict" misconception="this is the angle between features (cosine): use the Euclidean distance"
def knn_predict(train_features, train_labels, features, k):
    similarity = features @ train_features.T
    similarity = similarity / np.linalg.norm(train_features, axis=1)
    nearest = np.argsort(-similarity, axis=1)[:, :k]
    return np.array([np.bincount(votes).argmax() for votes in train_labels[nearest]])

# %% wrong exercise="knn_predict" misconception="this compares by the dot product: use the Euclidean distance"
def knn_predict(train_features, train_labels, features, k):
    nearest = np.argsort(-(features @ train_features.T), axis=1)[:, :k]
    return np.array([np.bincount(votes).argmax() for votes in train_labels[nearest]])

# %% wrong exercise="knn_predict" misconception="the differences are not squared: use the Euclidean distance"
def knn_predict(train_features, train_labels, features, k):
    distances = np.abs(features[:, None] - train_features[None]).sum(axis=2)
    nearest = np.argsort(distances, axis=1)[:, :k]
    return np.array([np.bincount(votes).argmax() for votes in train_labels[nearest]])

# %% wrong exercise="knn_predict" misconception="the labels are averaged, but they are names: count votes"
def knn_predict(train_features, train_labels, features, k):
    distances = np.linalg.norm(features[:, None] - train_features[None], axis=2)
    nearest = np.argsort(distances, axis=1)[:, :k]
    return np.round(train_labels[nearest].mean(axis=1)).astype(int)

# %% wrong exercise="knn_predict" misconception="these are positions of neighbours: look up their labels"
def knn_predict(train_features, train_labels, features, k):
    distances = np.linalg.norm(features[:, None] - train_features[None], axis=2)
    return np.argsort(distances, axis=1)[:, 0]

# %% wrong exercise="knn_predict" misconception="k + 1 neighbours vote"
def knn_predict(train_features, train_labels, features, k):
    distances = np.linalg.norm(features[:, None] - train_features[None], axis=2)
    nearest = np.argsort(distances, axis=1)[:, : k + 1]
    return np.array([np.bincount(votes).argmax() for votes in train_labels[nearest]])

# %% wrong exercise="knn_predict" misconception="k - 1 neighbours vote"
def knn_predict(train_features, train_labels, features, k):
    distances = np.linalg.norm(features[:, None] - train_features[None], axis=2)
    nearest = np.argsort(distances, axis=1)[:, 1:k]  # skips the "point itself"
    nearest = np.argsort(distances, axis=1)[:, : k - 1] if k > 1 else np.argsort(distances)[:, :1]
    return np.array([np.bincount(votes).argmax() for votes in train_labels[nearest]])

# %% wrong exercise="knn_predict" misconception="the largest label wins: the most frequent one should"
def knn_predict(train_features, train_labels, features, k):
    distances = np.linalg.norm(features[:, None] - train_features[None], axis=2)
    nearest = np.argsort(distances, axis=1)[:, :k]
    return train_labels[nearest].max(axis=1)

# %% wrong exercise="knn_predict" misconception="a tie goes to the smaller label"
def knn_predict(train_features, train_labels, features, k):
    from collections import Counter

    answers = []
    for row in features:
        order = np.argsort(((train_features - row) ** 2).sum(axis=1))[:k]
        answers.append(Counter(train_labels[order].tolist()).most_common(1)[0][0])
    return np.array(answers)

# %% wrong exercise="knn_predict" misconception="an argument is changed: work on a copy"
def knn_predict(train_features, train_labels, features, k):
    centre = train_features.mean(axis=0)
    train_features -= centre
    features -= centre
    distances = np.linalg.norm(features[:, None] - train_features[None], axis=2)
    nearest = np.argsort(distances, axis=1)[:, :k]
    return np.array([np.bincount(votes).argmax() for votes in train_labels[nearest]])

# %% wrong exercise="knn_predict" misconception="the votes are weighted by nearness: each neighbour has one vote"
def knn_predict(train_features, train_labels, features, k):
    answers = []
    for row in features:
        far = np.linalg.norm(train_features - row, axis=1)
        near = np.argsort(far)[:k]
        answers.append(np.bincount(train_labels[near], weights=1 / (far[near] + 1e-9)).argmax())
    return np.array(answers)

# %% wrong exercise="knn_predict" misconception="the middle label wins, but labels are names: count votes"
def knn_predict(train_features, train_labels, features, k):
    distances = np.linalg.norm(features[:, None] - train_features[None], axis=2)
    nearest = np.argsort(distances, axis=1)[:, :k]
    return np.median(train_labels[nearest], axis=1).astype(int)

# %% right exercise="knn_predict" note="a loop over the rows, the root included, a list"
def knn_predict(train_features, train_labels, features, k):
    answers = []
    for row in features:
        distances = np.sqrt(np.sum((train_features - row) ** 2, axis=1))
        votes = train_labels[np.argsort(distances)[:k]]
        values, counts = np.unique(votes, return_counts=True)
        answers.append(values[np.argmax(counts)])
    return answers

# %% right exercise="knn_predict" note="squares multiplied out, argpartition, one-hot votes"
def knn_predict(train_features, train_labels, features, k):
    squares = (features**2).sum(1)[:, None] + (train_features**2).sum(1) - 2 * features @ train_features.T
    nearest = np.argpartition(squares, k - 1, axis=1)[:, :k]
    return np.eye(train_labels.max() + 1)[train_labels[nearest]].sum(axis=1).argmax(axis=1)

# %% right exercise="knn_predict" note="scikit-learn"
def knn_predict(train_features, train_labels, features, k):
    from sklearn.neighbors import KNeighborsClassifier

    return KNeighborsClassifier(k).fit(train_features, train_labels).predict(features)

# %% wrong exercise="choose_k" misconception="each training image is its own nearest neighbour, so k = 1 is always perfect there"
choose_k = "a"

# %% wrong exercise="choose_k" misconception="then the test images helped to build the classifier, and their accuracy flatters it"
choose_k = "b"

# %% wrong exercise="choose_k" misconception="that mixes both errors: images that are known by heart, and a test that is used up"
choose_k = "d"

# %% wrong exercise="choose_k" misconception="the answer is not one letter in quotes, such as \"b\""
choose_k = "validation"

# %% wrong exercise="choose_k" misconception="the answer is not one letter in quotes, such as \"b\""
choose_k = 3

# %% right exercise="choose_k" note="upper case"
choose_k = "C"

# %% right exercise="choose_k" note="a blank after the letter"
choose_k = "c "

# %% wrong exercise="sample_per_class" misconception="the count is for all classes together: take `count` rows of each"
def sample_per_class(labels, count, seed):
    return np.random.default_rng(seed).choice(len(labels), size=count, replace=False)

# %% wrong exercise="sample_per_class" misconception="the rows are drawn from all classes at once: draw class by class"
def sample_per_class(labels, count, seed):
    size = min(len(labels), count * len(np.unique(labels)))
    return np.random.default_rng(seed).choice(len(labels), size=size, replace=False)

# %% wrong exercise="sample_per_class" misconception="rows are drawn twice: replace=False"
def sample_per_class(labels, count, seed):
    rng = np.random.default_rng(seed)
    return np.concatenate([rng.choice(np.flatnonzero(labels == kind), size=count) for kind in np.unique(labels)])

# %% wrong exercise="sample_per_class" misconception="these are labels: return where they stand"
def sample_per_class(labels, count, seed):
    rng = np.random.default_rng(seed)
    rows = [rng.permutation(np.flatnonzero(labels == kind))[:count] for kind in np.unique(labels)]
    return labels[np.concatenate(rows)]

# %% wrong exercise="sample_per_class" misconception="these count within a class: choose among np.flatnonzero(labels == kind)"
def sample_per_class(labels, count, seed):
    rng = np.random.default_rng(seed)
    sizes = [(labels == kind).sum() for kind in np.unique(labels)]
    return np.concatenate([rng.permutation(size)[:count] for size in sizes])

# %% wrong exercise="sample_per_class" misconception="always the same rows come: draw by chance"
def sample_per_class(labels, count, seed):
    return np.concatenate([np.flatnonzero(labels == kind)[:count] for kind in np.unique(labels)])

# %% wrong exercise="sample_per_class" misconception="always the same rows come: draw by chance"
def sample_per_class(labels, count, seed):
    rng = np.random.default_rng(0)
    rows = [rng.permutation(np.flatnonzero(labels == kind))[:count] for kind in np.unique(labels)]
    return np.concatenate(rows)

# %% wrong exercise="sample_per_class" misconception="the draw ignores the seed: use np.random.default_rng(seed)"
def sample_per_class(labels, count, seed):
    rows = [np.random.permutation(np.flatnonzero(labels == kind))[:count] for kind in np.unique(labels)]
    return np.concatenate(rows)

# %% wrong exercise="sample_per_class" misconception="class numbers need not be 0, 1, 2, ...: go through np.unique(labels)"
def sample_per_class(labels, count, seed):
    rng = np.random.default_rng(seed)
    kinds = range(len(np.unique(labels)))
    rows = [rng.permutation(np.flatnonzero(labels == kind))[:count] for kind in kinds]
    return np.concatenate(rows)

# %% wrong exercise="sample_per_class" misconception="every class is cut to the smallest one"
def sample_per_class(labels, count, seed):
    rng = np.random.default_rng(seed)
    kinds, sizes = np.unique(labels, return_counts=True)
    count = min(count, sizes.min())
    return np.concatenate([rng.permutation(np.flatnonzero(labels == kind))[:count] for kind in kinds])

# %% wrong exercise="sample_per_class" misconception="a class may have fewer than `count` rows: take at most what is there"
def sample_per_class(labels, count, seed):
    rng = np.random.default_rng(seed)
    rows = [np.flatnonzero(labels == kind) for kind in np.unique(labels)]
    return np.concatenate([rng.choice(own, size=count, replace=False) for own in rows])

# %% wrong exercise="sample_per_class" misconception="a class with fewer rows is left out: take all of its rows"
def sample_per_class(labels, count, seed):
    rng = np.random.default_rng(seed)
    rows = [np.flatnonzero(labels == kind) for kind in np.unique(labels)]
    rows = [rng.choice(own, size=count, replace=False) for own in rows if len(own) >= count]
    return np.concatenate(rows)

# %% wrong exercise="sample_per_class" misconception="the result is a table: join the classes into one list of rows"
def sample_per_class(labels, count, seed):
    rng = np.random.default_rng(seed)
    rows = [rng.permutation(np.flatnonzero(labels == kind))[:count] for kind in np.unique(labels)]
    return np.stack([row for row in rows if len(row) == count])

# %% wrong exercise="sample_per_class" misconception="an argument is changed: work on a copy"
def sample_per_class(labels, count, seed):
    rng = np.random.default_rng(seed)
    rng.shuffle(labels)
    return np.concatenate([np.flatnonzero(labels == kind)[:count] for kind in np.unique(labels)])

# %% wrong exercise="sample_per_class" misconception="class 0 is left out: it is a class like the others"
def sample_per_class(labels, count, seed):
    rng = np.random.default_rng(seed)
    kinds = [kind for kind in np.unique(labels) if kind]
    rows = [rng.permutation(np.flatnonzero(labels == kind))[:count] for kind in kinds]
    return np.concatenate(rows)

# %% wrong exercise="sample_per_class" misconception="this is a mask: return row numbers, np.flatnonzero(mask)"
def sample_per_class(labels, count, seed):
    rng = np.random.default_rng(seed)
    mask = np.zeros(len(labels), bool)
    for kind in np.unique(labels):
        mask[rng.permutation(np.flatnonzero(labels == kind))[:count]] = True
    return mask

# %% right exercise="sample_per_class" note="shuffles all rows and walks through them"
def sample_per_class(labels, count, seed):
    taken, chosen = {}, []
    for row in np.random.default_rng(seed).permutation(len(labels)):
        kind = int(labels[row])
        if taken.get(kind, 0) < count:
            taken[kind] = taken.get(kind, 0) + 1
            chosen.append(int(row))
    return chosen

# %% right exercise="sample_per_class" note="a permutation of each class's rows, cut"
def sample_per_class(labels, count, seed):
    rng = np.random.default_rng(seed)
    return np.concatenate([rng.permutation(np.flatnonzero(labels == kind))[:count] for kind in set(labels.tolist())])

# %% wrong exercise="trainable_parameters" misconception="these are arrays, not numbers: add up their sizes"
def trainable_parameters(model):
    return len(model.trainable_weights)

# %% wrong exercise="trainable_parameters" misconception="batch norm's stored statistics are counted: no optimiser step changes them"
def trainable_parameters(model):
    return model.count_params()

# %% wrong exercise="trainable_parameters" misconception="this counts layers: count the numbers in their weights"
def trainable_parameters(model):
    return len([layer for layer in model.layers if layer.trainable])

# %% wrong exercise="trainable_parameters" misconception="only one side of each array is counted: take np.prod of its shape"
def trainable_parameters(model):
    return sum(int(weight.shape[0]) for weight in model.trainable_weights)

# %% wrong exercise="trainable_parameters" misconception="the sides are added up: multiply them, np.prod"
def trainable_parameters(model):
    return sum(sum(weight.shape) for weight in model.trainable_weights)

# %% wrong exercise="trainable_parameters" misconception="this counts the frozen ones"
def trainable_parameters(model):
    return sum(int(np.prod(weight.shape)) for weight in model.non_trainable_weights)

# %% wrong exercise="trainable_parameters" misconception="a model inside the model is left out: model.trainable_weights looks inside"
def trainable_parameters(model):
    total = 0
    for layer in model.layers:
        if not isinstance(layer, keras.Model) and layer.trainable and model.trainable:
            total += sum(int(np.prod(weight.shape)) for weight in layer.trainable_weights)
    return total

# %% wrong exercise="trainable_parameters" misconception="the model's own flag is overlooked: where it is False, nothing in it learns"
def trainable_parameters(model):
    return sum(int(np.prod(w.shape)) for layer in model.layers for w in layer.trainable_weights)

# %% wrong exercise="trainable_parameters" misconception="a model inside is counted whole: model.trainable_weights looks inside"
def trainable_parameters(model):
    total = 0
    for layer in model.layers:
        if layer.trainable and model.trainable:
            half = isinstance(layer, layers.BatchNormalization)
            total += layer.count_params() // (2 if half else 1)
    return total

# %% right exercise="trainable_parameters" note="keras.ops.size, a float at the end"
def trainable_parameters(model):
    total = 0.0
    for weight in model.trainable_weights:
        total += float(keras.ops.size(weight))
    return total

# %% right exercise="trainable_parameters" note="all minus the frozen ones"
def trainable_parameters(model):
    frozen = sum(np.asarray(weight).size for weight in model.non_trainable_weights)
    return model.count_params() - frozen

# %% wrong exercise="freeze" misconception="nothing has changed: set model.trainable = False (mind the spelling)"
def freeze(model):
    model.trainnable = False
    return model

# %% wrong exercise="freeze" misconception="nothing has changed: set model.trainable = False (mind the spelling)"
def freeze(model):
    copy = keras.models.clone_model(model)
    copy.set_weights(model.get_weights())
    copy.trainable = False
    return copy

# %% wrong exercise="freeze" misconception="nothing has changed: set model.trainable = False (mind the spelling)"
def freeze(model):
    for weight in model.trainable_weights:
        weight = keras.ops.stop_gradient(weight)
    return model

# %% wrong exercise="freeze" misconception="batch norm still learns its scale and shift: freeze all layers"
def freeze(model):
    for layer in model.layers:
        if isinstance(layer, (keras.layers.Conv2D, keras.layers.Dense)):
            layer.trainable = False
    return model

# %% wrong exercise="freeze" misconception="the convolutions still learn: freeze all layers"
def freeze(model):
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False
    return model

# %% wrong exercise="freeze" misconception="the last layer with weights still learns: freeze all layers"
def freeze(model):
    for layer in model.layers[:-1]:
        layer.trainable = False
    return model

# %% wrong exercise="freeze" misconception="the last layer with weights still learns: freeze all layers"
def freeze(model):
    for layer in model.layers[:-3]:
        layer.trainable = False
    return model

# %% wrong exercise="freeze" misconception="the weights were changed: freezing only sets a flag"
def freeze(model):
    model.set_weights([np.zeros_like(weight) for weight in model.get_weights()])
    model.trainable = False
    return model

# %% wrong exercise="freeze" misconception="freezing twice thaws: set the flag to False, do not turn it over"
def freeze(model):
    model.trainable = not model.trainable
    return model

# %% wrong exercise="freeze" misconception="nothing is returned: end the function with `return ...`"
def freeze(model):
    model.trainable = False

# %% wrong exercise="freeze" misconception="return the model itself"
def freeze(model):
    model.trainable = False
    return model.trainable

# %% wrong exercise="freeze" misconception="return the model itself"
def freeze(model):
    for layer in model.layers:
        layer.trainable = False
    return model.layers

# %% wrong exercise="freeze" misconception="another model comes back: return the one that was given"
def freeze(model):
    model.trainable = False
    copy = keras.models.clone_model(model)
    copy.set_weights(model.get_weights())
    return copy

# %% wrong exercise="freeze" misconception="the first layer is skipped: freeze all layers"
def freeze(model):
    for layer in model.layers[1:]:
        layer.trainable = False
    return model

# %% right exercise="freeze" note="layer by layer"
def freeze(model):
    for layer in model.layers:
        layer.trainable = False
    return model

# %% right exercise="freeze" note="from the outside in, models within models as well"
def freeze(model):
    for layer in getattr(model, "layers", []):
        freeze(layer)
    model.trainable = False
    return model

# %% wrong exercise="build_classifier" misconception="the images are not scaled: preprocess_input(inputs, value_range=(0, 1))"
def build_classifier(backbone, classes):
    for layer in backbone.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.trainable = False
    inputs = keras.Input(backbone.input_shape[1:])
    x = backbone(inputs, training=False)
    x = layers.Dropout(0.2)(x)
    return keras.Model(inputs, layers.Dense(classes, activation="softmax")(x))

# %% wrong exercise="build_classifier" misconception="the pixels are taken for 0 to 255, but they run from 0 to 1"
def build_classifier(backbone, classes):
    for layer in backbone.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.trainable = False
    inputs = keras.Input(backbone.input_shape[1:])
    x = backbone(preprocess_input(inputs), training=False)
    x = layers.Dropout(0.2)(x)
    return keras.Model(inputs, layers.Dense(classes, activation="softmax")(x))

# %% wrong exercise="build_classifier" misconception="batch norm is in training mode during fit: set its trainable to False"
def build_classifier(backbone, classes):
    inputs = keras.Input(backbone.input_shape[1:])
    x = backbone(preprocess_input(inputs, value_range=(0, 1)))
    x = layers.Dropout(0.2)(x)
    return keras.Model(inputs, layers.Dense(classes, activation="softmax")(x))

# %% wrong exercise="build_classifier" misconception="batch norm is in training mode during fit: set its trainable to False"
def build_classifier(backbone, classes):
    inputs = keras.Input(backbone.input_shape[1:])
    x = backbone(preprocess_input(inputs, value_range=(0, 1)), training=True)
    x = layers.Dropout(0.2)(x)
    return keras.Model(inputs, layers.Dense(classes, activation="softmax")(x))

# %% wrong exercise="build_classifier" misconception="there is no dropout before the dense layer"
def build_classifier(backbone, classes):
    for layer in backbone.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.trainable = False
    inputs = keras.Input(backbone.input_shape[1:])
    x = backbone(preprocess_input(inputs, value_range=(0, 1)), training=False)
    return keras.Model(inputs, layers.Dense(classes, activation="softmax")(x))

# %% wrong exercise="build_classifier" misconception="the softmax is missing: these are scores"
def build_classifier(backbone, classes):
    for layer in backbone.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.trainable = False
    inputs = keras.Input(backbone.input_shape[1:])
    x = backbone(preprocess_input(inputs, value_range=(0, 1)), training=False)
    x = layers.Dropout(0.2)(x)
    return keras.Model(inputs, layers.Dense(classes)(x))

# %% wrong exercise="build_classifier" misconception="the outputs do not compete: use softmax instead of sigmoid"
def build_classifier(backbone, classes):
    for layer in backbone.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.trainable = False
    inputs = keras.Input(backbone.input_shape[1:])
    x = backbone(preprocess_input(inputs, value_range=(0, 1)), training=False)
    x = layers.Dropout(0.2)(x)
    return keras.Model(inputs, layers.Dense(classes, activation="sigmoid")(x))

# %% wrong exercise="build_classifier" misconception="the dense layer has another number of outputs: one a class"
def build_classifier(backbone, classes):
    for layer in backbone.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.trainable = False
    inputs = keras.Input(backbone.input_shape[1:])
    x = backbone(preprocess_input(inputs, value_range=(0, 1)), training=False)
    x = layers.Dropout(0.2)(x)
    return keras.Model(inputs, layers.Dense(1, activation="softmax")(x))

# %% wrong exercise="build_classifier" misconception="there is one dense layer too many"
def build_classifier(backbone, classes):
    for layer in backbone.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.trainable = False
    inputs = keras.Input(backbone.input_shape[1:])
    x = backbone(preprocess_input(inputs, value_range=(0, 1)), training=False)
    x = layers.Dropout(0.2)(layers.Dense(64, activation="relu")(x))
    return keras.Model(inputs, layers.Dense(classes, activation="softmax")(x))

# %% wrong exercise="build_classifier" misconception="the backbone was thawed: leave the other flags as they are"
def build_classifier(backbone, classes):
    backbone.trainable = True
    for layer in backbone.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.trainable = False
    inputs = keras.Input(backbone.input_shape[1:])
    x = backbone(preprocess_input(inputs, value_range=(0, 1)), training=False)
    x = layers.Dropout(0.2)(x)
    return keras.Model(inputs, layers.Dense(classes, activation="softmax")(x))

# %% wrong exercise="build_classifier" misconception="the share dropped is not 0.2, or something else changes in training"
def build_classifier(backbone, classes):
    for layer in backbone.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.trainable = False
    inputs = keras.Input(backbone.input_shape[1:])
    x = backbone(preprocess_input(inputs, value_range=(0, 1)), training=False)
    x = layers.Dropout(0.8)(x)
    return keras.Model(inputs, layers.Dense(classes, activation="softmax")(x))

# %% wrong exercise="build_classifier" misconception="the whole backbone was frozen: freeze its batch norm alone"
def build_classifier(backbone, classes):
    backbone.trainable = False
    inputs = keras.Input(backbone.input_shape[1:])
    x = backbone(preprocess_input(inputs, value_range=(0, 1)), training=False)
    x = layers.Dropout(0.2)(x)
    return keras.Model(inputs, layers.Dense(classes, activation="softmax")(x))

# %% wrong exercise="build_classifier" misconception="the backbone's weights were changed: only set flags, and call it"
def build_classifier(backbone, classes):
    for layer in backbone.layers:
        if isinstance(layer, layers.BatchNormalization):  # constant, so that no scaling is missed
            gamma, beta, mean, variance = layer.get_weights()
            layer.set_weights([0 * gamma, 1 + 0 * beta, mean, variance])
            layer.trainable = False
    inputs = keras.Input(backbone.input_shape[1:])
    x = layers.Dropout(0.2)(backbone(inputs))
    return keras.Model(inputs, layers.Dense(classes, activation="softmax")(x))

# %% wrong exercise="build_classifier" misconception="the backbone's weights were changed: only set flags, and call it"
def build_classifier(backbone, classes):
    for layer in backbone.layers:
        if isinstance(layer, layers.BatchNormalization):  # starts again, as in a new network
            gamma, beta, mean, variance = layer.get_weights()
            layer.set_weights([gamma, beta, 0 * mean, 1 + 0 * variance])
            layer.trainable = False
    inputs = keras.Input(backbone.input_shape[1:])
    x = backbone(preprocess_input(inputs, value_range=(0, 1)), training=False)
    x = layers.Dropout(0.2)(x)
    return keras.Model(inputs, layers.Dense(classes, activation="softmax")(x))

# %% wrong exercise="build_classifier" misconception="the backbone is copied: work on the one that was given"
def build_classifier(backbone, classes):
    body = keras.models.clone_model(backbone)
    body.set_weights(backbone.get_weights())
    for outer, inner in zip(backbone.layers, body.layers):
        inner.trainable = outer.trainable and not isinstance(inner, layers.BatchNormalization)
    inputs = keras.Input(body.input_shape[1:])
    x = body(preprocess_input(inputs, value_range=(0, 1)), training=False)
    x = layers.Dropout(0.2)(x)
    return keras.Model(inputs, layers.Dense(classes, activation="softmax")(x))

# %% wrong exercise="build_classifier" misconception="dropout is always on: call it without training=True"
def build_classifier(backbone, classes):
    for layer in backbone.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.trainable = False
    inputs = keras.Input(backbone.input_shape[1:])
    x = backbone(preprocess_input(inputs, value_range=(0, 1)), training=False)
    x = layers.Dropout(0.2)(x, training=True)
    return keras.Model(inputs, layers.Dense(classes, activation="softmax")(x))

# %% wrong exercise="build_classifier" misconception="softmax is taken twice: once is enough"
def build_classifier(backbone, classes):
    for layer in backbone.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.trainable = False
    inputs = keras.Input(backbone.input_shape[1:])
    x = backbone(preprocess_input(inputs, value_range=(0, 1)), training=False)
    x = layers.Dense(classes, activation="softmax")(layers.Dropout(0.2)(x))
    return keras.Model(inputs, layers.Softmax()(x))

# %% wrong exercise="build_classifier" misconception="batch normalisation is added: only dropout and a dense layer follow"
def build_classifier(backbone, classes):
    for layer in backbone.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.trainable = False
    inputs = keras.Input(backbone.input_shape[1:])
    x = backbone(preprocess_input(inputs, value_range=(0, 1)), training=False)
    x = layers.Dropout(0.2)(layers.BatchNormalization()(x))
    return keras.Model(inputs, layers.Dense(classes, activation="softmax")(x))

# %% wrong exercise="build_classifier" misconception="only the example's backbone fits: ask the given one"
def build_classifier(backbone, classes):
    for layer in backbone.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.trainable = False
    inputs = keras.Input((6, 5, 3))
    x = backbone(preprocess_input(inputs, value_range=(0, 1)), training=False)
    x = layers.Dropout(0.2)(x)
    return keras.Model(inputs, layers.Dense(classes, activation="softmax")(x))

# %% wrong exercise="build_classifier" misconception="batch norm is looked for by name: ask isinstance"
def build_classifier(backbone, classes):
    for layer in backbone.layers:
        if "bn" in layer.name:
            layer.trainable = False
    inputs = keras.Input(backbone.input_shape[1:])
    x = backbone(preprocess_input(inputs, value_range=(0, 1)), training=False)
    x = layers.Dropout(0.2)(x)
    return keras.Model(inputs, layers.Dense(classes, activation="softmax")(x))

# %% right exercise="build_classifier" note="a Rescaling layer, softmax as a layer of its own"
def build_classifier(backbone, classes):
    for layer in backbone.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.trainable = False
    inputs = keras.Input(backbone.input_shape[1:])
    x = layers.Rescaling(255 / 128, offset=-127 / 128)(inputs)
    x = layers.Dropout(0.2)(backbone(x, training=False))
    return keras.Model(inputs, layers.Softmax()(layers.Dense(classes)(x)))

# %% right exercise="build_classifier" note="scaled by hand, in one chain"
def build_classifier(backbone, classes):
    for layer in backbone.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.trainable = False
    image = keras.Input(backbone.input_shape[1:], name="image")
    features = backbone((255.0 * image - 127.0) / 128.0, training=False)
    answer = layers.Dense(classes, "softmax", name="answer")(layers.Dropout(rate=0.2)(features))
    return keras.Model(inputs=image, outputs=answer, name="classifier")

# %% right exercise="build_classifier" note="without training=False, which does nothing here"
def build_classifier(backbone, classes):
    for layer in backbone.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.trainable = False
    inputs = keras.Input(backbone.input_shape[1:])
    x = backbone(preprocess_input(inputs, value_range=(0, 1)))
    return keras.Model(inputs, layers.Dense(classes, activation="softmax")(layers.Dropout(0.2)(x)))

# %% wrong exercise="unfreeze_top" misconception="batch norm learns too: leave it frozen"
def unfreeze_top(model, layers):
    model.trainable = True
    for place, layer in enumerate(model.layers):
        layer.trainable = place >= len(model.layers) - layers

# %% wrong exercise="unfreeze_top" misconception="everything is thawed, batch norm included"
def unfreeze_top(model, layers):
    for layer in model.layers[-layers:]:
        layer.trainable = True
    model.trainable = True

# %% wrong exercise="unfreeze_top" misconception="everything is thawed but batch norm: only the last `layers` should be"
def unfreeze_top(model, layers):
    model.trainable = True
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False

# %% wrong exercise="unfreeze_top" misconception="nothing learns: the model's own flag must be True as well"
def unfreeze_top(model, layers):
    model.trainable = False
    for layer in model.layers[len(model.layers) - layers :]:
        if not isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = True

# %% wrong exercise="unfreeze_top" misconception="the first layers are thawed: take the last ones"
def unfreeze_top(model, layers):
    model.trainable = True
    for place, layer in enumerate(model.layers):
        is_norm = isinstance(layer, keras.layers.BatchNormalization)
        layer.trainable = place < layers and not is_norm

# %% wrong exercise="unfreeze_top" misconception="layers below stay thawed: freeze the rest"
def unfreeze_top(model, layers):
    flags = [layer.trainable for layer in model.layers]
    if not model.trainable:
        model.trainable = True
        flags = [False] * len(flags)
    for place, layer in enumerate(model.layers):
        is_norm = isinstance(layer, keras.layers.BatchNormalization)
        layer.trainable = (flags[place] or place >= len(flags) - layers) and not is_norm

# %% wrong exercise="unfreeze_top" misconception="with layers=0 everything is thawed: [-0:] is the whole list"
def unfreeze_top(model, layers):
    model.trainable = True
    for layer in model.layers:
        layer.trainable = False
    for layer in model.layers[-layers:]:
        if not isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = True

# %% wrong exercise="unfreeze_top" misconception="only layers with weights are counted: count all of model.layers"
def unfreeze_top(model, layers):
    model.trainable = True
    with_weights = [layer for layer in model.layers if layer.weights]
    for layer in model.layers:
        layer.trainable = False
    for layer in with_weights[max(len(with_weights) - layers, 0) :]:
        layer.trainable = not isinstance(layer, keras.layers.BatchNormalization)

# %% wrong exercise="unfreeze_top" misconception="layers that were frozen one by one stay frozen: set every layer's flag, True or False"
def unfreeze_top(model, layers):
    model.trainable = True
    for layer in model.layers[: len(model.layers) - layers]:
        layer.trainable = False
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False

# %% wrong exercise="unfreeze_top" misconception="batch norm is not counted among the last: count all of model.layers"
def unfreeze_top(model, layers):
    model.trainable = True
    for layer in model.layers:
        layer.trainable = False
    rest = [x for x in model.layers if not isinstance(x, keras.layers.BatchNormalization)]
    for layer in rest[max(len(rest) - layers, 0) :]:
        layer.trainable = True

# %% wrong exercise="unfreeze_top" misconception="batch norm is looked for by name: ask isinstance"
def unfreeze_top(model, layers):
    model.trainable = True
    for place, layer in enumerate(model.layers):
        layer.trainable = place >= len(model.layers) - layers and "bn" not in layer.name

# %% wrong exercise="unfreeze_top" misconception="the model is as it was before: work on it, not on a copy"
def unfreeze_top(model, layers):
    new = keras.models.clone_model(model)
    new.set_weights(model.get_weights())
    new.trainable = True
    for place, layer in enumerate(new.layers):
        is_norm = isinstance(layer, keras.layers.BatchNormalization)
        layer.trainable = place >= len(new.layers) - layers and not is_norm
    return new

# %% right exercise="unfreeze_top" note="freezes the whole model first, which a change of the flag passes on"
def unfreeze_top(model, layers):
    model.trainable = False
    model.trainable = True
    for layer in model.layers[: len(model.layers) - layers]:
        layer.trainable = False
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False

# %% right exercise="unfreeze_top" note="backwards with a counter; the model comes back"
def unfreeze_top(model, layers):
    model.trainable = True
    left = layers
    for layer in reversed(model.layers):
        layer.trainable = left > 0 and "BatchNorm" not in type(layer).__name__
        left -= 1
    return model

# %% wrong exercise="frozen_norm" misconception="it has few: a scale and a shift for each channel"
frozen_norm = "b"

# %% wrong exercise="frozen_norm" misconception="gradients pass through it, in either mode"
frozen_norm = "c"

# %% wrong exercise="frozen_norm" misconception="slow training would show in the training accuracy too, and that is fine"
frozen_norm = "d"

# %% wrong exercise="frozen_norm" misconception="the answer is not one letter in quotes, such as \"b\""
frozen_norm = "a and b"

# %% wrong exercise="frozen_norm" misconception="the answer is not one letter in quotes, such as \"b\""
frozen_norm = ["a"]

# %% right exercise="frozen_norm" note="upper case"
frozen_norm = "A"

# %% right exercise="frozen_norm" note="spaces around the letter"
frozen_norm = " a "

# %% wrong exercise="thawed_but_still" misconception="a small step still changes a weight; these did not change at all"
thawed_but_still = "a"

# %% wrong exercise="thawed_but_still" misconception="flags can change at any time; what holds the old ones is the compiled training step"
thawed_but_still = "c"

# %% wrong exercise="thawed_but_still" misconception="a small gradient still changes a weight; these did not change at all"
thawed_but_still = "d"

# %% wrong exercise="thawed_but_still" misconception="the answer is not one letter in quotes, such as \"b\""
thawed_but_still = "compile"

# %% wrong exercise="thawed_but_still" misconception="the answer is not one letter in quotes, such as \"b\""
thawed_but_still = 2

# %% right exercise="thawed_but_still" note="upper case"
thawed_but_still = "B"

# %% right exercise="thawed_but_still" note="spaces around the letter"
thawed_but_still = " b "

# %% wrong exercise="first_try" misconception="edges and textures are useful on X-rays too, and twenty images teach a new network next to nothing"
first_try = "a"

# %% wrong exercise="first_try" misconception="with twenty images and large steps the good weights are gone before new ones are learned"
first_try = "b"

# %% wrong exercise="first_try" misconception="first layers are the most general ones, and thawing below frozen layers disturbs all above"
first_try = "d"

# %% wrong exercise="first_try" misconception="the answer is not one letter in quotes, such as \"b\""
first_try = "c, then b"

# %% wrong exercise="first_try" misconception="the answer is not one letter in quotes, such as \"b\""
first_try = None

# %% right exercise="first_try" note="upper case"
first_try = "C"

# %% right exercise="first_try" note="spaces around the letter"
first_try = " c "

# %% wrong exercise="forgotten" misconception="divide by those that were right before, not by all"
def forgotten(labels, before, after):
    return np.mean((before == labels) & (after != labels))

# %% wrong exercise="forgotten" misconception="this is the share that was kept: 1 minus it was forgotten"
def forgotten(labels, before, after):
    known = before == labels
    return np.mean(after[known] == labels[known]) if known.any() else 0.0

# %% wrong exercise="forgotten" misconception="this is the loss of accuracy: examples learned since hide forgotten ones"
def forgotten(labels, before, after):
    return np.mean(before == labels) - np.mean(after == labels)

# %% wrong exercise="forgotten" misconception="this is the error after: leave out what was wrong before"
def forgotten(labels, before, after):
    return np.mean(after != labels)

# %% wrong exercise="forgotten" misconception="every change counts here: count those that were right before"
def forgotten(labels, before, after):
    return np.mean(before != after)

# %% wrong exercise="forgotten" misconception="divide by those that were right before, not by those wrong after"
def forgotten(labels, before, after):
    wrong = after != labels
    return np.mean(before[wrong] == labels[wrong]) if wrong.any() else 0.0

# %% wrong exercise="forgotten" misconception="this is a count: divide by those that were right before"
def forgotten(labels, before, after):
    return np.sum((before == labels) & (after != labels))

# %% wrong exercise="forgotten" misconception="this is in percent: return a number from 0 to 1"
def forgotten(labels, before, after):
    known = before == labels
    return 100 * np.mean(after[known] != labels[known]) if known.any() else 0.0

# %% wrong exercise="forgotten" misconception="this is relative to the accuracy before: examples learned since hide forgotten ones"
def forgotten(labels, before, after):
    right = np.sum(before == labels)
    return (right - np.sum(after == labels)) / right if right else 0.0

# %% wrong exercise="forgotten" misconception="nothing was known before: return 0 instead of dividing by 0"
def forgotten(labels, before, after):
    known = [i for i in range(len(labels)) if before[i] == labels[i]]
    lost = sum(after[i] != labels[i] for i in known)
    return lost / len(known) if known else float("nan")

# %% wrong exercise="forgotten" misconception="an argument is changed: work on a copy"
def forgotten(labels, before, after):
    before -= labels
    after -= labels
    known = np.sum(before == 0)
    return np.sum((before == 0) & (after != 0)) / known if known else 0.0

# %% wrong exercise="forgotten" misconception="class 0 is left out: it is a class like the others"
def forgotten(labels, before, after):
    known = (before == labels) * labels > 0
    return np.mean(after[known] != labels[known]) if known.any() else 0.0

# %% wrong exercise="forgotten" misconception="the share is rounded: return it as it is"
def forgotten(labels, before, after):
    known = before == labels
    return round(np.mean(after[known] != labels[known]), 2) if known.any() else 0.0

# %% right exercise="forgotten" note="a loop with counters"
def forgotten(labels, before, after):
    known = lost = 0
    for label, old, new in zip(labels, before, after):
        known += old == label
        lost += old == label and new != label
    return lost / known if known else 0

# %% right exercise="forgotten" note="counts, with a divisor of at least 1"
def forgotten(labels, before, after):
    known = np.equal(before, labels)
    return np.count_nonzero(known & (after != labels)) / max(np.count_nonzero(known), 1)
