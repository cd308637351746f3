"""What errors usually mean, each in one sentence: the first that fits an error is told.

A rule is the class of the error, a pattern of its text, and the sentence; {0} and {1} are groups of
the pattern. Rules of Keras and TensorFlow name texts of their versions 3 and 2.
"""

_PLAIN = (
    (NotImplementedError, r"\A\Z", "write your answer at the TODO of this exercise, run that cell, then this one again"),
    (NameError, r"name '(\w+)' is not defined", "nothing is called `{0}` yet: run the cell that defines it (after a restart all cells, from the top), or check the spelling"),
    (ModuleNotFoundError, r"No module named '([\w.]+)'", "{0} is not installed here: run `pip install --requirement requirements.txt` in the course's folder, then restart"),
    (UnboundLocalError, r"variable '(\w+)'", "`{0}` is used in the function before it gets a value there"),
    (TypeError, r"'NoneType'", "something here is None: a function without `return` gives None"),
    (TypeError, r"missing \d+ required (?:positional|keyword-only) arguments?: (.+)", "the function is called without {0}: keep the arguments as the exercise gives them"),
    (TypeError, r"takes .* positional arguments? but", "the function takes other arguments than the exercise gives: keep its first line as it was"),
    (TypeError, r"unexpected keyword argument '(\w+)'", "the function takes no argument called {0}: keep its first line as it was"),
    (TypeError, r"'(\w+)' object is not callable", "a name that should be a function holds a {0}: was it overwritten further up?"),
    (TypeError, r"can't multiply sequence by non-int", "this is a Python list, which does not do arithmetic: turn it into an array with np.array(...)"),
    (TypeError, r"only (?:length-1|0-dimensional|integer scalar) arrays", "an array stands where one number is needed: use a NumPy function, or index it first"),
    (AttributeError, r"'list' object has no attribute '(\w+)'", "this is a Python list, which has no .{0}: turn it into an array with np.array(...)"),
    (AttributeError, r"'NoneType' object has no attribute '(\w+)'", "something here is None: a function without `return` gives None"),
    (AttributeError, r"module '([\w.]+)' has no attribute '(\w+)'", "{0} has nothing called {1}: check the spelling"),
    (ValueError, r"matmul: .*size (\d+) is different from (\d+)|shapes (\(.*?\)) and (\(.*?\)) not aligned", "the inner sizes of the matrix product differ: print both .shape; a transpose (.T) or the order may be wrong"),
    (ValueError, r"could not be broadcast together with shapes (\(.*?\)) (\(.*?\))", "arrays of shapes {0} and {1} do not fit together: print both .shape, and see keepdims=True and reshape"),
    (ValueError, r"must have same number of dimensions|dimensions .* must match exactly", "the arrays to be joined differ in their axes: print both .shape; x[:, None] makes a column"),
    (ValueError, r"truth value of an array", "an `if` needs one True or False and got a whole array: use np.where, or .any() and .all()"),
    (KeyError, r"(.+)", "there is no key {0} in this dictionary: print its .keys()"),
    (ZeroDivisionError, r"", "something is divided by zero"),
    (RecursionError, r"", "the function calls itself without end"),
    (MemoryError, r"", "an array is too large for the memory: print the shapes that you ask for"),
    (TypeError, r"Cannot cast ufunc .* output from", "the array holds whole numbers, which cannot take fractions: write `x = x + ...` in place of `x += ...`, or use x.astype(float)"),
    (TypeError, r"(?:list|tuple) indices must be integers", "a list is indexed by one whole number: use int(...) or //, or turn it into an array with np.array(...)"),
    (ValueError, r"(too many|not enough) values to unpack", "{0} values come back for the names on the left of the `=`: count both sides"),
    (ValueError, r"zero-size array to reduction operation (\w+)", "the {0} of no values at all is asked for: treat an empty array first"),
    (ValueError, r"cannot reshape array of size (\d+) into shape (\(.*?\))", "{0} values cannot be arranged as {1}: print .shape before it"),
    (IndexError, r"axis (-?\d+) is out of bounds for array of dimension (\d+)", "there is no axis {0}: the array has {1}, and counting starts at 0"),
    (IndexError, r"too many indices for array: array is (\d+)-dimensional", "the array has fewer axes than there are indices, {0} of them: print its .shape"),
    (IndexError, r"only integers, slices", "an index is no whole number: use int(...) or //"),
    (IndexError, r"", "an index points outside the array: print its .shape, and remember that counting starts at 0"),
)  # fmt: skip

