"""A small neural network, on the command line and over HTTP.

    model.py predict 0 1    prints what the model makes of one input
    model.py describe       prints what goes in and what comes out
    model.py serve          answers POST on port 8080, a list of numbers
"""

import http.server
import json
import os
import pathlib
import sys

try:
    # Any user may run this, and may have no home to keep compiled kernels in.
    os.environ.setdefault("CUPY_CACHE_IN_MEMORY", "1")
    import cupy as array
except ImportError:
    import numpy as array

MODEL = json.loads(pathlib.Path(__file__).with_name("xor.json").read_text())


def predict(values):
    if len(values) != len(MODEL["inputs"]):
        raise ValueError(f"the model takes {len(MODEL['inputs'])} numbers, not {len(values)}")
    signal = array.array(values, dtype="float32")
    for layer in MODEL["layers"]:
        weights, bias = (array.array(layer[key], dtype="float32") for key in ("weights", "bias"))
        signal = array.maximum(signal @ weights + bias, 0)
    return signal.tolist()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.answer(200, MODEL)

    def do_POST(self):
        try:
            length = int(self.headers.get("Content-Length", 0))
            self.answer(200, predict(json.loads(self.rfile.read(length))))
        except (TypeError, ValueError) as problem:
            self.answer(400, {"error": str(problem)})

    def answer(self, status, value):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(value).encode())


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["predict", *words]:
            print(predict([float(word) for word in words]))
        case ["describe"]:
            print(json.dumps({key: MODEL[key] for key in ("title", "inputs", "outputs")}))
        case ["serve"]:
            http.server.ThreadingHTTPServer(("", 8080), Handler).serve_forever()
        case _:
            sys.exit(__doc__)
