"""Which parts of Keras a model from a student's process may be made of in the judge.

Everything here computes and does nothing else: no Lambda, no layer that reads a file or holds
somebody's code. Compare the standard library's pickle: a configuration is harmless only as far as
each class that it names is.
"""

from grading.judge.unpacking import Malformed

NUMBER_AT_MOST = 2**31
TEXT_AT_MOST = 1_000
DEPTH_AT_MOST = 60

_LAYERS = """
InputLayer Dense EinsumDense Embedding Identity Activation Masking Softmax ReLU LeakyReLU ELU PReLU
Flatten Reshape Permute RepeatVector Dropout SpatialDropout1D SpatialDropout2D SpatialDropout3D
GaussianNoise GaussianDropout AlphaDropout ActivityRegularization
Conv1D Conv2D Conv3D Conv1DTranspose Conv2DTranspose Conv3DTranspose
SeparableConv1D SeparableConv2D DepthwiseConv1D DepthwiseConv2D
MaxPooling1D MaxPooling2D MaxPooling3D AveragePooling1D AveragePooling2D AveragePooling3D
GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D
GlobalAveragePooling1D GlobalAveragePooling2D GlobalAveragePooling3D
ZeroPadding1D ZeroPadding2D ZeroPadding3D Cropping1D Cropping2D Cropping3D
UpSampling1D UpSampling2D UpSampling3D
BatchNormalization LayerNormalization GroupNormalization UnitNormalization RMSNormalization
SpectralNormalization Normalization
Add Subtract Multiply Average Maximum Minimum Concatenate Dot
Attention AdditiveAttention MultiHeadAttention GroupedQueryAttention
SimpleRNN GRU LSTM SimpleRNNCell GRUCell LSTMCell StackedRNNCells RNN ConvLSTM2D
Bidirectional TimeDistributed
Rescaling Resizing CenterCrop CategoryEncoding RandomFlip RandomRotation RandomZoom RandomCrop
RandomTranslation RandomBrightness RandomContrast
"""
_INITIALIZERS = """
Zeros Ones Constant Identity RandomNormal RandomUniform TruncatedNormal VarianceScaling Orthogonal
GlorotNormal GlorotUniform HeNormal HeUniform LecunNormal LecunUniform
"""
_NUMPY = """
Add Subtract Multiply Divide TrueDivide Matmul Negative Power Square Sqrt Exp Log Log1p Abs Absolute
Sign Clip Maximum Minimum Mean Sum Max Min Prod Var Std Concatenate Stack Reshape Transpose Squeeze
ExpandDims GetItem Split Tanh Sin Cos Where Flip Pad Repeat Tile Swapaxes Moveaxis Ravel
"""
_NN = """
Relu Relu6 Sigmoid Silu Softplus Softsign Softmax LogSoftmax Gelu Elu Selu LeakyRelu HardSigmoid
HardSwish Conv AveragePool MaxPool DepthwiseConv OneHot Normalize
"""
_FUNCTIONS = """
relu relu6 sigmoid tanh softmax log_softmax elu selu gelu silu swish softplus softsign leaky_relu
hard_sigmoid hard_silu hard_swish linear mish exponential
"""
_CLASSES = {
    "keras.layers": set(_LAYERS.split()),
    "keras.initializers": set(_INITIALIZERS.split()),
    "keras.regularizers": {"L1", "L2", "L1L2", "OrthogonalRegularizer"},
    "keras.constraints": {"MaxNorm", "NonNeg", "UnitNorm", "MinMaxNorm"},
    "keras": {"Sequential", "DTypePolicy", "Model", "Functional"},
    "keras.models": {"Sequential", "Model", "Functional"},
    "keras.src.models.functional": {"Functional"},
    "keras.src.activations.activations": {"ReLU"},  # keras.activations.relu(x) between layers
    "keras.src.ops.numpy": set(_NUMPY.split()),
    "keras.src.ops.nn": set(_NN.split()),
}
_SPECIAL = {"__keras_tensor__", "__slice__", "__ellipsis__"}
_KEYS = {
    "module", "class_name", "config", "registered_name", "build_config", "name", "inbound_nodes",
    "shared_object_id",
}  # fmt: skip


def require_allowed(tree, *, depth: int = 0) -> None:
    """Raise Malformed where a configuration names anything that is not let in."""
    if depth > DEPTH_AT_MOST:
        raise Malformed("a model is nested too deep")
    if isinstance(tree, dict):
        _require_node(tree)
        parts = list(tree.values())
    elif isinstance(tree, list):
        parts = tree
    else:
        _require_plain(tree)
        parts = []
    for part in parts:
        require_allowed(part, depth=depth + 1)


def _require_node(tree: dict) -> None:
    if not all(len(key) <= TEXT_AT_MOST for key in tree):
        raise Malformed("a model has odd settings")
    if not {"class_name", "registered_name", "module", "compile_config"} & set(tree):
        return
    name, module = tree.get("class_name"), tree.get("module")
    if not isinstance(name, str) or not set(tree) <= _KEYS:
        raise Malformed("a model has odd settings")
    if name in _SPECIAL and module is None:
        return
    if name == "function":
        known = tree.get("config") in _FUNCTIONS.split()
    else:
        known = isinstance(module, str) and name in _CLASSES.get(module, ())
        known = known and tree.get("registered_name") in (None, name)
    if not known:
        raise Malformed(f"a model holds {name}, which is not let in"[:200])


def _require_plain(value) -> None:
    if isinstance(value, str) and len(value) > TEXT_AT_MOST:
        raise Malformed("a model has odd settings")
    if isinstance(value, int | float) and abs(value) > NUMBER_AT_MOST:
        raise Malformed("a model has odd settings")