_KERAS = (
    (NotImplementedError, r"symbolic tf\.Tensor", "NumPy cannot compute inside a step that is compiled: use keras.ops there"),
    (TypeError, r"symbolic `?tf\.Tensor`? as a Python `?bool", "inside a compiled step no value is known yet, so `if` cannot ask for one: use keras.ops.where"),
    (TypeError, r"Iterating over a symbolic|Cannot iterate over a scalar tensor", "one tensor is taken apart as if it were several results: check what comes back, and how many names stand on the left of the `=`"),
    ((TypeError, AttributeError), r"SymbolicTensor", "inside a compiled step no value is known yet: leave out float() and .numpy(), and compute with keras.ops"),
    (TypeError, r"'[\w.]*Tensor' object does not support item assignment", "a tensor cannot be written into: build the whole result at once, with keras.ops.where or keras.ops.stack"),
    (AttributeError, r"Tensor' object has no attribute '_unique_id'", "the optimizer wants pairs (gradient, variable), in this order"),
    (ValueError, r"No gradients provided for any variable", "the loss does not hang on these variables: compute it inside the GradientTape, with keras.ops and not with NumPy"),
    (ValueError, r"KerasTensor is symbolic|KerasTensor cannot be used as input to a TensorFlow", "this is the plan of a network, without numbers: build it of keras.layers and keras.ops alone"),
    (ValueError, r"All `outputs` values must be KerasTensors", "a layer itself is given where its output belongs: call it, as in layer(x)"),
    (ValueError, r"expected axis -1 of input shape to have value (\d+), but received input with shape (\(.*?\))", "the layer was made for {0} values each and gets an input of shape {1}"),
    (ValueError, r"`Concatenate` layer requires inputs with matching shapes|Inputs have incompatible shapes", "feature maps of different shapes are brought together: print both .shape, and see where sizes are halved or doubled"),
    (ValueError, r"Computed output size would be zero or negative", "the image has become smaller than the kernel: pool less often, or use padding=\"same\""),
    (ValueError, r"`target` and `output` must have the same rank", "labels and outputs do not fit this loss: class numbers want sparse_categorical_crossentropy, one-hot rows categorical_crossentropy"),
    (ValueError, r"`output` must have rank \(ndim\) `target.ndim - 1`", "one-hot rows want categorical_crossentropy; the sparse one takes class numbers"),
    (Exception, r"Received a label value of (\d+) which is outside the valid range of (\[.*?\))", "a label is {0}, and the network has outputs for {1} alone: look at its last layer, and at the labels"),
    (ValueError, r"Data cardinality is ambiguous", "there are not as many labels as examples: print both .shape"),
    (ValueError, r"You must call `compile\(\)`", "the model has no loss and no optimizer yet: call model.compile(...) before it"),
    (ValueError, r"the layer isn't built", "the model does not know its input yet: begin it with keras.Input(shape=...)"),
    (ValueError, r"Could not interpret (\w+) (?:function )?identifier: '?(\w+)", "Keras knows no {0} called {1}: check the spelling"),
    (Exception, r"was expected to be a (\w+) tensor but is a (\w+) tensor", "numbers of type {0} and {1} meet: bring them to one type with keras.ops.cast(x, \"float32\")"),
    (Exception, r"Matrix size-incompatible: In\[0\]: (\[.*?\]), In\[1\]: (\[.*?\])", "the inner sizes of the matrix product {0} by {1} differ: a transpose or the order may be wrong"),
    (Exception, r"Incompatible shapes: (\[.*?\]) vs\. (\[.*?\])", "tensors of shapes {0} and {1} do not fit together: print both .shape, and see keepdims=True and keras.ops.reshape"),
    (ValueError, r"Cannot broadcast shape.*Input shapes are: (\[.*?\]) and (\[.*?\])", "tensors of shapes {0} and {1} do not fit together: print both .shape, and see keepdims=True and keras.ops.reshape"),
    (ValueError, r"Dimensions must be equal.*input shapes: (\[.*?\]), (\[.*?\])", "tensors of shapes {0} and {1} do not fit together: print both .shape, and see keepdims=True and keras.ops.reshape"),
    (Exception, r"Input to reshape is a tensor with (\d+) values, but the requested shape has (\d+)", "{0} values cannot be arranged as {1}: print .shape before it"),
)  # fmt: skip

MEANINGS = (*_KERAS, *_PLAIN)
